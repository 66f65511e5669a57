"""One page of a signed report, as wide as there is room, with the rows on it that are pinned."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme, tokens
from ui.language import shown
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.measure import line_width
from ui.widgets.page_preview import dimmed

# points of empty paper that are left out at the sides and at top and foot, so that words grow
_ACROSS: Final = 35.0
_DOWN: Final = 24.0
_AROUND: Final = 1.5  # points between a row and its outline


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands on its page, in points from the page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A question on a row: ``Q1``; ``chosen`` for the row that a question would be about."""

    entry: str
    label: str = ""
    chosen: bool = False


class Leaf(QWidget, Dressed):
    """One page, as wide as there is room; paper without words until its picture comes."""

    wanted = Signal(int)  # its number: it is looked at and has no picture
    pressed = Signal(int, QPointF)  # its number, and where in points

    def __init__(self, number: int, of: int, size: tuple[float, float]) -> None:
        super().__init__()
        self.number, self.points = number, size
        say_name(self, f"Page {number} of {of}")
        self._picture: QImage | None = None
        self._shown = QImage()
        self._outlines: tuple[tuple[Place, Pin], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        across, down = self._shown_points()
        return max(1, round(width * down / across))

    def scale(self) -> float:
        """Pixels of the window for one point of the page."""
        return self.width() / self._shown_points()[0]

    def top_of(self, place: Place, width: int) -> int:
        """How far down a row's middle is where the page has that width, in pixels."""
        middle = (place.top + place.bottom) / 2 - _DOWN
        return round(middle * width / self._shown_points()[0])

    def _shown_points(self) -> tuple[float, float]:
        return self.points[0] - 2 * _ACROSS, self.points[1] - 2 * _DOWN

    @property
    def has_picture(self) -> bool:
        """Whether it is drawn."""
        return self._picture is not None

    def show_picture(self, picture: QImage | None) -> None:
        """Show it, or give it back: a page out of sight keeps none."""
        self._picture, self._shown = picture, QImage()
        self.update()

    def show_outlines(self, outlines: tuple[tuple[Place, Pin], ...]) -> None:
        """Outline these rows."""
        if outlines != self._outlines:
            self._outlines = outlines
            self.update()

    def dress(self, look: Look) -> None:
        del look  # asked for when it is painted
        self._shown = QImage()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Which row was pointed at is worked out from the page's own points."""
        at = event.position() / max(self.scale(), 0.01)
        self.pressed.emit(self.number, at + QPointF(_ACROSS, _DOWN))
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is None:
            painter.fillRect(self.rect(), look.colour("field"))
            self.wanted.emit(self.number)
        else:
            painter.drawImage(0, 0, self._fitted(self._picture, look))
        for place, pin in self._outlines:
            self._paint_outline(painter, place, pin, look)
        painter.end()
        event.accept()

    def _fitted(self, picture: QImage, look: Look) -> QImage:
        """The picture in the page's own size and the light of the moment."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._shown.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = self._without_margin(picture).scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth
            )
            if look.name != "light":
                scaled = dimmed(scaled, paper=look.colour("field"), ink=look.colour("text"))
            scaled.setDevicePixelRatio(ratio)
            self._shown = scaled
        return self._shown

    def _without_margin(self, picture: QImage) -> QImage:
        scale = picture.width() / self.points[0]
        across, down = _ACROSS * scale, _DOWN * scale
        inside = picture.rect().toRectF().adjusted(across, down, -across, -down)
        return picture.copy(inside.toRect())

    def _paint_outline(self, painter: QPainter, place: Place, pin: Pin, look: Look) -> None:
        scale = self.scale()
        box = QRectF(
            QPointF(place.left - _ACROSS - _AROUND, place.top - _DOWN - _AROUND) * scale,
            QPointF(place.right - _ACROSS + _AROUND, place.bottom - _DOWN + _AROUND) * scale,
        )
        thick = look.px(tokens.RING)
        painter.setPen(QPen(look.colour("focus" if pin.chosen else "accent"), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, look.px(tokens.RADIUS_SMALL), look.px(tokens.RADIUS_SMALL))
        if pin.label:
            self._paint_label(painter, box, pin.label, look)

    def _paint_label(self, painter: QPainter, box: QRectF, label: str, look: Look) -> None:
        label = shown(label)
        wide = line_width(label, "small", weight=tokens.SEMIBOLD, look=look) + look.px(tokens.S3)
        high = look.px(tokens.TYPE["small"] + tokens.S1)
        right = min(box.right() - look.px(tokens.S1), self.width() - look.px(tokens.S1))
        tag = QRectF(right - wide, box.center().y() - high / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("cta"))
        painter.drawRoundedRect(tag, look.px(tokens.S1), look.px(tokens.S1))
        painter.setPen(look.colour("on_cta"))
        painter.setFont(look.font("small", tokens.SEMIBOLD))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, label)

"""The drawing of a visit, kept as a picture until the data, the part, size or look changes."""

from datetime import datetime
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ketachart.timeline.columns import left_width, right_width
from ketachart.timeline.contents import Timeline
from ketachart.timeline.cursor import Cursor, cursor_parts
from ketachart.timeline.kept import Kept
from ketachart.timeline.manner import Manner, screen
from ketachart.timeline.moment import moment_of
from ketachart.timeline.scene import Building, Scene, least_height
from ketachart.timeline.spoken import Stop, stops_of
from ketachart.timeline.zoom import Zoom
from ui import theme, tokens
from ui.announcing import announce
from ui.language import shown
from ui.language.saying import SaysAgain
from ui.theme import Dressed, Look
from ui.widgets.timeline_paint import measure, paint, paint_readout, paint_ring
from ui.widgets.timeline_picture import Picture

AT_ONCE: Final = 500  # entries; with more, lane after lane is drawn and keys come in between
_Ahead = tuple[datetime, datetime, tuple[float, float], Look, Building, Timeline]


class Canvas(QWidget, Dressed, SaysAgain):
    """What is shown and painted; who points and steps at it is `Plot`."""

    zoomed = Signal()  # another part is looked at

    def __init__(self) -> None:
        super().__init__()
        self._timeline: Timeline | None = None
        self._zoom = Zoom()
        self._now: datetime | None = None
        self._scene: Scene | None = None
        self._picture = Picture()
        self._kept = Kept()  # of the drawing before
        self._ahead: _Ahead | None = None  # the drawing of what is shown next
        self._stops: tuple[Stop, ...] | None = None
        self._stop: Stop | None = None
        self._at: datetime | None = None  # the minute of the cursor
        self._hints = ("", "")  # what Enter does on an entry, and anywhere else
        self.dress(theme.look())

    # ------------------------------------------------ what is shown

    def set_now(self, now: datetime | None) -> None:
        """Move the line of now; the part that goes with it moves on by the minute."""
        self._now = now
        part, scene = self.part(), self._scene
        if scene is not None and part is not None and part.start != scene.columns.start:
            self._draw_anew()
        self.update()

    def part(self) -> Timeline | None:
        """The part of the visit that is looked at."""
        return self._zoom.of(self._timeline, self._now) if self._timeline is not None else None

    def scene(self) -> Scene | None:
        """What is drawn; None before there is a timeline."""
        part = self.part() if self._scene is None else None
        if part is not None:
            inset = 2 * self._inset()
            size = float(self.width() - inset), float(self.height() - inset)
            ahead, self._ahead = self._ahead, None
            if ahead is not None and ahead[:4] == (part.start, part.end, size, theme.look()):
                self._scene = ahead[4].scene() if ahead[5] is self._timeline else None
            self._scene = self._scene or Building(part, size, self._manner(), self._kept).scene()
            self._stops = None
        return self._scene

    def prepare(self, timeline: Timeline) -> bool:
        """A piece of the drawing of what is shown next; True while keys may come in between.

        Few readings are drawn at once, when they are shown.
        """
        if len(timeline.told) <= AT_ONCE:
            return False
        if self._ahead is None or self._ahead[5] is not timeline:
            part, inset = self._zoom.of(timeline, timeline.now), 2 * self._inset()
            size = float(self.width() - inset), float(self.height() - inset)
            made = Building(part, size, self._manner(), self._kept)
            self._ahead = (part.start, part.end, size, theme.look(), made, timeline)
            return True
        return self._ahead[4].step()

    def stops(self) -> tuple[Stop, ...]:
        """What can be read out, worked out when it is first asked for."""
        scene = self.scene()
        if self._stops is None:
            self._stops = stops_of(scene.hits) if scene is not None else ()
        return self._stops

    def cursor_now(self) -> Cursor | None:
        """What stands at the cursor; None where there is none."""
        if self._timeline is None or self._at is None:
            return None
        moment = moment_of(self._timeline, self._at)
        return Cursor(moment, "" if moment.ahead else self._hints[1])

    # ------------------------------------------------ which part

    @property
    def zoom(self) -> Zoom:
        """Which part of the visit is looked at."""
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Look at another part."""
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self._draw_anew()
        self.zoomed.emit()
        if self.hasFocus():
            announce(self, f"Timeline: {zoom.words}")

    def closer(self) -> None:
        """A shorter part, around the cursor where there is one."""
        if self._timeline is not None:
            self.set_zoom(self._zoom.closer(self._timeline, self._now, self._at))

    def wider(self) -> None:
        """A longer part, up to the whole visit."""
        if self._timeline is not None:
            self.set_zoom(self._zoom.wider(self._timeline, self._now, self._at))

    def _along(self, by: int) -> None:
        if self._timeline is not None:
            self.set_zoom(self._zoom.along(self._timeline, self._now, by))

    def _bring(self, at: datetime) -> None:
        """A moment is brought into sight."""
        if self._timeline is not None:
            self.set_zoom(self._zoom.showing(self._timeline, self._now, at))

    # ------------------------------------------------ how it looks

    def dress(self, look: Look) -> None:
        """Every size and colour may be another: draw anew."""
        del look  # asked for when it is drawn
        self._fit()

    def say_again(self) -> None:
        """Every text may be as wide as another: draw anew."""
        self._fit()

    def _draw_anew(self) -> None:
        self._scene = self._stops = None
        self.update()

    def _manner(self) -> Manner:
        return screen(measure, scale=theme.look().scale, said=shown)

    def _inset(self) -> int:
        """Room for the ring of the focus around the drawing."""
        return theme.look().px(tokens.S1) + theme.look().px(tokens.RING)

    def _fit(self) -> None:
        """Ask for the room that no lane can do without, and draw anew."""
        if self._timeline is not None:
            manner, inset = self._manner(), 2 * self._inset()
            wide = left_width(manner) + manner.sizes.plot + right_width(self._timeline, manner)
            high = least_height(self._timeline, manner)
            self.setMinimumSize(ceil(wide) + inset, ceil(high) + inset)
        self._draw_anew()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scene = None

    # ------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        scene = self.scene()
        if scene is not None:
            ratio = self.devicePixelRatioF()
            picture = self._picture.of(scene, ratio, theme.look())
            layers = scene.clock if self._now == self._shown_now() else scene.at(self._now)
            # on a whole pixel of the screen, or the picture would be smoothed
            inset = round(self._inset() * ratio) / ratio
            painter.translate(inset, inset)
            paint(painter, layers.under, theme.look())
            painter.drawPixmap(0, 0, picture)
            paint(painter, layers.over, theme.look())
            self._paint_reading(painter, scene)
            painter.resetTransform()
        if self.hasFocus():
            paint_ring(painter, QRectF(self.visibleRegion().boundingRect()), theme.look())
        painter.end()
        event.accept()

    def _paint_reading(self, painter: QPainter, scene: Scene) -> None:
        """The entry that is read out, else the values at the cursor."""
        if self._stop is not None:
            seen = QRectF(self.visibleRegion().boundingRect())
            seen.translate(-self._inset(), -self._inset())
            hint = self._hints[0] if self._stop.entry else ""
            paint_readout(painter, self._stop, seen, theme.look(), hint=hint)
            return
        cursor = self.cursor_now()
        if cursor is not None:
            paint(painter, cursor_parts(scene, cursor), theme.look())

    def _shown_now(self) -> datetime | None:
        return self._timeline.now if self._timeline is not None else None

    def pictured(self) -> Scene | None:
        """What was painted last."""
        return self._picture.scene

"""A tinted box with a sign and a word: the ground of verdicts, banners, countdowns, allergies."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone

SIGNS: Final[dict[Tone, str]] = {
    "muted": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
}
_GROUNDS: Final[dict[Tone, tuple[str, str]]] = {
    "muted": ("raised", "line"),
    "ok": ("ok_bg", "ok_line"),
    "warn": ("warn_bg", "warn_line"),
    "danger": ("danger_bg", "danger_line"),
}


class Notice(QWidget, Dressed):
    """A box in one of four tones: muted, ok, warn, danger. The outline may say that it blocks.

    It is painted here and not by the style sheet, which would move what is in the box when the
    outline grows.
    """

    def __init__(self, name: str, *, tone: Tone, inset: tuple[int, int]) -> None:
        super().__init__()
        say_name(self, name)
        self._tone: Tone = tone
        self._blocks = False
        self._inset = inset
        self._line = QVBoxLayout(self)
        self.dress(theme.look())

    def add(self, widget: QWidget) -> None:
        """Put a widget at the bottom."""
        self._line.addWidget(widget)

    def tone(self) -> Tone:
        """The tone it has now."""
        return self._tone

    def blocks(self) -> bool:
        """Whether its outline says that nothing goes on until this is settled."""
        return self._blocks

    def set_tone(self, tone: Tone) -> None:
        """Take another tone, with the outline of something that does not block."""
        self._tone, self._blocks = tone, False
        self.update()

    def set_blocking(self, tone: Tone) -> None:
        """Take a tone and a thick outline: nothing goes on until this is settled."""
        self._tone, self._blocks = tone, True
        self.update()

    def set_inset(self, across: int, down: int) -> None:
        """Another distance between its outline and what is in it; tokens."""
        if self._inset != (across, down):
            self._inset = (across, down)
            self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the inset."""
        across, down = (look.px(size) for size in self._inset)
        self._line.setContentsMargins(across, down, across, down)
        self._line.setSpacing(look.px(tokens.S1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground and its outline."""
        look = theme.look()
        ground, line = _GROUNDS[self._tone]
        thick = look.px(tokens.RING if self._blocks else tokens.HAIR)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(line), thick))
        painter.setBrush(look.colour(ground))
        inset = thick / 2
        radius = look.px(tokens.RADIUS) - inset
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()
        event.accept()

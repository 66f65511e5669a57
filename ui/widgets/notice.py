"""A tinted box with a sign and a word: the ground of verdicts, banners, countdowns, allergies."""

from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.tokens import Tone

SIGNS: Final[dict[Tone, str]] = {
    "muted": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
}


class Notice(QFrame, Dressed):
    """A box in one of four tones: muted, ok, warn, danger. The outline may say that it blocks."""

    def __init__(self, name: str, *, tone: Tone, inset: tuple[int, int]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("panel", "notice")
        self.setProperty("tone", tone)
        self.setProperty("blocks", "false")
        self._inset = inset
        self._line = QVBoxLayout(self)
        self.dress(theme.look())

    def add(self, widget: QWidget) -> None:
        """Put a widget at the bottom."""
        self._line.addWidget(widget)

    def tone(self) -> str:
        """The tone it has now."""
        return str(self.property("tone"))

    def set_tone(self, tone: Tone) -> None:
        """Take another tone, with the outline of something that does not block."""
        self._set(tone, "false")

    def set_blocking(self, tone: Tone) -> None:
        """Take a tone and a thick outline: nothing goes on until this is settled."""
        self._set(tone, "true")

    def dress(self, look: Look) -> None:
        """Scale the inset; a thick outline takes its pixels from it, so nothing moves."""
        thick = tokens.RING if self.property("blocks") == "true" else tokens.HAIR
        spare = look.px(tokens.RING) - look.px(thick)
        across, down = (look.px(size) + spare for size in self._inset)
        self._line.setContentsMargins(across, down, across, down)
        self._line.setSpacing(look.px(tokens.S1))

    def _set(self, tone: Tone, blocks: str) -> None:
        if (self.property("tone"), self.property("blocks")) == (tone, blocks):
            return
        self.setProperty("tone", tone)
        self.setProperty("blocks", blocks)
        theme.restyle(self)
        self.dress(theme.look())

"""The one filled button of a screen; when it is closed it says why."""

from PySide6.QtCore import Signal

from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button


class PrimaryButton(Button):
    """What the screen is for. Its key is written at its right edge.

    ``refused`` carries the reason when it was called by key while closed.
    """

    refused = Signal(str)

    def __init__(
        self, name: str, *, words: str | None = None, sign: str = "", key: str = ""
    ) -> None:
        super().__init__(name, words=words, sign=sign, key=key, kind=Kind.PRIMARY)
        self._why = ""

    def set_words(self, words: str, *, sub: str = "") -> None:
        """Write something else on it; while it is closed, the reason stays beneath."""
        super().set_words(words, sub=self._why or sub)

    def close_because(self, why: str) -> None:
        """Take it out of use; the reason is written under its words and spoken with its name."""
        self._why = why
        self.setEnabled(False)
        self.set_words(self.words())

    def reopen(self) -> None:
        """Let it be pressed again."""
        self._why = ""
        self.setEnabled(True)
        self.set_words(self.words())

    def why_closed(self) -> str:
        """The reason it cannot be pressed; empty while it can."""
        return self._why

    def press(self) -> None:
        """What its key does: press it, or have the reason said."""
        if self.isEnabled():
            self.click()
        else:
            self.refused.emit(self._why)

"""An increase rests on pain and side effects of now: what is to be asked, and the way there."""

from PySide6.QtCore import Signal

from ketachart.domain.rate_changes import Asked
from ketachart.domain.wording import listed
from ui import tokens
from ui.actions import key_of
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.verdict_line import VerdictLine

SHEETS: dict[Asked, tuple[str, str]] = {
    "pain": ("vitals", "Pain now"),
    "side effects": ("effect", "Side effects now"),
}


class AskNow(Column):
    """One amber line and a button for each; what was typed waits on the sheet it stands on."""

    wanted = Signal(str)  # the sheet to open

    def __init__(self) -> None:
        super().__init__(gap=tokens.S1)
        self._said = VerdictLine()
        self.add(self._said)
        row = Row(gap=tokens.S2)
        self.buttons = {asked: self._button(*SHEETS[asked]) for asked in SHEETS}
        for button in self.buttons.values():
            row.add(button, stretch=1)
        self.add(row)
        self.show_lacking(())

    def _button(self, sheet: str, words: str) -> Button:
        made = Button(words, words=words)
        made.set_words(words, sub=key_of(sheet))
        made.set_compact()
        made.clicked.connect(lambda: self.wanted.emit(sheet))
        return made

    def show_lacking(self, lacking: tuple[Asked, ...]) -> None:
        """What was not looked at lately; out of sight where nothing is lacking."""
        self._said.say("warn", f"Ask now: {listed([*lacking])}" if lacking else "")
        for asked, button in self.buttons.items():
            button.setVisible(asked in lacking)
        self.setVisible(bool(lacking))

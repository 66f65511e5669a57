"""Why something did not happen: the cause, what is safe and what to do, where it was asked for."""

from ui import tokens
from ui.announcing import announce
from ui.language.saying import describe, description_of
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.words import Words


class Trouble(Notice):
    """A tinted box with a bold line and a sentence; takes no room while there is nothing to say."""

    def __init__(self, name: str) -> None:
        super().__init__(name, tone="danger", inset=(tokens.S3, tokens.S2))
        self._sign = Mark(SIGNS["danger"], colour="danger", size=tokens.ICON_LARGE)
        self._happened = Words(weight=tokens.SEMIBOLD, tone="danger")
        self._detail = Words(size="small")
        words = Column(gap=tokens.S1)
        words.add(self._happened)
        words.add(self._detail)
        row = Row(gap=tokens.S3)
        row.add_level(self._sign)
        row.add(words, stretch=1)
        self.add(row)
        self.settle()

    def say(self, happened: str, detail: str = "", *, tone: Tone = "danger") -> None:
        """Say what happened, and what is safe and to be done."""
        self.set_tone(tone)
        self._sign.set_sign(SIGNS[tone], colour=tone)
        self._happened.setText(happened)
        self._happened.set_tone(tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        said = ". ".join(part for part in (happened, detail) if part)
        new = said != self.said()
        describe(self, said)
        self.setVisible(True)
        if new:
            announce(self, said, at_once=tone == "danger")

    def settle(self) -> None:
        """Nothing is wrong any more."""
        self._happened.setText("")
        describe(self, "")
        self.setVisible(False)

    def said(self) -> str:
        """What it says now; empty while nothing is wrong."""
        return description_of(self)

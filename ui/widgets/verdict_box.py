"""The answer at the top of the action column: clear, ask or stop, and what would open it again."""

from ui import tokens
from ui.language.saying import describe
from ui.tokens import Tone
from ui.widgets.boxes import Row
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.words import Words


class VerdictBox(Notice):
    """A sign, a 24-px word and one or two sentences; a thick outline only where it blocks."""

    def __init__(self, name: str) -> None:
        super().__init__(name, tone="muted", inset=(tokens.S3, tokens.S2))
        self._sign = Mark(SIGNS["muted"], size=tokens.ICON_LARGE)
        self._word = Words(size="value", weight=tokens.SEMIBOLD)
        self._sentence = Words(size="small")
        head = Row(gap=tokens.S3)
        head.add_level(self._sign)
        head.add(self._word, stretch=1)
        self.add(head)
        self.add(self._sentence)

    def show_verdict(self, tone: Tone, word: str, *, sentence: str, sign: str = "") -> None:
        """Say it; a ``danger`` verdict blocks and has the thick outline."""
        if tone == "danger":
            self.set_blocking(tone)
        else:
            self.set_tone(tone)
        self._sign.set_sign(sign or SIGNS[tone], colour=tone)
        self._word.setText(word)
        self._word.set_tone(tone)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        describe(self, f"{word}. {sentence}")

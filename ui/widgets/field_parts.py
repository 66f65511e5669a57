"""What a field gets only once there is something to say: the hint by its label, the line below.

Most fields never need either; a form of forty opens without them.
"""

from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Row
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class Head(QWidget, Dressed):
    """The label at the left and the hint at the right, or beneath it where both do not fit."""

    def __init__(self, label: Words) -> None:
        super().__init__()
        self._label = label
        self.hint = Words(size="small", tone="muted")
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(label)
        self._ends.add(self.hint)
        self.dress(theme.look())

    def show_hint(self, hint: str, tone: Tone) -> None:
        """Says it, or nothing; without a label and a hint it takes no room."""
        self.hint.setText(hint)
        self.hint.set_tone(tone)
        self.hint.setVisible(bool(hint))
        self._label.setVisible(bool(self._label.text()))
        self.setVisible(bool(hint or self._label.text()))

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._ends.set_gaps(look.px(tokens.S2), 0)


class Foot(Row):
    """A sign and the sentence on how the value stands."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S1)
        self._sign = Mark("", size=tokens.ICON_SMALL)
        self._said = Words(size="small", tone="muted")
        self.add_level(self._sign)
        self.add(self._said, stretch=1)

    def say(self, sentence: str, *, sign: str, tone: Tone) -> None:
        """Says it; an empty sentence leaves the line free."""
        self._said.setText(sentence)
        self._said.set_tone(tone)
        self._sign.set_sign(sign if sentence else "", colour=tone)
        self._sign.setVisible(bool(sentence and sign))
        self._said.setVisible(bool(sentence))

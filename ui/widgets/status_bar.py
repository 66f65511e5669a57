"""The last line of the window: is it saved, where is it, who is charting, which keys act here."""

from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtWidgets import QFrame, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Row
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class StatusFact:
    """A sign and a few words."""

    sign: str
    words: str
    tone: Tone = "muted"


class _FactRow(Row):
    """One fact; it stays where it is and says another, or nothing."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._sign = Mark("", size=tokens.ICON_SMALL)
        self._words = Words(size="small", tone="muted")
        self.add_level(self._sign)
        self.add(self._words)

    def show_fact(self, fact: StatusFact | None) -> None:
        """Say this one, or take no room."""
        if fact is not None:
            self._sign.set_sign(fact.sign, colour=fact.tone)
            self._words.set_tone("muted" if fact.tone == "ok" else fact.tone)
            self._words.setText(fact.words)
        self.setVisible(fact is not None)


class StatusBar(QFrame, Dressed):
    """Facts at the left; the nurse and the keys of the screen at the right; it wraps, too."""

    def __init__(self, name: str = "Status") -> None:
        super().__init__()
        say_name(self, name)
        self.setProperty("panel", "status")
        self._facts: tuple[StatusFact, ...] = ()
        self._rows: list[_FactRow] = []
        self._told: tuple[tuple[str, str], ...] = ()
        self._short = False
        self._left, self._right = QWidget(), QWidget()
        self._left_flow, self._right_flow = Flow(), Flow()
        self._left.setLayout(self._left_flow)
        self._right.setLayout(self._right_flow)
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(self._left)
        self._ends.add(self._right)
        self._nurse = Words(size="small", tone="muted")
        self._keys = Words(size="small", tone="muted")
        self._right_flow.add(self._nurse)
        self._right_flow.add(self._keys)
        self.dress(theme.look())

    def show_facts(self, facts: tuple[StatusFact, ...]) -> None:
        """Show these facts from the left."""
        if facts == self._facts:
            return
        self._facts = facts
        while len(self._rows) < len(facts):
            self._rows.append(_FactRow())
            self._left_flow.add(self._rows[-1])
        for row, fact in zip_longest(self._rows, facts):
            row.show_fact(fact)
        describe(self, ". ".join(fact.words for fact in facts))

    def show_nurse(self, nurse: str) -> None:
        """Who is charting."""
        self._nurse.setText(nurse)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """The keys of this screen: (``F2``, ``vitals``) and so on."""
        self._told = keys
        shown = keys[-1:] if self._short else keys
        # a key and its word never part at the end of a line
        pairs = (f"{key} {does}".replace(" ", "\u00a0") for key, does in shown)
        self._keys.setText("   ".join(pairs))

    def set_short(self, *, short: bool) -> None:
        """In a low window only the last key is told: where all stand, or how to go back."""
        if short != self._short:
            self._short = short
            self.show_keys(self._told)

    def dress(self, look: Look) -> None:
        """Scale the gaps and the least height."""
        self._ends.setContentsMargins(*(look.px(n) for n in (tokens.S4, tokens.S1) * 2))
        self._ends.set_gaps(look.px(tokens.S6), look.px(tokens.S1))
        for flow in (self._left_flow, self._right_flow):
            flow.set_gaps(look.px(tokens.S6), look.px(tokens.S1))
        self.setMinimumHeight(look.px(tokens.STATUS))

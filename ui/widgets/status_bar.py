"""The last line of the window: is it saved, where is it, who is charting, which keys act here."""

from dataclasses import dataclass

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


class StatusBar(QFrame, Dressed):
    """Facts at the left; the nurse and the keys of the screen at the right; it wraps, too."""

    def __init__(self, name: str = "Status") -> None:
        super().__init__()
        say_name(self, name)
        self.setProperty("panel", "status")
        self._facts: tuple[StatusFact, ...] = ()
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
        while (item := self._left_flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for fact in facts:
            row = Row(gap=tokens.S2)
            colour = "ok" if fact.tone == "ok" else fact.tone
            row.add_level(Mark(fact.sign, colour=colour, size=tokens.ICON_SMALL))
            words: Tone = "muted" if fact.tone == "ok" else fact.tone
            row.add(Words(fact.words, size="small", tone=words))
            self._left_flow.add(row)
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

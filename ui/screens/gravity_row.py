"""A gravity set in place of a pump: its drop factor is read from the package and never assumed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.policy_drug import DropFactor
from ui import theme, tokens
from ui.forms.drop_factors import QUESTION, set_choices
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column
from ui.widgets.flow import Ends
from ui.widgets.words import Words

_ASKED = "gtt/mL, on the set's package"


class GravityRow(QWidget, Dressed):
    """The question and its choices, beneath it where they do not fit beside it."""

    set_chosen = Signal(object)  # drops per mL; None is a pump

    def __init__(self, factors: tuple[DropFactor, ...]) -> None:
        super().__init__()
        self._labels = {row.drops_per_ml: row.label for row in factors}
        self.choices = set_choices(factors, columns=len(factors), told=False)
        self._question = Words(QUESTION, weight=tokens.MEDIUM)
        words = Column(gap=0)
        words.add(self._question)
        self._which = Words(_ASKED, size="small", tone="muted")
        words.add(self._which)
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(words)
        self._ends.add(self.choices)
        self.choices.changed.connect(
            lambda chosen: self.set_chosen.emit(int(chosen[0]) if chosen else None)
        )
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))

    def show_set(self, drops_per_ml: int | None, *, closed: bool) -> None:
        """The set that the check is made for; closed while the numbers are hidden."""
        wanted = () if drops_per_ml is None else (str(drops_per_ml),)
        if self.choices.chosen() != wanted:
            blocked = self.choices.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.choices.choose(*wanted)
            self.choices.blockSignals(blocked)
        self.choices.setEnabled(not closed)
        label = "" if drops_per_ml is None else self._labels.get(drops_per_ml, "")
        told = _ASKED if drops_per_ml is None else f"{drops_per_ml} gtt/mL, {label}".strip(", ")
        self._which.setText(told)

"""What the screen of a phase is: a middle part, and a panel for the action column."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.visit import Visit
from ui.desk import Desk
from ui.forms.action_column import ActionColumn


class PhaseScreen(QWidget):
    """One of the six phases."""

    phase_wanted = Signal(str)
    sheet_wanted = Signal(str)
    act_wanted = Signal(str)  # an act of the visit or of the window
    keeps_sheets = True  # an open sheet stays open when this phase is looked at

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__()
        self.desk = desk
        self.column = column

    def panel(self) -> QWidget:
        """What stands in the action column while no sheet is open; made once."""
        raise NotImplementedError

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Show the visit as it stands."""
        raise NotImplementedError

    def limits_beside(self, *, stand: bool) -> None:
        """Whether the limits in force stand beside this phase, so that it need not repeat them."""
        del stand

    def tick(self, now: datetime) -> None:
        """A second went by."""
        del now

    def arrive(self) -> None:
        """Put the focus where the nurse begins in this phase."""
        self.setFocus()

    def act(self, name: str) -> bool:
        """Do what a key asks for; False where this phase has no such act."""
        del name
        return False

"""The order of the last visit, offered to be taken over: read line by line, never silently."""

from PySide6.QtCore import Signal

from ketachart.domain.order_on_file import OrderOnFile
from ketachart.domain.wording import day
from ui import tokens
from ui.actions import BY_NAME, key_of
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.trouble import Trouble


class OnFile(Column):
    """One key takes the order over; what speaks against it is said first, and asks once more."""

    taken = Signal(object)  # the OrderOnFile
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._offered: OrderOnFile | None = None
        self._warned = False
        self._words = Trouble("Order on file")
        self._take = Button(BY_NAME["on-file"].words, key=key_of("on-file"))
        self._take.clicked.connect(self.wanted)
        line = Row()
        line.add(self._take)
        line.add_room()
        self.add(self._words)
        self.add(line)
        self.offer(None)

    def offer(self, found: OrderOnFile | None) -> None:
        """What is on file for the patient; None where there is nothing."""
        self._offered, self._warned = found, False
        self.setVisible(found is not None)
        self._take.setVisible(found is not None)
        if found is None:
            self._words.settle()
            return
        self._words.say("Order on file", found.words, tone="warn" if found.expired else "muted")

    def offered(self) -> OrderOnFile | None:
        """The order that can be taken over now."""
        return self._offered

    def take(self, *, begun: bool) -> None:
        """Takes it over; an expired one, or one over what is typed, only when pressed again.

        Args:
            begun: whether something of an order is typed already.
        """
        found = self._offered
        if found is None:
            return
        against = _against(found, begun=begun)
        if against and not self._warned:
            self._warned = True
            self._words.say("Not taken over yet", against, tone="warn")
            return
        self._offered = None
        self._take.hide()
        detail = f"From the visit of {day(found.visit_on)}. Read each line against the order."
        if found.expired:
            detail += " Its dates are left out: type those of the new order."
        self._words.say("Taken over", detail, tone="muted")
        self.taken.emit(found)


def _against(found: OrderOnFile, *, begun: bool) -> str:
    said = []
    if found.expired:
        said.append(
            f"This order expired {day(found.valid_until)}: a new order is needed. Press again to "
            "begin the new one with its lines, without its dates."
        )
    if begun:
        said.append("What is typed of the order would be replaced. Press again to replace it.")
    return " ".join(said)

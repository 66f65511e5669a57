"""The entries of the visit: choose a row with the arrows, Enter corrects it."""

from PySide6.QtCore import Signal

from ketachart.domain.visit import Visit
from ui import tokens
from ui.screens.log_rows import Log, Shown, log_of
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.entry_table import EntryTable


class LogCard(Card):
    """The table, how many entries there are, and which of them are looked at."""

    opened = Signal(str)  # the id of the entry that is to be corrected

    def __init__(self) -> None:
        super().__init__("Entries", inset=tokens.S3)
        self._log = Log((), "")
        self.heading = Heading("Entries")
        self.filter = Choices(
            "Which entries", tuple(Choice(shown.name, shown.value) for shown in Shown)
        )
        self.filter.choose(Shown.ALL.name)
        self.filter.changed.connect(self._narrow)
        self.heading.set_right(self.filter)
        self.table = EntryTable("Entries of this visit")
        self.table.opened.connect(self.opened)
        self.add(self.heading)
        self.add(self.table, stretch=1)

    def show_visit(self, visit: Visit) -> None:
        """Every entry as it stands."""
        self._log = log_of(visit)
        self.heading.set_aside(self._log.counted)
        self._show()

    def _narrow(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always looked at
            self.filter.choose(Shown.ALL.name)
            return
        self._show()

    def _show(self) -> None:
        self.table.show_rows(self._log.only(Shown[self.filter.chosen()[0]]))

"""The entries of the visit: choose a row with the arrows, Enter corrects it."""

from typing import Final

from PySide6.QtCore import QSize, Signal

from ketachart.domain.visit import Visit
from ui import tokens
from ui.actions import key_of
from ui.screens.log_rows import Known, Log, Shown, log_of
from ui.theme import Look
from ui.widgets.boxes import Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_table import EntryTable

LEAST_ROWS = 3  # the head and two entries
_NONE: Final = {
    Shown.ALL: ("Nothing is charted yet", "The first entry stands here as soon as it is recorded."),
    Shown.VITALS: ("No vital sign is charted yet", f"{key_of('vitals')} charts a set at any time."),
    Shown.EVENTS: ("No event is charted yet", f"{key_of('add')} shows all that can be charted."),
    Shown.CORRECTED: (
        "Nothing was corrected or struck",
        "Choose an entry and press Enter to correct it; both readings stay in the record.",
    ),
}


class _Rows(EntryTable):
    """Asks for no more height than a few rows: the screen shares out what there is."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class LogCard(Card):
    """The table, how many entries there are, and which of them are looked at."""

    opened = Signal(str)  # the id of the entry that is to be corrected
    add_wanted = Signal()  # all that can be charted is to be offered
    save_wanted = Signal()  # the entries as a table for a spreadsheet

    def __init__(self) -> None:
        self.table = _Rows("Entries of this visit")
        super().__init__("Entries", inset=tokens.S2, gap=tokens.S1)
        self._visit: Visit | None = None
        self._log = Log((), "")
        self._known = Known()
        self.heading = Heading("Entries")
        self.filter = Choices(
            "Which entries", tuple(Choice(shown.name, shown.value) for shown in Shown)
        )
        self.filter.choose(Shown.ALL.name)
        self.filter.changed.connect(self._narrow)
        add = Button("Add an entry", words="Add", sign="plus", key=key_of("add"), kind=Kind.QUIET)
        add.set_compact()
        add.clicked.connect(self.add_wanted)
        save = Button(
            "Save the entries as a table (CSV)", words="CSV", sign="file-text",
            key=key_of("save-log"), kind=Kind.QUIET,
        )  # fmt: skip
        save.set_compact()
        save.clicked.connect(self.save_wanted)
        right = Row(gap=tokens.S2)
        right.add(self.filter)
        right.add(save)
        right.add(add)
        self.heading.set_right(right)
        self.table.opened.connect(self.opened)
        self.add(self.heading)
        self._none = EmptyState("list", "", explained="", small=True)
        self.add(self.table, stretch=1)
        self.add(self._none, stretch=1)

    def dress(self, look: Look) -> None:
        """The head and two rows stay in sight, whatever the window."""
        super().dress(look)
        self.table.setMinimumHeight(look.px(tokens.ROW) * LEAST_ROWS)

    def begin(self) -> None:
        """The keyboard goes to the rows; the newest is chosen where none was."""
        if not self.table.current_id():
            self.table.selectRow(0)
        (self.filter if self.table.isHidden() else self.table).setFocus()

    def show_row(self, entry_id: str) -> None:
        """An entry is chosen and brought into sight, if it is among what is looked at."""
        self.table.choose(entry_id)
        self.table.scrollTo(self.table.currentIndex())

    def show_visit(self, visit: Visit) -> None:
        """Every entry as it stands."""
        if visit is self._visit:  # a visit never changes
            return
        self._visit, self._log = visit, log_of(visit, self._known)
        self.heading.set_aside(self._log.counted)
        self._show()

    def _narrow(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always looked at
            self.filter.choose(Shown.ALL.name)
            return
        self._show()

    def _show(self) -> None:
        which = Shown[self.filter.chosen()[0]]
        rows = self._log.only(which)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.tell(*_NONE[which])

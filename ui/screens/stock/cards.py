"""The two cards of the drug count: what is in custody, and everything that was written about it."""

from datetime import date

from ketachart.domain.custody.book import Book
from ketachart.domain.quantities import Mg
from ketachart.domain.wording import count, with_unit
from ui import tokens
from ui.actions import key_of
from ui.screens.stock.table import VialTable
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.in_turn import InTurn
from ui.widgets.primary_button import PrimaryButton


class CustodyCard(Card):
    """The vials, or why they are not shown now."""

    def __init__(self) -> None:
        super().__init__("In custody")
        self.heading = Heading("In custody")
        self.table = VialTable()
        self.show_all = Button(
            "Show it without a count", sign="eye", key=key_of("show-all"), kind=Kind.QUIET
        )
        self.first = PrimaryButton("Receive vials", sign="plus", key=key_of("receive"))
        self._empty = EmptyState(
            "pill",
            "No vial is in the book",
            explained="Receive what lies in the safe and in the bag, each with its seal or serial "
            "number. From then on every visit draws from these vials.",
        )
        self._empty.add_way(self.first)
        self._gone = EmptyState(
            "circle-check",
            "No ketamine is in custody",
            explained="Everything in the book was used, handed back, destroyed or lost; the "
            "entries say which.",
        )
        self._blind = EmptyState(
            "eye-off",
            "Count first",
            explained="What should be here is shown once the count is recorded, so that nobody "
            "counts towards a number.",
        )
        self._blind.add_way(self.show_all)
        self._stack = InTurn(self.table, self._empty, self._gone, self._blind)
        self.add(self.heading)
        self.add(self._stack)

    def say_reading(self) -> None:
        """The visits are being read."""
        self.heading.set_aside("reading the visits")

    def show_book(self, known: Book, today: date, *, blind: bool, counting: bool) -> None:
        """What is in custody now; nothing of it while a count is blind."""
        held = known.held
        self.show_all.setVisible(not counting)
        if not known.items:
            self._turn(self._empty, "")
        elif blind:
            self._turn(self._blind, "hidden until the count is recorded")
        elif not held:
            self._turn(self._gone, "")
        else:
            self.table.show_items(held, today)
            mg = sum((item.left for item in held), Mg.zero())
            sealed = sum(item.sealed for item in held)
            other = len(held) - sealed
            parts = [count(sealed, "sealed vial")] + (
                [f"{other} opened or left over"] if other else []
            )
            self._turn(self.table, f"{', '.join(parts)}, {with_unit(mg)} in all")

    def _turn(self, page: VialTable | EmptyState, aside: str) -> None:
        self.heading.set_aside(aside)
        self._stack.setCurrentWidget(page)


class HistoryCard(Card):
    """Every entry about the drug; Enter strikes the chosen one, with its reason."""

    def __init__(self) -> None:
        super().__init__("Entries of the drug count", inset=tokens.S2, gap=tokens.S1)
        self.has_rows = False
        self.heading = Heading("Entries")
        self.table = EntryTable("Entries of the drug count")
        self.add(self.heading)
        self.add(self.table)

    def show_rows(self, rows: tuple[EntryRow, ...]) -> None:
        """All of them, the newest first; the page scrolls, not the table."""
        self.has_rows = bool(rows)
        self.heading.set_aside(
            f"{count(len(rows), 'entry', 'entries')}, Enter strikes the chosen one"
        )
        self.table.show_rows(rows)
        self.table.setMinimumHeight(self.table.height_of_all())

    def begin(self) -> None:
        """The keyboard goes to the rows; the newest is chosen where none was."""
        if not self.table.current_id():
            self.table.selectRow(0)
        self.table.setFocus()

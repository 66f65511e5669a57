"""The visit as the attached entries tell it, beside the pages: entries, vitals, drug, points."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from ketachart.domain.counts import balance
from ketachart.domain.found.findings import findings
from ketachart.domain.visit import Visit
from ui import tokens
from ui.screens.balance_card import BalanceCard
from ui.screens.log_rows import Log, Shown, log_of
from ui.tokens import Tone
from ui.widgets.boxes import Column, Scroller
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.spans import Span, Spans

_LOGS: Final = {
    "entries": Shown.ALL,
    "vitals": Shown.VITALS,
    "events": Shown.EVENTS,
    "corrected": Shown.CORRECTED,
}
_PARTS: Final = {
    "entries": "All",
    "vitals": "Vitals",
    "events": "Events",
    "corrected": "Corrected",
    "drug": "Drug",
    "points": "Points",
}
_SEVERITY: Final[dict[str, Tone]] = {"stop": "danger", "reason": "warn", "know": "muted"}


class _Rows(EntryTable):
    """Q asks about the chosen row; Left and Right stay the table's own."""

    asked = Signal(str)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Q ask about the chosen row."""
        if event.key() == Qt.Key.Key_Q and not event.modifiers() and self.current_id():
            self.asked.emit(self.current_id())
            return
        super().keyPressEvent(event)


class ChartCard(Card):
    """``chosen`` is the entry that a question would be about; ``asked`` wants one about it now."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        self.table = _Rows("Entries of the visit")
        super().__init__("The visit as data", inset=tokens.S2, gap=tokens.S1)
        self._log, self._marks = Log((), ""), dict[str, str]()
        self.heading = Heading("The visit as data")
        self.part = Choices(
            "What of the visit", tuple(Choice(name, words) for name, words in _PARTS.items())
        )
        self.part.choose("entries")
        self._balance, self.points = BalanceCard(), RowList("Points at signing")
        drug = Column()
        drug.add(self._balance)
        drug.add_room()
        self._drug = Scroller("Drug balance", drug)
        self._stack = QStackedWidget()
        for page in (self.table, self._drug, self.points):
            self._stack.addWidget(page)
        for part in (self.heading, self.part):
            self.add(part)
        self.add(self._stack, stretch=1)
        self.part.changed.connect(self._turn)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.asked)
        self.table.asked.connect(self.asked)
        self.points.opened.connect(self._to_entry)

    def show_visit(self, visit: Visit) -> None:
        """Everything as it stood when it was signed, with what was added after."""
        self._log = log_of(visit)
        self.heading.set_aside(self._log.counted)
        at = visit.signed.at if visit.signed is not None else visit.entries[-1].recorded_at
        self._balance.show_balance(balance(visit, at))
        self.points.show_rows(_points(visit))
        self._show()

    def show_marks(self, marks: dict[str, str]) -> None:
        """The rows that questions are pinned to: Q1 by the entry's id."""
        if marks != self._marks:
            self._marks = marks
            self._show()

    def choose(self, entry: str) -> None:
        """An entry is chosen and brought into sight; what hides it is left."""
        ids = {row.entry_id for row in self._log.only(self._which())}
        if entry not in ids and entry in {row.entry_id for row in self._log.only(Shown.ALL)}:
            self.part.choose("entries")
        self.table.choose(entry)
        self.table.scrollTo(self.table.currentIndex())

    def chosen_entry(self) -> str:
        """The chosen entry, or nothing."""
        return self.table.current_id()

    def words_of(self, entry: str) -> str:
        """One row in words, as it is read; empty for an entry that has no row."""
        rows = (row for row in self._log.only(Shown.ALL) if row.entry_id == entry)
        row = next(rows, None)
        if row is None:
            return ""
        what = ": ".join(_plain(part) for part in (row.entry, row.detail) if part)
        return " ".join(part for part in (_plain(row.time), what) if part)

    def begin(self) -> None:
        """The keyboard goes to the rows; the first is chosen where none was."""
        page = self._stack.currentWidget()
        if page is self.table and not self.table.current_id():
            self.table.selectRow(0)
        if page is not None:
            page.setFocus()

    def _which(self) -> Shown:
        chosen = self.part.chosen()
        return _LOGS.get(chosen[0] if chosen else "entries", Shown.ALL)

    def _turn(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # one of them is always looked at
            self.part.choose("entries")
            return
        self._show()

    def _show(self) -> None:
        chosen = self.part.chosen()
        which = chosen[0] if chosen else "entries"
        page = {"drug": self._drug, "points": self.points}.get(which, self.table)
        self._stack.setCurrentWidget(page)
        rows = self._log.only(self._which())
        self.table.show_rows(tuple(_marked(row, self._marks) for row in rows))

    def _to_entry(self, key: str) -> None:
        entry = key.partition("/")[2]
        if entry:
            self.choose(entry)
            self.begin()


def _points(visit: Visit) -> tuple[ListRow, ...]:
    at = visit.signed.at if visit.signed is not None else visit.entries[-1].recorded_at
    rows = []
    for number, point in enumerate(findings(visit, at)):
        tone: Tone = "muted" if point.settled else _SEVERITY[point.severity]
        said = f"Reason: {point.explained}" if point.explained else ""
        mark = {"stop": "stood in the way", "reason": "needed a reason"}.get(point.severity, "")
        sign = "triangle-alert" if tone != "muted" else "info"
        key, under = f"{number}/{point.entry}", said if point.detail else ""
        rows.append(ListRow(key, point.sentence, point.detail or said, under, mark, sign, tone))
    return tuple(rows)


def _marked(row: EntryRow, marks: dict[str, str]) -> EntryRow:
    mark = marks.get(row.entry_id)
    if not mark:
        return row
    spans: Spans = (Span(row.entry),) if isinstance(row.entry, str) else row.entry
    return replace(row, entry=(*spans, Span(f"  {mark}", strong=True, tone="accent_text")))


def _plain(text: str | Spans) -> str:
    """The words of a cell without what was drawn through."""
    if isinstance(text, str):
        return text
    return "".join(span.text for span in text if not span.struck).strip()

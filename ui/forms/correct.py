"""Correct an entry, or strike it: nothing is erased, and every change says why."""

from dataclasses import fields

from ketachart.domain.admission.door import KEPT
from ketachart.domain.audit import correction_marks, words
from ketachart.domain.facts import Fact, OrderRecorded
from ketachart.domain.shape import from_plain, to_plain
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, clock_with_seconds
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.entries import by_whom, last_own, told
from ui.forms.change_row import ChangeRow
from ui.forms.lists import listed
from ui.forms.not_retyped import instead
from ui.forms.order.correct import OrderCorrection
from ui.forms.parts import Part, correctable, parts_of
from ui.forms.sheet import Sheet
from ui.forms.timed import one
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Fields, take_away
from ui.widgets.tab_order import settle
from ui.widgets.text_field import TextField
from ui.widgets.verdict_line import VerdictLine
from ui.widgets.words import Words


class CorrectSheet(Sheet):
    """What is wrong, what it should be, and why; or the whole row is struck."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Correct this row", primary="Save correction")
        self._entry: Entry[Fact] | None = None
        self._parts: tuple[Part, ...] = ()
        self._rows: dict[str, ChangeRow] = {}
        self._order: OrderCorrection | None = None  # an order is corrected in its own form
        self._which = Words(size="small", tone="muted")
        self._instead = Words(size="small", tone="muted")
        self._wrong_place = Column(gap=tokens.S1)
        self._order_place = Column(gap=tokens.S3)
        self.wrong = Choices("What is wrong", ())
        self._more = Button("Values left empty", sign="chevron-down", kind=Kind.QUIET)
        self._changes = Column(gap=tokens.S3)
        self.reasons = Choices("Why", listed(desk.visit.protocol, "strike-reason"), columns=3)
        self.reasons.set_label("Why", hint="choose one, or write it")
        self.reasons.wrap_words()
        self.why = TextField("Why, in your own words", placeholder="In your own words")
        self._reads = VerdictLine()
        self.strike_row = Button("Strike this row…", sign="x", kind=Kind.DANGER)
        for part in (
            self._which,
            self._instead,
            self._wrong_place,
            self._order_place,
            self._changes,
            self.reasons,
            self.why,
            self._reads,
            self.strike_row,
        ):
            self.body.add(part)
        self.body.add_room()
        self.place("reason", self.reasons)
        self.why.commit_on_enter()
        self.why.committed.connect(self.commit)
        self.strike_row.clicked.connect(self._strike)
        self._more.clicked.connect(self._show_empty)

    # ------------------------------------------------ which entry

    def take(self, entry_id: str) -> None:
        """Takes an entry to be corrected; the same one again keeps what was typed."""
        entry = self.desk.visit.entry(entry_id)
        if entry is None or (self._entry is not None and entry.id == self._entry.id):
            return
        self.empty()
        self._entry = entry
        self._show_entry(entry)
        self._renew()

    def show_visit(self, visit: Visit) -> None:
        """Without an entry chosen, the last own one; one that was struck meanwhile is let go."""
        if self._entry is not None and self._entry.id in visit.strikes:
            self.empty()
        if self._entry is None:
            last = last_own(visit, self.desk.room.author)
            if last is not None:
                self.take(last.id)
        self._renew()

    def begin(self) -> None:
        """What is wrong is chosen first."""
        self.clear_problem()
        self.wrong.setFocus()

    def kept_inside(self) -> Fields:
        """Which entry it is about."""
        return {"entry": self._entry.id if self._entry is not None else ""}

    def take_back_inside(self, kept: Fields) -> None:
        """About the same entry, with every value of it in sight."""
        self.take(str(kept.get("entry", "")))

    def _show_entry(self, entry: Entry[Fact]) -> None:
        visit = self.desk.visit
        title, _detail = words(visit, entry.fact)
        written = f"charted {clock_with_seconds(entry.recorded_at)} by {by_whom(visit, entry)}"
        self._which.setText(f"{title} {clock(entry.at)}, {written}")
        fixed = not correctable(entry.fact)
        self._parts = () if fixed else parts_of(visit.protocol, entry.fact)
        self._instead.setText(instead(entry.fact))
        self._instead.setVisible(bool(instead(entry.fact)))
        self._show_order(entry.fact)
        self._wrong_place.empty()
        self.wrong = Choices(
            "What is wrong",
            tuple(Choice(p.name, p.label, f"{p.reads} {p.unit}".strip()) for p in self._parts),
            columns=2,
            several=True,
        )
        self.wrong.set_label("What is wrong", hint="one or more")
        self.wrong.wrap_words()
        self.wrong.changed.connect(self._open_rows)
        self._more = Button("Values left empty", sign="chevron-down", kind=Kind.QUIET)
        self._more.clicked.connect(self._show_empty)
        self._wrong_place.add(self.wrong)
        self._wrong_place.add(self._more)
        filled = [part.name for part in self._parts if part.reads != "—"]
        self.wrong.show_only(*filled)
        self._more.setVisible(len(filled) < len(self._parts))
        self.strike_row.setVisible(not fixed and not isinstance(entry.fact, KEPT))
        settle(self.body)

    def _show_order(self, fact: Fact) -> None:
        """An order opens in the form it was typed in; beside it only its time is chosen."""
        self._order_place.empty()
        self._order = None
        if isinstance(fact, OrderRecorded):
            self._parts = tuple(part for part in self._parts if part.name == "at")
            self._order = OrderCorrection(self.desk, fact)
            self._order.changed.connect(self._renew)
            self._order_place.add(self._order)

    def _show_empty(self) -> None:
        self.wrong.show_only(*(part.name for part in self._parts))
        self._more.hide()
        self.wrong.setFocus()

    def _open_rows(self, chosen: tuple[str, ...]) -> None:
        """A row for every value that is wrong; what was typed in the others stays."""
        for name in [name for name in self._rows if name not in chosen]:
            take_away(self._rows.pop(name))
        for part in self._parts:
            if part.name in chosen and part.name not in self._rows:
                row = ChangeRow(self.desk, part)
                row.changed.connect(self._renew)
                self._rows[part.name] = row
                self.place(part.name, row.widget())
                self._changes.add(row)
        settle(self.body)
        self._renew()

    # ------------------------------------------------ how it will read

    def _renew(self) -> None:
        if self._entry is None:
            self._which.setText("Choose a row of the entries first (Ctrl+G).")
            self.primary.close_because("No row is chosen")
            return
        if not self._rows and self._order is None:
            stays = "This row stays as it is" if not self._parts else "Choose what is wrong"
            self.primary.close_because(stays)
            self._reads.say("muted", "")
            return
        self.primary.reopen()
        marks = correction_marks(self.desk.visit).values()
        number = 1 + sum(mark.startswith("C") for mark in marks)
        self.primary.set_words(f"Save correction C{number}")
        self._preview(self._entry)

    def _preview(self, entry: Entry[Fact]) -> None:
        """As it will read; nothing is said while a value cannot be read yet.

        An order lists what differs by itself.
        """
        if self._order is not None:
            self._reads.say("muted", "")
            return
        try:
            title, detail = words(self.desk.visit, self._corrected(entry))
        except (Refused, ValueError):
            self._reads.say("muted", "")
            return
        self._reads.say("muted", f"Will read: {title}, {detail}. Not saved yet.")

    # ------------------------------------------------ what is recorded

    def _corrected(self, entry: Entry[Fact]) -> Fact:
        changed = {name: row.plain() for name, row in self._rows.items()}
        first = entry.fact if self._order is None else self._order.fact(entry.at)
        return from_plain(type(entry.fact), {**to_plain(first), **changed})

    def _same(self, entry: Entry[Fact], fact: Fact) -> bool:
        if self._order is not None:
            return fact.at == entry.at and not self._order.differences()
        return fact == entry.fact

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The entry as it should have read.

        Raises:
            Refused: a value cannot be read, or nothing is changed.
        """
        if self._entry is None or not (self._rows or self._order is not None):
            raise Refused("Choose what is wrong first.", rule="nothing chosen")
        fact = self._corrected(self._entry)
        if self._same(self._entry, fact):
            raise Refused(
                "Nothing is changed: every value reads as before. Change one, or go back.",
                rule="no change",
            )
        if confirmed and "confirmed" in {field.name for field in fields(fact)}:
            fact = from_plain(type(fact), {**to_plain(fact), "confirmed": True})
        return (fact,)

    def _reason(self) -> str:
        chosen = one(self.reasons)
        label = self.desk.visit.protocol.label("strike-reason", chosen) if chosen else ""
        reason = "; ".join(filter(None, (label, self.why.text().strip())))
        if not reason:
            raise Refused("Choose why, or write it.", rule="reason missing", field="reason")
        return reason

    def show_refusal(self, refusal: Refused) -> None:
        """Says why, at the field of the order where that is what it is about."""
        field = self._order.field(refusal.field) if self._order is not None else None
        if field is not None:
            self.place(refusal.field, field)
        super().show_refusal(refusal)

    def act(self, name: str) -> bool:
        """The keys that add a row to an order."""
        return self._order is not None and self._order.act(name)

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """The first entry is struck, and the other put in its place, in one act.

        Raises:
            Refused, LedgerError: it was not written; without a reason it is refused.
        """
        if self._entry is not None:
            self.desk.correct(self._entry.id, facts[0], self._reason(), act=act)

    def _strike(self) -> None:
        """Strikes the row, with the reason chosen here, once that is confirmed."""
        if self._entry is None:
            return
        self.clear_problem()
        line = told(self.desk.visit, self._entry)
        try:
            reason = self._reason()
            if not Dialogs.confirm(self, "Strike this row?", line, yes="Strike it"):
                return
            self.desk.strike(self._entry.id, reason)
        except KetaChartError as error:
            refusal = error if isinstance(error, Refused) else Refused(str(error))
            self.show_refusal(refusal)
            return
        self.empty()
        self.recorded.emit()

    def empty(self) -> None:
        """Lets the row go, and what was typed about it."""
        self._entry = None
        self._order = None
        self._order_place.empty()
        self._open_rows(())
        self.wrong.choose()
        self.reasons.choose()
        self.why.clear()

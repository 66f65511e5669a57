"""How it was before: headache days, the pain one can live with, and what was tried already."""

from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact, HistoryTaken
from ketachart.domain.facts.arrival import Tried
from ketachart.domain.typed import whole_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.forms.figures import Figures
from ui.forms.order.added_rows import AddedRow
from ui.forms.review.growing_rows import GrowingRows
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.tab_order import settle
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

_OUTCOMES: Final = (
    Choice("helped", "Helped", key="1"),
    Choice("some", "A little", key="2"),
    Choice("none", "No help", key="3"),
    Choice("not-tolerated", "Not tolerated", key="4"),
    Choice("not-said", "Not said", key="5"),
)
_FIGURES: Final = (
    ("headache_days", "Headache days", "a month"),
    ("worst_pain", "Worst this week", "of 10"),
    ("acceptable_pain", "Can live with", "of 10"),
)


class TriedRow(AddedRow[Tried]):
    """One treatment and what came of it."""

    def __init__(self, place: int) -> None:
        super().__init__(gap=tokens.S2)
        self._what = TextField(f"Treatment {place}, what", label="Treatment tried")
        self._outcome = Choices(f"Treatment {place}, what came of it", _OUTCOMES, columns=3)
        self._outcome.wrap_words()
        self.add(self._what)
        self.add(self._outcome)
        self.listen()

    def read(self) -> Tried:
        """The treatment as typed.

        Raises:
            Refused: it has no name, or nobody said what came of it.
        """
        name = reading.text(self._what, "What was tried", "tried")
        sentence = f"{name}: what came of it?"
        return Tried(name=name, outcome=cast(Any, must_choose(self._outcome, sentence, "outcome")))

    def show_row(self, value: Tried) -> None:
        """A treatment that is on file."""
        self._what.set_text(value.name)
        self._outcome.choose(value.outcome)

    def named(self) -> dict[str, QWidget]:
        """The fields of the row."""
        return {"tried": self._what, "outcome": self._outcome}


class TriedRows(GrowingRows[Tried]):
    """Treatments tried before this one."""

    def __init__(self) -> None:
        super().__init__("Tried before")

    def make_row(self, place: int) -> TriedRow:
        """One more treatment."""
        return TriedRow(place)


class HistorySheet(TimedSheet):
    """What was told before stands in the rows to be gone through; its figures are asked anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "History", records="Record history")
        self._looked_up = False
        self._figures = {
            key: NumberField(f"{label}, {unit}", label=label, unit=unit, parse=whole_number)
            for key, label, unit in _FIGURES
        }
        self.tried = TriedRows()
        self._from = Words(size="small", tone="muted")
        self._gone_through = Choices(
            "Treatments gone through today", (Choice("yes", "Gone through today", key="Y"),)
        )
        self._gone_through.set_label("Taken over from the last visit")
        self.note = TextField("Anything else", label="Anything else")
        self.add_fields(
            (
                Figures(self._figures.values()),
                self._from,
                self.tried,
                self._gone_through,
                self.note,
            )
        )
        self.tried.grow()
        self.tried.grown.connect(lambda: settle(self.body))
        for key, field in (*self._figures.items(), ("gone", self._gone_through)):
            self.place(key, field)
        self._gone_through.hide()
        self._from.hide()

    def begin(self) -> None:
        """Look up what is on file, once until it is recorded."""
        if not self._looked_up:
            self._looked_up = True
            self._look_up(self.desk.visit)
        super().begin()

    def _look_up(self, visit: Visit) -> None:
        told = visit.last(HistoryTaken)
        if told is not None:
            self._show_figures(told.fact)
            self._take_over(told.fact.tried, f"Charted {clock(told.at)}.", again=False)
        elif visit.patient is not None:
            office, stream = self.desk.office, self.desk.room.stream
            tried = office.last_tried(visit.patient.mrn, before=stream)
            self._take_over(tried, "From the last visit: go through them.", again=True)

    def _show_figures(self, told: HistoryTaken) -> None:
        """What was told in this visit already."""
        for key, field in self._figures.items():
            value = getattr(told, key)
            field.set_text("" if value is None else str(value))
        self.note.set_text(told.note)

    def _take_over(self, tried: tuple[Tried, ...], words: str, *, again: bool) -> None:
        self.tried.show_values(tried)
        self.tried.grow()
        self._from.setText(words)
        self._from.setVisible(bool(tried))
        self._gone_through.setVisible(bool(tried) and again)
        settle(self.body)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The history as told today.

        Raises:
            Refused: a figure cannot be read, or what was taken over was not gone through.
        """
        del confirmed
        read = {key: reading.whole(self._figures[key], label, key) for key, label, _ in _FIGURES}
        for key in ("tried", "outcome"):
            at = self.tried.field(key)
            if at is not None:
                self.place(key, at)
        tried, note = self.tried.values(), self.note.text().strip()
        if not self._gone_through.isHidden() and not self._gone_through.chosen():
            raise Refused(
                "The treatments stand there from the last visit. Go through them with the patient.",
                rule="not gone through",
                field="gone",
            )
        if not tried and not note and all(value is None for value in read.values()):
            raise Refused(
                "Type what the patient tells.", rule="empty history", field="headache_days"
            )
        return (HistoryTaken(at=self.when.moment(), **read, tried=tried, note=note),)

    def empty(self) -> None:
        """Nothing is typed; what is on file is looked up the next time."""
        super().empty()
        self._looked_up = False
        self._take_over((), "", again=False)

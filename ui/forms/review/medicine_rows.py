"""Rows for medicines at home: those of the last list to go through, and those that are new."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts.arrival import HomeMedicine
from ketachart.domain.review.taken import taken_typed
from ketachart.domain.typed import Unreadable
from ketachart.domain.wording import day_and_clock
from ketachart.errors import Refused
from ui import tokens
from ui.forms import reading
from ui.forms.order.added_rows import AddedRow
from ui.forms.review.growing_rows import GrowingRows
from ui.forms.timed import must_choose, one
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField

Now = Callable[[], datetime]
Groups = Callable[[str], str]
"""The groups that a name is asked about, in words; empty where it is asked about nothing."""

_STILL = (
    Choice("kept", "Still takes it", key="K"),
    Choice("struck", "No more", key="S"),
)


def taken_field(name: str, now: Now) -> TimeField:
    """When it was taken last; empty where nobody knows."""

    def judge(value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="not a time")
        return UNJUDGED

    return TimeField(
        f"{name}, last taken",
        label="Last taken",
        parse=lambda text: taken_typed(text, now()),
        now=now,
        judge=judge,
    )


def taken(field: TimeField) -> datetime | None:
    """The moment that was typed, or None where nothing was.

    Raises:
        Refused: it cannot be read.
    """
    value = field.value()
    if isinstance(value, Unreadable):
        raise Refused(value.sentence, rule="time unreadable", field="last")
    return value if isinstance(value, datetime) else None


class NewMedicineRow(AddedRow[HomeMedicine]):
    """One medicine that was not on the list; its group is named while it is typed."""

    def __init__(self, place: int, now: Now, groups: Groups) -> None:
        super().__init__(gap=tokens.S2)
        self._groups = groups
        name = f"Medicine {place}"
        self.name = TextField(f"{name}, name", label="Medicine or substance", judge=self._judge)
        self.dose = TextField(f"{name}, dose", label="Dose, how often")
        self.last = taken_field(name, now)
        self.add(FieldGrid(self.name, self.dose))
        self.add(self.last)
        self.listen()

    def _judge(self, value: object) -> Judgement:
        found = self._groups(str(value))
        return Judgement(Standing.WARN, f"Asks: {found}", short="asks") if found else UNJUDGED

    def read(self) -> HomeMedicine:
        """The medicine as typed.

        Raises:
            Refused: it has no name, or its time cannot be read.
        """
        return HomeMedicine(
            name=reading.text(self.name, "Name of the medicine", "name"),
            dose=self.dose.text().strip(),
            last=taken(self.last),
        )

    def show_row(self, value: HomeMedicine) -> None:
        """A medicine that is on file."""
        self.name.set_text(value.name)
        self.dose.set_text(value.dose)

    def named(self) -> dict[str, QWidget]:
        """The fields of the row."""
        return {"name": self.name, "last": self.last}


class NewMedicines(GrowingRows[HomeMedicine]):
    """What the patient takes beside what was on the list."""

    def __init__(self, now: Now, groups: Groups) -> None:
        super().__init__("Medicines and substances")
        self._now, self._groups = now, groups

    def make_row(self, place: int) -> NewMedicineRow:
        """One more medicine."""
        return NewMedicineRow(place, self._now, self._groups)


class KnownMedicine(Column):
    """One of the last list: kept or struck by a key; nothing is chosen beforehand."""

    changed = Signal()

    def __init__(self, medicine: HomeMedicine, now: Now) -> None:
        super().__init__(gap=tokens.S2)
        self.medicine = medicine
        words = f"{medicine.name} {medicine.dose}".strip()
        self.still = Choices(f"{words}: still taken", _STILL, columns=2)
        last = medicine.last
        hint = f"last {day_and_clock(last)}" if last is not None else ""
        self.still.set_label(words, hint=hint)
        self.last = taken_field(medicine.name, now)
        self.last.hide()
        self.add(self.still)
        self.add(self.last)
        self.still.changed.connect(lambda _chosen: self._ask_last())

    def _ask_last(self) -> None:
        self.last.setVisible(one(self.still) == "kept")
        self.changed.emit()

    def keep(self) -> None:
        """It was gone through in this visit already."""
        self.still.choose("kept")
        self._ask_last()

    def begun(self) -> bool:
        """Whether it was gone through."""
        return bool(self.still.chosen())

    def read(self, *, today: bool) -> HomeMedicine | None:
        """The medicine where it is still taken; None where it was struck.

        Args:
            today: the list is of this visit, so that what was told of the last dose still holds.

        Raises:
            Refused: it was not gone through, or its time cannot be read.
        """
        sentence = f"{self.medicine.name}: still taken, or no more?"
        if must_choose(self.still, sentence, "known") == "struck":
            return None
        told = self.medicine.last if today else None
        return HomeMedicine(
            name=self.medicine.name, dose=self.medicine.dose, last=taken(self.last) or told
        )

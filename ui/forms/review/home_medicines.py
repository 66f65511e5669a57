"""Medicines at home: the last list gone through row by row, what is new, or nothing at all."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact, MedicinesListed
from ketachart.domain.facts.arrival import HomeMedicine
from ketachart.domain.review.interactions import groups_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.review.medicine_rows import KnownMedicine, NewMedicines
from ui.forms.timed import TimedSheet, must_choose, one
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.tab_order import settle
from ui.widgets.words import Words

_ASKED = (
    Choice("all", "This is all", key="A"),
    Choice("none", "Takes nothing at all", key="0"),
)


class HomeMedicinesSheet(TimedSheet):
    """Nothing of the last list counts before it was kept or struck."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Medicines at home", records="Record medicines")
        self._known: list[KnownMedicine] = []
        self._shown: tuple[HomeMedicine, ...] | None = None
        self._today = False
        self._from = Words(size="small", tone="muted")
        self._list = Column(gap=tokens.S3)
        self.new = NewMedicines(desk.now, self._groups)
        self.asked = Choices("What the patient said", _ASKED, columns=2)
        self.asked.set_label("Asked today", hint="alcohol, cannabis and sprays too")
        self.asked.wrap_words()
        self.add_fields((self._from, self._list, self.new, self.asked))
        self.new.grow()
        self.new.grown.connect(lambda: settle(self.body))
        self.place("asked", self.asked)

    def _groups(self, name: str) -> str:
        found = groups_of(self.desk.visit, name)
        return listed([group.label for group in found])

    # ------------------------------------------------ the last list

    def begin(self) -> None:
        """Look up the last list, once for each time the sheet is opened."""
        self._look_up(self.desk.visit)
        super().begin()

    def _look_up(self, visit: Visit) -> None:
        told = visit.last(MedicinesListed)
        if told is not None:
            self._show(told.fact.medicines, f"Charted {clock(told.at)}.", today=True)
        elif visit.patient is not None:
            office, stream = self.desk.office, self.desk.room.stream
            last = office.last_medicines(visit.patient.mrn, before=stream)
            words = "From the last visit: keep or strike each." if last else ""
            self._show(last, words, today=False)

    def _show(self, medicines: tuple[HomeMedicine, ...], words: str, *, today: bool) -> None:
        """The rows to go through; what was chosen in them stays where they are the same."""
        self._from.setText(words)
        self._from.setVisible(bool(words))
        if medicines == self._shown and today is self._today:
            return
        self._shown, self._today = medicines, today
        self._list.empty()
        self._known = [KnownMedicine(medicine, self.desk.now) for medicine in medicines]
        for row in self._known:
            self._list.add(row)
            if today:
                row.keep()
        settle(self.body)

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The list as it stands now.

        Raises:
            Refused: a row was not gone through, or it was not asked whether this is all.
        """
        del confirmed
        kept = [self._read(row) for row in self._known]
        medicines = (*(one for one in kept if one is not None), *self._new())
        asked = must_choose(self.asked, "Is this all, or does the patient take nothing?", "asked")
        if asked == "none" and medicines:
            raise Refused(
                "Medicines are listed, and “nothing at all” is chosen. Which is true?",
                rule="medicines contradict",
                field="asked",
            )
        if asked == "all" and not medicines:
            raise Refused(
                "No medicine is listed. Write it down, or choose “takes nothing at all”.",
                rule="medicines missing",
                field="name",
            )
        return (MedicinesListed(at=self.when.moment(), medicines=medicines, none=asked == "none"),)

    def _read(self, row: KnownMedicine) -> HomeMedicine | None:
        if one(self.asked) == "none" and not row.begun():
            return None
        self.place("known", row.still)
        self.place("last", row.last)
        return row.read(today=self._today)

    def _new(self) -> tuple[HomeMedicine, ...]:
        for key in ("name", "last"):
            at: QWidget | None = self.new.field(key) or self.new.first()
            if at is not None:
                self.place(key, at)
        return self.new.values()

    def empty(self) -> None:
        """Nothing is typed, and the list is gone through again the next time."""
        super().empty()
        self._shown = None
        self.new.show_values(())
        self.new.grow()

"""For which day a visit is planned, which nurse goes, and what the nurse should know."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.wording import day, short_day
from ui import tokens
from ui.forms.day_field import DayField
from ui.forms.timed import must_choose, one
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice
from ui.widgets.field import Judgement, Standing
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField

_NOBODY: Final = (
    "No nurse's laptop is on file yet. Take in the package in which it asks to join, and issue its "
    "certificate; then come back here: what is typed stays."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the card says."""

    day: date
    staff_id: str
    note: str


class WantedCard(Card):
    """Nobody and no day is chosen beforehand."""

    def __init__(self, today: date) -> None:
        super().__init__("The planned visit", gap=tokens.S3)
        self._today = today
        self._offered: set[str] = set()
        self.day = DayField("Day of the visit", label="Day of the visit", judge=self._judge)
        self.nurse = Offered("Who goes", empty=_NOBODY, columns=2)
        self.nurse.set_label("Who goes")
        self.note = NoteField("What the nurse should know", label="What the nurse should know")
        self.add(Heading("The planned visit", aside="goes with the nurse’s next package"))
        for part in (self.day, self.nurse, self.note):
            self.add(part)

    def _judge(self, when: date) -> Judgement:
        if when < self._today:
            return Judgement(Standing.BAD, "That day is over.", short="that day is over")
        return Judgement(Standing.NONE, short=f"{short_day(when)} {when.year}")

    def show_nurses(self, nurses: tuple[tuple[str, str], ...]) -> None:
        """Those who have a laptop that a package can go to."""
        self._offered = {staff_id for staff_id, _ in nurses}
        self.nurse.offer(tuple(Choice(staff_id, name, verbatim=True) for staff_id, name in nurses))

    def show_plan(self, plan: VisitPlanned) -> None:
        """As it was planned."""
        self.day.set_text(day(plan.day))
        self.nurse.choose(*({plan.staff_id} & self._offered))
        self.note.set_text(plan.note)

    def begun(self) -> bool:
        """Whether anything is typed or chosen."""
        typed = self.day.text().strip() or self.note.text().strip()
        return bool(typed) or bool(one(self.nurse))

    def answer(self) -> Wanted:
        """What is wanted.

        Raises:
            Refused: the day or the nurse is missing. A day that is over is refused when it is kept.
        """
        day = self.day.needed("Day of the visit", "day")
        staff_id = must_choose(self.nurse, "Choose who goes.", "staff_id")
        return Wanted(day, staff_id, self.note.text().strip())

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at."""
        fields: dict[str, QWidget] = {"day": self.day, "staff_id": self.nurse, "note": self.note}
        return fields.get(key)

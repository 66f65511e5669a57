"""A call after the visit at a day and time of its own; the protocol's times need no sheet."""

from datetime import datetime

from ketachart.domain.facts import Fact, FollowUpPlanned
from ketachart.domain.instructions import follow_ups, zone_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day_and_clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.day_field import DayField
from ui.forms.sheet import Sheet
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class FollowUpSheet(Sheet):
    """The day, the time and what will be asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Plan a call", primary="Record call")
        self.day = DayField("Day of the call", label="Day")
        self.time = TextField("Time of the call", label="Time", placeholder="14:00")
        self.about = TextField("What will be asked", label="What will be asked")
        self.about.set_hint("empty: pain and side effects")
        self._planned = Words(size="small", tone="muted")
        for part in (self.day, self.time, self.about, self._planned):
            self.body.add(part)
        self.body.add_room()
        self.place("due_at", self.day)
        self.place("time", self.time)
        self.place("about", self.about)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """The calls that are planned already."""
        planned = ", ".join(day_and_clock(moment) for moment in follow_ups(visit))
        self._planned.setText(f"Planned already: {planned}" if planned else "No call planned yet.")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The call.

        Raises:
            Refused: day or time cannot be read, or lie in the past.
        """
        del confirmed
        due_at, now = self._due_at(), self.desk.now()
        if due_at <= now:
            raise Refused(
                f"{day_and_clock(due_at)} is past: it is {clock(now)}. Choose a later time.",
                rule="call in the past",
                field="due_at",
            )
        about = self.about.text().strip()
        if not about:
            return (FollowUpPlanned(at=now, due_at=due_at),)
        return (FollowUpPlanned(at=now, due_at=due_at, about=about),)

    def _due_at(self) -> datetime:
        """The time of day on that day, on the patient's clock."""
        day = self.day.needed("Day of the call", "due_at")
        text = reading.text(self.time, "Time of the call", "time")
        return reading.planned(text, day, zone_of(self.desk.visit), "time")

    def empty(self) -> None:
        """Clears every field."""
        for field in (self.day, self.time, self.about):
            field.clear()

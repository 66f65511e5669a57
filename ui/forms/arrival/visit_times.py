"""The visit's own clock: set out, arrived, left; one press keeps the moment."""

from typing import Literal

from ketachart.domain.arrival.times import visit_times
from ketachart.domain.facts import Fact, VisitTimed
from ketachart.domain.telling.arrival import MOMENTS
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, clock, length
from ui.desk import Desk
from ui.forms.arrival.picking import picked
from ui.forms.timed import TimedSheet
from ui.widgets.choices import Choice, Choices
from ui.widgets.key_value import KeyValue, KeyValues

What = Literal["set-out", "arrived", "left"]
WHAT: tuple[What, ...] = ("set-out", "arrived", "left")


class VisitTimesSheet(TimedSheet):
    """The moment of the press is kept; another time is typed over it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Times of the visit", records="Record")
        self.charted = KeyValues("Charted")
        self.what = Choices(
            "Which moment",
            tuple(
                Choice(code, words, key=str(place))
                for place, (code, words) in enumerate(MOMENTS.items(), start=1)
            ),
            columns=1,
        )
        self.what.set_label("Which moment")
        self.what.changed.connect(self._stamp)
        self.add_fields((self.charted, self.what))
        self.place("what", self.what)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """What is charted, and how long it took."""
        times = visit_times(visit)
        rows = [
            (MOMENTS["set-out"], clock(times.set_out)),
            (MOMENTS["arrived"], clock(times.arrived)),
            (MOMENTS["left"], clock(times.left)),
            ("On the way", length(times.travel) if times.travel is not None else DASH),
            ("In the home", length(times.on_site) if times.on_site is not None else DASH),
        ]
        self.charted.show_facts(tuple(KeyValue(key, value) for key, value in rows))

    def _stamp(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self.when.stamp(self.desk.now())
        self.renew_primary()

    def records(self) -> str:
        """Which moment will be recorded."""
        chosen = self.what.chosen()
        return f"Record “{MOMENTS[chosen[0]].lower()}”" if chosen else "Record"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The moment.

        Raises:
            Refused: nobody said which.
        """
        del confirmed
        what = picked(self.what, WHAT, "Which moment: set out, arrived or left?", "what")
        return (VisitTimed(at=self.when.moment(), what=what),)

"""A set of vitals that was due and is not done: why. It prints; it is never left out."""

from datetime import datetime

from ketachart.domain.facts import Fact, VitalsMissed
from ketachart.domain.monitoring import next_due
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.desk import Desk
from ui.forms.reading import text
from ui.forms.timed import TimedSheet
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class NotDoneSheet(TimedSheet):
    """The reason, and the due time it answers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Vitals not done", records="Record “not done”")
        self._due_at: datetime | None = None
        self._which = Words(tone="muted")
        self.reason = TextField(
            "Why it is not done", label="Why", placeholder="Patient in the bathroom"
        )
        self.add_fields((self._which, self.reason))
        self.place("reason", self.reason)
        self.reason.commit_on_enter()
        self.reason.committed.connect(self.commit)

    def show_visit(self, visit: Visit) -> None:
        """Which set waits; of a set on paper its own time tells it."""
        if self.desk.transcribing.period is not None:
            self._due_at = None
            self._which.setText("The set that was due at the time you type.")
            return
        waiting = next_due(visit, self.desk.now())
        self._due_at = waiting.at if waiting is not None else None
        self._which.setText(
            f"The set due {clock(waiting.at)}" if waiting is not None else "No set is due."
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The set that is not done.

        Raises:
            Refused: no reason is given.
        """
        del confirmed
        return (
            VitalsMissed(
                at=self.when.moment(),
                reason=text(self.reason, "Why it is not done", "reason"),
                due_at=self._due_at,
            ),
        )

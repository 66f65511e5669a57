"""The end of an emergency: how it ended, and when."""

from ketachart.domain.facts import EmergencyEnded, Fact
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet
from ui.widgets.text_field import NoteField


class EmergencyOverSheet(TimedSheet):
    """How it ended, in the nurse's words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "No longer an emergency", records="Record the end")
        self.outcome = NoteField("How it ended", label="How it ended", lines=3)
        self.add_fields((self.outcome,))
        self.place("outcome", self.outcome)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The end.

        Raises:
            Refused: it is not said how it ended.
        """
        del confirmed
        if not self.outcome.text().strip():
            raise Refused("Write how it ended.", rule="outcome missing", field="outcome")
        return (EmergencyEnded(at=self.when.moment(), outcome=self.outcome.text().strip()),)

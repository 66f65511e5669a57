"""What is happening, in words a dispatcher understands; it can be put right at any time."""

from dataclasses import replace

from ketachart.domain.emergency import open_emergency
from ketachart.domain.facts import Fact
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.sheet import Sheet
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class EmergencyCauseSheet(Sheet):
    """The words go into the emergency's own entry, whose time does not move."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "What is happening", primary="Record what is happening")
        self.why = NoteField("What is happening", label="As you would say it on the phone", lines=3)
        self._now = Words(size="small", tone="muted")
        self.body.add(self.why)
        self.body.add(self._now)
        self.body.add_room()
        self.place("why", self.why)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """What stands now."""
        declared = open_emergency(visit)
        why = declared.fact.why if declared is not None else ""
        self._now.setText(f"Now it says: {why}" if why else "Nothing is recorded yet.")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The same emergency with other words.

        Raises:
            Refused: nothing was written, or no emergency is open.
        """
        del confirmed
        declared = open_emergency(self.desk.visit)
        if declared is None:
            raise Refused(
                "No emergency is open. Begin with the emergency steps.", rule="no emergency"
            )
        if not self.why.text().strip():
            raise Refused("Write what is happening.", rule="why missing", field="why")
        return (replace(declared.fact, why=self.why.text().strip()),)

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """Puts the words in the place of the ones before; both stay readable."""
        declared = open_emergency(self.desk.visit)
        if declared is None:
            raise Refused(
                "No emergency is open. Begin with the emergency steps.", rule="no emergency"
            )
        told_later = self.desk.visit.protocol.label("strike-reason", "told")
        self.desk.correct(declared.id, facts[0], told_later, act=act)

    def empty(self) -> None:
        """Clears the words."""
        self.why.clear()

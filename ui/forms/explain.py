"""The reason that settles a point raised before signing; it stays in the record."""

from ketachart.domain.facts import Fact, FindingExplained
from ketachart.domain.finding import Finding
from ketachart.domain.found.findings import findings
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.sheet import Sheet
from ui.widgets.keeping import Fields
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class ExplainSheet(Sheet):
    """The point as it stands, and the nurse's words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Give a reason", primary="Record reason")
        self._code = ""
        self._what = Words(weight=tokens.SEMIBOLD)
        self._detail = Words(size="small", tone="muted")
        self.reason = NoteField("Reason", label="Reason", lines=3)
        for part in (self._what, self._detail, self.reason):
            self.body.add(part)
        self.body.add_room()
        self.place("reason", self.reason)

    def about(self, code: str) -> None:
        """Which point it is about; what was typed about another is cleared."""
        if code != self._code:
            self.empty()
        self._code = code
        self.show_visit(self.desk.visit)

    def kept_inside(self) -> Fields:
        """Which point it is about."""
        return {"about": self._code}

    def take_back_inside(self, kept: Fields) -> None:
        """About the same point."""
        self.about(str(kept.get("about", "")))

    def show_visit(self, visit: Visit) -> None:
        """The point, unless it is gone; the first open one where none was named."""
        found = self._finding(visit)
        if found is None:
            found = next((f for f in self._open(visit) if f.severity == "reason"), None)
            self._code = found.code if found is not None else self._code
        self._what.setText(
            found.sentence if found else "No point asks for a reason. Go back to the points."
        )
        self._detail.setText(found.detail if found else "")

    def _finding(self, visit: Visit) -> Finding | None:
        return next((f for f in self._open(visit) if f.code == self._code), None)

    def _open(self, visit: Visit) -> tuple[Finding, ...]:
        return tuple(f for f in findings(visit, self.desk.now()) if not f.settled)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The reason.

        Raises:
            Refused: nothing was written, or nothing asks for a reason.
        """
        del confirmed
        if self._finding(self.desk.visit) is None:
            raise Refused(
                "No point asks for a reason. Go back to the points.", rule="nothing to explain"
            )
        if not self.reason.text().strip():
            raise Refused("Write the reason.", rule="reason missing", field="reason")
        return (
            FindingExplained(
                at=self.desk.now(), finding=self._code, reason=self.reason.text().strip()
            ),
        )

    def empty(self) -> None:
        """Clears the words."""
        self.reason.clear()

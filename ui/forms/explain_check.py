"""The reason why a dose outside the clinic's protocol goes ahead; it stays in the record."""

from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import Fact, FindingExplained
from ketachart.domain.start import against_start
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.timed import TimedSheet
from ui.widgets.keeping import Fields
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class ExplainCheckSheet(TimedSheet):
    """The check with its value, bound and source, and the nurse's words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Reason", records="Record reason")
        self._code = ""
        self._what = Words(weight=tokens.SEMIBOLD)
        self._bound = Words(size="small", tone="warn")
        self._reason = NoteField("Why it goes ahead", label="Why it goes ahead", lines=3)
        self.add_fields((self._what, self._bound, self._reason))
        self.place("reason", self._reason)

    def about(self, code: str) -> None:
        """Which check it is about; a reason typed for another is cleared."""
        if code != self._code:
            self.empty()
        self._code = code
        self.show_visit(self.desk.visit)

    def kept_inside(self) -> Fields:
        """Which check it is about."""
        return {"about": self._code}

    def take_back_inside(self, kept: Fields) -> None:
        """About the same check."""
        self.about(str(kept.get("about", "")))

    def show_visit(self, visit: Visit) -> None:
        """The check as it stands."""
        now = self.desk.now()
        for row in dose_checks(visit, now):
            if row.code == self._code:
                source = visit.protocol.cited(row.source).short
                self._name(f"{row.label} {row.value}", f"The protocol says {row.bound} ({source})")
                return
        for point in against_start(visit, now):
            if point.code == self._code:
                self._name(point.sentence, visit.protocol.cited(point.source).short)

    def _name(self, what: str, bound: str) -> None:
        self._what.setText(what)
        self._bound.setText(bound)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The reason."""
        del confirmed
        if not self._reason.text().strip():
            raise Refused("Write the reason.", rule="reason missing", field="reason")
        return (
            FindingExplained(
                at=self.when.moment(), finding=self._code, reason=self._reason.text().strip()
            ),
        )

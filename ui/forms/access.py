"""The cannula: its site looked at, or the cannula taken out."""

from ketachart.domain.facts import AccessChecked, AccessPlaced, AccessRemoved, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose, one
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

CHECKED, REMOVED = "checked", "removed"


class AccessSheet(TimedSheet):
    """First which of the two; the questions follow from it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "IV and site", records="Record check")
        self._which = Words(size="small", tone="muted")
        self.what = Choices(
            "What was done",
            (
                Choice(CHECKED, "Site looked at", key="1"),
                Choice(REMOVED, "Cannula taken out", key="2"),
            ),
            columns=1,
        )
        self.what.set_label("What was done")
        self.grade = Choices(
            "Grade of the site",
            tuple(Choice(str(n), str(n), key=str(n)) for n in range(5)),
        )
        self.grade.set_label("Grade", hint="0 nothing, to 4")
        self.patent = YesNo("Flushes or runs freely")
        self.whole = YesNo("Catheter came out whole")
        self.dry = YesNo("Site dry and dressed")
        self.note = TextField("What was seen", label="Seen")
        parts = (self.what, self.grade, self.patent, self.whole, self.dry, self.note)
        self.add_fields((self._which, *parts))
        for field, widget in (
            ("what", self.what),
            ("grade", self.grade),
            ("patent", self.patent),
            ("catheter_whole", self.whole),
            ("site_dry", self.dry),
            ("note", self.note),
        ):
            self.place(field, widget)
        self.what.changed.connect(lambda _chosen: self._ask())
        self._ask()

    def show_visit(self, visit: Visit) -> None:
        """Which cannula is in."""
        placed, removed = visit.last(AccessPlaced), visit.last(AccessRemoved)
        if placed is None:
            self._which.setText("No IV is charted. It is placed in Order & dose.")
            return
        fact = placed.fact
        out = f"; taken out {clock(removed.at)}" if removed and removed.at > placed.at else ""
        self._which.setText(
            f"{fact.gauge}G, {fact.side} {fact.site}, placed {clock(placed.at)}{out}"
        )

    def records(self) -> str:
        """The button names the act."""
        return "Record removal" if one(self.what) == REMOVED else "Record check"

    def _ask(self) -> None:
        """The questions of the act that was chosen."""
        removed = one(self.what) == REMOVED
        for part in (self.grade, self.patent):
            part.setVisible(not removed and bool(one(self.what)))
        for part in (self.whole, self.dry):
            part.setVisible(removed)
        self.renew_primary()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The check, or the removal.

        Raises:
            Refused: a question is not answered.
        """
        del confirmed
        what = must_choose(self.what, "Choose what was done.", "what")
        at, note = self.when.moment(), self.note.text().strip()
        if what == REMOVED:
            return (
                AccessRemoved(
                    at=at,
                    catheter_whole=self.whole.answer("catheter_whole"),
                    site_dry=self.dry.answer("site_dry"),
                    note=note,
                ),
            )
        grade = must_choose(self.grade, "Choose the grade of the site.", "grade")
        patent = self.patent.answer("patent")
        return (AccessChecked(at=at, grade=int(grade), patent=patent, note=note),)

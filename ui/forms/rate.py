"""Change the rate: what is known now, the new rate on the pump, what it means, and why."""

from datetime import datetime

from ketachart.domain.facts import Fact, RateSet
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.ahead import Course, course_now, highest_told, look_ahead
from ui.forms.known import known_rows
from ui.forms.lists import listed
from ui.forms.rate_field import RateField
from ui.forms.reading import needed
from ui.forms.timed import TimedSheet, one
from ui.widgets.boxes import Column
from ui.widgets.card import Card
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.choices import Choices, Shape
from ui.widgets.verdict_line import VerdictLine
from ui.widgets.words import Words


class RateSheet(TimedSheet):
    """The new rate in mL/h; an increase says why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Change rate", records="Record the rate")
        self._known = Cells("What is known now", grows=1)
        inset = Card("What is known now")
        inset.as_inset()
        inset.add(self._known)
        self.rate = RateField(desk, "New rate")
        self._meaning = Cells("What the new rate means")
        self._verdict = VerdictLine()
        self.reasons = Choices(
            "Why", listed(desk.visit.protocol, "rate-reason"), columns=2, shape=Shape.PILL
        )
        self.reasons.set_label("Why", hint="choose one")
        self.reasons.wrap_words()
        self._then = Words(size="small", tone="muted")
        told = Column(gap=tokens.S1)
        for part in (self._meaning, self._verdict):
            told.add(part)
        self.add_fields((inset, self.rate, told, self.reasons, self._then), gap=tokens.S2)
        self.place("rate_ml_h", self.rate.field)
        self.place("reason", self.reasons)
        self.rate.field.commit_on_enter()
        self.rate.field.committed.connect(self.reasons.setFocus)
        self.rate.field.typed.connect(lambda _read: self._look_ahead())
        self.when.typed.connect(lambda _read: self._look_ahead())

    def begin(self) -> None:
        """The rate is typed first."""
        self.rate.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """Renews what is known and what the typed rate would mean."""
        now = self.desk.now()
        self._known.show_rows(known_rows(visit, now))
        run = delivery(visit, now)
        state = f"now {with_unit(run.rate)}" if run.state == "running" else "not running"
        self.rate.field.set_hint(state)
        self._look_ahead()

    def tick(self, now: datetime) -> None:
        """Ages and ends move on with the minute."""
        super().tick(now)
        if now.second == 0:
            self.show_visit(self.desk.visit)

    def records(self) -> str:
        """The button repeats the number."""
        rate = self.rate.rate()
        return f"Record {with_unit(rate)}" if rate is not None else "Record the rate"

    def _look_ahead(self) -> None:
        self.renew_primary()
        rate = self.rate.rate()
        visit, now = self.desk.visit, self.desk.now()
        old = course_now(visit, now)
        if rate is None:
            self._meaning.show_rows(())
            self._verdict.say("muted", "")
            self._then.setText("")
            return
        try:
            at = self.when.moment()
        except Refused:
            at = now
        ahead = look_ahead(visit, rate, at, now=now)
        self._meaning.show_rows(_meaning(old, ahead.course))
        if ahead.over:
            self._verdict.say("warn", f"Over: {ahead.over}")
        else:
            self._verdict.say("ok", highest_told(visit))
        sets = " and ".join(ahead.sets)
        self._then.setText(f"Then vitals at {sets}" if sets else "")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The change of rate.

        Raises:
            Refused: no rate, or one that cannot be read.
        """
        del confirmed
        rate = needed(self.rate.field, "The new rate", "rate_ml_h")
        return (
            RateSet(at=self.when.moment(), rate_ml_h=MlPerHour(rate), reason=one(self.reasons)),
        )


def _meaning(old: Course, new: Course) -> tuple[CellRow, ...]:
    return tuple(
        (Cell(name), Cell(was), Cell("to"), Cell(becomes, "accent_text", strong=True))
        for name, was, becomes in (
            ("mg/h", old.drug, new.drug),
            ("mg/kg/h", old.per_kg, new.per_kg),
            ("Ends about", old.ends, new.ends),
        )
    )

"""Change the rate: what is known now, the new rate on the pump, what it means, and why."""

from ketachart.domain.facts import Fact, RateSet
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.rate_changes import is_increase, to_ask
from ketachart.domain.telling.pump import rate_reason
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.ahead import Course, course_now, look_ahead, step_told, verdict
from ui.forms.ask_now import AskNow
from ui.forms.known import known_rows
from ui.forms.lists import listed
from ui.forms.rate_field import RateField
from ui.forms.reading import needed
from ui.forms.timed import TimedSheet, one
from ui.widgets.boxes import Column
from ui.widgets.card import Card
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.choices import Choices, Shape
from ui.widgets.text_field import TextField
from ui.widgets.verdict_line import VerdictLine
from ui.widgets.words import Words


class RateSheet(TimedSheet):
    """The new rate in mL/h; an increase says that it is tolerated and needed."""

    reads_pump = True
    confirms = "The pump shows this rate"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Change rate", records="Record the rate")
        self._known = Cells("What is known now", grows=1)
        inset = Card("What is known now")
        inset.as_inset()
        inset.add(self._known)
        self._step = Words(size="small", tone="muted")
        self.rate = RateField(desk, "New rate")
        self._meaning = Cells("What the new rate means")
        self._verdict = VerdictLine()
        self.ask = AskNow()
        self.reasons = _reasons(desk, "rate-reason", columns=2, hint="choose one")
        self.increase = _reasons(desk, "increase-reason", columns=1, hint="tolerated, and needed")
        self.words = TextField("Why, in your own words", placeholder="Or in your own words")
        self._then = Words(size="small", tone="muted")
        told = Column(gap=tokens.S1)
        for part in (self._meaning, self._verdict):
            told.add(part)
        parts = (self._step, self.rate, told, self.ask, self.reasons, self.increase, self.words)
        self.add_fields((inset, *parts, self._then), gap=tokens.S2)
        self.place("rate_ml_h", self.rate.field)
        self.rate.field.commit_on_enter()
        self.rate.field.committed.connect(lambda: self._why().setFocus())
        self.rate.field.typed.connect(lambda _read: self._look_ahead())
        self.when.typed.connect(lambda _read: self._look_ahead())
        self.ask.wanted.connect(self.opens)
        self._ask_why(increase=False)

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
        self._step.setText(step_told(visit, now))
        self._step.setVisible(bool(self._step.text()))
        self._look_ahead()

    def records(self) -> str:
        """The button repeats the number."""
        rate = self.rate.rate()
        return f"Record {with_unit(rate)}" if rate is not None else "Record the rate"

    # ------------------------------------------------ what it would mean

    def _look_ahead(self) -> None:
        self.renew_primary()
        rate, visit, now = self.rate.rate(), self.desk.visit, self.desk.now()
        if rate is None:
            self._meaning.show_rows(())
            self._verdict.say("muted", "")
            self._then.setText("")
            self._ask_why(increase=False)
            self.ask.show_lacking(())
            return
        try:
            at = self.when.moment()
        except Refused:
            at = now
        ahead = look_ahead(visit, rate, at, now=now)
        self._meaning.show_rows(_meaning(course_now(visit, now), ahead.course))
        self._verdict.say(*verdict(visit, rate, at, ahead))
        sets = " and ".join(ahead.sets)
        self._then.setText(f"Then vitals at {sets}" if sets else "")
        increase = is_increase(visit, rate, at)
        self._ask_why(increase=increase)
        self.ask.show_lacking(to_ask(visit, at) if increase else ())

    def _ask_why(self, *, increase: bool) -> None:
        """An increase has its own reasons: each says that it is tolerated, and why it is needed.

        An edition of the protocol from before it asked for both has one list for every change.
        """
        increase = increase and bool(self.desk.visit.protocol.listed("increase-reason"))
        asked, other = (self.increase, self.reasons) if increase else (self.reasons, self.increase)
        if other.chosen():
            other.choose()
        asked.show()
        other.hide()
        self.words.setVisible(increase)

    def _why(self) -> Choices:
        return self.reasons if self.increase.isHidden() else self.increase

    # ------------------------------------------------ writing

    def show_refusal(self, refusal: Refused) -> None:
        """Words that are asked for are written; else one of the reasons is chosen."""
        wants_words = bool(one(self._why())) and not self.words.isHidden()
        self.place("reason", self.words if wants_words else self._why())
        super().show_refusal(refusal)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The change of rate.

        Raises:
            Refused: no rate, or one that cannot be read.
        """
        rate = needed(self.rate.field, "The new rate", "rate_ml_h")
        return (
            RateSet(
                at=self.when.moment(),
                rate_ml_h=MlPerHour(rate),
                reason=self._reason(),
                confirmed=confirmed,
            ),
        )

    def _reason(self) -> str:
        """The code that was chosen, or the words; both as words where both are there."""
        chosen, words = one(self._why()), self.words.text().strip()
        if not words or self.words.isHidden():
            return chosen
        label = rate_reason(self.desk.visit, chosen) if chosen else ""
        return "; ".join(filter(None, (label, words)))


def _reasons(desk: Desk, name: str, *, columns: int, hint: str) -> Choices:
    made = Choices("Why", listed(desk.visit.protocol, name), columns=columns, shape=Shape.PILL)
    made.set_label("Why", hint=hint)
    made.wrap_words()
    return made


def _meaning(old: Course, new: Course) -> tuple[CellRow, ...]:
    return tuple(
        (Cell(name), Cell(was), Cell("to"), Cell(becomes, "accent_text", strong=True))
        for name, was, becomes in (
            ("mg/h", old.drug, new.drug),
            ("mg/kg/h", old.per_kg, new.per_kg),
            ("Ends about", old.ends, new.ends),
        )
    )

"""Resume: what the readings are now, whether a limit still stands, and the rate on the pump."""

from ketachart.domain.alerts import alerts
from ketachart.domain.facts import Fact, InfusionResumed
from ketachart.domain.infusion import acts_of
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, with_unit
from ui import tokens
from ui.desk import Desk
from ui.forms.known import known_rows
from ui.forms.rate_field import RateField
from ui.forms.reading import needed
from ui.forms.timed import TimedSheet
from ui.tokens import Tone
from ui.widgets.boxes import Column
from ui.widgets.card import Card
from ui.widgets.cells import Cells
from ui.widgets.text_field import TextField
from ui.widgets.verdict_line import VerdictLine


class ResumeSheet(TimedSheet):
    """The rate is typed, never taken over; a limit that stands asks for what allows it."""

    reads_pump = True
    confirms = "The pump shows this rate"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Resume", records="Resume")
        self._known = Cells("What is known now", grows=1)
        inset = Card("What is known now")
        inset.as_inset()
        inset.add(self._known)
        self._verdicts = Column(gap=tokens.S1)
        self.rate = RateField(desk, "Rate")
        self.reason = TextField("What allows it", label="What allows it")
        self.add_fields((inset, self._verdicts, self.rate, self.reason))
        self.place("rate_ml_h", self.rate.field)
        self.place("reason", self.reason)
        self.rate.field.commit_on_enter()
        self.rate.field.committed.connect(self.reason.setFocus)
        self.rate.field.typed.connect(lambda _read: self.renew_primary())

    def begin(self) -> None:
        """The rate is typed first."""
        self.rate.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """Readings, the limits that stand, and the rate before the pause."""
        now = self.desk.now()
        self._known.show_rows(known_rows(visit, now))
        standing = [alert for alert in alerts(visit, now) if alert.level != "attention"]
        self._verdicts.empty()
        for alert in standing:
            said = f"{alert.sentence.partition(':')[0]}, since {clock(alert.since)}"
            self._add_verdict("danger", said)
        if not standing:
            self._add_verdict("ok", "No limit stands that asks for a pause")
        self.reason.set_hint(
            "needed: a limit stands" if standing else "needed if the rate is higher"
        )
        rates = [act.rate for act in acts_of(visit) if act.rate is not None and act.at <= now]
        self.rate.field.set_hint(f"was {with_unit(rates[-1])}" if rates else "")
        self.renew_primary()

    def _add_verdict(self, tone: Tone, words: str) -> None:
        line = VerdictLine()
        self._verdicts.add(line)  # first: shown without a place it would be a window of its own
        line.say(tone, words)

    def records(self) -> str:
        """The button repeats the number."""
        rate = self.rate.rate()
        return "Resume" if rate is None else f"Resume, {with_unit(rate)}"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The resume.

        Raises:
            Refused: no rate, or one that cannot be read.
        """
        rate = needed(self.rate.field, "The rate", "rate_ml_h")
        return (
            InfusionResumed(
                at=self.when.moment(),
                rate_ml_h=MlPerHour(rate),
                reason=self.reason.text().strip(),
                confirmed=confirmed,
            ),
        )

"""When the patient last ate and drank; the hours since are worked out while typing."""

from datetime import datetime

from ketachart.domain.facts import Fact, IntakeRecorded
from ketachart.domain.judgements import Fast, fasting
from ketachart.domain.trial import trial
from ketachart.domain.typed import Unreadable, past_time_typed
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock, length
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.sheet import Sheet
from ui.widgets.field import UNJUDGED, Judge, Judgement, Standing
from ui.widgets.time_field import TimeField
from ui.widgets.words import Words

_FIELDS = (
    ("solid_at", "Last solid food, light"),
    ("fatty_at", "Last fatty or fried food, or meat"),
    ("clear_at", "Last clear liquid"),
)


class IntakeSheet(Sheet):
    """Three times; one that is left empty stays as it was charted before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Last food and drink", primary="Record intake")
        self.body.add(
            Words(
                "06:30, 2:05p, -90, or yesterday 22:00. What was not asked stays empty.",
                size="small",
                tone="muted",
            )
        )
        self._times: dict[str, TimeField] = {}
        for place, (key, name) in enumerate(_FIELDS):
            field = TimeField(
                name,
                label=name,
                parse=self._parse,
                now=desk.now,
                judge=self._judge(place),
            )
            field.keep_lines(2)
            self._times[key] = field
            self.body.add(field)
            self.place(key, field)
        self.body.add_room()
        self._times["clear_at"].commit_on_enter()
        self._times["clear_at"].committed.connect(self.primary.press)

    def _parse(self, text: str) -> object:
        return past_time_typed(text, self.desk.now())

    def _judge(self, place: int) -> Judge:
        """The hours since, held against the protocol by the same rule as the screening's."""

        def judge(value: object) -> Judgement:
            if isinstance(value, Unreadable):
                return Judgement(Standing.BAD, value.sentence, short="not a time")
            if not isinstance(value, datetime):
                return UNJUDGED
            return _told(self._rules({_FIELDS[place][0]: value})[place])

        return judge

    def _rules(self, times: dict[str, datetime]) -> tuple[Fast, ...]:
        now = self.desk.now()
        fact = IntakeRecorded(at=now, **times)
        return fasting(trial(self.desk.visit, fact, now), now)

    def show_visit(self, visit: Visit) -> None:
        """What is charted already."""
        before = visit.last_fact(IntakeRecorded)
        today = self.desk.now().date()
        for key, field in self._times.items():
            moment = getattr(before, key) if before is not None else None
            charted = day_and_clock(moment, beside=today) if moment is not None else ""
            field.set_hint(f"charted {charted}" if charted else "")

    def tick(self, now: datetime) -> None:
        """The hours go on."""
        del now
        for field in self._times.values():
            field.refresh()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The times typed; the others as they were charted before."""
        del confirmed
        read = {key: self._moment(key) for key, _ in _FIELDS}
        if not any(read.values()):
            raise Refused(
                "Type when the patient last ate or drank.", rule="empty intake", field="solid_at"
            )
        before = self.desk.visit.last_fact(IntakeRecorded)
        kept = {key: getattr(before, key) for key in read} if before is not None else {}
        return (
            IntakeRecorded(at=self.desk.now(), **{key: read[key] or kept.get(key) for key in read}),
        )

    def _moment(self, key: str) -> datetime | None:
        value = self._times[key].value()
        if isinstance(value, Unreadable):
            raise Refused(value.sentence, rule="time unreadable", field=key)
        return value if isinstance(value, datetime) else None

    def empty(self) -> None:
        """Clear every field."""
        for field in self._times.values():
            field.clear()


_STANDINGS: dict[str, Standing] = {
    "clear": Standing.OK,
    "ask": Standing.WARN,
    "stop": Standing.BAD,
}


def _told(rule: Fast) -> Judgement:
    needs = f"needs {length(rule.needed)}"
    if rule.answer == "stop" and rule.floor is not None:
        needs += f"; under {length(rule.floor)} do not start unless authorised"
    return Judgement(_STANDINGS[rule.answer or "clear"], needs, short=needs)

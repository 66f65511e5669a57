"""What the patient is told, with the times of day worked out, and who said it back."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ketachart.domain import spanish
from ketachart.domain.course import ended_at, last_drug_at
from ketachart.domain.facts import FollowUpPlanned, InstructionTaught
from ketachart.domain.facts.closing import Heard
from ketachart.domain.infusion import last_moment
from ketachart.domain.policy import Instruction
from ketachart.domain.visit import Visit
from ketachart.domain.wording import LONG_WEEKDAYS, clock, short_day, twelve_hour

# Nobody is awake on purpose before this: “until tomorrow” ends in the morning.
MORNING = time(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One instruction with its time and who said it back."""

    instruction: Instruction
    until: datetime | None
    when: str
    when_for_patient: str
    when_es: str
    patient: Heard | None
    adult: Heard | None

    @property
    def heard(self) -> bool:
        """Whether the patient or the adult said it back, by themselves or helped."""
        return self.patient is not None or self.adult is not None


def zone_of(visit: Visit) -> tzinfo:
    """The zone in which the patient's clock runs; else the offset of the last entry."""
    name = (visit.opened.zone if visit.opened else "") or (
        visit.clinic.zone if visit.clinic else ""
    )
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            pass
    last = visit.standing[-1].at.tzinfo if visit.standing else None
    return last or UTC


def rounded_up(moment: datetime, step: timedelta) -> datetime:
    """The next full step of the hour on that clock; a time that is on it stays."""
    past = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    rest = past % step
    if not rest:
        return moment
    # Added on the world's clock, so that a night when the clocks change loses no hour.
    return (moment.astimezone(UTC) + (step - rest)).astimezone(moment.tzinfo)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The moment as the patient's clock shows it, both sides of a change of the clocks."""
    return moment.astimezone(UTC).astimezone(zone)


def told(visit: Visit) -> tuple[Told, ...]:
    """Every instruction with its time; before the end of the drug the times are left open."""
    return visit.once("instructions told", _told)


def _told(visit: Visit) -> tuple[Told, ...]:
    now = last_moment(visit) if visit.standing else None
    last = last_drug_at(visit, now) if now is not None else None
    answers: dict[str, InstructionTaught] = {}
    for fact in visit.facts(InstructionTaught):
        answers[fact.instruction] = fact
    found = []
    for item in visit.protocol.instructions:
        until = _until(visit, item, last)
        answer = answers.get(item.code)
        found.append(
            Told(
                instruction=item,
                until=until,
                when=_when(visit, item, until),
                when_for_patient=_when_for_patient(visit, item, until),
                when_es=_when_es(visit, item, until),
                patient=answer.patient if answer else None,
                adult=answer.adult if answer else None,
            )
        )
    return tuple(found)


def heard_at(visit: Visit, code: str) -> datetime | None:
    """When an instruction was said back, by the patient or the adult; the last answer stands."""
    answers = [entry for entry in visit.of(InstructionTaught) if entry.fact.instruction == code]
    return answers[-1].at if answers else None


def _until(visit: Visit, item: Instruction, last: datetime | None) -> datetime | None:
    zone, step = zone_of(visit), visit.protocol.minutes("instructions.round")
    if item.rule in ("hours", "hours-and-sleep") and last is not None:
        until = rounded_up(local(last + timedelta(hours=item.hours[0]), zone), step)
        return _slept(until, zone) if item.rule == "hours-and-sleep" else until
    if item.rule == "tonight" and last is not None:
        return _morning_after(local(last, zone), zone)
    if item.rule == "from-release":
        end = ended_at(visit)
        return rounded_up(local(end, zone), step) if end is not None else None
    return None


def _morning_after(moment: datetime, zone: tzinfo) -> datetime:
    """The next morning; an infusion that ends after midnight has its morning the same day."""
    day = moment.date() if moment.time() < time(4) else moment.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def _slept(moment: datetime, zone: tzinfo) -> datetime:
    """A time in the small hours is the morning after them: the night's sleep is not over yet."""
    if moment.time() >= MORNING:
        return moment
    return datetime.combine(moment.date(), MORNING, zone)


def follow_ups(visit: Visit) -> tuple[datetime, ...]:
    """The calls that are planned, or that the protocol asks for, by time."""
    planned = sorted(fact.due_at for fact in visit.facts(FollowUpPlanned))
    return tuple(local(moment, zone_of(visit)) for moment in planned)


def proposed_follow_ups(visit: Visit) -> tuple[datetime, ...]:
    """The times at which the protocol asks for a call, from the end of the drug."""
    return visit.once("calls proposed", _proposed)


def _proposed(visit: Visit) -> tuple[datetime, ...]:
    now = last_moment(visit)
    last = last_drug_at(visit, now)
    if last is None:
        return ()
    zone, step = zone_of(visit), visit.protocol.minutes("instructions.round")
    return tuple(
        rounded_up(local(last + timedelta(hours=hours), zone), step)
        for item in visit.protocol.instructions
        if item.rule == "calls"
        for hours in item.hours
    )


def _when(visit: Visit, item: Instruction, until: datetime | None) -> str:
    """The time as the record prints it, with the day and a 24-hour clock."""
    if item.rule == "calls":
        calls = follow_ups(visit) or proposed_follow_ups(visit)
        return " and ".join(f"{short_day(c.date())} {clock(c)}" for c in calls) or "in a day or two"
    if item.rule == "days":
        return "next few days"
    if item.rule == "any-time":
        return "any time"
    if until is None:
        return "from now" if item.rule == "from-release" else "after the infusion"
    word = {"from-release": "from"}.get(item.rule, "up to" if item.may else "until")
    text = f"{word} {short_day(until.date())} {clock(until)}"
    return text + (", and after a night's sleep" if item.rule == "hours-and-sleep" else "")


def _when_for_patient(visit: Visit, item: Instruction, until: datetime | None) -> str:
    """The time as the patient reads it: weekday and a 12-hour clock."""
    match item.rule:
        case "calls":
            return " and ".join(_weekday_and_time(call) for call in _calls(visit))
        case "days":
            return "Next few days"
        case "any-time":
            return "Any time"
        case "tonight":
            return f"Tonight, until {_weekday_and_time(until)}" if until else "Tonight"
        case "from-release":
            return f"From {_weekday_and_time(until)}" if until else "From now"
        case "hours" | "hours-and-sleep":
            word = "Up to" if item.may else "Until"
            return f"{word} {_weekday_and_time(until)}" if until else "After the infusion"


def _weekday_and_time(moment: datetime) -> str:
    return f"{LONG_WEEKDAYS[moment.weekday()]} {twelve_hour(moment)}"


def _calls(visit: Visit) -> tuple[datetime, ...]:
    return follow_ups(visit) or proposed_follow_ups(visit)


def _when_es(visit: Visit, item: Instruction, until: datetime | None) -> str:
    """The same for a patient who reads Spanish."""
    time = spanish.weekday_and_time
    match item.rule:
        case "calls":
            return _begun(spanish.listed([time(call) for call in _calls(visit)]))
        case "days":
            return "Los próximos días"
        case "any-time":
            return "En cualquier momento"
        case "tonight":
            return f"Esta noche, hasta {time(until)}" if until else "Esta noche"
        case "from-release":
            return f"Desde {time(until)}" if until else "Desde ahora"
        case "hours" | "hours-and-sleep":
            return f"Hasta {time(until)}" if until else "Después de la infusión"


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"

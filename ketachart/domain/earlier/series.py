"""The series: which infusion of how many, what came before, how pain answered, and the sums."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

from ketachart.domain.course import started_at
from ketachart.domain.earlier.past import COPIED_INFUSIONS, past_infusion
from ketachart.domain.facts import InfusionElsewhere, PastInfusion, PastRecorded
from ketachart.domain.instructions import local, zone_of
from ketachart.domain.quantities import Mg
from ketachart.domain.scores import change_points, percent_change
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, number, short_day, with_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PainAnswer:
    """How pain answered to one infusion: points and percent it fell by; below zero it rose."""

    start: int
    end: int
    points: int
    percent: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All the ketamine infusions of the last days: how many, and how many mg."""

    days: int
    infusions: int
    mg: Mg
    without_dose: int = 0
    at_least: bool = False


def known_past(visit: Visit) -> PastRecorded | None:
    """What the laptop knew when the visit was opened; where it was told twice, the later telling.

    A script may tell it with an earlier time than the one written on opening.
    """
    told = visit.of(PastRecorded)
    return max(told, key=lambda entry: entry.number).fact if told else None


def earlier(visit: Visit) -> tuple[PastInfusion, ...]:
    """Every infusion before this one, those given elsewhere too, the oldest first."""
    past = known_past(visit)
    found = [*(past.infusions if past else ())]
    found += [fact.infusion for fact in visit.facts(InfusionElsewhere)]
    return tuple(sorted(found, key=_when))


def _when(one: PastInfusion) -> tuple[str, str]:
    start = one.started_at or one.ended_at
    return one.on.isoformat(), start.astimezone(UTC).isoformat() if start is not None else ""


def last_infusion(visit: Visit) -> PastInfusion | None:
    """The infusion before this one."""
    known = earlier(visit)
    return known[-1] if known else None


def moment_of(visit: Visit, at: datetime) -> datetime:
    """When this infusion was started; before that, the moment that is asked about."""
    return started_at(visit) or at


def days_since(visit: Visit, at: datetime) -> int | None:
    """Days on the patient's calendar since the last infusion; None where none is known."""
    last = last_infusion(visit)
    if last is None:
        return None
    return (local(moment_of(visit, at), zone_of(visit)).date() - last.on).days


@dataclass(frozen=True, slots=True)
class Gap:
    """Time since the last ketamine; where only its day is known, the least that it can be."""

    length: timedelta
    exact: bool


def gap_since(visit: Visit, at: datetime) -> Gap | None:
    """How long after the end of the last infusion this one begins; None where none is known."""
    last = last_infusion(visit)
    if last is None:
        return None
    zone = zone_of(visit)
    known = last.ended_at or last.started_at
    end = known or datetime.combine(last.on + timedelta(days=1), time(), zone)
    gap = moment_of(visit, at).astimezone(UTC) - end.astimezone(UTC)
    return Gap(gap, exact=known is not None)


def within(visit: Visit, at: datetime, days: int) -> tuple[PastInfusion, ...]:
    """The infusions before this one of the last so many days, today among them."""
    today = local(moment_of(visit, at), zone_of(visit)).date()
    return tuple(one for one in earlier(visit) if one.on > today - timedelta(days=days))


def pain_answer(one: PastInfusion) -> PainAnswer | None:
    """How pain answered, where it was charted at both ends."""
    if one.pain_start is None or one.pain_end is None:
        return None
    return PainAnswer(
        start=one.pain_start,
        end=one.pain_end,
        points=change_points(one.pain_start, one.pain_end),
        percent=percent_change(one.pain_start, one.pain_end),
    )


def totals(visit: Visit, at: datetime) -> tuple[Total, ...]:
    """The sums over the protocol's two lengths of time, this infusion included once started."""
    found = []
    this = past_infusion(visit)
    past = known_past(visit)
    cut = past is not None and len(past.infusions) >= COPIED_INFUSIONS
    for code in ("totals.short", "totals.long"):
        policy = visit.protocol.known(code)
        if policy is None:
            continue
        days = int(policy.value)
        counted = [*within(visit, at, days), *((this,) if this is not None else ())]
        doses = [one.delivered_mg for one in counted if one.delivered_mg is not None]
        found.append(
            Total(
                days=days,
                infusions=len(counted),
                mg=sum(doses, Mg.zero()),
                without_dose=len(counted) - len(doses),
                at_least=cut and len(counted) >= COPIED_INFUSIONS,
            )
        )
    return tuple(found)


# ------------------------------------------------------------------ in words


def position_words(visit: Visit) -> str:
    """Which infusion of how many: “infusion 3 of 5”; empty where the order does not say."""
    order = visit.order
    if order is None or order.series_number is None:
        return ""
    of = f" of {order.series_of}" if order.series_of is not None else ""
    return f"infusion {order.series_number}{of}"


def short_position(visit: Visit) -> str:
    """The same where the room is short: “3 of 5”."""
    words = position_words(visit)
    return words.removeprefix("infusion ") if " of " in words else words


def since_words(visit: Visit, at: datetime) -> str:
    """How long ago the last one was: “3 days since the last”; empty where none is known."""
    days = days_since(visit, at)
    if days is None:
        return ""
    return f"{count(days, 'day')} since the last" if days else "the last one the same day"


def pain_words(one: PastInfusion, *, percent: bool = True) -> str:
    """“8 to 4, −50 %”; a dash for the end that was not charted, nothing where neither was."""
    if one.pain_start is None and one.pain_end is None:
        return ""
    start, end = ("—" if score is None else str(score) for score in (one.pain_start, one.pain_end))
    answer = pain_answer(one)
    if answer is None or answer.percent is None or not percent:
        return f"{start} to {end}"
    fell = number(-answer.percent, 0)
    return f"{start} to {end}, {'+' if answer.points < 0 else ''}{fell} %"


def effect_words(one: PastInfusion) -> str:
    """The worst side effect with its grade: “Nausea, grade 2”."""
    return f"{one.worst_effect}, grade {one.worst_grade}" if one.worst_effect else ""


def total_words(total: Total) -> str:
    """“2 infusions, 68.4 mg”; what is not known is said."""
    words = f"{count(total.infusions, 'infusion')}, {with_unit(total.mg)}"
    if total.at_least:
        words = f"at least {words}"
    if total.without_dose:
        words += f", {total.without_dose} of them without a dose on file"
    return words


def door_words(visit: Visit) -> str:
    """For the door: “2 of 5, last 19 Nov: 34.2 mg, pain 8 to 4”; empty where there is neither."""
    order, last = visit.order, last_infusion(visit)
    parts = []
    if order is not None and order.series_number is not None:
        parts.append(short_position(visit))
    if last is not None:
        dose = with_unit(last.delivered_mg) if last.delivered_mg is not None else "dose not on file"
        pain = pain_words(last, percent=False)
        told = ", ".join(filter(None, [dose, pain and f"pain {pain}", effect_words(last)]))
        parts.append(f"last {short_day(last.on)}: {told}")
    return ", ".join(parts)


def note_words(one: PastInfusion) -> str:
    """What limits the trust in one line: not signed, not stopped, told from elsewhere."""
    if one.charted == "elsewhere":
        return "elsewhere"
    open_ends = [
        words
        for words, holds in (
            ("no stop charted", one.ended_at is None),
            ("not signed", one.charted == "not-signed"),
        )
        if holds
    ]
    return ", ".join(open_ends)

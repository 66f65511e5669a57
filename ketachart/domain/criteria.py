"""What the chart says of each thing that must hold before the nurse leaves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from ketachart.domain.counts import balance
from ketachart.domain.course import baseline, last_drug_at, started_at
from ketachart.domain.effects import open_effects
from ketachart.domain.facts import (
    AccessPlaced,
    AccessRemoved,
    CriterionJudged,
    DrugReturned,
    DrugWasted,
    FollowUpPlanned,
    HandoutGiven,
    MedicineGiven,
    RecoveryScored,
    VitalsTaken,
)
from ketachart.domain.instructions import follow_ups, local, told, zone_of
from ketachart.domain.limits import Reading
from ketachart.domain.near_baseline import Found, State, pressure_near, since_start
from ketachart.domain.ordered_monitoring import observation_needed
from ketachart.domain.policy import Criterion
from ketachart.domain.scales.suicide import against_leaving
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day_and_clock, length, listed, signed, with_unit

FULLY_AWAKE = 5  # of the MOAA/S


def asked(visit: Visit, criterion: Criterion, now: datetime) -> Found:
    """A criterion that the nurse judges; what a scale says of suicide stands above it."""
    against = against_leaving(visit, now) if criterion.code == "thoughts" else ""
    if against:
        return Found("open", against)
    entries = [e for e in visit.of(CriterionJudged) if e.fact.criterion == criterion.code]
    if not entries:
        return Found("open", "not recorded")
    last = entries[-1]
    return Found("met" if last.fact.met else "open", last.fact.note or "recorded", last.at)


def _observed(visit: Visit, now: datetime) -> Found:
    last = last_drug_at(visit, now)
    if last is None:
        return Found("met", "no ketamine given")
    earliest = _after(visit, last, observation_needed(visit))
    return _clock_rule(earliest, now, f"last ketamine {clock(last)}")


def _reversal(visit: Visit, now: datetime) -> Found:
    given = [
        fact
        for fact in visit.facts(MedicineGiven)
        if (medicine := visit.protocol.medicine(fact.medicine)) and "reversal" in medicine.classes
    ]
    if not given:
        return Found("met", "none given")
    earliest = _after(visit, given[-1].at, visit.protocol.minutes("observe.reversal"))
    return _clock_rule(earliest, now, f"{given[-1].medicine} {clock(given[-1].at)}")


def _after(visit: Visit, moment: datetime, by: timedelta) -> datetime:
    """So much later in real time, as the clock on the wall shows it by then.

    With a fixed offset: sums of times in a named zone would follow the wall, not the time gone by.
    """
    there = local(moment.astimezone(UTC) + by, zone_of(visit))
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta()))


def _clock_rule(earliest: datetime, now: datetime, since: str) -> Found:
    if now >= earliest:
        return Found("met", since, earliest, earliest)
    return Found("waiting", f"{length(earliest - now)} left, {since}", None, earliest)


def _last(visit: Visit, sign: str, now: datetime) -> Reading | None:
    """The last reading of a sign after the start."""
    found = since_start(visit, sign, now)
    return found[-1] if found else None


def _oxygen(visit: Visit, now: datetime) -> Found:
    reading = _last(visit, "spo2", now)
    if reading is None:
        return Found("open", "not measured since the start")
    base = baseline(visit)
    needed = visit.protocol.number("release.spo2")
    if base is not None and base.fact.spo2 is not None:
        needed = min(needed, Decimal(base.fact.spo2))
    sets = {entry.id: entry.fact for entry in visit.of(VitalsTaken)}
    on_oxygen = sets[reading.entry].oxygen_l_min
    if on_oxygen:
        return Found("open", f"{reading.value} % with oxygen", reading.at)
    state: State = "met" if reading.value >= needed else "open"
    return Found(state, f"{reading.value} %, needs {needed} %", reading.at)


def _awake(visit: Visit, now: datetime) -> Found:
    rass, moaas = _last(visit, "rass", now), _last(visit, "moaas", now)
    seen = max(filter(None, (rass, moaas)), key=lambda reading: reading.at, default=None)
    oriented = [f for f in visit.facts(VitalsTaken) if f.oriented is not None and f.at <= now]
    if seen is None:
        return Found("open", "RASS not charted since the start")
    clear = seen.value == (0 if seen.sign == "rass" else FULLY_AWAKE)
    note = f"RASS {signed(int(seen.value))}" if seen.sign == "rass" else f"MOAA/S {seen.value}"
    start = started_at(visit)
    after = [fact for fact in oriented if start is None or fact.at >= start]
    if not after:
        return Found("open", f"{note}, orientation not charted", seen.at)
    note += f", oriented × {after[-1].oriented}"
    met = clear and after[-1].oriented == 4
    return Found("met" if met else "open", note, max(seen.at, after[-1].at))


def _score_at_most(sign: str, code: str) -> Callable[[Visit, datetime], Found]:
    def judge(visit: Visit, now: datetime) -> Found:
        reading = _last(visit, sign, now)
        if reading is None:
            return Found("open", "not charted since the start")
        met = reading.value <= visit.protocol.number(code)
        return Found("met" if met else "open", f"{reading.value} of 10", reading.at)

    return judge


def _effects(visit: Visit, _now: datetime) -> Found:
    still = [effect.label.lower() for effect in open_effects(visit)]
    return Found("open", listed(still)) if still else Found("met", "none open")


def _aldrete(visit: Visit, _now: datetime) -> Found:
    entry = visit.last(RecoveryScored)
    if entry is None:
        return Found("open", "not scored")
    met = entry.fact.total >= visit.protocol.number("release.aldrete")
    return Found("met" if met else "open", f"{entry.fact.total} of 10", entry.at)


def _vitals(visit: Visit, now: datetime) -> Found:
    within = visit.protocol.minutes("release.vitals.within")
    sets = [e for e in visit.of(VitalsTaken) if e.at <= now and e.fact.systolic is not None]
    if not sets:
        return Found("open", "not measured")
    old = now - sets[-1].at
    note = f"{clock(sets[-1].at)}, {length(old)} ago"
    return Found("met" if old <= within else "open", note, sets[-1].at)


def _pain(visit: Visit, now: datetime) -> Found:
    last = last_drug_at(visit, now)
    reading = _last(visit, "pain", now)
    if reading is None or (last is not None and reading.at < last - timedelta(minutes=15)):
        return Found("open", "not charted at the end")
    return Found("met", f"{reading.value} of 10", reading.at)


def _access_out(visit: Visit, _now: datetime) -> Found:
    if visit.last(AccessPlaced) is None:
        return Found("met", "no IV placed")
    removed = visit.last(AccessRemoved)
    if removed is None:
        return Found("open", "still in")
    good = removed.fact.catheter_whole and removed.fact.site_dry
    note = "catheter whole, site dry" if good else "catheter or site not in order"
    return Found("met" if good else "open", note, removed.at)


def _drug(visit: Visit, now: datetime) -> Found:
    sums = balance(visit, now)
    if sums.out.is_zero:
        return Found("met", "none taken out")
    gone = [entry.at for entry in (*visit.of(DrugWasted), *visit.of(DrugReturned))]
    if abs(sums.unaccounted) <= visit.protocol.balance_tolerance:
        return Found("met", "all accounted for", max(gone, default=None))
    return Found("open", f"{with_unit(sums.unaccounted)} to account for")


def _adult(visit: Visit, _now: datetime) -> Found:
    adult = visit.adult
    if adult is None:
        return Found("open", "nobody named")
    good = adult.of_age and adult.sober and adult.stays
    return Found("met" if good else "open", adult.name, adult.at)


def _instructions(visit: Visit, _now: datetime) -> Found:
    items = told(visit)
    left = [item for item in items if not item.heard]
    if left:
        return Found("open", f"{count(len(left), 'instruction')} not said back")
    handout = visit.last(HandoutGiven)
    if handout is None:
        return Found("open", "sheet not left yet")
    return Found("met", f"said back, sheet left {clock(handout.at)}", handout.at)


def _follow_up(visit: Visit, _now: datetime) -> Found:
    planned = visit.last(FollowUpPlanned)
    if planned is None:
        return Found("open", "no call planned")
    calls = [day_and_clock(moment) for moment in follow_ups(visit)]
    return Found("met", listed(calls), planned.at)


JUDGES: dict[str, Callable[[Visit, datetime], Found]] = {
    "observed": _observed,
    "reversal": _reversal,
    "pressure": pressure_near,
    "oxygen": _oxygen,
    "awake": _awake,
    "dissociation": _score_at_most("dissociation", "release.dissociation"),
    "nausea": _score_at_most("nausea", "release.nausea"),
    "effects": _effects,
    "aldrete": _aldrete,
    "vitals": _vitals,
    "pain": _pain,
    "access-out": _access_out,
    "drug": _drug,
    "adult": _adult,
    "follow-up": _follow_up,
    "instructions": _instructions,
}

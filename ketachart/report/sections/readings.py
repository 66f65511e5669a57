"""What stands out among the readings: beyond a limit, furthest of the visit, or a landmark."""

from decimal import Decimal

from ketachart.domain.alerts import baseline_values
from ketachart.domain.course import baseline
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.limits import (
    LEVELS,
    SIGN_CODES,
    Reading,
    hits,
    limits_in_force,
    values_of,
)
from ketachart.domain.policy import SignCode
from ketachart.domain.summary import three_pressures
from ketachart.domain.visit import Entry
from ketachart.report.sections.record import Record

# Each sign with the side on which it is furthest: 1 the highest, −1 the lowest.
FURTHEST: tuple[tuple[SignCode, int], ...] = (
    ("systolic", 1),
    ("systolic", -1),
    ("heart_rate", 1),
    ("heart_rate", -1),
    ("spo2", -1),
    ("respiratory_rate", -1),
    ("rass", -1),
    ("dissociation", 1),
    ("nausea", 1),
)


def beyond_limits(record: Record) -> dict[str, list[str]]:
    """For each set, the limits that it stands beyond: the ones before the start, then during."""
    visit, base = record.visit, baseline_values(record.visit)
    found: dict[str, list[str]] = {}
    series: dict[SignCode, list[Reading]] = {code: [] for code in SIGN_CODES}
    for entry in visit.of(VitalsTaken):
        limits = limits_in_force(visit.ordered_at(entry.at))
        during = record.start is not None and entry.at >= record.start
        if record.end is not None and entry.at > record.end:
            break
        for code, value in values_of(entry.fact).items():
            run = series[code]
            if during and run and record.start is not None and run[-1].at < record.start:
                run.clear()
            run.append(Reading(code, value, entry.at, entry.id))
            when = "during" if during else "before"
            mine = [limit for limit in limits if limit.sign == code and limit.when == when]
            hit = hits(mine, run, base.get(code) if during else None)
            if hit:
                gravest = max(hit, key=lambda one: LEVELS.index(one.level))
                sign = visit.protocol.sign(code)
                label = sign.short if code in ("systolic", "diastolic") else sign.label
                found.setdefault(entry.id, []).append(f"{label} {gravest.bound}")
    return found


def furthest(record: Record) -> dict[str, list[SignCode]]:
    """The highest and lowest of each sign; the first of equals."""
    found: dict[str, list[SignCode]] = {}
    for code, side in FURTHEST:
        every: list[tuple[Decimal, Entry[VitalsTaken]]] = [
            (value, entry)
            for entry in record.visit.of(VitalsTaken)
            if (value := values_of(entry.fact).get(code)) is not None
        ]
        if len({value for value, _ in every}) > 1:
            _, entry = max(every, key=lambda pair: pair[0] * side)
            found.setdefault(entry.id, []).append(code)
    return found


def landmarks(record: Record) -> dict[str, str]:
    """The baseline and the last set before release, with their names."""
    base = baseline(record.visit)
    found = {base.id: "Baseline"} if base is not None and record.start is not None else {}
    (_, _), (_, _), (name, last) = three_pressures(record.visit)
    if last is not None and record.released is not None:
        found[last.id] = name
    return found

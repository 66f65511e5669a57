"""What stands and asks for an act: since when, until when, beyond which limit, from which source.

Alerts are worked out from the record and never stored; what the nurse did about one is charted.
A missing reading and an abnormal one are different alerts (features.md row 67).
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from ketachart.domain.alert import RANK, Alert
from ketachart.domain.alerting.episodes import about
from ketachart.domain.alerting.overdue import overdue_alerts
from ketachart.domain.care.recheck import recheck_alerts
from ketachart.domain.course import ENDED_BY, baseline, ended_at, started_at
from ketachart.domain.dose_alerts import dose_alerts
from ketachart.domain.facts import (
    AlertAnswered,
    MedicineGiven,
    OrderRecorded,
    ProtocolAdopted,
    ResponseNoted,
    VitalsTaken,
)
from ketachart.domain.limits import (
    SIGN_CODES,
    Hit,
    Reading,
    beyond,
    hits,
    limits_in_force,
    readings,
    readings_by_sign,
    sign_text,
    values_of,
)
from ketachart.domain.line import line_alerts
from ketachart.domain.narrowed import only
from ketachart.domain.policy import Limit, SignCode
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock

# What tells which reading stands beyond which limit, and until when it counts.
SIGNS_BY = (VitalsTaken, OrderRecorded, ProtocolAdopted, *ENDED_BY)


def alerts(visit: Visit, now: datetime) -> tuple[Alert, ...]:
    """The alerts that stand now, the gravest first."""
    standing = [alert for alert in alert_history(visit, now) if alert.stands]
    return tuple(sorted(standing, key=lambda alert: (RANK[alert.level], alert.since)))


def alert_history(visit: Visit, now: datetime) -> tuple[Alert, ...]:
    """Every alert of the visit up to now, in the order in which they began."""
    return visit.once_at("alerts", now, _history)


def _history(visit: Visit, now: datetime) -> tuple[Alert, ...]:
    if started_at(visit) is None:
        return ()
    found = [
        *_sign_alerts(visit, now),
        *overdue_alerts(visit, now),
        *dose_alerts(visit, now),
        *line_alerts(visit, now),
        *_response_alerts(visit, now),
        *recheck_alerts(visit, now),
    ]
    history = sorted(found, key=lambda alert: (alert.since, RANK[alert.level], alert.code))
    return _answered(visit, tuple(history))


def _answered(visit: Visit, history: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """The same alerts, each with what was done about it."""
    done: dict[int, list[str]] = {}
    for entry in visit.of(AlertAnswered):
        alert = about(history, entry, entry.fact.alert)
        if alert is not None:
            words = f"{entry.fact.action} {clock(entry.at)}"
            done.setdefault(id(alert), []).append(words)
    return tuple(
        replace(alert, answered=tuple(done[id(alert)])) if id(alert) in done else alert
        for alert in history
    )


# ------------------------------------------------------------------ signs beyond their limits


def baseline_values(visit: Visit) -> dict[str, Decimal]:
    """The signs at the baseline."""
    entry = baseline(visit)
    return {str(code): value for code, value in values_of(entry.fact).items()} if entry else {}


def _sign_alerts(visit: Visit, now: datetime) -> list[Alert]:
    """The alerts of the readings so far: with the clock alone nothing of them changes."""
    taken = readings(visit)
    so_far = bisect_right(taken, now, key=lambda reading: reading.at)
    narrow = only(visit, "sign-alerts", SIGNS_BY)
    return narrow.once(f"sign-alerts-{so_far}", lambda v: _by_readings(v, so_far))


def _by_readings(visit: Visit, so_far: int) -> list[Alert]:
    start, end = started_at(visit), ended_at(visit)
    if start is None or not so_far:
        return []
    base, last = baseline_values(visit), readings(visit)[so_far - 1].at
    until = last if end is None else min(last, end)
    found: list[Alert] = []
    for code in SIGN_CODES:
        every = readings_by_sign(visit).get(code, ())
        first = bisect_left(every, start, key=lambda reading: reading.at)
        last_one = bisect_right(every, until, key=lambda reading: reading.at)
        series = list(every[first:last_one])
        if _beyond_at_all(visit, code, series, base.get(code)):
            found += _intervals(visit, _steps(visit, series, base.get(code)), end)
    return found


def _beyond_at_all(
    visit: Visit, code: SignCode, series: list[Reading], base: Decimal | None
) -> bool:
    """Whether any reading stands beyond any limit of any order of the visit: mostly none does."""
    ordered = {id(v): v for v in map(visit.ordered_at, _ordered_when(visit))}
    limits = [limit for one in ordered.values() for limit in _limits(one, code)]
    values = {reading.value for reading in series}
    return any(beyond(limit, value, base) for value in values for limit in limits)


def _ordered_when(visit: Visit) -> list[datetime]:
    """A moment under each of the orders."""
    return [entry.at for entry in visit.of(OrderRecorded)]


def _steps(
    visit: Visit, series: list[Reading], base: Decimal | None
) -> list[tuple[Reading, tuple[Hit, ...]]]:
    """Each reading with the limits that it stands beyond; most stand beyond none."""
    within: set[tuple[int, Decimal]] = set()  # values that are within what was ordered then
    steps: list[tuple[Reading, tuple[Hit, ...]]] = []
    only = visit if len(visit.of(OrderRecorded)) <= 1 else None
    for n, reading in enumerate(series):
        ordered = only or visit.ordered_at(reading.at)
        if (id(ordered), reading.value) in within:
            steps.append((reading, ()))
            continue
        limits = _limits(ordered, reading.sign)
        if not any(beyond(limit, reading.value, base) for limit in limits):
            within.add((id(ordered), reading.value))
        steps.append((reading, hits(limits, series[: n + 1], base)))
    return steps


def _limits(ordered: Visit, sign: SignCode) -> list[Limit]:
    """What a reading during the infusion is held against: the limits of its own time."""
    limits = limits_in_force(ordered)
    return [limit for limit in limits if limit.sign == sign and limit.when == "during"]


def _intervals(
    visit: Visit, steps: list[tuple[Reading, tuple[Hit, ...]]], end: datetime | None
) -> list[Alert]:
    """Alerts of one sign: each begins at the reading that hit and ends at one that does not."""
    done: list[Alert] = []
    standing: dict[str, Alert] = {}
    for reading, found in steps:
        if not found and not standing:
            continue
        by_code = {f"{reading.sign}-{hit.level}": hit for hit in reversed(found)}
        over = [code for code in standing if code not in by_code]
        done += [replace(standing.pop(code), until=reading.at) for code in over]
        for code, hit in by_code.items():
            if code not in standing:
                standing[code] = _sign_alert(visit, code, hit)
            number = _number(visit, reading)
            first = min(standing[code].raised_by, number)
            standing[code] = replace(standing[code], raised_by=first)
    return done + [replace(alert, until=end) for alert in standing.values()]


def _sign_alert(visit: Visit, code: str, hit: Hit) -> Alert:
    sign = visit.protocol.sign(hit.reading.sign)
    value = sign_text(sign, hit.reading.value)
    ask = "pause and call" if hit.level == "pause" else "stop, this is an emergency"
    unit = f" {sign.unit}" if sign.unit not in ("0–10", "−5 to +4") else ""
    return Alert(
        code=code,
        level="pause" if hit.level == "pause" else "emergency",
        sentence=f"{sign.label} {value}{unit}, {hit.bound}: {ask}",
        source=hit.limit.source,
        since=hit.reading.at,
        raised_by=_number(visit, hit.reading),
    )


def _number(visit: Visit, reading: Reading) -> int:
    entry = visit.entry(reading.entry)
    return entry.number if entry is not None else 0


# ------------------------------------------------------------------ what was not done


def _response_alerts(visit: Visit, now: datetime) -> list[Alert]:
    after = visit.protocol.minutes("response.after")
    source = visit.protocol.policy("response.after").source
    answers = {fact.entry: fact.at for fact in reversed(visit.facts(ResponseNoted))}
    found = []
    for entry in visit.of(MedicineGiven):
        since, noted = entry.at + after, answers.get(entry.id)
        if since > now or (noted is not None and noted <= since):
            continue
        end = ended_at(visit)
        found.append(
            Alert(
                code=f"response-due-{entry.number}",
                level="attention",
                sentence=f"Chart the response to {entry.fact.medicine} {clock(entry.at)}",
                source=source,
                since=since,
                until=noted or (end if end is not None and end >= since else None),
                raised_by=entry.number,
            )
        )
    return found

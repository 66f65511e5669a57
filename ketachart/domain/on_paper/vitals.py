"""The vitals on paper: a row for every set that is due, what it asks, and the limits over it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from ketachart.domain.course import started_at, stopped_at
from ketachart.domain.editing.says import unit_of
from ketachart.domain.infusion import delivery, planned_end
from ketachart.domain.limits import bound_words, limits_in_force, sign_text
from ketachart.domain.monitoring import slots_of
from ketachart.domain.on_paper.blank import Grid, GridRow, Head, Part, Says, empty
from ketachart.domain.ordered_monitoring import full_set, observation_needed
from ketachart.domain.policy import Round, SignCode
from ketachart.domain.telling.order_parts import LEVELS
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed

SIGNS: Final[tuple[SignCode, ...]] = (
    "systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "rass", "pain",
    "dissociation", "nausea",
)  # fmt: skip
_FIRST: Final = 3  # the columns before the signs
_MOST: Final = timedelta(hours=6)
_SPARE: Final = 3
_ROWS: Final = 23  # as many as one page has room for


def vitals_parts(visit: Visit, now: datetime) -> tuple[Part, ...]:
    """The table, and what makes more sets due."""
    rows = _rows(visit, now)
    spare = empty(max(_SPARE, _ROWS - len(rows)))
    return (
        Part(
            "Vitals",
            "heavy cells are what the set must hold; write the time it was taken",
            (
                *(Says(text) for text in _limits(visit)),
                Grid(_heads(visit), (*rows, *spare), close=True),
                *(Says(text) for text in _more(visit)),
            ),
        ),
    )


def _heads(visit: Visit) -> tuple[Head, ...]:
    signs = [visit.protocol.sign(code) for code in SIGNS]
    return (
        Head("Due", share=1.75),
        Head("By clock", share=1.0),
        Head("Taken", share=1.0),
        *(Head(sign.short, sign.unit, 1.06) for sign in signs),
        Head("By", share=0.7),
    )


def _limits(visit: Visit) -> Iterator[str]:
    """What asks for a pause or is an emergency while the drug runs, sign by sign."""
    for code in SIGNS:
        said = _limits_of(visit, code)
        if said:
            yield f"{visit.protocol.sign(code).label}: {said}."


def _limits_of(visit: Visit, code: SignCode) -> str:
    sign = visit.protocol.sign(code)
    unit = unit_of(sign)

    def say(value: Decimal) -> str:
        return " ".join(filter(None, (sign_text(sign, value), unit)))

    return "; ".join(
        f"{LEVELS[limit.level]} {bound_words(limit, say)}"
        for limit in limits_in_force(visit)
        if limit.sign == code and limit.when == "during"
    )


def _rows(visit: Visit, now: datetime) -> tuple[GridRow, ...]:
    """By the clock where the infusion was started; else by minutes after start and stop."""
    start = started_at(visit)
    if start is None:
        return tuple(_by_minutes(visit))
    stop, rows = stopped_at(visit), []
    end = planned_end(visit, delivery(visit, max(now, start))) or now
    for slot in slots_of(visit, max(now, start, min(end, start + _MOST))):
        if slot.at < now - timedelta(minutes=5):
            continue
        since = stop if stop is not None and slot.at > stop else start
        minutes = int((slot.at - since).total_seconds()) // 60
        said = f"{'stop' if since is stop else 'start'} +{minutes} min"
        rows.append(GridRow((said, clock(slot.at)), _asks(slot.needs)))
    later = () if stop is not None else tuple(_observed(visit))
    return (*rows, *later)


def _by_minutes(visit: Visit) -> Iterator[GridRow]:
    yield GridRow(("before start",), _asks(full_set(visit.protocol)))
    order = visit.order
    known = [r.to_min for r in visit.protocol.rounds if r.phase == "infusion" and r.to_min]
    until = int(order.duration_min.amount) if order is not None else max(known, default=0)
    yield from _grid(visit, "infusion", until, "start")
    yield from _observed(visit)


def _observed(visit: Visit) -> Iterator[GridRow]:
    yield GridRow(("at the stop",), _asks(full_set(visit.protocol)))
    least = int(observation_needed(visit).total_seconds()) // 60
    yield from _grid(visit, "observation", least, "stop")


def _grid(visit: Visit, phase: str, until: int, since: str) -> Iterator[GridRow]:
    needs: dict[int, set[SignCode]] = {}
    for rule in visit.protocol.rounds:
        if rule.phase == phase:
            for minute in _minutes(rule, until):
                needs.setdefault(minute, set()).update(rule.needs)
    for minute in sorted(needs):
        yield GridRow((f"{since} +{minute} min",), _asks(frozenset(needs[minute])))


def _minutes(rule: Round, until: int) -> range:
    most = min(until, int(_MOST.total_seconds()) // 60)
    last = most if rule.to_min is None else min(rule.to_min, most)
    return range(rule.from_min, last + 1, rule.every_min)


def _asks(needs: frozenset[SignCode]) -> frozenset[int]:
    return frozenset(_FIRST + place for place, code in enumerate(SIGNS) if code in needs)


def _more(visit: Visit) -> Iterator[str]:
    """What makes more sets due than the rows say."""
    after = {
        "start": "the start", "rate-increase": "a higher rate", "bolus": "a bolus",
        "sedative": "a sedative", "antihypertensive": "a medicine for pressure",
    }  # fmt: skip
    more = [
        f"{after[rule.after]}: {listed([f'+{minute} min' for minute in rule.at_min])}"
        + (" (first infusions)" if rule.only_first else "")
        for rule in visit.protocol.extra_rounds
    ]
    if more:
        yield f"One more set after {'; '.join(more)}."
    for rule in visit.protocol.rounds:
        if rule.phase == "pause":
            yield f"While paused: a set every {rule.every_min} min until it is decided."
    sign = visit.protocol.sign("rass")
    steps = [step for step in visit.protocol.scales if step.scale == "rass"]
    if steps:
        words = "; ".join(f"{sign_text(sign, step.value)} {step.label}" for step in steps)
        yield f"{sign.label}: {words}."

"""The drug on the timeline: rates in mg/h, the running total, and the most that was ordered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ketachart.domain.delivered import Delivery, Segment
from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.infusion import acts_of, per_kg
from ketachart.domain.quantities import Mg, MgPerHour
from ketachart.domain.totals import pump_total
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, with_unit
from ketachart.timeline.contents import Amount, Drug, Step, Total

EVERY = timedelta(minutes=15)  # the running total is written at least so often (paper.md, page 2)


def drug_of(visit: Visit, run: Delivery) -> Drug:
    """Everything about ketamine that is drawn, worked out up to ``run.until``."""
    highest, highest_text = _highest(visit)
    ordered = planned_dose(visit)
    begun = run.started_at is not None or bool(run.boluses)
    return Drug(
        steps=_steps(run),
        curve=_curve(run),
        totals=_totals(visit, run),
        sums=_sums(visit, run) if begun else (),
        rate_now=_rate_now(run) if begun else "",
        given_now=_given_now(run) if begun else "",
        highest_rate=highest,
        highest_text=highest_text,
        ordered=ordered,
        most_texts=_most(highest, ordered),
    )


def _rate(segment: Segment) -> MgPerHour | None:
    return segment.rate.at(segment.strength) if segment.strength is not None else None


def _steps(run: Delivery) -> tuple[Step, ...]:
    steps: list[Step] = []
    for segment in run.segments:
        rate = _rate(segment)
        text = with_unit(segment.rate) if rate is None else amount(rate, 1)
        before = steps[-1] if steps else None
        joins = before is not None and (before.state, before.rate) == (segment.state, rate)
        if joins and before is not None and before.end == segment.start and before.text == text:
            steps[-1] = _step(before.start, segment, rate, text)
        else:
            steps.append(_step(segment.start, segment, rate, text))
    return tuple(steps)


def _step(start: datetime, segment: Segment, rate: MgPerHour | None, text: str) -> Step:
    return Step(start=start, end=segment.end, state=segment.state, rate=rate, text=text)


def _rate_now(run: Delivery) -> str:
    words = {"not-started": "", "paused": "paused", "stopped": "stopped"}
    if run.state != "running":
        return words[run.state]
    if run.strength is None:
        return with_unit(run.rate)
    return f"{amount(run.rate.at(run.strength), 1)} mg/h"


def _curve(run: Delivery) -> tuple[Amount, ...]:
    """The total wherever its slope changes; a bolus is a step up."""
    moments = {moment for s in run.segments for moment in (s.start, s.end)}
    moments |= {bolus.at for bolus in run.boluses}
    points = []
    for moment in sorted(moments):
        total = run.mg_by(moment)
        jump = sum((b.mg for b in run.boluses if b.at == moment), Mg.zero())
        if jump.above_zero:
            points.append(Amount(moment, total - jump))
        points.append(Amount(moment, total))
    return tuple(points)


def _totals(visit: Visit, run: Delivery) -> tuple[Total, ...]:
    if run.started_at is None:
        return ()
    last = run.stopped_at or run.until
    changes = {act.at for act in acts_of(visit) if run.started_at < act.at < last}
    regular = {moment for moment in _regular(run.started_at, last) if _moving(run, moment)}
    found: list[Total] = []
    before = Mg.zero()
    for moment in sorted(changes | regular):
        total = run.mg_by(moment)
        if total == before:
            continue  # nothing was given since: a pause that ends
        before = total
        kg = per_kg(visit, total)
        found.append(
            Total(
                at=moment,
                mg=amount(total, 1),
                per_kg="" if kg is None else amount(kg, 2),
                change=moment in changes,
            )
        )
    return tuple(found)


def _regular(start: datetime, last: datetime) -> Iterator[datetime]:
    moment = start + EVERY
    while moment < last:
        yield moment
        moment += EVERY


def _moving(run: Delivery, moment: datetime) -> bool:
    return any(s.delivering and s.start < moment <= s.end for s in run.segments)


def _sums(visit: Visit, run: Delivery) -> tuple[str, ...]:
    """The total as two lines: by the rates beside what the pump showed, and for the weight."""
    how = " by rates" + (" and bolus" if run.boluses else "")
    so_far = " so far" if run.state in ("running", "paused") else ""
    read = pump_total(visit)
    pump = f", pump {with_unit(read.ml)}" if read is not None else ""
    kg = per_kg(visit, run.total_mg)
    first = f"{with_unit(run.total_mg)}{how}{so_far}{pump}"
    return (first,) if kg is None else (first, with_unit(kg))


def _given_now(run: Delivery) -> str:
    """To a tenth while it runs, exactly once it has stopped."""
    places = None if run.state == "stopped" else 1
    return f"{amount(run.total_mg, places)} mg"


def _highest(visit: Visit) -> tuple[MgPerHour | None, str]:
    """The highest dose rate that the order allows, else the protocol's, for this weight."""
    weight, order = dosing_weight(visit), visit.order
    if weight is None or order is None:
        return None, ""
    if order.highest_rate_mg_kg_h is not None:
        rate = order.highest_rate_mg_kg_h.for_(weight)
        return rate, f"highest rate in the order {with_unit(rate)}"
    rate = visit.protocol.rate_warn.for_(weight)
    return rate, f"highest rate in the protocol {with_unit(rate)}"


def _most(highest: MgPerHour | None, ordered: Mg | None) -> tuple[str, ...]:
    """“at most 20.52 mg/h, 34.2 mg in all”, and the same in fewer words."""
    if ordered is None:
        return ()
    dose = with_unit(ordered)
    if highest is None:
        return (f"at most {dose} in all", dose)
    return f"at most {with_unit(highest)}, {dose} in all", f"{with_unit(highest)}, {dose}", dose

"""The course of the visit as plain JSON: infusion, balance, vitals, what was due, alerts."""

from datetime import datetime
from typing import Any

from ketachart.domain.alerts import alert_history
from ketachart.domain.counts import balance
from ketachart.domain.course import baseline, started_at
from ketachart.domain.effects import effects
from ketachart.domain.facts import MedicineGiven, ResponseNoted, VitalsTaken
from ketachart.domain.folded.plain import exact, moment, quantity, seconds
from ketachart.domain.infusion import bags, delivery, per_kg, planned_end
from ketachart.domain.limits import values_of
from ketachart.domain.monitoring import due
from ketachart.domain.quantities import seconds_of
from ketachart.domain.totals import PumpTotal, pump_total
from ketachart.domain.visit import Visit
from ketachart.domain.wording import decimal_text


def infusion_json(visit: Visit, now: datetime) -> dict[str, Any]:
    """What the pump did, exactly."""
    run = delivery(visit, now)
    read = pump_total(visit)
    return {
        "state": run.state,
        "started_at": moment(run.started_at),
        "stopped_at": moment(run.stopped_at),
        "planned_end": moment(planned_end(visit, run)),
        "last_drug_at": moment(run.last_drug_at),
        "ran_dry_at": moment(run.ran_dry_at),
        "total_mg": quantity(run.total_mg),
        "total_mg_per_kg": quantity(per_kg(visit, run.total_mg)),
        "infused_mg": quantity(run.infused_mg),
        "infused_ml": quantity(run.infused_ml),
        "bolus_mg": quantity(run.bolus_mg),
        "bag_left_ml": quantity(run.bag_left),
        "pump_volume_ml": quantity(read.ml) if read else None,
        "running_s": exact(run.seconds_in("running", "dry")),
        "delivering_s": exact(run.delivering_s),
        "paused_s": exact(run.seconds_in("paused")),
        "elapsed_s": exact(seconds_of(run.elapsed)),
        "segments": [
            {
                "from": moment(segment.start),
                "to": moment(segment.end),
                "state": segment.state,
                "rate": quantity(segment.rate),
                "strength": quantity(segment.strength),
                "volume": quantity(segment.ml),
                "drug": quantity(segment.mg),
            }
            for segment in run.segments
        ],
        "boluses": [
            {"at": moment(bolus.at), "drug": quantity(bolus.mg), "entry": bolus.entry}
            for bolus in run.boluses
        ],
        "bags": [
            {
                "bag": bag.name,
                "vial": bag.vial,
                "drug": quantity(bag.drug),
                "volume": quantity(bag.volume),
                "strength": quantity(bag.strength),
            }
            for bag in bags(visit)
        ],
        "problems": [
            {"rule": problem.rule, "sentence": problem.sentence, "entry": problem.act.entry}
            for problem in run.problems
        ],
    }


def balance_json(visit: Visit, now: datetime) -> dict[str, Any]:
    """The controlled-drug balance, exactly."""
    sums = balance(visit, now)
    return {
        "out": quantity(sums.out),
        "drawn": quantity(sums.drawn),
        "given": quantity(sums.given),
        "given_by": sums.given_by,
        "by_rates": quantity(sums.by_rates),
        "by_pump": quantity(sums.by_pump),
        "pump": _pump_json(sums.pump),
        "by_remainder": quantity(sums.by_remainder),
        "wasted": quantity(sums.wasted),
        "returned": quantity(sums.returned),
        "broken": quantity(sums.broken),
        "unaccounted": quantity(sums.unaccounted),
        "closes": sums.closes,
    }


def _pump_json(pump: PumpTotal | None) -> dict[str, Any] | None:
    """The pump's own total up to its last reading, beside the rates' total up to then."""
    if pump is None:
        return None
    return {
        "read_at": moment(pump.read_at),
        "whole": pump.whole,
        "volume": quantity(pump.ml),
        "volume_by_rates": quantity(pump.rates_ml),
        "by_rates": quantity(pump.rates_mg),
        "apart": quantity(pump.apart),
        "apart_volume": quantity(pump.apart_ml),
        "bag_changes_not_read": [moment(at) for at in pump.unread],
    }


def vitals_json(visit: Visit) -> list[dict[str, Any]]:
    """Every standing set, by time."""
    start, base = started_at(visit), baseline(visit)
    return [
        {
            "at": moment(entry.at),
            "recorded_at": moment(entry.recorded_at),
            "minutes_after_start": None
            if start is None
            else int((entry.at - start).total_seconds() // 60),
            "baseline": base is not None and base.id == entry.id,
            "values": {code: decimal_text(value) for code, value in values_of(entry.fact).items()},
            "source": entry.fact.source,
            "entry": entry.id,
        }
        for entry in visit.of(VitalsTaken)
    ]


def due_json(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    """What was due, and when it was done."""
    return [
        {
            "at": moment(item.at),
            "why": item.slot.why,
            "needs": sorted(item.slot.needs),
            "state": item.state,
            "done_at": moment(item.done_at),
            "lag_s": seconds(item.lag),
            "reason": item.reason or None,
            "source": item.slot.source,
        }
        for item in due(visit, now)
    ]


def alerts_json(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    """Every alert, and when it stood."""
    return [
        {
            "code": alert.code,
            "level": alert.level,
            "sentence": alert.sentence,
            "since": moment(alert.since),
            "until": moment(alert.until),
            "source": alert.source,
            "answered": list(alert.answered),
        }
        for alert in alert_history(visit, now)
    ]


def effects_json(visit: Visit) -> list[dict[str, Any]]:
    """Every side effect, from its onset to its end."""
    return [
        {
            "effect": effect.code,
            "label": effect.label,
            "worst": effect.worst,
            "from": moment(effect.began),
            "to": moment(effect.ended),
            "grades": [{"at": moment(g.at), "grade": g.grade} for g in effect.grades],
            "done": list(effect.done),
            "responses": list(effect.responses),
        }
        for effect in effects(visit)
    ]


def medicines_json(visit: Visit) -> list[dict[str, Any]]:
    """Every medicine with the response to it."""
    return [
        {
            "at": moment(entry.at),
            "medicine": entry.fact.medicine,
            "dose": decimal_text(entry.fact.dose),
            "unit": entry.fact.unit,
            "route": entry.fact.route,
            "against": entry.fact.against,
            "despite": entry.fact.despite or None,
            "responses": [
                answer.response for answer in visit.facts(ResponseNoted) if answer.entry == entry.id
            ],
        }
        for entry in visit.of(MedicineGiven)
    ]

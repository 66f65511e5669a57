"""The whole folded visit: totals, alerts and when they stood, what was due, what stands open."""

from datetime import datetime
from typing import Any

from ketachart.domain.addenda import judged_at
from ketachart.domain.care.serious import serious
from ketachart.domain.check.pump_check import slips
from ketachart.domain.course import opened_at, phase_at, released_at, started_at
from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import (
    Fact,
    InfusionStarted,
    PatientReleased,
    PumpChecked,
    ScreeningConcluded,
    Unknown,
)
from ketachart.domain.folded.after import addenda_json
from ketachart.domain.folded.arrival import arrival_json
from ketachart.domain.folded.course import (
    alerts_json,
    balance_json,
    due_json,
    effects_json,
    infusion_json,
    medicines_json,
    vitals_json,
)
from ketachart.domain.folded.plain import moment, quantity, seconds
from ketachart.domain.folded.series import series_json
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import last_moment, per_kg
from ketachart.domain.instructions import follow_ups, told
from ketachart.domain.policy import Reference
from ketachart.domain.references import references
from ketachart.domain.release import criterion_text, release
from ketachart.domain.screening import screening
from ketachart.domain.shape import to_plain
from ketachart.domain.start import against_start
from ketachart.domain.summary import honesty
from ketachart.domain.visit import Visit

FORMAT = "ketachart-visit-1"


def folded(visit: Visit, *, now: datetime | None = None) -> dict[str, Any]:
    """The visit as it stands, as plain JSON; amounts are exact fractions with their unit.

    Args:
        visit: the entries so far.
        now: as of when; the last thing charted where it is left out.
    """
    moment_now = judged_at(visit, now or last_moment(visit))
    return {
        "format": FORMAT,
        "as_of": moment(moment_now),
        **_setting(visit),
        "order_check": _order(visit, moment_now),
        "series": series_json(visit, moment_now),
        "arrival": arrival_json(visit, moment_now),
        "screening": _screening(visit, moment_now),
        "start": _start(visit, moment_now),
        "infusion": infusion_json(visit, moment_now),
        "balance": balance_json(visit, moment_now),
        "vitals": vitals_json(visit),
        "due": due_json(visit, moment_now),
        "alerts": alerts_json(visit, moment_now),
        "effects": effects_json(visit),
        "serious": [
            {"at": moment(one.at), "what": one.words, "entry": one.entry} for one in serious(visit)
        ],
        "medicines": medicines_json(visit),
        "release": _release(visit, moment_now),
        "instructions": _instructions(visit),
        "findings": _findings(visit, moment_now),
        "sources": [_plain_source(source) for source in references(visit, moment_now)],
        "addenda": addenda_json(visit),
        "kept": _kept(visit),
        "signature": _signature(visit),
        "entries": len(visit.entries),
        "head": visit.head,
    }


def _plain(fact: Fact | None) -> dict[str, Any] | None:
    return None if fact is None else to_plain(fact)


def _setting(visit: Visit) -> dict[str, Any]:
    opened, protocol = visit.opened, visit.protocol
    return {
        "visit": {
            "number": opened.visit if opened else None,
            "zone": opened.zone if opened else None,
            "practice": bool(opened and opened.practice),
            "opened_at": moment(opened_at(visit)),
            "phase": phase_at(visit),
        },
        "clinic": _plain(visit.clinic),
        "nurse": _plain(visit.nurse),
        "patient": _plain(visit.patient),
        "order": _plain(visit.order),
        "adult": _plain(visit.adult),
        "weight": _plain(visit.weight),
        "protocol": {
            "id": protocol.id,
            "version": protocol.version,
            "title": protocol.title,
        },
    }


def _order(visit: Visit, now: datetime) -> dict[str, Any]:
    planned = planned_dose(visit)
    return {
        "dosing_weight": quantity(dosing_weight(visit)),
        "planned": quantity(planned),
        "planned_per_kg": quantity(per_kg(visit, planned)) if planned is not None else None,
        "checks": [
            {
                "code": row.code,
                "value": row.value,
                "bound": row.bound,
                "standing": row.standing,
                "source": row.source,
                "explained": row.explained or None,
            }
            for row in dose_checks(visit, started_at(visit) or now)
        ],
        "pump_checks": [
            {
                "at": moment(fact.at),
                "agrees": not slips(visit, fact),
                "slips": [
                    {"field": slip.field, "looks_like": slip.rule, "sentence": slip.sentence}
                    for slip in slips(visit, fact)
                ],
            }
            for fact in visit.facts(PumpChecked)
        ],
    }


def _screening(visit: Visit, now: datetime) -> dict[str, Any]:
    state = screening(visit, now)
    return {
        "verdict": state.verdict,
        "headline": state.headline,
        "answered": state.answered,
        "of": len(state.items),
        "reasons": list(state.reasons),
        "items": [
            {
                "code": item.item.code,
                "answer": item.answer,
                "computed": bool(item.item.computed),
                "note": item.note or None,
                "settled": item.settled,
                "authorised_by": item.override.by if item.override else None,
                "source": item.item.source,
            }
            for item in state.items
        ],
        "concluded": _plain(visit.last_fact(ScreeningConcluded)),
    }


def _start(visit: Visit, now: datetime) -> dict[str, Any]:
    """What stands against a start now; empty once it was started."""
    started = visit.facts(InfusionStarted)
    if started:
        return {"at": moment(started[0].at), "despite": started[0].despite or None, "against": []}
    return {
        "at": None,
        "despite": None,
        "against": [
            {
                "code": point.code,
                "level": point.level,
                "sentence": point.sentence,
                "source": point.source,
            }
            for point in against_start(visit, now)
        ],
    }


def _release(visit: Visit, now: datetime) -> dict[str, Any]:
    state, fact = release(visit, now), visit.last_fact(PatientReleased)
    return {
        "released_at": moment(released_at(visit)),
        "outcome": fact.outcome if fact else None,
        "to": fact.to if fact else None,
        "reason": (fact.reason or None) if fact else None,
        "earliest": moment(state.earliest),
        "ready": state.ready,
        "criteria": [
            {
                "code": item.criterion.code,
                "sentence": criterion_text(visit, item),
                "state": item.state,
                "met": item.met,
                "level": item.level,
                "note": item.note,
                "at": moment(item.at),
                "earliest": moment(item.earliest),
                "source": item.criterion.source,
            }
            for item in state.criteria
        ],
    }


def _instructions(visit: Visit) -> dict[str, Any]:
    return {
        "items": [
            {
                "code": item.instruction.code,
                "sentence": item.instruction.sentence,
                "when": item.when,
                "until": moment(item.until),
                "patient": item.patient,
                "adult": item.adult,
                "source": item.instruction.source,
            }
            for item in told(visit)
        ],
        "follow_ups": [moment(at) for at in follow_ups(visit)],
    }


def _findings(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "sentence": finding.sentence,
            "detail": finding.detail or None,
            "source": finding.source or None,
            "explained": finding.explained or None,
            "entry": finding.entry or None,
        }
        for finding in findings(visit, now)
    ]


def _plain_source(source: Reference) -> dict[str, str]:
    return {
        "code": source.code,
        "short": source.short,
        "words": source.words,
        "mark": source.mark,
    }


def _kept(visit: Visit) -> dict[str, Any]:
    strip = honesty(visit)
    return {
        "rows": strip.rows,
        "rows_on_time": strip.on_time,
        "longest_vitals_gap_s": seconds(strip.gap),
        "longest_vitals_gap_from": moment(strip.gap_from),
        "vitals_sets": strip.sets,
        "vitals_late": strip.sets_late,
        "vitals_not_done": strip.sets_missed,
        "late_entries": strip.late_entries,
        "corrections": strip.corrections,
        "voids": strip.voids,
        "overrides": strip.overrides,
        "clock_steps": strip.clock_steps,
        "unknown": [
            {"number": entry.number, "kind": entry.fact.kind}
            for entry in visit.entries
            if isinstance(entry.fact, Unknown)
        ],
    }


def _signature(visit: Visit) -> dict[str, Any] | None:
    signed = visit.signed
    if signed is None:
        return None
    return {
        "at": moment(signed.at),
        "signer": signed.fact.signer,
        "meaning": signed.fact.meaning,
        "certificate": signed.fact.certificate,
        "version": signed.fact.version,
        "incomplete": signed.fact.incomplete or None,
    }

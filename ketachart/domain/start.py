"""What stands against starting the infusion now: stops, and points that ask for a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.bag_faults import BagFault, bag_faults, undiluted
from ketachart.domain.check.expected import expected
from ketachart.domain.check.pump_check import last_check, rate_slip, slips
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.weighing import bmi_doubt, mixed_up
from ketachart.domain.dose_checks import dose_checks, reasons_given
from ketachart.domain.facts import (
    AccessPlaced,
    AccessRemoved,
    IdentityConfirmed,
    InfusionStarted,
    VitalsTaken,
)
from ketachart.domain.infusion import bag_before
from ketachart.domain.limits import values_of
from ketachart.domain.policy import SignCode
from ketachart.domain.screening import NOT_ANSWERED, screening
from ketachart.domain.state_rules import ON_SITE, on_site_words, wants_prescriber
from ketachart.domain.visit import Visit
from ketachart.domain.weight_checks import what_lacks
from ketachart.domain.wording import count, length
from ketachart.errors import Refused

BASELINE_NEEDS: frozenset[SignCode] = frozenset(
    {"systolic", "diastolic", "heart_rate", "spo2", "pain"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """One point against the start."""

    code: str
    level: Literal["stop", "reason"]
    sentence: str
    source: str


def against_start(
    visit: Visit, at: datetime, start: InfusionStarted | None = None
) -> tuple[Against, ...]:
    """Everything that stands against a start at that moment; stops first.

    Args:
        visit: the record so far.
        at: when it would be started.
        start: the start itself, where it is known; its rate is then held against the check.
    """
    found = [
        *_screening(visit, at),
        *_people(visit),
        *_dose(visit, at),
        *_bag(visit, at, start),
        *_access(visit, at),
        *_baseline(visit, at),
        *_check(visit, at, start),
    ]
    return tuple(sorted(found, key=lambda point: point.level != "stop"))


def _screening(visit: Visit, at: datetime) -> list[Against]:
    return [
        Against(
            code=f"screening:{state.item.code}",
            level="stop",
            sentence=state.reason,
            source=state.item.source,
        )
        for state in screening(visit, at).open
    ]


def _people(visit: Visit) -> list[Against]:
    found = []
    confirmed = [fact for fact in visit.facts(IdentityConfirmed) if len(set(fact.identifiers)) > 1]
    if not confirmed:
        found.append(
            Against(
                code="identity",
                level="stop",
                sentence="Check two identifiers with the patient; the address is not one",
                source="C5",
            )
        )
    patient = visit.patient
    if patient is not None and not patient.allergies and not patient.no_known_allergies:
        found.append(
            Against(code="allergies", level="stop", sentence="Ask about allergies", source="C5")
        )
    rule = wants_prescriber(visit)
    if rule is not None and ON_SITE not in reasons_given(visit):
        found.append(
            Against(code=ON_SITE, level="reason", sentence=on_site_words(rule), source=rule.source)
        )
    return found


def _dose(visit: Visit, at: datetime) -> list[Against]:
    found = [
        Against(
            code=row.code,
            level=row.standing,
            sentence=f"{row.label} {row.value}; the protocol says {row.bound}",
            source=row.source,
        )
        for row in dose_checks(visit, at)
        if row.standing == "stop" or (row.standing == "reason" and not row.explained)
    ]
    visit = visit.ordered_at(at)
    if visit.order is not None and planned_dose(visit) is None:
        found.append(Against(code="weight", level="stop", sentence=what_lacks(visit), source="C3"))
    return [*found, *_weight_doubt(visit)]


def _weight_doubt(visit: Visit) -> list[Against]:
    """A height that came after the weight, and that the weight does not fit."""
    weight = visit.weight
    if weight is None or weight.confirmed or "weight-height" in reasons_given(visit):
        return []
    hint = mixed_up(visit, weight.weight_kg, last=weight.last_weight_kg)
    return [
        Against(
            code="weight-height",
            level="reason",
            sentence=f"{doubt}{hint}",
            source=visit.protocol.policy("bmi.high").source,
        )
        for doubt, _ in bmi_doubt(visit, weight.weight_kg)
    ]


def _bag(visit: Visit, at: datetime, start: InfusionStarted | None) -> list[Against]:
    bag = bag_before(visit, at)
    if bag is None:
        if start is not None and start.strength_mg_per_ml is not None:
            return _against(visit, list(undiluted(visit, start.strength_mg_per_ml)))
        return [
            Against(
                code="bag",
                level="stop",
                sentence="Chart the vial and the bag: nothing says how strong the bag is",
                source="B1.13; C5",
            )
        ]
    named = start.strength_mg_per_ml if start is not None else None
    faults = [*bag_faults(visit, bag, at), *(undiluted(visit, named) if named is not None else ())]
    return _against(visit, faults)


def _against(visit: Visit, faults: list[BagFault]) -> list[Against]:
    """The faults of a bag as points, each once; one whose reason was given is settled."""
    said = reasons_given(visit)
    return [
        Against(code=one.code, level=one.level, sentence=one.sentence, source=one.source)
        for one in {fault.code: fault for fault in faults}.values()
        if one.level == "stop" or one.code not in said
    ]


def _access(visit: Visit, at: datetime) -> list[Against]:
    placed = [entry for entry in visit.of(AccessPlaced) if entry.at <= at and entry.fact.patent]
    removed = [entry for entry in visit.of(AccessRemoved) if entry.at <= at]
    if placed and (not removed or removed[-1].at < placed[-1].at):
        return []
    return [
        Against(
            code="access",
            level="stop",
            sentence="Chart a cannula that flushes freely",
            source="B12; C5",
        )
    ]


def _baseline(visit: Visit, at: datetime) -> list[Against]:
    within = visit.protocol.minutes("baseline.within")
    held: set[SignCode] = set()
    for entry in visit.of(VitalsTaken):
        if at - within <= entry.at <= at:
            held |= set(values_of(entry.fact))
    lacking = [visit.protocol.sign(code).label for code in sorted(BASELINE_NEEDS - held)]
    if not lacking:
        return []
    return [
        Against(
            code="baseline",
            level="stop",
            sentence=f"Baseline of the last {length(within)} lacks {', '.join(lacking)}",
            source=visit.protocol.policy("baseline.within").source,
        )
    ]


def _check(visit: Visit, at: datetime, start: InfusionStarted | None) -> list[Against]:
    source = "B1.13, B1.14; C5"
    check = last_check(visit, at)
    if check is None:
        return [
            Against(
                code="pump-check",
                level="stop",
                sentence="Read rate, volume and strength from pump and label, and compare",
                source=source,
            )
        ]
    found = [
        Against(code=f"pump-check:{s.field}", level="stop", sentence=s.told, source=source)
        for s in slips(visit, check.fact, at=at)
    ]
    if not found and start is not None:
        found = _start_rate(visit, start, source)
    return found


def _start_rate(visit: Visit, start: InfusionStarted, source: str) -> list[Against]:
    """The rate that it is started at against the one that was checked."""
    if start.by == "gravity" and not start.drops_per_ml:
        return [
            Against(
                code="drop-factor",
                level="stop",
                sentence="Say how many drops make 1 mL: read it from the set's package",
                source=source,
            )
        ]
    should = expected(visit, start.at, start.drops_per_ml if start.by == "gravity" else None)
    slip = rate_slip(should, start.rate_ml_h, says="Started at") if should is not None else None
    if slip is None:
        return []
    return [Against(code="start-rate", level="stop", sentence=slip.told, source=source)]


def refusal_of(points: tuple[Against, ...]) -> Refused:
    """All points as one refusal: questions that nobody answered are counted, the others told."""
    open_questions = [point for point in points if point.sentence.startswith(NOT_ANSWERED)]
    told = [point.sentence for point in points if point not in open_questions]
    if open_questions:
        told.append(f"{count(len(open_questions), 'screening question')} not answered")
    return Refused(
        f"Do not start: {count(len(points), 'point')} against it. {'; '.join(told)}.",
        rule=f"start: {points[0].code}",
        points=tuple((point.code, point.sentence) for point in points),
    )

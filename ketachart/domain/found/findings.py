"""What is looked at before signing: what stops it, what asks for a reason, what is good to know.

A reason settles a finding for good and stays in the record. Nothing here traps a nurse: the chart
can always be signed incomplete, with the reason for that.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ketachart.domain.addenda import as_signed, judged_at
from ketachart.domain.audit import correction_marks, late_lines
from ketachart.domain.course import Phase, ended_at, released_at, started_at
from ketachart.domain.delivered import Delivery
from ketachart.domain.earlier.address import address_findings
from ketachart.domain.facts import (
    ClockStepped,
    EmergencyDeclared,
    EmergencyEnded,
    FindingExplained,
    FollowUpPlanned,
    OverrideAuthorised,
    PatientReleased,
)
from ketachart.domain.finding import ORDER, Finding
from ketachart.domain.found.arrival import arrival_findings
from ketachart.domain.found.bag import bag_findings
from ketachart.domain.found.contradictions import contradictions
from ketachart.domain.found.custody import custody_findings
from ketachart.domain.found.drug import drug_findings
from ketachart.domain.found.effects import effect_findings
from ketachart.domain.found.given import given_findings
from ketachart.domain.found.laptop import laptop_findings
from ketachart.domain.found.order import order_findings
from ketachart.domain.found.review import review_findings
from ketachart.domain.found.running import running_findings
from ketachart.domain.infusion import delivery
from ketachart.domain.ink import Signer, against_advice_at, declined_by, signed_by
from ketachart.domain.monitoring import due
from ketachart.domain.paper import paper_at, paper_findings
from ketachart.domain.release import release
from ketachart.domain.scales.wanted import scale_findings
from ketachart.domain.state_rules import scope_findings
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, listed


def findings(visit: Visit, now: datetime) -> tuple[Finding, ...]:
    """Every point, the gravest first; settled ones carry their reason.

    What was added after signing raises none: a signed visit is judged as it was signed.
    """
    now, visit = judged_at(visit, now), as_signed(visit)
    said = {fact.finding: fact.reason for fact in visit.facts(FindingExplained)}
    run = delivery(visit, now)
    found = [
        *_ending(visit, run),
        *arrival_findings(visit),
        *_signatures(visit),
        *_vitals(visit, now),
        *effect_findings(visit),
        *given_findings(visit, run),
        *drug_findings(visit),
        *custody_findings(visit),
        *bag_findings(visit),
        *order_findings(visit),
        *_record(visit, now),
        *running_findings(visit),
        *laptop_findings(visit),
        *paper_findings(visit, now),
        *scope_findings(visit),
        *scale_findings(visit),
        *review_findings(visit),
        *address_findings(visit),
        *contradictions(visit),
    ]
    found = [_cited(visit, finding) for finding in found]
    settled = [
        replace(f, explained=said.get(f.code, "")) if f.severity == "reason" else f for f in found
    ]
    return tuple(sorted(settled, key=lambda f: (ORDER[f.severity], bool(f.explained))))


def _cited(visit: Visit, finding: Finding) -> Finding:
    """The same with its sources behind what is to be done."""
    if not finding.source:
        return finding
    short = visit.protocol.cited(finding.source).short
    return replace(finding, detail=f"{finding.detail.removesuffix('.')} ({short}).")


def standing(visit: Visit, now: datetime) -> tuple[Finding, ...]:
    """What still stands in the way of signing."""
    return tuple(finding for finding in findings(visit, now) if not finding.settled)


def _ending(visit: Visit, run: Delivery) -> Iterator[Finding]:
    if ended_at(visit) is None and run.started_at is None:
        yield Finding(
            code="no-outcome",
            severity="stop",
            sentence="No infusion is charted",
            detail="Chart the infusion, or that it was not started.",
            phase="screening",
        )
        return
    if run.state in ("running", "paused"):
        yield Finding(
            code="pump-not-stopped",
            severity="stop",
            sentence="The pump is not stopped",
            detail="Chart the stop with its time and the volume on the pump.",
            phase="infusion",
        )
    if run.started_at is not None and released_at(visit) is None:
        yield Finding(
            code="not-released",
            severity="stop",
            sentence="The patient is not released",
            detail="Chart into whose care, or that they left against advice.",
            phase="observation",
        )
    if run.started_at is not None and not visit.facts(FollowUpPlanned):
        yield Finding(
            code="no-follow-up",
            severity="reason",
            sentence="No follow-up call planned",
            detail="The protocol asks for a call at 24 h and at 48 h.",
            phase="instructions",
            source="C6; A1.15",
        )
    declared, over = visit.last(EmergencyDeclared), visit.last(EmergencyEnded)
    if declared is not None and (over is None or over.at < declared.at):
        yield Finding(
            code="emergency-open",
            severity="stop",
            sentence="The emergency has no end",
            detail="Chart how it ended.",
            phase="infusion",
            entry=declared.id,
        )


def _signatures(visit: Visit) -> Iterator[Finding]:
    if started_at(visit) is None:
        return
    against = against_advice_at(visit) is not None
    signers: tuple[tuple[Signer, str], ...] = (
        ("patient", "The patient"),
        ("adult", "The responsible adult"),
    )
    for role, name in signers:
        if signed_by(visit, role) is None and declined_by(visit, role) is None:
            yield Finding(
                code=f"no-ink-{role}",
                severity="reason",
                sentence=f"{name} has not signed" + (" that it is against advice" * against),
                detail="Let them sign, or chart why they cannot or will not.",
                phase="instructions",
            )


def _vitals(visit: Visit, now: datetime) -> Iterator[Finding]:
    items = due(visit, now)
    gone = [item for item in items if item.state == "missed" and not paper_at(visit, item.at)]
    if gone:
        times = listed([clock(item.at) for item in gone])
        yield Finding(
            code="vitals-missed",
            severity="reason",
            sentence=f"{count(len(gone), 'due set')} of vitals not done",
            detail=f"Due {times}.",
            phase="infusion",
        )
    late = [item for item in items if item.state == "late"]
    if late:
        times = listed([clock(item.at) for item in late])
        yield Finding(
            code="vitals-late",
            severity="know",
            sentence=f"{count(len(late), 'set')} of vitals late",
            detail=f"Due {times}.",
            phase="infusion",
        )


def _record(visit: Visit, now: datetime) -> Iterator[Finding]:
    last = visit.entries[-1].recorded_at if visit.entries else now
    if now < last:
        yield Finding(
            code="clock-behind",
            severity="stop",
            sentence="The clock stands before the last entry",
            detail=f"It says {clock(now)}; the last entry was written {clock(last)}. Set it right.",
            phase="sign",
        )
    if visit.unknown:
        yield Finding(
            code="newer-entries",
            severity="stop",
            sentence="This visit holds entries of a newer KetaChart",
            detail="Update KetaChart, then sign. Everything in it is safe.",
            phase="sign",
        )
    yield from _good_to_know(visit)
    released = visit.last_fact(PatientReleased)
    if released is not None and released.outcome == "with-reason":
        words = listed([s.criterion.sentence.lower() for s in release(visit, now).open])
        yield Finding(
            code="released-with-reason",
            severity="know",
            sentence="Released with a reason",
            detail=f"{released.reason}. Not met: {words}.",
            phase="observation",
        )


def _good_to_know(visit: Visit) -> Iterator[Finding]:
    rows: tuple[tuple[str, int, str, Phase], ...] = (
        ("late-entries", len(late_lines(visit)), "late entry|late entries", "sign"),
        ("corrections", len(correction_marks(visit)), "correction", "sign"),
        ("overrides", len(visit.facts(OverrideAuthorised)), "override", "screening"),
        ("clock-steps", len(visit.facts(ClockStepped)), "change of the laptop's clock", "sign"),
    )
    for code, how_many, noun, phase in rows:
        if how_many:
            one, _, several = noun.partition("|")
            yield Finding(
                code=code,
                severity="know",
                sentence=count(how_many, one, several or None),
                phase=phase,
            )

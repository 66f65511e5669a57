"""Page one of a visit as plain values: extremes, what a reviewer looks at, how it was kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from ketachart.domain.addenda import as_signed
from ketachart.domain.alerts import alert_history
from ketachart.domain.audit import completions, correction_marks, late_lines, log
from ketachart.domain.course import baseline, released_at, started_at, stopped_at
from ketachart.domain.facts import (
    BolusGiven,
    ClockStepped,
    DrugWasted,
    EmergencyDeclared,
    FindingExplained,
    InfusionStarted,
    LaptopSlept,
    MedicineGiven,
    OverrideAuthorised,
    PatientReleased,
    VitalsTaken,
)
from ketachart.domain.found.drug import TOLD_WITH_THE_DRUG, sums_told, unseen_told
from ketachart.domain.infusion import delivery, last_moment
from ketachart.domain.limits import Reading, readings, sign_text
from ketachart.domain.monitoring import due, longest_gap
from ketachart.domain.policy import SignCode
from ketachart.domain.state_rules import ON_SITE
from ketachart.domain.telling.order_changes import changes
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, since_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The furthest reading of one sign, with its time."""

    label: str
    value: str
    at: datetime
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """One line for the reviewer; the ones that need a decision are filled."""

    at: datetime
    kind: str
    sentence: str
    decision: bool
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Honesty:
    """How the record was kept, in figures that nobody can choose."""

    rows: int
    on_time: int
    gap: timedelta | None
    gap_from: datetime | None
    sets: int
    sets_late: int
    sets_missed: int
    late_entries: int
    corrections: int
    voids: int
    overrides: int
    clock_steps: int
    slept: tuple[timedelta, ...]


def _pressures(visit: Visit, since: datetime | None) -> list[Entry[VitalsTaken]]:
    return [
        entry
        for entry in visit.of(VitalsTaken)
        if entry.fact.systolic is not None
        and entry.fact.diastolic is not None
        and (since is None or entry.at >= since)
    ]


def highest_pressure(visit: Visit) -> Entry[VitalsTaken] | None:
    """The set with the highest systolic of the visit; the first of equals."""
    return max(
        _pressures(visit, None), key=lambda e: (e.fact.systolic or 0, -e.number), default=None
    )


def extremes(visit: Visit) -> tuple[Extreme, ...]:
    """The furthest reading of every sign that was measured."""
    return tuple(_extremes(visit))


def _extremes(visit: Visit) -> Iterator[Extreme]:
    pressures = _pressures(visit, None)
    if pressures:
        high = max(pressures, key=lambda e: (e.fact.systolic or 0, -e.number))
        low = min(pressures, key=lambda e: (e.fact.systolic or 0, e.number))
        for label, entry in (("BP, highest", high), ("BP, lowest", low)):
            yield _extreme(visit, label, f"{entry.fact.systolic}/{entry.fact.diastolic}", entry.at)
    both: tuple[tuple[SignCode, str, Literal["low", "high"]], ...] = (
        ("heart_rate", "Heart rate, highest", "high"),
        ("heart_rate", "Heart rate, lowest", "low"),
        ("spo2", "SpO₂, lowest", "low"),
        ("respiratory_rate", "Breaths, lowest", "low"),
        ("rass", "RASS, deepest", "low"),
        ("dissociation", "Dissociation, highest", "high"),
        ("nausea", "Nausea, highest", "high"),
        ("temperature_c", "Temperature, highest", "high"),
    )
    for code, label, side in both:
        found = _furthest(visit, code, side)
        if found is not None:
            sign = visit.protocol.sign(code)
            unit = f" {sign.unit}" if code in ("spo2", "temperature_c") else ""
            yield _extreme(visit, label, sign_text(sign, found.value) + unit, found.at)


def _furthest(visit: Visit, code: SignCode, side: Literal["low", "high"]) -> Reading | None:
    series = [reading for reading in readings(visit) if reading.sign == code]
    if not series:
        return None
    if side == "high":
        return max(series, key=lambda reading: (reading.value, -reading.at.timestamp()))
    return min(series, key=lambda reading: (reading.value, reading.at.timestamp()))


def _extreme(visit: Visit, label: str, value: str, at: datetime) -> Extreme:
    start = started_at(visit)
    when = f"{clock(at)} ({since_start(at, start)})" if start else clock(at)
    base = baseline(visit)
    if base is not None and base.at == at:
        when = f"{clock(at)} baseline"
    return Extreme(label=label, value=value, at=at, when=when)


def pain_change(visit: Visit) -> tuple[Reading, Reading] | None:
    """The first and the last pain score; None where there are not two."""
    series = [reading for reading in readings(visit) if reading.sign == "pain"]
    return (series[0], series[-1]) if len(series) > 1 else None


def nearest_to(visit: Visit, moment: datetime) -> Entry[VitalsTaken] | None:
    """The set with a pressure nearest to a moment after the start."""
    sets = _pressures(visit, started_at(visit))
    return min(sets, key=lambda entry: abs(entry.at - moment), default=None)


def three_pressures(visit: Visit) -> tuple[tuple[str, Entry[VitalsTaken] | None], ...]:
    """Pressure at baseline, nearest to 40 minutes, and before release (features.md row 50)."""
    start, leaving = started_at(visit), released_at(visit)
    at_40 = nearest_to(visit, start + timedelta(minutes=40)) if start else None
    after = [
        entry
        for entry in _pressures(visit, stopped_at(visit) or start)
        if start is not None and (leaving is None or entry.at <= leaving)
    ]
    return (
        ("Baseline", baseline(visit)),
        ("Nearest to T+40", at_40),
        ("Before release", after[-1] if after else None),
    )


def look_at(visit: Visit) -> tuple[LookAt, ...]:
    """What a reviewer has to see, those that need a decision first, then by time."""
    found = sorted(_look_at(visit), key=lambda line: (not line.decision, line.at))
    return tuple(found)


def _look_at(visit: Visit) -> Iterator[LookAt]:
    yield from _look_at_alerts(visit)
    yield from _look_at_order(visit)
    yield from _look_at_despite(visit)
    yield from _look_at_drug(visit)
    yield from _look_at_record(visit)


def _look_at_alerts(visit: Visit) -> Iterator[LookAt]:
    for alert in alert_history(visit, last_moment(visit)):
        if alert.level != "attention" or alert.code in ("rate-over", "ceiling-reached"):
            done = f"; {', '.join(alert.answered)}" if alert.answered else ""
            back = f", back {clock(alert.until)}" if alert.until else ", not back"
            sentence = f"{alert.sentence.partition(':')[0]}{back}{done}"
            yield LookAt(at=alert.since, kind="Limit", sentence=sentence, decision=True)
    for entry in visit.of(EmergencyDeclared):
        yield LookAt(
            at=entry.at, kind="Emergency", sentence=entry.fact.why or "declared", decision=True
        )


def _look_at_order(visit: Visit) -> Iterator[LookAt]:
    """Every change of the order; one by telephone that nobody read back asks for a decision."""
    for change in changes(visit):
        entry = change.edition.entry
        fact, unread = entry.fact, entry.fact.received == "telephone" and not entry.fact.read_back
        how = {"signed": "signed", "telephone": "by telephone, read back"}[fact.received]
        how = "by telephone, NOT READ BACK" if unread else how
        sentence = f"{fact.prescriber.name}, {how}: {change.words}"
        yield LookAt(
            at=entry.at, kind="Order changed", sentence=sentence, decision=unread, entry=entry.id
        )


def _look_at_despite(visit: Visit) -> Iterator[LookAt]:
    for start in visit.of(InfusionStarted):
        if start.fact.despite:
            yield LookAt(
                at=start.at, kind="Started despite", sentence=start.fact.despite, decision=True
            )
    for given in (*visit.of(MedicineGiven), *visit.of(BolusGiven)):
        despite = given.fact.despite if isinstance(given.fact, (MedicineGiven, BolusGiven)) else ""
        if despite:
            yield LookAt(at=given.at, kind="Given despite", sentence=despite, decision=True)
    for override in visit.of(OverrideAuthorised):
        item = visit.protocol.item(override.fact.about)
        about = item.question if item else override.fact.about
        sentence = f"{about}: {override.fact.by}. {override.fact.reason}"
        yield LookAt(at=override.at, kind="Override", sentence=sentence, decision=True)


def _look_at_drug(visit: Visit) -> Iterator[LookAt]:
    for waste in visit.of(DrugWasted):
        if waste.fact.witness_mode == "none":
            yield LookAt(
                at=waste.at, kind="Waste", sentence=unseen_told(visit, waste), decision=True
            )
    for sentence in sums_told(visit):
        yield LookAt(at=last_moment(visit), kind="Balance", sentence=sentence, decision=True)
    released = visit.last(PatientReleased)
    if released is not None and released.fact.outcome != "criteria-met":
        kind = {"against-advice": "Against advice", "to-ems": "To EMS"}.get(
            released.fact.outcome, "Release with a reason"
        )
        sentence = released.fact.reason or f"to {released.fact.to}"
        yield LookAt(at=released.at, kind=kind, sentence=sentence, decision=True)


def _look_at_record(visit: Visit) -> Iterator[LookAt]:
    for explained in visit.of(FindingExplained):
        # The state's rule is the same at every visit: it stands among the points before signing,
        # and would only teach the reviewer to read past the first line here.
        if explained.fact.finding.startswith((*TOLD_WITH_THE_DRUG, ON_SITE)):
            continue
        sentence = f"{explained.fact.finding.replace('-', ' ')}: {explained.fact.reason}"
        yield LookAt(at=explained.at, kind="Explained", sentence=sentence, decision=False)
    for line in log(visit):
        if line.struck and line.entry.id not in completions(visit):
            sentence = f"{line.title} {clock(line.at)} struck: {line.struck_why}"
            yield LookAt(at=line.at, kind="Correction", sentence=sentence, decision=False)
    for late in late_lines(visit):
        sentence = f"{late.title} {clock(late.at)} written {late.lag_text}"
        yield LookAt(at=late.at, kind="Late entry", sentence=sentence, decision=False)


def honesty(visit: Visit) -> Honesty:
    """The honesty strip (features.md, idea 10); what was added after signing is told by itself."""
    visit = as_signed(visit)
    end = last_moment(visit)
    within = visit.protocol.minutes("late.entry")
    marks = correction_marks(visit).values()
    items = due(visit, end)
    gap = longest_gap(visit, end)
    return Honesty(
        rows=len(visit.entries),
        on_time=sum(entry.lag <= within for entry in visit.entries),
        gap=gap[0] if gap else None,
        gap_from=gap[1] if gap else None,
        sets=len(visit.of(VitalsTaken)),
        sets_late=sum(item.state == "late" for item in items),
        sets_missed=sum(item.state in ("missed", "not-done") for item in items),
        late_entries=len(late_lines(visit)),
        corrections=sum(mark.startswith("C") for mark in marks),
        voids=sum(mark.startswith("V") for mark in marks),
        overrides=len(visit.facts(OverrideAuthorised)),
        clock_steps=len(visit.facts(ClockStepped)),
        slept=tuple(timedelta(seconds=fact.for_s) for fact in visit.facts(LaptopSlept)),
    )


def infusing_time(visit: Visit) -> timedelta:
    """How long drug was moving."""
    seconds = delivery(visit, last_moment(visit)).delivering_s
    return timedelta(seconds=int(seconds))


def value_of(entry: Entry[VitalsTaken] | None) -> str:
    """A pressure with its oxygen: “124/76, 98 %”."""
    if entry is None:
        return "not measured"
    spo2 = f", {Decimal(entry.fact.spo2)} %" if entry.fact.spo2 is not None else ""
    return f"{entry.fact.systolic}/{entry.fact.diastolic}{spo2}"

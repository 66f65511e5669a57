"""Page one as plain values: who, how much, what to look at, whether the drug is accounted for."""

from datetime import datetime, timedelta

from ketachart.domain.course import stop_reason
from ketachart.domain.effects import effects
from ketachart.domain.facts import (
    AdultNamed,
    IdentityConfirmed,
    InfusionNotStarted,
    PatientReleased,
    VitalsTaken,
)
from ketachart.domain.infusion import dosing_weight, per_kg, planned_dose
from ketachart.domain.instructions import follow_ups
from ketachart.domain.release import criterion_text, release
from ketachart.domain.summary import honesty, infusing_time, three_pressures
from ketachart.domain.telling.closing import OUTCOMES
from ketachart.domain.visit import Entry
from ketachart.domain.wording import (
    DASH,
    age,
    amount,
    clock,
    count,
    day,
    hours_and_minutes,
    length,
    short_day,
    since_start,
    with_unit,
)
from ketachart.report.sections.order import exact, ordered_words
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Criterion,
    EffectRow,
    Figure,
    Identity,
    Pressure,
    Release,
    Row,
    Run,
    Strip,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.readings import beyond_limits
from ketachart.report.sections.record import Record


def identity(record: Record) -> Identity:
    """Patient, order, nurse: the lines of the first region."""
    return Identity(
        patient=_patient_lines(record), order=_order_lines(record), nurse=_nurse_lines(record)
    )


def _patient_lines(record: Record) -> tuple[Cell, ...]:
    patient, visit = record.visit.patient, record.visit
    if patient is None:
        return (strong("No patient on file"),)
    opened = visit.opened
    years = f" ({age(patient.birth_date, opened.at.date())} y)" if opened else ""
    checked = visit.last(IdentityConfirmed)
    how = (
        f"Identified by {len(set(checked.fact.identifiers))} identifiers {clock(checked.at)}"
        if checked
        else "IDENTITY NOT CHECKED"
    )
    lines = [
        plain(f"Born {day(patient.birth_date)}{years}, {patient.sex}, MRN {patient.mrn}"),
        faint(patient.address),
        faint(how) if checked else strong(how),
    ]
    return tuple(line for line in lines if line)


def _order_lines(record: Record) -> tuple[Cell, ...]:
    visit = record.visit
    order = visit.order
    if order is None:
        return (strong("No order on file"),)
    weight = dosing_weight(visit)
    goal = visit.protocol.goal(order.goal)
    series = ""
    if order.series_number is not None:
        of = f" of {order.series_of}" if order.series_of is not None else ""
        series = f", visit {order.series_number}{of}"
    worked = exact(order.dose_mg_per_kg) + (f" × {exact(weight)}" if weight is not None else "")
    if order.ceiling_mg is not None:
        worked += f", never over {exact(order.ceiling_mg)}"
    return (
        (Run("Order", "faint"), Run(ordered_words(visit), "strong")),
        plain(worked),
        faint(f"{order.prescriber.name}, {day(order.ordered_on)}"),
        faint(f"{goal.label if goal else order.goal}{series}"),
        _adult_line(visit.last(AdultNamed)),
    )


def _adult_line(entry: Entry[AdultNamed] | None) -> Cell:
    if entry is None:
        return strong("No responsible adult named")
    fact = entry.fact
    lacks = [
        words
        for holds, words in (
            (fact.of_age, "NOT OF AGE"),
            (fact.sober, "NOT SOBER"),
            (fact.stays, "DOES NOT STAY"),
        )
        if not holds
    ]
    who = ", ".join(filter(None, [f"Adult {fact.name}", fact.relation]))
    return strong(f"{who}: {', '.join(lacks)}") if lacks else faint(f"{who}, stays")


def _nurse_lines(record: Record) -> tuple[Cell, ...]:
    nurse = record.visit.nurse
    if nurse is None:
        return (strong("No nurse on file"),)
    return (faint(f"Nurse {nurse.name}, {nurse.credential}"),)


# ------------------------------------------------------------------ the five figures


def figures(record: Record) -> tuple[Figure, ...]:
    """Given, by weight, infusing, highest pressure, released: each with its context."""
    return (
        _given(record),
        _by_weight(record),
        _infusing(record),
        _highest(record),
        _released(record),
    )


def _given(record: Record) -> Figure:
    planned = planned_dose(record.visit)
    ordered = f"of {with_unit(planned)} ordered" if planned is not None else "no dose ordered"
    if record.start is None:
        return Figure("Given", "0", "mg", ordered)
    if not record.sums.given.is_zero and record.run.strength is None:
        ordered = "strength not on file"
    return Figure("Given", amount(record.sums.given), "mg", ordered)


def _by_weight(record: Record) -> Figure:
    order = record.visit.order
    context = f"order {exact(order.dose_mg_per_kg)}" if order else "no order on file"
    if record.start is None:
        return Figure("By weight", DASH, "", context)
    dose = per_kg(record.visit, record.sums.given)
    if dose is None:
        return Figure("By weight", DASH, "", "no weight on file")
    return Figure("By weight", amount(dose), "mg/kg", context)


def _infusing(record: Record) -> Figure:
    if record.start is None:
        return Figure("Infusing", DASH, "", "not started")
    paused = [s for s in record.run.segments if s.state == "paused"]
    span = f"{clock(record.start)} to {clock(record.stop) if record.stop else 'open'}"
    if paused:
        lasted = sum((s.end - s.start for s in paused), timedelta())
        span += f", {count(len(paused), 'pause')} {length(lasted)}"
    return Figure("Infusing", hours_and_minutes(infusing_time(record.visit)), "h", span)


def _highest(record: Record) -> Figure:
    sets = [
        entry
        for entry in record.visit.of(VitalsTaken)
        if entry.fact.systolic is not None and entry.fact.diastolic is not None
    ]
    high = max(sets, key=lambda e: (e.fact.systolic or 0, -e.number), default=None)
    if high is None:
        return Figure("Highest BP", DASH, "", "not measured")
    return Figure(
        "Highest BP",
        f"{high.fact.systolic}/{high.fact.diastolic}",
        "",
        f"{clock(high.at)}{_after(record, high.at)}{_over(record, high)}",
    )


def _over(record: Record, entry: Entry[VitalsTaken]) -> str:
    """Which limit a pressure stands beyond, in a word."""
    words = beyond_limits(record).get(entry.id, [])
    bounds = [word.split(" ", 1)[1] for word in words if word.startswith(("Systolic", "Diastolic"))]
    return f", {bounds[0]}" if bounds else ""


def _after(record: Record, at: datetime) -> str:
    return f" ({since_start(at, record.start)})" if record.start is not None else ""


def _released(record: Record) -> Figure:
    entry = record.visit.last(PatientReleased)
    if entry is None:
        fact = record.visit.last_fact(InfusionNotStarted)
        if record.start is None and fact is not None:
            return Figure("Not started", clock(fact.at), "", f"decided by the {fact.decided_by}")
        return Figure("Released", DASH, "", "not released")
    last = record.run.last_drug_at
    words = [f"{length(entry.at - last)} after the drug"] if last is not None else []
    words.append("" if entry.fact.outcome == "criteria-met" else OUTCOMES[entry.fact.outcome])
    return Figure("Released", clock(entry.at), "", ", ".join(filter(None, words)))


# ------------------------------------------------------------------ pressures, effects, release


def pressures(record: Record) -> tuple[Pressure, ...]:
    """Pressure and oxygen at baseline, nearest to 40 minutes, and before release."""
    names = ("Baseline", "At T+40", "Release")
    found = []
    for name, (_, entry) in zip(names, three_pressures(record.visit), strict=True):
        if entry is None:
            found.append(Pressure(name, DASH, ""))
            continue
        oxygen = f"{entry.fact.spo2} %" if entry.fact.spo2 is not None else ""
        diastolic = DASH if entry.fact.diastolic is None else entry.fact.diastolic
        label = f"{name} {clock(entry.at)}"
        if name == "At T+40":
            label = f"{clock(entry.at)}{_after(record, entry.at)}"
        found.append(Pressure(label, f"{entry.fact.systolic}/{diastolic}", oxygen))
    return tuple(found)


def effect_rows(record: Record) -> tuple[EffectRow, ...]:
    """Every side effect with its worst grade, from when to when, what was done and how it went."""
    return tuple(
        EffectRow(
            effect=f"{effect.label} {effect.worst}",
            span=f"{clock(effect.began)}–{clock(effect.ended) if effect.ended else 'open'}",
            done="; ".join(effect.done) or "nothing charted",
            response="; ".join(
                filter(
                    None,
                    [*effect.responses, f"none {clock(effect.ended)}" if effect.ended else ""],
                )
            ),
        )
        for effect in effects(record.visit)
    )


def effects_table(rows: tuple[EffectRow, ...]) -> Table:
    """Every side effect, for a page of its own where page one cannot hold them all."""
    return Table(
        code="effects",
        heading="Side effects, all",
        says="grades: CTCAE 5.0, worst of its time",
        columns=(
            Column("effect, grade", 110),
            Column("from, to", 66),
            Column("done"),
            Column("response", 160),
        ),
        rows=tuple(
            Row(
                cells=(
                    strong(row.effect),
                    plain(row.span),
                    plain(row.done),
                    plain(row.response),
                ),
                about=row.effect.lower(),
            )
            for row in rows
        ),
        empty="No side effect was charted.",
    )


def release_box(record: Record) -> Release:
    """The criteria, the open ones first; each is ticked only where a row says so."""
    visit = record.visit
    if record.start is None:
        fact = visit.last_fact(InfusionNotStarted)
        remark = f"Infusion not started: {fact.reason}" if fact else "No infusion was started."
        return Release(heading="Release", says="no infusion", criteria=(), remark=remark)
    state = release(visit, record.now)
    ordered = (*state.open, *(item for item in state.criteria if item.met))
    met = len(state.criteria) - len(state.open)
    released = record.released
    calls = ", ".join(f"{short_day(at.date())} {clock(at)}" for at in follow_ups(visit))
    left = visit.last_fact(PatientReleased)
    remark = f"Calls planned: {calls}." if calls else "No call planned."
    if left is not None and left.outcome != "criteria-met":
        remark = f"{OUTCOMES[left.outcome]}: {left.reason or left.to}. {remark}"
    return Release(
        heading=f"Release {clock(released)}" if released else "Not released",
        says=f"{met} of {len(state.criteria)} met; stopped: {stop_reason(visit).lower()}",
        criteria=tuple(Criterion(criterion_text(visit, item), item.met) for item in ordered),
        remark=remark,
    )


def strip(record: Record) -> Strip:
    """How this record was kept."""
    kept = honesty(record.visit)
    gap = length(kept.gap) if kept.gap is not None else DASH
    since = f", {clock(kept.gap_from)}" if kept.gap_from is not None else ""
    voids = count(kept.voids, "void")
    missed = f", {kept.sets_missed} not done" if kept.sets_missed else ""
    steps = kept.clock_steps
    clock_words = (
        "laptop clock never set"
        if not steps
        else f"LAPTOP CLOCK SET {count(steps, 'TIME')}: see events"
    )
    sessions = len({entry.session for entry in record.visit.entries})
    restarts = count(sessions - 1, "restart") if sessions > 1 else "no restart"
    return Strip(
        figures=(
            (f"{kept.on_time} of {kept.rows}", "entries written in time"),
            (gap, f"longest vitals gap{since}"),
            (f"{kept.sets_late} of {kept.sets}", f"vitals late{missed}"),
            (str(kept.late_entries), "late entries"),
            (str(kept.corrections), f"corrections, {voids}"),
            (str(kept.overrides), "overrides"),
        ),
        remark=f"{restarts}, {clock_words}",
    )

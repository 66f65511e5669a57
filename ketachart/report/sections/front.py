"""Page one as plain values: who, how much, what to look at, whether the drug is accounted for."""

from datetime import timedelta

from ketachart.domain.course import stop_reason
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.earlier.series import short_position, since_words
from ketachart.domain.editions import changed_orders
from ketachart.domain.effects import effects
from ketachart.domain.facts import (
    AdultNamed,
    IdentityConfirmed,
    InfusionNotStarted,
    PaperKept,
    PatientReleased,
)
from ketachart.domain.instructions import follow_ups
from ketachart.domain.paper import period_words
from ketachart.domain.release import criterion_text, release
from ketachart.domain.summary import honesty, three_pressures
from ketachart.domain.telling.closing import OUTCOMES
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import (
    DASH,
    age,
    clock,
    count,
    day,
    length,
    listed,
    pounds,
    short_day,
)
from ketachart.report.sections.order import exact, ordered_words
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Criterion,
    EffectRow,
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
    reads = ", reads Spanish" if patient.language == "es" else ""
    checked = visit.last(IdentityConfirmed)
    how = (
        f"Identified by {len(set(checked.fact.identifiers))} identifiers {clock(checked.at)}"
        if checked
        else "IDENTITY NOT CHECKED"
    )
    lines = [
        plain(f"Born {day(patient.birth_date)}{years}, {patient.sex}, MRN {patient.mrn}{reads}"),
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
    place = filter(None, [short_position(visit), since_words(visit, record.now)])
    worked = exact(order.dose_mg_per_kg)
    if weight is not None:
        worked += f" × {exact(weight)} ({pounds(weight)})"
    if order.ceiling_mg is not None:
        worked += f", never over {exact(order.ceiling_mg)}"
    return (
        (Run("Order", "faint"), Run(ordered_words(visit), "strong")),
        plain(worked),
        faint(f"{order.prescriber.name}, {day(order.ordered_on)}"),
        faint(", ".join([goal.label if goal else order.goal, *place])),
        *_changed_line(visit),
        _adult_line(visit.last(AdultNamed)),
    )


def _changed_line(visit: Visit) -> tuple[Cell, ...]:
    """That the order was changed, and when; the first one stands in the section of the order."""
    times = [clock(edition.entry.at) for edition in changed_orders(visit)]
    return (strong(f"Order changed {listed(times)}"),) if times else ()


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
            label = f"{clock(entry.at)}{record.after_start(entry.at)}"
        found.append(Pressure(label, f"{entry.fact.systolic}/{diastolic}", oxygen))
    return tuple(found)


def effect_rows(record: Record) -> tuple[EffectRow, ...]:
    """Every side effect, the worst first: its grade, its time, what was done and how it went."""
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
        for effect in sorted(effects(record.visit), key=lambda one: (-one.worst, one.began))
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
    kept, within = honesty(record.visit), record.visit.protocol.minutes("late.entry")
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
    slept = "no sleep"
    if kept.slept:
        times, whole = count(len(kept.slept), "TIME"), length(sum(kept.slept, timedelta()))
        slept = f"LAPTOP SLEPT {times}, {whole}"
    sessions = len({entry.session for entry in record.visit.entries})
    restarts = count(sessions - 1, "restart") if sessions > 1 else "no restart"
    return Strip(
        figures=(
            (f"{kept.on_time} of {kept.rows}", f"written within {length(within)}"),
            (gap, f"longest vitals gap{since}"),
            (f"{kept.sets_late} of {kept.sets}", f"vitals late{missed}"),
            (str(kept.late_entries), "late entries"),
            (str(kept.corrections), f"corrections, {voids}"),
            (str(kept.overrides), "overrides"),
        ),
        remark=f"{slept}, {restarts}, {clock_words}{_paper_words(record)}",
    )


def _paper_words(record: Record) -> str:
    """The times on paper, where there are any."""
    periods = [period_words(fact) for fact in record.visit.facts(PaperKept)]
    return f", ON PAPER {listed(periods)}" if periods else ""

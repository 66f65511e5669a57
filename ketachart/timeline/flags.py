"""Which entries stand as a flag on the timeline, which only as a tick, and in what words."""

from collections.abc import Callable
from typing import Any, Final

from ketachart.domain.audit import correction_marks, told_of
from ketachart.domain.effects import medicine_text
from ketachart.domain.facts import (
    AccessChecked,
    AccessPlaced,
    AccessRemoved,
    BagChanged,
    BolusGiven,
    CallMade,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    Fact,
    FluidGiven,
    IdentityConfirmed,
    InfusionNotStarted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    LineFlushed,
    MeasureTaken,
    MedicineGiven,
    NoteWritten,
    OverrideAuthorised,
    PatientReleased,
    PumpChecked,
    RateSet,
    ResponseNoted,
)
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import with_unit
from ketachart.timeline.contents import Flag, FlagKind, FlagStyle, Given

MOST = 24  # with more flags than this only the gravest kinds keep theirs (paper.md, section 2)
LEGEND: Final = "filled = started or stopped, double frame = paused, heavy frame = emergency"

KINDS: Final[dict[type[Fact], FlagKind]] = {
    InfusionStarted: "start",
    InfusionStopped: "stop",
    InfusionNotStarted: "stop",
    InfusionPaused: "pause",
    InfusionResumed: "resume",
    RateSet: "rate",
    BagChanged: "bag",
    BolusGiven: "bolus",
    MedicineGiven: "medicine",
    FluidGiven: "fluid",
    LineFlushed: "fluid",
    MeasureTaken: "measure",
    ResponseNoted: "response",
    CallMade: "call",
    OverrideAuthorised: "override",
    AccessPlaced: "access",
    AccessChecked: "access",
    AccessRemoved: "access",
    IdentityConfirmed: "identity",
    PumpChecked: "check",
    DrugWasted: "waste",
    DrugReturned: "waste",
    DrugBroken: "waste",
    PatientReleased: "release",
    EmergencyDeclared: "emergency",
    EmergencyStep: "emergency",
    EmergencyEnded: "emergency",
    NoteWritten: "note",
}
GRAVE: Final[frozenset[FlagKind]] = frozenset(
    {
        "start", "stop", "pause", "resume", "bolus", "medicine", "call", "override", "waste",
        "release", "emergency",
    }
)  # fmt: skip
_STYLES: Final[dict[FlagKind, FlagStyle]] = {
    "start": "filled",
    "resume": "filled",
    "stop": "filled",
    "pause": "double",
    "emergency": "heavy",
}


def _medicine(_visit: Visit, fact: MedicineGiven) -> tuple[str, ...]:
    name = fact.medicine[:1].upper() + fact.medicine[1:]
    dose = medicine_text(fact).removeprefix(fact.medicine).partition(" over ")[0]
    return f"{name}{dose}", name, "Medicine"


def _paused(visit: Visit, fact: InfusionPaused) -> tuple[str, ...]:
    why = [visit.protocol.label("pause-reason", code) for code in fact.reasons]
    return (f"Pause: {', '.join(why).lower()}", "Pause") if why else ("Pause",)


def _emergency(visit: Visit, fact: EmergencyStep) -> tuple[str, ...]:
    return visit.protocol.label("emergency-step", fact.step), "Emergency"


def _measure(visit: Visit, fact: MeasureTaken) -> tuple[str, ...]:
    done = [visit.protocol.label("measure", code) for code in fact.measures]
    return (*done[:1], "Done")


# How an entry of each kind is named on the drawing, the longest name first.
_NAMERS: Final[dict[type[Fact], Callable[[Visit, Any], tuple[str, ...]]]] = {
    InfusionStarted: lambda _v, _f: ("Start",),
    InfusionStopped: lambda _v, _f: ("Stop",),
    InfusionNotStarted: lambda _v, _f: ("Not started",),
    InfusionPaused: _paused,
    InfusionResumed: lambda _v, _f: ("Resume",),
    RateSet: lambda _v, _f: ("Rate",),
    BagChanged: lambda _v, f: (f"Bag {f.bag}".strip(), "Bag"),
    BolusGiven: lambda _v, f: (
        f"Bolus {with_unit(f.amount_mg if f.amount_mg is not None else f.volume_ml)}",
        "Bolus",
    ),
    MedicineGiven: _medicine,
    FluidGiven: lambda _v, f: (f"{f.fluid} {with_unit(f.volume_ml)}", "Fluid"),
    LineFlushed: lambda _v, f: (f"Flush {with_unit(f.volume_ml)}", "Flush"),
    MeasureTaken: _measure,
    ResponseNoted: lambda _v, _f: ("Response",),
    CallMade: lambda _v, f: (f"Call: {f.to}", "Call"),
    OverrideAuthorised: lambda _v, _f: ("Override",),
    AccessPlaced: lambda _v, f: (f"IV {f.gauge} G {f.side} {f.site}", f"IV {f.gauge} G", "IV"),
    AccessChecked: lambda _v, _f: ("Site check",),
    AccessRemoved: lambda _v, _f: ("IV out",),
    IdentityConfirmed: lambda _v, _f: ("Identity",),
    PumpChecked: lambda _v, _f: ("Pump check",),
    DrugWasted: lambda _v, f: (f"Wasted {with_unit(f.amount_mg)}", "Wasted"),
    DrugReturned: lambda _v, f: (f"Sealed {with_unit(f.amount_mg)}", "Sealed"),
    DrugBroken: lambda _v, f: (f"Broken {with_unit(f.amount_mg)}", "Broken"),
    PatientReleased: lambda _v, _f: ("Released",),
    EmergencyDeclared: lambda _v, _f: ("EMERGENCY",),
    EmergencyStep: _emergency,
    EmergencyEnded: lambda _v, _f: ("Emergency over",),
    NoteWritten: lambda _v, _f: ("Note",),
}


def flags_of(visit: Visit) -> tuple[Flag, ...]:
    """Every flag in the order of time; with more than 24, the lesser kinds become ticks."""
    shown = [entry for entry in visit.standing if type(entry.fact) in KINDS]
    crowded = len(shown) > MOST
    marks = correction_marks(visit)
    flags: list[Flag] = []
    number = 0
    for entry in shown:
        kind = KINDS[type(entry.fact)]
        keeps = not crowded or kind in GRAVE
        number += keeps
        flags.append(_flag(visit, entry, kind, number if keeps else None, marks))
    return tuple(flags)


def _flag(
    visit: Visit, entry: Entry[Fact], kind: FlagKind, number: int | None, marks: dict[str, str]
) -> Flag:
    return Flag(
        number=number,
        at=entry.at,
        kind=kind,
        style=_STYLES.get(kind, "open"),
        names=tuple(one_line(name) for name in _NAMERS[type(entry.fact)](visit, entry.fact)),
        text=sentence_of(visit, entry),
        entry=entry.id,
        mark=marks.get(entry.id, ""),
    )


def sentence_of(visit: Visit, entry: Entry[Fact]) -> str:
    """An entry in one line, as the log words it: “Infusion paused: nausea; pump 4.87 mL”."""
    title, detail = told_of(visit, entry)
    return one_line(f"{title}: {detail}" if detail else title)


def one_line(text: str) -> str:
    """The same words on one line."""
    return " ".join(text.split())


def given_of(visit: Visit) -> tuple[Given, ...]:
    """Medicines and boluses, and the fluids and flushes between them, in the order of time."""
    found = []
    for entry in visit.of_any((MedicineGiven, BolusGiven, FluidGiven, LineFlushed)):
        text = _given_text(entry.fact)
        if text:
            strong = isinstance(entry.fact, (MedicineGiven, BolusGiven))
            found.append(Given(at=entry.at, text=one_line(text), strong=strong, entry=entry.id))
    return tuple(found)


def _given_text(fact: Fact) -> str:
    match fact:
        case MedicineGiven():
            return medicine_text(fact).partition(" over ")[0]
        case BolusGiven():
            amount = fact.amount_mg if fact.amount_mg is not None else fact.volume_ml
            return f"ketamine bolus {with_unit(amount)}"
        case FluidGiven():
            return f"{fact.fluid} {with_unit(fact.volume_ml)}"
        case LineFlushed():
            return f"flush {with_unit(fact.volume_ml)}"
        case _:
            return ""

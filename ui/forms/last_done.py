"""When each act was charted last, so that what was pressed is seen and not entered twice."""

from typing import Final

from ketachart.domain.facts import (
    AccessChecked,
    AccessPlaced,
    AccessRemoved,
    BagChanged,
    BolusGiven,
    CallMade,
    EffectNoted,
    Fact,
    FluidGiven,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    LineFlushed,
    MeasureTaken,
    MedicineGiven,
    MomentMarked,
    NoteWritten,
    PumpRead,
    RateSet,
    ResponseNoted,
    VitalsTaken,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.actions import BY_NAME, key_of

CHARTED_BY: Final[dict[str, tuple[type[Fact], ...]]] = {
    "vitals": (VitalsTaken,),
    "rate": (RateSet,),
    "pause": (InfusionPaused,),
    "resume": (InfusionResumed,),
    "stop": (InfusionStopped,),
    "flush": (LineFlushed,),
    "access": (AccessChecked, AccessPlaced, AccessRemoved),
    "measure": (MeasureTaken,),
    "call": (CallMade,),
    "mark": (MomentMarked,),
    "medicine": (MedicineGiven,),
    "response": (ResponseNoted,),
    "effect": (EffectNoted,),
    "note": (NoteWritten,),
    "bolus": (BolusGiven,),
    "bag-change": (BagChanged,),
    "fluid": (FluidGiven,),
    "pump-read": (PumpRead,),
}


def last_at(visit: Visit, act: str) -> str:
    """“14:02”; empty where it was not charted in this visit, or says no single time."""
    entries = visit.of_any(CHARTED_BY.get(act, ()))
    return clock(entries[-1].at) if entries else ""


def last_done(visit: Visit, act: str) -> str:
    """“last 14:02”; empty where it was not."""
    at = last_at(visit, act)
    return f"last {at}" if at else ""


def key_and_last(visit: Visit, act: str) -> str:
    """The key, and when the act was charted last: “F12, last 14:02”."""
    key = key_of(act) if act in BY_NAME else ""
    return ", ".join(filter(None, (key, last_done(visit, act))))

"""What the pump did, and every other way that ketamine reached the patient."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStarted(Fact):
    """The pump was started."""

    KIND: ClassVar[str] = "infusion-started"

    rate_ml_h: Annotated[MlPerHour, Says("Rate on the pump, mL/h.", "5.1")]
    strength_mg_per_ml: Annotated[
        MgPerMl | None, Says("Strength in the bag, mg/mL; else that of the bag prepared last.")
    ] = None
    volume_ml: Annotated[
        Ml | None, Says("Volume in the bag, mL; else that of the bag prepared last.")
    ] = None
    pump: Annotated[str, Says("Serial number of the pump.")] = ""
    by: Annotated[Literal["pump", "gravity"], Says("A pump, or a gravity set with drops.")] = "pump"
    drops_per_ml: Annotated[
        int | None, Says("Drop factor of the gravity set, drops per mL.", 60)
    ] = None
    despite: Annotated[
        str,
        Says("Only when it was started although something stood against it: why, in words."),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSet(Fact):
    """The pump was set to another rate."""

    KIND: ClassVar[str] = "rate-set"

    rate_ml_h: Annotated[MlPerHour, Says("New rate on the pump, mL/h.")]
    reason: Annotated[
        str, Says("Code from the list rate-reason, for an increase increase-reason, or words.")
    ] = ""
    confirmed: Annotated[bool, Says("An unusual rate was read from the pump again.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionPaused(Fact):
    """The pump was paused."""

    KIND: ClassVar[str] = "infusion-paused"

    reasons: Annotated[tuple[str, ...], Says("Codes from the list pause-reason, or words.")] = ()
    pump_volume_ml: Annotated[Ml | None, Says("Volume infused as the pump shows it, mL.")] = None
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionResumed(Fact):
    """The pump was started again after a pause."""

    KIND: ClassVar[str] = "infusion-resumed"

    rate_ml_h: Annotated[MlPerHour, Says("Rate on the pump, mL/h.")]
    reason: Annotated[str, Says("What allowed it.")] = ""
    confirmed: Annotated[bool, Says("An unusual rate was read from the pump again.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStopped(Fact):
    """The pump was stopped for good."""

    KIND: ClassVar[str] = "infusion-stopped"

    reason: Annotated[
        str, Says("Code from the list stop-reason; “complete” when all was given.", "complete")
    ]
    pump_volume_ml: Annotated[Ml | None, Says("Volume infused as the pump shows it, mL.")] = None
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagChanged(Fact):
    """Another bag was hung; the pump goes on at its rate."""

    KIND: ClassVar[str] = "bag-changed"

    bag: Annotated[str, Says("Name of the new bag.", "B2")] = ""
    strength_mg_per_ml: Annotated[
        MgPerMl | None, Says("Strength in it, mg/mL; else that of the named bag.")
    ] = None
    volume_ml: Annotated[Ml | None, Says("Volume in it, mL; else that of the named bag.")] = None
    pump_volume_ml: Annotated[
        Ml | None, Says("Volume infused as the pump showed it at the change, mL.")
    ] = None
    pump_cleared: Annotated[bool, Says("The pump's volume was set back to zero then.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BolusGiven(Fact):
    """A bolus of ketamine was given, in mg or in mL of the bag."""

    KIND: ClassVar[str] = "bolus-given"

    amount_mg: Annotated[Mg | None, Says("How much, mg.")] = None
    volume_ml: Annotated[Ml | None, Says("Or how many mL of the bag.")] = None
    reason: Annotated[str, Says("Why.")] = ""
    despite: Annotated[
        str, Says("Why, when the clinic, the state or the order does not allow it.")
    ] = ""
    confirmed: Annotated[bool, Says("An unusual amount was read from the syringe again.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpRead(Fact):
    """The volume that the pump says it has infused."""

    KIND: ClassVar[str] = "pump-read"

    volume_ml: Annotated[Ml, Says("Volume infused since the start, mL.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionNotStarted(Fact):
    """It was decided not to start today."""

    KIND: ClassVar[str] = "infusion-not-started"

    reason: Annotated[str, Says("Why.")]
    decided_by: Annotated[Literal["nurse", "prescriber", "patient"], Says("Who decided.")] = "nurse"


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentMarked(Fact):
    """Something happened now, to be told later: one press keeps the minute."""

    KIND: ClassVar[str] = "moment-marked"

    word: Annotated[str, Says("A word for it, where there was time for one.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentTold(Fact):
    """A marked moment was told: by the entry that stands for it, or that it was nothing."""

    KIND: ClassVar[str] = "moment-told"

    mark: Annotated[str, Says("Id of the mark's entry.")]
    entry: Annotated[str, Says("Id of the entry that tells it; empty when it was nothing.")] = ""
    reason: Annotated[str, Says("Why there is nothing to tell.")] = ""

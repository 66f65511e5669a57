"""What came before this visit: earlier infusions, ketamine from elsewhere, visits at this address.

A visit keeps its own copy, so that what was asked and shown today rests on what was known today.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.quantities import Kg, Mg, MgPerKg
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class PastScale:
    """The total of a scale as it was scored at an earlier visit."""

    scale: Annotated[str, Says("Code of the scale.", "hit-6")]
    total: Annotated[int, Says("The total.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInfusion:
    """One earlier infusion of this patient, as its own record or a told history says."""

    visit: Annotated[str, Says("Number of that visit; empty where it was given elsewhere.")] = ""
    on: Annotated[date, Says("The day of the infusion.")]
    goal: Annotated[str, Says("What it was for, as in the order.")] = ""
    started_at: Annotated[datetime | None, Says("When it was started.")] = None
    ended_at: Annotated[datetime | None, Says("When the last ketamine was given.")] = None
    delivered_mg: Annotated[Mg | None, Says("All the ketamine that was given, mg.")] = None
    dosing_weight_kg: Annotated[Kg | None, Says("The weight it was worked on, kg.")] = None
    delivered_mg_per_kg: Annotated[
        MgPerKg | None, Says("The same for that weight, mg/kg, to three decimals.")
    ] = None
    pain_start: Annotated[int | None, Says("Pain before the start, 0 to 10.")] = None
    pain_end: Annotated[int | None, Says("Pain at the end, 0 to 10.")] = None
    pain_24h: Annotated[int | None, Says("Pain a day later, as told at a call.")] = None
    pain_48h: Annotated[int | None, Says("Pain two days later, as told at a call.")] = None
    headache_days: Annotated[int | None, Says("Headache days in the month before it, 0 to 31.")] = (
        None
    )
    scales: Annotated[tuple[PastScale, ...], Says("Scales, each as it was scored last.")] = ()
    worst_effect: Annotated[str, Says("The worst side effect; empty where there was none.")] = ""
    worst_grade: Annotated[int, Says("Its grade, 0 to 4.")] = 0
    stop_reason: Annotated[str, Says("Why it was stopped, as charted.")] = ""
    series_number: Annotated[int | None, Says("Which infusion of its series it was.")] = None
    charted: Annotated[
        Literal["signed", "not-signed", "elsewhere"],
        Says("Whether its chart here was signed when this was copied; elsewhere: as told."),
    ] = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRecorded(Fact):
    """What this laptop knew of the patient and the address when the visit was opened."""

    KIND: ClassVar[str] = "past-recorded"

    infusions: Annotated[
        tuple[PastInfusion, ...], Says("Earlier infusions, the oldest first.")
    ] = ()
    visits_here: Annotated[
        int | None, Says("Visits at this address within the protocol's days, this one included.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionElsewhere(Fact):
    """An earlier infusion that this laptop has no record of, as the patient or a letter tells."""

    KIND: ClassVar[str] = "infusion-elsewhere"

    infusion: Annotated[PastInfusion, Says("What is known of it.")]
    told_by: Annotated[str, Says("Who or what says so.", "letter of the clinic")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherKetamine(Fact):
    """Ketamine or esketamine that the patient has from another source (A2.1 to A2.3)."""

    KIND: ClassVar[str] = "other-ketamine"

    route: Annotated[
        Literal["oral", "intranasal", "sublingual", "IM", "IV", "other"], Says("How it is taken.")
    ]
    product: Annotated[str, Says("What it is, as on its label.", "ketamine troche")]
    amount: Annotated[str, Says("How much at a time, with its unit.", "100 mg")] = ""
    how_often: Annotated[str, Says("How often.", "two times a week")] = ""
    last_on: Annotated[date | None, Says("The day it was last taken.")] = None
    from_whom: Annotated[
        Literal["prescribed", "not-prescribed", "not-said"], Says("Where it comes from.")
    ]
    prescriber: Annotated[str, Says("Who prescribes it.")] = ""
    note: Annotated[str, Says("Anything else.")] = ""

"""The prescriber's order: what is to be given, how fast, on which conditions, by whose word."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
)
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    """Who ordered it, and how to reach them."""

    name: Annotated[str, Says("Full name.", "Dr A. Okafor")]
    phone: Annotated[str, Says("The number that was tried before the start.")] = ""
    credential: Annotated[str, Says("MD, DO, APRN …")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrnOrder:
    """A medicine that may be given if needed, and only within this."""

    medicine: Annotated[str, Says("Generic name, lower case.", "ondansetron")]
    dose: Annotated[str, Says("Amount of one dose, decimal, without its unit.", "4")]
    unit: Annotated[str, Says("Unit of the dose.", "mg")]
    route: Annotated[str, Says("Route.", "IV")] = "IV"
    indication: Annotated[str, Says("What it is for.", "nausea")] = ""
    most_doses: Annotated[int, Says("How many doses at most in this visit.")] = 1
    interval_min: Annotated[Minutes | None, Says("Least time between two doses, minutes.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitrationStep:
    """One step of the order: to which dose rate, not before when, and under what condition."""

    after_min: Annotated[Minutes, Says("Not before this many minutes after the start.", "20")]
    rate_mg_kg_h: Annotated[MgPerKgPerHour, Says("The dose rate it goes to, mg/kg/h.", "0.2")]
    condition: Annotated[
        str, Says("What must hold for it.", "pain over 4 and no side effect over mild")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePriming:
    """What fills the line before the patient is connected (clinical.md C10)."""

    fluid: Annotated[Literal["drug", "saline"], Says("Primed with the bag itself, or saline.")]
    volume_ml: Annotated[Ml, Says("What the line holds, mL.", "12")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringPlan:
    """What the order asks beyond the clinic's protocol; it makes it stricter, never laxer."""

    vitals_every_min: Annotated[
        int | None, Says("A full set at least this often while it runs, minutes.")
    ] = None
    observe_min: Annotated[
        Minutes | None, Says("Observed at least this long after the last ketamine, minutes.")
    ] = None
    continuous: Annotated[
        tuple[Literal["spo2", "ecg", "etco2"], ...], Says("Watched without a break.")
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjunct:
    """A treatment beside the ketamine; a nerve block stands as done elsewhere (A6.14, A6.15)."""

    kind: Annotated[
        Literal["magnesium", "fluid", "nerve-block", "other"], Says("What sort of treatment.")
    ]
    what: Annotated[str, Says("Generic name, product or block.", "magnesium sulfate")]
    dose: Annotated[str, Says("Amount, decimal, without its unit.")] = ""
    unit: Annotated[str, Says("Unit of the amount.")] = ""
    route: Annotated[str, Says("Route.")] = ""
    over_min: Annotated[Minutes | None, Says("Given over, minutes.")] = None
    where: Annotated[Literal["here", "elsewhere"], Says("In this visit, or done elsewhere.")] = (
        "here"
    )
    note: Annotated[str, Says("Anything else, as by whom and when.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecorded(Fact):
    """The prescriber's order for this infusion. The application checks it and never changes it."""

    KIND: ClassVar[str] = "order-recorded"

    goal: Annotated[
        Literal[
            "acute-migraine", "prevention", "induction", "maintenance", "booster",
            "depression", "ptsd", "anxiety", "chronic-pain",
        ],
        Says("What the infusion is for."),
    ]  # fmt: skip
    route: Annotated[Literal["IV"], Says("IV; other routes are history, not orders here.")] = "IV"
    dose_mg_per_kg: Annotated[MgPerKg, Says("Ordered dose, mg per kg of body weight.", "0.5")]
    duration_min: Annotated[Minutes, Says("Over how long, minutes.", "120")]
    prescriber: Annotated[Prescriber, Says("Who ordered it.")]
    ordered_on: Annotated[date, Says("The day of the order.")]
    expires_on: Annotated[date | None, Says("Its last valid day; else the protocol's age.")] = None
    ceiling_mg: Annotated[Mg | None, Says("Never more than this in one visit, mg.")] = None
    start_rate_mg_kg_h: Annotated[
        MgPerKgPerHour | None, Says("First dose rate, mg/kg/h; else dose over duration.")
    ] = None
    highest_rate_mg_kg_h: Annotated[
        MgPerKgPerHour | None, Says("Highest dose rate allowed, mg/kg/h.")
    ] = None
    weight_basis: Annotated[
        Literal["actual", "ideal", "adjusted"], Says("Which weight the dose is worked on.")
    ] = "actual"
    weight_formula: Annotated[
        str, Says("Code of the protocol's formula for an ideal or adjusted weight.", "devine")
    ] = ""
    dosing_weight_kg: Annotated[
        Kg | None, Says("The weight to dose on, kg, where the order names it itself.")
    ] = None
    titration: Annotated[tuple[TitrationStep, ...], Says("Steps of the rate, in their order.")] = ()
    priming: Annotated[LinePriming | None, Says("How the line is primed.")] = None
    monitoring: Annotated[MonitoringPlan | None, Says("What it asks beyond the protocol.")] = None
    adjuncts: Annotated[tuple[Adjunct, ...], Says("Treatments beside the ketamine.")] = ()
    strength_mg_per_ml: Annotated[
        MgPerMl | None, Says("Strength of the bag or syringe, mg/mL; else the protocol's.")
    ] = None
    diluent: Annotated[str, Says("What it is made up with.")] = "0.9 % saline"
    bolus_allowed: Annotated[bool, Says("Whether a bolus may be given at all.")] = False
    bolus_max_mg_per_kg: Annotated[MgPerKg | None, Says("Largest bolus, mg/kg, inclusive.")] = None
    prn: Annotated[tuple[PrnOrder, ...], Says("Medicines that may be given if needed.")] = ()
    limits: Annotated[
        tuple[Limit, ...], Says("Hold and stop limits that replace the protocol's.")
    ] = ()
    evaluated_on: Annotated[date | None, Says("The day the prescriber evaluated the patient.")] = (
        None
    )
    series_number: Annotated[int | None, Says("Which infusion of the series this is.")] = None
    series_of: Annotated[int | None, Says("How many infusions the series has.")] = None
    received: Annotated[
        Literal["signed", "telephone"], Says("How the order reached the clinic.")
    ] = "signed"
    read_back: Annotated[bool, Says("A telephone order was read back.")] = False
    note: Annotated[str, Says("Anything else the prescriber wrote.")] = ""

"""The rows of a protocol about the drug: vials, weights, drops, and who may give a bolus."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from ketachart.domain.quantities import MgPerKg, MgPerMl, Ml
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRule:
    """What one state's board says a nurse may do; the clinic keeps it up to date."""

    state: Annotated[str, Says("Two letters.", "AZ")]
    rn_bolus: Annotated[
        Literal["no", "by-order", "not-said"], Says("Whether a registered nurse may give a bolus.")
    ] = "not-said"
    prescriber_on_site: Annotated[
        Literal["yes", "no", "not-said"], Says("Whether the prescriber must be in the building.")
    ] = "not-said"
    bolus_most: Annotated[
        MgPerKg | None, Says("Largest bolus the state's guideline names, mg/kg, inclusive.")
    ] = None
    words: Annotated[str, Says("What the board or guideline says, in one sentence.")]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFormula:
    """An ideal body weight by height and sex: base kg + kg per inch over 60 inches."""

    code: Annotated[str, Says("Stable name.", "devine")]
    label: Annotated[str, Says("Name on screen and paper.", "Devine 1974")]
    base_f_kg: Annotated[Decimal, Says("At 60 inches, women, kg.")]
    base_m_kg: Annotated[Decimal, Says("At 60 inches, men, kg.")]
    per_inch_f_kg: Annotated[Decimal, Says("For each inch over 60, women, kg.")]
    per_inch_m_kg: Annotated[Decimal, Says("For each inch over 60, men, kg.")]
    adjusted_share: Annotated[Decimal, Says("Adjusted = ideal + this share of (actual − ideal).")]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFactor:
    """A gravity set, by the drops that make one millilitre."""

    drops_per_ml: Annotated[int, Says("Drops per mL.", 60)]
    label: Annotated[str, Says("Name on screen.", "micro-drip")]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vial:
    """A vial as it is sold; the strength in hand is always chosen, never assumed."""

    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength, mg of base per mL.")]
    volume_ml: Annotated[Ml, Says("Volume, mL.")]
    undiluted_never: Annotated[bool, Says("Never given IV undiluted.")] = False
    source: Annotated[str, Says("Where this comes from.")] = ""

"""The rows of a protocol about kit, medicines, side effects, scales and the patient's sheets."""

from dataclasses import dataclass
from typing import Annotated, Literal

from ketachart.domain.policy import SignCode
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class KitItem:
    """One thing the nurse brings; a required one that is missing stops the start."""

    code: Annotated[str, Says("Stable name.", "oxygen")]
    label: Annotated[str, Says("As it is shown.")]
    question: Annotated[str, Says("Code of the screening question it belongs to.", "kit-airway")]
    required: Annotated[bool, Says("Without it the infusion is not started.")] = True
    expires: Annotated[bool, Says("It has an expiry, which is charted.")] = False
    notes: Annotated[str, Says("What is noted beside it.", "Cylinder pressure")] = ""
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A group of medicines that the prescriber is asked about when the patient takes one."""

    code: Annotated[str, Says("Stable name.", "benzodiazepine")]
    label: Annotated[str, Says("As it is named to the nurse.")]
    words: Annotated[tuple[str, ...], Says("Names and brands, lower case, matched as words.")]
    question: Annotated[str, Says("Code of the screening question it raises.", "meds-sedating")]
    says: Annotated[str, Says("What it may do, in a few words.")]
    within_h: Annotated[
        int | None,
        Says("Taken longer ago than these hours it asks nothing; empty: it always asks."),
    ] = None
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """What is thought of when a side effect is noted, and when it is looked at again."""

    effect: Annotated[str, Says("Code from the list effect.", "nausea")]
    steps: Annotated[tuple[str, ...], Says("Codes from the list measure, in their usual order.")]
    recheck_min: Annotated[int, Says("Looked at again after this many minutes.")]
    call_from_grade: Annotated[int, Says("From this grade on the prescriber is called.")] = 3
    looked_by: Annotated[
        tuple[SignCode, ...], Says("A reading of one of these is a look at it, too.")
    ] = ()
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeWords:
    """What one grade of one side effect means, in our own words."""

    effect: Annotated[str, Says("Code from the list effect; empty: any other.", "nausea")]
    grade: Annotated[int, Says("1 to 4.")]
    words: Annotated[str, Says("What it means.")]
    standard: Annotated[str, Says("The edition it restates.", "CTCAE v6.0")]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a total means from a number on."""

    at_least: Annotated[int, Says("From this total on.")]
    label: Annotated[str, Says("What it means.", "moderate")]
    act: Annotated[
        Literal["", "ask", "stop"], Says("What it asks for before the start: a call, or no start.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a scale, and what it counts."""

    value: Annotated[int, Says("What it counts.")]
    label: Annotated[str, Says("In English.")]
    label_es: Annotated[str, Says("In Spanish.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A questionnaire or score. Without items its text is protected, and only a total is kept."""

    code: Annotated[str, Says("Stable name.", "phq-9")]
    label: Annotated[str, Says("Name on screen and paper.")]
    about: Annotated[str, Says("What it measures, in a few words.")]
    low: Annotated[int, Says("Least total.")]
    high: Annotated[int, Says("Greatest total.")]
    options: Annotated[tuple[Option, ...], Says("The answers of each item.")] = ()
    bands: Annotated[tuple[Band, ...], Says("What a total means, from the lowest.")] = ()
    lead: Annotated[str, Says("What is said before the items.")] = ""
    lead_es: Annotated[str, Says("The same in Spanish.")] = ""
    goals: Annotated[tuple[str, ...], Says("Goals that ask for it; empty: none does.")] = ()
    licence: Annotated[str, Says("Why its text stands here, or does not.")]
    credit: Annotated[str, Says("Who is to be named.")] = ""
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleItem:
    """One question of a scale whose text may be shown."""

    scale: Annotated[str, Says("Code of the scale.", "phq-9")]
    number: Annotated[int, Says("Its place, from 1.")]
    text: Annotated[str, Says("In English.")]
    text_es: Annotated[str, Says("In Spanish.")] = ""
    heeded_from: Annotated[
        int | None, Says("From this answer on it is acted on, whatever the total.")
    ] = None
    act: Annotated[
        Literal["", "ask", "stop"], Says("What that answer asks for before the start.")
    ] = ""
    only_after: Annotated[
        int | None, Says("Asked only where the item of that number was answered yes.")
    ] = None
    lead: Annotated[str, Says("What is said before this item, where the scale says nothing.")] = ""
    lead_es: Annotated[str, Says("The same in Spanish.")] = ""
    note: Annotated[str, Says("What stands under the question, such as examples.")] = ""
    note_es: Annotated[str, Says("The same in Spanish.")] = ""
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of a sheet that is left with the patient or sent before the visit."""

    sheet: Annotated[Literal["pre-visit", "handout", "card"], Says("Which sheet.")]
    code: Annotated[str, Says("Stable name.")]
    text: Annotated[str, Says("In English; {name} is filled from the chart.")]
    text_es: Annotated[str, Says("In Spanish.")]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOutStep:
    """One step of the last look before the start."""

    code: Annotated[str, Says("Stable name.", "identity")]
    sentence: Annotated[str, Says("What is said aloud.")]
    computed: Annotated[bool, Says("The chart answers it; else the nurse does.")] = True
    source: Annotated[str, Says("Where it comes from.")]

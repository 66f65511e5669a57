"""The tables of a protocol as a supervisor reads them: what each row is called and says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ketachart.domain.editing.says import (
    AFTER,
    CRITERION,
    extra_says,
    figure,
    figure_of,
    formula_says,
    goal_says,
    instruction_says,
    limit_key,
    limit_says,
    limit_title,
    medicine_says,
    round_says,
    round_title,
    sign_says,
    state_says,
    vial_says,
)
from ketachart.domain.policy import (
    Choice,
    Criterion,
    ExtraRound,
    Goal,
    Instruction,
    Limit,
    Medicine,
    Passage,
    PolicyValue,
    Round,
    ScaleStep,
    ScreeningItem,
    Sign,
)
from ketachart.domain.policy_care import (
    GradeWords,
    Interaction,
    KitItem,
    Pathway,
    Scale,
    ScaleItem,
    SheetLine,
    TimeOutStep,
)
from ketachart.domain.policy_drug import DropFactor, StateRule, Vial, WeightFormula
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import with_unit

Row = Any  # one of the rows of a protocol's tables; each table below names its class

SECTIONS: Final[dict[str, str]] = {
    "dose": "Dose and rate",
    "series": "Order and series",
    "vitals": "Limits of vital signs",
    "schedule": "When sets are due",
    "start": "Before the start",
    "release": "Release",
    "drug": "Drug and pump",
    "states": "States",
    "wording": "Wording",
}
_SECTION_OF: Final = {
    "dose": "dose", "rate": "dose", "bolus": "dose", "ceiling": "dose",
    "series": "series", "totals": "series", "address": "series", "order": "series",
    "weight": "series", "height": "series", "rise": "series",
    "due": "schedule", "repeat": "schedule", "response": "schedule", "sedatives": "schedule",
    "late": "schedule",
    "observe": "release", "release": "release", "instructions": "release",
    "balance": "drug", "syringe": "drug", "pump": "drug", "bag": "drug",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its class, how a row is named and read, and what may be done to its rows.

    ``lax_to_leave_out`` says that a protocol without one of its rows asks for less.
    """

    name: str
    kind: type
    noun: str
    section: Callable[[Row], str]
    key: Callable[[Row], str]
    title: Callable[[Row, Protocol], str]
    says: Callable[[Row, Protocol], str]
    may_add: bool = False
    lax_to_leave_out: bool = False


def _section_of_value(row: PolicyValue) -> str:
    return _SECTION_OF.get(row.code.partition(".")[0], "start")


def _always(section: str) -> Callable[[Row], str]:
    return lambda _row: section


def _all() -> Iterator[Table]:
    """Every table, in the order in which its rows are listed."""
    yield Table(
        name="values", kind=PolicyValue, noun="value", section=_section_of_value,
        key=lambda r: r.code, title=lambda r, _p: r.text[:1].upper() + r.text[1:],
        says=lambda r, _p: figure(r.value, r.unit),
    )  # fmt: skip
    yield Table(
        name="goals", kind=Goal, noun="goal", section=_always("dose"), key=lambda r: r.code,
        title=lambda r, _p: r.label, says=goal_says,
    )  # fmt: skip
    yield Table(
        name="limits", kind=Limit, noun="limit", section=_always("vitals"), key=limit_key,
        title=limit_title, says=limit_says, may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="signs", kind=Sign, noun="sign", section=_always("vitals"), key=lambda r: r.code,
        title=lambda r, _p: f"{r.label}: asked again outside", says=sign_says,
    )  # fmt: skip
    yield Table(
        name="rounds", kind=Round, noun="regular set", section=_always("schedule"),
        key=lambda r: f"{r.phase}/{r.from_min}", title=round_title, says=round_says,
        may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="extra_rounds", kind=ExtraRound, noun="extra set", section=_always("schedule"),
        key=lambda r: r.after, title=lambda r, _p: AFTER[r.after], says=extra_says,
        may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="criteria", kind=Criterion, noun="criterion", section=_always("release"),
        key=lambda r: r.code, title=lambda r, _p: r.sentence,
        says=lambda r, _p: CRITERION[r.level],
    )  # fmt: skip
    yield Table(
        name="instructions", kind=Instruction, noun="instruction", section=_always("release"),
        key=lambda r: r.code, title=lambda r, _p: f"Instruction: {r.code.replace('-', ' ')}",
        says=instruction_says,
    )  # fmt: skip
    yield Table(
        name="vials", kind=Vial, noun="vial", section=_always("drug"),
        key=lambda r: figure_of(r.strength_mg_per_ml),
        title=lambda r, _p: f"Vial of {with_unit(r.strength_mg_per_ml)}", says=vial_says,
        may_add=True,
    )  # fmt: skip
    yield Table(
        name="drop_factors", kind=DropFactor, noun="gravity set", section=_always("drug"),
        key=lambda r: str(r.drops_per_ml), title=lambda r, _p: f"Gravity set, {r.label}",
        says=lambda r, _p: f"{r.drops_per_ml} drops per mL", may_add=True,
    )  # fmt: skip
    yield Table(
        name="formulas", kind=WeightFormula, noun="formula", section=_always("series"),
        key=lambda r: r.code, title=lambda r, _p: f"Ideal weight, {r.label}", says=formula_says,
    )  # fmt: skip
    yield Table(
        name="states", kind=StateRule, noun="state", section=_always("states"),
        key=lambda r: r.state, title=lambda r, _p: r.state, says=state_says, may_add=True,
        lax_to_leave_out=True,
    )  # fmt: skip
    yield from _care()
    yield from _wording()


def _care() -> Iterator[Table]:
    yield Table(
        name="kit", kind=KitItem, noun="thing", section=_always("start"), key=lambda r: r.code,
        title=lambda r, _p: f"Kit: {r.code.replace('-', ' ')}",
        says=lambda r, _p: f"{r.label}, {'required' if r.required else 'wanted'}",
        may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="time_out", kind=TimeOutStep, noun="step", section=_always("start"),
        key=lambda r: r.code, title=lambda r, _p: f"Time-out: {r.code.replace('-', ' ')}",
        says=lambda r, _p: r.sentence,
    )  # fmt: skip
    yield Table(
        name="interactions", kind=Interaction, noun="group", section=_always("start"),
        key=lambda r: r.code, title=lambda r, _p: f"Medicines at home: {r.label}",
        says=lambda r, _p: f"{r.says} ({', '.join(r.words)})",
        may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="pathways", kind=Pathway, noun="pathway", section=_always("vitals"),
        key=lambda r: r.effect, title=lambda r, _p: f"Side effect: {r.effect.replace('-', ' ')}",
        says=lambda r, _p: f"again after {r.recheck_min} min: {', '.join(r.steps)}",
        may_add=True, lax_to_leave_out=True,
    )  # fmt: skip
    yield Table(
        name="grade_words", kind=GradeWords, noun="grade", section=_always("vitals"),
        key=lambda r: f"{r.effect or 'any'}/{r.grade}",
        title=lambda r, _p: f"Grade {r.grade} of {(r.effect or 'any effect').replace('-', ' ')}",
        says=lambda r, _p: f"{r.words} ({r.standard})",
    )  # fmt: skip
    yield Table(
        name="scores", kind=Scale, noun="scale", section=_always("wording"),
        key=lambda r: r.code, title=lambda r, _p: f"Scale: {r.label}",
        says=lambda r, _p: f"{r.low} to {r.high}, {r.about}",
    )  # fmt: skip
    yield Table(
        name="score_items", kind=ScaleItem, noun="item", section=_always("wording"),
        key=lambda r: f"{r.scale}/{r.number}", title=lambda r, _p: f"Item {r.number} of {r.scale}",
        says=lambda r, _p: r.text,
    )  # fmt: skip
    yield Table(
        name="sheet_lines", kind=SheetLine, noun="line", section=_always("wording"),
        key=lambda r: f"{r.sheet}/{r.code}",
        title=lambda r, _p: f"{r.sheet.replace('-', ' ').capitalize()}: {r.code.replace('-', ' ')}",
        says=lambda r, _p: r.text,
    )  # fmt: skip


def _wording() -> Iterator[Table]:
    yield Table(
        name="screening", kind=ScreeningItem, noun="question", section=_always("wording"),
        key=lambda r: r.code, title=lambda r, _p: f"Question: {r.code.replace('-', ' ')}",
        says=lambda r, _p: r.question,
    )  # fmt: skip
    yield Table(
        name="passages", kind=Passage, noun="passage", section=_always("wording"),
        key=lambda r: r.code, title=lambda r, _p: f"Passage: {r.title}", says=lambda r, _p: r.text,
    )  # fmt: skip
    yield Table(
        name="medicines", kind=Medicine, noun="medicine", section=_always("wording"),
        key=lambda r: r.name, title=lambda r, _p: f"Medicine: {r.name}",
        says=lambda r, _p: medicine_says(r),
    )  # fmt: skip
    yield Table(
        name="choices", kind=Choice, noun="word", section=_always("wording"),
        key=lambda r: f"{r.list}/{r.code}",
        title=lambda r, _p: f"{r.list.replace('-', ' ').capitalize()}: {r.code.replace('-', ' ')}",
        says=lambda r, _p: r.label,
    )  # fmt: skip
    yield Table(
        name="scales", kind=ScaleStep, noun="step", section=_always("wording"),
        key=lambda r: f"{r.scale}/{r.value}",
        title=lambda r, _p: f"{r.scale.replace('-', ' ').capitalize()} {figure(r.value)}",
        says=lambda r, _p: r.label,
    )  # fmt: skip


TABLES: Final[dict[str, Table]] = {table.name: table for table in _all()}


def rows_of(protocol: Protocol, table: Table) -> dict[str, Row]:
    """The rows of one table by their keys, in their order."""
    return {table.key(row): row for row in getattr(protocol, table.name)}

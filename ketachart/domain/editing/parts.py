"""What of a protocol's row can be edited, table by table.

Codes, and what the program computes by them, are never edited.
"""

from collections.abc import Iterator
from typing import Any, Final, get_args

from ketachart.domain.editing.part import NO_YES, YES_NO, Laxer, Part
from ketachart.domain.editing.parts_care import CARE_PARTS
from ketachart.domain.editing.parts_words import WORD_PARTS
from ketachart.domain.editing.says import (
    AFTER,
    BOLUS,
    CRITERION,
    LEVELS,
    ON_SITE,
    PHASES,
    WHEN,
    unit_of,
)
from ketachart.domain.editing.tables import Row, Table
from ketachart.domain.policy import SignCode
from ketachart.domain.protocol import Protocol

_BOUNDS: Final[tuple[tuple[str, str, Laxer], ...]] = (
    ("above", "Over", "higher"),
    ("at_least", "This or more", "higher"),
    ("below", "Under", "lower"),
    ("at_most", "This or less", "lower"),
)


# Words of a list and of a scale say themselves; a source stands beside all else.
NO_SOURCE: Final = ("choices", "scales")
_SOURCE: Final = Part(name="source", label="Source of it, in the clinic's words", kind="words")


def parts_of(table: Table, row: Row | None, protocol: Protocol) -> tuple[Part, ...]:
    """The pieces of a row that can be edited; of a new row those that name it too."""
    found = [*_PARTS[table.name](row, protocol)]
    if table.name not in NO_SOURCE:
        found.append(_SOURCE)
    return tuple(part for part in found if row is None or not part.only_new)


def _values(row: Row, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="value", label="Value", unit=row.unit, laxer=row.laxer)


def _goals(_row: Row, _protocol: Protocol) -> Iterator[Part]:
    for name, label, unit, laxer in (
        ("dose_from", "Lowest dose", "mg/kg", "lower"),
        ("dose_to", "Highest dose", "mg/kg", "higher"),
        ("duration_from", "Shortest duration", "min", "lower"),
        ("duration_to", "Longest duration", "min", "higher"),
    ):
        yield Part(name=name, label=label, unit=unit, optional=True, laxer=laxer)  # type: ignore[arg-type]
    for name, label, unit, laxer in (
        ("apart_days", "Least days between two", "days", "lower"),
        ("series_from", "Fewest in a series", "infusions", "lower"),
        ("series_to", "Most in a series", "infusions", "higher"),
    ):
        yield Part(name=name, label=label, kind="whole", unit=unit, optional=True, laxer=laxer)  # type: ignore[arg-type]
    yield Part(name="apart_words", label="How often, in words", kind="words", optional=True)
    yield Part(name="note", label="Note on the evidence", kind="words", optional=True)


def _limits(row: Row | None, protocol: Protocol) -> Iterator[Part]:
    signs: dict[str, str] = {sign.code: sign.label for sign in protocol.signs}
    yield Part(name="sign", label="Sign", kind="choice", options=signs, only_new=True)
    yield Part(name="when", label="When", kind="choice", options=WHEN, only_new=True)
    yield Part(name="level", label="What it asks for", kind="choice", options=LEVELS, only_new=True)
    unit = unit_of(protocol.sign(row.sign)) if row is not None else ""
    for name, label, laxer in _BOUNDS:
        if row is None or getattr(row, name) is not None:
            yield Part(name=name, label=label, unit=unit, optional=row is None, laxer=laxer)
    if row is None or row.above_baseline_percent is not None:
        yield Part(
            name="above_baseline_percent", label="Over the baseline", unit="%", laxer="higher",
            optional=row is None,
        )  # fmt: skip
    if row is not None and row.not_in:
        yield Part(name="not_in", label="Other than", kind="numbers", laxer="more")
    yield Part(name="readings", label="Readings in a row", kind="whole", laxer="higher")
    yield Part(
        name="apart_min", label="Minutes between them", kind="whole", unit="min", laxer="higher"
    )


def _signs(row: Row, _protocol: Protocol) -> Iterator[Part]:
    unit = unit_of(row)
    yield Part(name="believable_low", label="Believed from", unit=unit, laxer="lower")
    yield Part(name="believable_high", label="Believed up to", unit=unit, laxer="higher")


def _rounds(_row: Row | None, protocol: Protocol) -> Iterator[Part]:
    yield Part(name="phase", label="Part", kind="choice", options=PHASES, only_new=True)
    yield Part(name="from_min", label="From minute", kind="whole", unit="min", only_new=True)
    yield Part(
        name="to_min", label="To minute; empty: to its end", kind="whole", unit="min",
        optional=True, laxer="lower", open_end=True,
    )  # fmt: skip
    yield Part(name="every_min", label="Every", kind="whole", unit="min", laxer="higher")
    yield _set(protocol)


def _extra_rounds(_row: Row | None, protocol: Protocol) -> Iterator[Part]:
    yield Part(name="after", label="After", kind="choice", options=AFTER, only_new=True)
    yield Part(name="at_min", label="Minutes after it", kind="wholes", unit="min", laxer="fewer")
    yield _set(protocol)
    yield Part(
        name="only_first", label="Only in a patient's first infusions", kind="choice",
        options=NO_YES, laxer="later",
    )  # fmt: skip


def _set(protocol: Protocol) -> Part:
    known = {sign.code: sign.short for sign in protocol.signs}
    options = {code: known[code] for code in get_args(SignCode) if code in known}
    return Part(name="needs", label="A set holds", kind="codes", options=options, laxer="fewer")


def _criteria(_row: Row, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="sentence", label="Sentence", kind="words")
    yield Part(name="level", label="While unmet", kind="choice", options=CRITERION, laxer="later")


def _vials(_row: Row | None, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="strength_mg_per_ml", label="Strength", unit="mg/mL", only_new=True)
    yield Part(name="volume_ml", label="Volume", unit="mL")
    yield Part(
        name="undiluted_never", label="Never given undiluted", kind="choice", options=YES_NO,
        laxer="later",
    )  # fmt: skip


def _drop_factors(_row: Row | None, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="drops_per_ml", label="Drops per mL", kind="whole", unit="drops", only_new=True)
    yield Part(name="label", label="Name", kind="words")


def _formulas(_row: Row, _protocol: Protocol) -> Iterator[Part]:
    for name, label in (
        ("base_f_kg", "Women, at 60 inches"),
        ("base_m_kg", "Men, at 60 inches"),
        ("per_inch_f_kg", "Women, for each inch more"),
        ("per_inch_m_kg", "Men, for each inch more"),
    ):
        yield Part(name=name, label=label, unit="kg")
    yield Part(name="adjusted_share", label="Share of what is over it, adjusted")


def _states(_row: Row | None, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="state", label="State, two letters", kind="words", only_new=True)
    for name, label, options in (
        ("rn_bolus", "A nurse may give a bolus", BOLUS),
        ("prescriber_on_site", "Prescriber in the building", ON_SITE),
    ):
        yield Part(name=name, label=label, kind="choice", options=options, laxer="later")
    yield Part(
        name="bolus_most", label="Largest bolus", unit="mg/kg", optional=True, laxer="higher"
    )
    yield Part(name="words", label="What the board says, in one sentence", kind="words")


def _medicines(_row: Row, protocol: Protocol) -> Iterator[Part]:
    yield Part(name="caution", label="What to keep in mind", kind="words", optional=True)
    yield Part(
        name="allergy_words", label="Names of an allergy to it", kind="names", optional=True,
        laxer="fewer",
    )  # fmt: skip
    signs: dict[str, str] = {sign.code: sign.label for sign in protocol.signs}
    yield Part(
        name="asks_when", label="Asks for a reason when last", kind="asks", optional=True,
        laxer="asks", signs=signs,
    )  # fmt: skip


_PARTS: Final[dict[str, Any]] = {
    **CARE_PARTS,
    **WORD_PARTS,
    "values": _values,
    "goals": _goals,
    "limits": _limits,
    "signs": _signs,
    "rounds": _rounds,
    "extra_rounds": _extra_rounds,
    "criteria": _criteria,
    "vials": _vials,
    "drop_factors": _drop_factors,
    "formulas": _formulas,
    "states": _states,
    "medicines": _medicines,
}

"""A class of the record as a table: its fields, what each takes with its unit, what it means."""

import dataclasses
import json
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from handbook.marked import cell, code, table
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import Says, hints_of, to_plain
from ketachart.domain.wording import decimal_text
from ketachart.house import shipped_protocol


@dataclass(frozen=True, slots=True)
class Takes:
    """What one number may be: from the lowest to the highest, both inclusive; None: no end."""

    low: str
    high: str | None = None
    unit: str = ""
    over: bool = False  # the lowest itself is refused

    @property
    def words(self) -> str:
        """As the page says it."""
        unit = f" {self.unit}" if self.unit else ""
        if self.high is None:
            return f"more than {self.low}{unit}" if self.over else f"{self.low}{unit} or more"
        return (
            f"more than {self.low}, up to {self.high}{unit}"
            if self.over
            else (f"{self.low} to {self.high}{unit}")
        )


# What is refused at the door, whatever the protocol says; `tests/test_documented.py` tries each.
TAKES: Final[dict[tuple[str, str], Takes]] = {
    ("home-checked", "travel_min"): Takes("0", "600", "min"),
    ("history-taken", "headache_days"): Takes("0", "31", "days"),
    ("history-taken", "worst_pain"): Takes("0", "10"),
    ("history-taken", "acceptable_pain"): Takes("0", "10"),
    ("weight-measured", "weight_kg"): Takes("0", unit="kg", over=True),
    ("height-measured", "height_cm"): Takes("0", unit="cm", over=True),
    ("access-placed", "gauge"): Takes("10", "30", "G"),
    ("access-placed", "attempts"): Takes("1"),
    ("access-checked", "grade"): Takes("0", "4"),
    ("line-flushed", "volume_ml"): Takes("0", unit="mL", over=True),
    ("vitals-taken", "oriented"): Takes("0", "4"),
    ("vitals-taken", "oxygen_l_min"): Takes("0", "15", "L/min"),
    ("effect-noted", "grade"): Takes("0", "4"),
    ("measure-taken", "oxygen_l_min"): Takes("0", "15", "L/min", over=True),
    ("medicine-given", "dose"): Takes("0", over=True),
    ("medicine-given", "over_min"): Takes("0", unit="min", over=True),
    ("fluid-given", "volume_ml"): Takes("0", unit="mL", over=True),
    ("recovery-scored", "activity"): Takes("0", "2"),
    ("recovery-scored", "breathing"): Takes("0", "2"),
    ("recovery-scored", "circulation"): Takes("0", "2"),
    ("recovery-scored", "consciousness"): Takes("0", "2"),
    ("recovery-scored", "oxygen"): Takes("0", "2"),
    ("order-recorded", "series_number"): Takes("1", "999"),
    ("order-recorded", "series_of"): Takes("1", "999"),
}


def fields_table(kind: type, of: str) -> str:
    """The fields of a class; ``of`` is the kind of fact that it stands in."""
    rows = []
    for field in dataclasses.fields(kind):
        hint = hints_of(kind)[field.name]
        rows.append((code(field.name), _value(hint, field, of), _meaning(hint)))
    return table(("field", "value", "what it means"), rows)


def _value(hint: Any, field: "dataclasses.Field[Any]", of: str) -> str:  # noqa: ANN401 - any type
    kind, absent = bare(hint)
    needed = field.default is field.default_factory is dataclasses.MISSING and not absent
    said = [f"**needed**; {_type_words(kind)}" if needed else _type_words(kind)]
    if not absent and not needed and field.default not in (dataclasses.MISSING, (), ""):
        said.append(f"else {_plain(field.default)}")
    said += filter(None, (_takes(of, field.name),))
    return "; ".join(said)


def _plain(value: object) -> str:
    return code(json.dumps(to_plain(value), ensure_ascii=False))


def bare(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type form has no narrower type
    """The type without its words, and whether it may be absent."""
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (inner,) = (arm for arm in typing.get_args(hint) if arm is not type(None))
        return inner, True
    return hint, False


_WORDS: Final[dict[Any, str]] = {
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    Decimal: "decimal",
    datetime: "time with its offset",
    date: "date",
}


def _type_words(kind: Any) -> str:  # noqa: ANN401 - as above
    arms = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Literal:
        return " · ".join(code(arm) for arm in arms if arm != "") or "text"
    if typing.get_origin(kind) is tuple:
        if len(arms) == 2 and arms[1] is Ellipsis:
            return f"list of {_type_words(bare(arms[0])[0])}"
        return f"list of {len(arms)}"
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return f"decimal, {kind.unit}"
    return _WORDS.get(kind) or "object, see below"


def _takes(of: str, name: str) -> str:
    if of == VitalsTaken.KIND and name in _signs():
        sign = _signs()[name]
        unit = (
            f" {sign.unit}" if sign.unit and "–" not in sign.unit and "to" not in sign.unit else ""
        )
        low, high, sure, most = map(
            decimal_text,
            (sign.possible_low, sign.possible_high, sign.believable_low, sign.believable_high),
        )
        unit = unit.rstrip()
        again = "" if (low, high) == (sure, most) else f", asked again outside {sure} to {most}"
        return f"{low} to {high}{unit}{again} ({sign.source})"
    takes = TAKES.get((of, name))
    return takes.words if takes else ""


@cache
def _signs() -> dict[str, Any]:
    return {sign.code: sign for sign in shipped_protocol().signs}


def note_of(hint: Any) -> Says | None:  # noqa: ANN401 - as above
    """What a field says of itself."""
    return next((note for note in typing.get_args(hint) if isinstance(note, Says)), None)


def _meaning(hint: Any) -> str:  # noqa: ANN401 - as above
    said = note_of(hint)
    if said is None:
        return ""
    shown = "" if said.example is None else f" Such as {_plain(said.example)}."
    return cell(said.text + shown)


def parts_of(kind: type) -> Iterator[tuple[str, type]]:
    """The objects inside a fact, each once, with the field that holds it."""
    seen: set[type] = set()
    waiting = [(kind, "")]
    while waiting:
        now, where = waiting.pop(0)
        for field in dataclasses.fields(now):
            inner = _object_in(hints_of(now)[field.name])
            if inner is None or inner in seen:
                continue
            seen.add(inner)
            place = f"{where}.{field.name}" if where else field.name
            waiting.append((inner, place))
            yield place, inner


def _object_in(hint: Any) -> type | None:  # noqa: ANN401 - as above
    kind, _absent = bare(hint)
    arms = typing.get_args(kind)
    if typing.get_origin(kind) is tuple and len(arms) == 2 and arms[1] is Ellipsis:
        kind, _absent = bare(arms[0])
    return kind if is_part(kind) else None


def is_part(kind: Any) -> bool:  # noqa: ANN401 - as above
    """Whether it is a class with fields of its own, and no amount."""
    return dataclasses.is_dataclass(kind) and not (
        isinstance(kind, type) and issubclass(kind, Quantity)
    )

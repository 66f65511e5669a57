"""The JSON Schema of every fact: what the ledger keeps is what a visit script may say."""

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ketachart.domain.facts import FACTS, Fact, post, safekeeping
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.facts.keeping import EntryStruck
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import DECIMAL, Says, hints_of, to_plain

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# A schema's pattern is searched for anywhere, so it needs both its ends.
DECIMAL_PATTERN = "^" + DECIMAL.pattern.replace(r"\Z", "$")
# Written by KetaChart itself, never by a script: a script signs by coming to its end.
BY_KETACHART = frozenset(
    {"visit-signed", "report-signed", "clock-stepped", "entry-struck", "addendum-written"}
    | {fact.KIND for fact in FACTS if fact.__module__ in (post.__name__, safekeeping.__name__)}
)


def schema_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type form has no narrower type
    """The JSON Schema of one type of field or fact."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _with_words(kind)
    if origin is typing.Literal:
        return {"enum": list(typing.get_args(kind))}
    if origin in (typing.Union, types.UnionType):
        (inner,) = (arm for arm in typing.get_args(kind) if arm is not type(None))
        return {"anyOf": [schema_of(inner), {"type": "null"}]}
    if origin is tuple:
        return _list_schema(typing.get_args(kind))
    if dataclasses.is_dataclass(kind) and not issubclass(typing.cast(type, kind), Quantity):
        return _record_schema(typing.cast(type, kind))
    return _scalar_schema(kind)


def _with_words(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    inner, *notes = typing.get_args(kind)
    schema = schema_of(inner)
    for note in notes:
        if isinstance(note, Says):
            schema["description"] = note.text
            if note.example is not None:
                schema["examples"] = [note.example]
    return schema


def _list_schema(arms: tuple[Any, ...]) -> dict[str, Any]:
    if len(arms) == 2 and arms[1] is Ellipsis:
        return {"type": "array", "items": schema_of(arms[0])}
    return {
        "type": "array",
        "prefixItems": [schema_of(arm) for arm in arms],
        "minItems": len(arms),
        "maxItems": len(arms),
    }


def _scalar_schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return {**_decimal_schema(), "x-unit": kind.unit}
    plain: dict[Any, dict[str, Any]] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        Decimal: _decimal_schema(),
        datetime: {"type": "string", "format": "date-time"},
        date: {"type": "string", "format": "date"},
    }
    return dict(plain[kind])


def _decimal_schema() -> dict[str, Any]:
    """A decimal as text, or as a JSON number, which is read without going through binary."""
    return {"anyOf": [{"type": "string", "pattern": DECIMAL_PATTERN}, {"type": "number"}]}


def _record_schema(kind: type) -> dict[str, Any]:
    hints = hints_of(kind)
    properties: dict[str, Any] = {}
    required = []
    for field in dataclasses.fields(kind):
        properties[field.name] = schema_of(hints[field.name])
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append(field.name)
        elif field.default not in (dataclasses.MISSING, None, ()):
            properties[field.name]["default"] = to_plain(field.default)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def fact_schema(kind: type[Fact]) -> dict[str, Any]:
    """The schema of one kind of fact as a line of a script or the body of an entry."""
    schema = _record_schema(kind)
    schema["title"] = kind.KIND
    schema["description"] = " ".join((kind.__doc__ or "").split())
    schema["x-version"] = kind.VERSION
    schema["properties"] = {"kind": {"const": kind.KIND}, **schema["properties"]}
    schema["required"] = ["kind", *schema["required"]]
    return schema


def script_schema() -> dict[str, Any]:
    """The schema of one line of a visit script: a fact of any kind, a strike, or a correction."""
    lines: dict[str, Any] = {}
    for kind in FACTS:
        if kind.KIND not in BY_KETACHART:
            lines[kind.KIND] = _as_line(fact_schema(kind))
    lines["strike"] = _as_line(_strike_schema())
    lines["correct"] = _as_line(_correct_schema())
    return {
        "$schema": DRAFT,
        "title": "One line of a KetaChart visit script (JSON Lines)",
        "description": (
            "A visit is told as one JSON object a line. The first lines are clinic-recorded, "
            "nurse-recorded, patient-recorded and order-recorded; protocol-adopted and "
            "visit-opened may follow, and are written by KetaChart where they do not. `id` names "
            "a line for later strikes and corrections. `at` is when it happened; `recorded_at`, "
            "what the laptop's clock said when it was written, is `at` or the latest time so far "
            "where it is left out; an earlier one than before sets the laptop's clock back. A "
            "line that is days ahead of the one before needs it, or has not happened yet. "
            "Decimals are text or JSON numbers and stay exact. The visit is signed at the end, "
            "by a `sign` line or because the script ends."
        ),
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in [*lines, "sign", "addendum"]],
        "$defs": {
            **lines,
            "sign": _as_line(_sign_schema()),
            "addendum": _as_line(_addendum_schema()),
        },
    }


def _as_line(schema: dict[str, Any]) -> dict[str, Any]:
    line = {
        "id": {"type": "string", "description": "Your name for this line, given once."},
        "recorded_at": {
            "type": "string",
            "format": "date-time",
            "description": "When it was written; not before the lines above it, unless the "
            "laptop's clock was set back.",
        },
    }
    return {**schema, "properties": {**line, **schema["properties"]}}


def _strike_schema() -> dict[str, Any]:
    schema = fact_schema(EntryStruck)
    schema["title"] = "strike"
    schema["properties"]["kind"] = {"const": "strike"}
    del schema["properties"]["replaced_by"]
    schema["required"] = ["kind", "at", "entry", "reason"]
    schema["properties"]["entry"]["description"] = "The `id` of the line that is struck."
    return schema


def _correct_schema() -> dict[str, Any]:
    schema = _strike_schema()
    schema["title"] = "correct"
    schema["description"] = "Strikes a line and puts another fact in its place, in one act."
    schema["properties"]["kind"] = {"const": "correct"}
    schema["properties"]["fact"] = {
        "type": "object",
        "description": "The fact as it should read, with its kind and at.",
        "oneOf": [
            {"$ref": f"#/$defs/{kind.KIND}"} for kind in FACTS if kind.KIND not in BY_KETACHART
        ],
    }
    schema["required"].append("fact")
    return schema


def _addendum_schema() -> dict[str, Any]:
    schema = schema_of(Addendum)
    schema["title"] = "addendum"
    schema["description"] = (
        "What is added after a `sign` line: a new version of the report is signed with it."
    )
    schema["properties"] = {"kind": {"const": "addendum"}, **schema["properties"]}
    schema["required"] = ["kind", *schema["required"]]
    schema["properties"]["entry"]["description"] = "The `id` of the line it is about."
    return schema


def _sign_schema() -> dict[str, Any]:
    return {
        "title": "sign",
        "description": "The nurse signs and the visit is locked. Findings that need a reason must "
        "be explained first, or the chart is signed incomplete with a reason.",
        "type": "object",
        "properties": {
            "kind": {"const": "sign"},
            "at": {"type": "string", "format": "date-time"},
            "incomplete": {
                "type": "string",
                "description": "Why the chart is signed although it is not complete.",
            },
        },
        "required": ["kind", "at"],
        "additionalProperties": False,
    }

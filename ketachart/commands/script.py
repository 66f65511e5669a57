"""Reads a visit script: one JSON object a line, each checked against the shape of its fact."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ketachart.domain.described import BY_KETACHART
from ketachart.domain.facts import KINDS, Fact
from ketachart.domain.shape import from_plain
from ketachart.errors import CannotRead, Refused

OWN_KEYS = ("id", "recorded_at", "kind")
ACTS = ("strike", "correct", "sign")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One line: a fact, a strike, a correction or a signature; or what is wrong with it."""

    number: int
    id: str
    kind: str
    at: datetime | None
    recorded_at: datetime | None
    fact: Fact | None = None
    entry: str = ""
    reason: str = ""
    incomplete: str = ""
    fault: str = ""


def read(path: Path) -> tuple[ScriptLine, ...]:
    """Every line that is not blank.

    Raises:
        CannotRead: the file is not text, or has no line at all.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CannotRead(f"{path.name} is not a text file in UTF-8.") from error
    lines = tuple(_lines(text))
    if not lines:
        raise CannotRead(f"{path.name} has no line: a visit is told as one JSON object a line.")
    return lines


def _lines(text: str) -> Iterator[ScriptLine]:
    # split at line feeds only: a note may hold other characters that count as line ends
    for number, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            yield read_line(raw, number)


def read_line(raw: str, number: int) -> ScriptLine:
    """One line; a fault in it is kept with the line and told, never guessed around."""
    try:
        plain = json.loads(raw, parse_float=Decimal, object_pairs_hook=_no_twice)
    except (ValueError, RecursionError) as error:
        return _faulty(number, {}, f"This line is not one JSON object: {error}.")
    if not isinstance(plain, dict):
        return _faulty(number, {}, "This line is not one JSON object.")
    try:
        return _known(plain, number)
    except Refused as refusal:
        return _faulty(number, plain, str(refusal))


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key} stands twice")
        found[key] = value
    return found


def _known(plain: dict[str, Any], number: int) -> ScriptLine:
    kind = plain.get("kind")
    if kind not in ACTS and (kind not in KINDS or kind in BY_KETACHART):
        raise Refused(f"“{kind}” is not a kind of line. See: python -m ketachart facts --list")
    own: dict[str, Any] = {
        "number": number,
        "id": str(plain.get("id", "")),
        "kind": str(kind),
        "recorded_at": _moment(plain, "recorded_at"),
    }
    values = {key: value for key, value in plain.items() if key not in OWN_KEYS}
    if kind == "sign":
        return ScriptLine(
            **own, at=_moment(plain, "at"), incomplete=str(values.get("incomplete") or "")
        )
    if kind in ("strike", "correct"):
        return _amendment(own, plain, values)
    fact = from_plain(KINDS[str(kind)], values, where=str(kind))
    return ScriptLine(**own, at=fact.at, fact=fact)


def _amendment(own: dict[str, Any], plain: dict[str, Any], values: dict[str, Any]) -> ScriptLine:
    for key in ("entry", "reason"):
        if not isinstance(values.get(key), str) or not values[key].strip():
            raise Refused(f"{own['kind']}.{key}: this value is missing.")
    fact = None
    if own["kind"] == "correct":
        inner = values.get("fact")
        if not isinstance(inner, dict) or inner.get("kind") not in KINDS:
            raise Refused("correct.fact: a fact with its kind is expected here.")
        body = {key: value for key, value in inner.items() if key != "kind"}
        fact = from_plain(KINDS[inner["kind"]], body, where=str(inner["kind"]))
    return ScriptLine(
        **own,
        at=_moment(plain, "at"),
        fact=fact,
        entry=values["entry"],
        reason=values["reason"],
    )


def _moment(plain: dict[str, Any], key: str) -> datetime | None:
    if key not in plain or plain[key] is None:
        if key == "at":
            raise Refused("at: this value is missing.")
        return None
    return from_plain(datetime, plain[key], where=key)


def _faulty(number: int, plain: dict[str, Any], fault: str) -> ScriptLine:
    return ScriptLine(
        number=number,
        id=str(plain.get("id", "")),
        kind=str(plain.get("kind", "")),
        at=None,
        recorded_at=None,
        fault=fault,
    )

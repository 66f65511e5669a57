"""Reads a visit script: one JSON object a line, each checked against the shape of its fact."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ketachart import house
from ketachart.commands.given import text_of
from ketachart.domain.described import BY_KETACHART
from ketachart.domain.facts import KINDS, Fact, ProtocolAdopted
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.protocol import Protocol
from ketachart.domain.shape import from_plain, hints_of
from ketachart.errors import CannotRead, Refused

OWN_KEYS = ("id", "recorded_at", "kind")
# Lines that are no fact, and the keys that they may have.
ACTS: dict[str, frozenset[str]] = {
    "strike": frozenset({"at", "entry", "reason"}),
    "correct": frozenset({"at", "entry", "reason", "fact"}),
    "sign": frozenset({"at", "incomplete"}),
    "addendum": frozenset(hints_of(Addendum)),
}
# A year that is mistyped by a digit is told, and no arithmetic with times leaves the calendar.
YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One line: a fact, a strike, a correction, a signature, an addendum; or what is wrong."""

    number: int
    id: str
    kind: str
    at: datetime | None
    recorded_at: datetime | None
    fact: Fact | None = None
    entry: str = ""
    reason: str = ""
    incomplete: str = ""
    addendum: Addendum | None = None
    fault: str = ""


def read(path: Path) -> tuple[ScriptLine, ...]:
    """Every line that is not blank.

    Raises:
        CannotRead: the file is not text, or has no line at all.
    """
    lines = tuple(_lines(text_of(path)))
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
        json.dumps(plain, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return _faulty(number, {}, "This line holds half a letter: a \\ud800 to \\udfff by itself.")
    except RecursionError:
        return _faulty(number, {}, "This line is not one JSON object: it is nested too deeply.")
    except ValueError as error:
        return _faulty(number, {}, f"This line is not one JSON object: {_short(error)}.")
    except ArithmeticError:
        return _faulty(number, {}, "This line holds a number that is too long to be worked with.")
    if not isinstance(plain, dict):
        return _faulty(number, {}, "This line is not one JSON object.")
    try:
        return _known(plain, number)
    except Refused as refusal:
        return _faulty(number, plain, str(refusal))


def _short(error: ValueError) -> str:
    """What is wrong with the JSON, without the advice to programmers that may follow it."""
    return str(error).partition(";")[0]


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            key.encode()  # half a letter is told as that, and never printed
            raise ValueError(f"{key} stands twice")
        found[key] = value
    return found


def _known(plain: dict[str, Any], number: int) -> ScriptLine:
    kind = _kind(plain)
    own: dict[str, Any] = {
        "number": number,
        "id": _text(plain, "id"),
        "kind": kind,
        "recorded_at": _moment(plain, "recorded_at"),
    }
    values = {key: value for key, value in plain.items() if key not in OWN_KEYS}
    if kind not in ACTS:
        fact = _fact(kind, values)
        return ScriptLine(**own, at=fact.at, fact=fact)
    strange = sorted(set(values) - ACTS[kind])
    if strange:
        known = ", ".join(sorted(ACTS[kind]))
        raise Refused(f"{kind}: {strange[0]} is not a value of this. There are: {known}.")
    at = _moment(plain, "at")
    if at is None:
        raise Refused("at: this value is missing.")
    if kind == "sign":
        return ScriptLine(**own, at=at, incomplete=_text(values, "incomplete"))
    if kind == "addendum":
        added = from_plain(Addendum, values, where=kind)
        for moment in filter(None, (added.due_at, added.next_at)):
            _believable(moment, kind)
        return ScriptLine(**own, at=at, entry=added.entry, addendum=added)
    return _amendment(own, at, values)


def _kind(plain: dict[str, Any]) -> str:
    """The line's kind, one of those that a script may tell."""
    kind = plain.get("kind")
    if kind is None:
        raise Refused("kind: this value is missing. See: python -m ketachart facts --list")
    told = isinstance(kind, str) and (kind in ACTS or (kind in KINDS and kind not in BY_KETACHART))
    if not told:
        raise Refused(f"“{kind}” is not a kind of line. See: python -m ketachart facts --list")
    return str(kind)


def _fact(kind: str, values: dict[str, Any]) -> Fact:
    fact = from_plain(KINDS[kind], values, where=kind)
    for field in dataclasses.fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, datetime):
            _believable(value, f"{kind}.{field.name}")
    if isinstance(fact, ProtocolAdopted):
        _whole(fact.protocol)
    return fact


def _whole(protocol: Protocol) -> None:
    """A clinic's own protocol changes values; the rules ask for each that KetaChart's own has."""
    shipped = house.shipped_protocol()
    lacking = [
        field.name
        for field in dataclasses.fields(Protocol)
        if field.default is dataclasses.MISSING and getattr(protocol, field.name) in ((), "")
    ]
    for name in ("values", "signs"):
        told = {item.code for item in getattr(protocol, name)}
        lacking += [item.code for item in getattr(shipped, name) if item.code not in told]
    if lacking:
        raise Refused(
            f"The protocol lacks {', '.join(lacking[:3])}. Begin with a whole copy of KetaChart's "
            "own and change the values in it."
        )


def _believable(moment: datetime, where: str) -> datetime:
    if moment.year not in YEARS:
        raise Refused(
            f"{where}: the year {moment.year} is not believed. Write one from {YEARS[0]} to "
            f"{YEARS[-1]}."
        )
    return moment


def _amendment(own: dict[str, Any], at: datetime, values: dict[str, Any]) -> ScriptLine:
    entry, reason = (_text(values, key, where=f"{own['kind']}.") for key in ("entry", "reason"))
    for key, text in (("entry", entry), ("reason", reason)):
        if not text.strip():
            raise Refused(f"{own['kind']}.{key}: this value is missing.")
    fact = None
    if own["kind"] == "correct":
        inner = values.get("fact")
        if not isinstance(inner, dict) or "kind" not in inner:
            raise Refused("correct.fact: a fact with its kind is expected here.")
        kind = _kind(inner)
        if kind in ACTS:
            raise Refused("correct.fact: a fact with its kind is expected here.")
        fact = _fact(kind, {key: value for key, value in inner.items() if key != "kind"})
    return ScriptLine(**own, at=at, fact=fact, entry=entry, reason=reason)


def _text(plain: dict[str, Any], key: str, *, where: str = "") -> str:
    value = plain.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"{where}{key}: text is expected here, not “{value}”.")
    return value


def _moment(plain: dict[str, Any], key: str) -> datetime | None:
    if plain.get(key) is None:
        return None
    return _believable(from_plain(datetime, plain[key], where=key), key)


def _faulty(number: int, plain: dict[str, Any], fault: str) -> ScriptLine:
    name, kind = plain.get("id"), plain.get("kind")
    return ScriptLine(
        number=number,
        id=name if isinstance(name, str) else "",
        kind=kind if isinstance(kind, str) else "",
        at=None,
        recorded_at=None,
        fault=fault,
    )

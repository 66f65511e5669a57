"""Examples of facts: a line of a story that the tests replay, else the least that a fact needs."""

import dataclasses
import json
import typing
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from handbook.fields import bare, is_part, note_of
from handbook.marked import code
from ketachart.domain.facts import Fact
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import hints_of, to_plain

ROOT: Final = Path(__file__).resolve().parents[2]
STORIES: Final = ROOT / "tests" / "stories"
AT: Final = "2026-11-22T14:04:00-07:00"
LONGEST: Final = 1500  # letters of a line that is shown


def example(kind: type[Fact]) -> tuple[dict[str, Any], str]:
    """A line of a script, and from where it is: a story, or made of what the fields say."""
    if kind.KIND in _told():
        line, story = _told()[kind.KIND]
        return line, f", from the story {code(story)}"
    return {"kind": kind.KIND, **_least(kind)}, ""


@cache
def _told() -> dict[str, tuple[dict[str, Any], str]]:
    """Of each kind the line of the stories that says the most."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for file in sorted(STORIES.rglob("*.jsonl")):
        for text in file.read_text(encoding="utf-8").splitlines():
            if not text.startswith("{") or len(text) > LONGEST:
                continue
            line = json.loads(text)
            line = {name: told for name, told in line.items() if name not in ("id", "recorded_at")}
            before = found.get(line["kind"])
            if before is None or len(line) > len(before[0]):
                found[line["kind"]] = (line, file.stem)
    return found


def _least(kind: type) -> dict[str, Any]:
    """What a fact or a part of it must have, and what its fields give as examples."""
    said: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        hint = hints_of(kind)[field.name]
        note, (inner, absent) = note_of(hint), bare(hint)
        missing = field.default is field.default_factory is dataclasses.MISSING
        if note is not None and note.example is not None:
            given = to_plain(note.example)
            several = typing.get_origin(inner) is tuple and not isinstance(given, list)
            said[field.name] = [given] if several else given
        elif missing and not absent:
            said[field.name] = _made_up(inner)
    return said


def _made_up(kind: Any) -> Any:  # noqa: ANN401 - plain JSON of any type
    arms = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Literal:
        return arms[0]
    if typing.get_origin(kind) is tuple:
        endless = len(arms) == 2 and arms[1] is Ellipsis
        return [_made_up(bare(arm)[0]) for arm in (arms[:1] if endless else arms)]
    if is_part(kind):
        return _least(kind)
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return "1"
    plain = {str: "…", bool: True, int: 1, Decimal: "1", datetime: AT, date: AT[:10]}
    return plain[kind]

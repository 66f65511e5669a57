"""What somebody typed into the record that is open: their words, which the window leaves alone.

A note that says “Nausea” is shown so in Spanish too. Codes of lists are no words of anybody.
"""

import dataclasses
import re
import typing
from collections.abc import Iterator
from functools import cache
from typing import TypeGuard

from ketachart.domain.facts import Fact, ProtocolAdopted
from ketachart.domain.shape import Says
from ketachart.domain.visit import Entry, Visit

_CODE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\Z")
_NONE: frozenset[str] = frozenset()
# Mostly taken from a list of ours; words of somebody's own are in no catalogue and stay too.
_CHOSEN = frozenset({"said_by", "aloud_with", "route", "diluent", "fluid", "effect"})


class Heeding:
    """Follows the visit that is open; of a visit that grew only what is new is gone through."""

    def __init__(self) -> None:
        self._entries: tuple[Entry[Fact], ...] = ()
        self._typed: frozenset[str] = frozenset()

    def typed_in(self, visit: Visit) -> frozenset[str]:
        """Every text of the visit's entries that is somebody's own words, whole."""
        known = len(self._entries)
        grew = known and visit.entries[:1] == self._entries[:1] and len(visit.entries) >= known
        new = visit.entries[known:] if grew else visit.entries
        kept = self._typed if grew else frozenset[str]()
        # The protocol is the clinic's, and its labels and sentences are mostly ours.
        facts = [entry.fact for entry in new if not isinstance(entry.fact, ProtocolAdopted)]
        self._typed = kept.union(text for fact in facts for text in _typed(fact))
        self._entries = visit.entries
        return self._typed


def _typed(value: object) -> Iterator[str]:
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _typed(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _typed_in_fields(value)


def _typed_in_fields(value: object) -> Iterator[str]:
    kind: type = type(value)
    codes, mixed = _codes_of(kind)
    for name in _names_of(kind):
        if name not in codes:
            told = getattr(value, name, None)
            texts = told if isinstance(told, tuple) else (told,)
            yield from (text for text in texts if _is_words(text, mixed=name in mixed))
            yield from _typed(told)
    for name in ("full_name", "listed_name"):  # put together of what was typed
        if isinstance(whole := getattr(value, name, None), str):
            yield whole


def _is_words(text: object, *, mixed: bool) -> TypeGuard[str]:
    return isinstance(text, str) and bool(text) and not (mixed and _CODE.match(text))


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _codes_of(kind: type) -> tuple[frozenset[str], frozenset[str]]:
    """The fields that hold only codes; and those that hold a code or words."""
    if not issubclass(kind, Fact) and kind.__module__.split(".")[0] != "ketachart":
        return _NONE, _NONE
    codes: set[str] = set()
    mixed: set[str] = set()
    for name, told in typing.get_type_hints(kind, include_extras=True).items():
        says = next(
            (one.text for one in getattr(told, "__metadata__", ()) if isinstance(one, Says)), ""
        )
        if name in _CHOSEN or _is_literal(told):
            codes.add(name)
        elif says.startswith(("Code", "Codes", "Unit", "Id ", "The unit")):
            (mixed if "or words" in says else codes).add(name)
        elif "a code from the list" in says:
            mixed.add(name)
    return frozenset(codes), frozenset(mixed)


def _is_literal(told: object) -> bool:
    """Whether only words of a fixed list fit: a literal, or one that may be missing, or several."""
    if typing.get_origin(told) is typing.Literal:
        return True
    inner = [each for each in typing.get_args(told) if each not in (type(None), ...)]
    if typing.get_origin(told) is typing.Annotated:
        return _is_literal(inner[0])
    return bool(inner) and all(map(_is_literal, inner))

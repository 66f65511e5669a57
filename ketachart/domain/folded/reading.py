"""The rows that travel with a report, read back: entries again, with their chain worked out anew.

A kind's meaning is frozen when it is released. What a newer KetaChart wrote, or what cannot be
read any more, comes back as ``Unknown``, with its raw body: it is shown, and never dropped.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn

from ketachart.domain.canonical import spelled
from ketachart.domain.chain import GENESIS, chained
from ketachart.domain.facts import KINDS, Fact, Unknown
from ketachart.domain.shape import from_plain
from ketachart.domain.visit import Entry
from ketachart.errors import CannotRead, Refused

Body = dict[str, object]
# From (kind, version) to the body of the next version; each old version keeps its step for ever.
STEPS: dict[tuple[str, int], Callable[[Body], Body]] = {}

_TEXTS = ("id", "kind", "at", "recorded_at", "session", "author", "stream", "chain")
_NUMBERS = ("number", "version", "elapsed_ms")
_NAMES = {*_TEXTS, *_NUMBERS, "body", "supersedes"}
"""All that a row holds: what is besides it, no chain would hold fast."""


def fact_from(kind_word: str, version: int, *, at: str, body: Body) -> Fact:
    """A fact as it was written under that version, brought up to today's."""
    kind = KINDS.get(kind_word)
    raw = Unknown(at=datetime.fromisoformat(at), kind=kind_word, version=version, body=body)
    if kind is None:
        return raw
    while version < kind.VERSION:
        step = STEPS.get((kind_word, version))
        if step is None:
            return raw
        body, version = step(body), version + 1
    if version != kind.VERSION:
        return raw
    try:
        return from_plain(kind, {**body, "at": at}, where=kind_word)
    except Refused:
        return raw


def rows_of(content: bytes) -> tuple[dict[str, Any], ...]:
    """The rows of an `entries.jsonl`, one a line.

    Raises:
        CannotRead: a line is no row of ours; the sentence says which.
    """
    try:
        # by the line feed alone: a note may hold other signs that end a line
        lines = content.decode("utf-8").removesuffix("\n").split("\n") if content else []
    except UnicodeDecodeError as error:
        raise CannotRead(
            "The attached entries are not text. Ask the sender for the report."
        ) from error
    return tuple(_row(number, line) for number, line in enumerate(lines, start=1))


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _no_row(number) from error
    if not isinstance(row, dict) or not isinstance(row.get("body"), dict):
        raise _no_row(number)
    if not all(isinstance(row.get(name), str) for name in _TEXTS):
        raise _no_row(number)
    if not all(type(row.get(name)) is int for name in _NUMBERS):
        raise _no_row(number)
    if set(row) - _NAMES or not isinstance(row.get("supersedes"), str | None):
        raise _no_row(number)
    return row


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"{number} is not whole: no entry is written with it")


def _no_row(number: int) -> CannotRead:
    return CannotRead(
        f"Line {number} of the attached entries cannot be read. Ask the sender for the report."
    )


def entries_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Entry[Fact], ...]:
    """The entries of those rows.

    Raises:
        CannotRead: a moment in a row is none.
    """
    return tuple(map(entry_from, rows))


def entry_from(row: Mapping[str, Any]) -> Entry[Fact]:
    """One row (see ``rows.entry_row``) as the entry it was made from."""
    try:
        fact = fact_from(row["kind"], row["version"], at=row["at"], body=row["body"])
        recorded_at = datetime.fromisoformat(row["recorded_at"])
        elapsed = timedelta(milliseconds=row["elapsed_ms"])
    except (ValueError, TypeError, OverflowError) as error:
        raise _no_row(row["number"]) from error
    if fact.at.tzinfo is None or recorded_at.tzinfo is None:
        raise _no_row(row["number"])
    return Entry(
        number=row["number"],
        id=row["id"],
        author=row["author"],
        recorded_at=recorded_at,
        elapsed=elapsed,
        session=row["session"],
        fact=fact,
        chain=row["chain"],
        stream=row["stream"],
        body=spelled(row["body"]),
        version=row["version"],
    )


def broken_at(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The number of the first row that is not as it was written; None where the chain is whole.

    All that follow the first one rest on it, so there is no use in looking further.
    """
    previous, stream = GENESIS, None
    for number, row in enumerate(rows, start=1):
        if row["number"] != number or (stream is not None and row["stream"] != stream):
            return number
        if row["chain"] != chain_of_row(row, previous):
            return number
        previous, stream = row["chain"], row["stream"]
    return None


def chain_of_row(row: Mapping[str, Any], previous: str) -> str:
    """The hash that the row must have behind ``previous``; empty where it cannot be kept so."""
    try:
        return chained(
            previous,
            number=row["number"],
            stream=row["stream"],
            entry_id=row["id"],
            kind=row["kind"],
            version=row["version"],
            body=spelled(row["body"]),
            author=row["author"],
            at=row["at"],
            recorded_at=row["recorded_at"],
            elapsed_ms=row["elapsed_ms"],
            session=row["session"],
            supersedes=row["supersedes"],
        )
    except UnicodeEncodeError:  # half of a surrogate pair, which no ledger holds
        return ""

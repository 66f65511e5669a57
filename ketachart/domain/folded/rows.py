"""The visit's entries as plain rows with their chain: the audit that travels with the report."""

import json
from datetime import timedelta
from typing import Any

from ketachart.domain.facts import EntryStruck, Fact, Unknown
from ketachart.domain.shape import moment_text, to_plain
from ketachart.domain.visit import Entry, Visit


def entry_rows(visit: Visit) -> list[dict[str, Any]]:
    """Every entry in the order of writing; the chain can be worked out again from these rows."""
    return [entry_row(entry) for entry in visit.entries]


def entry_row(entry: Entry[Fact]) -> dict[str, Any]:
    """One entry as it is kept; its body is the canonical JSON's content."""
    fact = entry.fact
    version, body = _written(entry)
    return {
        "number": entry.number,
        "id": entry.id,
        "kind": entry.kind,
        "version": version,
        "at": moment_text(fact.at),
        "recorded_at": moment_text(entry.recorded_at),
        "elapsed_ms": entry.elapsed // timedelta(milliseconds=1),
        "session": entry.session,
        "author": entry.author,
        "supersedes": fact.entry if isinstance(fact, EntryStruck) else None,
        "stream": entry.stream,
        "body": body,
        "chain": entry.chain,
    }


def _written(entry: Entry[Fact]) -> tuple[int, Any]:
    """Version and body as they were written: an older shape stays what it was, or no hash fits."""
    fact = entry.fact
    if entry.body:
        return entry.version, json.loads(entry.body)
    if isinstance(fact, Unknown):
        return fact.version, fact.body
    return fact.VERSION, {key: value for key, value in to_plain(fact).items() if key != "at"}

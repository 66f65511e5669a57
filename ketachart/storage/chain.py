"""Ties every entry to the one before it, so that a change made behind our back is seen.

Two chains run side by side. ``chain`` runs through one stream, so that a visit can be checked from
its own entries alone. ``link`` runs through the whole ledger, so that a removed visit is seen.
What neither can see: the newest entries cut off, or everything computed anew by someone who holds
the key. For that the head is printed on paper (storage.md, section 4).

The content of a visit that left this laptop cannot be worked out again: of its entries the places
and the links are looked at, and whether an entry says that it left.
"""

import json
from collections.abc import Iterable, Mapping

from ketachart.domain.chain import GENESIS, chained, digest
from ketachart.errors import Fault
from ketachart.storage.entry import Draft, Head, Row

START = Head(0, GENESIS)
"""The head of a ledger without entries."""


def chain_of(draft: Draft, number: int, previous: str) -> str:
    """The hash of a stream's entry over all its fields and the hash of the entry before it.

    ``previous`` is the chain of entry ``number`` - 1 of the same stream, ``GENESIS`` for number 1.
    """
    return chained(
        previous,
        number=number,
        stream=draft.stream,
        entry_id=draft.entry_id,
        kind=draft.kind,
        version=draft.version,
        body=draft.body,
        author=draft.author,
        at=draft.at,
        recorded_at=draft.recorded_at,
        elapsed_ms=draft.elapsed_ms,
        session=draft.session,
        supersedes=draft.supersedes,
    )


def link_of(seq: int, chain: str, previous: str) -> str:
    """The hash over the ledger: ``previous`` is the link of ``seq`` - 1, ``GENESIS`` for seq 1."""
    return digest("ketachart-link-1", previous, seq, chain)


def verify_stream(rows: Iterable[Row]) -> tuple[Fault, ...]:
    """What is wrong with one stream's entries, in their order; nothing found means none.

    Names the number of the first entry that is not as it was written, and stops there, since all
    that follow rest on it. Needs no ledger: the entries printed in a report are enough.
    """
    chain, stream = GENESIS, None
    for number, row in enumerate(rows, start=1):
        if stream is not None and row.stream != stream:
            sentence = f"Entry {number} belongs to another chart."
            return (Fault("entry-stream", sentence),)
        fault = _wrong_in_stream(row, number, chain)
        if fault is not None:
            return (fault,)
        stream, chain = row.stream, row.chain
    return ()


def verify_links(rows: Iterable[Row], *, after: Head = START) -> tuple[Fault, ...]:
    """What is wrong with the links of consecutive entries, the first of which follows ``after``.

    Names the first entry whose link is wrong, or whose place is not the next one.
    """
    for row in rows:
        fault = _wrong_in_ledger(row, after)
        if fault is not None:
            return (fault,)
        after = Head(row.seq, row.link)
    return ()


def verify_both(
    rows: Iterable[Row],
    *,
    after: Head = START,
    streams: Mapping[str, tuple[int, str]] | None = None,
) -> tuple[Fault, ...]:
    """Follows both chains through the ledger's entries in one pass, in the order of ``seq``.

    ``streams`` gives the last number and chain of streams that began before ``after``. Names the
    first wrong link, and the first wrong entry of each stream.
    """
    ends = dict(streams or {})
    broken: dict[str, Fault] = {}
    unlinked: list[Fault] = []
    left = _Left()
    for row in rows:
        left.see(row)
        number, chain = ends.get(row.stream, (0, GENESIS))
        if row.stream not in broken:
            fault = _wrong_in_stream(row, number + 1, chain)
            if fault is not None:
                broken[row.stream] = fault
        if not unlinked:
            fault = _wrong_in_ledger(row, after)
            if fault is not None:
                unlinked.append(fault)
        ends[row.stream] = (row.number, row.chain)
        after = Head(row.seq, row.link)
    return (*unlinked, *broken.values(), *left.faults(ends))


class _Left:
    """What is gone, and what says so: that entry always follows those whose content it took."""

    def __init__(self) -> None:
        self._gone: dict[tuple[str, str, bool], Row] = {}
        self._told: dict[str, dict[str, object]] = {}

    def see(self, row: Row) -> None:
        """One entry of the ledger, in the order of ``seq``."""
        if row.gone:
            self._gone.setdefault((row.gone, row.stream, row.kind == "visit-planned"), row)
        elif row.kind == "visit-left":
            self._told[row.entry_id] = json.loads(row.body)

    def faults(self, ends: Mapping[str, tuple[int, str]]) -> tuple[Fault, ...]:
        """The first entry of each stream whose content is gone, and nothing rightly says why."""
        return tuple(
            Fault(
                "entry-emptied",
                f"Entry {row.number} of “{row.stream}” has lost its content, and nothing says that "
                "the visit left.",
            )
            for row in self._gone.values()
            if not self._is_told(row, ends)
        )

    def _is_told(self, row: Row, ends: Mapping[str, tuple[int, str]]) -> bool:
        told = self._told.get(row.gone)
        if told is None:
            return False
        visit = told.get("stream")
        if row.stream == visit:
            return ends[row.stream] == (told.get("entries"), told.get("chain"))
        return row.stream == f"post:{visit}" or row.kind == "visit-planned"


def _wrong_in_stream(row: Row, number: int, previous: str) -> Fault | None:
    if row.number != number:
        sentence = f"Entry {number} of “{row.stream}” is missing; {row.number} stands in its place."
        return Fault("entry-missing", sentence)
    is_emptied = bool(row.gone) and row.body == "{}"
    if not is_emptied and row.chain != chain_of(row, number, previous):
        sentence = f"Entry {number} of “{row.stream}” is not as it was written."
        return Fault("entry-changed", sentence)
    return None


def _wrong_in_ledger(row: Row, after: Head) -> Fault | None:
    seq = after.seq + 1
    if row.seq != seq:
        return Fault("ledger-gap", f"Entry {seq} of the ledger is missing.")
    if row.link != link_of(seq, row.chain, after.link):
        sentence = f"Entry {seq} of the ledger does not follow the one before it."
        return Fault("ledger-link", sentence)
    return None

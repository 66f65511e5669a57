"""Looks at the steps that a ledger which was not closed had not yet folded into its main file.

SQLite reads its log up to the first frame that is not whole and passes over all that follow: right
after a power cut, but a damaged spot in the middle would take acknowledged entries with it, and
without a word. So the log is looked at before SQLite gets to see it.

Format: sqlite.org/fileformat2.html, section 4. SQLCipher keeps it; only the pages are encrypted.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_PAGE_BYTES = 4096
_ANY = 0xFFFFFFFF
_ORDERS = {0x377F0682: "<", 0x377F0683: ">"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """One page as it stands in the log; ``ends_step`` marks the last page of a committed step."""

    number: int
    ends_step: bool
    is_whole: bool
    is_current: bool


def log_file(ledger: Path) -> Path:
    """The log that SQLite keeps beside a ledger while it is open, or was not closed."""
    return ledger.with_name(ledger.name + "-wal")


def has_entries(ledger: Path) -> bool:
    """Whether the log may hold something that stands nowhere else."""
    try:
        return log_file(ledger).stat().st_size > _HEADER_BYTES
    except FileNotFoundError:
        return False


def is_damaged(ledger: Path) -> bool:
    """Whether the log of a ledger that nobody has open lacks a step that was acknowledged.

    A step is acknowledged once it was flushed to the disk, and only then does the next one begin.
    So where a step that cannot be read is followed by another, it was there once. The last step of
    all may be missing after a power cut: there damage cannot be told from the cut.
    """
    try:
        log = log_file(ledger).read_bytes()
    except FileNotFoundError:
        return False
    if len(log) < _HEADER_BYTES + _FRAME_HEADER_BYTES + _PAGE_BYTES:
        return False
    if not _has_whole_header(log):
        # A new log begins with two new salts; one that still is the old one was not being written.
        salts, kept = struct.unpack_from(">2I", log, 16), struct.unpack_from(">2I", log, 40)
        return any(salt == old != 0 for salt, old in zip(salts, kept, strict=True))
    most = (len(log) + ledger.stat().st_size) // _PAGE_BYTES if ledger.exists() else _ANY
    unread = [frame for frame in _frames(log, most) if frame.is_current and not frame.is_whole]
    ends = [frame.number for frame in unread if frame.ends_step]
    return bool(ends) and ends[0] < unread[-1].number


def _has_whole_header(log: bytes) -> bool:
    magic, version, page_bytes = struct.unpack_from(">3I", log)
    if magic not in _ORDERS or version != 3_007_000 or page_bytes != _PAGE_BYTES:
        return False
    return _summed(log[:24], (0, 0), _ORDERS[magic]) == struct.unpack_from(">2I", log, 24)


def _frames(log: bytes, most: int = _ANY) -> Iterator[_Frame]:
    """The frames in their order; from the first that is not whole on, none counts as whole.

    A frame tells how many pages the ledger has after its step. More than ``most`` there cannot be:
    a sector that was being written when the power went may hold anything, and ends no step.
    """
    order = _ORDERS[struct.unpack_from(">I", log)[0]]
    sums: tuple[int, int] = struct.unpack_from(">2I", log, 24)
    is_whole = True
    step = _FRAME_HEADER_BYTES + _PAGE_BYTES
    starts = range(_HEADER_BYTES, len(log) - step + 1, step)
    for number, start in enumerate(starts, start=1):
        _page, pages_after, *kept = struct.unpack_from(">6I", log, start)
        is_current = log[start + 8 : start + 16] == log[16:24]
        if is_whole:
            sums = _summed(log[start : start + 8], sums, order)
            sums = _summed(log[start + _FRAME_HEADER_BYTES : start + step], sums, order)
            is_whole = is_current and sums == tuple(kept[2:])
        yield _Frame(number, 0 < pages_after <= most, is_whole, is_current)


def _summed(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's running checksum over pairs of 32-bit words (the section named above, 4.2)."""
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second

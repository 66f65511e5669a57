"""Counts wrong passphrases, and says how long the next guess must wait.

This slows down only someone at the keyboard. Whoever copies the files is held up by nothing but
the length of the passphrase and what one guess costs (storage.md, section 2); and whoever can
alter or delete the count could have copied them as well, so nothing is built on it. Setting the
clock, forward or back, gains nothing: the wait is told by the time since the laptop was started.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ketachart.clock import Clock
from ketachart.errors import TooSoon, WrongPassphrase
from ketachart.storage import folder as place
from ketachart.storage.canonical import canonical

RECOVERY = "\x1frecovery key"
"""Under this name guesses at the recovery key's passphrase are counted; no staff id is like it."""

_FREE_TRIES = 4
_WAITS_S = (5, 10, 20, 40, 80, 160, 300)
_MILLISECOND = timedelta(milliseconds=1)

_UNREADABLE = (
    OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip

_Counts = dict[str, tuple[int, timedelta]]


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong guesses in a row: none for 4, then 5, 10, 20 … 300."""
    if failures < _FREE_TRIES:
        return 0
    return _WAITS_S[min(failures - _FREE_TRIES, len(_WAITS_S) - 1)]


def seconds_to_wait(folder: Path, staff_id: str, clock: Clock) -> int:
    """Seconds until this person's next guess is heard; 0 means now. Never more than 300.

    After a restart of the laptop only the time since then counts, so that a restart gains nothing
    and locks nobody out for longer than one wait.
    """
    counted = _read(folder)
    if staff_id not in counted:
        return 0
    failures, last = counted[staff_id]
    now = clock.elapsed()
    passed = now - last if now >= last else now
    left = timedelta(seconds=wait_after(failures)) - passed
    return max(0, -(-left // timedelta(seconds=1)))


@dataclass(frozen=True, slots=True)
class Guess:
    """One guess under way."""

    failures: int

    def wrong(self, sentence: str) -> WrongPassphrase:
        """The error of a wrong one, with the wait before the next."""
        return WrongPassphrase(sentence, wait_s=wait_after(self.failures))


@contextmanager
def counted(folder: Path, staff_id: str, clock: Clock) -> Iterator[Guess]:
    """Counts a guess before it is made; the count begins again where the block ends well.

    Raises:
        TooSoon: the wait after earlier guesses is not over; the guess is not made.
        DiskFull, FolderReadOnly, NotSaved: the guess could not be counted.
    """
    wait_s = seconds_to_wait(folder, staff_id, clock)
    if wait_s:
        raise TooSoon(f"Wait {wait_s} seconds, then try again. Nothing is lost.", wait_s=wait_s)
    yield Guess(count_one(folder, staff_id, clock))
    forget(folder, staff_id)


def count_one(folder: Path, staff_id: str, clock: Clock) -> int:
    """Count a guess before it is made, on the disk, so that ending the program gains nothing.

    Returns how many in a row that makes.
    """
    counted = _read(folder)
    failures = counted[staff_id][0] + 1 if staff_id in counted else 1
    counted[staff_id] = (failures, clock.elapsed())
    _write(folder, counted)
    return failures


def forget(folder: Path, staff_id: str) -> None:
    """The passphrase was right: this person's count starts again."""
    counted = _read(folder)
    if counted.pop(staff_id, None) is not None:
        _write(folder, counted)


def _read(folder: Path) -> _Counts:
    """The counts; an unreadable file counts as empty, since it must not lock the nurse out."""
    try:
        kept = json.loads(place.attempts_file(folder).read_bytes())
        "".join(kept).encode()  # half a letter could not be written again
        return {staff_id: _one(count) for staff_id, count in kept.items()}
    except _UNREADABLE:
        return {}


def _one(count: dict[str, object]) -> tuple[int, timedelta]:
    failures = int(str(count["failures"]))
    # KetaChart 0.1 kept the wall clock instead: such a count goes on, waiting from the start.
    last = int(str(count.get("since_start_ms", 0)))
    if failures < 1 or last < 0:
        raise ValueError("no such count")
    return failures, last * _MILLISECOND


def _write(folder: Path, counted: _Counts) -> None:
    kept = {
        staff_id: {"failures": failures, "since_start_ms": last // _MILLISECOND}
        for staff_id, (failures, last) in counted.items()
    }
    place.write_whole(place.attempts_file(folder), canonical(kept).encode())

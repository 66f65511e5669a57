"""Counts wrong passphrases, and says how long the next guess must wait.

This slows down only someone at the keyboard. Whoever copies the files is held up by nothing but
the length of the passphrase (storage.md, section 2).
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from ketachart.clock import Clock
from ketachart.storage import folder as place
from ketachart.storage.canonical import canonical

_FREE_TRIES = 4
_WAITS_S = (5, 10, 20, 40, 80, 160, 300)


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong guesses in a row: none for 4, then 5, 10, 20 … 300."""
    if failures < _FREE_TRIES:
        return 0
    return _WAITS_S[min(failures - _FREE_TRIES, len(_WAITS_S) - 1)]


def seconds_to_wait(folder: Path, staff_id: str, clock: Clock) -> int:
    """Seconds until this person's next guess is heard; 0 means now. Never more than 300.

    Where the clock was set back behind the last guess, the wait begins again from now, so that a
    wrong clock can lock nobody out for longer than one wait.
    """
    counted = _read(folder)
    if staff_id not in counted:
        return 0
    failures, last = counted[staff_id]
    now = clock.now()
    if now < last:
        counted[staff_id] = (failures, now)
        _write(folder, counted)
        last = now
    left = last + timedelta(seconds=wait_after(failures)) - now
    return max(0, -(-left // timedelta(seconds=1)))


def count_one(folder: Path, staff_id: str, clock: Clock) -> int:
    """Count a guess before it is made, on the disk, so that ending the program gains nothing.

    Returns how many in a row that makes.
    """
    counted = _read(folder)
    failures = counted[staff_id][0] + 1 if staff_id in counted else 1
    counted[staff_id] = (failures, clock.now())
    _write(folder, counted)
    return failures


def forget(folder: Path, staff_id: str) -> None:
    """The passphrase was right: this person's count starts again."""
    counted = _read(folder)
    if counted.pop(staff_id, None) is not None:
        _write(folder, counted)


def _read(folder: Path) -> dict[str, tuple[int, datetime]]:
    """The counts; an unreadable file counts as empty, since it must not lock the nurse out."""
    try:
        kept = json.loads(place.attempts_file(folder).read_bytes())
        return {staff_id: _one(count) for staff_id, count in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _one(count: dict[str, object]) -> tuple[int, datetime]:
    failures, last = int(str(count["failures"])), datetime.fromisoformat(str(count["last"]))
    if failures < 1 or last.tzinfo is None:
        raise ValueError("no such count")
    return failures, last


def _write(folder: Path, counted: dict[str, tuple[int, datetime]]) -> None:
    kept = {
        staff_id: {"failures": failures, "last": last.isoformat()}
        for staff_id, (failures, last) in counted.items()
    }
    place.write_whole(place.attempts_file(folder), canonical(kept).encode())

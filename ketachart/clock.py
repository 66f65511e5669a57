"""The only reader of the time and the only maker of ids.

Three things come from here: the wall clock with its offset, the time elapsed that no one can set
back, and new ids. Everything else in KetaChart is handed its ``now``.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the unlock screen needs none of it: imported where the time is first asked for
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What KetaChart asks of a clock."""

    def now(self) -> datetime:
        """The wall clock, with its offset from UTC, to the millisecond."""
        ...

    def elapsed(self) -> timedelta:
        """Time since some fixed moment of this run; never goes back, and counts sleep."""
        ...

    def new_id(self) -> str:
        """A fresh id, unique for ever, sortable by the time it was made (RFC 9562, UUIDv7)."""
        ...


def _to_millisecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def uuid7(milliseconds: int, randomness: int) -> str:
    """A UUIDv7 (RFC 9562, section 5.7) from Unix milliseconds and 74 random bits."""
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76
    value |= (randomness >> 62 & 0xFFF) << 64
    value |= 0b10 << 62
    value |= randomness & (1 << 62) - 1
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name, or None where there is no such zone."""
    import zoneinfo  # not before it is asked for: the unlock screen needs no zone

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """The laptop's wall clock in its own zone."""
        from datetime import UTC, datetime

        return _to_millisecond(datetime.fromtimestamp(time.time(), UTC).astimezone())  # noqa: TID251

    def elapsed(self) -> timedelta:
        """Time since the laptop was started; goes on while it sleeps, where the system can tell."""
        from datetime import timedelta

        # Linux has a clock that counts sleep, and macOS one that Python's own monotonic does not
        # read: clock_gettime(3) there says of CLOCK_MONOTONIC that it goes on while asleep.
        counting = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
        nanoseconds = time.monotonic_ns() if counting is None else time.clock_gettime_ns(counting)
        return timedelta(microseconds=nanoseconds // 1000)

    def new_id(self) -> str:
        """An id made from the wall clock and the system's randomness."""
        return uuid7(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10)) >> 6)


class SetClock:
    """A clock that stands where it is put: replays, demos and tests tell their own time.

    The same moves give the same ids, so that a replayed visit is the same to the byte.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a moment needs its offset")
        from datetime import timedelta

        self._now = start
        self._elapsed = timedelta()
        self._made = 0

    def now(self) -> datetime:
        """Where the clock stands."""
        return _to_millisecond(self._now)

    def elapsed(self) -> timedelta:
        """All the time that passed since the clock was made, whatever the wall clock did."""
        return self._elapsed

    def new_id(self) -> str:
        """The next id; the count stands in for chance."""
        self._made += 1
        return uuid7(int(self._now.timestamp() * 1000), self._made)

    def pass_time(self, length: timedelta) -> None:
        """Let time go by: both the wall clock and the elapsed time move."""
        if length < self._elapsed * 0:
            raise ValueError("time does not pass backwards; use set_wall")
        self._now += length
        self._elapsed += length

    def move_to(self, moment: datetime) -> None:
        """Let time go by until that moment, and show its offset; never backwards."""
        self._elapsed += max(moment - self._now, self._elapsed * 0)
        self._now = max(moment, self._now.astimezone(moment.tzinfo))

    def set_wall(self, moment: datetime) -> None:
        """Someone set the wall clock: no time passes."""
        self._now = moment

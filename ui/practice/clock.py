"""The clock of a practice visit: it runs as the laptop's does, and can be sent ahead."""

import os
from datetime import datetime, timedelta
from typing import Final

from ketachart.clock import Clock, uuid7

HOUR: Final = 13  # of the day before: a visit in the past, long after breakfast, over by evening


def begins(now: datetime) -> datetime:
    """When practice begins: one in the afternoon of yesterday, by this laptop's clock."""
    day_before = now - timedelta(days=1)
    return day_before.replace(hour=HOUR, minute=0, second=0, microsecond=0)


class PracticeClock:
    """Begins at a moment of its own; `pass_time` is what no clock of a real visit has."""

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._start = begins(real.now())
        self._zero = real.elapsed()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The practice clinic's wall clock, to the millisecond."""
        moment = self._start + self.elapsed()
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def elapsed(self) -> timedelta:
        """Time since practice began, with what was skipped."""
        return self._real.elapsed() - self._zero + self._ahead

    def new_id(self) -> str:
        """An id by the practice clock and the system's randomness."""
        return uuid7(int(self.now().timestamp() * 1000), int.from_bytes(os.urandom(10)) >> 6)

    def pass_time(self, length: timedelta) -> None:
        """Lets time go by at once.

        Raises:
            ValueError: a length below nothing.
        """
        if length < timedelta():
            raise ValueError("time does not pass backwards")
        self._ahead += length

"""The chart's own time: the laptop's clock when the ledger was unlocked, and time elapsed since.

Nobody can set it back. When the laptop's clock is set while a chart is open, the chart goes on by
time elapsed, and the step is an entry in the record (features.md, idea 1).
"""

from datetime import datetime, timedelta

from ketachart.clock import Clock

# Clocks drift and are slewed by a second or two a day; what is more than this was set by hand.
NOTICED = timedelta(seconds=30)


class ChartTime:
    """One session's time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall = clock.now()
        self._began = clock.elapsed()
        self._accounted = timedelta()
        self.session = clock.new_id()

    @property
    def clock(self) -> Clock:
        """The laptop's clock itself, for what goes on without the chart."""
        return self._clock

    def now(self) -> datetime:
        """The chart's time, in the offset that the laptop shows."""
        moment = self._wall + self.elapsed()
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        return moment.astimezone(self._clock.now().tzinfo)

    def elapsed(self) -> timedelta:
        """Time since this session began, sleep included."""
        return self._clock.elapsed() - self._began

    def new_id(self) -> str:
        """A fresh id for an act."""
        return self._clock.new_id()

    def laptop_says(self) -> datetime:
        """The laptop's own clock."""
        return self._clock.now()

    def step(self) -> timedelta | None:
        """How far the laptop's clock was set since this was last asked; None where it was not."""
        away = self._clock.now() - self.now() - self._accounted
        if abs(away) < NOTICED:
            return None
        self._accounted += away
        return away

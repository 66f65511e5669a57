"""A time that was read from the pump: offered in the chart's time, kept as the pump showed it."""

from datetime import datetime, timedelta

from ketachart.domain.arrival.clocks import Clock, clock_of, in_chart_time
from ketachart.domain.facts import NoteWritten
from ketachart.domain.wording import clock
from ui.desk import Desk


class PumpTime:
    """What the pump's clock was compared as decides; one that agrees offers nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown: datetime | None = None
        self._taken: datetime | None = None

    def _clock(self) -> Clock | None:
        found = clock_of(self._desk.visit, "pump") if self._desk.has_visit else None
        return found if found is not None and found.ahead != timedelta() else None

    def offered(self, typed: object) -> str:
        """“↑ by the pump's clock: 14:00” beside a time that was typed; empty where none is."""
        pump = self._clock()
        if pump is None or not isinstance(typed, datetime) or typed == self._taken:
            return ""
        return f"↑ by the pump's clock: {clock(in_chart_time(pump, typed))}"

    def take(self, typed: object) -> datetime | None:
        """The chart's time for what the pump showed; None where there is nothing to take."""
        pump = self._clock()
        if pump is None or not isinstance(typed, datetime) or typed == self._taken:
            return None
        self._shown, self._taken = typed, in_chart_time(pump, typed)
        return self._taken

    def kept(self) -> list[str]:
        """What the pump showed, and the chart's time for it; empty where nothing was taken."""
        if self._shown is None or self._taken is None:
            return []
        return [self._shown.isoformat(), self._taken.isoformat()]

    def take_back(self, kept: list[str]) -> None:
        """The time was taken from the pump before."""
        self._shown, self._taken = (datetime.fromisoformat(one) for one in kept)

    def note(self, at: datetime) -> tuple[NoteWritten, ...]:
        """What the pump showed, as a note of the same act, while the time stands as taken."""
        pump = self._clock()
        if pump is None or self._shown is None or at != self._taken:
            return ()
        words = (
            f"Time read from the pump: it showed {clock(self._shown)}, charted as {clock(at)}; "
            f"{pump.verdict}"
        )
        return (NoteWritten(at=at, text=words),)

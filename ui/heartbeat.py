"""Timers with names, worked out from the clock, so that a laptop that slept is not fooled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from ketachart.clock import Clock

STILL = timedelta(seconds=10)  # no window is busy for so long: the laptop slept, or was stopped
_TICK_MS = 250  # how often the clock is asked; nothing is ever counted in ticks


@dataclass(slots=True)
class _Timer:
    """When it is due next, how often it comes again (None: once), and what it does."""

    due: timedelta
    again: timedelta | None
    act: Callable[[], None]


class Heartbeat(QObject):
    """Asks the clock a few times a second and does what has come due.

    After a sleep of three hours a timer of every second acts once, not ten thousand times, and one
    of fifteen minutes is due at once.
    """

    stood_still = Signal(object)  # how long nothing was asked, a timedelta: the laptop slept
    beat = Signal(object)  # the wall clock as a datetime, when its second has changed

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._timers: dict[str, _Timer] = {}
        self._second = clock.now().replace(microsecond=0)
        self._asked = clock.elapsed()
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self.poll)

    def start(self) -> None:
        """Begin to ask the clock."""
        self._asked = self._clock.elapsed()
        self._ticker.start()

    def stop(self) -> None:
        """Stop asking; what was set stays set."""
        self._ticker.stop()

    def every(self, name: str, length: timedelta, act: Callable[[], None]) -> None:
        """Do something each time ``length`` has passed; replaces a timer of the same name."""
        if length <= timedelta():
            raise ValueError("a timer needs a length")
        self._timers[name] = _Timer(self._clock.elapsed() + length, length, act)

    def once(self, name: str, length: timedelta, act: Callable[[], None]) -> None:
        """Do something when ``length`` has passed; replaces a timer of the same name."""
        self._timers[name] = _Timer(self._clock.elapsed() + length, None, act)

    def cancel(self, name: str) -> None:
        """Forget a timer; nothing happens if there is none of that name."""
        self._timers.pop(name, None)

    def names(self) -> tuple[str, ...]:
        """The timers that are set."""
        return tuple(self._timers)

    def left(self, name: str) -> timedelta:
        """The time until a timer acts; negative if it is late; raises KeyError for none such."""
        return self._timers[name].due - self._clock.elapsed()

    def poll(self) -> None:
        """Ask the clock once and do what has come due, the longest due first."""
        now = self._clock.elapsed()
        still, self._asked = now - self._asked, now
        if still >= STILL:
            self.stood_still.emit(still)
        due = sorted((t.due, name) for name, t in self._timers.items() if t.due <= now)
        for _, name in due:
            self._run(name, now)
        second = self._clock.now().replace(microsecond=0)
        if second != self._second:
            self._second = second
            self.beat.emit(self._clock.now())

    def _run(self, name: str, now: timedelta) -> None:
        timer = self._timers.get(name)
        if timer is None or timer.due > now:
            return  # an earlier act cancelled it or set it anew
        if timer.again is None:
            del self._timers[name]
        else:
            missed = (now - timer.due) // timer.again
            timer.due += timer.again * (missed + 1)
        timer.act()

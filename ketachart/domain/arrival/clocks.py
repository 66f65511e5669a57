"""Other clocks beside the chart's own: how far each is off, and its times in the chart's time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ketachart.domain.facts import ClockCompared
from ketachart.domain.visit import Visit
from ketachart.domain.wording import length

DEVICES = {"nurse": "nurse's clock", "pump": "pump", "monitor": "monitor", "other": "other clock"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock as it was compared last; ``ahead`` is in whole minutes, below zero when behind."""

    device: str
    name: str
    at: datetime
    showed: datetime
    ahead: timedelta
    entry: str

    @property
    def label(self) -> str:
        """What it is called: “pump”, “monitor Philips”."""
        return called(self.device, self.name)

    @property
    def verdict(self) -> str:
        """“7 min ahead”, “3 min behind” or “agrees”."""
        return verdict(self.ahead)


def called(device: str, name: str) -> str:
    """What a clock is called."""
    return f"{DEVICES[device]} {name}".strip()


def ahead(showed: datetime, at: datetime) -> timedelta:
    """How far a clock is ahead of the chart, in whole minutes as both show them."""
    return _minute(showed) - _minute(at)


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def verdict(apart: timedelta) -> str:
    """How far a clock is off, in words."""
    if not apart:
        return "agrees"
    return f"{length(abs(apart))} {'ahead' if apart > timedelta() else 'behind'}"


def clocks(visit: Visit) -> tuple[Clock, ...]:
    """Every clock that was compared, as it was compared last."""
    last = {(entry.fact.device, entry.fact.name): entry for entry in visit.of(ClockCompared)}
    return tuple(
        Clock(
            device=device,
            name=name,
            at=entry.at,
            showed=entry.fact.showed,
            ahead=ahead(entry.fact.showed, entry.at),
            entry=entry.id,
        )
        for (device, name), entry in last.items()
    )


def clocks_apart(visit: Visit) -> tuple[Clock, ...]:
    """The clocks that are off by more than the protocol allows; none in older protocols."""
    if visit.protocol.known("clock.apart") is None:
        return ()
    most = visit.protocol.minutes("clock.apart")
    return tuple(clock for clock in clocks(visit) if abs(clock.ahead) > most)


def clock_of(visit: Visit, device: str) -> Clock | None:
    """The clock of a device as it was compared last; None where it never was."""
    found = [clock for clock in clocks(visit) if clock.device == device]
    return max(found, key=lambda clock: clock.at, default=None)


def in_chart_time(clock: Clock, shown: datetime) -> datetime:
    """A time that the device shows, in the chart's time: 14:07 of a pump 7 min ahead is 14:00."""
    return shown - clock.ahead


def as_device_shows(clock: Clock, at: datetime) -> datetime:
    """A time of the chart as the device shows it."""
    return at + clock.ahead

"""One alert: what stands, how grave it is, since when, until when, and what was done about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AlertLevel = Literal["emergency", "pause", "attention"]
_GRADES = ("pause", "emergency", "near", "reached")
RANK: dict[AlertLevel, int] = {"emergency": 0, "pause": 1, "attention": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert and the time in which it stood."""

    code: str
    level: AlertLevel
    sentence: str
    source: str
    since: datetime
    until: datetime | None = None
    answered: tuple[str, ...] = ()
    raised_by: int = 0  # number of the entry that raised it; 0 where time alone did
    stops: bool = False  # it asks for the pump to be stopped

    @property
    def can_wait(self) -> bool:
        """Whether it may be put off: one that asks to stop may not."""
        return self.level != "emergency" and not self.stops

    @property
    def family(self) -> str:
        """What it is about, whatever its level: “systolic” for “systolic-pause”."""
        head, _, level = self.code.rpartition("-")
        return head if level in _GRADES else self.code

    @property
    def stands(self) -> bool:
        """Whether it still stands."""
        return self.until is None

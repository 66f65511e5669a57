"""One alert: what stands, how grave it is, since when, until when, and what was done about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AlertLevel = Literal["emergency", "pause", "attention"]
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

    @property
    def stands(self) -> bool:
        """Whether it still stands."""
        return self.until is None

"""One point that is looked at before signing: how grave it is, and the reason that settled it."""

from dataclasses import dataclass
from typing import Literal

from ketachart.domain.course import Phase

Severity = Literal["stop", "reason", "know"]
ORDER: dict[Severity, int] = {"stop": 0, "reason": 1, "know": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One point, where it lies, and the reason that settled it."""

    code: str
    severity: Severity
    sentence: str
    detail: str = ""
    phase: Phase
    entry: str = ""
    explained: str = ""
    source: str = ""

    @property
    def settled(self) -> bool:
        """Whether it no longer stands in the way of signing."""
        return self.severity == "know" or bool(self.explained)

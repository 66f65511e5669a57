"""Reads the kept reports again after the ledger was unlocked, and counts over them; in a worker."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ketachart.charting.report_reading import attached_visit
from ketachart.domain.supervision.figures import Counted
from ketachart.domain.supervision.flags import steady
from ketachart.domain.supervision.trends import Trends, trends
from ketachart.domain.visit import Visit
from ketachart.errors import CannotRead


@dataclass(frozen=True, slots=True)
class Woken:
    """The visits that the kept reports tell, by the report's SHA-256."""

    visits: Mapping[str, Visit]


@dataclass(frozen=True, slots=True)
class WakingTask:
    """The kept reports that were not read since the ledger was unlocked."""

    papers: Sequence[tuple[str, bytes]] = field(repr=False)

    def work(
        self,
        told: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Woken:
        """Folds each visit again; what cannot be read is left out and shown as it was taken in."""
        found: dict[str, Visit] = {}
        for done, (sha256, content) in enumerate(self.papers):
            if cancelled():
                break
            told(done, len(self.papers))
            try:
                visit = attached_visit(content)
            except CannotRead:
                continue
            steady(visit)  # here, so that the window does not wait for it
            found[sha256] = visit
        return Woken(found)


@dataclass(frozen=True, slots=True)
class TrendsTask:
    """The visits to count over, away from the ledger."""

    visits: tuple[Counted, ...]
    since: date
    until: date

    def work(self) -> Trends:
        """The figures; may run in a worker."""
        return trends(self.visits, self.since, self.until)

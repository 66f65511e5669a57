"""Counts over the signed reports of some days; in a worker, on a connection of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from ketachart.charting.doubted import as_it_counts
from ketachart.charting.report_reading import attached_visit
from ketachart.charting.review_watch import POST
from ketachart.domain.facts.post import CertificateWithdrawn
from ketachart.domain.supervision.figures import Counted
from ketachart.domain.supervision.standing import newest, state_of
from ketachart.domain.supervision.trends import Trends, trends
from ketachart.domain.visit import Visit, fold
from ketachart.errors import CannotRead, LedgerDamaged
from ketachart.storage import codec
from ketachart.storage.aside import Aside

MISSING = (
    "A report that came in is missing from this ledger; all others are there. Restore "
    "the last good backup."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the reports without reading one: visits that were read, what is withdrawn.

    The visits stand by the SHA-256 of their reports, the certificates by their own.
    """

    visits: Mapping[str, Visit] = field(repr=False)
    withdrawn: Mapping[str, CertificateWithdrawn]


@dataclass(frozen=True, slots=True)
class TrendsTask:
    """The days to count over, and how the ledger is read beside the window."""

    aside: Callable[[], Aside]
    known: Known
    since: date
    until: date

    def work(
        self,
        told: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Trends:
        """The figures; may run in a worker. ``told`` hears how many visits were read, and of how
        many; what was counted until it was ``cancelled`` is thrown away by who asked.

        Raises:
            LedgerError: the ledger cannot be read, or a report is missing in it.
        """
        with self.aside() as aside:
            return trends(self._counted(aside, told, cancelled), self.since, self.until)

    def _counted(
        self, aside: Aside, told: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Iterator[Counted]:
        # no report is signed before its visit; a day more, since they may tell other zones
        known = self.since > date.min
        first = (self.since - timedelta(days=1)).isoformat() if known else ""
        streams = aside.taken_since(first)
        for done, stream in enumerate(streams):
            if cancelled():
                return
            told(done, len(streams))
            one = self._one(aside, stream)
            if one is not None:
                yield one

    def _one(self, aside: Aside, stream: str) -> Counted | None:
        """The visit as its newest report tells it; None where that is not good, or not read."""
        written = fold(codec.entry_of(row) for row in aside.stream(stream))
        post = as_it_counts(written, self.known.withdrawn)
        last = newest(post)
        if last is None or not last.fact.good:
            return None
        visit = self.known.visits.get(last.fact.sha256) or _read(aside, last.fact.sha256)
        if visit is None:
            return None
        own, state = stream.removeprefix(POST), state_of(post, visit)
        return Counted(visit, own, last.fact.report, state, post)


def _read(aside: Aside, sha256: str) -> Visit | None:
    kept = aside.document(sha256)
    if kept is None:
        raise LedgerDamaged(MISSING)
    try:
        return attached_visit(kept.content)
    except CannotRead:
        return None

"""Reads the kept reports again after the ledger was unlocked; in a worker."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from ketachart.charting.report_reading import ReadReport, attached_visit, read_report
from ketachart.domain.supervision.flags import steady
from ketachart.domain.visit import Visit
from ketachart.errors import CannotRead


@dataclass(frozen=True, slots=True)
class Woken:
    """The visits that the kept reports tell, by the report's SHA-256.

    ``signed_here`` are reports that others signed in this very ledger, to be taken in.
    """

    visits: Mapping[str, Visit]
    unreadable: frozenset[str] = frozenset()
    signed_here: tuple[ReadReport, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.visits or self.unreadable or self.signed_here)


@dataclass(frozen=True, slots=True)
class WakingTask:
    """The kept reports that were not read since the ledger was unlocked."""

    papers: Sequence[tuple[str, bytes]] = field(repr=False)
    signed_here: Sequence[tuple[str, bytes]] = field(default=(), repr=False)
    trust_pem: bytes | None = None

    def work(
        self,
        told: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Woken:
        """Folds each visit again; what cannot be read is left out and shown as it was taken in."""
        found: dict[str, Visit] = {}
        unreadable: set[str] = set()
        for done, (sha256, content) in enumerate(self.papers):
            if cancelled():
                break
            told(done, len(self.papers) + len(self.signed_here))
            try:
                visit = attached_visit(content)
            except CannotRead:
                unreadable.add(sha256)
                continue
            steady(visit)  # here, so that the window does not wait for it
            found[sha256] = visit
        return Woken(found, frozenset(unreadable), self._signed_here(cancelled))

    def _signed_here(self, cancelled: Callable[[], bool]) -> tuple[ReadReport, ...]:
        """Checked like any other report; one that cannot be read is not good, and is told so."""
        found = []
        for name, content in self.signed_here:
            if cancelled():
                break
            with suppress(CannotRead):
                found.append(read_report(name, content, self.trust_pem))
        return tuple(found)

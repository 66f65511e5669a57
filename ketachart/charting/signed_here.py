"""Visits that somebody else signed in this very ledger: they come to the supervisor by themselves.

The report stays the one document that the ledger keeps with the visit; no copy of it is made.
"""

from dataclasses import dataclass, field

from ketachart.charting.received import Received
from ketachart.domain.facts import ReportSigned
from ketachart.storage import codec
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger

LOOKED_AT = 1_000  # signed reports that are looked at in one go: some 10 ms
READ = 5  # reports that a worker checks in one go, before they are shown


@dataclass(slots=True)
class SignedHere:
    """Finds the reports that were signed here by others and are not in the queue yet."""

    ledger: Ledger
    received: Received
    staff_id: str
    _looked: str | None = ""
    _seen: int = -1
    _waiting: dict[str, str] = field(default_factory=dict)

    def papers(self) -> tuple[tuple[str, bytes], ...]:
        """Name and content of the next few, each handed out once until the ledger is locked."""
        self._look()
        found: list[tuple[str, bytes]] = []
        while self._waiting and len(found) < READ:
            sha256, name = self._waiting.popitem()
            if not self.received.holds(sha256):
                found.append((name, self.received.content(sha256)))
        return tuple(found)

    @property
    def ledger_id(self) -> str:
        """This ledger's id."""
        return self.ledger.unwrapped.ledger_id

    @property
    def more(self) -> bool:
        """Whether visits were not looked at yet, or reports not read."""
        grown = self._seen != self.ledger.head().seq
        return bool(self._waiting) or self._looked is not None or grown

    def _look(self) -> None:
        """One piece of the reports that were signed here, and what was written since."""
        head = self.ledger.head().seq
        if 0 <= self._seen < head:
            self._take(self.ledger.streams_since(self._seen))
        self._seen = head
        if self._looked is not None:
            found, last = self.ledger.signed_alone(self._looked, LOOKED_AT)
            self._looked = last or None
            self._take(found)

    def _take(self, streams: tuple[str, ...]) -> None:
        for stream in streams:
            rows = self.ledger.stream_of(stream, (ReportSigned.KIND,))
            if any(row.author != self.staff_id for row in rows):
                self._waiting.update(_reports(rows, stream))


def _reports(rows: tuple[Row, ...], stream: str) -> dict[str, str]:
    """The name of each report by its SHA-256."""
    facts = (codec.entry_of(row).fact for row in rows)
    return {
        fact.sha256: f"{stream[:12]}-v{fact.version}.pdf"
        for fact in facts
        if isinstance(fact, ReportSigned)
    }

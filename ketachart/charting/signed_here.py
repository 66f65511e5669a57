"""Visits that somebody else signed in this very ledger: they come to the supervisor by themselves.

The report stays the one document that the ledger keeps with the visit; no copy of it is made.
"""

from dataclasses import dataclass, field

from ketachart.charting.received import Received
from ketachart.domain.facts import ReportSigned
from ketachart.storage import codec
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger

LOOKED_AT = 200  # visits that are looked at in one go: some milliseconds
READ = 5  # reports that a worker checks in one go, before they are shown


@dataclass(slots=True)
class SignedHere:
    """Finds the reports that were signed here by others and are not in the queue yet."""

    ledger: Ledger
    received: Received
    staff_id: str
    _looked: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, str] = field(default_factory=dict)

    def papers(self) -> tuple[tuple[str, bytes], ...]:
        """Name and content of the next few, each handed out once until the ledger is locked."""
        self._look()
        known = self.received.known() if self._waiting else frozenset()
        found: list[tuple[str, bytes]] = []
        while self._waiting and len(found) < READ:
            sha256, name = self._waiting.popitem()
            if sha256 not in known:
                found.append((name, self.received.content(sha256)))
        return tuple(found)

    @property
    def ledger_id(self) -> str:
        """This ledger's id."""
        return self.ledger.unwrapped.ledger_id

    @property
    def more(self) -> bool:
        """Whether visits were not looked at yet, or reports not read."""
        return bool(self._waiting) or bool(self._unseen())

    def _unseen(self) -> list[str]:
        return [
            shelved.stream
            for shelved in self.ledger.shelf()
            if shelved.status == "signed"
            and self._looked.get(shelved.stream) != self.ledger.length(shelved.stream)
        ]

    def _look(self) -> None:
        for stream in self._unseen()[:LOOKED_AT]:
            self._looked[stream] = self.ledger.length(stream)
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

"""The laptop's own book: what was done with its ledger, in a stream beside every visit."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from ketachart.charting.chart_time import ChartTime
from ketachart.charting.drafting import drafts_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import LAPTOP
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Entry, Visit
from ketachart.storage import codec
from ketachart.storage.ledger import Ledger

F = TypeVar("F", bound=Fact)


class Office(Protocol):
    """Whose book it is."""

    time: ChartTime
    staff_id: str


class LaptopBook:
    """Takes what was done with the ledger, and gives it back."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        self._whose = office
        self._ledger = ledger
        self._letters = letters

    def record(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Keeps what was done with the ledger; on the disk when this returns.

        Raises:
            Refused: something is missing; the sentence says what.
            LedgerError: it was not saved.
        """
        now = self._whose.time.now()
        for fact in facts:
            admit(Visit(), fact, now=now, letters=self._letters)
        drafts = drafts_of(
            facts,
            act or self._whose.time.new_id(),
            now,
            stream=LAPTOP,
            author=self._whose.staff_id,
            time=self._whose.time,
        )
        return tuple(codec.entry_of(row) for row in self._ledger.append(drafts))

    def entries(self, *kinds: type[Fact]) -> tuple[Entry[Fact], ...]:
        """What was kept of these kinds, the oldest first; of every kind, if none is named."""
        rows = (
            self._ledger.stream_of(LAPTOP, [kind.KIND for kind in kinds])
            if kinds
            else self._ledger.stream(LAPTOP)
        )
        return tuple(codec.entry_of(row) for row in rows)

    def facts(self, kind: type[F]) -> Sequence[F]:
        """The facts of one kind, the oldest first."""
        return [entry.fact for entry in self.entries(kind) if isinstance(entry.fact, kind)]

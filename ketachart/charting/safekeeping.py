"""How this laptop's ledger is kept: who may unlock it, its backups, its checks, what has left it.

One desk for each of these; what they did stands in a stream of its own, beside every visit.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ketachart.charting.drafting import drafts_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import LAPTOP
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Entry, Visit
from ketachart.storage import codec
from ketachart.storage.ledger import Ledger

if TYPE_CHECKING:
    from ketachart.charting.backups import BackupDesk
    from ketachart.charting.checks import CheckDesk
    from ketachart.charting.drafts import DraftDesk
    from ketachart.charting.leaving import LeavingDesk
    from ketachart.charting.office import OpenClinic
    from ketachart.charting.people import PeopleDesk
    from ketachart.charting.reserve import Reserve
    from ketachart.charting.veil_pin import VeilPin

F = TypeVar("F", bound=Fact)


class Safekeeping:
    """The laptop's own book."""

    def __init__(self, office: "OpenClinic", ledger: Ledger, letters: Letters) -> None:
        self._office = office
        self._ledger = ledger
        self._letters = letters

    def record(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Keeps what was done with the ledger; on the disk when this returns.

        Raises:
            Refused: something is missing; the sentence says what.
            LedgerError: it was not saved.
        """
        now = self._office.time.now()
        for fact in facts:
            admit(Visit(), fact, now=now, letters=self._letters)
        drafts = drafts_of(
            facts,
            act or self._office.time.new_id(),
            now,
            stream=LAPTOP,
            author=self._office.staff_id,
            time=self._office.time,
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

    @cached_property
    def people(self) -> "PeopleDesk":
        """Who may unlock, and the recovery key."""
        from ketachart.charting.people import PeopleDesk

        return PeopleDesk(self._office, self._ledger)

    @cached_property
    def veil_pin(self) -> "VeilPin":
        """The short PIN that lifts the privacy veil."""
        from ketachart.charting.veil_pin import VeilPin

        return VeilPin(self._ledger)

    @cached_property
    def drafts(self) -> "DraftDesk":
        """What is typed and not recorded yet."""
        from ketachart.charting.drafts import DraftDesk

        return DraftDesk(self._office, self._ledger, self)

    @cached_property
    def backups(self) -> "BackupDesk":
        """The backups: where they lie, how old the last one is, making the next."""
        from ketachart.charting.backups import BackupDesk

        return BackupDesk(self._office, self._ledger, self)

    @cached_property
    def leaving(self) -> "LeavingDesk":
        """How long visits stay on this laptop, and those that leave."""
        from ketachart.charting.leaving import LeavingDesk

        return LeavingDesk(self._office, self._ledger, self, self._letters)

    @cached_property
    def checks(self) -> "CheckDesk":
        """The check of the whole ledger, and what was known of it elsewhere."""
        from ketachart.charting.checks import CheckDesk

        return CheckDesk(self._office, self._ledger, self)

    @cached_property
    def reserve(self) -> "Reserve":
        """The room that is given free when the disk is full."""
        from ketachart.charting.reserve import Reserve

        return Reserve(self._ledger)

    def close(self) -> None:
        """The ledger is about to be locked: what runs beside it ends."""
        if "drafts" in self.__dict__:
            self.drafts.close()

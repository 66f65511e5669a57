"""How this laptop's ledger is kept: who may unlock it, its backups, its checks, what has left it.

One desk for each of these; what they did stands in a stream of its own, beside every visit.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ketachart.charting import leaving, leaving_office, people_office
from ketachart.charting.laptop_book import LaptopBook
from ketachart.domain.letters import Letters
from ketachart.storage.ledger import Ledger

if TYPE_CHECKING:
    from ketachart.charting.backups import BackupDesk
    from ketachart.charting.checks import CheckDesk
    from ketachart.charting.drafts import DraftDesk
    from ketachart.charting.people import PeopleDesk
    from ketachart.charting.reserve import Reserve
    from ketachart.charting.veil_pin import VeilPin


class Office(people_office.Office, leaving_office.Office, Protocol):
    """The unlocked ledger that is kept."""


class Safekeeping(LaptopBook):
    """The laptop's own book, and a desk for each thing that is done with the ledger."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        super().__init__(office, ledger, letters)
        self._office = office

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
    def leaving(self) -> leaving.LeavingDesk:
        """How long visits stay on this laptop, and those that leave."""
        return leaving.LeavingDesk(self._office, self._ledger, self, self._letters)

    @cached_property
    def checks(self) -> "CheckDesk":
        """The check of the whole ledger, and what was known of it elsewhere."""
        from ketachart.charting.checks import CheckDesk

        def may_judge() -> bool:
            return self.people.may_change()  # the people are read when it is asked

        return CheckDesk(self._office, self._ledger, self, self.backups.place, may_judge)

    @cached_property
    def reserve(self) -> "Reserve":
        """The room that is given free when the disk is full."""
        from ketachart.charting.reserve import Reserve

        return Reserve(self._ledger)

    def close(self) -> None:
        """The ledger is about to be locked: what runs beside it ends."""
        if "drafts" in self.__dict__:
            self.drafts.close()

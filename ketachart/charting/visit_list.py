"""The list of visits, as the unlocked ledger gives it: never all of it where a part will do."""

from datetime import date, datetime

from ketachart.charting import history, relisting
from ketachart.charting.history import VisitRow
from ketachart.charting.relisting import RelistTask
from ketachart.charting.signed_paper import SignedPaper, signed_paper
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import Database


class ListOfVisits:
    """What the first screen asks of the ledger."""

    _ledger: Ledger

    def visits(
        self, *, day: date | None = None, search: str = "", limit: int | None = None
    ) -> tuple[VisitRow, ...]:
        """The visits of a day, or all; the search looks into name, birth date and MRN.

        With a ``limit`` no more than so many, the newest first: a clinic's ledger holds 100,000.
        """
        return history.rows(self._ledger, day=day, search=search, limit=limit)

    def visits_at_hand(self, today: date) -> tuple[VisitRow, ...]:
        """The visits of that day, the unsigned ones of every day, and those with a call to make."""
        return history.rows_at_hand(self._ledger, today)

    def visit_count(self) -> int:
        """How many visits this ledger holds."""
        return self._ledger.shelf_count()

    def visit_row(self, stream: str) -> VisitRow | None:
        """The line of one visit; None where the list has none."""
        return history.row_of(self._ledger, stream)

    def signed_paper(self, stream: str) -> SignedPaper | None:
        """The newest signed report of a visit, even of one that cannot be read itself.

        None where none was signed.

        Raises:
            LedgerDamaged: the report cannot be read either.
            LedgerError: there is no such visit here.
        """
        return signed_paper(self._ledger, stream)

    def relisting(self) -> RelistTask | None:
        """What works the list out again from the entries, in a worker; None where it is whole."""
        return relisting.task_of(self._ledger)

    def relisted(self, made: Database | None) -> None:
        """The list that the task gave is shown from now on; nothing where the old one is whole."""
        if made is not None:
            self._ledger.use_list(made)

    def next_number(self, now: datetime) -> str:
        """Numbers that name no one: the day and a count, 261122-01."""
        prefix, count = f"{now:%y%m%d}-", 1
        taken = {row.number for row in self.visits(day=now.date())}
        while f"{prefix}{count:02d}" in taken:
            count += 1
        return f"{prefix}{count:02d}"

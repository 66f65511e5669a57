"""The list of visits, as an open ledger gives it."""

from ketachart.storage import seeking
from ketachart.storage.entry import Shelved
from ketachart.storage.vault import Database, Doing, translated


class Shelving:
    """What `Ledger` answers about its visits without reading one of them."""

    _database: Database

    def shelf(
        self, day: str | None = None, search: str = "", *, limit: int | None = None
    ) -> tuple[Shelved, ...]:
        """The list of visits of a day (any, if None) whose label holds every word of ``search``.

        By day, then label; with a ``limit`` the newest of them. Capitals and accents make no
        difference to the search; one letter is enough.
        """
        with translated(Doing.READING):
            return seeking.shelf(self._database, day=day, search=search, limit=limit)

    def shelf_of_mrn(
        self, mrn: str, *, since: str = "", limit: int | None = None
    ) -> tuple[Shelved, ...]:
        """One patient's visits from that day on, the newest first; none of those that left."""
        with translated(Doing.READING):
            return seeking.of_mrn(self._database, mrn, since=since, limit=limit)

    def shelf_line(self, stream: str) -> Shelved | None:
        """The line of one visit, if it has one."""
        with translated(Doing.READING):
            return seeking.line_of(self._database, stream)

    def shelf_open(self) -> tuple[Shelved, ...]:
        """The visits that are neither signed nor gone, by day and label."""
        with translated(Doing.READING):
            return seeking.unsigned(self._database)

    def shelf_called(self) -> tuple[Shelved, ...]:
        """The visits after which somebody is still to be called, by day and label."""
        with translated(Doing.READING):
            return seeking.called(self._database)

    def shelf_of_plan(self, plan: str) -> tuple[Shelved, ...]:
        """The visits that were opened from a plan of the clinic."""
        with translated(Doing.READING):
            return seeking.of_plan(self._database, plan)

    def shelf_at(self, place: str, since: str) -> tuple[Shelved, ...]:
        """The visits at an address after that day; those too whose line tells no address."""
        with translated(Doing.READING):
            return seeking.at_place(self._database, place, since)

    def shelf_count(self) -> int:
        """How many visits the list holds."""
        with translated(Doing.READING):
            return seeking.count(self._database)

    def shelf_counts(self) -> dict[str, int]:
        """How many visits the list has of each status."""
        with translated(Doing.READING):
            return seeking.counts(self._database)

"""The list of visits, as an open ledger gives it."""

from collections.abc import Callable
from typing import TypeVar

from ketachart.errors import LedgerDamaged
from ketachart.storage import relisting, salvage, seeking
from ketachart.storage.access import Accessed
from ketachart.storage.entry import Shelved
from ketachart.storage.vault import Database

T = TypeVar("T")


class Shelving(Accessed):
    """What `Ledger` answers about its visits without reading one of them."""

    _saved_lines: Database | None = None
    _is_made_again = False

    def shelf(
        self, day: str | None = None, search: str = "", *, limit: int | None = None
    ) -> tuple[Shelved, ...]:
        """The list of visits of a day (any, if None) whose label holds every word of ``search``.

        By day, then label; with a ``limit`` the newest of them. Capitals and accents make no
        difference to the search; one letter is enough.
        """
        return self._look(lambda shelf: seeking.shelf(shelf, day=day, search=search, limit=limit))

    def shelf_of_mrn(
        self, mrn: str, *, since: str = "", limit: int | None = None
    ) -> tuple[Shelved, ...]:
        """One patient's visits from that day on, the newest first; none of those that left."""
        return self._look(lambda shelf: seeking.of_mrn(shelf, mrn, since=since, limit=limit))

    def shelf_line(self, stream: str) -> Shelved | None:
        """The line of one visit, if it has one."""
        return self._look(lambda shelf: seeking.line_of(shelf, stream))

    def shelf_open(self) -> tuple[Shelved, ...]:
        """The visits that are neither signed nor gone, by day and label."""
        return self._look(seeking.unsigned)

    def shelf_signed_after(self, day: str, stream: str, *, limit: int) -> tuple[Shelved, ...]:
        """The next signed visits after that one, by day and stream; from "", "" the oldest."""
        return self._look(
            lambda shelf: seeking.signed_after(shelf, day, stream, limit=limit),
        )

    def shelf_called(self) -> tuple[Shelved, ...]:
        """The visits after which somebody is still to be called, by day and label."""
        return self._look(seeking.called)

    def shelf_of_plan(self, plan: str) -> tuple[Shelved, ...]:
        """The visits that were opened from a plan of the clinic."""
        return self._look(lambda shelf: seeking.of_plan(shelf, plan))

    def shelf_at(self, place: str, since: str) -> tuple[Shelved, ...]:
        """The visits at an address after that day; those too whose line tells no address."""
        return self._look(lambda shelf: seeking.at_place(shelf, place, since))

    def shelf_since(self, day: str, *, practice: bool) -> tuple[tuple[str, str], ...]:
        """Stream and status of the visits from that day on, the newest first.

        ``practice``: whether practice visits are among them.
        """
        return self._look(lambda shelf: seeking.since(shelf, day, practice=practice))

    def shelf_count(self) -> int:
        """How many visits the list holds."""
        return self._look(seeking.count)

    def _look(self, look: Callable[[Database], T]) -> T:
        """What the list answers; of a damaged one, what the lines say that can still be read."""
        if self._is_made_again and self._saved_lines is not None:
            return look(self._saved_lines)
        try:
            with self._reading() as database:
                return look(database)
        except LedgerDamaged:
            if self._saved_lines is None or self.read_only is None:
                lines, _ = salvage.shelf(self._reading, newest=relisting.NEWEST)
                self._saved_lines = relisting.list_of(lines)
            return look(self._saved_lines)

    def use_list(self, made: Database) -> None:
        """From now on the list of visits is this one, made in memory; where none may be written."""
        self._saved_lines, self._is_made_again = made, True

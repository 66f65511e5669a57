"""Lets a signed visit's content leave the laptop: its entries keep their places and their hashes.

The triggers (``triggers.py``) let nothing go before an entry says that the visit left; here it is
made one act with that entry, so that a power cut leaves the visit whole or wholly gone.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ketachart.errors import LedgerError
from ketachart.storage import bodies, records, seeking
from ketachart.storage.access import Accessed, again_with_reserve
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Draft, Head, Row, Shelved
from ketachart.storage.sound import require_sound
from ketachart.storage.vault import Database

_EMPTY = "UPDATE entry SET body = '{}', body_in = NULL, gone = ? "
_PLAN = "visit-planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What leaves with one visit.

    ``by`` is the id of the entry that says so, ``stays`` the kinds whose content is still needed
    here, ``also`` the ids of entries elsewhere that tell of this patient; ``shelved`` is the line
    of the list that is left.
    """

    stream: str
    by: str
    stays: tuple[str, ...]
    also: tuple[str, ...]
    shelved: Shelved


class Departing(Accessed):
    """What `Ledger` does with visits that leave."""

    @again_with_reserve
    def let_go(self, drafts: Sequence[Draft], leaving: Sequence[Leaving]) -> tuple[Row, ...]:
        """Keep the entries that say so, and take the content of those visits away, in one act.

        Handed in again after ``NotSaved``, it is done once. What was overwritten is then folded out
        of the log as well; where that must wait, it is done when the ledger is closed.

        Raises:
            DiskFull, FolderReadOnly, LedgerInUse, NotSaved: as for `append`.
            LedgerError: a visit is not signed, or left before; nothing was changed.
        """
        require_sound(drafts, ())
        with self._one_act() as database:
            rows = records.already_stored(database, drafts)
            if not rows:
                rows = records.numbered(database, drafts)
                records.insert_act(database, rows, ())
                for each in leaving:
                    take_away(database, each)
                bodies.drop_unused(database)
        with suppress(LedgerError):
            self._access.settle(whole=True)
        return rows

    def departed(self, stream: str) -> Row | None:
        """The entry by which a visit left this laptop; None where it is here."""
        with self._reading() as database:
            found = database.execute(
                "SELECT by FROM departed WHERE stream = ?", [stream]
            ).fetchone()
            return records.entry_with(database, str(found[0])) if found else None

    def last_seq(self, stream: str) -> int:
        """The number of a stream's last entry in the whole ledger; 0 where it has none."""
        with self._reading() as database:
            found = database.execute(
                "SELECT seq FROM entry WHERE stream = ? ORDER BY number DESC LIMIT 1", [stream]
            ).fetchone()
            return int(found[0]) if found else 0

    def seq_of(self, entry_id: str) -> int:
        """The number of an entry in the whole ledger; 0 where it is not here."""
        with self._reading() as database:
            found = database.execute(
                "SELECT seq FROM entry WHERE entry_id = ?", [entry_id]
            ).fetchone()
            return int(found[0]) if found else 0

    def has_head(self, head: Head) -> bool:
        """Whether this ledger once ended so: then what was copied at that head is of this one."""
        with self._reading() as database:
            found = database.execute("SELECT link FROM entry WHERE seq = ?", [head.seq]).fetchone()
            return found is not None and str(found[0]) == head.link


def take_over(database: Database, rows: Sequence[Row]) -> None:
    """Keep entries of another copy of this ledger, as they stood there: those that left, empty.

    They must follow the last entry here; the caller makes it one act.
    """
    for row in rows:
        records.insert_entry(database, row)
    gone = [row for row in rows if row.gone]
    for row in gone:
        if row.kind != _PLAN:
            database.execute(
                "INSERT INTO departed (stream, by) SELECT ?1, ?2 "
                "WHERE NOT EXISTS (SELECT 1 FROM departed WHERE stream = ?1)",
                [row.stream, row.gone],
            )
    for row in gone:
        database.execute(_EMPTY + "WHERE entry_id = ?", [row.gone, row.entry_id])


def take_away(database: Database, leaving: Leaving, *, again: bool = False) -> None:
    """Empty a visit's entries, after the one that says so; the caller makes it one act.

    ``again``: in a restored copy, where some of it may be gone already.
    """
    streams = [leaving.stream, f"post:{leaving.stream}"]
    known = "SELECT 1 FROM departed WHERE stream = ?"
    for stream in streams:
        if not again or database.execute(known, [stream]).fetchone() is None:
            sql = "INSERT INTO departed (stream, by) VALUES (?, ?)"
            database.execute(sql, [stream, leaving.by])
    stays = canonical(list(leaving.stays))
    database.execute(
        _EMPTY + "WHERE stream IN (?, ?) AND gone IS NULL AND seq < "  # noqa: S608 - no value is put in
        "(SELECT told.seq FROM entry AS told WHERE told.entry_id = ?) "
        "AND kind NOT IN (SELECT value FROM json_each(?)) AND coalesce(supersedes, '') NOT IN "
        "(SELECT struck.entry_id FROM entry AS struck WHERE struck.stream = ? "
        "AND struck.kind IN (SELECT value FROM json_each(?)))",
        [leaving.by, *streams, leaving.by, stays, leaving.stream, stays],
    )
    for entry_id in leaving.also:
        database.execute(_EMPTY + "WHERE entry_id = ? AND gone IS NULL", [leaving.by, entry_id])
    database.execute("DELETE FROM document WHERE stream IN (?, ?)", streams)
    seeking.put(database, leaving.shelved)

"""What no visit alone tells: an entry by its id, how far each visit came, what is planned."""

from collections.abc import Mapping

from ketachart.storage import records
from ketachart.storage.access import Accessed
from ketachart.storage.entry import Row
from ketachart.storage.seeking import ON_THE_WAY


class Looking(Accessed):
    """What `Ledger` answers without reading a visit."""

    def entry(self, entry_id: str) -> Row | None:
        """The entry of that id, or None."""
        with self._reading():
            return records.entry_with(self._database, entry_id)

    def tally(self, kind: str) -> Mapping[str, int]:
        """For each stream with entries of a kind the ``seq`` of the last; of the post's kinds."""
        sql = f"SELECT stream, max(seq) FROM entry WHERE kind = ? AND {ON_THE_WAY} GROUP BY stream"  # noqa: S608 - no value is put in
        with self._reading():
            found = self._database.execute(sql, [kind]).fetchall()
        return {str(stream): int(seq) for stream, seq in found}

    def tally_since(self, seq: int) -> tuple[tuple[int, str, str], ...]:
        """The post's entries after that one, each with its ``seq``, stream and kind."""
        sql = f"SELECT seq, stream, kind FROM entry WHERE seq > ? AND +{ON_THE_WAY} ORDER BY seq"  # noqa: S608 - no value is put in
        with self._reading():
            return tuple(self._database.execute(sql, [seq]).fetchall())

    def plans_since(self, day: str) -> tuple[Row, ...]:
        """Every edition of each plan of the clinic that asks for a visit on that day or later."""
        with self._reading():
            return records.entries_planned(self._database, day)

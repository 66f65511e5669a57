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
        return self._with_spare(lambda ledger, kept: records.entry_with(ledger, entry_id, kept))

    def tally(self, kind: str) -> Mapping[str, int]:
        """For each stream with entries of a kind the ``seq`` of the last; of the post's kinds."""
        sql = f"SELECT stream, max(seq) FROM entry WHERE kind = ? AND {ON_THE_WAY} GROUP BY stream"  # noqa: S608 - no value is put in
        with self._reading():
            found = self._database.execute(sql, [kind]).fetchall()
        return {str(stream): int(seq) for stream, seq in found}

    def unanswered(self, kind: str, answer: str, beside: str) -> tuple[str, ...]:
        """The streams with an entry of a kind that no answer names by its ``sha256``.

        The answers stand in the stream of the same name with ``beside`` before it.
        """
        made, there = (ON_THE_WAY.replace("kind", f"{one}.kind") for one in ("made", "there"))
        sql = (
            "SELECT DISTINCT made.stream FROM entry AS made "  # noqa: S608 - no value is put in
            f"WHERE made.kind = ? AND {made} AND made.body ->> '$.sha256' IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM entry AS there "
            f"WHERE there.kind = ? AND {there} AND there.stream = ? || made.stream "
            "AND there.body ->> '$.sha256' = made.body ->> '$.sha256')"
        )
        with self._reading():
            found = self._database.execute(sql, [kind, answer, beside]).fetchall()
        return tuple(str(each[0]) for each in found)

    def reported(self, plan: str) -> tuple[str, ...]:
        """The streams beside the visits of which a report came that names that plan."""
        sql = (
            "SELECT DISTINCT stream FROM entry WHERE kind = 'report-taken' "
            "AND body ->> '$.plan' <> '' AND body ->> '$.plan' = ?"
        )
        with self._reading():
            return tuple(str(each[0]) for each in self._database.execute(sql, [plan]))

    def plans_since(self, day: str) -> tuple[Row, ...]:
        """Every edition of each plan of the clinic that asks for a visit on that day or later."""
        with self._reading():
            return records.entries_planned(self._database, day)

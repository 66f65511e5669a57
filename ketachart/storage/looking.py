"""What no visit alone tells: an entry by its id, how far each visit came, what is planned."""

from collections.abc import Collection, Mapping

from ketachart.storage import records
from ketachart.storage.access import Accessed
from ketachart.storage.entry import Row
from ketachart.storage.seeking import ON_THE_WAY


def _of(name: str) -> str:
    return ON_THE_WAY.replace("kind", f"{name}.kind")


_TAKEN = f"SELECT 1 FROM entry AS taken WHERE taken.kind = 'report-taken' AND {_of('taken')}"  # noqa: S608 - no value is put in
_SOME = (
    "WITH some AS MATERIALIZED (SELECT one.stream, one.body ->> '$.sha256' AS sha256 "  # noqa: S608 - no value is put in
    f"FROM entry AS one WHERE one.kind = '{{kind}}' AND {_of('one')} AND one.stream > ? "
    "ORDER BY one.stream LIMIT ?) SELECT stream, {which} FROM some"
)
_UNJUDGED = _SOME.format(
    kind="report-taken",
    which=(
        "NOT EXISTS (SELECT 1 FROM entry AS said "  # noqa: S608 - no value is put in
        f"WHERE said.kind = 'verdict-given' AND {_of('said')} AND said.stream = some.stream "
        "AND said.body ->> '$.sha256' = some.sha256) OR EXISTS (SELECT 1 FROM entry AS asked "
        f"WHERE asked.kind = 'question-asked' AND {_of('asked')} AND asked.stream = some.stream)"
    ),
)
_SIGNED_ALONE = _SOME.format(
    kind="report-signed",
    which=(
        f"NOT EXISTS ({_TAKEN} AND taken.stream = 'post:' || some.stream "
        "AND taken.body ->> '$.sha256' = some.sha256)"
    ),
)

_BY_CERTIFICATE = (
    "SELECT body ->> '$.signed_at', stream, body ->> '$.certificate' "
    "FROM entry INDEXED BY entry_taken WHERE kind = 'report-taken' "
    "AND body ->> '$.signed_at' >= ? AND (body ->> '$.signed_at', stream) > (?, ?) "
    "ORDER BY body ->> '$.signed_at', stream LIMIT ?"
)


class Looking(Accessed):
    """What `Ledger` answers without reading a visit."""

    def entry(self, entry_id: str) -> Row | None:
        """The entry of that id, or None."""
        return self._with_spare(lambda ledger, kept: records.entry_with(ledger, entry_id, kept))

    def stream_after(self, stream: str, number: int) -> tuple[Row, ...]:
        """The entries of one stream that follow that number."""
        with self._reading() as database:
            return records.entries_after_number(database, stream, number)

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

    def streams_since(self, seq: int, prefix: str = "") -> tuple[str, ...]:
        """The streams that begin with these letters and have an entry after that one."""
        sql = (
            "SELECT DISTINCT stream FROM entry NOT INDEXED "
            "WHERE seq > ? AND stream >= ? AND stream < ?"
        )
        with self._reading():
            found = self._database.execute(sql, [seq, prefix, f"{prefix}\U0010ffff"]).fetchall()
        return tuple(str(each[0]) for each in found)

    def unjudged(self, after: str, many: int) -> tuple[tuple[str, ...], str]:
        """Of so many reports that came, by stream, those without a verdict or asked about.

        Answers their streams, and how far it looked: go on after that one; empty at the end.
        """
        return self._asked_by_stream(_UNJUDGED, after, many)

    def signed_alone(self, after: str, many: int) -> tuple[tuple[str, ...], str]:
        """Of so many signed reports, by stream, those that were not taken in beside their visit."""
        return self._asked_by_stream(_SIGNED_ALONE, after, many)

    def _asked_by_stream(self, sql: str, after: str, many: int) -> tuple[tuple[str, ...], str]:
        with self._reading():
            rows = self._database.execute(sql, [after, many]).fetchall()
        # the reports of the last stream may go on behind the end of these
        last = str(rows[-1][0]) if len(rows) == many else ""
        found = [str(stream) for stream, is_one in rows if is_one or stream == last]
        return tuple(dict.fromkeys(found)), last

    def taken_since(self, day: str, limit: int = -1) -> tuple[str, ...]:
        """The streams with a report that was signed on that day or later, the newest first."""
        sql = (
            "SELECT stream FROM entry INDEXED BY entry_taken WHERE kind = 'report-taken' "
            "AND body ->> '$.signed_at' >= ? ORDER BY body ->> '$.signed_at' DESC LIMIT ?"
        )
        with self._reading():
            rows = self._database.execute(sql, [day, limit]).fetchall()
        return tuple(dict.fromkeys(str(each[0]) for each in rows))

    def taken_by(
        self, certificates: Collection[str], after: tuple[str, str], many: int
    ) -> tuple[tuple[str, ...], tuple[str, str] | None]:
        """Of so many reports, by their signature's day, those that these certificates signed.

        Answers their streams, and how far it looked, to go on after that; None at the end.
        """
        with self._reading():
            values = [after[0], *after, many]
            rows = self._database.execute(_BY_CERTIFICATE, values).fetchall()
        found = dict.fromkeys(str(stream) for _, stream, by in rows if by in certificates)
        last = (str(rows[-1][0]), str(rows[-1][1])) if len(rows) == many else None
        return tuple(found), last

    def took(self, stream: str, sha256: str) -> bool:
        """Whether that report was taken in in that stream."""
        sql = f"{_TAKEN} AND taken.stream = ? AND taken.body ->> '$.sha256' = ?"
        with self._reading():
            return self._database.execute(sql, [stream, sha256]).fetchone() is not None

    def home_of(self, sha256: str) -> str:
        """The stream that a paper is kept in; empty where it is not kept."""
        with self._reading():
            sql = "SELECT stream FROM document WHERE sha256 = ?"
            found = self._database.execute(sql, [sha256]).fetchone()
        return str(found[0]) if found else ""

    def answered(self, kind: str, limit: int) -> tuple[str, ...]:
        """The ``sha256`` that the last streams' entries of a kind name, the last stream first."""
        sql = (
            f"SELECT body ->> '$.sha256' FROM entry WHERE kind = ? AND {ON_THE_WAY} "  # noqa: S608 - no value is put in
            "ORDER BY stream DESC LIMIT ?"
        )
        with self._reading():
            return tuple(str(each[0]) for each in self._database.execute(sql, [kind, limit]))

    def ids(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The ids that begin with these letters, the last written first."""
        sql = (
            "SELECT entry_id FROM entry WHERE entry_id >= ? AND entry_id < ? "
            "ORDER BY seq DESC LIMIT ?"
        )
        with self._reading():
            found = self._database.execute(sql, [prefix, f"{prefix}\U0010ffff", limit])
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

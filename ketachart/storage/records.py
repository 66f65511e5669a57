"""Reads and writes the ledger's tables, one record at a time; the promises are in ``ledger.py``."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from ketachart.domain.chain import GENESIS
from ketachart.errors import LedgerDamaged, LedgerError
from ketachart.storage.bodies import EACH, LONG, Bodies, hash_of, keep_body
from ketachart.storage.chain import START, chain_of, link_of
from ketachart.storage.entry import Document, Draft, Head, KeptCredential, Row
from ketachart.storage.vault import Database

CLINIC = "clinic"
"""The stream of the clinic itself."""

_COLUMNS = (
    "seq", "stream", "number", "entry_id", "kind", "version", "body", "author", "at", "recorded_at",
    "elapsed_ms", "session", "supersedes", "chain", "link", "gone",
)  # fmt: skip
_TOLD = {"body": "coalesce(kept.text, one.body)", "gone": "coalesce(one.gone, '')"}
_ASKED = ", ".join(_TOLD.get(name, f"one.{name}") for name in _COLUMNS)
_ENTRY = {
    table: f"SELECT {_ASKED}, one.body_in "  # noqa: S608 - only the names above are put in
    f"FROM entry AS one LEFT JOIN {table} AS kept ON kept.sha256 = one.body_in"
    for table in EACH
}

_KEPT = tuple(name for name in _COLUMNS if name != "gone")
_INSERT = f"INSERT INTO entry ({', '.join(_KEPT)}, body_in) VALUES ({'?, ' * len(_KEPT)}?)"  # noqa: S608 - only the names above are put in


def _values(record: Document | KeptCredential) -> dict[str, object]:
    """The fields of a record by name; not ``asdict``, which copies a PDF of megabytes first."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def rows_of(selected: Iterable[tuple[object, ...]], *, as_it_stands: bool = False) -> Iterator[Row]:
    """Entries from what a query answered, one at a time.

    ``as_it_stands``: also one whose long body was altered, for a check that names it by its chain.

    Raises:
        LedgerDamaged: a long body is not what its hash says, or zeros stand in an entry. The
            library gives them without a word for the last page of a long entry whose seal is
            broken; no entry holds them as it was written.
    """
    for *values, body_in in selected:
        row = Row(**dict(zip(_COLUMNS, values, strict=True)))  # type: ignore[arg-type]
        if "\0" in row.body:
            raise LedgerDamaged(
                f"A part of an entry of “{row.stream}” cannot be read. Chart on paper, change "
                "nothing in the folder, and restore the last good backup."
            )
        if body_in is not None and not as_it_stands and hash_of(row.body) != body_in:
            raise LedgerDamaged(
                f"Entry {row.number} of “{row.stream}” is not as it was written. Chart on paper, "
                "change nothing in the folder, and restore the last good backup."
            )
        yield row


def entries_of(database: Database, stream: str, bodies: Bodies = "body") -> tuple[Row, ...]:
    """All entries of one stream, in the order in which they were written.

    Where ``bodies`` cannot be read the same long bodies can be asked of the other table.
    """
    sql = f"{_ENTRY[bodies]} WHERE one.stream = ? ORDER BY one.number"
    return _rows(database, sql, stream)


def entries_of_kinds(
    database: Database, stream: str, kinds: Sequence[str], bodies: Bodies = "body"
) -> tuple[Row, ...]:
    """The entries of one stream that are of these kinds, in the order in which they were written.

    The bodies of the others, a visit's whole protocol among them, are not even decrypted.
    """
    marks = ", ".join("?" * len(kinds))
    # An index of the clinic's own stream by kind answers only where it is named.
    where = f"one.stream = '{CLINIC}'" if stream == CLINIC else "one.stream = ?"
    values = kinds if stream == CLINIC else (stream, *kinds)
    sql = f"{_ENTRY[bodies]} WHERE {where} AND one.kind IN ({marks}) ORDER BY one.number"
    return tuple(rows_of(database.execute(sql, list(values))))


def entries_planned(database: Database, day: str) -> tuple[Row, ...]:
    """Every edition of each plan of the clinic that asks for a visit on that day or later."""
    items = (
        "SELECT body ->> '$.item' FROM entry INDEXED BY entry_planned "
        "WHERE kind = 'visit-planned' AND body ->> '$.day' >= ?"
    )
    of_plan = "one.kind = 'visit-planned' AND one.body ->> '$.item'"
    sql = f"{_ENTRY['body']} WHERE {of_plan} IN ({items}) ORDER BY one.number"
    return _rows(database, sql, day)


def streams_of(database: Database, prefix: str) -> tuple[str, ...]:
    """The names of all streams that begin with these letters."""
    # By bounds, not by LIKE: an index answers it, and capitals make a difference.
    found = database.execute(
        "SELECT DISTINCT stream FROM entry WHERE stream >= ? AND stream < ? ORDER BY stream",
        [prefix, f"{prefix}\U0010ffff"],
    )
    return tuple(str(each[0]) for each in found)


def entries_between(
    database: Database, after: int, until: int, kinds: Sequence[str], bodies: Bodies = "body"
) -> tuple[Row, ...]:
    """The entries of these kinds after one ``seq`` and up to another, in that order."""
    marks = ", ".join("?" * len(kinds))
    where = f"one.seq > ? AND one.seq <= ? AND +one.kind IN ({marks})"
    sql = f"{_ENTRY[bodies]} WHERE {where} ORDER BY one.seq"
    return tuple(rows_of(database.execute(sql, [after, until, *kinds])))


def entries_after_number(database: Database, stream: str, number: int) -> tuple[Row, ...]:
    """The entries of one stream that follow that number."""
    sql = f"{_ENTRY['body']} WHERE one.stream = ? AND one.number > ? ORDER BY one.number"
    return tuple(rows_of(database.execute(sql, [stream, number])))


def entry_with(database: Database, entry_id: str, bodies: Bodies = "body") -> Row | None:
    """The entry of that id, if it is stored."""
    found = _rows(database, f"{_ENTRY[bodies]} WHERE one.entry_id = ?", entry_id)
    return found[0] if found else None


def entries_after(
    database: Database, seq: int, bodies: Bodies = "body", *, as_it_stands: bool = False
) -> Iterator[Row]:
    """The entries of the whole ledger that follow ``seq``, one at a time; see `rows_of`."""
    found = database.execute(f"{_ENTRY[bodies]} WHERE one.seq > ? ORDER BY one.seq", [seq])
    return rows_of(found, as_it_stands=as_it_stands)


def _rows(database: Database, sql: str, value: str) -> tuple[Row, ...]:
    return tuple(rows_of(database.execute(sql, [value])))


def head_of(database: Database) -> Head:
    """The last entry of the ledger."""
    found = database.execute("SELECT seq, link FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*found) if found else START


def end_of(database: Database, stream: str) -> tuple[int, str]:
    """Number and chain of a stream's last entry; 0 and 64 zeros where it has none."""
    found = database.execute(
        "SELECT number, chain FROM entry WHERE stream = ? ORDER BY number DESC LIMIT 1", [stream]
    ).fetchone()
    return (int(found[0]), str(found[1])) if found else (0, GENESIS)


def numbered(database: Database, drafts: Iterable[Draft]) -> tuple[Row, ...]:
    """The drafts as the next entries: numbered and chained, not stored."""
    head = head_of(database)
    ends: dict[str, tuple[int, str]] = {}
    rows = []
    for draft in drafts:
        number, chain = ends.get(draft.stream) or end_of(database, draft.stream)
        chain = chain_of(draft, number + 1, chain)
        head = Head(head.seq + 1, link_of(head.seq + 1, chain, head.link))
        ends[draft.stream] = (number + 1, chain)
        rows.append(Row.of(draft, seq=head.seq, number=number + 1, chain=chain, link=head.link))
    return tuple(rows)


def already_stored(database: Database, drafts: Sequence[Draft]) -> tuple[Row, ...]:
    """The rows of drafts that were handed in before; nothing if none of them was.

    Raises:
        LedgerError: an id is in use for something else, or only a part of them is stored.
    """
    known = [draft.entry_id for draft in drafts if _is_known(database, draft.entry_id)]
    if not known:
        return ()
    found = [entry_with(database, entry_id) for entry_id in known]
    rows = tuple(row for row in found if row is not None)
    if rows and [row.as_draft() for row in rows] != list(drafts):
        raise LedgerError(
            "An entry with the same mark but another content is stored already. Nothing was "
            "saved: look at the chart, and enter this again."
        )
    return rows


def _is_known(database: Database, entry_id: str) -> bool:
    found = database.execute("SELECT 1 FROM entry WHERE entry_id = ?", [entry_id]).fetchone()
    return found is not None


def insert_entry(database: Database, row: Row) -> None:
    """Keep an entry; the triggers refuse any but the next one. A long body is kept once."""
    body, body_in = row.body, None
    if len(body) > LONG:
        body, body_in = "{}", keep_body(database, body)
    values = [body if name == "body" else getattr(row, name) for name in _KEPT]
    database.execute(_INSERT, [*values, body_in])


def insert_document(database: Database, document: Document) -> None:
    """Keep a paper."""
    database.table("document").insert(_values(document))


def document_with(database: Database, sha256: str) -> Document | None:
    """The paper with that hash, if it is kept; its content is compared with the hash."""
    found = database.execute(
        "SELECT sha256, stream, kind, name, made_at, content FROM document WHERE sha256 = ?",
        [sha256],
    ).fetchone()
    return _whole(Document(*found)) if found else None


def documents_of(database: Database, stream: str) -> tuple[Document, ...]:
    """The papers of a stream, oldest first; their contents are compared with their hashes."""
    found = database.execute(
        "SELECT sha256, stream, kind, name, made_at, content FROM document WHERE stream = ? "
        "ORDER BY made_at, rowid",
        [stream],
    )
    return tuple(_whole(Document(*each)) for each in found)


def is_whole(document: Document) -> bool:
    """Whether the content is what its hash says."""
    return hashlib.sha256(document.content).hexdigest() == document.sha256


def _whole(document: Document) -> Document:
    if not is_whole(document):
        raise LedgerDamaged(
            f"The kept copy of “{document.name}” is not as it was written. Do not hand it out: "
            "restore the last good backup."
        )
    return document


def insert_credential(
    database: Database, kept: KeptCredential, *, relocked: bool = False
) -> KeptCredential:
    """Keep a credential, once: the same certificate of the same holder is not kept twice.

    Unless its key was locked anew, with another passphrase: then the last one counts.
    """
    for each in credentials_of(database, kept.holder, kept.kind):
        if each.certificate_pem == kept.certificate_pem and (
            not relocked or each.pkcs12 == kept.pkcs12
        ):
            return each
    numbered = replace(kept, serial=_next_serial(database))
    database.table("credential").insert(_values(numbered))
    return numbered


def insert_act(database: Database, rows: Sequence[Row], documents: Sequence[Document]) -> None:
    """Keep the entries and papers of one act; the caller makes it all or nothing."""
    for row in rows:
        insert_entry(database, row)
    for document in documents:
        insert_document(database, document)


def _next_serial(database: Database) -> int:
    found = database.execute("SELECT coalesce(max(serial), 0) + 1 FROM credential").fetchone()
    return int(found[0])


def credentials_of(database: Database, holder: str, kind: str) -> tuple[KeptCredential, ...]:
    """The credentials of a holder, oldest certificate first, each as it was locked last."""
    found = database.execute(
        "SELECT serial, made_at, certificate_pem, pkcs12 FROM credential "
        "WHERE holder = ? AND kind = ? ORDER BY serial",
        [holder, kind],
    )
    each: dict[str, KeptCredential] = {}
    for serial, made_at, certificate_pem, pkcs12 in found:
        each[certificate_pem] = KeptCredential(
            serial=serial,
            holder=holder,
            kind=kind,
            made_at=made_at,
            certificate_pem=certificate_pem,
            pkcs12=pkcs12,
        )
    return tuple(each.values())


def setting_of(database: Database, key: str) -> str | None:
    """A setting, or None where it was never set."""
    found = database.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
    return str(found[0]) if found else None


def put_setting(database: Database, key: str, value: str) -> None:
    """Write a setting over the old one."""
    database.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )

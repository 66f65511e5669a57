"""A signed visit's content leaves, and nothing else can: nothing before an entry says so."""

import json
import multiprocessing
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlcipher3 import dbapi2

from ketachart.domain.facts import Gone
from ketachart.errors import LedgerError, NotSaved
from ketachart.storage import codec
from ketachart.storage import folder as place
from ketachart.storage.bodies import LONG
from ketachart.storage.canonical import canonical
from ketachart.storage.departing import Leaving, take_over
from ketachart.storage.entry import Shelved
from ketachart.storage.ledger import Ledger
from ketachart.storage.triggers import TRIGGERS
from ketachart.storage.vault import open_database, unguarded
from tests.storage.making import draft, new_ledger, paper, reopened, shelved, unlocked

WORDS = "Zenobia"
"""Stands in every place that tells of the patient, and nowhere else."""
LONG_WORDS = f"{WORDS} " + "said much " * (LONG // 10)
PROTOCOL = "limits " * (LONG // 7 + 1)
LEFT = Shelved("visit-1", "2026-03-02", "", "left", '{"number":"260302-01"}')


def fill(ledger):
    """A signed visit with a plan, a question and a paper, and another visit beside it."""
    ledger.append([draft("plan", "clinic", kind="visit-planned", said=WORDS)])
    ledger.append([draft("stock", "clinic", kind="vial-received", said="V1")])
    ledger.append(
        [
            draft(1, kind="protocol-adopted", said=PROTOCOL),
            draft(2, said=WORDS),
            draft(3, kind="vial-taken", said="V1"),
            draft(4, kind="entry-struck", said="typed twice", supersedes="visit-1/3"),
            draft(5, kind="entry-struck", said=WORDS, supersedes="visit-1/2"),
            draft(6, said=LONG_WORDS),
            draft(7, kind="visit-signed", said=WORDS),
            draft(8, kind="report-signed"),
        ],
        shelved=replace(shelved(status="signed", label=WORDS), mrn=WORDS),
        documents=[paper(WORDS.encode() * 3000)],
    )
    ledger.append(
        [draft(1, "visit-2", kind="protocol-adopted", said=PROTOCOL), draft(2, "visit-2")]
    )
    ledger.append(
        [
            draft("asked", "post:visit-1", kind="question-asked", said=WORDS),
            draft("receipt", "post:visit-1", kind="receipt-taken", said="here"),
        ],
        documents=[paper(b"countersigned " + WORDS.encode(), "post:visit-1")],
    )
    return ledger


def said_left(ledger, stream="visit-1", **other):
    """The entry that says that a visit left."""
    rows = ledger.stream(stream)
    told = {"stream": stream, "entries": len(rows), "chain": rows[-1].chain if rows else ""}
    body = canonical({**told, **other})
    return replace(draft("left-1", "laptop", kind="visit-left"), body=body)


LEAVING = Leaving(
    stream="visit-1",
    by="laptop/left-1",
    stays=("vial-taken", "receipt-taken"),
    also=("clinic/plan",),
    shelved=LEFT,
)


@pytest.fixture
def filled(ledger):
    return fill(ledger)


def everything(database):
    """Every value of every table, as text."""
    tables = [
        row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    return {
        name: [tuple(map(str, row)) for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608 - own names
        for name in tables
    }


def decrypted(folder):
    """The ledger's pages behind SQLite's back, freed ones and what is free in them included.

    SQLCipher 4: AES-256-CBC, each page's vector in its last 80 bytes, the salt first of all.
    """
    key = bytes.fromhex(unlocked(folder).key_hex96[:64])
    content = place.ledger_file(folder).read_bytes()
    for start in range(0, len(content), 4096):
        page = content[start + (16 if start == 0 else 0) : start + 4096]
        opened = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        yield opened.update(page[:-80]) + opened.finalize()


def is_anywhere(folder, words):
    return any(words.encode() in page for page in decrypted(folder))


def test_the_patients_words_are_in_no_table_and_on_no_page_of_the_file_afterwards(filled, folder):
    before = filled.stream("visit-1")
    log = place.ledger_file(folder).with_name("ledger.db-wal")
    filled.settle()
    assert is_anywhere(folder, WORDS)
    filled.let_go([said_left(filled)], [LEAVING])
    assert WORDS not in str(everything(filled._database))
    assert log.stat().st_size == 0
    assert not is_anywhere(folder, WORDS)
    assert is_anywhere(folder, "limits limits")  # the other visit's protocol, kept once, stays

    after = filled.stream("visit-1")
    assert [replace(row, body="", gone="") for row in after] == [
        replace(row, body="") for row in before
    ]
    stays = {3, 4}
    assert {row.number for row in after if not row.gone} == stays
    assert [row.body for row in after if row.number in stays] == [before[2].body, before[3].body]
    assert json.loads(filled.stream("visit-2")[0].body)["said"] == PROTOCOL
    assert [row.gone for row in filled.stream("post:visit-1")] == ["laptop/left-1", ""]
    assert [row.gone for row in filled.stream("clinic")] == ["laptop/left-1", ""]
    assert filled.documents("visit-1") == filled.documents("post:visit-1") == ()
    assert filled.shelf() == (LEFT,)
    assert filled.shelf(search=WORDS) == filled.shelf_of_mrn(WORDS) == ()
    assert filled.departed("visit-1").entry_id == "laptop/left-1"
    assert filled.departed("visit-2") is None


def test_both_chains_hold_and_the_rest_can_be_charted_in(filled, folder):
    filled.let_go([said_left(filled)], [LEAVING])
    assert filled.verify() == ()
    filled.append([draft(3, "visit-2")])
    filled.append([draft("late", "post:visit-1", kind="question-asked")])
    filled.close()
    with reopened(folder) as again:
        assert again.verify() == ()
        assert codec.fact_of(again.stream("visit-1")[1]) == Gone(
            at=codec.fact_of(again.stream("visit-1")[1]).at, kind="vitals-taken", by="laptop/left-1"
        )


def test_nothing_is_added_to_a_visit_that_left(filled):
    filled.let_go([said_left(filled)], [LEAVING])
    with pytest.raises(LedgerError, match="nothing of it was saved") as told:
        filled.append([draft(9, kind="addendum-written")])
    assert "this visit left the laptop" in str(told.value.__cause__)


@pytest.mark.parametrize(
    ("said", "leaving"),
    [
        ({"stream": "visit-2"}, {}),
        ({"stream": "clinic"}, {"stream": "clinic"}),
        ({"stream": "visit-2"}, {"stream": "visit-2"}),
        ({}, {"stream": "visit-2"}),
        ({}, {"by": "laptop/other"}),
        ({}, {"by": "visit-1/7"}),
        ({}, {"also": ("clinic/stock",)}),
        ({}, {"also": ("visit-2/2",)}),
    ],
    ids=[
        "said of another", "of the clinic", "of a visit not signed", "of none of it",
        "not said", "said by another entry", "stock along with it", "another visit along with it",
    ],
)  # fmt: skip
def test_nothing_leaves_that_no_entry_rightly_says_left(filled, said, leaving):
    before = everything(filled._database)
    with pytest.raises(LedgerError):
        filled.let_go([said_left(filled, **said)], [replace(LEAVING, **leaving)])
    assert everything(filled._database) == before


EMPTY = "UPDATE entry SET body = '{}', body_in = NULL"
AFTERWARDS = {
    "another entry emptied": f"{EMPTY}, gone = 'laptop/left-1' WHERE stream = 'visit-2'",
    "the clinic's emptied": f"{EMPTY}, gone = 'laptop/left-1' WHERE kind = 'vial-received'",
    "one emptied without a word": f"{EMPTY} WHERE stream = 'visit-2'",
    "one that stays rewritten": "UPDATE entry SET body = '[]', gone = 'laptop/left-1' "
    "WHERE stream = 'visit-1' AND gone IS NULL",
    "content given back": "UPDATE entry SET body = '[1]' WHERE gone IS NOT NULL",
    "said by another": "UPDATE entry SET gone = 'visit-2/1' WHERE gone IS NOT NULL",
    "said no more": "UPDATE entry SET gone = NULL WHERE gone IS NOT NULL",
    "a chain set": "UPDATE entry SET chain = link",
    "a paper deleted": "DELETE FROM document",
    "a protocol deleted": "DELETE FROM body",
    "a protocol changed": "UPDATE body SET text = '{}'",
    "a protocol replaced": "INSERT OR REPLACE INTO body SELECT sha256, '{}' FROM body",
    "a departure made up": "INSERT INTO departed VALUES ('visit-2', 'laptop/left-1')",
    "a departure of nothing": "INSERT INTO departed VALUES ('visit-2', 'no such entry')",
    "a departure taken back": "DELETE FROM departed",
    "a departure changed": "UPDATE departed SET stream = 'visit-2'",
    "a departure replaced": "INSERT OR REPLACE INTO departed "
    "SELECT stream, 'visit-2/1' FROM departed",
    "an entry made empty": "INSERT INTO entry "
    "SELECT seq + 1, stream, number + 1, 'new', kind, version, body, author, at, recorded_at, "
    "elapsed_ms, session, supersedes, chain, link, NULL, "
    "'laptop/left-1' FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
}


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """One ledger for all that must leave it as it is."""
    with fill(new_ledger(tmp_path_factory.mktemp("left"))) as ledger:
        ledger.let_go([said_left(ledger)], [LEAVING])
        ledger.append(
            [draft(1, "visit-3", kind="visit-signed")], documents=[paper(b"kept", "visit-3")]
        )
        yield ledger
        assert ledger.verify() == ()


@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without the guard"])
@pytest.mark.parametrize("sql", AFTERWARDS.values(), ids=list(AFTERWARDS))
def test_nothing_else_is_changed_by_raw_statements(left, sql, guarded):
    connection = left._database.conn
    before = everything(left._database)
    if guarded:
        with pytest.raises(dbapi2.DatabaseError):
            connection.execute(sql)
    else:
        with unguarded(left._database), pytest.raises(dbapi2.IntegrityError):
            connection.execute(sql)
    if connection.in_transaction:
        connection.rollback()
    assert everything(left._database) == before


def test_a_kill_before_the_commit_leaves_the_visit_whole_and_one_after_it_wholly_gone(
    filled, monkeypatch
):
    before = everything(filled._database)

    def cut(*_args):
        raise NotSaved("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("ketachart.storage.departing.seeking.put", cut)
        with pytest.raises(NotSaved):
            filled.let_go([said_left(filled)], [LEAVING])
    assert everything(filled._database) == before
    said = said_left(filled)
    first = filled.let_go([said], [LEAVING])
    assert filled.let_go([said], [LEAVING]) == first


def killed_while_leaving(folder, step):
    """A process that is killed at the given statement of a departure."""
    import os

    with reopened(folder) as ledger:
        seen = 0

        def watch(_statement):
            nonlocal seen
            seen += 1
            if seen == step:
                os._exit(9)

        ledger._database.conn.set_trace_callback(watch)
        ledger.let_go([said_left(ledger)], [LEAVING])
        os._exit(0)


def test_a_kill_at_any_statement_leaves_it_whole_or_wholly_gone(filled, folder):
    filled.close()
    whole = gone = 0
    for step in (2, 8, 14, 20, 26, 28, 30, 32, 34, 36, 40, 60):
        process = multiprocessing.get_context("fork").Process(
            target=killed_while_leaving, args=(folder, step)
        )
        process.start()
        process.join()
        with reopened(folder) as again:
            emptied = {
                bool(row.gone) for row in again.stream("visit-1") if row.number not in {3, 4}
            }
            assert len(emptied) == 1
            is_gone = emptied.pop()
            assert (again.departed("visit-1") is not None) == is_gone
            assert (not again.documents("visit-1")) == is_gone
            assert bool(again.stream("laptop")) == is_gone
            assert again.verify() == ()
        whole, gone = whole + (not is_gone), gone + is_gone
        if is_gone:
            break
    assert whole
    assert gone


def emptied_behind_our_back(folder, sql):
    opened = open_database(place.ledger_file(folder), unlocked(folder).key_hex96)
    with unguarded(opened):
        opened.execute("DROP TRIGGER entry_no_update")
        opened.execute(sql)
        opened.execute(TRIGGERS["entry_no_update"])
    opened.close()


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        (
            f"{EMPTY}, gone = 'made up' WHERE entry_id = 'visit-2/2'",
            "Entry 2 of “visit-2” has lost",
        ),
        (f"{EMPTY}, gone = 'laptop/left-1' WHERE entry_id = 'visit-2/2'", "Entry 2 of “visit-2”"),
        (f"{EMPTY}, gone = 'laptop/left-1' WHERE entry_id = 'clinic/stock'", "Entry 2 of “clinic”"),
        (
            "UPDATE entry SET body = '[]' WHERE entry_id = 'visit-1/2'",
            "Entry 2 of “visit-1” is not",
        ),
        ("UPDATE entry SET chain = link WHERE entry_id = 'visit-1/2'", "does not follow"),
    ],
)
def test_content_taken_away_by_someone_with_the_key_is_named(filled, folder, sql, named):
    filled.let_go([said_left(filled)], [LEAVING])
    unwrapped = filled.unwrapped
    filled.close()
    emptied_behind_our_back(folder, sql)
    with Ledger.open(folder, unwrapped) as again:
        assert named in again.read_only.sentence


def test_a_departure_that_tells_another_chain_is_named(filled):
    filled.let_go([said_left(filled, chain="0" * 64)], [LEAVING])
    assert [fault.code for fault in filled.verify()] == ["entry-emptied"]


def test_entries_of_another_copy_are_taken_over_as_they_stood_there(filled, tmp_path):
    filled.let_go([said_left(filled)], [LEAVING])
    rows = [row for stream in ("clinic", "visit-1", "visit-2", "post:visit-1", "laptop")
            for row in filled.stream(stream)]  # fmt: skip
    rows.sort(key=lambda row: row.seq)
    with new_ledger(tmp_path / "other") as other:
        with other._one_act() as database:
            take_over(database, rows)
        assert other.verify() == ()
        assert other.stream("visit-1") == filled.stream("visit-1")


def test_a_long_body_is_kept_once_and_given_back_whole(filled):
    kept = filled._database.execute("SELECT length(text) FROM body").fetchall()
    assert len(kept) == 2
    ours = [filled.stream(name)[0].body for name in ("visit-1", "visit-2")]
    assert [json.loads(body)["said"] for body in ours] == [PROTOCOL, PROTOCOL]
    plain = filled._database.execute("SELECT DISTINCT body FROM entry WHERE body_in IS NOT NULL")
    assert plain.fetchall() == [("{}",)]


def test_a_long_body_changed_by_someone_with_the_key_is_named_by_its_entry(filled, folder):
    filled.close()
    opened = open_database(place.ledger_file(folder), unlocked(folder).key_hex96)
    with unguarded(opened):
        opened.execute("DROP TRIGGER body_no_update")
        opened.execute("UPDATE body SET text = replace(text, 'limits', 'limit5')")
        opened.execute(TRIGGERS["body_no_update"])
    opened.close()
    with Ledger.open(folder, filled.unwrapped) as again:
        assert "Entry 1 of “visit-1” is not as it was written" in again.read_only.sentence

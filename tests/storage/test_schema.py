"""The tables are exactly those that were shipped, and older ones are brought up to them."""

from dataclasses import asdict

import pytest
from sqlcipher3 import dbapi2

from ketachart.errors import LedgerError, LedgerForeign, LedgerReadOnly
from ketachart.storage import folder as place
from ketachart.storage import records, schema
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, translated, unguarded
from tests.storage.making import draft, reopened, unlocked

KEY = "ab" * 48


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "ledger.db"
    place.create_empty(path)
    opened = open_database(path, KEY)
    yield opened
    opened.close()


def changed(folder, *statements):
    """Changes a closed ledger as someone with the key could."""
    opened = open_database(place.ledger_file(folder), unlocked(folder).key_hex96)
    with unguarded(opened):
        for statement in statements:
            opened.execute(statement)
    opened.close()


def test_a_new_ledger_has_the_shipped_tables(database):
    schema.create(database, schema.Meta("ledger-1", "2026-03-02", "0.1.0"))
    assert schema.fingerprint(database) == schema.FINGERPRINT
    assert schema.meta_of(database) == schema.Meta("ledger-1", "2026-03-02", "0.1.0")
    assert database.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
    assert database.execute("PRAGMA application_id").fetchone() == (0x4B657461,)


def test_every_table_refuses_values_of_the_wrong_kind(database):
    schema.create(database, schema.Meta("ledger-1", "2026-03-02", "0.1.0"))
    tables = [
        row[0] for row in database.execute("SELECT sql FROM sqlite_schema WHERE type='table'")
    ]
    assert len(tables) == 10
    assert all("STRICT" in sql.rsplit(")", 1)[1] for sql in tables)


def row(**other):
    return {**asdict(records_row()), "gone": None, **other}


def records_row():
    from ketachart.storage.chain import GENESIS
    from ketachart.storage.entry import Row

    return Row(**asdict(draft(1)), seq=1, number=1, chain=GENESIS, link=GENESIS)


@pytest.mark.parametrize(
    "other",
    [
        {"seq": 2},
        {"seq": 0},
        {"seq": None},
        {"number": 2},
        {"number": 0},
        {"body": "{"},
        {"body": None},
        {"version": 0},
        {"version": "one"},
        {"elapsed_ms": -1},
        {"elapsed_ms": 1.5},
        {"stream": ""},
        {"stream": None},
        {"entry_id": ""},
        {"kind": ""},
        {"author": None},
        {"chain": "short"},
        {"link": "short"},
        {"at": b"bytes"},
    ],
)
def test_a_row_that_is_not_sound_is_refused(ledger, other):
    database = ledger._database
    with pytest.raises(LedgerError), translated():
        database.table("entry").insert(row(**other))
    database.table("entry").insert(row())


@pytest.mark.parametrize(
    "other",
    [
        {"seq": 1, "number": 2, "entry_id": "new"},
        {"seq": 3, "number": 2, "entry_id": "new"},
        {"seq": 2, "number": 1, "entry_id": "new"},
        {"seq": 2, "number": 3, "entry_id": "new"},
        {"seq": 2, "number": 1, "stream": "visit-2"},
    ],
)
def test_only_the_next_entry_is_taken_and_only_once(ledger, other):
    database = ledger._database
    database.table("entry").insert(row())
    with pytest.raises(dbapi2.IntegrityError, match="only the next one, and only once"):
        database.table("entry").insert(row(**other))
    for sql in (
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT OR IGNORE INTO entry SELECT * FROM entry",
    ):
        with pytest.raises(dbapi2.IntegrityError, match="only the next one"):
            database.execute(sql)
    database.table("entry").insert(row(seq=2, number=2, entry_id="new"))


def test_a_signed_visit_takes_only_its_report_and_addenda(ledger):
    ledger.append([draft(1), draft(2, kind="visit-signed")])
    for kind in ("vitals-taken", "visit-signed", "entry-struck"):
        for act in (
            [draft(3, kind=kind)],
            [draft(3, kind="addendum-written"), draft(4, kind=kind)],
        ):
            with pytest.raises(LedgerError, match="nothing of it was saved") as told:
                ledger.append(act)
            assert "this visit is signed" in str(told.value.__cause__)
    ledger.append([draft(3, kind="report-signed"), draft(4, kind="addendum-written")])
    ledger.append([draft(1, "visit-2")])
    assert [each.number for each in ledger.stream("visit-1")] == [1, 2, 3, 4]


def test_whether_a_visit_is_signed_is_answered_by_an_index(ledger):
    plan = ledger._database.execute(
        "EXPLAIN QUERY PLAN SELECT 1 FROM entry WHERE stream = ? AND kind = 'visit-signed'", ["v"]
    ).fetchall()
    assert "entry_signed" in str(plan)


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TRIGGER entry_no_update"],
        ["DROP TRIGGER entry_next_and_new"],
        ["CREATE TRIGGER extra AFTER INSERT ON entry BEGIN DELETE FROM shelf; END"],
        ["ALTER TABLE shelf ADD COLUMN extra TEXT"],
        ["DROP INDEX shelf_mrn"],
        ["CREATE TABLE extra (x)"],
    ],
)
def test_a_ledger_whose_protection_was_altered_is_not_charted_in(folder, ledger, statements):
    ledger.append([draft(1)])
    unwrapped = ledger.unwrapped
    ledger.close()
    changed(folder, *statements)
    before = place.ledger_file(folder).read_bytes()
    with Ledger.open(folder, unwrapped) as opened:
        assert "protection was altered" in opened.read_only.sentence
        assert len(opened.stream("visit-1")) == 1
        with pytest.raises(LedgerReadOnly, match="protection was altered"):
            opened.append([draft(2)])
    assert place.ledger_file(folder).read_bytes() == before


def test_a_ledger_of_a_newer_ketachart_is_left_alone(folder, ledger):
    ledger.close()
    changed(folder, f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    before = place.ledger_file(folder).read_bytes()
    with reopened(folder) as newer:
        assert newer.read_only.why == "newer"
        with pytest.raises(LedgerReadOnly, match="install the newer version"):
            newer.append([draft(1)])
    assert place.ledger_file(folder).read_bytes() == before


def test_an_encrypted_file_of_another_program_is_left_alone(folder, ledger):
    unwrapped = ledger.unwrapped
    ledger.close()
    path = place.ledger_file(folder)
    path.unlink()
    place.create_empty(path)
    opened = open_database(path, unwrapped.key_hex96)
    with unguarded(opened):
        opened.execute("CREATE TABLE recipes (name TEXT)")
    opened.close()
    before = path.read_bytes()
    with pytest.raises(LedgerForeign, match="not a KetaChart ledger"):
        Ledger.open(folder, unwrapped)
    assert path.read_bytes() == before


def test_a_later_step_keeps_the_entries_and_makes_the_triggers_anew(ledger):
    ledger.append([draft(1)])
    database = ledger._database
    # sqlite-utils' transform() makes the table anew and drops its triggers without a word.
    with unguarded(database):
        database.table("entry").transform(types={"body": str})
        assert not database.table("entry").triggers
    step = ("ALTER TABLE shelf ADD COLUMN colour TEXT",)
    schema.upgrade(database, (*schema.MIGRATIONS, step))
    assert database.execute("PRAGMA user_version").fetchone() == (3,)
    assert {each.name for each in database.triggers} == set(schema.TRIGGERS)
    assert [each.entry_id for each in ledger.stream("visit-1")] == ["visit-1/1"]
    with pytest.raises(dbapi2.Error):
        database.execute("DELETE FROM entry")


def test_a_step_that_fails_changes_nothing(ledger):
    database = ledger._database
    steps = (*schema.MIGRATIONS, ("ALTER TABLE shelf ADD COLUMN colour TEXT", "NOT A STATEMENT"))
    with pytest.raises(LedgerError):
        schema.upgrade(database, steps)
    assert schema.fingerprint(database) == schema.FINGERPRINT
    assert database.execute("PRAGMA user_version").fetchone() == (2,)
    ledger.append([draft(1)])


def test_a_ledger_that_does_not_say_which_it_is_is_not_opened(folder, ledger):
    ledger.close()
    changed(
        folder, "DROP TRIGGER meta_no_delete", "DELETE FROM meta", schema.TRIGGERS["meta_no_delete"]
    )
    with reopened(folder) as nameless:
        assert nameless.read_only.why == "damaged"
        assert "does not say which one" in nameless.read_only.sentence


def test_no_two_entries_of_the_ledger_can_carry_one_id(ledger):
    ledger.append([draft(1)])
    assert records.entry_with(ledger._database, "visit-1/1") is not None
    assert records.entry_with(ledger._database, "visit-1/2") is None

"""The file is encrypted and durable, and nothing charted can be changed through the connection."""

import importlib
import pkgutil
import subprocess
import sys

import pytest
import sqlcipher3
import sqlite_utils.db
from sqlcipher3 import dbapi2

import ketachart.storage
from ketachart.errors import (
    DiskFull,
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerInUse,
    NotSaved,
)
from ketachart.storage import folder as place
from ketachart.storage import vault
from ketachart.storage.vault import Doing, bare_rows, open_database, translated
from tests.storage.making import draft, new_ledger, paper, shelved

ALL = [each.name for each in pkgutil.iter_modules(ketachart.storage.__path__)]


@pytest.mark.parametrize("first", ["vault", "records", "checkup", "ledger"])
def test_whichever_module_comes_first_sqlite_utils_speaks_to_sqlcipher(first):
    asked = (
        f"import sys, importlib; importlib.import_module('ketachart.storage.{first}')\n"
        f"for name in {ALL}: importlib.import_module('ketachart.storage.' + name)\n"
        "import sqlite3, sqlcipher3, sqlite_utils, sqlite_utils.db as db\n"
        "assert db.sqlite3 is sqlcipher3 and db.sqlite3 is not sqlite3\n"
        "assert db.OperationalError is sqlcipher3.dbapi2.OperationalError\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_module_of_the_storage_is_importable_and_stdlib_sqlite_is_not_in_use():
    import sqlite3

    for name in ALL:
        importlib.import_module(f"ketachart.storage.{name}")
    assert sqlite_utils.db.sqlite3 is not sqlite3
    assert sqlite_utils.db.sqlite3 is sqlcipher3


def test_a_program_that_imported_sqlite_utils_first_is_stopped():
    asked = "import sqlite_utils, ketachart.storage.vault"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert b"ImportError: sqlite_utils was imported before" in done.stderr


def test_the_library_is_the_one_that_was_measured(ledger):
    connection = ledger._database.conn
    assert connection.execute("PRAGMA cipher_version").fetchone() == ("4.19.0 community",)
    assert sqlcipher3.dbapi2.sqlite_version == "3.53.4"
    fresh = dbapi2.connect(":memory:")
    options = {row[0] for row in fresh.execute("PRAGMA compile_options")}
    fresh.close()
    assert {"HAS_CODEC", "TEMP_STORE=2", "ENABLE_FTS5"} <= options


def test_every_setting_of_a_durable_ledger_is_in_force(ledger):
    connection = ledger._database.conn
    for name, expected in {
        "journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1,
        "foreign_keys": 1, "temp_store": 2, "secure_delete": 1, "trusted_schema": 0,
        "recursive_triggers": 1, "cell_size_check": 1, "mmap_size": 0,
        "journal_size_limit": 16 * 1024 * 1024, "busy_timeout": 5000, "cache_size": -16 * 1024,
    }.items():  # fmt: skip
        assert connection.execute(f"PRAGMA {name}").fetchone() == (expected,), name


@pytest.mark.parametrize("name", list(vault._SETTINGS))
def test_a_setting_that_does_not_take_is_not_passed_over(ledger, monkeypatch, name):
    value, _ = vault._SETTINGS[name]
    monkeypatch.setitem(vault._SETTINGS, name, (value, "something else"))
    with pytest.raises(LedgerError, match=f"cannot be opened safely here .{name} "):
        open_database(place.ledger_file(ledger.folder), ledger.unwrapped.key_hex96)


WRITES = {
    "another entry in an old one's place": "INSERT OR REPLACE INTO entry SELECT * FROM entry",
    "an old entry ignored": "REPLACE INTO entry SELECT * FROM entry WHERE seq = 1",
    "an entry changed": "UPDATE entry SET body = '{}' WHERE seq = 1",
    "an entry changed over another": "UPDATE OR REPLACE entry SET seq = 2 WHERE seq = 1",
    "an entry deleted": "DELETE FROM entry WHERE seq = 1",
    "all entries deleted": "DELETE FROM entry",
    "a paper changed": "UPDATE document SET content = x'00'",
    "a paper deleted": "DELETE FROM document",
    "a paper replaced": "INSERT OR REPLACE INTO document SELECT * FROM document",
    "a credential changed": "UPDATE credential SET pkcs12 = x'00'",
    "a credential deleted": "DELETE FROM credential",
    "a credential replaced": "INSERT OR REPLACE INTO credential SELECT * FROM credential",
    "the ledger's id changed": "UPDATE meta SET value = 'other'",
    "the ledger's id deleted": "DELETE FROM meta",
    "the ledger's id replaced": "INSERT OR REPLACE INTO meta VALUES ('ledger_id', 'other')",
}
REFUSED = {
    **WRITES,
    "something new said of the ledger": "INSERT INTO meta VALUES ('anything', 'else')",
    "a trigger dropped": "DROP TRIGGER entry_next_and_new",
    "a table dropped": "DROP TABLE entry",
    "an index dropped": "DROP INDEX shelf_mrn",
    "a table renamed": "ALTER TABLE entry RENAME TO old_entry",
    "a column added": "ALTER TABLE entry ADD COLUMN extra TEXT",
    "a table made": "CREATE TABLE entrry (seq INTEGER)",
    "a view made": "CREATE VIEW every AS SELECT * FROM entry",
    "a passing table made": "CREATE TEMP TABLE t (x)",
    "a passing trigger made": (
        "CREATE TEMP TRIGGER t BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END"
    ),
    "a virtual table made": "CREATE VIRTUAL TABLE f USING fts5(body)",
    "another file attached": "ATTACH DATABASE ':memory:' AS other",
    "a file detached": "DETACH DATABASE main",
    "the tables opened to writing": "PRAGMA writable_schema = 1",
    "the same in other letters": "PRAGMA main.Writable_Schema(1)",
    "the tables rewritten": "UPDATE sqlite_schema SET sql = '' WHERE name = 'entry'",
    "the tables deleted": "DELETE FROM sqlite_schema",
    "the key changed": "PRAGMA rekey = 'another'",
    "the key given again": "PRAGMA key = 'another'",
    "the format changed": "PRAGMA cipher_migrate",
    "writing made careless": "PRAGMA synchronous = OFF",
    "the journal turned off": "PRAGMA journal_mode = OFF",
    "the journal changed": "PRAGMA journal_mode = DELETE",
    "triggers made shallow": "PRAGMA recursive_triggers = 0",
    "checks turned off": "PRAGMA ignore_check_constraints = 1",
    "deleted text left behind": "PRAGMA secure_delete = 0",
    "the version changed": "PRAGMA user_version = 9",
    "the mark changed": "PRAGMA application_id = 9",
    "everything copied out": "SELECT sqlcipher_export('main')",
    "everything copied out in other letters": "SELECT SQLCipher_Export('main')",
    "code loaded": "SELECT load_extension('anything')",
    "statistics written": "ANALYZE",
    "indexes made again": "REINDEX",
    "the file rewritten": "VACUUM",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """One ledger for all that must leave it as it is."""
    with new_ledger(tmp_path_factory.mktemp("filled")) as ledger:
        ledger.append([draft(1), draft(2)], documents=[paper()], shelved=shelved())
        ledger.add_credential(
            "n-1", "nurse", made_at="2026-03-02", certificate_pem="PEM", pkcs12=b"locked"
        )
        yield ledger
        assert ledger.verify() == ()


def everything(connection):
    tables = ("entry", "document", "credential", "shelf", "setting", "meta", "sqlite_schema")
    every = {name: connection.execute(f"SELECT * FROM {name}") for name in tables}  # noqa: S608 - own names
    return {name: rows.fetchall() for name, rows in every.items()}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=list(REFUSED))
def test_the_open_connection_refuses(filled, sql):
    connection = filled._database.conn
    before = everything(connection)
    # An INSERT must pass the guard, or nothing could be charted: the triggers refuse it. So must
    # what empties the entries of a visit that left, and takes its papers away.
    if sql in {WRITES["an entry changed"], WRITES["a paper deleted"]}:
        words = "what is written stays as it is"
    elif "REPLACE INTO" in sql and "INTO meta" not in sql:
        words = "only the next|kept already"
    elif "sqlite_schema" in sql:
        words = "may not be modified"
    else:
        words = "^not authorized|^authorization denied"
    with pytest.raises(dbapi2.DatabaseError, match=words):
        connection.execute(sql).fetchall()
    if connection.in_transaction:
        connection.rollback()
    assert everything(connection) == before


@pytest.mark.parametrize(
    "careless", ["", "PRAGMA recursive_triggers = 0"], ids=["as is", "shallow"]
)
@pytest.mark.parametrize("sql", WRITES.values(), ids=list(WRITES))
def test_even_without_the_guard_the_triggers_refuse(filled, sql, careless):
    connection = filled._database.conn
    before = everything(connection)
    with vault.unguarded(filled._database):
        connection.execute(careless)
        with pytest.raises(dbapi2.IntegrityError):
            connection.execute(sql)
        connection.execute("PRAGMA recursive_triggers = 1")
    assert everything(connection) == before


def test_sqlite_utils_cannot_make_a_table_by_a_slip_of_the_pen(ledger):
    with pytest.raises(LedgerError), translated():
        ledger._database.table("entrry").insert({"seq": 1})
    assert ledger.verify() == ()


def test_the_guard_is_back_after_it_was_put_aside_even_if_that_failed(ledger):
    with pytest.raises(ZeroDivisionError), vault.unguarded(ledger._database):
        raise ZeroDivisionError
    with pytest.raises(dbapi2.DatabaseError, match="not authorized"):
        ledger._database.execute("CREATE TABLE t (x)")


def test_what_is_only_a_view_or_a_setting_may_be_rewritten(ledger):
    ledger.put_shelf(shelved(status="open"))
    ledger.put_shelf(shelved(status="signed"))
    ledger.put_setting("text-size", "14")
    ledger.put_setting("text-size", "16")
    assert ledger.shelf() == (shelved(status="signed"),)
    assert ledger.setting("text-size") == "16"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SQLITE_FULL", DiskFull),
        ("SQLITE_READONLY", FolderReadOnly),
        ("SQLITE_CANTOPEN", FolderReadOnly),
        ("SQLITE_PERM", FolderReadOnly),
        ("SQLITE_IOERR", NotSaved),
        ("SQLITE_NOTADB", LedgerDamaged),
        ("SQLITE_CORRUPT", LedgerDamaged),
        ("SQLITE_BUSY", LedgerInUse),
        ("SQLITE_LOCKED", LedgerInUse),
        ("SQLITE_CONSTRAINT", LedgerError),
        ("SQLITE_AUTH", LedgerError),
        ("SQLITE_ERROR", LedgerError),
    ],
)
def test_each_answer_of_the_library_has_its_sentence(name, expected):
    for more in (0, 7 << 8):
        error = dbapi2.OperationalError("as the library says it")
        error.sqlite_errorcode = getattr(dbapi2, name) | more
        with pytest.raises(LedgerError) as caught, translated():
            raise error
        assert type(caught.value) is expected
        assert caught.value.__cause__ is error
        assert str(caught.value).count(".") >= 1


def test_a_fault_while_reading_does_not_speak_of_saving():
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorcode = dbapi2.SQLITE_IOERR
    unread = pytest.raises(LedgerError, match="could not be read")
    with unread as caught, translated(Doing.READING):
        raise error
    assert type(caught.value) is LedgerError


def test_a_fault_of_ours_is_not_dressed_up(ledger):
    connection = ledger._database.conn
    ledger.close()
    with pytest.raises(dbapi2.ProgrammingError), translated():
        connection.execute("SELECT 1")


def test_the_key_never_stands_in_an_error(ledger):
    path = place.ledger_file(ledger.folder)
    with pytest.raises(LedgerDamaged) as caught:
        open_database(path, "00" * 48)
    assert "0000" not in str(caught.value)
    assert "0000" not in str(caught.value.__cause__)


def test_a_wrong_key_is_quiet_on_the_terminal(ledger, capfd):
    path = place.ledger_file(ledger.folder)
    with pytest.raises(LedgerDamaged):
        open_database(path, "00" * 48)
    with pytest.raises(LedgerDamaged):
        bare_rows(path, "00" * 48, "SELECT * FROM sqlite_schema")
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_not_begun_anew(tmp_path):
    with pytest.raises(FolderReadOnly):
        open_database(tmp_path / "ledger.db", "00" * 48)
    assert list(tmp_path.iterdir()) == []

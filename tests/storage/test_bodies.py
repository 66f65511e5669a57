"""A long body is kept twice: one damaged page hides no visit, and the checks name it still."""

import shutil

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from ketachart.storage import folder as place
from ketachart.storage.bodies import LONG
from ketachart.storage.checkup import examine, examine_still
from ketachart.storage.ledger import Ledger
from ketachart.storage.opening import reading_again
from ketachart.storage.triggers import TRIGGERS
from ketachart.storage.vault import open_database, open_to_read, unguarded
from tests.storage.making import draft, new_ledger, shelved

PAGE = 4096
PROTOCOL = "limits " * (LONG // 4)
VISITS = ("visit-1", "visit-2", "visit-3")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three visits by the same protocol, closed."""
    folder = tmp_path_factory.mktemp("bodies") / "clinic"
    with new_ledger(folder) as ledger:
        for stream in VISITS:
            first = draft(1, stream, kind="visit-opened", said=PROTOCOL)
            ledger.append([first, draft(2, stream)], shelved=shelved(stream))
        unwrapped = ledger.unwrapped
    return folder, unwrapped


@pytest.fixture
def copy(made, tmp_path):
    folder = tmp_path / "clinic"
    shutil.copytree(made[0], folder)
    return folder, made[1]


def pages_of_bodies(folder, unwrapped):
    """The pages on which long bodies and their spares stand, and those that lead to them."""
    key = bytes.fromhex(unwrapped.key_hex96[:64])
    content = place.ledger_file(folder).read_bytes()
    found = []
    for number, start in enumerate(range(PAGE, len(content), PAGE), start=2):
        page = content[start : start + PAGE]
        opened = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        if b"limits" in opened.update(page[:-80]) + opened.finalize():
            found.append(number)
    with open_to_read(place.ledger_file(folder), unwrapped.key_hex96).conn as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('body', 'spare')"
        roots = [int(root) for (root,) in connection.execute(sql) if root]
    return sorted({*found, *roots})


def flip(folder, page):
    with place.ledger_file(folder).open("r+b") as file:
        file.seek((page - 1) * PAGE + 2000)
        kept = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([kept ^ 4]))


def test_a_long_body_is_read_from_its_spare_whichever_of_its_pages_is_damaged(copy):
    folder, unwrapped = copy
    whole = place.ledger_file(folder).read_bytes()
    pages = pages_of_bodies(folder, unwrapped)
    assert len(pages) >= 2 * (len(PROTOCOL) // PAGE) + 2
    for page in pages:
        flip(folder, page)
        with Ledger.open(folder, unwrapped) as ledger:
            for stream in VISITS:
                rows = ledger.stream(stream)
                assert [row.number for row in rows] == [1, 2], page
                assert PROTOCOL in rows[0].body
                assert ledger.entry(rows[0].entry_id) == rows[0]
                assert ledger.stream_of(stream, ("visit-opened",)) == rows[:1]
                assert ledger.readable(stream) == rows
            again = reading_again(folder, unwrapped)
            named = {fault.sentence for fault in examine_still(folder, unwrapped, again)}
            assert f"Page {page} of ledger.db is not as it was written." in named
        place.ledger_file(folder).write_bytes(whole)


@pytest.mark.parametrize(
    ("table", "named"),
    [("body", "Entry 1 of “visit-1” is not as it was written."),
     ("spare", "The second copy of a protocol in the ledger was altered.")],
)  # fmt: skip
@pytest.mark.parametrize("how", ["replaced", "taken away"])
def test_a_body_altered_with_the_key_is_read_from_its_spare_and_named(copy, table, named, how):
    folder, unwrapped = copy
    opened = open_database(place.ledger_file(folder), unwrapped.key_hex96)
    with unguarded(opened):
        for trigger in (f"{table}_no_update", f"{table}_no_delete"):
            opened.execute(f"DROP TRIGGER {trigger}")
        opened.execute("PRAGMA foreign_keys = 0")
        opened.execute(
            f"UPDATE {table} SET text = replace(text, 'limits', 'limit5')"  # noqa: S608 - our own
            if how == "replaced"
            else f"DELETE FROM {table}"  # noqa: S608 - our own
        )
        for trigger in (f"{table}_no_update", f"{table}_no_delete"):
            opened.execute(TRIGGERS[trigger])
    opened.close()
    assert named in [fault.sentence for fault in examine(folder, unwrapped)]
    with Ledger.open(folder, unwrapped) as ledger:
        assert all(PROTOCOL in ledger.stream(stream)[0].body for stream in VISITS)

"""Damage is named, by page or by entry; it is never passed over and never a traceback."""

import os
import random
import shutil
import sqlite3
import subprocess

import pytest

from ketachart.errors import LedgerDamaged, LedgerForeign, LedgerInUse
from ketachart.storage import checkup, schema, unfolded
from ketachart.storage import folder as place
from ketachart.storage.chain import chain_of
from ketachart.storage.checkup import examine
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, unguarded
from tests.storage.making import draft, paper, shelved

PAGE = 4096
FLIPS = int(os.environ.get("KETACHART_FLIPS", "40"))
SEED = int(os.environ.get("KETACHART_SEED", "20260302"))


@pytest.fixture
def closed(folder, ledger):
    """A closed ledger with entries of three visits, and what opens it."""
    for number in range(30):
        ledger.append([draft(number, f"visit-{visit}") for visit in range(3)])
    ledger.append([draft("last")], documents=[paper(b"%PDF" * 5000)], shelved=shelved())
    unwrapped = ledger.unwrapped
    ledger.close()
    return place.ledger_file(folder), unwrapped


def with_the_key(path, unwrapped, *statements):
    """What someone can do who has the key and another program."""
    database = open_database(path, unwrapped.key_hex96)
    with unguarded(database):
        for table in ("entry", "document"):
            for act in ("update", "delete"):
                database.execute(f"DROP TRIGGER {table}_no_{act}")
        for statement in statements:
            database.execute(statement)
        for name, statement in schema.TRIGGERS.items():
            database.execute(f"DROP TRIGGER IF EXISTS {name}")
            database.execute(statement)
    assert schema.fingerprint(database) == schema.FINGERPRINT
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def opened_and_verified(folder, unwrapped):
    with Ledger.open(folder, unwrapped) as ledger:
        return ledger.verify()


def said_on_opening(folder, unwrapped):
    """What a ledger says that is opened to be read only, or not at all; None where it is charted
    into."""
    try:
        with Ledger.open(folder, unwrapped) as ledger:
            return ledger.read_only and ledger.read_only.sentence
    except LedgerDamaged as error:
        return str(error)


def test_an_untouched_ledger_has_no_fault(folder, closed):
    assert opened_and_verified(folder, closed[1]) == ()
    assert examine(folder, closed[1]) == ()


def test_every_flipped_byte_is_named_with_its_page(folder, closed):
    path, unwrapped = closed
    whole = path.read_bytes()
    chance = random.Random(SEED)
    pages = len(whole) // PAGE
    assert pages > 20
    offsets = [*range(0, 16, 5), 15, 16, PAGE - 1, PAGE, len(whole) - 1]
    offsets += [chance.randrange(len(whole)) for _ in range(FLIPS)]
    opened = 0
    for offset in offsets:
        flipped = bytearray(whole)
        flipped[offset] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        name = (
            f"Page {offset // PAGE + 1} of ledger.db is" if offset >= 16 else "The first 16 bytes"
        )
        (fault,) = examine(folder, unwrapped)
        assert fault.sentence.startswith(name), offset
        said = said_on_opening(folder, unwrapped)
        opened += said is None
        assert name in (said or opened_and_verified(folder, unwrapped)[0].sentence), offset
    assert 0 < opened < len(offsets)


def test_a_page_that_was_swapped_with_another_is_named(folder, closed):
    path, unwrapped = closed
    whole = path.read_bytes()
    pages = [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]
    pages[7], pages[8] = pages[8], pages[7]
    path.write_bytes(b"".join(pages))
    assert [fault.sentence[:6] for fault in examine(folder, unwrapped)] == ["Page 8", "Page 9"]


@pytest.mark.parametrize("left", ["3 pages", "1 page", "100 bytes", "1 byte", "0 bytes"])
def test_a_ledger_that_was_cut_short_is_not_opened(folder, closed, left):
    path, unwrapped = closed
    whole = path.read_bytes()
    length = {
        "3 pages": 3 * PAGE,
        "1 page": PAGE,
        "100 bytes": 100,
        "1 byte": 1,
        "0 bytes": 0,
    }[left]
    path.write_bytes(whole[:length])
    assert len(examine(folder, unwrapped)) >= 1
    with pytest.raises(LedgerDamaged, match="restore the last good backup"):
        Ledger.open(folder, unwrapped)
    assert path.read_bytes() == whole[:length]


def test_a_last_page_that_was_cut_short_is_named(folder, closed):
    path, unwrapped = closed
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    (fault,) = examine(folder, unwrapped)
    assert f"Page {len(whole) // PAGE} " in fault.sentence


def test_another_file_in_the_ledgers_place_is_called_foreign(folder, closed):
    path, unwrapped = closed
    plain = folder.parent / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    for content in (plain.read_bytes(), os.urandom(PAGE * 8), b"not a ledger at all" * 400):
        path.write_bytes(content)
        with pytest.raises(LedgerForeign, match="does not belong to this keyring"):
            Ledger.open(folder, unwrapped)
        assert path.read_bytes() == content
        assert examine(folder, unwrapped)


def test_a_number_changed_by_someone_with_the_key_is_named_by_its_entry(folder, closed):
    path, unwrapped = closed
    with_the_key(
        path,
        unwrapped,
        "UPDATE entry SET body = replace(body, '128/82', '118/82') "
        "WHERE stream = 'visit-1' AND number = 17",
    )
    (fault,) = examine(folder, unwrapped)
    assert fault.code == "entry-changed"
    assert "Entry 17 of “visit-1”" in fault.sentence
    assert "Entry 17 of “visit-1”" in said_on_opening(folder, unwrapped)


def test_an_old_entry_changed_is_found_by_the_full_check(folder, closed, monkeypatch):
    path, unwrapped = closed
    with_the_key(path, unwrapped, "UPDATE entry SET author = 'n-9' WHERE seq = 10")
    monkeypatch.setattr(checkup, "RECENT", 50)
    faults = opened_and_verified(folder, unwrapped)
    assert [fault.code for fault in faults] == ["entry-changed"]


def test_a_changed_entry_chained_anew_breaks_the_link(folder, closed):
    """Someone computes the visit's chain anew, but not the ledger's."""
    path, unwrapped = closed
    with Ledger.open(folder, unwrapped) as ledger:
        last = ledger.stream("visit-2")[-1]
        before = ledger.stream("visit-2")[-2]
    chain = chain_of(draft(29, "visit-2", said="90/60"), last.number, before.chain)
    body = draft(29, "visit-2", said="90/60").body
    with_the_key(
        path,
        unwrapped,
        f"UPDATE entry SET body = '{body}', chain = '{chain}' WHERE seq = {last.seq}",  # noqa: S608
    )
    (fault,) = examine(folder, unwrapped)
    assert fault.code == "ledger-link"
    assert f"Entry {last.seq} of the ledger" in fault.sentence


def test_a_removed_visit_is_seen(folder, closed):
    path, unwrapped = closed
    with_the_key(path, unwrapped, "DELETE FROM entry WHERE stream = 'visit-2'")
    (fault,) = examine(folder, unwrapped)
    assert fault.code == "ledger-gap"
    assert "Entry 3 of the ledger is missing" in fault.sentence


def test_a_removed_entry_is_named_in_both_chains(folder, closed):
    path, unwrapped = closed
    with_the_key(path, unwrapped, "DELETE FROM entry WHERE seq = 20")
    assert [fault.code for fault in examine(folder, unwrapped)] == ["ledger-gap", "entry-missing"]


def test_an_altered_paper_is_named(folder, closed):
    path, unwrapped = closed
    with_the_key(path, unwrapped, "UPDATE document SET content = x'00'")
    (fault,) = examine(folder, unwrapped)
    assert fault.code == "document"


def test_altered_protection_is_named_by_the_check(folder, closed):
    path, unwrapped = closed
    database = open_database(path, unwrapped.key_hex96)
    with unguarded(database):
        database.execute("DROP TRIGGER entry_no_delete")
    database.close()
    assert [fault.code for fault in examine(folder, unwrapped)] == ["protection"]


def test_the_newest_entries_cut_off_are_not_seen_by_the_chains_but_by_the_head(folder, closed):
    """The limit that chain.py names: hence the head is printed on paper."""
    path, unwrapped = closed
    with Ledger.open(folder, unwrapped) as ledger:
        printed = ledger.head()
    with_the_key(path, unwrapped, "DELETE FROM entry WHERE seq > 80")
    with Ledger.open(folder, unwrapped) as ledger:
        assert ledger.verify() == ()
        assert ledger.head() != printed
        assert ledger.head().seq < printed.seq
        assert [fault.code for fault in ledger.noticed] == ["entries-missing"]


@pytest.mark.parametrize("recent", [1, 2, 3, 50, 90, 91, 92, 5000])
def test_the_look_at_the_last_entries_finds_no_fault_in_a_whole_ledger(
    folder, closed, monkeypatch, recent
):
    monkeypatch.setattr(checkup, "RECENT", recent)
    with Ledger.open(folder, closed[1]) as ledger:
        ledger.append([draft(1, "visit-9")])
    Ledger.open(folder, closed[1]).close()


def test_a_ledger_damaged_under_the_open_window_is_named_by_the_check(folder, closed):
    path, unwrapped = closed
    whole = path.read_bytes()
    with Ledger.open(folder, unwrapped) as ledger:
        with path.open("r+b") as file:
            for page in range(1, len(whole) // PAGE):
                file.seek(page * PAGE + 100)
                file.write(b"\0" * 50)
        assert [fault.code for fault in ledger.verify()][:1] == ["page"]
    assert "Page 2 of ledger.db" in str(said_on_opening(folder, unwrapped))


def test_a_ledger_held_by_another_program_is_said_to_be_busy(folder, ledger, monkeypatch):
    other = open_database(place.ledger_file(folder), ledger.unwrapped.key_hex96)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(checkup, "_PINNING_TRIES", 1)
    ledger._database.conn.set_busy_timeout(0.05)
    with pytest.raises(LedgerInUse):
        ledger.append([draft(1)])
    other.rollback()
    other.close()
    ledger.append([draft(1)])


def content_now(path):
    """The file as another program sees it: to open and close it here would drop SQLite's locks."""
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def test_while_the_seals_are_read_charting_goes_on_but_the_file_stands_still(folder, ledger):
    path = place.ledger_file(folder)
    ledger.append([draft("before")], documents=[paper()])
    with checkup._pinned(path, ledger.unwrapped.key_hex96):
        before = content_now(path)
        for number in range(20):
            ledger.append([draft(number)], documents=[paper(os.urandom(50_000))])
            ledger.settle()
        assert content_now(path) == before
    ledger.settle()
    assert content_now(path) != before
    assert ledger.verify() == ()


def test_nothing_is_appended_between_folding_in_and_holding_still(folder, ledger, monkeypatch):
    ledger._database.conn.set_busy_timeout(0.01)
    refused = []

    class Watched:
        """A database that is interrupted by an append at the worst moment."""

        def __init__(self, database):
            self._database = database

        def __getattr__(self, name):
            return getattr(self._database, name)

        def execute(self, sql, *values):
            if sql == "BEGIN":
                with pytest.raises(LedgerInUse):
                    ledger.append([draft("between")])
                refused.append(sql)
            return self._database.execute(sql, *values)

    real = checkup.open_database
    monkeypatch.setattr(checkup, "open_database", lambda *asked: Watched(real(*asked)))
    assert examine(folder, ledger.unwrapped) == ()
    assert refused == ["BEGIN"]


def test_a_ledger_that_cannot_be_held_still_is_not_judged(folder, ledger):
    ledger.append([draft(1)])
    reader = open_database(place.ledger_file(folder), ledger.unwrapped.key_hex96)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entry").fetchall()
    ledger.append([draft(2)])
    with pytest.raises(LedgerInUse, match="check again"):
        ledger.verify()
    reader.close()
    assert ledger.verify() == ()


@pytest.fixture
def left_open(folder, ledger, tmp_path):
    """A ledger as a killed program leaves it: 40 acts in it, the last ones in its log only."""
    for number in range(40):
        ledger.append([draft(number)], shelved=shelved())
        if number == 20:
            ledger.settle()
    left = tmp_path / "left"
    shutil.copytree(folder, left)
    return left, ledger.unwrapped


def last_step(log):
    """Where in a log its last step begins and ends; old frames may follow."""
    ends = [frame.number for frame in unfolded._frames(log) if frame.ends_step and frame.is_whole]
    return 32 + ends[-2] * 4120, 32 + ends[-1] * 4120


def test_a_log_that_was_left_behind_is_folded_in(left_open):
    left, unwrapped = left_open
    assert unfolded.log_file(place.ledger_file(left)).stat().st_size > 60 * PAGE
    assert examine(left, unwrapped) == ()
    with Ledger.open(left, unwrapped) as ledger:
        assert ledger.head().seq == 40
        assert ledger.verify() == ()


def test_every_flipped_byte_in_the_log_that_was_left_behind_is_noticed(left_open):
    """But in the last step, where it cannot be told from a power cut: there the rest is kept."""
    left, unwrapped = left_open
    path = place.ledger_file(left)
    log = unfolded.log_file(path)
    whole, main = log.read_bytes(), path.read_bytes()
    begins, _ = last_step(whole)
    chance = random.Random(SEED)
    for offset in [*range(32), 33, 36, 40, 44, 48, *(chance.randrange(begins) for _ in range(20))]:
        flipped = bytearray(whole)
        flipped[offset] ^= 1 << chance.randrange(8)
        log.write_bytes(flipped)
        for _ in range(2):
            assert "ledger.db-wal" in str(said_on_opening(left, unwrapped)), offset
            (fault,) = examine(left, unwrapped)
            assert "ledger.db-wal" in fault.sentence
        assert (log.read_bytes(), path.read_bytes()) == (bytes(flipped), main)
    flipped = bytearray(whole)
    flipped[begins + 500] ^= 1
    log.write_bytes(flipped)
    with Ledger.open(left, unwrapped) as ledger:
        assert ledger.head().seq == 39
        assert ledger.verify() == ()


def test_the_log_of_a_ledger_that_is_open_is_left_to_sqlite(ledger, monkeypatch):
    """It is being written: half a frame in it is no damage."""
    monkeypatch.setattr(unfolded, "is_damaged", lambda _ledger: True)
    assert ledger.verify() == ()


def test_a_log_cut_off_in_its_last_step_is_a_power_cut_and_opens(left_open):
    left, unwrapped = left_open
    path = place.ledger_file(left)
    log = unfolded.log_file(path)
    whole, main = log.read_bytes(), path.read_bytes()
    begins, ends = last_step(whole)
    step = whole[begins:ends]
    endings = (
        b"",
        step[:1],
        step[:4120],
        step[:-1],
        b"\0" * len(step),
        step[4120:],
        os.urandom(9000),
        # a sector of garbage that ends with the two numbers of a frame, before its marks
        b"\xd5" * 8 + step[8:],
    )
    assert len(step) > 4120
    for ending in endings:
        log.write_bytes(whole[:begins] + ending)
        path.write_bytes(main)
        with Ledger.open(left, unwrapped) as ledger:
            assert ledger.head().seq == 39
            assert ledger.verify() == ()


def test_old_frames_behind_the_end_of_a_log_that_began_anew_are_no_damage(folder, ledger, tmp_path):
    ledger.append([draft(number) for number in range(60)], documents=[paper(os.urandom(200_000))])
    ledger.settle()
    ledger.append([draft("after")])
    left = tmp_path / "left"
    shutil.copytree(folder, left)
    frames = list(unfolded._frames(unfolded.log_file(place.ledger_file(left)).read_bytes()))
    assert any(not frame.is_current for frame in frames)
    with Ledger.open(left, ledger.unwrapped) as again:
        assert again.head().seq == 61


def test_a_log_that_is_no_log_is_left_to_sqlite(left_open):
    left, _ = left_open
    path = place.ledger_file(left)
    for content in (b"", b"x", b"\0" * 5000, os.urandom(20_000)):
        unfolded.log_file(path).write_bytes(content)
        assert not unfolded.is_damaged(path)
    unfolded.log_file(path).unlink()
    assert not unfolded.is_damaged(path)

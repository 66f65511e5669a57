"""A backup is the ledger as at one moment, read back and found whole, or it is no backup."""

import errno
import json
import os
import resource
import shutil
import signal
import sys

import pytest

from ketachart.errors import (
    DiskFull,
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    NotSaved,
)
from ketachart.storage import backup, generations, manifest, putting_back, restore, stick, vault
from ketachart.storage import folder as place
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger
from tests.storage.making import (
    START,
    draft,
    new_ledger,
    paper,
    practice_keyring,
    shelved,
    unlocked,
)
from tests.test_durability import needs_mount, small_disk

PAGE = 4096
EVERY = int(os.environ.get("KETACHART_TOUCHES", "5"))  # 1: killed at every touch of a file


@pytest.fixture
def charted(ledger):
    """An open ledger of three visits with a paper, large enough for several steps of a copy."""
    for number in range(20):
        ledger.append([draft(number, f"visit-{visit}") for visit in range(3)])
    ledger.append([draft("last")], documents=[paper(b"%PDF" * 300_000)], shelved=shelved())
    return ledger


@pytest.fixture
def there(tmp_path):
    """A stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def wanted(ledger, there, item="backup-0001", *, minute=0, newest=""):
    return backup.Wanted(
        folder=ledger.folder,
        chosen=there,
        unwrapped=ledger.unwrapped,
        item=item,
        now=START.replace(minute=minute),
        program="KetaChart 0",
        newest=newest,
    )


def backed_up(ledger, there, item="backup-0001", *, minute=0, told=lambda *_: None):
    return backup.make(wanted(ledger, there, item, minute=minute), told)


def wish(folder, found, unwrapped, **more):
    return restore.Wish(
        folder=folder,
        copy=found,
        unwrapped=unwrapped,
        now=START,
        shelve=lambda stream, _rows: shelved(stream),
        told_of=lambda _m, _r: draft(f"restored-{folder.name}", "laptop", kind="ledger-restored"),
        **more,
    )


def rows_of(ledger) -> tuple[Row, ...]:
    return tuple(row for stream in ledger.streams("") for row in ledger.stream(stream))


def one_at(there):
    (found,) = generations.found_at(there)
    return found


def damage(path, page):
    """One bit of one page is not as it was written."""
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + 200)
        old = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([old[0] ^ 4]))


# ------------------------------------------------------------------ making one


def test_a_backup_holds_everything_and_says_what_it_holds(charted, there):
    steps = []
    made = backed_up(charted, there, told=lambda done, _total: steps.append(done))
    found = one_at(there)
    assert (found.fault, found.manifest) == ("", made)
    assert made.head == charted.head()
    assert steps == sorted(steps)
    assert steps[-1] == 100
    assert sorted(path.name for path in found.folder.iterdir()) == [
        "keyring.json", "keyring.json.bak", "ledger.db", "manifest.json",
    ]  # fmt: skip
    with vault.as_it_stands(
        place.ledger_file(found.folder), charted.unwrapped.key_hex96
    ) as database:
        assert database.execute("SELECT count(*) FROM entry").fetchone() == (61,)
    told = (found.folder / "manifest.json").read_text()
    assert "Zoë" not in told
    assert "Nora" not in told


def test_what_is_charted_while_it_is_copied_neither_enters_it_nor_makes_it_begin_anew(
    charted, there
):
    before, steps = charted.head(), []

    def chart_on(done, _total):
        steps.append(done)
        charted.append([draft(f"meanwhile-{len(steps)}")])

    made = backed_up(charted, there, told=chart_on)
    assert made.head == before
    assert steps == sorted(steps)
    assert charted.head().seq == before.seq + len(steps)
    assert charted.verify() == ()


@pytest.mark.parametrize("at_step", [1, 45, 70])
def test_a_backup_that_is_broken_off_leaves_nothing_and_the_ledger_as_it_was(
    charted, there, at_step
):
    def stop(done, _total):
        if done >= at_step:
            raise backup.BrokenOff("enough")

    with pytest.raises(backup.BrokenOff, match="enough"):
        backed_up(charted, there, told=stop)
    assert generations.found_at(there) == ()
    assert list(there.glob("*/*")) == []
    charted.append([draft("after")])


@needs_mount
def test_a_full_stick_is_said_to_be_full_and_keeps_the_backups_it_has(charted, monkeypatch):
    monkeypatch.setattr(stick, "has_room", lambda *_: True)  # it fills up while it is copied
    with small_disk() as there:
        kept = backed_up(charted, there)
        charted.append([draft("more")], documents=[paper(os.urandom(1_000_000))])
        with pytest.raises(DiskFull, match="no room left at the place of the backups"):
            backed_up(charted, there, "backup-0002", minute=1)
        assert one_at(there).manifest == kept
        assert len(list(there.glob("*/*"))) == 1


def test_a_file_that_may_not_grow_further_is_a_fault_of_the_stick(charted, there):
    kept = backed_up(charted, there)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kept.size // 2, hard))
        with pytest.raises(NotSaved, match="it cannot be written"):
            backed_up(charted, there, "backup-0002", minute=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert one_at(there).manifest == kept


def test_where_there_is_no_room_the_oldest_give_way_but_two_stay(charted, there, monkeypatch):
    for number in range(4):
        backed_up(charted, there, f"backup-000{number}", minute=number)
    asked = []
    monkeypatch.setattr(stick, "has_room", lambda *_: asked.append(1) or len(asked) > 1)
    backed_up(charted, there, "backup-0009", minute=9)
    left = [found.manifest.item for found in generations.found_at(there)]
    assert left == ["backup-0009", "backup-0003", "backup-0002"]
    monkeypatch.setattr(stick, "has_room", lambda *_: False)
    with pytest.raises(DiskFull):
        backed_up(charted, there, "backup-0010", minute=10)
    assert len(generations.found_at(there)) == 2


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        (errno.EIO, NotSaved, "pulled out"),
        (errno.ENOENT, NotSaved, "pulled out"),
        (errno.EROFS, FolderReadOnly, "write protection"),
        (errno.ENOSPC, DiskFull, "no room left"),
    ],
)
def test_a_stick_that_fails_is_told_from_the_laptops_own_disk(
    charted, there, monkeypatch, *, code, error, said
):
    def fail(_path):
        raise OSError(code, "at the stick")

    monkeypatch.setattr(stick, "blocks", fail)
    with pytest.raises(error, match=said):
        backed_up(charted, there)
    assert generations.found_at(there) == ()


def test_a_stick_that_is_pulled_in_the_middle_is_said_and_the_ledger_goes_on(charted, there):
    with pytest.raises(NotSaved, match="pulled out"):
        backed_up(charted, there, told=lambda done, _t: done > 50 and shutil.rmtree(there))
    charted.append([draft("after")])
    assert charted.verify() == ()
    with pytest.raises(NotSaved, match="not there"):
        backed_up(charted, there)


def test_a_flush_of_names_that_a_stick_does_not_know_is_no_fault(charted, there, monkeypatch):
    real = place.flush_names

    def unknown(folder):
        if there in folder.parents or folder == there:
            raise OSError(errno.EINVAL, "no such flush")
        real(folder)

    monkeypatch.setattr(place, "flush_names", unknown)
    monkeypatch.setattr(place, "put_in_place", lambda fresh, path: fresh.replace(path))
    assert backed_up(charted, there).head == charted.head()


@pytest.mark.parametrize(
    ("size", "system", "fits"),
    [(2**32 - 1, "vfat", True), (2**32, "vfat", False), (2**32, "exfat", True), (2**32, "", True)],
)
def test_a_ledger_too_large_for_the_sticks_format_is_said_before_the_copy(
    there, monkeypatch, size, system, fits
):
    monkeypatch.setattr(stick, "file_system", lambda _place: system)
    if fits:
        stick.require_fit(there, size)
    else:
        with pytest.raises(LedgerError, match="FAT32"):
            stick.require_fit(there, size)


def test_a_copy_that_came_back_otherwise_is_not_kept(charted, there, monkeypatch):
    real = stick.flush_file

    def spoil(path):
        real(path)
        damage(path, 12)

    monkeypatch.setattr(stick, "flush_file", spoil)
    with pytest.raises(LedgerDamaged, match=r"Page 12 of ledger\.db"):
        backed_up(charted, there)
    assert generations.found_at(there) == ()


def test_a_damaged_ledger_makes_no_backup_and_takes_none_away(charted, there):
    kept = backed_up(charted, there)
    folder, unwrapped = charted.folder, charted.unwrapped
    charted.close()
    damage(place.ledger_file(folder), 12)
    lame = backup.Wanted(folder, there, unwrapped, "backup-0002", START, "KetaChart 0")
    with pytest.raises(LedgerDamaged, match="What was backed up before is kept"):
        backup.make(lame, lambda *_: None)
    assert one_at(there).manifest == kept


# ------------------------------------------------------------------ generations


def test_five_are_kept_and_what_was_left_half_made_is_cleaned_up(ledger, there):
    ledger.append([draft(1)])
    home = generations.home(there, ledger.meta.ledger_id)
    (home / "20260101-000000-half.partial").mkdir(parents=True)
    for number in range(7):
        backed_up(ledger, there, f"backup-000{number}", minute=number)
    items = [found.manifest.item for found in generations.found_at(there)]
    assert items == [f"backup-000{number}" for number in (6, 5, 4, 3, 2)]
    assert list(home.glob("*.partial")) == []


def test_the_one_verified_last_stays_though_a_clock_calls_it_the_oldest(ledger, there):
    ledger.append([draft(1)])
    for number in range(5):
        backed_up(ledger, there, f"backup-000{number}", minute=30 + number)
    backed_up(ledger, there, "backup-late", minute=1)  # the clock was set back
    items = [found.manifest.item for found in generations.found_at(there)]
    assert len(items) == generations.MOST
    assert items[-1] == "backup-late"
    home = generations.home(there, ledger.meta.ledger_id)
    generations.thin_out(home, ledger.meta.ledger_id, leave=0, never="backup-late")
    items = [found.manifest.item for found in generations.found_at(there)]
    assert items == ["backup-0004", "backup-late"]


def test_backups_of_another_ledger_and_damaged_ones_are_never_thinned_out(ledger, there):
    ledger.append([draft(1)])
    backed_up(ledger, there, "backup-0000")
    home = generations.home(there, ledger.meta.ledger_id)
    (first,) = [path for path in home.iterdir() if path.is_dir()]
    shutil.copytree(first, home / "of-another")
    told = json.loads((home / "of-another/manifest.json").read_text())
    (home / "of-another/manifest.json").write_text(json.dumps({**told, "ledger_id": "ledger-2"}))
    shutil.copytree(first, home / "damaged")
    (home / "damaged/manifest.json").write_text("{")
    generations.thin_out(home, ledger.meta.ledger_id, leave=0, never="")
    assert {path.name for path in home.iterdir()} == {first.name, "of-another", "damaged"}
    faults = {found.folder.name: found.fault for found in generations.found_at(there)}
    assert "another ledger" in faults["of-another"]
    assert "damaged" in faults["damaged"]
    assert faults[first.name] == ""


# ------------------------------------------------------------------ restoring


def test_a_backup_is_restored_where_there_is_nothing(charted, there, tmp_path):
    backed_up(charted, there)
    made = restore.restore(wish(tmp_path / "new", one_at(there), charted.unwrapped))
    assert (made.keyring_too, made.kept) == (True, None)
    with Ledger.open(tmp_path / "new", unlocked(tmp_path / "new")) as new:
        assert rows_of(charted) == tuple(row for row in rows_of(new) if row.stream != "laptop")
        assert new.verify() == ()
        assert len(new.documents("visit-1")) == 1


@pytest.mark.parametrize("spoil", ["byte", "cut", "manifest", "keyring", "missing"])
def test_an_altered_backup_is_named_and_nothing_is_changed(charted, there, tmp_path, spoil):
    backed_up(charted, there)
    copy = one_at(there).folder
    if spoil == "byte":
        damage(copy / "ledger.db", 30)
    elif spoil == "cut":
        (copy / "ledger.db").write_bytes((copy / "ledger.db").read_bytes()[:-PAGE])
    elif spoil == "manifest":
        (copy / "manifest.json").write_text("not a list")
    elif spoil == "keyring":
        for path in place.keyring_files(copy):
            path.write_text("{}")
    else:
        (copy / "ledger.db").unlink()
    said = {
        "byte": "at least one byte was changed",
        "cut": "cut short",
        "manifest": "list beside this backup is damaged",
        "keyring": "keyring in this backup",
        "missing": "ledger is missing",
    }[spoil]
    folder = tmp_path / "new"
    with pytest.raises(LedgerDamaged, match=said):
        restore.restore(wish(folder, one_at(there), charted.unwrapped))
    assert not place.holds_ledger(folder)
    assert not putting_back.unfinished(folder).exists()


def test_a_forged_manifest_is_named(charted, there, tmp_path):
    """Somebody without the key puts an older ledger in, and makes the list agree with it."""
    backed_up(charted, there)
    path = one_at(there).folder / "manifest.json"
    told = json.loads(path.read_text())
    for change in ({"head_seq": 60}, {"made_at": "2026-03-09T09:00:00+00:00"}, {"seal": "0" * 64}):
        path.write_text(json.dumps({**told, **change}, sort_keys=True, separators=(",", ":")))
        with pytest.raises(LedgerDamaged, match=r"manifest\.json"):
            restore.restore(wish(tmp_path / "new", one_at(there), charted.unwrapped))
    _ring, other = practice_keyring()
    assert not manifest.is_sealed(json.dumps(told).encode(), other)
    path.write_text(json.dumps({**told, "version": 2}))
    assert "newer KetaChart" in one_at(there).fault
    path.write_bytes(b"x" * 20_000)
    assert "damaged" in one_at(there).fault


def test_a_backup_of_another_ledger_is_foreign(charted, there, tmp_path):
    backed_up(charted, there)
    _ring, other = practice_keyring("ledger-2")
    with pytest.raises(LedgerForeign, match="another ledger"):
        restore.restore(wish(tmp_path / "new", one_at(there), other))


def test_after_damage_not_one_entry_charted_since_is_lost(charted, there):
    backed_up(charted, there)
    later = [draft(f"later-{number}", f"visit-{number}") for number in range(5)]
    charted.append(later, documents=[paper(b"%PDF later", "visit-4")], shelved=shelved("visit-4"))
    charted.add_credential("n-1", "nurse", made_at="m", certificate_pem="pem", pkcs12=b"locked")
    charted.put_setting("colour", "dim")
    before, folder, unwrapped = rows_of(charted), charted.folder, charted.unwrapped
    charted.close()
    damage(place.ledger_file(folder), 12)
    damaged = place.ledger_file(folder).read_bytes()
    made = restore.restore(wish(folder, one_at(there), unwrapped))
    assert (made.regained.entries, made.regained.papers, made.regained.last) == (5, 1, 66)
    assert place.ledger_file(made.kept).read_bytes() == damaged
    with Ledger.open(folder, unlocked(folder)) as new:
        assert tuple(row for row in rows_of(new) if row.stream != "laptop") == before
        assert new.verify() == ()
        assert len(new.documents("visit-4")) == 1
        assert new.setting("colour") == "dim"
        assert [kept.pkcs12 for kept in new.credentials("n-1", "nurse")] == [b"locked"]
        assert {line.stream for line in new.shelf()} >= {"visit-1", "visit-4"}


def test_what_was_in_the_log_only_is_regained_as_well(charted, there, tmp_path):
    """A killed program leaves its newest entries beside the ledger's file."""
    backed_up(charted, there)
    charted.append([draft("in the log")])
    left = tmp_path / "left"
    shutil.copytree(charted.folder, left)
    made = restore.restore(wish(left, one_at(there), charted.unwrapped))
    assert made.regained.entries == 1
    with Ledger.open(left, unlocked(left)) as new:
        assert new.stream("visit-1")[-1].entry_id == "visit-1/in the log"


def test_regaining_ends_where_an_entry_does_not_follow(charted, there, tmp_path):
    """Two laptops went on from one backup: what one charted is never mixed into the other."""
    backed_up(charted, there)
    other = tmp_path / "other"
    restore.restore(wish(other, one_at(there), charted.unwrapped))
    with Ledger.open(other, unlocked(other)) as fork:
        fork.append([draft("of the other", "visit-8")])
        backed_up(fork, there, "backup-fork", minute=5)
    folder, unwrapped = charted.folder, charted.unwrapped
    charted.append([draft("one", "visit-7"), draft("two", "visit-7"), draft("three")])
    charted.close()
    newest = generations.found_at(there)[0]
    made = restore.restore(wish(folder, newest, unwrapped))
    assert made.regained.entries == 0
    assert made.regained.last == 64
    assert made.kept is not None


def test_the_keyring_that_is_here_counts_on_and_a_strangers_does_not(charted, there, tmp_path):
    backed_up(charted, there)
    folder, unwrapped = charted.folder, charted.unwrapped
    charted.close()
    ring = place.keyring_files(folder)[0].read_bytes()
    assert not restore.restore(wish(folder, one_at(there), unwrapped)).keyring_too
    assert place.keyring_files(folder)[0].read_bytes() == ring
    other = tmp_path / "other"
    with new_ledger(other):
        pass
    for path in place.keyring_files(other):
        path.write_text("damaged")
    assert restore.restore(wish(other, one_at(there), unwrapped)).keyring_too
    Ledger.open(other, unlocked(other)).close()


# ------------------------------------------------------------------ killed


TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}


def killed(act, at, *places):
    """Runs it in a forked process that is killed before its so-many-th touch of one of the places.

    Gives how many touches there were, or None where it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def touched(event, arguments):
            nonlocal count
            if event in TOUCHES and str(arguments[0]).startswith(tuple(map(str, places))):
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(touched)
            act()
            os.write(writing, str(count).encode())
        finally:
            os._exit(0)
    os.close(writing)
    _pid, status = os.waitpid(child, 0)
    told = os.read(reading, 20).decode()
    os.close(reading)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert told, "it failed"
    return int(told)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")


@needs_fork
def test_a_backup_that_is_killed_at_any_touch_leaves_whole_backups_only(ledger, there):
    ledger.append([draft(1)])
    first = backed_up(ledger, there)
    ledger.append([draft(2)])
    next_one = wanted(ledger, there, "backup-kill", minute=1)
    ledger.close()

    def act():
        backup.make(next_one, lambda *_: None)

    spare = there.with_name("spare")
    shutil.copytree(there, spare)
    total = killed(act, 0, there)
    assert total > 10
    for at in range(1, total + 1, EVERY):
        shutil.rmtree(there)
        shutil.copytree(spare, there)
        killed(act, at, there)
        whole = [found for found in generations.found_at(there) if not found.fault]
        assert whole[-1].manifest == first
        for found in whole:
            restore.require_true(found, next_one.unwrapped)
            copy = place.ledger_file(found.folder)
            assert backup.require_whole(copy, next_one.unwrapped, lambda *_: None)
    last = backup.Wanted(next_one.folder, there, next_one.unwrapped, "backup-last", START, "")
    backup.make(last, lambda *_: None)
    assert "backup-last" in {found.manifest.item for found in generations.found_at(there)}
    assert list(there.glob("*/*.partial")) == []


@needs_fork
def test_a_restore_that_is_killed_at_any_touch_leaves_the_old_ledger_whole_or_the_new(
    ledger, there, tmp_path
):
    ledger.append([draft(1)])
    backed_up(ledger, there)
    ledger.append([draft(2)])
    folder, unwrapped, spare = ledger.folder, ledger.unwrapped, tmp_path / "spare"
    shutil.copytree(folder, spare)  # as a killed program leaves it: its log is not folded in
    ledger.close()
    found = one_at(there)

    def act():
        restore.restore(wish(folder, found, unwrapped))

    def put_back():
        shutil.rmtree(folder)
        shutil.copytree(spare, folder)

    put_back()
    total = killed(act, 0, folder)
    assert total > 20
    outcomes = set()
    for at in range(1, total + 1, EVERY):
        put_back()
        killed(act, at, folder)
        putting_back.finish_if_left(folder)
        with Ledger.open(folder, unlocked(folder)) as now:
            assert now.read_only is None
            assert [row.entry_id for row in now.stream("visit-1")] == ["visit-1/1", "visit-1/2"]
            outcomes.add(len(now.stream("laptop")))
        assert not list(folder.glob("restoring.*"))
    assert outcomes == {0, 1}


@needs_fork
def test_a_killed_restore_on_a_new_laptop_is_finished_or_undone(ledger, there, tmp_path):
    ledger.append([draft(1)])
    backed_up(ledger, there)
    found, unwrapped, folder = one_at(there), ledger.unwrapped, tmp_path / "new"
    ledger.close()

    def act():
        restore.restore(wish(folder, found, unwrapped))

    total = killed(act, 0, folder)
    outcomes = set()
    for at in range(1, total + 1, EVERY):
        shutil.rmtree(folder, ignore_errors=True)
        killed(act, at, folder)
        if folder.exists():
            putting_back.finish_if_left(folder)
        outcomes.add(place.holds_ledger(folder))
        if place.holds_ledger(folder):
            with Ledger.open(folder, unlocked(folder)) as new:
                assert len(new.stream("visit-1")) == 1
    assert outcomes == {False, True}

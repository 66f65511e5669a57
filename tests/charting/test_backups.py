"""Where backups go, when one is due, and a ledger that is made again from one."""

from datetime import timedelta
from pathlib import Path

import pytest

from ketachart import charting
from ketachart.charting import NewVisit, restoring
from ketachart.charting.restoring import RestoreTask, copies_at, prove_copy
from ketachart.domain.facts import NoteWritten
from ketachart.domain.facts.safekeeping import (
    BackupMade,
    LedgerChecked,
    LedgerRestored,
    RestoreRehearsed,
)
from ketachart.errors import LedgerError, LedgerInUse, Refused, TooSoon, WrongPassphrase
from ketachart.storage import stick
from ketachart.storage.keyring import FAST_FOR_TESTS, Keyring
from tests.helpers.door import NOON, PASSPHRASE, clinic_in
from tests.helpers.story import Story
from ui.demo_clinic import SceneClock

NEW = "another passphrase of four words"


class Stage:
    """A clinic on a laptop, a stick beside it, and a clock."""

    def __init__(self, place: Path) -> None:
        self.clock = SceneClock(NOON)
        self.folder = clinic_in(place / "ledger")
        self.stick = place / "stick"
        self.stick.mkdir()
        self.office = charting.unlock(self.folder, "ja", PASSPHRASE, self.clock)
        self.backups = self.office.keeping.backups

    def new_visit(self):
        told = Story().patient().order().visit()
        return self.office.new_visit(NewVisit(patient=told.patient, order=told.order))

    def back_up(self, why="asked for"):
        return self.backups.finish(self.backups.task(why).work())

    def restored(self, folder=None, passphrase=PASSPHRASE):
        (copy, *_older) = copies_at(self.stick)
        where = folder or self.folder
        proof = prove_copy(where, copy, "ja", passphrase, self.clock)
        return RestoreTask(where, copy, proof.copy, self.clock, "a test", proof.here).work()


@pytest.fixture
def stage(tmp_path):
    made = Stage(tmp_path)
    yield made
    made.office.close()


def test_where_no_place_was_chosen_nothing_happens(stage):
    assert stage.backups.place() is None
    assert not stage.backups.wanted("signed")
    assert not stage.backups.wanted("asked for")
    assert stage.backups.copies() == ()
    assert "never backed up" in stage.backups.overdue(NOON)
    with pytest.raises(LedgerError, match="No place for backups"):
        stage.backups.task("asked for")


def test_a_place_that_will_not_do_is_refused_in_words(stage, tmp_path):
    inner = stage.folder / "backups"
    inner.mkdir()
    for place in (stage.folder, inner):
        with pytest.raises(Refused, match="ledger's own folder"):
            stage.backups.choose(place)
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "nowhere"):
        with pytest.raises(Refused, match="no folder"):
            stage.backups.choose(place)
    assert stage.backups.place() is None


def test_a_place_that_cannot_be_written_is_refused(stage, monkeypatch):
    def protected(_path):
        raise PermissionError(13, "write-protected")

    monkeypatch.setattr(stick.place, "create_empty", protected)
    with pytest.raises(LedgerError, match="write protection"):
        stage.backups.choose(stage.stick)
    assert stage.backups.place() is None


def test_a_folder_on_the_same_disk_is_taken_but_warned_of(stage, monkeypatch):
    stage.backups.choose(stage.stick)
    assert "same disk" in stage.backups.sight().warning
    monkeypatch.setattr(stick, "on_same_disk", lambda *_: False)
    assert stage.backups.look().work().warning == ""
    assert list(stage.stick.iterdir()) == []


def test_a_backup_is_kept_in_the_laptops_book_and_is_no_reason_for_another(stage):
    stage.backups.choose(stage.stick)
    stage.new_visit()
    assert stage.backups.wanted("signed")
    entry = stage.back_up("signed")
    last = stage.backups.last()
    assert last is not None
    assert (last.made, last.made.why) == (entry.fact, "signed")
    assert not stage.backups.wanted("quit")
    assert stage.backups.wanted("asked for")
    assert [copy.item for copy in stage.backups.copies()] == [last.made.item]
    assert stage.backups.copies()[0].entries == last.made.head_seq
    stage.new_visit()
    assert stage.backups.wanted("quit")
    stage.back_up("quit")
    assert not stage.backups.wanted("quit")
    assert len(stage.office.keeping.facts(BackupMade)) == 2


def test_another_place_wants_a_backup_of_its_own(stage, tmp_path):
    stage.backups.choose(stage.stick)
    stage.back_up()
    assert not stage.backups.wanted("quit")
    (tmp_path / "second").mkdir()
    stage.backups.choose(tmp_path / "second")
    assert stage.backups.wanted("quit")


@pytest.mark.parametrize(
    ("days", "grown", "there", "said"),
    [
        (1, True, True, ""),
        (3, True, True, ""),
        (4, True, True, "4 days old"),
        (4, False, True, ""),
        (4, False, False, ""),
        (0, True, False, "less than a day old"),
        (4, True, False, "not there"),
    ],
)
def test_a_backup_is_due_where_the_last_one_is_old_and_more_was_charted(
    stage, *, days, grown, there, said
):
    stage.backups.choose(stage.stick)
    stage.back_up()
    if grown:
        stage.office.keeping.record(LedgerChecked(at=NOON, head_seq=1))
    if not there:
        stage.stick.rename(stage.stick.with_name("pulled"))
    stage.backups.saw(stage.backups.look().work())
    told = stage.backups.overdue(stage.backups.last().made_at + timedelta(days=days))
    assert said in told
    assert bool(said) == bool(told)


def test_charting_goes_on_while_a_backup_is_made(stage):
    stage.backups.choose(stage.stick)
    room, steps = stage.new_visit(), []
    task = stage.backups.task("asked for")

    def chart(done, _total):
        steps.append(done)
        room.record(NoteWritten(at=room.now(), text="meanwhile"))

    made = task.work(on_progress=chart)
    assert steps[-1] == 100
    stage.backups.finish(made)
    assert stage.backups.wanted("quit")  # what was charted meanwhile is not in it
    assert stage.office.verify() == ()


def test_a_backup_that_is_broken_off_is_not_kept(stage):
    stage.backups.choose(stage.stick)
    with pytest.raises(LedgerError, match="broken off"):
        stage.backups.task("quit").work(cancelled=lambda: True)
    assert stage.backups.copies() == ()


# ------------------------------------------------------------------ restoring


def test_a_new_laptop_goes_on_from_the_stick(stage, tmp_path):
    stage.backups.choose(stage.stick)
    room = stage.new_visit()
    stage.back_up()
    (copy,) = copies_at(stage.stick)
    assert [(one.staff_id, one.name) for one in copy.people] == [("ja", "Julia Alvarez")]
    restored = stage.restored(tmp_path / "new")
    assert (restored.kept, restored.regained, restored.other_passphrase) == (None, 0, False)
    office = charting.unlock(tmp_path / "new", "ja", PASSPHRASE, stage.clock)
    assert office.open_visit(room.stream).visit.entries == room.visit.entries
    (told,) = office.keeping.facts(LedgerRestored)
    assert (told.item, told.head_seq, told.reason) == (copy.item, copy.entries, "a test")
    assert office.verify() == ()
    office.close()


def test_a_damaged_ledger_is_restored_and_nothing_charted_since_is_lost(stage):
    stage.backups.choose(stage.stick)
    room = stage.new_visit()
    stage.back_up()
    for number in range(5):
        room.record(NoteWritten(at=room.now(), text=f"later {number}"))
    other = stage.new_visit()
    with pytest.raises(LedgerInUse):
        stage.restored()
    stage.office.close()
    ledger = stage.folder / "ledger.db"
    with ledger.open("r+b") as file:
        file.seek(8 * 4096 + 500)
        file.write(b"\xff" * 64)
    restored = stage.restored()
    assert (restored.lost, restored.other_passphrase) == (0, False)
    assert restored.regained == 13  # that it was backed up, five notes, a visit of seven
    assert "nothing is lost" in restored.sentence
    stage.office = charting.unlock(stage.folder, "ja", PASSPHRASE, stage.clock)
    for each in (room, other):
        again = stage.office.open_visit(each.stream).visit
        assert [entry.chain for entry in again.entries] == [e.chain for e in each.visit.entries]
    assert {row.stream for row in stage.office.visits()} == {room.stream, other.stream}
    assert stage.office.verify() == ()


def test_guesses_at_a_backup_are_counted_on_the_laptop(stage, tmp_path):
    stage.backups.choose(stage.stick)
    stage.back_up()
    (copy,) = copies_at(stage.stick)
    for _ in range(4):
        with pytest.raises(WrongPassphrase, match="not the passphrase of this backup"):
            prove_copy(tmp_path / "new", copy, "ja", "wrong", stage.clock)
    with pytest.raises(TooSoon):
        prove_copy(tmp_path / "new", copy, "ja", PASSPHRASE, stage.clock)


def test_a_backup_from_before_a_new_passphrase_opens_with_the_old_one(stage):
    stage.backups.choose(stage.stick)
    stage.back_up()
    stage.office.close()
    proof = charting.prove(stage.folder, "ja", PASSPHRASE, stage.clock)
    ring = Keyring.read(stage.folder)
    ring.change_passphrase(proof, passphrase=NEW, kdf=FAST_FOR_TESTS).write(stage.folder)
    restored = stage.restored(passphrase=PASSPHRASE)
    assert restored.other_passphrase
    assert "passphrase of today" in restored.sentence
    stage.office = charting.unlock(stage.folder, "ja", NEW, stage.clock)


def test_what_lies_at_a_place_is_said_even_where_it_is_no_backup(stage, tmp_path):
    assert copies_at(stage.stick) == ()
    with pytest.raises(LedgerError, match="cannot be read"):
        copies_at(tmp_path / "nowhere")
    stage.backups.choose(stage.stick)
    stage.back_up()
    (copy,) = copies_at(stage.stick)
    (copy.found.folder / "ledger.db").unlink()
    (copy,) = stage.backups.copies()
    assert "missing" in copy.fault
    with pytest.raises(LedgerError, match="choose another backup"):
        prove_copy(tmp_path / "new", copy, "ja", PASSPHRASE, stage.clock)


def test_a_restore_that_was_cut_off_is_finished_when_the_laptop_starts(stage, monkeypatch):
    stage.backups.choose(stage.stick)
    stage.back_up()
    stage.office.close()
    monkeypatch.setattr(restoring.restore.putting_back, "_put_in_place", _power_cut)
    with pytest.raises(KeyboardInterrupt):
        stage.restored()
    monkeypatch.undo()
    assert (stage.folder / "restoring.ready").exists()
    assert charting.holds_ledger(stage.folder)
    assert not (stage.folder / "restoring.ready").exists()
    stage.office = charting.unlock(stage.folder, "ja", PASSPHRASE, stage.clock)
    assert len(stage.office.keeping.facts(LedgerRestored)) == 1


def _power_cut(*_):
    raise KeyboardInterrupt


# ------------------------------------------------------------------ the rehearsal


def test_a_restore_is_rehearsed_while_the_ledger_is_open_and_leaves_nothing(stage):
    with pytest.raises(LedgerError, match="No place"):
        stage.backups.rehearsal().work()
    stage.backups.choose(stage.stick)
    with pytest.raises(LedgerError, match="no backup of this ledger"):
        stage.backups.rehearsal().work()
    stage.new_visit()
    stage.back_up()
    said = []
    rehearsed = stage.backups.rehearsal().work(said.append)
    assert not (stage.folder / "rehearsal.partial").exists()
    assert "newest visit was opened and read" in rehearsed.sentence
    assert said[-1] == "Opening the newest visit"
    stage.backups.finish_rehearsal(rehearsed)
    told = stage.backups.last_rehearsal()
    assert isinstance(told, RestoreRehearsed)
    assert told.head_seq == stage.backups.last().made.head_seq
    (copy,) = stage.backups.copies()
    with (copy.found.folder / "ledger.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\0\0\0")
    with pytest.raises(LedgerError, match="at least one byte"):
        stage.backups.rehearsal().work()
    assert not (stage.folder / "rehearsal.partial").exists()

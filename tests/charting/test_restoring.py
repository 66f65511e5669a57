"""A backup opens with every key of then: the recovery key, and a key that was renewed since."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ketachart import charting
from ketachart.charting.restoring import (
    RestoreTask,
    copies_at,
    prove_copy,
    prove_copy_by_recovery,
)
from ketachart.clock import SetClock
from ketachart.domain.facts import ClinicRecorded
from ketachart.domain.facts.safekeeping import LedgerRestored
from ketachart.errors import CannotRead, LedgerError, LedgerForeign, TooSoon, WrongPassphrase
from ketachart.storage import folder as folders
from ketachart.storage import manifest as manifests
from ketachart.storage import recovery
from ketachart.storage.entry import Head
from ketachart.storage.keyring import FAST_FOR_TESTS, Person, unlock
from ketachart.storage.vault import bare_rows
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.story import NOON
from tests.ledgers.make import FILES, FOLDER

OF_THE_KEY = "the lamp in the far barn"
WHO = Person("sp", "Sam Park", "RN")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clinic with a recovery key and a backup of it; locked."""
    place = tmp_path_factory.mktemp("restoring")
    (place / "stick").mkdir()
    office = charting.create(place / "ledger", new_clinic(), SetClock(NOON))
    people = office.keeping.people
    file = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(file.public)
    staff_id = office.staff_id
    backups = office.keeping.backups
    backups.choose(place / "stick")
    backups.finish(backups.task("asked for").work())
    office.close()
    return SimpleNamespace(place=place, file=file.content, staff_id=staff_id)


@pytest.fixture
def world(made, tmp_path):
    shutil.copytree(made.place, tmp_path / "world")
    here = SimpleNamespace(**vars(made))
    here.folder, here.stick = tmp_path / "world" / "ledger", tmp_path / "world" / "stick"
    here.clock = SetClock(NOON + timedelta(days=1))
    (here.copy,) = copies_at(here.stick)
    here.unlocked = lambda folder=here.folder: charting.unlock(
        folder, here.staff_id, PASSPHRASE, here.clock
    )
    return here


def by_recovery(world, folder, passphrase=OF_THE_KEY, file=None):
    return prove_copy_by_recovery(
        folder, world.copy, file or world.file, passphrase, who=WHO, clock=world.clock
    )


def restored(world, folder, proof):
    return RestoreTask(folder, world.copy, proof.copy, world.clock, "lost", proof.here).work()


def test_a_backup_is_restored_with_the_clinics_recovery_key(world, tmp_path):
    before = {path: path.read_bytes() for path in world.stick.rglob("*") if path.is_file()}
    folder = tmp_path / "new"
    proof = by_recovery(world, folder)
    assert proof.here is None
    restored(world, folder, proof)
    assert {path: path.read_bytes() for path in before} == before
    office = world.unlocked(folder)
    (entry,) = office.keeping.entries(LedgerRestored)
    assert (entry.author, entry.fact.reason) == ("sp", "lost")
    assert office.verify() == ()
    office.close()


def test_guesses_at_the_recovery_key_are_counted_on_the_laptop_and_not_on_the_stick(
    world, tmp_path
):
    folder = tmp_path / "new"
    for _ in range(4):
        with pytest.raises(WrongPassphrase, match="recovery key's passphrase"):
            by_recovery(world, folder, "wrong")
    with pytest.raises(TooSoon):
        by_recovery(world, folder)
    assert not list(world.stick.rglob("attempts*"))
    assert folders.attempts_file(folder).exists()


def test_what_is_no_recovery_key_of_this_backup_opens_nothing(world, tmp_path):
    other = recovery.make(OF_THE_KEY, kdf=FAST_FOR_TESTS, practice=True).content
    with pytest.raises(LedgerForeign):
        by_recovery(world, tmp_path / "new", file=other)
    with pytest.raises(CannotRead):
        by_recovery(world, tmp_path / "new", file=b"no key")


def charted_more(world, words):
    office = world.unlocked()
    now = office.time.now()
    office.register(ClinicRecorded(at=now, name=words, phone="602 555 0119", zone="UTC"))
    return office


@pytest.mark.parametrize("how", ["passphrase", "recovery key"])
def test_a_backup_from_before_a_new_key_loses_nothing_that_was_charted_since(world, how):
    office = charted_more(world, "Before the new key")
    proof = office.keeping.people.finish_renewal(office.keeping.people.renew_key_task().work())
    charting.enter(world.folder, proof, world.clock).close()
    charted_more(world, "After the new key").close()

    today = unlock(world.folder, world.staff_id, PASSPHRASE, world.clock)
    content = manifests.read(world.copy.found.folder)
    assert manifests.is_sealed(content, today)
    assert not manifests.is_sealed(content, replace(today, earlier=()))
    proof = (
        prove_copy(world.folder, world.copy, world.staff_id, PASSPHRASE, world.clock)
        if how == "passphrase"
        else by_recovery(world, world.folder)
    )
    assert (proof.copy.secret, proof.here.secret) == (today.earlier[0], today.secret)
    made = restored(world, world.folder, proof)
    assert made.lost == 0
    office = world.unlocked()
    assert office.read_only is None
    assert office.clinic.name == "After the new key"
    assert office.verify() == ()
    office.close()


def test_a_restore_from_before_a_new_key_is_rehearsed_with_todays(world):
    office = world.unlocked()
    proof = office.keeping.people.finish_renewal(office.keeping.people.renew_key_task().work())
    office = charting.enter(world.folder, proof, world.clock)
    office.close()
    office = world.unlocked()
    rehearsed = office.keeping.backups.rehearsal().work()
    assert rehearsed.item == world.copy.item
    office.close()


def test_a_backup_of_the_first_format_is_restored_as_todays(tmp_path, world):
    kept = FOLDER / "version-1"
    told = json.loads((kept / "visit.json").read_text(encoding="utf-8"))
    laptop, stick = tmp_path / "old", tmp_path / "old-stick" / "backup"
    for folder in (laptop, stick):
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copyfile(kept / name, folder / name)
    clock, file = world.clock, folders.ledger_file(stick)
    key = unlock(laptop, told["staff_id"], told["passphrase"], clock)
    ((seq, link),) = bare_rows(
        file, key.key_hex96, "SELECT seq, link FROM entry ORDER BY seq DESC LIMIT 1"
    )
    import hashlib

    written = manifests.Manifest(
        item="first-format",
        ledger_id=key.ledger_id,
        made_at=NOON,
        program="KetaChart 0.1",
        head=Head(seq, link),
        size=file.stat().st_size,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    (stick / manifests.NAME).write_bytes(manifests.written(written, key))
    (copy,) = copies_at(stick.parent)
    proof = prove_copy(laptop, copy, told["staff_id"], told["passphrase"], clock)
    made = RestoreTask(laptop, copy, proof.copy, clock, "a test", proof.here).work()
    assert (made.lost, made.head_seq) == (0, seq)
    office = charting.unlock(laptop, told["staff_id"], told["passphrase"], clock)
    (row,) = office.visits()
    assert office.open_visit(row.stream).visit.patient is not None
    assert office.verify() == ()
    office.close()
    with pytest.raises(LedgerError):
        prove_copy(laptop, copy, "nobody", "x", clock)

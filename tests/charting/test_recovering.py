"""With the clinic's recovery key a ledger opens again, and its book says who did so and why."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.people import Recovery
from ketachart.charting.recovering import RecoverTask, read_recovery_file, recovery_of
from ketachart.clock import SetClock
from ketachart.domain.facts.safekeeping import EmergencyAccess, RecoveryKeySet, RecoveryRehearsed
from ketachart.errors import (
    CannotRead,
    DiskFull,
    LedgerError,
    LedgerForeign,
    Refused,
    TooSoon,
    WrongPassphrase,
)
from ketachart.report.credential import open_credential
from ketachart.storage import folder as place
from ketachart.storage import recovery, unsaid
from ketachart.storage.keyring import FAST_FOR_TESTS, Keyring
from ketachart.storage.ledger import Ledger
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.story import NOON

OF_THE_KEY = "the lamp in the far barn"
NEW = "nine copper kettles sing"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A ledger with a recovery key, closed, and the key's file."""
    folder = tmp_path_factory.mktemp("recovering") / "ledger"
    office = charting.create(folder, new_clinic(), SetClock(NOON))
    people = office.keeping.people
    file = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(file.public)
    office.close()
    return folder, file


@pytest.fixture
def file(made):
    return made[1]


@pytest.fixture
def ledger(made, tmp_path):
    shutil.copytree(made[0], tmp_path / "ledger")
    return tmp_path / "ledger"


@pytest.fixture
def clock():
    return SetClock(NOON + timedelta(days=1))


@pytest.fixture
def task(ledger, file, clock):
    return RecoverTask(
        folder=ledger,
        clock=clock,
        file=file.content,
        passphrase=OF_THE_KEY,
        staff_id="ja",
        name="Jana Osei",
        new_passphrase=NEW,
        reason="passphrase forgotten",
    )


def test_the_recovery_key_gives_a_new_passphrase_and_the_book_says_so(task, ledger, clock, file):
    assert read_recovery_file(file.content).fingerprint == recovery_of(ledger) == file.fingerprint
    proof = task.work()
    assert charting.prove(ledger, "ja", PASSPHRASE, clock).dek == proof.dek  # nothing changed yet
    with pytest.raises(WrongPassphrase):
        charting.prove(ledger, "ja", NEW, clock)
    office = charting.enter(ledger, proof, clock)
    (said,) = office.keeping.facts(EmergencyAccess)
    assert (said.staff_id, said.name, said.reason, said.fingerprint) == (
        "ja", "Jana Osei", "passphrase forgotten", file.fingerprint,
    )  # fmt: skip
    kept = office._ledger.credentials("ja", "nurse")[-1]
    office.close()
    charting.unlock(ledger, "ja", NEW, clock).close()
    with pytest.raises(WrongPassphrase):
        charting.prove(ledger, "ja", PASSPHRASE, clock)
    with pytest.raises(WrongPassphrase):
        open_credential(kept.pkcs12, NEW)  # the clinic issues a new certificate


def test_somebody_new_may_come_in_with_the_recovery_key(task, ledger, clock):
    proof = replace(task, staff_id="xy", name="Xenia Yard").work()
    office = charting.enter(ledger, proof, clock)
    assert {row.staff_id for row in office.keeping.people.people() if row.may_unlock} == {
        "ja", "xy",
    }  # fmt: skip
    with pytest.raises(LedgerError, match="licence is not on file"):
        _ = office.nurse
    office.close()


def test_somebody_new_brings_the_licence_and_can_chart(task, ledger, clock):
    xenia = replace(new_clinic().nurse, staff_id="xy", name="Xenia Yard", licence="55 012")
    proof = replace(task, staff_id="xy", name="Xenia Yard", nurse=xenia).work()
    office = charting.enter(ledger, proof, clock)
    assert (office.nurse.name, office.nurse.licence) == ("Xenia Yard", "55 012")
    office.close()


def test_a_clinic_may_go_without_a_recovery_key_and_says_why(ledger, clock):
    office = charting.unlock(ledger, "ja", PASSPHRASE, clock)
    people = office.keeping.people
    assert people.declined() is None
    with pytest.raises(Refused, match="Say why"):
        people.decline("  ")
    people.decline("copied to the clinic every evening ")
    assert people.declined().reason == "copied to the clinic every evening"
    people.set_recovery(people.make_recovery(OF_THE_KEY).work().public)
    assert people.declined() is None
    office.close()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"staff_id": " "}, "staff_id"),
        ({"name": ""}, "name"),
        ({"reason": " "}, "reason"),
        ({"new_passphrase": "too short"}, "passphrase"),
        ({"new_passphrase": "Jana Osei KetaChart"}, "passphrase"),
    ],
)
def test_who_and_why_are_asked_before_the_key_is_tried(task, said, field):
    with pytest.raises(Refused) as refused:
        replace(task, **said, file=b"").work()
    assert refused.value.field == field


def test_what_is_no_key_or_another_clinics_key_opens_nothing(task):
    with pytest.raises(CannotRead):
        replace(task, file=b"{}").work()
    other = recovery.make(OF_THE_KEY, kdf=FAST_FOR_TESTS, practice=True)
    with pytest.raises(LedgerForeign, match="does not open this ledger"):
        replace(task, file=other.content).work()


def test_guesses_at_the_recovery_keys_passphrase_are_counted_and_delayed(task, ledger, clock):
    wrong = replace(task, passphrase=NEW)
    for wait_s in (0, 0, 0, 5):
        with pytest.raises(WrongPassphrase) as caught:
            wrong.work()
        assert caught.value.wait_s == wait_s
    with pytest.raises(TooSoon):
        task.work()
    assert charting.seconds_to_wait(ledger, "ja", clock) == 0
    clock.set_wall(NOON + timedelta(days=400))  # setting the clock gains nothing
    with pytest.raises(TooSoon):
        task.work()
    clock.pass_time(timedelta(seconds=5))
    task.work()


def test_where_the_book_cannot_be_written_nobody_comes_in(task, ledger, clock, monkeypatch):
    proof = task.work()

    def full(*_args, **_named):
        raise DiskFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "append", full)
        with pytest.raises(DiskFull):
            charting.enter(ledger, proof, clock)
    with pytest.raises(WrongPassphrase):
        charting.prove(ledger, "ja", NEW, clock)
    charting.unlock(ledger, "ja", PASSPHRASE, clock).close()  # and the ledger was closed again


def test_a_cut_before_the_keyring_is_written_leaves_the_access_in_the_book(
    task, ledger, clock, monkeypatch
):
    proof = task.work()

    def cut(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, "write_whole", cut)
        with pytest.raises(KeyboardInterrupt):
            charting.enter(ledger, proof, clock)
    office = charting.unlock(ledger, "ja", PASSPHRASE, clock)
    assert len(office.keeping.facts(EmergencyAccess)) == 1
    office.close()


def test_a_rehearsal_shows_that_the_key_opens_and_changes_nothing(ledger, file, clock):
    before = place.keyring_files(ledger)[0].read_bytes()
    office = charting.unlock(ledger, "ja", PASSPHRASE, clock)
    people = office.keeping.people
    with pytest.raises(WrongPassphrase):
        people.rehearse(file.content, NEW).work()
    assert people.recovery().rehearsed_at is None
    people.finish_rehearsal(people.rehearse(file.content, OF_THE_KEY).work())
    known = people.recovery()
    assert (known.fingerprint, known.fault) == (file.fingerprint, "")
    assert known.set_at < known.rehearsed_at
    assert len(office.keeping.facts(RecoveryRehearsed)) == 1
    assert place.keyring_files(ledger)[0].read_bytes() == before
    office.close()


def test_a_recovery_key_that_somebody_exchanged_in_the_file_is_said(ledger, clock):
    ring = Keyring.read(ledger)
    proof = charting.prove(ledger, "ja", PASSPHRASE, clock)
    thiefs = recovery.make(NEW, kdf=FAST_FOR_TESTS, practice=True)
    recovery.with_recovery(ring, proof, thiefs.public).write(ledger)
    office = charting.enter(ledger, proof, clock)
    known = office.keeping.people.recovery()
    assert isinstance(known, Recovery)
    assert "not the one that was set here" in known.fault
    assert known.set_at is None
    assert len(office.keeping.facts(RecoveryKeySet)) == 1
    office.close()


def in_a_damaged_ledger(ledger):
    """Flips a bit on the last page; gives what makes the file whole again."""
    path = place.ledger_file(ledger)
    whole = path.read_bytes()
    content = bytearray(whole)
    content[8 * 4096 - 300] ^= 1
    path.write_bytes(content)
    return lambda: path.write_bytes(whole)


def test_a_damaged_ledger_is_read_with_the_recovery_key_and_the_book_says_so_later(
    task, ledger, clock
):
    mend = in_a_damaged_ledger(ledger)
    before = place.keyring_files(ledger)[0].read_bytes()
    for _ in range(2):
        office = charting.enter(ledger, task.work(), clock)
        assert office.read_only.why == "damaged"
        assert "no new passphrase" in office.read_only.sentence
        assert "in its book once it can be written again" in office.read_only.sentence
        office.close()
        clock.pass_time(timedelta(hours=1))
    assert place.keyring_files(ledger)[0].read_bytes() == before
    assert b"passphrase forgotten" not in (ledger / unsaid.FILE).read_bytes()
    mend()
    for _ in range(2):  # told once
        office = charting.unlock(ledger, "ja", PASSPHRASE, clock)
        facts = office.keeping.facts(EmergencyAccess)
        assert [(fact.name, fact.reason[:20]) for fact in facts] == [
            ("Jana Osei", "passphrase forgotten")
        ] * 2
        assert facts[1].at - facts[0].at == timedelta(hours=1)
        assert "only be read" in facts[0].reason
        assert not (ledger / unsaid.FILE).exists()
        office.close()


def test_a_cut_between_book_and_note_tells_an_access_once(task, ledger, clock, monkeypatch):
    mend = in_a_damaged_ledger(ledger)
    charting.enter(ledger, task.work(), clock).close()
    mend()
    with monkeypatch.context() as patch:
        patch.setattr(unsaid, "forget", lambda _folder: None)
        charting.unlock(ledger, "ja", PASSPHRASE, clock).close()
    office = charting.unlock(ledger, "ja", PASSPHRASE, clock)
    assert len(office.keeping.facts(EmergencyAccess)) == 1
    office.close()


def test_where_not_even_the_note_can_be_kept_the_chart_is_read_and_that_is_said(
    task, ledger, clock, monkeypatch
):
    in_a_damaged_ledger(ledger)
    proof = task.work()

    def full(*_args):
        raise DiskFull("full")

    monkeypatch.setattr(unsaid, "add", full)
    office = charting.enter(ledger, proof, clock)
    assert "tell your supervisor today" in office.read_only.sentence
    office.close()


def test_a_note_of_another_ledger_or_a_damaged_one_is_passed_over(task, ledger, clock):
    (ledger / unsaid.FILE).write_bytes(b"\x00" * 40)
    office = charting.enter(ledger, task.work(), clock)
    assert len(office.keeping.facts(EmergencyAccess)) == 1  # this one, written at once
    office.close()

"""Somebody who left took the keyring along: what they can still do, and what a new key ends."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.people import NewPerson
from ketachart.clock import SetClock
from ketachart.domain.facts import NoteWritten
from ketachart.errors import LedgerError, Refused, WrongPassphrase
from ketachart.report.credential import open_credential
from ketachart.storage import folder as place
from ketachart.storage import recovery, vault
from ketachart.storage.kdf import FAST_FOR_TESTS
from ketachart.storage.keyring import Keyring, Person
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import nurse, supervisor

HERS = "a heron counts no clocks"
CLEO = replace(nurse(), staff_id="cl", name="Cleo Marsh", licence="77120")
HOUR = timedelta(hours=1)
HOW_MANY = "SELECT count(*) FROM entry"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A ledger with a recovery key, a nurse shut out, and the files as she took them along."""
    there = tmp_path_factory.mktemp("shut out")
    office = charting.create(there / "ledger", new_clinic(nurse=supervisor()), SetClock(NOON))
    people = office.keeping.people
    people.finish_admit(people.admit(NewPerson(CLEO, HERS)).work())
    people.set_recovery(people.make_recovery(PASSPHRASE).work().public)
    office.close()
    shutil.copytree(there / "ledger", there / "taken")
    office = charting.unlock(there / "ledger", "sp", PASSPHRASE, SetClock(NOON + HOUR))
    office.keeping.people.shut_out("cl", "left the clinic")
    office.new_visit(new_visit())
    office.close()
    return there


@pytest.fixture
def there(founded, tmp_path):
    shutil.copytree(founded, tmp_path / "there")
    return tmp_path / "there"


def later():
    return SetClock(NOON + timedelta(days=1))


def put_back(there):
    """Her keyring in the place of the laptop's."""
    for path in place.keyring_files(there / "ledger"):
        shutil.copyfile(there / "taken" / path.name, path)


def stolen(there):
    """The ledger's key, as she opens it at home with her own passphrase."""
    return charting.prove(there / "taken", "cl", HERS, later())


def opened(there):
    return charting.unlock(there / "ledger", "sp", PASSPHRASE, later())


def test_the_copy_that_was_taken_opens_as_it_was_on_that_day(there):
    with_her = charting.enter(there / "taken", stolen(there), later())
    assert with_her.visits() == ()  # and nothing that was charted since
    with_her.close()


def test_the_laptop_itself_lets_nobody_in_with_it(there):
    with pytest.raises(LedgerError, match="not enrolled"):
        charting.prove(there / "ledger", "cl", HERS, later())
    put_back(there)
    with pytest.raises(LedgerError, match="may unlock this ledger no longer"):
        charting.unlock(there / "ledger", "cl", HERS, later())


def test_with_a_program_of_her_own_the_old_key_opens_it_until_there_is_a_new_one(there):
    key = stolen(there).key_hex96
    ledger = place.ledger_file(there / "ledger")
    assert vault.bare_rows(ledger, key, HOW_MANY)[0][0] > 10  # known, and said: docs/security.md
    people = opened(there).keeping.people
    fresh = people.finish_renewal(people.renew_key_task().work())
    with pytest.raises(LedgerError):
        vault.bare_rows(ledger, key, HOW_MANY)
    assert vault.bare_rows(ledger, fresh.key_hex96, HOW_MANY)[0][0] > 10
    put_back(there)
    with pytest.raises(LedgerError):
        charting.unlock(there / "ledger", "cl", HERS, later())


def test_who_knows_the_old_key_and_writes_in_the_keyring_is_not_handed_the_new_one(there):
    old, ring = stolen(there), Keyring.read(there / "ledger")
    friend = Person("fr", "A Friend", "RN")
    planted = ring.add_slot(old, person=friend, passphrase=HERS, kdf=FAST_FOR_TESTS)
    planted.write(there / "ledger")
    office = opened(there)
    people = office.keeping.people
    with pytest.raises(Refused, match=r"A Friend \(fr\) stands in the keyring, and nobody here"):
        people.renew_key_task()
    people.shut_out("fr", "passphrase known to others")
    hers = recovery.make(HERS, kdf=FAST_FOR_TESTS, practice=True)
    recovery.with_recovery(Keyring.read(there / "ledger"), old, hers.public).write(there / "ledger")
    with pytest.raises(Refused, match="not the one that was set here"):
        people.renew_key_task()
    office.close()


def test_a_recovery_key_of_a_practice_ledger_is_not_taken_for_a_real_one(there, monkeypatch):
    office = opened(there)
    people, file = office.keeping.people, recovery.make(HERS, kdf=FAST_FOR_TESTS, practice=True)
    people.take_over(file.content)
    assert people.recovery().fingerprint == file.fingerprint
    monkeypatch.setattr(type(office), "practice", property(lambda _office: False))
    with pytest.raises(Refused, match="made in a practice ledger"):
        people.take_over(file.content)
    office.close()


def test_a_colleague_sees_the_ledger_and_signs_in_nobodys_name(tmp_path):
    folder = tmp_path / "ledger"
    office = charting.create(folder, new_clinic(nurse=supervisor()), SetClock(NOON))
    people = office.keeping.people
    people.finish_admit(people.admit(NewPerson(CLEO, HERS)).work())
    stream = office.new_visit(new_visit()).stream
    office.close()
    colleague = charting.unlock(folder, "cl", HERS, later())
    room = colleague.open_visit(stream)  # there is one key for all visits of a laptop
    assert room.visit.patient.family_name == "Rivera"
    told = room.record(NoteWritten(at=room.now(), text="She sleeps."))
    assert told.author == "cl"  # as who unlocked, whatever is typed
    for holder, kind in (("sp", "nurse"), ("clinic", "authority")):
        locked = colleague._ledger.credentials(holder, kind)[-1].pkcs12
        with pytest.raises(WrongPassphrase):
            open_credential(locked, HERS)
    colleague.close()

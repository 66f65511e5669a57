"""A passphrase is guessed at the cost of Argon2id or not at all, whichever file somebody took."""

import hashlib
import json

import pytest

from ketachart import charting
from ketachart.charting.people import NewPerson
from ketachart.clock import SetClock
from ketachart.report import authority, keyfile
from ketachart.storage import calibrate, recovery, slot
from ketachart.storage.kdf import STANDARD
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.left_files import (
    HERS,
    OF_A_PASSPHRASE,
    OF_THE_KEY,
    files_of,
    holding,
    in_base64,
    needles,
    of_kind,
    play,
)
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import nurse, supervisor

LOCKS = (
    bytes.fromhex("2a864886f70d01050d"),  # PBES2 (RFC 8018, A.4): a key under a passphrase
    bytes.fromhex("2a864886f70d010c0a01"),  # PKCS#12 (RFC 7292, appendix D): its bags
    b"PRIVATE KEY",
    b"openssh-key",
    b"$argon2",
    b"scrypt",
)
"""By what a key or a passphrase is known that is locked in another way."""


def in_any_code(raw):
    """Bytes as they are, in hexadecimal, and in base64 wherever it begins."""
    return {raw, raw.hex().encode(), raw.hex().upper().encode(), *in_base64(raw)}


def quick_hashes(passphrase):
    """What a careless program keeps to see whether a passphrase is right."""
    names = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b")
    return [getattr(hashlib, name)(passphrase.encode()).digest() for name in names]


def other_ways(*passphrases):
    """The traces of every way of locking that is not a slot of Argon2id."""
    wanted = {coded: "lock" for raw in LOCKS for coded in in_any_code(raw)}
    for passphrase in passphrases:
        for digest in quick_hashes(passphrase):
            wanted |= dict.fromkeys(in_any_code(digest), "hash")
    return wanted | needles(passphrases)


def costs_in(path):
    """What each guess costs that the file lets anybody make."""
    told = json.loads(path.read_text())
    return [each["kdf"] for each in told.get("slots", [told])]


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    return play(tmp_path_factory.mktemp("guessed") / "left")


def test_no_file_holds_a_passphrase_in_any_other_way(left):
    assert holding(files_of(left), other_ways(PASSPHRASE, HERS, OF_THE_KEY)) == set()
    kdfs = [each for path in of_kind(left, OF_A_PASSPHRASE) for each in costs_in(path)]
    assert {each["name"] for each in kdfs} == {"argon2id"}
    assert len({each["salt"] for each in kdfs}) == 4  # three people, and the recovery key


def test_a_signing_key_outside_of_the_ledger_would_be_noticed(tmp_path):
    at = NOON
    made = authority.make_authority(clinic="Clinic", passphrase=PASSPHRASE, now=at, rounds=1000)
    (tmp_path / "nurse.p12").write_bytes(made.pkcs12)
    (tmp_path / "careless.json").write_text(hashlib.sha256(HERS.encode()).hexdigest())
    found = holding(files_of(tmp_path), other_ways(PASSPHRASE, HERS))
    assert found == {("nurse.p12", "lock"), ("careless.json", "hash")}


@pytest.fixture
def paid(monkeypatch):
    """Every cost at which a passphrase is stretched; nothing is stretched really."""
    costs = []

    def stretched(passphrase, *, salt, cost):
        costs.append(cost)
        return hashlib.sha256(salt + passphrase.encode()).digest()

    for module in (slot, recovery):
        monkeypatch.setattr(module, "stretch", stretched)
    monkeypatch.setattr(calibrate, "_measured_once", lambda: STANDARD)
    monkeypatch.setattr(keyfile, "ROUNDS", 1000)
    return costs


def test_in_a_real_clinic_every_guess_costs_the_standard_or_more(tmp_path, paid):
    clock = SetClock(NOON)
    new = new_clinic(nurse=supervisor(), practice=False)
    office = charting.create(tmp_path / "disk", new, clock)
    people = office.keeping.people
    cleo = nurse(staff_id="cl", name="Cleo Marsh")
    people.finish_admit(people.admit(NewPerson(cleo, HERS)).work())
    people.finish_change(people.change_passphrase(PASSPHRASE, "nine copper kettles sing").work())
    made = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(made.public)
    (tmp_path / made.name).write_bytes(made.content)
    (tmp_path / "stick").mkdir()
    office.keeping.backups.choose(tmp_path / "stick")
    office.keeping.backups.finish(office.keeping.backups.task("asked for").work())
    office.close()
    charting.unlock(tmp_path / "disk", "cl", HERS, clock).close()
    assert len(paid) >= 6
    assert [cost for cost in paid if cost.work < STANDARD.work] == []
    kdfs = [each for path in of_kind(tmp_path, OF_A_PASSPHRASE) for each in costs_in(path)]
    assert len(kdfs) == 9  # two people in four copies, and the recovery key
    assert {(each["name"], each["m_kib"] * each["t"]) for each in kdfs} == {
        ("argon2id", STANDARD.work)
    }

"""The recovery key: its file is whole or refused, and opens only the ledger it was set for."""

import json

import pytest

from ketachart.errors import CannotRead, LedgerError, LedgerForeign, Refused
from ketachart.storage import recovery
from ketachart.storage.canonical import canonical
from ketachart.storage.kdf import FAST_FOR_TESTS, KdfParameters
from ketachart.storage.keyring import Keyring
from ketachart.storage.slot import as_text
from tests.storage.making import NURSE, OTHER_PASSPHRASE, PASSPHRASE, practice_keyring


@pytest.fixture(scope="module")
def file():
    return recovery.make(OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS, practice=True)


@pytest.fixture(scope="module")
def kept(file):
    """A keyring that the recovery key opens, and the ledger's key."""
    made, unwrapped = practice_keyring()
    return recovery.with_recovery(made, unwrapped, file.public), unwrapped


def secrets_of(keyring, file, passphrase=OTHER_PASSPHRASE):
    locked = recovery.read(file.content)
    private = locked.opened(passphrase)
    return None if private is None else recovery.secrets_for(keyring, locked, private)


def altered(content, change):
    """The file, changed, with the checksum made good as an attacker would."""
    told = json.loads(content)
    del told["sha256"]
    change(told)
    return canonical({**told, "sha256": recovery._checksum(told)}).encode() + b"\n"


def test_the_recovery_key_opens_the_ledger_it_was_set_for(kept, file, tmp_path):
    ring, unwrapped = kept
    ring.write(tmp_path)
    assert secrets_of(Keyring.read(tmp_path), file) == (unwrapped.secret,)
    assert secrets_of(ring, file, PASSPHRASE) is None


def test_only_the_public_half_is_on_the_laptop_and_no_name_is_in_the_file(kept, file, tmp_path):
    ring, unwrapped = kept
    ring.write(tmp_path)
    private = recovery.read(file.content).opened(OTHER_PASSPHRASE)
    on_disk = (tmp_path / "keyring.json").read_bytes()
    for secret in (private, unwrapped.dek, unwrapped.salt):
        for content in (on_disk, file.content):
            assert secret not in content
            assert secret.hex().encode() not in content
            assert as_text(secret).encode() not in content
    assert file.name == f"ketachart-recovery-{file.fingerprint[:8]}.key"
    assert NURSE.name.encode() not in file.content
    assert unwrapped.ledger_id.encode() not in file.content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b"\xff\xfe", b"%PDF-1.7", b'{"format":"another"}', b"[" * 5000,
        b'{"format":"ketachart-recovery"', b'{"format":"ketachart-recovery","version":1}',
    ],
)  # fmt: skip
def test_what_is_no_recovery_key_is_said_to_be_none(content):
    with pytest.raises(CannotRead):
        recovery.read(content)


def test_a_newer_file_is_not_guessed_at(file):
    with pytest.raises(CannotRead, match="newer KetaChart"):
        recovery.read(altered(file.content, lambda told: told.update(version=2)))


def test_every_cut_and_every_flipped_byte_of_the_file_is_noticed(file):
    whole = file.content.strip()
    for end in range(0, len(whole), 7):
        with pytest.raises(CannotRead):
            recovery.read(whole[:end])
    for position in range(len(whole)):
        flipped = bytearray(whole)
        flipped[position] ^= 1
        with pytest.raises(CannotRead):
            recovery.read(bytes(flipped))


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(public=as_text(bytes(range(32)))),
        lambda told: told["kdf"].update(took_ms=900),
        lambda told: told["kdf"].update(salt=as_text(bytes(16))),
        lambda told: told.update(sealed=as_text(bytes(48))),
        lambda told: told.update(nonce=as_text(bytes(12))),
    ],
)
def test_an_altered_file_opens_with_no_passphrase(file, change):
    assert recovery.read(altered(file.content, change)).opened(OTHER_PASSPHRASE) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["kdf"].update(m_kib=1_048_577),
        lambda told: told["kdf"].update(m_kib=1_048_576, t=11),
        lambda told: told.update(practice=False),
        lambda told: told["kdf"].update(m_kib=64, t=2),
        lambda told: told.update(more="unknown"),
        lambda told: told.update(kdf=[]),
        lambda told: told.pop("public"),
    ],
)
def test_a_cost_or_a_shape_that_no_file_has_is_refused_before_it_is_paid(file, change):
    with pytest.raises(CannotRead):
        recovery.read(altered(file.content, change))


def test_a_weak_passphrase_or_cost_makes_no_recovery_key():
    with pytest.raises(Refused):
        recovery.make("too short", kdf=FAST_FOR_TESTS, practice=True)
    with pytest.raises(ValueError, match="too weak"):
        recovery.make(PASSPHRASE, kdf=FAST_FOR_TESTS)
    with pytest.raises(ValueError, match="too weak"):
        recovery.make(PASSPHRASE, kdf=KdfParameters(65_535, 3, 4))


def test_a_ledger_without_a_recovery_key_says_so(file):
    with pytest.raises(LedgerError, match="no recovery key"):
        secrets_of(practice_keyring()[0], file)


def test_another_recovery_key_is_told_apart_by_its_fingerprint(kept):
    other = recovery.make(OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS, practice=True)
    with pytest.raises(LedgerForeign, match=other.fingerprint[:8]):
        secrets_of(kept[0], other)


def test_the_box_of_another_ledger_does_not_open_here(kept, file):
    foreign, unwrapped = practice_keyring("ledger-2")
    foreign = recovery.with_recovery(foreign, unwrapped, file.public)
    mixed = Keyring("ledger-1", practice=True, slots=kept[0].slots, recovery=foreign.recovery)
    with pytest.raises(LedgerError, match="was altered"):
        secrets_of(mixed, file)
    with pytest.raises(LedgerForeign):
        recovery.with_recovery(kept[0], unwrapped, file.public)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), bytes(32)])
def test_what_is_no_public_key_is_not_set(kept, public):
    ring, unwrapped = kept
    with pytest.raises(CannotRead):
        recovery.with_recovery(ring, unwrapped, public)

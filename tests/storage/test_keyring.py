"""The key opens for the right passphrase only, and a damaged or altered file never misleads."""

import errno
import itertools
import json
import os
import stat
from datetime import timedelta

import pytest

from ketachart.clock import SetClock
from ketachart.errors import (
    FolderReadOnly,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerMissing,
    LedgerNewer,
    Refused,
    TooSoon,
    WrongPassphrase,
)
from ketachart.storage import folder as place
from ketachart.storage import keyfile, keyring
from ketachart.storage.canonical import canonical
from ketachart.storage.keyring import (
    FAST_FOR_TESTS,
    STANDARD,
    KdfParameters,
    Keyring,
    Person,
    seconds_to_wait,
    unlock,
)
from ketachart.storage.slot import as_text
from tests.ledgers.make import FOLDER
from tests.storage.making import (
    COLLEAGUE,
    NURSE,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    START,
    practice_keyring,
)


@pytest.fixture
def clock():
    return SetClock(START)


@pytest.fixture
def kept(tmp_path):
    made, unwrapped = practice_keyring()
    made.write(tmp_path)
    return made, unwrapped


@pytest.fixture
def folder(kept, tmp_path):
    """A folder with the practice keyring ``kept`` in it."""
    assert isinstance(kept[0], Keyring)
    return tmp_path


def altered(folder, change):
    """Both copies, changed, with the checksum made good as an attacker would."""
    for path in place.keyring_files(folder):
        told = json.loads(path.read_bytes())
        del told["sha256"]
        change(told)
        told["sha256"] = keyfile._checksum(told)
        path.write_bytes(canonical(told).encode())


def test_with_the_real_cost_the_passphrase_gives_back_the_same_key(folder, clock):
    made, unwrapped = Keyring.create("ledger-1", person=NURSE, passphrase=PASSPHRASE)
    made.write(folder)
    assert KdfParameters(m_kib=262_144, t=3, p=4) == STANDARD
    assert not made.practice
    assert unlock(folder, "n-1", PASSPHRASE, clock) == unwrapped
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-1", OTHER_PASSPHRASE, clock)


def test_the_key_is_32_bytes_with_a_salt_of_16_and_new_for_each_ledger():
    _, one = practice_keyring()
    _, other = practice_keyring()
    assert len(one.key_hex96) == 96
    assert one.key_hex96 == one.dek.hex() + one.salt.hex()
    assert one.dek != other.dek
    assert one.salt != other.salt


def test_no_secret_is_in_the_files_or_in_what_is_printed(folder, kept):
    made, unwrapped = kept
    for path in place.keyring_files(folder):
        content = path.read_bytes()
        for secret in (unwrapped.dek, unwrapped.salt, PASSPHRASE.encode()):
            assert secret not in content
            assert secret.hex().encode() not in content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert unwrapped.dek.hex() not in repr(unwrapped)
    assert repr(unwrapped.dek) not in repr(unwrapped)
    assert "sealed" not in repr(made)


def test_the_same_words_typed_on_another_keyboard_open_it(folder, clock):
    made, unwrapped = Keyring.create(
        "ledger-1", person=NURSE, passphrase="caf\u00e9 by the old quay", kdf=FAST_FOR_TESTS
    )
    made.write(folder)
    assert unlock(folder, "n-1", "cafe\u0301 by the old quay", clock) == unwrapped


def test_a_wrong_passphrase_is_said_to_be_wrong_and_changes_nothing(folder, clock):
    before = [path.read_bytes() for path in place.keyring_files(folder)]
    with pytest.raises(WrongPassphrase, match="not the passphrase"):
        unlock(folder, "n-1", OTHER_PASSPHRASE, clock)
    assert [path.read_bytes() for path in place.keyring_files(folder)] == before


def test_someone_not_enrolled_is_told_so(folder, clock):
    with pytest.raises(LedgerError, match="not enrolled"):
        unlock(folder, "n-9", PASSPHRASE, clock)


def test_a_colleague_opens_the_same_key_with_her_own_passphrase(folder, kept, clock):
    made, unwrapped = kept
    both = made.add_slot(
        unwrapped, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS
    )
    both.write(folder)
    hers = unlock(folder, "n-2", OTHER_PASSPHRASE, clock)
    assert (hers.dek, hers.salt, hers.person) == (unwrapped.dek, unwrapped.salt, COLLEAGUE)
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-2", PASSPHRASE, clock)


def test_a_new_passphrase_replaces_the_old_one_and_keeps_the_key(folder, kept, clock):
    made, unwrapped = kept
    changed = made.change_passphrase(unwrapped, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS)
    changed.write(folder)
    assert unlock(folder, "n-1", OTHER_PASSPHRASE, clock) == unwrapped
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-1", PASSPHRASE, clock)
    assert [slot.epoch for slot in (*made.slots, *changed.slots)] == [1, 2]
    assert made.slots[0].salt != changed.slots[0].salt


def test_who_is_removed_unlocks_no_longer(folder, kept, clock):
    made, unwrapped = kept
    both = made.add_slot(
        unwrapped, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS
    )
    both.remove_slot("n-1").write(folder)
    with pytest.raises(LedgerError, match="not enrolled"):
        unlock(folder, "n-1", PASSPHRASE, clock)
    assert unlock(folder, "n-2", OTHER_PASSPHRASE, clock).dek == unwrapped.dek


def test_the_last_one_who_can_unlock_is_not_removed(kept):
    with pytest.raises(Refused, match="only one"):
        kept[0].remove_slot("n-1")


@pytest.mark.parametrize("person", [NURSE, Person("", "Cleo", "RN"), Person("n-2", " ", "RN")])
def test_a_taken_or_empty_staff_id_is_refused(kept, person):
    made, unwrapped = kept
    with pytest.raises(Refused):
        made.add_slot(unwrapped, person=person, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS)


def test_a_weak_passphrase_is_refused_wherever_one_is_set(kept):
    made, unwrapped = kept
    with pytest.raises(Refused):
        Keyring.create("ledger-2", person=NURSE, passphrase="too short", kdf=FAST_FOR_TESTS)
    with pytest.raises(Refused):
        made.add_slot(unwrapped, person=COLLEAGUE, passphrase="too short", kdf=FAST_FOR_TESTS)
    with pytest.raises(Refused):
        made.change_passphrase(unwrapped, passphrase="too short", kdf=FAST_FOR_TESTS)


def test_the_key_of_another_ledger_is_not_locked_into_this_keyring(kept):
    _, foreign = practice_keyring("ledger-2")
    with pytest.raises(LedgerForeign):
        kept[0].add_slot(foreign, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE)


def test_a_real_keyring_takes_no_weak_cost():
    made, unwrapped = Keyring.create(
        "ledger-1", person=NURSE, passphrase=PASSPHRASE, kdf=KdfParameters(65_536, 1, 1)
    )
    for cost in (FAST_FOR_TESTS, KdfParameters(65_535, 3, 4), KdfParameters(1_048_577, 3, 4)):
        with pytest.raises(ValueError, match="too weak, or too costly"):
            made.change_passphrase(unwrapped, passphrase=OTHER_PASSPHRASE, kdf=cost)
    for cost in (KdfParameters(64, 1, 2), KdfParameters(65_535, 3, 4)):
        with pytest.raises(ValueError, match="too weak, or too costly"):
            Keyring.create("ledger-1", person=NURSE, passphrase=PASSPHRASE, kdf=cost)


def slot_of(told):
    return told["slots"][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(ledger_id="ledger-2"),
        lambda told: slot_of(told).update(staff_id="n-1 ", name="Nora Example"),
        lambda told: slot_of(told).update(name="Someone Else"),
        lambda told: slot_of(told).update(credential="MD"),
        lambda told: slot_of(told).update(epoch=2),
        lambda told: slot_of(told)["kdf"].update(m_kib=65_536, t=1),
        lambda told: slot_of(told)["kdf"].update(p=2, m_kib=65_536),
        lambda told: slot_of(told).update(took_ms=5000),
        lambda told: slot_of(told).update(public=as_text(bytes(range(32)))),
        lambda told: (
            slot_of(told).pop("public")
            and slot_of(told).pop("renewals") == []
            and slot_of(told).pop("took_ms")
        ),
    ],
)
def test_what_is_said_of_a_slot_cannot_be_altered(folder, clock, change):
    altered(folder, change)
    staff_id = Keyring.read(folder).slots[0].staff_id
    with pytest.raises(WrongPassphrase):
        unlock(folder, staff_id, PASSPHRASE, clock)


def test_a_practice_keyring_cannot_pass_for_a_real_one(folder):
    altered(folder, lambda told: told.update(practice=False))
    with pytest.raises(LedgerDamaged, match="Both copies"):
        Keyring.read(folder)


def test_a_real_keyring_cannot_be_passed_off_as_practice(folder, clock):
    made, _ = Keyring.create(
        "ledger-1", person=NURSE, passphrase=PASSPHRASE, kdf=KdfParameters(65_536, 1, 1)
    )
    made.write(folder)
    altered(folder, lambda told: told.update(practice=True))
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-1", PASSPHRASE, clock)


@pytest.mark.parametrize(
    "kdf",
    [
        {"m_kib": 65_535},
        {"m_kib": 1_048_577},
        {"t": 0},
        {"t": 41},
        {"m_kib": 1_048_576, "t": 11},
        {"p": 0},
        {"p": 9},
    ],
)
def test_a_cost_outside_the_limits_is_refused_before_it_is_paid(folder, kdf):
    made, _ = Keyring.create(
        "ledger-1", person=NURSE, passphrase=PASSPHRASE, kdf=KdfParameters(65_536, 1, 1)
    )
    made.write(folder)
    altered(folder, lambda told: slot_of(told)["kdf"].update(kdf))
    with pytest.raises(LedgerDamaged):
        Keyring.read(folder)


def test_a_slot_pasted_over_another_does_not_open(folder, kept, clock):
    made, unwrapped = kept
    made.add_slot(
        unwrapped, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS
    ).write(folder)

    def paste(told):
        mine, hers = told["slots"]
        hers.update(kdf=mine["kdf"], nonce=mine["nonce"], sealed=mine["sealed"])

    altered(folder, paste)
    with pytest.raises(WrongPassphrase):
        unlock(folder, "n-2", PASSPHRASE, clock)


def test_a_truncated_keyring_is_read_from_its_second_copy_and_made_whole(folder, kept, clock):
    main, second = place.keyring_files(folder)
    whole = main.read_bytes()
    for damage in (whole[:100], b"", whole.replace(b"Nora", b"Nova"), b"\xff" * 64, b"[]", b"{}"):
        main.write_bytes(damage)
        assert unlock(folder, "n-1", PASSPHRASE, clock) == kept[1]
        assert main.read_bytes() == second.read_bytes() == whole
    second.unlink()
    unlock(folder, "n-1", PASSPHRASE, clock)
    assert second.read_bytes() == whole


def test_every_flipped_byte_of_the_keyring_is_noticed(folder):
    main, _ = place.keyring_files(folder)
    whole = main.read_bytes()
    for position, bit in itertools.product(range(len(whole)), range(8)):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << bit
        assert keyfile.parsed(bytes(flipped)) is None


def test_with_both_copies_damaged_the_ledger_is_said_to_be_untouched(folder):
    for path in place.keyring_files(folder):
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LedgerDamaged, match="ledger itself is untouched"):
        Keyring.read(folder)


def test_a_missing_keyring_is_said_to_be_missing(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(LedgerMissing):
            Keyring.read(folder)


def test_a_copy_the_disk_cannot_read_is_read_from_the_other(folder, kept, clock, monkeypatch):
    main, _ = place.keyring_files(folder)
    real = type(main).read_bytes

    def read_bytes(path):
        if path == main:
            raise OSError(errno.EIO, "the disk cannot read it")
        return real(path)

    monkeypatch.setattr(type(main), "read_bytes", read_bytes)
    assert unlock(folder, "n-1", PASSPHRASE, clock) == kept[1]


def test_a_keyring_of_someone_else_is_not_called_damaged(folder, monkeypatch):
    def read_bytes(_path):
        raise PermissionError(errno.EACCES, "not yours")

    monkeypatch.setattr("pathlib.Path.read_bytes", read_bytes)
    with pytest.raises(FolderReadOnly):
        Keyring.read(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(slots=[]),
        lambda told: told.update(slots={}),
        lambda told: told.update(format="another"),
        lambda told: told.update(more="unknown"),
        lambda told: told.pop("practice"),
        lambda told: slot_of(told).update(more="unknown"),
        lambda told: slot_of(told).update(kdf=[]),
        lambda told: slot_of(told).update(sealed="not base64"),
        lambda told: slot_of(told).update(nonce="AAAA"),
        lambda told: slot_of(told)["kdf"].update(salt="AAAA"),
        lambda told: slot_of(told)["kdf"].update(name="scrypt"),
        lambda told: slot_of(told).update(kind="recovery"),
        lambda told: slot_of(told).pop("epoch"),
        lambda told: slot_of(told).update(public=as_text(bytes(31))),
        lambda told: slot_of(told).update(renewals="AAAA"),
        lambda told: slot_of(told).update(renewals=["AAAA"] * 65),
        lambda told: slot_of(told).update(renewals=["not base64"]),
        lambda told: slot_of(told).update(took_ms=-1),
        lambda told: told.pop("recovery"),
        lambda told: told.update(recovery=[]),
        lambda told: told.update(recovery={"public": "AAAA", "box": "", "renewals": []}),
        lambda told: told.update(version=1),
        lambda told: told.update(version=1) or told.pop("recovery"),
    ],
)
def test_a_keyring_of_another_shape_is_called_damaged(folder, change):
    altered(folder, change)
    with pytest.raises(LedgerDamaged, match="Both copies"):
        Keyring.read(folder)


def test_the_keyring_of_a_newer_ketachart_is_not_guessed_at(folder):
    altered(folder, lambda told: told.update(version=3))
    with pytest.raises(LedgerNewer):
        Keyring.read(folder)


def test_a_keyring_of_the_first_format_opens_and_stays_until_something_changes(folder, clock):
    old = FOLDER / "version-1"
    told = json.loads((old / "visit.json").read_text(encoding="utf-8"))
    for path in place.keyring_files(folder):
        path.write_bytes((old / path.name).read_bytes())
    before = place.keyring_files(folder)[0].read_bytes()
    proof = unlock(folder, told["staff_id"], told["passphrase"], clock)
    assert place.keyring_files(folder)[0].read_bytes() == before
    ring = Keyring.read(folder)
    ring.add_slot(proof, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS).write(
        folder
    )
    assert json.loads(place.keyring_files(folder)[0].read_bytes())["version"] == 2
    assert unlock(folder, told["staff_id"], told["passphrase"], clock) == proof
    assert unlock(folder, "n-2", OTHER_PASSPHRASE, clock).secret == proof.secret


def test_a_restart_of_the_laptop_gains_nothing_and_holds_nobody_longer_than_one_wait(folder, clock):
    clock.pass_time(timedelta(hours=5))
    for _ in range(6):
        clock.pass_time(timedelta(seconds=guess(folder, clock).wait_s))
    assert guess(folder, clock).wait_s == 40
    assert seconds_to_wait(folder, "n-1", SetClock(START + timedelta(days=9))) == 40
    restarted = SetClock(START)
    restarted.pass_time(timedelta(seconds=40))
    unlock(folder, "n-1", PASSPHRASE, restarted)


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_setting_the_clock_gains_nothing(folder, clock, days):
    for _ in range(4):
        guess(folder, clock)
    clock.set_wall(START + timedelta(days=days))
    with pytest.raises(TooSoon):
        unlock(folder, "n-1", PASSPHRASE, clock)
    clock.pass_time(timedelta(seconds=5))
    unlock(folder, "n-1", PASSPHRASE, clock)


def test_a_cut_between_the_two_copies_leaves_one_that_opens(folder, kept, clock):
    made, unwrapped = kept
    changed = made.change_passphrase(unwrapped, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS)
    main, second = place.keyring_files(folder)
    old = second.read_bytes()
    place.write_whole(main, keyfile.written(changed.kept))
    assert second.read_bytes() == old
    assert unlock(folder, "n-1", OTHER_PASSPHRASE, clock) == unwrapped
    assert second.read_bytes() == main.read_bytes() != old


def guess(folder, clock):
    with pytest.raises((WrongPassphrase, TooSoon)) as caught:
        unlock(folder, "n-1", OTHER_PASSPHRASE, clock)
    return caught.value


def test_after_four_free_tries_each_guess_waits_longer_and_never_for_ever(folder, kept, clock):
    waits = []
    for _ in range(14):
        wrong = guess(folder, clock)
        assert isinstance(wrong, WrongPassphrase)
        waits.append(wrong.wait_s)
        clock.pass_time(timedelta(seconds=wrong.wait_s))
    assert waits == [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300]
    assert unlock(folder, "n-1", PASSPHRASE, clock) == kept[1]


def test_a_guess_too_soon_is_not_heard_even_if_it_is_right(folder, clock):
    for _ in range(4):
        guess(folder, clock)
    clock.pass_time(timedelta(milliseconds=4001))
    with pytest.raises(TooSoon, match="Wait 1 seconds") as caught:
        unlock(folder, "n-1", PASSPHRASE, clock)
    assert caught.value.wait_s == 1
    clock.pass_time(timedelta(milliseconds=999))
    unlock(folder, "n-1", PASSPHRASE, clock)


def test_a_right_passphrase_begins_the_count_again(folder, clock):
    for _ in range(3):
        guess(folder, clock)
    unlock(folder, "n-1", PASSPHRASE, clock)
    assert [guess(folder, clock).wait_s for _ in range(3)] == [0, 0, 0]


def test_one_persons_wrong_guesses_do_not_make_another_wait(folder, kept, clock):
    made, unwrapped = kept
    made.add_slot(
        unwrapped, person=COLLEAGUE, passphrase=OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS
    ).write(folder)
    for _ in range(4):
        guess(folder, clock)
    assert seconds_to_wait(folder, "n-1", clock) == 5
    assert seconds_to_wait(folder, "n-2", clock) == 0
    unlock(folder, "n-2", OTHER_PASSPHRASE, clock)
    assert seconds_to_wait(folder, "n-1", clock) == 5


def test_a_guess_is_counted_on_the_disk_before_it_is_made(folder, clock, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", flushed.append)

    def power_cut(*_args, **_named):
        raise SystemExit

    monkeypatch.setattr(keyring, "unseal", power_cut)
    for _ in range(4):
        with pytest.raises(SystemExit):
            unlock(folder, "n-1", PASSPHRASE, clock)
    assert len(flushed) == 8  # each time the file and its name
    monkeypatch.undo()
    assert seconds_to_wait(folder, "n-1", SetClock(START)) == 5


def test_a_clock_set_back_locks_nobody_out_for_more_than_one_wait(folder, kept, clock):
    for _ in range(12):
        clock.pass_time(timedelta(seconds=guess(folder, clock).wait_s))
    guess(folder, clock)
    clock.set_wall(START - timedelta(days=400))
    assert seconds_to_wait(folder, "n-1", clock) == 300
    clock.pass_time(timedelta(seconds=300))
    assert unlock(folder, "n-1", PASSPHRASE, clock) == kept[1]


def test_a_clock_set_back_after_one_slip_makes_nobody_wait(folder, clock):
    guess(folder, clock)
    clock.set_wall(START - timedelta(days=1))
    assert seconds_to_wait(folder, "n-1", clock) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"\xff\xfe", b'{"n-1":3}', b'{"n-1":{"failures":"many"}}',
        b'{"n-1":{"failures":9,"since_start_ms":-1}}', b'{"n-1":{"failures":0}}',
        b'{"n-1":{"failures":9,"since_start_ms":1e999}}', b'{"\\ud800":{"failures":1}}',
    ],
)  # fmt: skip
def test_an_unreadable_count_locks_nobody_out(folder, kept, clock, content):
    place.attempts_file(folder).write_bytes(content)
    assert seconds_to_wait(folder, "n-1", clock) == 0
    assert unlock(folder, "n-1", PASSPHRASE, clock) == kept[1]

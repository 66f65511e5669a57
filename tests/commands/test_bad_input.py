"""Bad input gets one clear sentence that names what to do, and nothing is lost by it."""

import errno
import shutil
import sqlite3
from contextlib import contextmanager

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.commands import given, replay
from ketachart.commands.player import PASSPHRASE
from ketachart.errors import CannotRead
from ketachart.storage import keyring, schema
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, unguarded
from tests.helpers.command import (
    STARTED,
    WRITTEN,
    command,
    line,
    note,
    visit_of,
)
from tests.helpers.stories import FOLDER
from tests.storage.making import NURSE, new_ledger

STORY = FOLDER / "late_and_corrected.jsonl"


# ------------------------------------------------------------------ values and times in a script


@pytest.mark.parametrize(
    ("told", "rule", "says"),
    [
        (("vitals-taken", {"heart_rate": 900}), "value cannot be", "Heart rate 900 /min cannot be"),
        (("vitals-taken", {"spo2": 140}), "value cannot be", "SpO₂ 140 % cannot be"),
        (("vitals-taken", {"systolic": 80, "diastolic": 120}), "", "80/120"),
        (("vitals-taken", {}), "empty set", "Nothing is filled in"),
        (("weight-measured", {"weight_kg": "0"}), "weight must be above zero", "above zero"),
        (("weight-measured", {"weight_kg": "-70"}), "weight must be above zero", "above zero"),
        (("weight-measured", {"weight_kg": "74,0"}), "", "has a comma. Write the number with a po"),
        (("weight-measured", {"weight_kg": 740}), "weight hard to believe", "740 kg is hard to be"),
        (("rate-set", {"rate_ml_h": "-1"}), "rate must not be negative", "never below zero"),
        (("rate-set", {"rate_ml_h": "111"}), "increase needs a reason", "is an increase. Say that"),
        (("infusion-started", {"rate_ml_h": "11.1"}), "already running", "already running"),
        (("infusion-resumed", {"rate_ml_h": "11.1"}), "already running", "was not paused then"),
        (("bolus-given", {"amount_mg": "5"}), "bolus not allowed", "does not allow a bolus"),
        (("effect-noted", {"effect": "nausea", "grade": 0}), "effect not open", "is not open at"),
        (("screening-answered", {"item": "shoe-size", "answer": "clear"}), "no such item",
         "is not a question of this protocol"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_and_the_visit_goes_on(scripts, told, rule, says):
    kind, values = told
    spoilt = [line(kind, "14:05", **values), note("14:06", "and on it goes")]
    answer, out = scripts.replay([*STARTED, *spoilt], "--json", "--strict")
    (refusal,) = answer.json["refusals"]
    assert refusal["line"] == len(STARTED) + 1
    assert says in refusal["sentence"]
    assert rule in refusal["rule"]
    assert visit_of(out)["infusion"]["state"] == "running"


def test_times_that_cannot_be_are_told_and_the_rest_is_charted(scripts):
    found = scripts.refusals(
        line("infusion-stopped", "13:50", reason="complete"),
        note("18:00", recorded_at="14:10"),
        note("2026-11-20T12:00:00-07:00"),
        line("intake-recorded", "14:11", solid_at="2026-11-22T19:00:00-07:00"),
        line("infusion-stopped", "14:29", reason="complete"),
        after=STARTED,
    )
    assert [(number, rule) for number, rule, _ in found] == [
        (1, "events out of order"),
        (2, "in the future"),
        (3, "long before the visit"),
        (4, "in the future"),
    ]
    assert "The stop is before the start. Check both times" in found[0][2]
    assert "18:00 has not happened yet: it is 14:10." in found[1][2]
    # 11.1 mL/h from 13:59 to 14:29, 2 mg/mL
    assert visit_of(scripts.folder / "out-1")["infusion"]["total_mg"]["dec"] == "11.1"


# ------------------------------------------------------------------ the ledger


@pytest.fixture
def ledger(replayed, tmp_path):
    """A ledger with one signed visit, a copy of this test's own."""
    shutil.copytree(replayed("late_and_corrected")[1] / "ledger", tmp_path / "ledger")
    return tmp_path / "ledger"


def asked(folder, *words, passphrase=PASSPHRASE, what="show"):
    return command(what, folder, "--passphrase-file", "-", *words, typed=f"{passphrase}\n")


def is_whole(folder):
    """Whether the ledger still opens with its one visit."""
    return [row["status"] for row in asked(folder, "--json").json] == ["signed"]


def test_a_wrong_passphrase_is_told_and_the_right_one_still_opens(ledger):
    answer = asked(ledger, passphrase="not this one at all")
    assert (answer.code, answer.out) == (2, "")
    assert "That is not the passphrase. Nothing is lost" in answer.err
    assert is_whole(ledger)


def test_after_many_wrong_passphrases_the_wait_is_named(ledger):
    answers = [asked(ledger, passphrase=f"not this one, number {n}") for n in range(8)]
    assert {answer.code for answer in answers} == {2}
    assert "wait" in answers[-1].err.lower()


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_a_damaged_ledger_is_named_before_anything_is_shown(ledger, json):
    path = ledger / "ledger.db"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    answer = asked(ledger, "--visit", "261122-04", *json)
    assert answer.code == 1
    assert "is not as it was written" in answer.err.splitlines()[0]
    assert "restore the last good backup" in answer.err
    assert path.read_bytes() == bytes(content)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6, 0.8, 0.99])
def test_damage_anywhere_in_the_ledger_is_found(ledger, place):
    path = ledger / "ledger.db"
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    answer = asked(ledger)
    assert answer.code in (1, 2)
    assert "restore the last good backup" in answer.err


def test_a_damaged_keyring_is_named_where_no_copy_is_left(ledger):
    for name in ("keyring.json", "keyring.json.bak"):
        (ledger / name).write_text("{", encoding="utf-8")
    answer = asked(ledger)
    assert answer.code == 2
    assert "keyring" in answer.err


def test_a_file_that_is_no_ledger_is_foreign(ledger):
    (ledger / "ledger.db").unlink()
    other = sqlite3.connect(ledger / "ledger.db")
    other.execute("create table t (a)")
    other.close()
    answer = asked(ledger)
    assert answer.code == 2
    assert "is not a ledger at all. Nothing was changed: restore" in answer.err


def test_a_ledger_with_the_keyring_of_another_is_foreign(ledger, tmp_path):
    other = tmp_path / "other"
    new_ledger(other).close()
    for name in ("keyring.json", "keyring.json.bak"):
        shutil.copy(other / name, ledger / name)
    answer = asked(ledger, "--who", NURSE.staff_id, passphrase="seven lanterns by the quay")
    assert answer.code == 2
    assert answer.err.strip()


def test_a_ledger_of_a_newer_ketachart_is_left_alone(ledger):
    key = keyring.unlock(ledger, "ja", PASSPHRASE, SystemClock()).key_hex96
    database = open_database(ledger / "ledger.db", key)
    with unguarded(database):
        database.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    database.close()
    before = (ledger / "ledger.db").read_bytes()
    answer = asked(ledger)
    assert answer.code == 1
    assert "newer KetaChart" in answer.err
    assert (ledger / "ledger.db").read_bytes() == before


def test_a_ledger_that_is_open_elsewhere_is_not_opened_twice(ledger):
    office = charting.unlock(ledger, "ja", PASSPHRASE, SystemClock())
    try:
        answer = asked(ledger)
        assert answer.code == 2
        assert "open" in answer.err
    finally:
        office.close()
    assert is_whole(ledger)


@pytest.mark.parametrize("name", ["", "nothing", "a-file"])
def test_a_folder_without_a_ledger_says_what_is_lacking(tmp_path, name):
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")
    answer = asked(tmp_path / name if name else tmp_path)
    assert answer.code == 2
    assert "keyring" in answer.err if not name else "is not a folder" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file"]


# ------------------------------------------------------------------ the disk


@contextmanager
def failing(number, *, after=0):
    """The ledger's disk fails with that number once so many acts were kept."""
    append = Ledger.append
    done = []

    def fails(self, *drafts, **rest):
        if len(done) >= after:
            raise OSError(number, "the disk says no")
        done.append(1)
        return append(self, *drafts, **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "append", fails)
        yield


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "The disk is full. Free some space"),
        (errno.EROFS, "may not be read or written by this account"),
        (errno.EIO, "could not be read or written"),
    ],
)
def test_a_disk_that_fails_while_the_answer_is_written_is_named(
    tmp_path, monkeypatch, number, says
):
    def fails(_played, out):
        raise OSError(number, "the disk says no", str(out / "visit.json"))

    monkeypatch.setattr(replay, "write_files", fails)
    answer = command("replay", STORY, "--out", tmp_path / "o")
    assert answer.code == 2
    assert says in answer.err
    # what was charted is on the disk all the same
    assert is_whole(tmp_path / "o" / "ledger")


def test_a_disk_that_fails_in_the_middle_keeps_what_was_charted(tmp_path):
    with failing(errno.ENOSPC, after=20):
        answer = command("replay", STORY, "--out", tmp_path / "o")
    assert answer.code == 2
    assert "The disk is full." in answer.err
    (row,) = asked(tmp_path / "o", "--json").json
    assert row["status"] != "signed"
    shown = asked(tmp_path / "o", "--visit", row["number"], "--json").json
    assert shown["entries"] > 18


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    def may_not(self, *_how, **_more):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.mkdir", may_not)
    answer = command("replay", STORY, "--out", tmp_path / "o")
    assert answer.code == 2
    assert answer.err == (
        "o may not be read or written by this account. Check its permissions, or choose another "
        "place.\n"
    )


def test_a_command_that_is_stopped_by_hand_says_so(tmp_path, monkeypatch):
    def stopped(*_words, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(replay, "play", stopped)
    answer = command("replay", STORY, "--out", tmp_path / "o", "--json")
    assert (answer.code, answer.json["good"]) == (2, False)
    assert WRITTEN[0] not in [path.name for path in (tmp_path / "o").iterdir()]


@pytest.mark.parametrize("words", [(), ("dance",), ("replay",), ("show",), ("verify", "--what")])
def test_words_that_are_not_understood_show_how_it_is_used(words):
    answer = command(*words)
    assert answer.code == 2
    assert "usage: python -m ketachart" in answer.err


def test_a_file_that_is_far_too_long_is_refused_before_it_is_read_whole(tmp_path):
    long = tmp_path / "long.jsonl"
    with long.open("wb") as file:
        file.truncate(given.MOST_TEXT + 1)  # a hole: it takes no room on the disk
    with pytest.raises(CannotRead, match=r"long\.jsonl is over 16 MB"):
        given.text_of(long)
    with long.open("wb") as file:
        file.truncate(given.MOST_TEXT)
    assert len(given.text_of(long)) == given.MOST_TEXT

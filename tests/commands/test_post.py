"""`post`: a laptop joins, packs, and the clinic takes it in, all from the shell."""

import shutil

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.command import command
from tests.helpers.two_ledgers import supervisor


def ask(*words, typed=f"{PASSPHRASE}\n"):
    return command("post", *words, "--passphrase-file", "-", "--json", typed=typed)


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A clinic with its card, and a laptop that joined and asks for its certificate."""
    folder = tmp_path_factory.mktemp("post")
    charting.create(folder / "clinic", new_clinic(nurse=supervisor()), SystemClock()).close()
    card = ask("card", "--ledger", folder / "clinic", "--out", folder).json
    joined = ask(
        "join", folder / card["file"], "--ledger", folder / "laptop", "--staff-id", "ja",
        "--name", "Julia Alvarez", "--credential", "RN", "--licence", "1", "--practice",
        "--fingerprint", card["fingerprint"], "--out", folder,
    ).json  # fmt: skip
    return folder, card, joined


@pytest.fixture
def place(founded, tmp_path):
    shutil.copytree(founded[0], tmp_path / "post")
    return tmp_path / "post"


def test_a_laptop_joins_and_its_report_comes_to_the_clinic_and_the_receipt_back(place, founded):
    _, _, joined = founded
    clinic, laptop = ("--ledger", place / "clinic"), ("--ledger", place / "laptop")
    taken = ask("take", place / joined["file"], *clinic)
    assert taken.json["packages"][0]["lines"][0]["words"] == "Julia Alvarez, RN, asks to join"
    wrong = ask("grant", *clinic, "--staff-id", "ja", "--fingerprint", "ab" * 32)
    assert (wrong.code, "compare again by phone" in wrong.json["error"]) == (2, True)
    granted = ask("grant", *clinic, "--staff-id", "ja", "--fingerprint", joined["fingerprint"])
    assert "has joined" in granted.json["sentence"]
    answer = ask("pack", *clinic, "--out", place).json
    assert ask("complete", *laptop).code == 2
    assert ask("take", place / answer["file"], *laptop).code == 0
    assert "You can sign now" in ask("complete", *laptop).json["sentence"]
    office = charting.unlock(place / "laptop", "ja", PASSPHRASE, SystemClock())
    office.new_visit(new_visit()).sign(PASSPHRASE, incomplete="practice")
    office.close()
    (visit,) = ask("status", *laptop).json["visits"]
    assert visit["state"] == "signed"
    sent = ask("pack", *laptop, "--out", place).json
    (visit,) = ask("status", *laptop).json["visits"]
    assert visit["state"] == "packed"
    assert visit["words"].endswith("no receipt yet")
    both = ask("take", place / sent["file"], place / "keyring.none", *clinic)
    assert both.code == 2, "a file that is not there stops it with its name"
    taken = ask("take", place / sent["file"], *clinic).json
    assert taken["good"]
    again = command("post", "take", place / sent["file"], *clinic, "--passphrase-file", "-",
                    typed=f"{PASSPHRASE}\n")  # fmt: skip
    assert "0 new, 1 known." in again.out
    back = ask("pack", *clinic, "--to", "ja", "--out", place).json
    assert any("Receipt" in words for words in back["items"])
    ask("take", place / back["file"], *laptop)
    (visit,) = ask("status", *laptop).json["visits"]
    assert visit["state"] == "received"
    assert ask("plans", *laptop).json["plans"] == []


def test_what_cannot_be_is_said(place, founded):
    folder, card, _ = founded
    clinic, laptop = ("--ledger", place / "clinic"), ("--ledger", place / "laptop")
    refused = ask("take", folder / card["file"], *clinic)
    assert refused.code == 1
    assert "not a package" in refused.json["packages"][0]["sentence"]
    assert "Nobody is on file" in ask("pack", *clinic, "--out", place).json["error"]
    assert "Only the clinic" in ask("card", *laptop, "--out", place).json["error"]
    assert (
        "asks for nothing"
        in ask("grant", *clinic, "--staff-id", "ja", "--fingerprint", "x").json["error"]
    )
    words = ("--staff-id", "bo", "--name", "Ben Ortiz", "--credential", "RN", "--licence", "1")
    more = ("--out", place, "--fingerprint", "ab" * 32)
    other = ask("join", folder / card["file"], "--ledger", place / "new", *words, *more)
    assert "not the fingerprint of Clinic" in other.json["error"]
    assert not (place / "new").exists()
    there = ask("join", folder / card["file"], *laptop, *words, *more)
    assert "a ledger in that folder already" in there.json["error"]

"""Absurd lines about the clinical day: each is charted or refused by name; nothing falls over."""

import errno
import json
import os
import shutil

import pytest

from ketachart.commands.player import PASSPHRASE
from ketachart.report.text import extract
from tests.helpers.command import HEADER, command, entries_of, line

ANSWERS = {"scale": "phq-9", "asked_in": "en"}
KIT = {"item": "oxygen", "present": True}
LATER = "2026-11-25T14:00:00-07:00"
EARLIER = "2026-11-19T14:00:00-07:00"

IMPOSSIBLE = [
    ("home-checked", {"hospital": "Valley", "travel_min": -1}, "0 to 600 min"),
    ("home-checked", {"hospital": "Valley", "travel_min": 601}, "0 to 600 min"),
    ("home-checked", {"hospital": " ", "travel_min": 5}, "Fill in hospital"),
    ("kit-checked", {"lines": []}, "nothing is ticked"),
    ("kit-checked", {"lines": [KIT] * 10_000}, "An item stands there twice. Leave one of them"),
    ("kit-checked", {"lines": [{**KIT, "item": "bagpipe"}]}, "is not in the kit"),
    ("kit-checked", {"lines": [{**KIT, "expires": "0000-01-01"}]}, "a date such as"),
    ("clock-compared", {"device": "pump", "showed": LATER}, "more than a day away"),
    ("time-out-held", {"steps": []}, "which steps of the time-out held"),
    ("time-out-held", {"steps": ["identity"], "open": ["identity"]}, "either held or open"),
    ("history-taken", {}, "Nothing is filled in"),
    ("history-taken", {"headache_days": 32}, "0 to 31"),
    ("history-taken", {"worst_pain": -1}, "Pain is 0 to 10"),
    ("history-taken", {"tried": [{"name": " "}]}, "the name of each treatment"),
    ("symptoms-noted", {}, "Nothing is filled in"),
    ("medicines-listed", {}, "List what the patient takes"),
    ("medicines-listed", {"medicines": [{"name": ""}]}, "the name of each medicine"),
    ("medicines-listed", {"medicines": [{"name": "x"}], "none": True}, "Either medicines"),
    ("medicines-listed", {"medicines": [{"name": "lorazepam", "last": LATER}]},
     "cannot have been taken at"),
    ("scale-scored", {**ANSWERS, "total": 4, "answers": [0] * 9}, "4"),
    ("scale-scored", {**ANSWERS, "total": 3, "answers": [3]}, "item"),
    ("scale-scored", {**ANSWERS, "total": 9, "answers": [-1] + [1] * 8}, "no answer that the"),
    ("scale-scored", {**ANSWERS, "total": 28}, "0 to 27"),
    ("scale-scored", {"scale": "horoscope", "total": 1}, "is not a scale"),
    ("alert-snoozed", {"alert": "vitals-overdue", "for_min": 0, "reason": "x"}, "1 to 10 min"),
    ("alert-snoozed", {"alert": "vitals-overdue", "for_min": -1, "reason": "x"}, "1 to 10 min"),
    ("alert-snoozed", {"alert": "vitals-overdue", "for_min": 10**9, "reason": "x"}, "1 to 10"),
    ("alert-snoozed", {"alert": "no-such", "for_min": 5, "reason": "x"}, "does not stand"),
    ("medicine-given", {"medicine": "saline", "dose": "1", "unit": "mL", "over_min": "-1",
     "against": "emergency"}, "minutes above zero"),
    ("follow-up-planned", {"due_at": EARLIER}, "is past when it was agreed"),
    ("response-noted", {"entry": "nothing", "response": "better"}, "No line before this"),
    ("measure-taken", {"measures": ["oxygen"], "oxygen_l_min": "-1"}, "at most 15 L/min"),
    ("effect-noted", {"effect": "nausea", "grade": 5}, "The grade is 0"),
    ("note-written", {"text": "a\u0000b"}, "cannot be printed"),
    ("home-checked", {"hospital": "مستشفى"}, "cannot be printed"),
    ("history-taken", {"note": "🙂"}, "cannot be printed"),
    ("addendum-written", {"about": "late-information", "text": "x"}, "is not a kind of line"),
]  # fmt: skip


def test_what_cannot_be_is_refused_each_in_a_sentence_of_its_own(scripts):
    lines = [line(kind, "13:40", **values) for kind, values, _ in IMPOSSIBLE]
    answer, out = scripts.replay([*HEADER, *lines], "--json", paper=False)
    assert answer.code == 1
    found = {r["line"] - len(HEADER): r["sentence"] for r in answer.json["refusals"]}
    for number, (kind, values, says) in enumerate(IMPOSSIBLE, start=1):
        assert says in found.get(number, "it was charted"), (kind, str(values)[:200])
        assert len(found[number]) < 400
    assert len(entries_of(out)) == len(HEADER) + 2  # with protocol and drug book


def test_letters_of_the_neighbours_and_the_longest_words_are_charted_whole(scripts):
    long = "word " * 1000
    told = [
        line("home-checked", "13:30", hospital="Bệnh viện Nguyễn Trãi", travel_min=0, note=long),
        line("medicines-listed", "13:30", medicines=[{"name": "Łódź ü ñ ç " + "x" * 2000}]),
        line("kit-checked", "13:30", lines=[{**KIT, "expires": "0001-01-02", "note": long}]),
        line("clock-compared", "13:30", device="nurse", showed="2026-11-23T12:29:00-07:00"),
        line("symptoms-noted", "13:30", light="none"),
        line("history-taken", "13:30", headache_days=0, worst_pain=0, note=long),
        line("emergency-declared", "14:20", why=long),
        line("emergency-step", "14:21", step="called 911 " + "y" * 500),
    ]
    answer, out = scripts.replay([*HEADER, *told], "--json")
    kinds = {json.loads(one)["kind"] for one in told}
    assert answer.json["refusals"] == []
    assert kinds <= {row["kind"] for row in entries_of(out)}
    shown = extract((out / "report.pdf").read_bytes())
    assert "Nguyễn Trãi" in shown
    assert shown.count("word") >= 4 * 1000


def no_room(_handle):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("words", [("ems",), ("sheet", "handout")], ids=["ems", "handout"])
def test_a_sheet_that_finds_no_place_is_told_and_the_file_there_stays(replayed, tmp_path, words):
    out = tmp_path / "o"
    shutil.copytree(replayed("quiet_hour")[1], out)
    number = json.loads((out / "visit.json").read_text(encoding="utf-8"))["visit"]["number"]

    def ask(place):
        return command(
            *words, out, "--visit", number, "--passphrase-file", "-", "--out", place,
            typed=PASSPHRASE + "\n",
        )  # fmt: skip

    nowhere = ask(tmp_path / "none" / "x.pdf")
    assert (nowhere.code, "There is no x.pdf there" in nowhere.err) == (2, True)
    folder = ask(tmp_path)
    assert (folder.code, "is a folder" in folder.err) == (2, True)
    for name in ("ledger.db", "x.pdf"):
        before = (out / "ledger" / "ledger.db").read_bytes()
        inside = ask(out / "ledger" / name)
        assert (inside.code, "in the folder of a ledger" in inside.err) == (2, True)
        assert (out / "ledger" / "ledger.db").read_bytes() == before
    assert not (out / "ledger" / "x.pdf").exists()
    kept = out / "report.pdf"
    before = kept.read_bytes()
    with pytest.MonkeyPatch.context() as full:
        full.setattr(os, "fsync", no_room)
        assert (ask(kept).code, kept.read_bytes()) == (2, before)
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []

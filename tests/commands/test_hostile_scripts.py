"""Whatever a script holds, each line is charted or told with its reason; nothing else happens."""

import json

import pytest

from ketachart import house
from ketachart.domain.shape import to_plain
from tests.helpers.command import (
    HEADER,
    command,
    entries_of,
    line,
    note,
    story_text,
    visit_of,
)

T = "2026-11-22T13:40:00-07:00"


# ------------------------------------------------------------------ files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has no line"),
        (b"\n \r\n\n", "has no line"),
        (b"\xff\xfe\x00", "not a text file in UTF-8"),
        ("é".encode("latin-1"), "not a text file in UTF-8"),
        ("\n".join(HEADER).encode("utf-16"), "not a text file in UTF-8"),
        (b"[" + ",".join(HEADER).encode() + b"]", "A script begins with clinic-recorded"),
        (b"PK\x03\x04 no script at all", "A script begins with clinic-recorded"),
    ],
)
def test_a_file_that_is_no_script_is_said_to_be_none(scripts, content, says):
    answer, out = scripts.replay(content)
    assert answer.code == 2
    assert says in answer.err
    assert not out.exists() or list(out.iterdir()) == []


def test_the_same_is_said_in_json(scripts):
    answer, _ = scripts.replay(b"", "--json")
    assert answer.code == 2
    assert answer.json == {"good": False, "error": answer.json["error"]}
    assert answer.err == ""


@pytest.mark.parametrize("end", ["\r\n", "\n\n\n"])
def test_line_ends_and_a_mark_at_the_beginning_change_nothing(scripts, end):
    plain, out = scripts.replay([*HEADER, note("13:40")])
    text = "\ufeff" + end.join([*HEADER, note("13:40")]) + end
    other, marked = scripts.replay(text.encode())
    assert (plain.code, other.code) == (0, 0)
    assert entries_of(marked)[:7] == entries_of(out)[:7]


def test_a_script_that_is_not_there_and_one_that_is_a_folder(tmp_path):
    answer = command("replay", tmp_path / "none.jsonl", "--out", tmp_path / "o")
    assert (answer.code, answer.err) == (
        2,
        "There is no none.jsonl there. Check the name and its folder.\n",
    )
    answer = command("replay", tmp_path, "--out", tmp_path / "o")
    assert answer.code == 2
    assert "is a folder; the name of a file is needed." in answer.err


# ------------------------------------------------------------------ lines


def test_every_line_that_cannot_be_read_is_told_and_the_others_are_charted(scripts):
    half = json.dumps({"kind": "note-written", "at": T, "text": "\ud800"})
    spoilt = [
        ("{", "not one JSON object"),
        ("x" * 1_000_000, "not one JSON object"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"kind": "note-written", "text": ' + "[" * 100_000 + "]" * 100_000 + "}", "too deeply"),
        ('{"kind": "note-written", "kind": "note-written"}', "kind stands twice"),
        ('{"kind": "note-written", "at": "@", "text": "a", "text": "b"}', "text stands twice"),
        (half, "half a letter"),
        (r'{"kind": "note-written", "a\ud800": 1, "a\ud800": 2}', "half a letter"),
        ('{"kind": "dance"}', "“dance” is not a kind of line"),
        ('{"kind": ["note-written"]}', "is not a kind of line"),
        ('{"kind": {}}', "is not a kind of line"),
        ('{"at": "@"}', "kind: this value is missing"),
        ('{"kind": "visit-signed", "at": "@"}', "is not a kind of line"),
        ('{"kind": "entry-struck", "at": "@", "entry": "x", "reason": "r"}', "not a kind"),
        ('{"kind": "note-written", "at": "@"}', "text: this value is missing"),
        ('{"kind": "note-written", "at": "@", "text": 5}', "text is expected here"),
        ('{"kind": "note-written", "at": "@", "text": "a", "why": 1}', "why is not a value"),
        ('{"kind": "note-written", "at": "@", "text": "a", "id": 7}', "id: text is expected"),
        ('{"kind": "note-written", "at": "2026-11-22T13:40:00", "text": "a"}', "has no offset"),
        ('{"kind": "note-written", "at": "0001-01-01T00:00:00+14:00", "text": "a"}', "the year 1"),
        ('{"kind": "note-written", "at": "9999-12-31T23:59:59-12:00", "text": "a"}', "year 9999"),
        (('{"kind": "note-written", "at": "@", "recorded_at": "9999-12-31T23:59:59-12:00", '
         '"text": "a"}'), "recorded_at: the year 9999"),
        ('{"kind": "intake-recorded", "at": "@", "solid_at": "0001-01-01T00:00:00Z"}',
         "intake-recorded.solid_at: the year 1"),
        ('{"kind": "rate-set", "at": "@", "rate_ml_h": NaN}', "a number such as"),
        ('{"kind": "rate-set", "at": "@", "rate_ml_h": -Infinity}', "a number such as"),
        ('{"kind": "rate-set", "at": "@", "rate_ml_h": 1e400}', "a number such as"),
        ('{"kind": "vitals-taken", "at": "@", "spo2": ' + "9" * 5000 + "}", "not one JSON"),
        ('{"kind": "vitals-taken", "at": "@", "spo2": true}', "a whole number is expected"),
        ('{"kind": "strike", "at": "@", "entry": 7, "reason": "r"}', "entry: text is expect"),
        ('{"kind": "strike", "at": "@", "reason": "r"}', "strike.entry: this value is"),
        ('{"kind": "strike", "at": "@", "entry": "a", "reason": "r", "why": 1}', "why is not"),
        (('{"kind": "correct", "at": "@", "entry": "a", "reason": "r", '
         '"fact": {"kind": ["x"]}}'), "is not a kind of line"),
        (('{"kind": "correct", "at": "@", "entry": "a", "reason": "r", '
         '"fact": {"kind": "sign"}}'), "a fact with its kind is expected"),
        ('{"kind": "sign", "at": "@", "incomplete": 5}', "incomplete: text is expected"),
        ('{"kind": "sign"}', "at: this value is missing"),
    ]  # fmt: skip
    lines = [raw.replace("@", T) for raw, _ in spoilt]
    answer, out = scripts.replay([*HEADER, *lines, note("13:41")], "--json")
    found = answer.json["refusals"]
    assert [refusal["line"] - len(HEADER) for refusal in found] == list(range(1, len(spoilt) + 1))
    for (raw, says), refusal in zip(spoilt, found, strict=True):
        assert says in refusal["sentence"], raw[:80]
        assert len(refusal["sentence"]) < 400
    assert [row["kind"] for row in entries_of(out)[7:]] == [
        "note-written", "visit-signed", "report-signed",
    ]  # fmt: skip


def test_a_note_of_a_hundred_thousand_letters_is_charted_whole(scripts):
    answer, out = scripts.replay([*HEADER, note("13:40", "x" * 100_000)], "--strict")
    assert answer.code == 0
    assert len(entries_of(out)[7]["body"]["text"]) == 100_000


def test_letters_that_no_report_can_print_are_refused_by_name(scripts):
    found = scripts.refusals(note("13:40", "漢字"), note("13:41", "a\x00b"))
    assert [rule for _, rule, _ in found] == ["cannot be printed"] * 2
    assert "“漢”" in found[0][2]


def test_a_line_of_null_for_what_may_be_left_out_is_as_if_it_were_left_out(scripts):
    answer, _ = scripts.replay(
        [*HEADER, line("note-written", "13:40", text="a", id=None, recorded_at="13:40")]
    )
    assert answer.code == 0, answer


# ------------------------------------------------------------------ the first lines


def without(kind):
    return [text for text in story_text("quiet_hour") if f'"{kind}"' not in text]


@pytest.mark.parametrize(
    "kind", ["clinic-recorded", "nurse-recorded", "patient-recorded", "order-recorded"]
)
def test_a_script_without_one_of_its_first_lines_says_which(scripts, kind):
    answer, _ = scripts.replay(without(kind))
    assert answer.code == 2
    assert f"missing here: {kind} (line 5: identity-confirmed)" in answer.err


def test_first_lines_may_come_in_any_order_and_the_visit_line_may_be_left_out(scripts):
    answer, _ = scripts.replay([*reversed(HEADER[:4]), note("13:40")])
    assert answer.code == 0, answer


@pytest.mark.parametrize(
    ("number", "old", "new", "says"),
    [
        (3, '"mrn": "004182", ', "", "Line 3: patient-recorded.mrn: this value is missing."),
        (3, "1986-03-14", "2030-03-14", "Line 3: The birth date is in the future. Check the year."),
        (3, "Rivera", "漢字", "Line 3: “漢” cannot be printed in the report."),
        (4, '"dose_mg_per_kg": "0.3"', '"dose_mg_per_kg": "0"', "Line 4: Dose must be above zero."),
        (4, '"dose_mg_per_kg": "0.3"', '"dose_mg_per_kg": "0,3"', "Line 4: order-recorded"),
        (1, "Desert Bloom Infusion", " ", "Line 1: Fill in name."),
        (1, "America/Phoenix", "Mars/Olympus", "Line 1: “Mars/Olympus” is not a time zone."),
        (5, "America/Phoenix", "../etc", "Line 5: “../etc” is not a time zone."),
        (2, "13:30:00-07:00", "13:30:00", "Line 2: nurse-recorded.at: 2026-11-22T13:30:00 has no"),
        (1, "2026-11-22T13", "1826-11-22T13", "Line 1: clinic-recorded.at: the year 1826"),
    ],
)
def test_a_first_line_that_cannot_be_used_is_named_and_leaves_no_ledger(
    scripts, number, old, new, says
):
    lines = list(HEADER)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new)
    answer, out = scripts.replay(lines)
    assert answer.code == 2
    assert says in answer.err
    assert list(out.iterdir()) == []


def with_protocol(**changed):
    protocol = {**to_plain(house.shipped_protocol()), **changed}
    return [*HEADER, line("protocol-adopted", "13:30", protocol=protocol), note("13:40")]


def test_a_clinics_own_protocol_is_taken_whole(scripts):
    answer, out = scripts.replay(with_protocol(title="Desert Bloom", version="7"))
    assert answer.code == 0, answer
    assert visit_of(out)["protocol"]["title"] == "Desert Bloom"


@pytest.mark.parametrize(
    ("name", "says"),
    [("values", "lacks values, dose.absolute"), ("signs", "lacks signs"), ("goals", "goals")],
)
def test_a_protocol_that_lacks_what_the_rules_ask_for_is_not_begun_with(scripts, name, says):
    answer, out = scripts.replay(with_protocol(**{name: []}))
    assert answer.code == 2
    assert "Line 6: The protocol lacks" in answer.err
    assert says in answer.err
    assert list(out.iterdir()) == []


def test_such_a_protocol_is_refused_later_on_too(scripts):
    lines = with_protocol(goals=[])
    found = scripts.refusals(*lines[len(HEADER) :][::-1])
    assert [number for number, _, _ in found] == [2]


def test_a_mended_script_goes_into_the_same_folder(scripts):
    broken = [*HEADER[:3], HEADER[3].replace('"0.3"', '"0"')]
    answer, out = scripts.replay(broken)
    assert answer.code == 2
    path = scripts.folder / "mended.jsonl"
    path.write_text("\n".join(HEADER), encoding="utf-8")
    assert command("replay", path, "--out", out).code == 0


def test_a_second_clinic_or_order_later_on_is_a_line_like_any_other(scripts):
    answer, out = scripts.replay([*HEADER, HEADER[3].replace("13:30:00", "13:40:00")])
    assert answer.code == 0, answer
    assert [row["kind"] for row in entries_of(out)].count("order-recorded") == 2

"""A scripted visit is charted line by line, signed, and written out; what is refused is told."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.commands.player import PASSPHRASE
from ketachart.storage.canonical import canonical
from ketachart.storage.chain import GENESIS, chain_of
from ketachart.storage.entry import Draft
from tests.helpers.command import (
    HEADER,
    STARTED,
    WRITTEN,
    command,
    entries_of,
    line,
    note,
    story_text,
    visit_of,
)
from tests.helpers.stories import FOLDER, STORIES

ROOT = Path(__file__).parents[2]
GOOD = "late_and_corrected"


# ------------------------------------------------------------------ what is written


def test_a_story_is_replayed_by_the_shells_own_command(tmp_path):
    words = [sys.executable, "-m", "ketachart", "replay", str(FOLDER / f"{GOOD}.jsonl")]
    done = subprocess.run(
        [*words, "--out", str(tmp_path / "deep" / "out")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "117 entries charted, 0 lines refused, 22.2 mg ketamine delivered, signed"
    )
    assert sorted(path.name for path in (tmp_path / "deep" / "out").iterdir()) == WRITTEN


@pytest.mark.parametrize("name", STORIES)
def test_every_story_ends_signed_with_all_its_files(replayed, name):
    answer, out = replayed(name)
    refused = name == "screening_refuses"
    assert answer.code == (1 if refused else 0)
    assert answer.json["signed"]
    assert answer.json["good"] is not refused
    assert sorted(path.name for path in out.iterdir()) == WRITTEN
    assert command("verify", out / "report.pdf", "--trust", out / "root.pem").code == 0


def test_the_answer_in_json_says_what_the_files_say(replayed):
    answer, out = replayed(GOOD)
    visit = visit_of(out)
    assert answer.json == {
        "good": True,
        "entries": visit["entries"],
        "refusals": [],
        "signed": True,
        "total_mg": visit["infusion"]["total_mg"],
        "head": visit["head"],
        "passphrase": PASSPHRASE,
    }
    assert visit["head"] == entries_of(out)[-1]["chain"]


def test_the_audit_holds_every_entry_in_the_order_of_writing(replayed):
    _, out = replayed(GOOD)
    rows = entries_of(out)
    # 108 facts, 2 corrections and a strike of 2, 2 and 1 entries, the protocol, the past, and 2 of
    # the signature: 108 + 5 + 1 + 1 + 2
    assert [row["number"] for row in rows] == list(range(1, 118))
    assert [row["kind"] for row in rows[:6]] == [
        "clinic-recorded", "nurse-recorded", "protocol-adopted", "patient-recorded",
        "order-recorded", "visit-opened",
    ]  # fmt: skip
    assert [row["kind"] for row in rows[-2:]] == ["visit-signed", "report-signed"]
    late = next(row for row in rows if row["kind"] == "infusion-stopped")
    assert (late["at"][11:16], late["recorded_at"][11:16]) == ("14:59", "15:07")
    strikes = [row for row in rows if row["kind"] == "entry-struck"]
    struck = {row["id"]: row["body"] for row in rows}
    assert [struck[row["supersedes"]].get("systolic") for row in strikes] == [218, 132, None]


def test_the_report_is_the_one_that_the_ledger_keeps(replayed):
    _, out = replayed(GOOD)
    signed = entries_of(out)[-1]["body"]
    content = (out / "report.pdf").read_bytes()
    assert hashlib.sha256(content).hexdigest() == signed["sha256"]


def test_the_ledger_is_encrypted_opens_and_holds_the_same_visit(replayed):
    _, out = replayed(GOOD)
    for path in (out / "ledger").iterdir():
        assert b"Rivera" not in path.read_bytes()
    office = charting.unlock(out / "ledger", "ja", PASSPHRASE, SystemClock())
    try:
        (row,) = office.visits()
        assert office.open_visit(row.stream).visit.head == visit_of(out)["head"]
        assert office.verify() == ()
    finally:
        office.close()


def test_the_chain_can_be_worked_out_again_from_the_audit(replayed):
    _, out = replayed(GOOD)
    chain = GENESIS
    for row in entries_of(out):
        names = ("stream", "kind", "version", "author", "elapsed_ms", "session", "supersedes")
        told = Draft(
            **{name: row[name] for name in names},
            entry_id=row["id"],
            body=canonical(row["body"]),
            at=row["at"],
            recorded_at=row["recorded_at"],
        )
        chain = chain_of(told, row["number"], chain)
        assert chain == row["chain"], row["number"]


def test_two_replays_of_a_script_chart_the_same_to_the_byte(scripts):
    lines = [*STARTED, line("infusion-stopped", "14:30", reason="complete")]
    (_, first), (_, second) = scripts.replay(lines), scripts.replay(lines)
    one, other = entries_of(first), entries_of(second)
    unsigned = [row for row in one if row["kind"] not in ("visit-signed", "report-signed")]
    assert unsigned == other[: len(unsigned)]
    assert len(one) == len(unsigned) + 2


# ------------------------------------------------------------------ refusals and --strict


def test_a_refused_line_is_told_with_its_number_and_the_rest_goes_on(scripts):
    answer, out = scripts.replay(
        [*HEADER, note("13:40"), line("vitals-taken", "13:41", spo2=140), note("13:42")]
    )
    assert answer.code == 1
    told = "line 7: SpO₂ 140 % cannot be. Measure again and type what you read (0 to 100)."
    assert answer.out.splitlines()[0] == told
    assert "1 line refused" in answer.out
    kinds = [row["kind"] for row in entries_of(out)]
    assert kinds.count("note-written") == 2
    assert "vitals-taken" not in kinds


def test_strict_stops_at_the_first_refused_line_and_signs_nothing(scripts):
    lines = [*HEADER, note("13:40"), line("vitals-taken", "13:41", spo2=140), note("13:42")]
    answer, out = scripts.replay(lines, "--strict", "--json")
    assert answer.code == 1
    assert answer.json["signed"] is False
    assert [refusal["line"] for refusal in answer.json["refusals"]] == [7]
    assert [row["kind"] for row in entries_of(out)].count("note-written") == 1
    assert sorted(path.name for path in out.iterdir()) == [
        name for name in WRITTEN if name != "report.pdf"
    ]
    assert visit_of(out)["signature"] is None


def test_strict_changes_nothing_where_nothing_is_refused(scripts):
    answer, out = scripts.replay([*HEADER, note("13:40")], "--strict")
    assert answer.code == 0
    assert (out / "report.pdf").exists()


def test_a_refusal_names_line_id_kind_rule_and_every_point(replayed):
    answer, out = replayed("screening_refuses")
    override, conclusion, start = answer.json["refusals"]
    assert answer.json["refusals"] == visit_of(out)["refusals"]
    assert (override["line"], override["kind"]) == (56, "override-authorised")
    assert (override["id"], override["rule"]) == (None, "stop cannot be authorised")
    assert (conclusion["line"], conclusion["rule"]) == (57, "screening stop")
    assert [point["code"] for point in conclusion["points"]] == ["heart-vessels"]
    assert (start["line"], start["kind"]) == (61, "infusion-started")
    assert [point["code"] for point in start["points"]] == [
        "screening:heart-vessels", "pump-check", "evening",
    ]  # fmt: skip
    for point in start["points"]:
        assert point["sentence"] in start["sentence"]


def test_each_refusal_is_for_one_line_and_names_its_id(scripts):
    lines = [*HEADER, note("13:40", id="n"), json.dumps({"kind": "dance", "id": "d"})]
    answer, _ = scripts.replay(lines, "--json", paper=False)
    (refusal,) = answer.json["refusals"]
    assert (refusal["line"], refusal["id"], refusal["kind"]) == (7, "d", "dance")
    assert refusal["rule"] == "line could not be read"


# ------------------------------------------------------------------ strikes and corrections


def test_strikes_and_corrections_refer_to_earlier_lines_by_id(scripts):
    high = {"systolic": 218, "diastolic": 82}
    right = {"systolic": 128, "diastolic": 82}
    answer, out = scripts.replay(
        [
            *HEADER,
            line("vitals-taken", "13:40", id="bp", **high),
            line("correct", "13:42", id="bp2", entry="bp", reason="typed 218 for 128",
                 fact=json.loads(line("vitals-taken", "13:40", **right))),
            note("13:43", id="oops"),
            line("strike", "13:44", entry="oops", reason="wrong patient"),
            # a correction can be corrected, by its own id
            line("correct", "13:45", entry="bp2", reason="82 was 84",
                 fact=json.loads(line("vitals-taken", "13:40", systolic=128, diastolic=84))),
        ]
    )  # fmt: skip
    assert answer.code == 0, answer
    visit = visit_of(out)
    assert [each["values"] for each in visit["vitals"]] == [{"systolic": "128", "diastolic": "84"}]
    assert (visit["kept"]["corrections"], visit["kept"]["voids"]) == (2, 1)
    assert len(entries_of(out)) == 7 + 1 + 2 + 1 + 1 + 2 + 2


def test_strikes_that_cannot_be_are_refused_each_by_its_rule(scripts):
    right = json.loads(note("13:40"))
    reading = json.loads(line("vitals-taken", "13:40", spo2=98))
    found = scripts.refusals(
        note("13:40", id="a"),
        line("strike", "13:41", id="s", entry="a", reason="slip"),
        line("strike", "13:42", entry="a", reason="slip"),
        line("strike", "13:42", entry="s", reason="slip"),
        line("strike", "13:42", entry="never", reason="slip"),
        line("correct", "13:42", entry="never", reason="slip", fact=right),
        note("13:43", id="b"),
        line("correct", "13:44", entry="b", reason="slip", fact=reading),
        line("strike", "13:45", entry="b", reason=" "),
    )
    assert [(number, rule) for number, rule, _ in found] == [
        (3, "already struck"),
        (4, "strike of a strike"),
        (5, "no such line"),
        (6, "no such line"),
        (8, "other kind"),
        (9, "line could not be read"),
    ]


def test_an_id_that_was_given_is_not_given_again(scripts):
    found = scripts.refusals(
        note("13:40", "first", id="a"),
        note("13:41", "second", id="a"),
        line("strike", "13:42", entry="a", reason="slip"),
    )
    assert [(number, rule) for number, rule, _ in found] == [(2, "id used twice")]


def test_the_id_of_a_refused_line_is_free_again(scripts):
    found = scripts.refusals(
        line("vitals-taken", "13:40", id="a", spo2=140),
        note("13:41", id="a"),
        line("strike", "13:42", entry="a", reason="slip"),
    )
    assert [number for number, _, _ in found] == [1]


def test_a_response_refers_to_a_medicine_by_its_id(replayed):
    _, out = replayed("paused_for_nausea")
    (given,) = visit_of(out)["medicines"]
    assert (given["medicine"], given["responses"]) == (
        "ondansetron",
        ["nausea 5 to 2, no vomiting"],
    )


# ------------------------------------------------------------------ times


def test_a_line_without_a_time_of_writing_is_written_when_it_happened(scripts):
    _, out = scripts.replay([*HEADER, note("13:40"), note("13:50"), note("13:45")], paper=False)
    times = [(row["at"][11:16], row["recorded_at"][11:16]) for row in entries_of(out)[7:10]]
    assert times == [("13:40", "13:40"), ("13:50", "13:50"), ("13:45", "13:50")]


def test_the_visit_is_opened_at_the_latest_time_of_its_first_lines(scripts):
    early = [text.replace("2026-11-22T13:30", "2026-11-20T09:00") for text in HEADER[:4]]
    _, out = scripts.replay([*early, HEADER[4], note("13:40")], paper=False)
    assert visit_of(out)["visit"]["opened_at"] == "2026-11-22T13:30:00-07:00"


def test_the_visit_may_come_days_after_clinic_and_order_were_told(scripts):
    early = [text.replace("2026-11-22T13:30", "2026-11-02T09:00") for text in HEADER[:4]]
    early[3] = early[3].replace("2026-11-20", "2026-11-01").replace("2026-11-12", "2026-11-01")
    answer, out = scripts.replay([*early, note("13:40")])
    assert answer.code == 0, answer
    assert entries_of(out)[7]["recorded_at"] == "2026-11-22T13:40:00-07:00"


def test_a_line_far_ahead_of_the_one_before_has_not_happened_yet(scripts):
    found = scripts.refusals(
        note("13:40"), note("2027-11-22T13:41:00-07:00"), note("13:42"),
        note("2026-11-24T14:00:00-07:00", "second follow-up"),
    )  # fmt: skip
    assert [(number, rule) for number, rule, _ in found] == [(2, "in the future")]


def test_a_line_may_be_written_days_later_and_not_a_year_later(scripts):
    found = scripts.refusals(
        note("13:40"),
        note("13:41", recorded_at="2026-12-01T09:00:00-07:00"),
        note("13:42", recorded_at="2027-11-22T13:42:00-07:00"),
    )
    assert [(number, rule) for number, rule, _ in found] == [(3, "written long after")]
    assert "more than 14 days after the line before. Check the date." in found[0][2]


def test_a_laptop_clock_set_back_moves_no_time_of_the_chart(scripts):
    answer, out = scripts.replay(
        [*HEADER, note("13:40", recorded_at="13:40"), note("13:40", recorded_at="12:10")]
    )
    assert answer.code == 0, answer
    rows = entries_of(out)[7:]
    assert [row["kind"] for row in rows[:3]] == ["note-written", "clock-stepped", "note-written"]
    assert rows[1]["body"]["by_s"] == -90 * 60
    assert rows[2]["recorded_at"][11:16] == "13:40"
    assert visit_of(out)["kept"]["clock_steps"] == 1


# ------------------------------------------------------------------ signing


def test_a_visit_that_ends_with_points_open_is_signed_incomplete_and_says_which(scripts):
    _, out = scripts.replay([*HEADER, note("13:40")])
    signature = visit_of(out)["signature"]
    assert signature["incomplete"].startswith("The script ended with 1 point open: ")


def test_a_sign_line_says_why_the_chart_is_not_complete(scripts):
    answer, out = scripts.replay([*HEADER, line("sign", "13:40", incomplete="called away")])
    assert answer.code == 0
    assert visit_of(out)["signature"]["incomplete"] == "called away"


def test_a_sign_line_that_is_refused_is_told_and_the_end_signs(scripts):
    answer, out = scripts.replay([*HEADER, line("sign", "13:40")], "--json")
    (refusal,) = answer.json["refusals"]
    assert (refusal["line"], refusal["rule"]) == (6, "cannot sign")
    assert visit_of(out)["signature"]["incomplete"].startswith("The script ended with")


def test_nothing_is_added_after_the_signature_and_it_is_given_once(scripts):
    found = scripts.refusals(note("16:20"), line("sign", "16:21"), after=story_text(GOOD))
    assert [number for number, _, _ in found] == [1, 2]
    assert "signed" in found[0][2]
    assert "signed already" in found[1][2]


# ------------------------------------------------------------------ the folder


def test_a_second_replay_into_the_same_folder_changes_nothing(scripts):
    _, out = scripts.replay([*HEADER, note("13:40")])
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    answer = command("replay", FOLDER / f"{GOOD}.jsonl", "--out", out)
    assert answer.code == 2
    assert "holds a replay already (ledger, visit.json" in answer.err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_what_else_lies_in_the_folder_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    script = tmp_path / "s.jsonl"
    script.write_text("\n".join(HEADER), encoding="utf-8")
    assert command("replay", script, "--out", tmp_path).code == 0
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_a_file_in_place_of_the_folder_is_named(tmp_path, inside):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    out = tmp_path / "taken" / inside if inside else tmp_path / "taken"
    answer = command("replay", FOLDER / f"{GOOD}.jsonl", "--out", out)
    assert answer.code == 2
    assert "is a file where a folder is needed. Choose another name." in answer.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


# ------------------------------------------------------------------ after signing


def test_an_addendum_line_signs_a_second_version_and_one_before_signing_is_refused(tmp_path):
    story = [*HEADER, note("13:40", id="n")]
    early = line("addendum", "13:41", about="late-information", text="too early")
    signed = line("sign", "13:45", incomplete="told for a test")
    called = line(
        "addendum", "13:50", about="follow-up", spoke_with="patient", pain=2, entry="n",
        effects=[{"effect": "nausea", "grade": 1}], text="asked by phone",
    )  # fmt: skip
    script = tmp_path / "s.jsonl"
    script.write_text("\n".join([*story, early, signed, called]) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    answer = command("replay", script, "--out", out, "--json")
    (refused,) = answer.json["refusals"]
    assert "not signed yet" in refused["sentence"]
    visit = visit_of(out)
    (added,) = visit["addenda"]
    assert (added["text"], added["pain"], added["version"]) == ("asked by phone", 2, 2)
    assert [row["kind"] for row in entries_of(out)][-4:] == [
        "visit-signed", "report-signed", "addendum-written", "report-signed",
    ]  # fmt: skip
    assert command("verify", out / "report.pdf", "--trust", out / "root.pem").code == 0

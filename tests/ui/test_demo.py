"""The demo: a practice clinic with visits in every phase, and a visit that charts itself."""

import json
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ketachart import charting
from ketachart.commands.player import PASSPHRASE
from ketachart.domain.course import phase_at
from ketachart.domain.facts import (
    InfusionNotStarted,
    InkSigned,
    InstructionTaught,
    PastRecorded,
    VisitOpened,
)
from ketachart.domain.infusion import delivery
from ketachart.report.verify import verify
from tests.helpers.qt import luminances
from ui import app as start
from ui import demo, demo_clinic
from ui.demo_clinic import SceneClock
from ui.demo_driver import Driver, Stuck

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEYBOARD = "does not support grabbing the keyboard"


# ---------------------------------------------------------------- to look at


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """The practice clinic, made once."""
    folder = tmp_path_factory.mktemp("clinic") / "ledger"
    passphrase = demo_clinic.build(folder, NOON)
    (staff,) = charting.staff_on_file(folder)
    office = charting.unlock(folder, staff.staff_id, passphrase, SceneClock(NOON))
    yield office
    office.close()


@pytest.mark.slow
def test_the_clinic_has_visits_in_every_phase(clinic):
    statuses = Counter(row.status for row in clinic.visits())
    assert set(statuses) == {
        "screening",
        "order",
        "infusion",
        "observation",
        "sign",
        "signed",
    }


@pytest.mark.slow
def test_one_patient_is_being_taught_and_one_visit_was_refused(clinic):
    visits = [clinic.open_visit(row.stream).visit for row in clinic.visits()]
    observed = [visit for visit in visits if phase_at(visit) == "observation"]
    assert sorted(len(visit.facts(InstructionTaught)) for visit in observed) == [0, 3]
    assert [visit.report is not None for visit in visits if visit.facts(InfusionNotStarted)] == [
        True
    ]


@pytest.mark.slow
def test_one_pump_runs_and_one_is_paused_at_this_moment(clinic):
    running = [row.stream for row in clinic.visits() if row.status == "infusion"]
    states = [delivery(clinic.open_visit(stream).visit, NOON).state for stream in running]
    assert sorted(states) == ["paused", "running"]


@pytest.mark.slow
def test_everything_in_it_is_practice_and_lies_in_the_past(clinic):
    assert clinic.practice
    for row in clinic.visits():
        visit = clinic.open_visit(row.stream).visit
        assert visit.last_fact(VisitOpened).practice
        assert visit.entries[-1].recorded_at <= NOON


@pytest.mark.slow
def test_a_visit_waits_from_yesterday_and_every_patient_is_another_person(clinic):
    rows = clinic.visits()
    assert any(row.day < NOON.date() and row.status != "signed" for row in rows)
    numbers = [row.mrn for row in rows if row.status != "signed"]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.slow
def test_a_patient_has_three_earlier_infusions_and_an_order_on_file(clinic):
    row = next(row for row in clinic.visits(search="004295") if row.status == "infusion")
    visit = clinic.open_visit(row.stream).visit
    told = visit.last_fact(PastRecorded).infusions
    assert [one.series_number for one in told] == [None, 1, 2]
    on_file = clinic.order_on_file(visit.patient.mrn)
    assert on_file is not None
    assert on_file.order.series_number == 3


@pytest.mark.slow
def test_its_drug_book_agrees_with_every_visit_and_with_this_mornings_count(clinic):
    book, (counted,) = clinic.stock.reckoning().work()
    assert book.faults(NOON.date()) == ()
    assert counted.entry.at.date() == NOON.date()
    assert counted.entry.fact.when == "start"
    assert not counted.differences
    assert {item.place for item in book.items} == {"safe", "bag", "clinic"}
    assert [item.opened for item in book.items if item.place == "clinic"] == [True]


@pytest.mark.slow
def test_a_colleagues_signed_reports_wait_for_review(clinic):
    desk = clinic.supervision
    desk.wake(desk.waking().work())
    lines = desk.queue()
    assert {line.nurse for line in lines} == {"Tom Brandt, RN"}
    assert [(line.state, line.good, line.own) for line in lines] == [("waiting", True, "")] * 2
    assert all(line.flags for line in lines)


def test_its_protocol_has_a_second_stricter_edition_with_its_reason(clinic):
    second, first = clinic.policy.editions()
    assert second.reason
    assert {change.laxer for change in second.changes} == {""}
    assert second.protocol.known("weight.change").value < (
        first.protocol.known("weight.change").value
    )


@pytest.fixture
def opened(monkeypatch):
    """The window is not shown for good; what it would have been opened on is kept."""
    shown = {}

    def run(folder, *, demo_passphrase=""):
        office = charting.unlock(folder, "ja", demo_passphrase, SceneClock(NOON))
        shown["visits"], shown["folder"] = office.visits(), folder
        office.close()
        return 0

    monkeypatch.setattr(start, "run", run)
    return shown


@pytest.mark.parametrize("story", ["quiet_hour", "screening_refuses"])
def test_a_story_is_opened_alone_and_nothing_of_it_stays(opened, capsys, story):
    assert demo.run_demo(story) == 0
    assert len(opened["visits"]) == 1
    assert not opened["folder"].exists()
    said = capsys.readouterr().out
    assert story in said
    assert PASSPHRASE in said


def test_an_unknown_story_is_named_with_those_there_are(opened, capsys):
    assert demo.run_demo("no_such_story") == 2
    assert "visits" not in opened
    said = capsys.readouterr().err
    assert "There is no story “no_such_story”" in said
    for story in demo_clinic.stories():
        assert story in said


def test_the_passphrase_stands_on_the_unlock_screen_of_a_practice_clinic(qtbot, tmp_path):
    from tests.helpers.door import settled
    from tests.helpers.qt import all_of
    from ui.widgets.words import Words

    demo_clinic.add_story(tmp_path / "ledger", "quiet_hour", NOON)
    window = start.build(tmp_path / "ledger", SceneClock(NOON), demo_passphrase=PASSPHRASE)
    qtbot.addWidget(window)
    window.show()
    settled(qtbot, window)
    said = [w.text() for w in all_of(window.screen_shown, Words)]
    assert f"The passphrase is: {PASSPHRASE}" in said
    assert "Practice clinic, made-up patients only" in said
    window.close()


# ---------------------------------------------------------------- charted by itself


class Kept:
    """The folder that the command left, its answer, and what it said."""

    def __init__(self, out):
        self.out = out
        self.code = demo.main(["--out", str(out)])
        self.report, self.root = out / "report.pdf", out / "root.pem"
        self.folded = json.loads((out / "visit.json").read_text(encoding="utf-8"))
        lines = (out / "entries.jsonl").read_text(encoding="utf-8").splitlines()
        self.entries = [json.loads(line) for line in lines]
        self.pictures = sorted((out / "pictures").iterdir())


@pytest.fixture(scope="module")
def kept(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """The command, run once."""
    made = Kept(tmp_path_factory.mktemp("demo") / "new" / "folder")
    yield made
    shutil.rmtree(made.out)


@pytest.mark.slow
@pytest.mark.qt_log_ignore(KEYBOARD, extend=True)
def test_the_command_leaves_a_report_that_its_root_vouches_for(kept):
    assert kept.code == 0
    verdict = verify(kept.report.read_bytes(), trust_pem=kept.root.read_bytes())
    assert verdict.good
    assert verdict.signers[0].signed_at < datetime.now(UTC)  # noqa: TID251 - the real one


@pytest.mark.slow
def test_the_folded_visit_and_the_entries_are_those_of_the_report(kept):
    assert kept.folded["infusion"]["total_mg"]["dec"] == "34.04"
    assert kept.folded["refusals"] == []
    kinds = [entry["kind"] for entry in kept.entries]
    assert kinds[-2:] == ["visit-signed", "report-signed"]
    assert kinds.count(InkSigned.KIND) == 2


@pytest.mark.slow
def test_every_phase_has_its_picture_in_the_order_of_the_visit(kept):
    names = [picture.stem.partition("-")[2] for picture in kept.pictures]
    order = [
        "unlock", "new-visit", "screening", "pump-hidden", "infusion", "paused", "observation",
        "instructions", "signatures", "sign-ready", "signed",
    ]  # fmt: skip
    assert [name for name in names if name in order] == order
    for picture in kept.pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768)
        assert luminances(image)[0] <= 0.03


@pytest.mark.slow
def test_only_what_is_promised_lies_in_the_folder(kept):
    assert sorted(path.name for path in kept.out.iterdir()) == [
        "entries.jsonl",
        "pictures",
        "report.pdf",
        "root.pem",
        "visit.json",
    ]


@pytest.mark.parametrize("there", ["file", "not empty", "below a file"])
def test_a_folder_that_will_not_do_is_one_sentence(tmp_path, capsys, there):
    out = tmp_path / "out"
    if there == "not empty":
        out.mkdir()
        (out / "notes.txt").write_text("mine", encoding="utf-8")
    else:
        out.write_text("mine", encoding="utf-8")
    wanted = out / "below" if there == "below a file" else out
    assert demo.main(["--out", str(wanted)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert str(wanted) in said.err
    assert len(said.err.splitlines()) == 1
    why = "cannot be written to" if there == "below a file" else "is not an empty folder"
    assert why in said.err
    mine = out / "notes.txt" if there == "not empty" else out
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_window_that_does_otherwise_ends_the_demo_with_its_reason(tmp_path, monkeypatch, capsys):
    def stuck(_out, _ledger):
        raise Stuck("The screen is “unlock”, not “day”.")

    monkeypatch.setattr(demo, "chart", stuck)
    assert demo.main(["--out", str(tmp_path / "new")]) == 1
    assert "The screen is “unlock”" in capsys.readouterr().err


def test_a_disk_that_fills_up_is_said(tmp_path, monkeypatch, capsys):
    def full(_out, _ledger):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(demo, "chart", full)
    assert demo.main(["--out", str(tmp_path / "new")]) == 2
    assert "No space left on device" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_the_driver_says_where_its_keys_led_when_a_field_is_not_there(tmp_path):
    clock = SceneClock(NOON)
    window = start.build(tmp_path / "ledger", clock, demo_passphrase=PASSPHRASE)
    hands = Driver(window, clock)
    hands.begin(1366, 768)
    with pytest.raises(Stuck, match=r"never led to “No such field”.*Start a new clinic"):
        hands.to("No such field")
    with pytest.raises(Stuck, match="is “first-start”, not “day”"):
        hands.expect("day")
    hands.minutes(3)
    assert hands.desk.now() == NOON + timedelta(minutes=3)
    hands.end()


def test_the_demo_needs_no_part_that_only_tests_have():
    source = "".join(path.read_text(encoding="utf-8") for path in Path("ui").glob("demo*.py"))
    assert "pytest" not in source

"""An emergency in the real window: F8 asks nothing, steps are stamped, and nothing is lost."""

import hashlib
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.emergency import happened, open_emergency, steps
from ketachart.domain.emergency_script import script
from ketachart.domain.facts import (
    EmergencyDeclared,
    EmergencyEnded,
    EmergencyStep,
    EntryStruck,
    InfusionStopped,
    NoteWritten,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
    SheetMade,
    VitalsTaken,
)
from ketachart.domain.visit import fold
from ketachart.errors import DiskFull
from ketachart.report.text import extract
from tests.helpers.closing import Closing, Flashes
from tests.helpers.looked_at import nothing_recorded
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances, reachable, spoken_name
from ui import save_where, theme
from ui.screens.emergency_steps import ASKS_FOR, KEYS, _StepButton
from ui.widgets.words import Words

ESC, TAB, F8 = Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_F8
FILED = (PatientRecorded, OrderRecorded, NurseRecorded)
PHASES = ("screening", "order", "infusion", "observation", "instructions", "sign")
SIZES = tuple((scale, *size) for size, scale in LOOKS)


class Alarm(Closing):
    """The window of a visit, and the emergency in it."""

    @property
    def alarm(self):
        return self.window._screens["emergency"]

    @property
    def acts(self):
        return self.alarm.column

    def seconds(self, count):
        self.pass_time(seconds=count)

    def step(self, label):
        """The button of a step."""
        return next(b for b in all_of(self.alarm, _StepButton) if b._step.label == label)


@pytest.fixture
def running(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The pump runs; nothing has happened yet."""
    made = Alarm(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


@pytest.fixture
def alarm(running):
    """F8 was pressed a moment ago."""
    running.keys(F8)
    running.settle()
    return running


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same, for all the tests that record nothing more."""
    folder = tmp_path_factory.mktemp("alarm") / "l"
    made = Alarm(folder, "paused_for_nausea", "infusion", until="infusion-resumed")
    made.keys(F8)
    yield made
    made.close()


def come_back(window):
    """Leave it and come in again, with the first step in hand."""
    for sheet in window.acts._sheets.values():
        sheet.empty()
    window.acts.close_sheet()
    window.window.show_screen("visit")
    window.open("infusion")
    window.keys(F8)


@pytest.fixture
def seen(shared):
    """F8 was pressed, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared, come_back)


def full(*_facts, **_how):
    raise DiskFull("The disk is full. Free some room, then press again.")


# ------------------------------------------------------------------ coming


def test_f8_declares_it_from_every_phase_and_asks_nothing(running, scripted):
    for times, phase in enumerate(PHASES, 1):
        running.open(phase)
        running.keys(F8)
        assert running.window.shown == "emergency", phase
        assert len(running.visit.facts(EmergencyDeclared)) == times, phase
        assert running.last(EmergencyDeclared).at == running.desk.now()
        assert running.last(EmergencyDeclared).why == ""
        assert scripted.asked == []
        assert running.focused() == "911 called"
        running.seconds(5)
        running.desk.record(EmergencyEnded(at=running.desk.now(), outcome="awake"))
        running.keys(ESC, ESC)
        running.seconds(5)


def test_f8_works_out_of_an_open_sheet_and_keeps_what_was_typed(running):
    running.keys(Qt.Key.Key_F3)
    running.type("pale, says she")
    running.keys(F8)
    assert running.window.shown == "emergency"
    running.keys(ESC, ESC)
    assert running.window.shown == "visit"
    assert running.column.sheet("note").text.text() == "pale, says she"


def test_it_works_on_an_empty_chart(tmp_path, qapp):  # noqa: ARG001 - as above
    empty = Alarm(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    told = (e for e in empty.visit.entries if not isinstance(e.fact, FILED))
    empty.desk.room.visit = fold(told)
    empty.seconds(1)  # the ids of this clock begin anew with its time
    assert (empty.visit.patient, empty.visit.order, empty.visit.weight) == (None, None, None)
    empty.keys(F8)
    empty.settle()
    assert empty.said(empty.alarm.script).count("Not recorded.") == 6
    assert "No ketamine is charted." in empty.said(empty.alarm.script)
    assert "not started" in empty.said(empty.alarm.top)
    empty.keys(Qt.Key.Key_1, Qt.Key.Key_2)
    assert [fact.step for fact in empty.visit.facts(EmergencyStep)] == [
        "called-911",
        "pump-stopped",
    ]
    assert empty.last(InfusionStopped) is None
    assert cut_off(empty.alarm) == []
    empty.close()


def test_coming_back_declares_nothing_a_second_time(seen):
    seen.keys(ESC, ESC)
    seen.keys(F8)
    assert seen.window.shown == "emergency"
    assert len(seen.visit.facts(EmergencyDeclared)) == 1


def test_from_the_list_f8_goes_into_the_one_visit_that_is_open(alarm):
    alarm.keys(ESC, ESC)
    alarm.control(Qt.Key.Key_W)
    assert alarm.window.shown == "day"
    alarm.keys(F8)
    assert alarm.window.shown == "emergency"
    assert len(alarm.visit.facts(EmergencyDeclared)) == 1


def test_from_a_list_with_no_open_visit_f8_says_what_to_do(alarm):
    alarm.keys(ESC, ESC)
    alarm.control(Qt.Key.Key_W)
    alarm.desk.clock.pass_time(timedelta(hours=25))
    alarm.keys(F8)
    assert alarm.window.shown == "day"
    said = dict(alarm.desk.notices.standing())["which-visit"]
    assert said.happened == "Call 911 first"
    assert "Open a visit for the patient (Ctrl+N)" in said.detail


# ------------------------------------------------------------------ the script


def test_the_script_is_read_in_the_order_in_which_it_is_asked(seen):
    said = seen.said(seen.alarm.script)
    lines = script(seen.visit, seen.desk.now())
    places = [said.index(line.text) for line in lines]
    assert places == sorted(places)
    assert [line.label for line in lines] == [
        "Where", "Door", "Call back", "Who", "What", "Drug", "Allergy", "Vitals", "Takes",
    ]  # fmt: skip
    assert "2148 East Palm Lane, apartment 6, Phoenix 85006." in said


def test_it_can_be_read_at_arms_length(seen):
    def sizes():
        words = all_of(seen.alarm.script, Words)
        return {word.font().pixelSize() for word in words if word.text().endswith(".")}

    assert sizes() == {20}
    seen.wear(1.0, 1920, 1080)
    assert sizes() == {27}


def test_the_dose_in_the_script_grows_while_the_pump_runs(alarm):
    before = [text for text in alarm.said(alarm.alarm.script) if "milligrams in all" in text]
    alarm.minutes(6)
    after = [text for text in alarm.said(alarm.alarm.script) if "milligrams in all" in text]
    assert before != after
    assert "11.35 milligrams in all" in after[0]


def test_only_the_allergy_is_red(seen):
    danger = theme.look().colour("danger")
    red = {
        word.text()
        for word in all_of(seen.alarm.script, Words)
        if word.palette().windowText().color() == danger
    }
    assert red == {"Allergy", script(seen.visit, seen.desk.now())[-3].text}


# ------------------------------------------------------------------ the strip


def test_the_strip_says_since_when_and_for_how_long(alarm):
    strip = alarm.said(alarm.alarm.top)
    assert any(text.startswith("since ") and "not recorded" in text for text in strip)
    assert "0:00" in strip
    alarm.seconds(134)
    assert "2:14" in alarm.said(alarm.alarm.top)


def test_what_is_happening_is_written_by_one_key_and_read_aloud(alarm):
    at = alarm.last(EmergencyDeclared).at
    alarm.seconds(20)
    alarm.keys(Qt.Key.Key_W)
    assert alarm.acts.open_name == "emergency_cause"
    alarm.type("hard to wake")
    alarm.main_button()
    declared = alarm.last(EmergencyDeclared)
    assert (declared.why, declared.at) == ("hard to wake", at)
    assert any("hard to wake" in text for text in alarm.said(alarm.alarm.top))
    assert any(text.startswith("Hard to wake. Since") for text in alarm.said(alarm.alarm.script))
    assert alarm.focused() == "911 called"


def test_what_is_happening_can_be_put_right_and_both_stay_readable(alarm):
    for words in ("hard to wake", "not breathing"):
        alarm.keys(Qt.Key.Key_W)
        alarm.type(words)
        alarm.main_button()
    assert alarm.last(EmergencyDeclared).why == "not breathing"
    written = [e.fact.why for e in alarm.visit.entries if isinstance(e.fact, EmergencyDeclared)]
    assert written == ["", "hard to wake", "not breathing"]
    assert len(alarm.visit.facts(EmergencyDeclared)) == 1


def test_nothing_written_about_it_is_refused_in_words(seen):
    seen.keys(Qt.Key.Key_W)
    seen.main_button()
    assert "Write what is happening." in seen.said(seen.acts)


def test_the_strip_stops_the_pump_with_its_step(alarm):
    assert "running at 8 mL/h" in alarm.said(alarm.alarm.top)
    alarm.seconds(12)
    alarm.press("Pump stopped", alarm.alarm.top)
    stopped = alarm.last(InfusionStopped)
    assert (stopped.reason, stopped.at) == ("emergency", alarm.desk.now())
    assert alarm.last(EmergencyStep).step == "pump-stopped"
    assert any(text.startswith("stopped ") for text in alarm.said(alarm.alarm.top))
    assert not alarm.alarm.top.stop.isVisible()
    assert any("Stopped" in text for text in alarm.said(alarm.alarm.script))


def test_a_pump_that_stands_is_not_stopped_a_second_time(alarm):
    alarm.keys(Qt.Key.Key_2)
    alarm.seconds(5)
    alarm.keys(Qt.Key.Key_2, Qt.Key.Key_2)
    assert len(alarm.visit.facts(InfusionStopped)) == 1
    assert [fact.step for fact in alarm.visit.facts(EmergencyStep)] == ["pump-stopped"] * 2
    assert alarm.alarm.top.said() == ""


# ------------------------------------------------------------------ the steps


def test_each_key_stamps_its_step_with_the_second(alarm):
    steps = alarm.visit.protocol.listed("emergency-step")
    for key, wanted in zip(KEYS[:12], steps, strict=True):
        assert not alarm.step(wanted.label).isChecked(), wanted.label
        alarm.seconds(7)
        QTest.keyClicks(QApplication.focusWidget(), key)
        alarm.settle()
        done = alarm.last(EmergencyStep)
        assert (done.step, done.at) == (wanted.code, alarm.desk.now()), key
        button = alarm.step(wanted.label)
        assert button.isChecked(), wanted.label
        assert button.sub() == f"{done.at:%H:%M:%S}", wanted.label


def test_no_step_is_done_beforehand(seen):
    buttons = all_of(seen.alarm, _StepButton)
    assert len(buttons) == len(steps(seen.visit)) == 12
    assert not any(button.isChecked() for button in buttons)
    assert [button._key for button in buttons] == list(KEYS[:12])


def test_a_second_press_asks_in_place_and_a_third_records(alarm):
    alarm.keys(Qt.Key.Key_8)
    alarm.seconds(9)
    shock = alarm.step("Shock given")
    alarm.keys(Qt.Key.Key_8)
    assert (shock.words(), shock.sub()) == ("Again?", "press once more")
    assert len(alarm.visit.facts(EmergencyStep)) == 1
    alarm.keys(Qt.Key.Key_8)
    assert len(alarm.visit.facts(EmergencyStep)) == 2
    assert shock.words() == "Shock given"
    assert shock.sub().endswith(", 2 times")


def test_a_question_that_nobody_answers_is_taken_back(alarm):
    alarm.keys(Qt.Key.Key_8)
    alarm.seconds(5)
    alarm.keys(Qt.Key.Key_8)
    alarm.seconds(1)
    assert alarm.step("Shock given").words() == "Again?"
    alarm.seconds(ASKS_FOR.seconds)
    assert alarm.step("Shock given").words() == "Shock given"
    alarm.keys(Qt.Key.Key_8)
    assert len(alarm.visit.facts(EmergencyStep)) == 1


def test_another_step_takes_the_question_back(alarm):
    alarm.keys(Qt.Key.Key_8, Qt.Key.Key_8, Qt.Key.Key_3)
    assert alarm.step("Shock given").words() == "Shock given"
    assert [fact.step for fact in alarm.visit.facts(EmergencyStep)] == ["shock", "oxygen"]


def test_digits_that_are_typed_are_no_steps(alarm):
    alarm.keys(Qt.Key.Key_F2)
    alarm.type("88")
    alarm.acts.sheet("vitals").primary.setFocus()
    alarm.keys(Qt.Key.Key_8)
    assert alarm.visit.facts(EmergencyStep) == ()
    alarm.keys(ESC)
    alarm.settle()
    assert alarm.window.shown == "emergency"
    alarm.keys(Qt.Key.Key_1)
    assert alarm.last(EmergencyStep).step == "called-911"


def test_a_full_disk_stamps_nothing_and_says_so(alarm, monkeypatch):
    monkeypatch.setattr(alarm.desk.room, "record", full)
    monkeypatch.setattr(alarm.desk.room, "record_all", full)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        alarm.keys(key)
        assert alarm.alarm.top.said() == "The disk is full. Free some room, then press again."
    assert not alarm.step("911 called").isChecked()
    assert not alarm.step("Pump stopped").isChecked()
    monkeypatch.undo()
    alarm.keys(Qt.Key.Key_1)
    assert alarm.alarm.top.said() == ""
    assert alarm.step("911 called").isChecked()


def test_the_last_step_is_taken_back_without_a_question_and_stays_readable(alarm, scripted):
    alarm.keys(Qt.Key.Key_1, Qt.Key.Key_3)
    alarm.control(Qt.Key.Key_Z)
    assert [fact.step for fact in alarm.visit.facts(EmergencyStep)] == ["called-911"]
    assert not alarm.step("Oxygen on").isChecked()
    assert alarm.step("911 called").isChecked()
    assert isinstance(alarm.visit.entries[-1].fact, EntryStruck)
    assert scripted.asked == []
    alarm.control(Qt.Key.Key_Z)
    alarm.control(Qt.Key.Key_Z)
    assert alarm.alarm.top.said() == "There is no step to take back."
    assert open_emergency(alarm.visit) is not None


# ------------------------------------------------------------------ vitals, what happened


def test_vitals_are_recorded_here_and_read_aloud_at_once(alarm):
    alarm.seconds(40)
    alarm.keys(Qt.Key.Key_F2)
    sheet = alarm.acts.sheet("vitals")
    assert sheet.isAncestorOf(QApplication.focusWidget())
    alarm.type("118/70")
    sheet.figures["spo2"].set_text("88")
    alarm.main_button()
    taken = alarm.last(VitalsTaken)
    assert (taken.systolic, taken.diastolic, taken.spo2) == (118, 70, 88)
    assert any("pressure 118 over 70" in text for text in alarm.said(alarm.alarm.script))
    assert alarm.acts.open_name == ""
    assert alarm.focused() == "911 called"


@pytest.mark.parametrize(("key", "sheet"), [(Qt.Key.Key_F4, "medicine"), (Qt.Key.Key_F3, "note")])
def test_medicine_and_note_open_beside_the_script(seen, key, sheet):
    seen.keys(key)
    assert seen.acts.open_name == sheet
    assert seen.alarm.script.isVisible()
    seen.keys(ESC)
    assert seen.acts.open_name == ""
    assert seen.window.shown == "emergency"


def test_what_happened_stands_newest_first_with_the_time_that_had_passed(alarm):
    alarm.seconds(30)
    alarm.keys(Qt.Key.Key_1)
    alarm.seconds(25)
    alarm.desk.record(NoteWritten(at=alarm.desk.now(), text="moved to the floor"))
    alarm.settle()
    said = alarm.said(alarm.alarm.log)
    wanted = [row.text for row in happened(alarm.visit)]
    places = [said.index(text) for text in wanted]
    assert wanted[0].endswith("moved to the floor")
    assert wanted[1] == "911 called"
    assert places == sorted(places)
    assert said[said.index("911 called") - 1] == "+0:30"
    assert said[places[0] - 1] == "+0:55"


# ------------------------------------------------------------------ going


def test_escape_twice_leaves_and_the_emergency_goes_on(seen):
    seen.keys(ESC)
    assert seen.window.shown == "emergency"
    assert "Press Esc again to leave." in seen.alarm.top.said()
    seen.keys(ESC)
    assert seen.window.shown == "visit"
    assert open_emergency(seen.visit) is not None
    seen.press("Back to it")
    assert seen.window.shown == "emergency"


def test_a_step_between_two_escapes_stays(alarm):
    alarm.keys(ESC, Qt.Key.Key_1, ESC)
    assert alarm.window.shown == "emergency"
    assert alarm.alarm.top.said().startswith("Press Esc again")


def test_the_list_of_visits_is_not_shown_in_the_middle_of_it(seen):
    seen.control(Qt.Key.Key_W)
    assert seen.window.shown == "emergency"
    assert "Esc twice goes back to the chart." in seen.alarm.top.said()


def test_a_phase_can_be_looked_at_and_the_emergency_come_back_to(seen):
    seen.control(Qt.Key.Key_2)
    assert (seen.window.shown, seen.frame.phase) == ("visit", "order")
    seen.keys(F8)
    assert seen.window.shown == "emergency"
    assert len(seen.visit.facts(EmergencyDeclared)) == 1


def test_its_end_is_charted_with_how_it_ended(alarm):
    alarm.minutes(9)
    alarm.keys(Qt.Key.Key_N)
    assert alarm.acts.open_name == "emergency_over"
    alarm.main_button()
    assert "Write how it ended." in alarm.said(alarm.acts)
    assert open_emergency(alarm.visit) is not None
    alarm.type("awake again, EMS took over")
    alarm.main_button()
    ended = alarm.last(EmergencyEnded)
    assert (ended.outcome, ended.at) == ("awake again, EMS took over", alarm.desk.now())
    assert alarm.window.shown == "visit"
    assert "Back to it" not in alarm.said()


def test_a_second_emergency_begins_with_no_step_done(alarm):
    alarm.keys(Qt.Key.Key_1, Qt.Key.Key_N)
    alarm.type("fainted, awake at once")
    alarm.main_button()
    alarm.seconds(60)
    alarm.keys(F8)
    alarm.settle()
    assert len(alarm.visit.facts(EmergencyDeclared)) == 2
    assert not alarm.step("911 called").isChecked()
    assert "0:00" in alarm.said(alarm.alarm.top)


def test_a_full_disk_at_the_beginning_still_shows_the_script(running, monkeypatch):
    monkeypatch.setattr(running.desk.room, "record", full)
    running.keys(F8)
    running.settle()
    assert running.window.shown == "emergency"
    assert running.alarm.top.said() == "The disk is full. Free some room, then press again."
    assert "not charted" in running.said(running.alarm.top)
    assert "2148 East Palm Lane, apartment 6, Phoenix 85006." in running.said(running.alarm.script)


# ------------------------------------------------------------------ how it looks


def test_nothing_is_cut_off(alarm):
    alarm.keys(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1, ESC)
    for size in SIZES:
        alarm.wear(*size)
        assert cut_off(alarm.alarm) == [], size


def test_a_long_cause_and_a_long_address_wrap(alarm):
    alarm.keys(Qt.Key.Key_W)
    alarm.acts.sheet("emergency_cause").why.set_text("hard to wake, breathing slowly, " * 9)
    alarm.main_button()
    for scale, width, height in SIZES[:5]:
        alarm.wear(scale, width, height)
        assert cut_off(alarm.alarm) == []


def test_everything_that_takes_the_keyboard_has_a_name_and_is_reached_by_tab(seen):
    wanted = set(reachable(seen.alarm))
    for widget in wanted:
        assert spoken_name(widget), widget
    met = set()
    for _ in range(60):
        met.add(QApplication.focusWidget())
        seen.keys(TAB)
    assert [spoken_name(widget) for widget in wanted - met] == []


@pytest.mark.parametrize("done", [0, 12])
def test_the_dim_room_stays_dim(alarm, done):
    for key in KEYS[:done]:
        QTest.keyClicks(QApplication.focusWidget(), key)
    alarm.settle()
    for width, height in ((1366, 768), (1920, 1080)):
        alarm.wear(1.0, width, height)
        mean, _ = luminances(alarm.window.grab().toImage())
        assert mean <= 0.03


def test_no_window_flashes_up(running):
    flashes = Flashes()
    running.keys(F8, Qt.Key.Key_1, Qt.Key.Key_W)
    running.settle()
    flashes.stop()
    assert flashes.seen == []


# ------------------------------------------------------------------ the page for the crew


@pytest.fixture
def shown(monkeypatch):
    """The folders that would be opened for printing."""
    opened = []
    monkeypatch.setattr(
        save_where.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    return opened


def test_one_key_makes_the_sheet_for_the_crew_and_charts_it(alarm, scripted, shown, tmp_path):
    path = tmp_path / "sheet.pdf"
    scripted.will("ask_save_path", path)
    alarm.keys(Qt.Key.Key_E)
    alarm.work_done()
    assert "UNSIGNED" in extract(path.read_bytes())
    made = alarm.last(SheetMade)
    assert (made.sheet, made.sha256) == ("ems", hashlib.sha256(path.read_bytes()).hexdigest())
    assert "The emergency sheet is saved, UNSIGNED" in alarm.alarm.top.said()
    assert shown == [str(tmp_path)]


def test_the_sheet_is_saved_although_the_disk_of_the_ledger_is_full(
    alarm, scripted, shown, tmp_path, monkeypatch
):
    path = tmp_path / "sheet.pdf"
    scripted.will("ask_save_path", path)
    monkeypatch.setattr(alarm.desk.room, "record", full)
    alarm.keys(Qt.Key.Key_E)
    alarm.work_done()
    assert path.read_bytes().startswith(b"%PDF")
    assert "That it was made is not charted: The disk is full." in alarm.alarm.top.said()
    assert alarm.last(SheetMade) is None
    assert shown


def test_the_sheet_comes_from_every_screen_of_the_visit(running, scripted, shown, tmp_path):
    scripted.will("ask_save_path", None, tmp_path / "sheet.pdf")
    for _ in range(2):  # thought better of it once
        QTest.keyClick(running.window, F8, Qt.KeyboardModifier.ShiftModifier)
        running.work_done()
    assert running.window.shown == "visit"
    assert running.last(EmergencyDeclared) is None
    assert (tmp_path / "sheet.pdf").exists()
    assert shown
    assert dict(running.desk.notices.standing())["ems"].tone == "ok"

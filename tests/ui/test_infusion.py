"""The running infusion in the real window: by its keys, read back from the ledger."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import (
    EffectNoted,
    InfusionPaused,
    NoteWritten,
    RateSet,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery
from ketachart.domain.monitoring import next_due
from ketachart.domain.quantities import MlPerHour
from tests.helpers.bench import click, control, focused, said
from tests.helpers.qt import (
    luminances,
    press,
    reachable,
    spoken_name,
    type_text,
)
from tests.helpers.visit_window import visit_frame
from tests.helpers.window import desk_at
from ui import theme
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.log_rows import Shown, log_of
from ui.screens.next_phase import REST, SHEETS, NextPhase
from ui.widgets.due_badge import Due

SIGNS = {
    "systolic": 128,
    "diastolic": 80,
    "heart_rate": 80,
    "spo2": 98,
    "rass": 0,
    "nausea": 0,
    "dissociation": 0,
}
SIZES = ((1366, 768), (1920, 1080), (1024, 700))


class Running:
    """The real window on a story's visit, at the infusion."""

    def __init__(self, folder, story="paused_for_nausea", **how):
        self.desk = desk_at(folder, story, **how)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.visit_screen = visit_frame(self.window, "infusion")
        self.visit_screen.open_phase("infusion")
        self.column = self.visit_screen.action_column
        self.screen = self.visit_screen._screens["infusion"]
        self.settle()

    def settle(self):
        self.desk.visit_changed.emit(self.desk.visit)
        for _ in range(4):
            QApplication.processEvents()

    def pass_time(self, **length):
        self.desk.clock.pass_time(timedelta(**length))
        self.desk.beat.emit(self.desk.now())
        self.settle()

    def key(self, key, *, shift=False):
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    @property
    def visit(self):
        return self.desk.visit

    @property
    def state(self):
        return delivery(self.visit, self.desk.now()).state

    def close(self):
        self.window.close()
        self.window.deleteLater()
        for _ in range(3):
            QApplication.processEvents()


@pytest.fixture
def running(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Running(tmp_path / "l", until="infusion-resumed")
    yield made
    made.close()


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A window in which nothing is charted."""
    made = Running(tmp_path_factory.mktemp("ledger") / "l", until="infusion-resumed")
    yield made
    made.close()


# ------------------------------------------------------------------ what is seen


def test_rate_dose_and_time_are_told_with_their_units(looked_at):
    tiles = looked_at.screen.tiles
    assert tiles.rate.accessibleName() == "Rate: 16 mg/h"
    assert tiles.rate.accessibleDescription() == "0.234 mg/kg/h   8 mL/h"
    assert tiles.given.accessibleName() == "Given: 9.75 of 34.2 mg"
    assert tiles.given.accessibleDescription() == "24.45 mg left   0.142 mg/kg   4.87 mL"
    assert tiles.infusing.accessibleName() == "Infusing: 0:34 of 2:00"
    assert tiles.infusing.accessibleDescription() == "Ends about 15:52"


def test_the_dose_grows_with_the_clock(running):
    before = running.screen.tiles.given.accessibleName()
    running.pass_time(minutes=6)
    assert running.screen.tiles.given.accessibleName() != before
    assert running.screen.tiles.given.accessibleName() == "Given: 11.35 of 34.2 mg"


def test_whoever_misses_the_turn_of_the_minute_sees_nothing_old(running):
    """A laptop was busy or slept at the second itself: sheet and timeline go on all the same."""
    running.key(Qt.Key.Key_F6)
    running.desk.clock.pass_time(timedelta(seconds=390 - running.desk.now().second))
    assert running.desk.now().second == 30
    running.desk.beat.emit(running.desk.now())
    QTest.qWait(20)  # the timeline is drawn after the rest is painted
    assert running.screen.timeline._drawn[1].now == running.desk.now()
    assert "9 min" in " ".join(said(running.window))
    running.key(Qt.Key.Key_Escape)


def test_before_the_start_nothing_is_said_to_run(tmp_path, qapp):  # noqa: ARG001 - as above
    early = Running(tmp_path / "l", until="pump-checked")
    tiles = early.screen.tiles
    assert tiles.rate.accessibleName() == "Rate: —"
    assert not tiles.pause.isEnabled()
    assert not tiles.stop.isEnabled()
    early.close()


def test_the_log_reads_newest_first_and_counts(looked_at):
    rows = log_of(looked_at.visit).only(Shown.ALL)
    assert (rows[0].entry, rows[0].by) == ("Infusion resumed", "JA")
    assert rows[0].time >= rows[-1].time
    assert looked_at.screen.log.table.model().rowCount() == len(rows)
    assert "75 today" in said(looked_at.screen.log)


def test_the_log_can_be_narrowed(looked_at):
    log = looked_at.screen.log
    click(log, "Vitals")
    assert {log.table.model().row(n).entry for n in range(log.table.model().rowCount())} == {
        "Vitals"
    }
    click(log, "Events")
    assert "Vitals" not in {
        log.table.model().row(n).entry for n in range(log.table.model().rowCount())
    }
    click(log, "Events")  # given back: all are looked at again
    assert log.filter.chosen() == (Shown.ALL.name,)


def test_an_entry_written_late_says_so(running):
    then = running.desk.now() - timedelta(minutes=20)
    running.desk.record(NoteWritten(at=then, text="slept a little"))
    row = next(r for r in log_of(running.visit).only(Shown.ALL) if r.detail == "slept a little")
    assert (row.late, row.charted) == (True, "+20 min")
    assert "76 today, 1 late" in said(running.screen.log)


def test_the_dim_screen_stays_dim(looked_at):
    assert luminances(looked_at.window.grab().toImage())[0] <= 0.03


def test_everything_that_takes_the_keyboard_has_a_name(looked_at):
    assert [w for w in reachable(looked_at.screen) if not spoken_name(w)] == []


def test_in_a_low_window_timeline_and_entries_take_turns(looked_at, qapp):
    screen = looked_at.screen
    looked_at.window.activateWindow()
    QTest.qWaitForWindowActive(looked_at.window)
    assert screen.timeline.isVisible()
    assert screen.log.isVisible()
    assert not screen.pages.isVisible()
    theme.apply(qapp, "dim", 1.25)
    looked_at.settle()
    assert (screen.timeline.isVisible(), screen.log.isVisible()) == (True, False)
    looked_at.window.act("log")
    QApplication.processEvents()
    assert (screen.timeline.isVisible(), screen.log.isVisible()) == (False, True)
    assert focused() == "Entries of this visit"
    looked_at.window.act("timeline")
    QApplication.processEvents()
    assert screen.timeline.isVisible()
    theme.apply(qapp, "dim", 1.0)
    looked_at.settle()


def test_in_large_letters_what_is_typed_never_goes_where_nobody_sees_it(looked_at, qapp):
    theme.apply(qapp, "dim", 2.0)
    looked_at.settle()
    seen = []
    for turn in (False, True, True):
        if turn:
            looked_at.window.act("turn")
        else:
            looked_at.visit_screen.open_phase("infusion")
        looked_at.settle()
        focus = QApplication.focusWidget()
        seen.append((focus.isVisible(), looked_at.column.isAncestorOf(focus)))
    theme.apply(qapp, "dim", 1.0)
    looked_at.settle()
    assert seen == [(True, False), (True, True), (True, False)]


def test_in_a_small_window_they_take_turns_too(looked_at):
    looked_at.window.resize(1024, 700)
    looked_at.settle()
    shown = (looked_at.screen.timeline.isVisible(), looked_at.screen.log.isVisible())
    looked_at.window.resize(*SIZES[0])
    looked_at.settle()
    assert shown.count(True) == 1


# ------------------------------------------------------------------ what the keys do


def test_the_vitals_stand_ready_and_ctrl_enter_records_them(running):
    assert focused() == "Systolic, mmHg"
    type_text("131/80")
    press(Qt.Key.Key_Return)
    type_text("84")
    control(Qt.Key.Key_Return)
    fact = running.visit.last_fact(VitalsTaken)
    assert (fact.systolic, fact.diastolic, fact.heart_rate) == (131, 80, 84)
    assert focused() == "Systolic, mmHg"
    assert running.screen.vitals.upper.text() == ""


def test_f2_comes_back_to_the_vitals_from_wherever_one_is(running):
    running.key(Qt.Key.Key_F3)
    assert running.column.open_name == "note"
    type_text("half")
    running.key(Qt.Key.Key_F2)
    assert running.column.open_name == ""
    assert focused() == "Systolic, mmHg"
    running.key(Qt.Key.Key_F3)
    assert running.column.sheet("note").text.text() == "half"


def test_f7_is_the_pause_at_that_very_moment(running):
    running.key(Qt.Key.Key_F7)
    assert running.visit.last(InfusionPaused).at == running.desk.now()
    tiles = running.screen.tiles
    assert tiles.rate.accessibleName() == "Rate: Paused"
    assert tiles.rate.accessibleDescription() == f"since {running.desk.now():%H:%M:%S}"
    assert not tiles.change.isEnabled()
    assert tiles.resume.isVisible()
    assert not tiles.pause.isVisible()
    running.key(Qt.Key.Key_F7)
    assert (running.column.open_name, running.state) == ("resume", "paused")


def test_f6_changes_the_rate_in_four_keys(running):
    running.key(Qt.Key.Key_F6)
    type_text("7.2")
    press(Qt.Key.Key_Return, Qt.Key.Key_3)
    control(Qt.Key.Key_Return)
    assert running.visit.last_fact(RateSet).rate_ml_h == MlPerHour("7.2")
    assert running.screen.tiles.rate.accessibleName() == "Rate: 14.4 mg/h"


def test_esc_leads_back_to_the_vitals(running):
    running.key(Qt.Key.Key_F5)
    assert running.column.open_name == "effect"
    running.key(Qt.Key.Key_Escape)
    assert running.column.open_name == ""
    assert focused() == "Systolic, mmHg"


def test_the_buttons_do_what_their_keys_do(running):
    click(running.screen.tiles, "Stop")
    assert running.column.open_name == "stop"
    click(running.screen.tiles, "Pause")
    assert running.state == "paused"
    click(running.screen.tiles, "Resume")
    assert running.column.open_name == "resume"
    click(running.screen.log, "Add")
    assert running.column.open_name == "add"


def test_enter_on_a_row_opens_it_to_be_corrected(running):
    control(Qt.Key.Key_G)
    assert focused() == "Entries of this visit"
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    chosen = running.visit.entry(running.screen.log.table.current_id())
    press(Qt.Key.Key_Return)
    sheet = running.column.sheet("correct")
    assert running.column.open_name == "correct"
    assert sheet._entry == chosen
    # the row is seen among its neighbours while it is corrected
    assert not running.screen.timeline.isVisible()
    assert running.screen.log.table.current_id() == chosen.id
    running.key(Qt.Key.Key_Escape)
    assert running.screen.timeline.isVisible()


def test_ctrl_e_corrects_the_chosen_row(running):
    running.screen.log.table.choose(running.visit.last(EffectNoted).id)
    control(Qt.Key.Key_E)
    assert running.column.sheet("correct")._entry == running.visit.last(EffectNoted)


def test_ctrl_z_asks_why_and_strikes_the_last_own_entry(running):
    type_text("131/80")
    control(Qt.Key.Key_Return)
    entry = running.visit.last(VitalsTaken)
    control(Qt.Key.Key_Z)
    running.key(Qt.Key.Key_1)
    running.key(Qt.Key.Key_Return)
    assert running.visit.strikes[entry.id].fact.reason == "Typing slip"
    row = next(r for r in log_of(running.visit).only(Shown.ALL) if r.entry_id == entry.id)
    assert row.struck


def test_ctrl_z_thought_better_of_strikes_nothing(running):
    count = len(running.visit.entries)
    control(Qt.Key.Key_Z)
    running.key(Qt.Key.Key_Escape)
    assert running.column.open_name == ""
    assert len(running.visit.entries) == count


def test_ctrl_z_takes_typed_letters_back_first(running):
    type_text("131")
    control(Qt.Key.Key_Z)
    assert running.screen.vitals.upper.text() == ""
    assert not running.visit.strikes


def test_the_timeline_has_the_keyboard_and_enter_corrects_what_is_read_out(running):
    control(Qt.Key.Key_T)
    assert focused() == "Timeline"
    press(Qt.Key.Key_Left)
    assert running.screen.timeline.plot.reading()
    press(Qt.Key.Key_Return)
    assert running.column.open_name == "correct"


def test_a_new_entry_is_on_the_timeline_at_once(running):
    type_text("133/80")
    control(Qt.Key.Key_Return)
    entry = running.visit.last(VitalsTaken)
    running.settle()
    hits = running.screen.timeline.plot.scene().hits
    assert entry.id in {hit.entry for hit in hits}


def test_past_the_planned_end_nothing_is_said_of_the_start(running):
    for _ in range(20):
        due = next_due(running.visit, running.desk.now())
        if due is None:
            break
        running.desk.clock.pass_time(max(due.at - running.desk.now(), timedelta()))
        running.desk.record(VitalsTaken(at=running.desk.now(), **SIGNS))
    running.pass_time(minutes=1)
    assert running.state == "running"
    assert "No vitals due before the stop" in running.column.badge.accessibleDescription()


def test_overdue_vitals_are_said_in_words_and_not_done_answers_them(running):
    running.pass_time(minutes=12)
    badge = running.column.badge
    assert badge.due() is Due.OVERDUE
    assert badge.accessibleDescription().startswith("Vitals overdue by +")
    running.key(Qt.Key.Key_F2, shift=True)
    type_text("asleep, breathing well")
    press(Qt.Key.Key_Return)
    assert badge.due() is not Due.OVERDUE


def test_an_alert_is_answered_from_its_banner(running):
    type_text("171/92")
    control(Qt.Key.Key_Return)
    messages = dict(running.desk.notices.standing())
    assert messages["alerts"].happened.startswith("Systolic 171 mmHg, over 160")
    messages["alerts"].on_act()
    assert running.column.open_name == "answer"


# ------------------------------------------------------------------ what comes next


def test_what_comes_next_is_made_piece_by_piece_and_never_under_the_nurses_hands(looked_at):
    frame, column, rests = looked_at.visit_screen, looked_at.column, [timedelta()]
    ahead = NextPhase(looked_at.window, lambda: rests[0])
    ahead._timer.stop()
    before, focus, steps = set(column._sheets), QApplication.focusWidget(), []
    for _ in range(8):
        ahead.look()
    assert (set(column._sheets), frame.is_made("observation")) == (before, False)
    rests[0] = REST
    for _ in range(8):
        ahead.look()
        steps.append((len(set(SHEETS).difference(column._sheets)), frame.is_made("observation")))
    left = len(set(SHEETS) - before)
    assert steps[: left + 2] == [
        *((left - number, False) for number in range(1, left + 1)), (0, False), (0, True),
    ]  # fmt: skip
    assert not frame.is_made("instructions")  # it comes after the next
    looked_at.settle()
    assert (frame.phase, column.open_name) == ("infusion", "")
    assert QApplication.focusWidget() is focus
    assert not frame.made("observation").isVisible()

"""Practice: a throw-away clinic that says so everywhere, and drills played to their end by keys."""

import atexit
import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.errors import WrongPassphrase
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, settled, window_on
from tests.helpers.qt import LOOKS, all_of, cut_off, press, reachable, spoken_name
from tests.helpers.window import desk_at
from ui import theme
from ui.demo_clinic import SceneClock
from ui.demo_driver import Driver
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.practice import clinic
from ui.practice.bar import PracticeBar
from ui.practice.clinic import PASSPHRASE as PRACTICE_PASSPHRASE
from ui.practice.clock import PracticeClock
from ui.practice.debrief import DebriefScreen
from ui.practice.drill import DrillCourse
from ui.practice.panel import DrillPanel
from ui.practice.script import drills
from ui.practice.window import PracticeWindow
from ui.screens.unlock import UnlockScreen
from ui.widgets.words import Words

LATER = NOON + timedelta(days=1)
ENTER = Qt.Key.Key_Return
VISIT = Qt.Key.Key_1


class Hands(Driver):
    """Presses keys in the practice window, whose clock its own keys move."""

    def __init__(self, window):
        super().__init__(window, None)

    def later(self, act="practice-minute"):
        self.do(act)
        while self.window.time_runs:
            QApplication.processEvents()

    def vitals(self, *texts):
        self.do("vitals")
        for text in texts:
            self.write(text)
            self.press("Return")

    def pump(self, rate):
        self.later()
        for name, text in (
            ("Strength on the label, mg/mL", "2"),
            ("Volume to infuse on the pump, mL", "17.1"),
            ("Rate on the pump, mL/h", rate),
        ):
            self.fill(name, text)
        self.record()


@pytest.fixture
def door(qtbot, tmp_path):
    return window_on(qtbot, clinic_in(tmp_path / "ledger"))


def begin(qtbot, door, key):
    """By keys from the real window into practice."""
    Driver(door, None).do("practice")
    menu = door.screen_shown
    press(key, ENTER)
    settled(qtbot, door)
    qtbot.waitUntil(lambda: menu.session.shown is not None)
    shown = menu.session.shown
    qtbot.waitUntil(shown.isActiveWindow)
    return Hands(shown)


@cache
def made(begins):
    """A practice clinic, made once for each beginning and copied then."""
    place = Path(tempfile.mkdtemp(prefix="practice-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return clinic.make(place / "ledger", begins, PracticeClock(SceneClock(NOON)).now())


@pytest.fixture
def drilled(qtbot, tmp_path):
    """Hands in the window of a drill, without the way there."""

    def begun(code):
        drill = next(one for one in drills() if one.code == code)
        ready, folder = made(drill.begins), tmp_path / "ledger"
        shutil.copytree(ready.folder, folder)
        clock = PracticeClock(SceneClock(NOON))
        desk = Desk(folder, clock)
        window = PracticeWindow(desk, clock, drill)
        qtbot.addWidget(window)
        vars(qtbot).setdefault("held", []).append(window)
        window.show_screen("unlock")
        desk.enter_with(ready.proof)
        desk.open_visit(ready.stream)
        window.begin()
        hands = Hands(window)
        hands.begin(1366, 768)
        return hands

    return begun


def came_of(hands):
    course = hands.window.course
    assert course.over
    assert hands.window.shown == "debrief"
    return {one.step.code: one.charted is not None for one in course.outcomes}


def said(root):
    return [words.text() for words in all_of(root, Words) if words.text()]


# ---------------------------------------------------------------- in and out


def test_practice_is_its_own_ledger_and_the_real_one_is_locked_and_untouched(qtbot, door):
    hands = Driver(door, None)
    hands.secret(PASSPHRASE)
    hands.press("Return")
    hands.expect("day")
    before = door.desk.office.visits()
    practice = begin(qtbot, door, VISIT)
    window, session = practice.window, door.screen_shown.session
    place = window.desk.folder
    assert place.exists()
    assert place != door.desk.folder
    assert window.desk.office.practice
    assert window.desk.visit.opened.practice
    assert (door.isVisible(), door.desk.is_unlocked) == (False, False)
    practice.do("practice-again")
    settled(qtbot, door)
    qtbot.waitUntil(lambda: session.shown is not None)
    again = session.shown
    assert again.desk.folder != place
    assert not place.exists()
    assert [entry.kind for entry in again.desk.visit.entries][-1] == "past-recorded"
    place = again.desk.folder
    again.act("practice")
    assert (door.isVisible(), door.shown) == (True, "unlock")
    assert not place.parent.exists()
    with pytest.raises(WrongPassphrase):
        charting.unlock(door.desk.folder, "ja", PRACTICE_PASSPHRASE, SetClock(NOON))
    office = charting.unlock(door.desk.folder, "ja", PASSPHRASE, SetClock(LATER))
    assert office.visits() == before
    office.close()


def test_every_screen_of_it_says_practice_in_word_colour_and_title(drilled):
    hands = drilled("nausea")
    window = hands.window
    for act in ("phase-6", "emergency", "keys", "lock"):
        hands.do(act)
        assert window.bar.isVisible()
        assert "PRACTICE" in said(window.bar), act
        assert "PRACTICE" in window.windowTitle()
    assert window.shown == "unlock"


def test_nobody_practises_beside_a_patient(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(window)
    window.show()
    for act, shown in (("visit", "visit"), ("day", "day")):
        window.act(act)
        window.act("practice")
        assert (window.shown, desk.is_unlocked) == (shown, True)
        assert dict(desk.notices.standing())["practice"].happened == "No practice now"
        desk.notices.settle("practice")
    window.close()


def test_minutes_go_by_only_by_its_keys_and_up_to_what_is_due(drilled):
    hands = drilled("nausea")
    desk = hands.window.desk
    begun = desk.now()
    hands.later()
    assert (desk.now() - begun).total_seconds() == 60
    hands.later("practice-later")
    assert "Vitals" in " ".join(said(hands.window.screen_shown))
    assert (desk.now() - begun).total_seconds() == 300
    hands.do("practice")


# ---------------------------------------------------------------- the drills


def test_the_drill_of_nausea_is_charted_to_its_end(drilled):
    hands = drilled("nausea")
    for grade, more in (("Mild", "Reassured"), ("", ""), ("", ""), ("", ""), ("Gone", "")):
        if grade:
            hands.do("effect")
            hands.write("naus")
            hands.press("Return")
            hands.choose("Grade", grade)
            if more:
                hands.choose("What was done", more)
            hands.record()
        elif hands.window.course.here.step.code == "retches":
            hands.do("pause")
            hands.choose("Why", "Nausea")
            hands.fill("Volume infused as the pump shows it, mL", "3.7")
            hands.record()
        elif hands.window.course.here.step.code == "look":
            hands.vitals("126/80", "82", "98", "14", "5", "2")
            hands.do("primary")
        else:
            hands.do("pause")
            hands.fill("Rate on the pump, mL/h", "17.1")
            hands.fill("What allows it", "nausea 2 of 10")
            hands.record()
        hands.do("drill-on")
    assert came_of(hands) == dict.fromkeys(("sick", "retches", "look", "resumes", "gone"), True)
    assert "Everything that happened stands in the chart" in " ".join(said(hands.window))
    hands.do("practice")


def test_the_drill_of_high_pressure_tells_a_wrong_figure_and_what_was_left_out(drilled):
    hands = drilled("hypertension")
    hands.vitals("167/101", "104", "97", "16")
    hands.do("primary", "drill-on", "drill-on")  # the pump was not paused
    hands.do("call")
    hands.choose("Who", "Dr A. Okafor")
    hands.choose("Reached", "Yes")
    hands.fill("What it was about", "pressure 168/101")
    hands.fill("What was said or ordered", "wait until under 150")
    hands.record()
    hands.do("drill-on")
    hands.vitals("142/86", "88", "97", "14")
    hands.do("primary", "drill-on")
    # nothing is to be resumed where nothing was paused
    assert came_of(hands) == {"climbs": True, "acts": False, "calls": True, "looks": True}
    told = " ".join(said(hands.window.screen_shown))
    assert "systolic pressure 167, the monitor showed 168" in told
    assert "not charted" in told
    assert "once more" in told.lower()
    hands.do("practice")


def test_the_drill_of_an_emergency_is_pressed_through(drilled):
    hands = drilled("emergency")
    hands.do("emergency", "drill-on")
    hands.press("2")
    hands.do("drill-on")
    hands.press("1")
    hands.do("drill-on")
    hands.vitals("102/60", "118", "95", "22")
    hands.do("primary", "drill-on")
    hands.press("Esc")
    hands.to("Handed over")
    hands.press("Return")
    hands.do("drill-on")
    assert came_of(hands) == dict.fromkeys(("declared", "pump", "911", "signs", "crew"), True)
    assert isinstance(hands.window.screen_shown, DebriefScreen)
    hands.do("practice")


def test_the_drill_of_a_slip_at_the_pump_never_tells_the_hidden_number(drilled):
    hands = drilled("pump-slip")
    hands.do("phase-2")
    hands.choose("Who reads the pump", "You alone")
    hands.do("primary")
    hands.pump("171")
    assert "Tenfold slip" in said(hands.window.screen_shown)
    hands.do("drill-on")
    assert "17.1 mL/h. Tenfold" not in " ".join(said(hands.window.bar))
    hands.do("primary")
    hands.pump("17.1")
    hands.do("drill-on")
    assert came_of(hands) == {"reads": True, "corrected": True}
    hands.do("practice")


# ---------------------------------------------------------------- how it looks


def test_the_bar_of_a_drill_cuts_nothing_and_is_reached_by_key(qtbot, qapp):
    drill = drills()[0]
    course = DrillCourse(drill, NOON)
    held = QWidget()
    column = QVBoxLayout(held)
    bar, panel = PracticeBar(), DrillPanel()
    bar.put_in(panel)
    column.addWidget(bar)
    column.addStretch(1)
    qtbot.addWidget(held)
    theme.clothe(held)
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        held.resize(*size)
        held.show()
        panel.show_course(course, "The protocol thinks of, at “Nausea”: reassured. " * 3, NOON)
        bar.say("A made-up patient. " * 6)
        bar.fit()
        qtbot.waitUntil(lambda: not cut_off(held))
        assert bar.height() <= held.height() // 2
    assert {"Leave practice", "Go on in the drill"} <= {spoken_name(w) for w in reachable(held)}

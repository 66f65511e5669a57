"""The veil over a running visit: what it hides, what it lets through, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.facts import EmergencyDeclared, VitalsTaken
from tests.helpers.qt import LOOKS, cut_off, luminances, rest
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.dialogs import Dialogs
from ui.widgets.buttons import Button
from ui.widgets.touch_keys import TouchKeys

# The story's patient, as any of the window's parts would tell of him.
PATIENT = ("Daniel", "Osei", "004377", "1979", "2 Sep", "etamine", "latex", "41.7", "83.4")


class Watched(VisitWindow):
    """A visit whose alerts ask, in a window that covers itself."""

    def __init__(self, folder, story="pressure_climbs", phase="infusion", until="infusion-paused"):
        super().__init__(folder, story, phase, until=until)
        self.veil = self.window.veil
        self.veil.watch()
        self.idle(seconds=1)  # the alerts are looked at

    def idle(self, **length):
        """Nobody touches the window for so long."""
        self.desk.clock.pass_time(timedelta(**length))
        self.desk.beat.emit(self.desk.now())
        self.settle()

    def touch(self, key=Qt.Key.Key_Shift):
        """A key comes in from the system, as the window gets it."""
        QTest.keyClick(self.window.windowHandle(), key)
        self.settle()

    def cover(self):
        self.window.act("veil")
        self.settle()
        return self.veil._cover

    def uncover(self, typed=PASSPHRASE):
        panel = self.veil._cover.panel
        panel.field.set_text(typed)
        panel.press()
        rest(self.desk)

    def warning(self):
        shown = self.veil._countdown
        return shown.accessibleDescription() if shown is not None and shown.isVisible() else ""


@pytest.fixture
def watched(qapp, tmp_path):  # noqa: ARG001 - a look has to stand first
    made = Watched(tmp_path / "ledger")
    yield made
    made.close()


def read_out(root):
    """Every word a screen reader can come to from the window."""
    found, waits = [], [QAccessible.queryAccessibleInterface(root)]
    while waits:
        one = waits.pop()
        found += [one.text(QAccessible.Text(kind)) for kind in range(4)]
        waits += [one.child(n) for n in range(one.childCount()) if one.child(n) is not None]
    return " ".join(filter(None, found))


def shown_words(root):
    """Every word that is painted."""
    seen = [w for w in root.findChildren(QWidget) if w.isVisible()]
    texts = [w.text() for w in seen if isinstance(w, QLabel | QLineEdit)]
    return " ".join([*texts, *(f"{w.words()} {w.sub()}" for w in seen if isinstance(w, Button))])


def picture(widget):
    """What is painted, without the edge where an alert glows."""
    drawn = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return drawn.copy(drawn.rect().adjusted(5, 5, -5, -5))


def tells_of_patient(words):
    return [word for word in PATIENT if word in words]


# ------------------------------------------------ coming down


IDLE = (
    (169, "", False),
    (170, "Covered in 10 s. Any key or touch keeps it open.", False),
    (179, "Covered in 1 s. Any key or touch keeps it open.", False),
    (180, "", True),
    (4000, "", True),  # the laptop slept: a warning would have been seen by nobody
)


def test_it_warns_for_ten_seconds_comes_down_and_is_called_off_by_a_touch(watched):
    for idle_s, warned, covered in IDLE:
        watched.veil.idle.touch()
        watched.idle(seconds=idle_s)
        assert (watched.warning(), watched.veil.covers) == (warned, covered), idle_s
        watched.veil.lift()
    for touch in (
        watched.touch,
        lambda: QTest.mouseMove(watched.window.windowHandle(), watched.window.rect().center()),
    ):
        watched.idle(seconds=175)
        assert watched.warning()
        touch()
        watched.settle()
        assert watched.warning() == ""
        watched.idle(seconds=169)
        assert not watched.veil.covers
        watched.veil.idle.touch()
    watched.desk.prefer(replace(watched.desk.preferences, veil_after=1))
    watched.idle(seconds=59)
    assert not watched.veil.covers
    watched.idle(seconds=1)
    assert watched.veil.covers
    watched.idle(minutes=200)
    watched.idle(minutes=2)
    assert watched.desk.is_unlocked  # while a patient is under the drug nothing locks by itself


# ------------------------------------------------ what it hides and shows


def test_no_word_of_the_patient_is_painted_read_out_or_reached(watched):
    assert len(tells_of_patient(shown_words(watched.window))) >= 6  # the control finds them
    assert len(tells_of_patient(read_out(watched.window))) >= 6
    before = picture(watched.window)
    cover = watched.cover()
    assert tells_of_patient(shown_words(watched.window)) == []
    assert tells_of_patient(read_out(watched.window)) == []
    assert tells_of_patient(watched.window.windowTitle()) == []
    chart = watched.window.centralWidget()
    for _ in range(30):
        watched.keys(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert cover.isAncestorOf(here)
        assert not chart.isAncestorOf(here)
    assert picture(watched.window) == picture(cover) != before


def test_alerts_go_on_and_the_gravest_stands_in_sight_at_every_size(watched, qapp):
    cover = watched.cover()
    said = read_out(cover)
    assert "2 alerts ask" in said
    assert "Diastolic 101 mmHg, over 100: pause and call" in said
    assert "Infusion paused, begun 09:28" in said
    assert watched.window.signs.edge.level == "pause"
    now = watched.desk.now()
    watched.desk.record(VitalsTaken(at=now, spo2=80))
    watched.settle()
    assert "SpO₂ 80 %" in read_out(cover)
    assert f"{now:%H:%M}" in read_out(cover)
    for size, scale in (*LOOKS, ((1024, 600), 2.0)):
        theme.apply(qapp, "dim", scale)
        watched.window.resize(*size)
        watched.settle()
        assert cover.geometry() == watched.window.rect()
        assert cut_off(cover) == []
        labels = [w for w in cover.findChildren(QLabel) if w.isVisible()]
        (one,) = [w for w in labels if w.text().endswith("alerts ask")]
        top = one.mapTo(cover, one.rect().topLeft()).y()
        assert 0 <= top < watched.window.height() - one.height()  # never scrolled out of sight
        assert luminances(watched.window.grab().toImage())[0] <= 0.03


# ------------------------------------------------ what is let through


def test_keys_reach_nothing_under_it_but_an_emergency_needs_no_pin(watched):
    entries = len(watched.visit.entries)
    cover = watched.cover()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F7, Qt.Key.Key_Escape, Qt.Key.Key_F1):
        watched.keys(key)
    for letter in (Qt.Key.Key_W, Qt.Key.Key_M, Qt.Key.Key_Z, Qt.Key.Key_Return):
        watched.keys(letter, ctrl=True)
    assert watched.window.shown == "visit"
    assert watched.column.open_name == ""
    assert len(watched.visit.entries) == entries
    assert cover.isVisible()
    watched.keys(Qt.Key.Key_K, ctrl=True)  # keys for a finger, on the veil itself
    (keys,) = (w for w in cover.findChildren(TouchKeys) if w.isVisible())
    assert cut_off(cover) == []
    next(b for b in keys.findChildren(Button) if b.accessibleName() == "7").click()
    assert cover.panel.field.text() == "7"
    keys.chord.emit("Esc")
    keys.chord.emit("Ctrl+W")
    assert (watched.window.shown, cover.isVisible()) == ("visit", True)
    look = theme.look()
    watched.keys(Qt.Key.Key_F9)
    assert theme.look() != look  # the light of the screen may be changed
    watched.keys(Qt.Key.Key_F8)
    watched.settle()
    assert (watched.veil.covers, watched.window.shown) == (False, "emergency")
    assert watched.last(EmergencyDeclared) is not None
    watched.idle(minutes=9)
    assert not watched.veil.covers  # nobody touches a laptop during a resuscitation
    watched.keys(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    watched.settle()
    assert watched.veil.covers
    assert tells_of_patient(shown_words(watched.window)) == []
    watched.uncover()
    assert (watched.veil.covers, watched.window.shown) == (False, "visit")


# ------------------------------------------------ lifting


def test_the_passphrase_lifts_it_and_what_was_typed_is_in_its_field(watched):
    watched.column.open_sheet("note")
    watched.settle()
    field = QApplication.focusWidget()
    watched.type("half a sent")
    watched.idle(minutes=3)
    cover = watched.veil._cover
    assert cover.isAncestorOf(QApplication.focusWidget())
    watched.uncover("not the passphrase")
    assert watched.veil.covers
    assert "That is not the passphrase" in read_out(cover)
    watched.uncover()
    assert not watched.veil.covers
    assert cover.panel.field.text() == ""
    assert QApplication.focusWidget() is field
    watched.type("ence")
    assert field.toPlainText() == "half a sentence"
    watched.column.close_sheet()


def test_three_wrong_pins_and_only_the_passphrase_lifts_it(watched):
    window = watched.window
    window.act("privacy")
    watched.settle()
    screen = window.screen_shown
    screen.pin.set_text("4444")
    assert "one digit again and again" in screen.pin.judgement().sentence
    screen.pin.set_text("2580")
    watched.keys(Qt.Key.Key_Tab)
    screen.again.set_text("258")
    watched.main_button()
    assert not watched.desk.keeping.veil_pin.is_set()
    screen.again.set_text("2580")
    watched.main_button()
    rest(watched.desk)
    assert watched.desk.keeping.veil_pin.is_set()
    assert "Only the lock takes the key away" in shown_words(window)
    assert (screen.pin.text(), screen.again.text()) == ("", "")
    screen.veil_after.choose("5")
    assert watched.desk.preferences.veil_after == 5
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        window.resize(*size)
        watched.settle()
        assert cut_off(screen) == []
    cover = watched.cover()
    digits = [b for b in cover.findChildren(Button) if b.accessibleName() in {"2", "5", "8", "0"}]
    for name in "2580":
        next(b for b in digits if b.accessibleName() == name).click()
    assert cover.panel.field.text() == "2580"
    watched.uncover("2580")
    assert not watched.veil.covers
    watched.cover()
    for said in ("2 more tries", "One more try", "Type the passphrase now"):
        watched.uncover("1379")
        assert said in read_out(cover)
    watched.uncover("2580")
    assert watched.veil.covers  # right, and too late
    assert "That is not the passphrase" in read_out(cover)
    watched.uncover()
    assert not watched.veil.covers
    watched.cover()
    watched.uncover("2580")
    assert not watched.veil.covers  # after the passphrase the PIN may be tried again


@pytest.mark.usefixtures("real_dialogs")
def test_a_question_in_front_is_put_away_and_its_reason_is_there_again(watched):
    said = []

    def ask(act):
        QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))
        return Dialogs.ask_reason(watched.window, "Strike this entry?", "Vitals 10:02", ())

    def half(dialog):
        dialog.findChild(QLineEdit).setText("the cuff slipped")
        watched.veil.fall()

    def look(dialog):
        said.append(dialog.findChild(QLineEdit).text())
        dialog.reject()

    assert ask(half) is None
    assert watched.veil.covers
    watched.veil.lift()
    ask(look)
    ask(look)  # it was given up this time, and is gone
    assert said == ["the cuff slipped", ""]


# ------------------------------------------------ the lock


def test_locked_and_unlocked_by_the_same_person_the_same_phase_is_open(qapp, tmp_path):
    assert qapp is not None
    made = Watched(tmp_path / "ledger", "quiet_hour", "instructions", until="weight-measured")
    desk, window = made.desk, made.window
    stream, staff = desk.room.stream, desk.office.staff_id
    made.idle(minutes=15)
    made.idle(seconds=1)
    assert (desk.is_unlocked, window.shown, made.veil.covers) == (False, "unlock", False)
    assert "Rivera" not in read_out(window)
    desk.clock.pass_time(timedelta(minutes=2))
    desk.unlock(staff, PASSPHRASE)
    rest(desk)
    assert (desk.room.stream, window.shown) == (stream, "visit")
    assert window.screen_shown.phase == "instructions"
    desk.close_visit()
    made.idle(minutes=15)
    made.idle(seconds=1)
    assert not desk.is_unlocked  # from the list of visits, too
    made.close()

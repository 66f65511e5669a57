"""A newer KetaChart from a stick, by keyboard: looked at, put in, stopped, undone, and told."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting import updating
from ketachart.update import keys, unpacking
from tests.helpers.door import PASSPHRASE, cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, all_of, reachable, spoken_name
from tests.update import making
from ui import theme
from ui.dialogs import Dialogs
from ui.language.catalogue import Catalogue
from ui.language.sentence import Sentence
from ui.left_update import tell
from ui.widgets.words import Words

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
UPDATE, FORMER = (Qt.Key.Key_U, CTRL | ALT), (Qt.Key.Key_F, CTRL | ALT)
PRIMARY, BACK = (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Escape,)


class Stage:
    """An unlocked window on a laptop with a stick; which version runs is pretended."""

    def __init__(self, qtbot, place, monkeypatch):
        monkeypatch.setattr(keys, "pinned", lambda: making.KEYS)
        monkeypatch.setattr(unpacking, "_to_disk", lambda: None)
        self.laptop, self.qtbot = making.Laptop(place), qtbot
        self.runs = "1.0.0"
        monkeypatch.setattr(updating, "this_one", lambda: self.laptop.here(self.runs))
        self.file = making.made(self.laptop.stick)
        monkeypatch.setattr(Dialogs, "ask_files", staticmethod(lambda *_asked: (self.file,)))
        self.window = window_on(qtbot, self.laptop.folder, clock=self.laptop.clock)
        self.window.keepers()[0].holds = lambda: False  # its close waits for no backup
        self.desk = self.window.desk
        self.unlock()

    def unlock(self):
        folder, clock = self.laptop.folder, self.laptop.clock
        self.desk.enter_with(charting.prove(folder, "ja", PASSPHRASE, clock))
        self.rest()

    def rest(self):
        settled(self.qtbot, self.window)

    def press(self, key):
        QTest.keyClick(QApplication.focusWidget() or self.window, *key)
        self.rest()

    def words(self):
        return " ".join(w.text() for w in all_of(self.window.screen_shown, Words))


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    made = Stage(qtbot, tmp_path / "laptop", monkeypatch)
    yield made
    made.window.close()


def test_by_keyboard_it_is_looked_at_put_in_told_and_undone(stage):
    laptop = stage.laptop
    stage.press(UPDATE)
    assert stage.window.shown == "update"
    stage.press(FORMER)
    assert "There is no version before this one on this laptop" in stage.words()
    stage.press(PRIMARY)
    assert "by its makers, and every byte is as they signed it" in stage.words()
    assert "What is new." in stage.words()
    assert laptop.starts() == "1.0.0"  # a look changes nothing
    stage.press(BACK)
    assert "Choose the update file" in spoken_name(stage.window.screen_shown.primary)
    stage.press(PRIMARY)
    stage.press(PRIMARY)
    assert "KetaChart 1.0.1 is in place. The ledger is kept as it is now." in stage.words()
    assert laptop.starts() == "1.0.1"
    # the new version is started
    stage.runs = "1.0.1"
    tell(stage.desk)
    stage.rest()
    ((_key, message),) = (
        (key, one) for key, one in stage.desk.notices.standing() if key == "update"
    )
    assert message.happened == "KetaChart was updated"
    message.on_act()
    stage.window.forget("update")
    stage.window.show_screen("update")
    stage.rest()
    assert "1.0.0 → 1.0.1" in stage.words()
    stage.press(FORMER)
    assert "The ledger stays as it is: nothing that was charted is lost." in stage.words()
    stage.press(PRIMARY)
    assert "KetaChart 1.0.0 counts again." in stage.words()
    assert (laptop.starts(), stage.desk.is_unlocked) == ("1.0.0", False)


def test_what_stands_against_it_is_said_and_nothing_is_changed(stage, monkeypatch):
    laptop = stage.laptop
    good = stage.file
    stage.press(UPDATE)
    for file, says in (
        (making.made(laptop.stick / "a", key=making.FOREIGN), "not signed with a key"),
        (making.made(laptop.stick / "b", "1.0.0"), "is what runs here already"),
        (making.made(laptop.stick / "c", system="macos"), "is for macOS"),
    ):
        stage.file = file
        stage.press(PRIMARY)
        assert says in stage.words()
        stage.window.forget("update")
        stage.window.show_screen("update")
    stage.file = good
    stage.press(PRIMARY)
    monkeypatch.setattr(
        updating, "why_not_now", lambda _rows, _now: "Visit 261122-01 is under way."
    )
    stage.press(PRIMARY)
    assert "Visit 261122-01 is under way." in stage.words()
    monkeypatch.undo()
    assert laptop.starts() == "1.0.0"


def test_it_can_be_stopped_and_says_that_nothing_changed(stage, monkeypatch):
    begun, go_on = Event(), Event()
    real = unpacking.try_out

    def slow(*asked):
        begun.set()
        assert go_on.wait(20)
        real(*asked)

    monkeypatch.setattr(unpacking, "try_out", slow)
    stage.press(UPDATE)
    stage.press(PRIMARY)
    QTest.keyClick(QApplication.focusWidget() or stage.window, *PRIMARY)
    stage.qtbot.waitUntil(begun.is_set, timeout=20_000)
    QTest.keyClick(QApplication.focusWidget() or stage.window, *BACK)
    assert "Stopping. Nothing is changed." in stage.words()
    go_on.set()
    stage.rest()
    assert "The update was stopped. Nothing was changed" in stage.words()
    assert stage.laptop.starts() == "1.0.0"


def test_nothing_is_cut_and_everything_is_reached(stage):
    stage.press(UPDATE)
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        stage.window.resize(*size)
        assert cut_off_at_rest(stage.qtbot, stage.window) == []
    assert {spoken_name(w) for w in reachable(stage.window.screen_shown)} >= {
        "Choose the update file", "Go back to the version before", "Back",
    }  # fmt: skip
    stage.press(PRIMARY)
    assert cut_off_at_rest(stage.qtbot, stage.window) == []
    theme.apply(QApplication.instance(), "dim", 1.0)


def test_what_is_said_of_versions_has_its_spanish_whole():
    """“KetaChart 1.0.1” is a name in the catalogue, and no sentence that begins so is one."""
    sentence = Sentence(Catalogue.installed("es"), frozenset())
    for english, spanish in (
        ("KetaChart 1.0.1 is in place.", "KetaChart 1.0.1 está en su lugar."),
        ("KetaChart 1.0.0 runs again.", "KetaChart 1.0.0 vuelve a funcionar."),
    ):
        assert sentence.say(english) == (spanish, 0)

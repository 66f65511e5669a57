"""A backup by itself: after a signature beside the work, at quit before the window goes."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting.restoring import copies_at
from ketachart.domain.facts.safekeeping import BackupMade, LedgerChecked
from ketachart.errors import NotSaved
from ketachart.storage import backup, stick
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, settled, window_on
from tests.helpers.qt import LOOKS, cut_off, spoken_name
from ui import theme
from ui.backup_panel import BackupPanel
from ui.widgets.buttons import Button
from ui.widgets.trouble import Trouble
from ui.window_acts import WindowActs


class Stage:
    """An unlocked window, and a stick that backups go to."""

    def __init__(self, qtbot, place):
        self.qtbot = qtbot
        self.folder = clinic_in(place / "ledger")
        self.stick = place / "stick"
        self.stick.mkdir()
        self.window = window_on(qtbot, self.folder)
        self.desk = self.window.desk
        self.desk._open_office(charting.unlock(self.folder, "ja", PASSPHRASE, self.desk.clock))
        self.rest()

    def choose(self):
        self.desk.keeping.backups.choose(self.stick)

    def rest(self):
        settled(self.qtbot, self.window)

    def facts(self):
        return [fact.words for fact in self.window._edges._backup]

    def panel(self):
        return self.window.findChild(BackupPanel)

    def until_closed(self):
        self.qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=10_000)

    def made(self):
        """What the ledger's book says of backups, read after the window went."""
        office = charting.unlock(self.folder, "ja", PASSPHRASE, self.desk.clock)
        try:
            return office.keeping.facts(BackupMade)
        finally:
            office.close()


@pytest.fixture
def stage(qtbot, tmp_path):
    made = Stage(qtbot, tmp_path)
    yield made
    made.window.backing_up = None
    made.window.close()


def test_without_a_place_a_signature_and_a_quit_are_as_before(stage):
    stage.desk.signed.emit()
    assert stage.facts() == []
    assert stage.window.close()
    assert stage.panel() is None
    assert stage.made() == []


def test_after_a_signature_a_backup_is_made_and_told_in_the_status_bar(stage):
    stage.choose()
    stage.desk.signed.emit()
    assert stage.facts() == ["Backing up"]
    stage.rest()
    assert stage.facts() == [f"Backed up {stage.desk.now():%H:%M}"]
    assert [made.why for made in stage.desk.keeping.facts(BackupMade)] == ["signed"]
    assert [copy.fault for copy in copies_at(stage.stick)] == [""]
    stage.desk.signed.emit()  # nothing new was charted
    assert stage.desk.workers.running() == 0
    assert stage.window.close()
    assert stage.panel() is None


def test_a_stick_that_is_not_there_is_told_and_holds_nobody_up(stage):
    stage.choose()
    stage.stick.rmdir()
    stage.desk.signed.emit()
    stage.rest()
    assert stage.facts() == ["Backup stick not there"]
    stage.window.close()
    stage.until_closed()
    assert stage.made() == []


def test_a_stick_that_stalls_holds_nobody_up_and_counts_as_not_there(stage, monkeypatch):
    stage.choose()
    stage.window.act("laptop")
    stage.rest()
    desk, answers = stage.desk, Event()

    def stalls(_place):
        assert answers.wait(20)
        return True

    monkeypatch.setattr(stick, "is_there", stalls)
    part = stage.window.screen_shown._part
    part.renew()  # comes back at once, and shows what was known last
    assert part.primary.why_closed() == ""
    desk.clock.pass_time(timedelta(seconds=6))
    desk.beat.emit(desk.now())
    assert part.primary.why_closed() == "Plug the stick in"
    desk.signed.emit()
    assert stage.facts() == ["Backing up"]
    answers.set()
    stage.rest()
    part.renew()
    stage.rest()
    assert part.primary.why_closed() == ""


def test_a_backup_that_failed_beside_the_work_is_said_until_it_was_seen(stage, monkeypatch):
    stage.choose()
    monkeypatch.setattr(backup, "make", _fails)
    stage.desk.signed.emit()
    stage.rest()
    assert stage.facts() == ["Not backed up"]
    ((_key, message),) = [
        (key, said) for key, said in stage.desk.notices.standing() if key == "backup"
    ]
    assert message.detail == stick.BROKEN
    message.on_act()
    assert "backup" not in dict(stage.desk.notices.standing())


def test_before_it_closes_the_window_backs_up_and_then_goes_by_itself(stage):
    stage.choose()
    assert not stage.window.close()
    panel = stage.panel()
    assert panel.isVisible()
    assert panel.geometry() == stage.window.rect()
    assert QApplication.focusWidget() is panel.button
    assert stage.window.act("post")  # nothing under it is reached any more
    assert stage.window.shown == "day"
    stage.until_closed()
    assert [made.why for made in stage.made()] == ["quit"]


@pytest.mark.parametrize("way", ["button", "key", "close again"])
def test_it_can_be_closed_without_the_backup(stage, way):
    stage.choose()
    assert not stage.window.close()
    if way == "button":
        QTest.mouseClick(stage.panel().button, Qt.MouseButton.LeftButton)
    elif way == "key":
        QTest.keyClick(stage.panel().button, Qt.Key.Key_Escape)
    else:
        assert stage.window.close()
    assert not stage.window.isVisible()
    assert not stage.desk.is_unlocked
    assert stage.made() == []
    assert list(stage.stick.glob("*/*.partial")) == []


def test_a_backup_that_fails_at_the_end_is_read_before_the_window_goes(stage, monkeypatch):
    stage.choose()
    monkeypatch.setattr(backup, "make", _fails)
    assert not stage.window.close()
    stage.rest()
    assert stage.window.isVisible()
    assert stick.BROKEN in stage.panel().findChild(Trouble).said()
    assert stage.panel().button.words() == "Close"
    QTest.keyClick(stage.panel().button, Qt.Key.Key_Escape)
    assert not stage.window.isVisible()


def test_an_emergency_keeps_the_window(stage, monkeypatch):
    stage.choose()
    gone_on = []
    monkeypatch.setattr(WindowActs, "_emergency", lambda _self: gone_on.append(1))
    assert not stage.window.close()
    stage.window.act("emergency")
    assert gone_on == [1]
    stage.rest()
    assert stage.window.isVisible()
    assert stage.panel() is None
    assert [made.why for made in stage.desk.keeping.facts(BackupMade)] == ["quit"]
    stage.desk.keep_safe(lambda book: book.record(LedgerChecked(at=NOON, head_seq=1)))
    assert not stage.window.close()  # it can be closed again, with a backup of what is new
    stage.until_closed()


def test_locking_ends_a_backup(stage):
    stage.choose()
    stage.desk.signed.emit()
    stage.window.act("lock")
    stage.rest()
    assert stage.facts() == []
    assert stage.made() == []


def test_nothing_of_the_panel_is_cut_at_any_size(qtbot, stage):
    panel = BackupPanel(stage.window)
    for (width, height), scale in LOOKS:
        for trouble in (False, True):
            theme.apply(QApplication.instance(), theme.look().name, scale)
            stage.window.resize(width, height)
            if trouble:
                panel.show_trouble(stick.FULL)
            qtbot.waitUntil(lambda: cut_off(panel) == [], timeout=2000)
    for button in panel.findChildren(Button):
        assert spoken_name(button)
        assert button.height() >= 44
    theme.apply(QApplication.instance(), theme.look().name, 1.0)


def _fails(*_):
    raise NotSaved(stick.BROKEN)

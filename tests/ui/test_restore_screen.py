"""A restore by keyboard: from the door, from this laptop, on first start; and stopped in time."""

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting import restoring
from ketachart.domain.facts.safekeeping import LedgerChecked, LedgerRestored
from ketachart.storage import recovery
from ketachart.storage.keyring import FAST_FOR_TESTS
from tests.helpers.door import PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, all_of, press, reachable, spoken_name, type_text
from ui import theme
from ui.dialogs import Dialogs
from ui.widgets.words import Words

RESTORE = (Qt.Key.Key_F4, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
RECOVERY = (
    Qt.Key.Key_F11,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
KEY_FILE = (Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
OF_THE_KEY = "the lamp in the far barn"
PRIMARY = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


class Stage:
    """A locked laptop, a stick with two backups, and one more entry since."""

    def __init__(self, qtbot, place, *, here=True, key=""):
        self.qtbot, self.key = qtbot, key
        self.made = clinic_in(place / "ledger")
        self.stick = place / "stick"
        self.stick.mkdir()
        self.folder = self.made if here else place / "new"
        self.window = window_on(qtbot, self.folder)
        self.desk = self.window.desk
        self._back_up()

    def _back_up(self):
        office = charting.unlock(self.made, "ja", PASSPHRASE, self.desk.clock)
        backups, people = office.keeping.backups, office.keeping.people
        if self.key:
            made = people.make_recovery(self.key).work()
            people.set_recovery(made.public)
            self.key_file = self.stick / "clinic.key"
            self.key_file.write_bytes(made.content)
        backups.choose(self.stick)
        for _ in range(2):
            backups.finish(backups.task("asked for").work())
            self.desk.clock.pass_time(timedelta(minutes=5))
        office.keeping.record(LedgerChecked(at=office.time.now(), head_seq=1))
        office.close()

    def rest(self):
        settled(self.qtbot, self.window)

    def press(self, key):
        QTest.keyClick(QApplication.focusWidget() or self.window, *key)
        self.rest()

    def to_proof(self):
        self.press(RESTORE)
        self.screen = self.window.screen_shown
        self.screen.look_at(self.stick)
        self.rest()
        self.press(PRIMARY)

    def words(self):
        return " ".join(w.text() for w in all_of(self.window, Words))


@pytest.fixture
def stage(qtbot, tmp_path):
    made = Stage(qtbot, tmp_path)
    made.window.keepers()[0].holds = lambda: False  # its close waits for no backup
    yield made
    made.window.close()


def test_from_the_door_the_newest_backup_is_put_back_and_what_came_after_is_regained(stage):
    stage.to_proof()
    (newest, _older) = stage.screen.copy.list._rows.rows
    assert "Opened by Julia Alvarez" in newest.spoken()
    assert stage.screen.proof.who() == "ja"
    type_text("not the passphrase")
    stage.press(PRIMARY)
    assert "This backup did not open" in stage.words()
    assert stage.screen.proof.field.text() == "not the passphrase"
    stage.screen.proof.why.set_text("page 12 could not be read")
    stage.screen.proof.field.clear()
    type_text(PASSPHRASE)
    stage.press(PRIMARY)
    assert "nothing is lost" in stage.words()
    assert "The ledger before is kept whole, in kept-" in stage.words()
    assert stage.screen.proof.field.text() == "", "nothing of the passphrase is kept"
    stage.press(PRIMARY)
    assert stage.window.shown == "unlock"
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    stage.rest()
    (told,) = stage.desk.keeping.facts(LedgerRestored)
    assert (told.reason, told.regained > 0) == ("page 12 could not be read", True)
    assert len(stage.desk.keeping.facts(LedgerChecked)) >= 1


def test_where_nobody_knows_a_passphrase_the_clinics_recovery_key_opens_it(
    qtbot, tmp_path, monkeypatch
):
    stage = Stage(qtbot, tmp_path, key=OF_THE_KEY)
    stage.window.keepers()[0].holds = lambda: False
    other = stage.stick / "other.key"
    other.write_bytes(recovery.make(OF_THE_KEY, kdf=FAST_FOR_TESTS, practice=True).content)
    files = [other, stage.key_file]
    monkeypatch.setattr(Dialogs, "ask_files", staticmethod(lambda *_: (files.pop(0),)))
    stage.to_proof()
    primary, proof = stage.screen.primary, stage.screen.proof
    stage.press(RECOVERY)
    assert proof.field.isHidden()
    stage.press(KEY_FILE)
    assert "Not that key" in primary.why_closed()
    stage.press(KEY_FILE)
    type_text("not its passphrase")
    press(Qt.Key.Key_Return)
    type_text("Sam Park")
    press(Qt.Key.Key_Return)
    type_text("ja")
    assert primary.why_closed() == "The staff id ja is Julia Alvarez's"
    proof.key.staff.clear()
    type_text("sp")
    press(Qt.Key.Key_Return)
    assert primary.why_closed() == "Say why it is restored"
    type_text("nobody knows a passphrase")
    for _ in range(4):  # counted on this laptop, and delayed
        stage.press(PRIMARY)
        assert "This backup did not open" in stage.words()
    assert primary.words().startswith("Go on in")
    stage.desk.clock.pass_time(timedelta(minutes=10))
    stage.screen._show_way()
    stage.press(RECOVERY)
    assert proof.field.isVisible()
    stage.press(RECOVERY)
    proof.key.secret.clear()
    proof.key.secret.setFocus()
    type_text(OF_THE_KEY)
    stage.press(PRIMARY)
    assert "nothing is lost" in stage.words()
    assert (proof.key.secret.text(), proof.key.file.content) == ("", b"")
    stage.press(PRIMARY)
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    stage.rest()
    (told,) = stage.desk.keeping.entries(LedgerRestored)
    assert told.author == "sp"
    assert told.fact.reason.startswith("opened with recovery key ")
    assert told.fact.reason.endswith(": nobody knows a passphrase")
    stage.window.close()


def test_from_this_laptop_it_locks_first_and_looks_where_the_backups_lie(stage):
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    stage.rest()
    stage.window.act("laptop")
    stage.rest()
    stage.press(RESTORE)
    assert (stage.window.shown, stage.desk.is_unlocked) == ("restore", False)
    assert len(stage.window.screen_shown.copy.list._rows.rows) == 2
    press(Qt.Key.Key_Escape)
    assert stage.window.shown == "unlock"
    stage.rest()
    assert stage.window.screen_shown._people, "who may unlock is read anew"


def test_on_a_new_laptop_it_stands_beside_start_and_join(qtbot, tmp_path, monkeypatch):
    new = Stage(qtbot, tmp_path, here=False)
    assert new.window.shown == "first-start"
    press(Qt.Key.Key_3, Qt.Key.Key_Return)
    new.rest()
    assert new.window.shown == "restore"
    press(Qt.Key.Key_Escape)
    assert new.window.shown == "first-start"
    new.window.act("restore")
    monkeypatch.setattr(Dialogs, "ask_folder", staticmethod(lambda *_: new.stick))
    new.window.act("backup-place")
    new.rest()
    new.press(PRIMARY)
    type_text(PASSPHRASE)
    new.press(PRIMARY)
    assert "The ledger is back" in new.words()
    assert "kept whole" not in new.words()
    new.press(PRIMARY)
    assert new.window.shown == "unlock"
    assert charting.holds_ledger(new.folder)
    new.window.close()


def test_it_is_stopped_before_the_last_step_and_nothing_was_changed(stage, monkeypatch):
    before = (stage.folder / "ledger.db").read_bytes()

    def endless(_wish, told, step):
        told("Reading all of it")
        while True:
            Event().wait(0.002)  # leaves the window its turn
            step(61, 100)

    monkeypatch.setattr(restoring.restore, "restore", endless)
    stage.to_proof()
    type_text(PASSPHRASE)
    stage.window.act("primary")
    stage.qtbot.waitUntil(lambda: stage.screen.work._step.text() == "Reading all of it")
    press(Qt.Key.Key_Escape)
    stage.rest()
    assert "The restore was stopped" in stage.words()
    assert "Nothing was changed" in stage.words()
    assert stage.screen.copy.isVisible()
    assert (stage.folder / "ledger.db").read_bytes() == before


def test_the_last_step_is_not_stopped_any_more_and_what_came_of_it_is_told(stage, monkeypatch):
    real, reached, go_on = restoring.putting_back.finish, Event(), Event()

    def held(folder):
        if restoring.putting_back.ready(folder).exists():  # it begins by clearing away, too
            reached.set()
            assert go_on.wait(20)
        real(folder)

    monkeypatch.setattr(restoring.putting_back, "finish", held)
    stage.to_proof()
    type_text(PASSPHRASE)
    stage.window.act("primary")
    stage.qtbot.waitUntil(lambda: reached.is_set() and stage.screen.work.is_last)
    assert not stage.screen.way_back.isEnabled()
    press(Qt.Key.Key_Escape)
    assert "Stopping" not in stage.words()
    stage.screen.restoring.stop()  # as if the key had been there a moment before
    go_on.set()
    stage.rest()
    assert "The ledger is back" in stage.words()
    stage.press(PRIMARY)
    type_text(PASSPHRASE)
    press(Qt.Key.Key_Return)
    stage.rest()
    assert len(stage.desk.keeping.facts(LedgerRestored)) == 1


def test_a_damaged_backup_says_why_and_a_place_without_any_says_what_to_choose(
    stage, tmp_path, monkeypatch
):
    newest = max(stage.stick.rglob("ledger.db"), key=lambda path: path.parent.name)
    newest.write_bytes(newest.read_bytes()[:-1])
    stage.to_proof()
    assert stage.screen.proof.isVisible(), "the newest that can be restored is chosen"
    press(Qt.Key.Key_Escape)
    rows = [row.spoken() for row in stage.screen.copy.list._rows.rows]
    assert "cut short" in rows[0]
    stage.screen.copy.list.choose(stage.screen.copy.list.key_at(0))
    assert stage.screen.primary.why_closed() == "It cannot be restored"
    real = restoring.Keyring.read
    monkeypatch.setattr(
        restoring.Keyring, "read", lambda _place: replace(real(stage.folder), ledger_id="x")
    )
    stage.screen.copy.list.choose(stage.screen.copy.list.key_at(1))
    stage.press(PRIMARY)
    assert "backup of another ledger" in stage.words()
    monkeypatch.undo()
    press(Qt.Key.Key_Escape)
    (tmp_path / "empty").mkdir()
    stage.screen.look_at(tmp_path / "empty")
    stage.rest()
    assert "No backup lies there" in stage.words()
    stage.screen.look_at(tmp_path / "nowhere")
    stage.rest()
    assert "That place cannot be read" in stage.words()


def test_nothing_is_cut_and_everything_has_a_name(qtbot, stage):
    stage.to_proof()
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        stage.window.resize(*size)
        for step in range(4):
            stage.screen._go_to(step)
            assert cut_off_at_rest(qtbot, stage.window) == []
        stage.screen.proof.by_key = True
        stage.screen._go_to(1)
        stage.screen.proof._show_way()
        assert cut_off_at_rest(qtbot, stage.window) == []
        stage.screen.proof.by_key = False
        stage.screen.proof._show_way()
    theme.apply(QApplication.instance(), "dim", 1.0)
    for widget in reachable(stage.screen):
        assert spoken_name(widget), widget

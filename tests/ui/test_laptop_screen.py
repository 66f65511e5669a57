"""This laptop, by keyboard: its backups, the check, how long visits stay, its own book."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.charting.leaving import Standing
from ketachart.charting.restoring import copies_at
from ketachart.domain.facts.safekeeping import (
    BackupMade,
    EmergencyAccess,
    LedgerChecked,
    RestoreRehearsed,
)
from ketachart.errors import Fault, LedgerError, Refused
from ketachart.storage import backup, stick
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import (
    LOOKS,
    all_of,
    luminances,
    press,
    reachable,
    rest,
    show,
    spoken_name,
    type_text,
)
from tests.helpers.window import desk_at
from ui import theme
from ui.actions import BY_NAME
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.words import Words


class Stage:
    """The real window at this laptop, and a stick beside it."""

    def __init__(self, qtbot, place):
        self.qtbot = qtbot
        self.folder = clinic_in(place / "ledger")
        self.stick = place / "stick"
        self.stick.mkdir()
        self.window = window_on(qtbot, self.folder)
        self.desk = self.window.desk
        self.desk._open_office(charting.unlock(self.folder, "ja", PASSPHRASE, self.desk.clock))
        self.rest()
        self.window.keepers()[0].holds = lambda: False  # its close waits for no backup
        self.key("laptop")
        self.screen = self.window.screen_shown

    def rest(self):
        settled(self.qtbot, self.window)

    def key(self, *names):
        """Presses the keys of these acts, wherever the focus is."""
        for name in names:
            where = QApplication.focusWidget() or self.window
            chord = BY_NAME[name].key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for part in chord[:-1]:
                held |= getattr(
                    Qt.KeyboardModifier, {"Ctrl": "Control"}.get(part, part) + "Modifier"
                )
            QTest.keyClick(
                where, getattr(Qt.Key, f"Key_{chord[-1].replace('Esc', 'Escape')}"), held
            )
            self.rest()

    def choose(self):
        self.desk.keeping.backups.choose(self.stick)
        self.screen.arrive()
        self.rest()

    def words(self):
        return " ".join(w.text() for w in all_of(self.window, Words))

    def rows(self, part):
        return [row.spoken() for row in part.list._rows.rows]

    def facts(self, kind):
        return self.desk.keeping.facts(kind)

    def supervise(self):
        nurse = self.desk.office.nurse
        self.desk.office.register(replace(nurse, at=self.desk.now(), role="supervisor"))


@pytest.fixture
def stage(qtbot, tmp_path):
    made = Stage(qtbot, tmp_path)
    yield made
    made.window.close()


def standings(*why):
    """Signed visits as the core tells them."""
    row = charting.VisitRow(
        stream="", day=NOON.date(), number="", patient="Elena M. Rivera", mrn="1", birth_date=None,
        sex="F", goal="", series="", status="signed", opened_at=None, practice=True,
    )  # fmt: skip
    return [
        Standing(replace(row, stream=f"s{n}", number=f"261122-0{n}"), text)
        for n, text in enumerate(why, 1)
    ]


def test_a_place_is_chosen_and_a_backup_made_read_back_and_listed(stage, monkeypatch):
    assert "Never backed up" in stage.words()
    assert stage.screen.backup.primary.why_closed() == "Choose a place first"
    inside = iter([stage.folder, stage.stick])
    monkeypatch.setattr(Dialogs, "ask_folder", staticmethod(lambda *_: next(inside)))
    stage.key("backup-place")
    assert "ledger's own folder" in stage.words()
    stage.key("backup-place", "primary")
    assert [made.why for made in stage.facts(BackupMade)] == ["asked for"]
    assert [copy.fault for copy in copies_at(stage.stick)] == [""]
    (row,) = stage.rows(stage.screen.backup)
    assert row.startswith("Sun 22 Nov")
    assert "Opened by Julia Alvarez" in row
    assert "Never backed up" not in stage.words()
    assert "same disk" in stage.words()
    stage.key("rehearse")
    assert "A restore works" in stage.words()
    assert len(stage.facts(RestoreRehearsed)) == 1
    stage.desk.clock.pass_time(timedelta(days=4))
    stage.screen.arrive()
    assert "A backup is overdue" in stage.words()


def test_the_place_that_is_gone_is_said_and_nothing_is_begun(stage):
    stage.choose()
    stage.stick.rmdir()
    stage.screen.arrive()
    stage.rest()
    assert stage.screen.backup.primary.why_closed() == "Plug the stick in"
    assert "cannot be read" in stage.words()
    stage.key("primary")
    assert stage.facts(BackupMade) == []


def test_a_backup_that_runs_is_told_and_stopped_by_its_key(stage, monkeypatch):
    stage.choose()
    stopped = []

    def endless(_wanted, step):
        while True:
            try:
                Event().wait(0.002)  # leaves the window its turn
                step(43, 100)
            except backup.BrokenOff:
                stopped.append(True)
                raise

    monkeypatch.setattr(backup, "make", endless)
    stage.screen.backup.primary.setFocus()
    stage.window.act("primary")
    stage.qtbot.waitUntil(lambda: "43%" in stage.screen.backup.progress.words.text())
    assert QApplication.focusWidget() is stage.screen.page.parts.buttons[0], "no other key's button"
    stage.key("halt")
    assert stopped == [True]
    assert stage.screen.backup.progress.isHidden()
    assert stage.facts(BackupMade) == []
    monkeypatch.setattr(backup, "make", broken)
    stage.key("primary")
    assert stick.BROKEN in stage.words()


def broken(_wanted, _step):
    raise LedgerError(stick.BROKEN)


def test_the_whole_ledger_is_read_on_demand_and_damage_is_named_line_by_line(stage, monkeypatch):
    stage.key("row-2", "primary")
    assert "Nothing wrong was found" in stage.words()
    assert [fact.faults for fact in stage.facts(LedgerChecked)][-1] == ()
    faults = (Fault("page", "Page 12 cannot be read."), Fault("chain", "Entry 41 was changed."))
    monkeypatch.setattr(charting.checks.CheckTask, "work", lambda _self, **_: faults)
    stage.key("primary")
    assert stage.facts(LedgerChecked)[-1].faults == tuple(f.sentence for f in faults)
    assert stage.rows(stage.screen.check) == [
        "Page 12 cannot be read.. 1 of 2",
        "Entry 41 was changed.. 2 of 2",
    ]
    assert not stage.screen.check.restore.isHidden()
    stage.key("row-1")
    buttons = [w for w in reachable(stage.window) if spoken_name(w).startswith("What is damaged")]
    buttons[0].click()
    assert stage.screen.check.isVisible()


def test_a_supervisor_sets_how_long_visits_stay_and_another_is_told_who_does(stage):
    stage.key("retention")
    assert "A supervisor sets this" in stage.words()
    stage.supervise()
    stage.key("retention")
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_text("a month")
    stage.key("primary")
    assert "whole number of days" in stage.words()
    assert stage.screen.visits.sheet.days.text() == "a month"
    stage.screen.visits.sheet.days.set_text("30")
    stage.key("primary")
    assert stage.desk.keeping.leaving.policy() == 30
    assert "30 days after signing" in stage.words()
    stage.key("retention")
    stage.key("back")
    assert stage.screen.visits.list.isHidden()


def test_visits_leave_one_by_one_after_a_question_that_esc_says_no_to(stage, monkeypatch):
    held = "No verified backup holds all of it yet. Make a backup."
    there = standings("", "", held)
    leaving, gone = stage.desk.keeping.leaving, []
    monkeypatch.setattr(leaving, "looking", lambda _now: iter(there))

    def let_go(streams):
        if len(gone) == 1:
            raise Refused("Visit 261122-02 stays: a question came.", rule="visit stays")
        gone.extend(streams)

    monkeypatch.setattr(leaving, "let_go", let_go)
    stage.key("row-3")
    assert stage.screen.visits.primary.words() == "Let 2 visits go"
    assert any(held in row for row in stage.rows(stage.screen.visits))
    stage.key("primary")
    assert "What stays" in stage.words()
    assert "It cannot be brought back" in stage.words()
    press(Qt.Key.Key_Return)  # the focus is on no
    assert gone == []
    stage.key("primary", "primary")
    assert gone == ["s1"]
    assert "1 visit left, then it stopped" in stage.words()
    assert "a question came" in stage.words()


def test_the_book_tells_an_emergency_in_red_and_is_saved_as_a_table(stage, monkeypatch, tmp_path):
    stage.key("row-4")
    assert stage.screen.page.parts.buttons[3].hasFocus()  # nothing is there to be saved yet
    stage.key("row-1")
    stage.desk.keeping.record(
        EmergencyAccess(
            at=NOON, staff_id="ja", name="Julia Alvarez", reason="+1 forgotten",
            fingerprint="ab" * 32,
        )
    )  # fmt: skip
    stage.key("row-4")
    (row,) = [row for row in stage.screen.book.list._rows.rows if "RECOVERY KEY" in row.mark]
    assert (row.tone, row.sign) == ("danger", "octagon-alert")
    target = tmp_path / "book.csv"
    monkeypatch.setattr(Dialogs, "ask_save_path", staticmethod(lambda *_: target))
    stage.key("primary")
    told = list(csv.DictReader(StringIO(target.read_text("utf-8-sig"))))
    assert len(told) == len(stage.desk.keeping.entries())
    assert "not encrypted" in stage.words()


def test_the_day_leads_here_and_says_how_old_the_backup_is(stage):
    stage.key("back")
    assert stage.window.shown == "day"
    page = stage.window.screen_shown._page
    assert "Backup: never made" in page.laptop._facts.accessibleDescription()
    page.laptop.open.click()
    assert stage.window.shown == "laptop"
    stage.choose()
    stage.key("primary", "back")
    stage.desk.beat.emit(stage.desk.now())
    assert "Backup: just made" in page.laptop._facts.accessibleDescription()
    stage.key("laptop")
    stage.screen.page.privacy.click()
    assert stage.window.shown == "privacy"


def test_nothing_is_cut_and_the_dim_stays_dim(qtbot, stage):
    stage.supervise()
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        stage.window.resize(*size)
        for part in range(1, 5):
            stage.window.act(f"row-{part}")
            assert cut_off_at_rest(qtbot, stage.window) == []
        stage.window.act("retention")
        assert cut_off_at_rest(qtbot, stage.window) == []
        stage.window.act("back")
    theme.apply(QApplication.instance(), "dim", 1.0)
    mean, _most = luminances(stage.window.grab().toImage())
    assert mean <= 0.03
    for widget in reachable(stage.screen):
        assert spoken_name(widget), widget


def test_the_entries_of_a_visit_are_saved_as_a_table_from_their_card(qtbot, tmp_path, monkeypatch):
    desk = desk_at(tmp_path / "ledger", "late_and_corrected", until="fluid-given")
    window = show(qtbot, MainWindow(desk, unlock=Screen(desk)), width=1366, height=768)
    window.show_screen("visit").act("phase-3")
    rest(desk)
    target = tmp_path / "entries.csv"
    asked = []
    monkeypatch.setattr(
        Dialogs, "ask_save_path", staticmethod(lambda *told: asked.append(told[-1].name) or target)
    )
    buttons = [w for w in reachable(window) if spoken_name(w).startswith("Save the entries")]
    buttons[0].click()
    told = list(csv.DictReader(StringIO(target.read_text("utf-8-sig"))))
    assert len(told) == len(desk.visit.entries)
    assert "typed 218 for 128" in [row["why"] for row in told if row["struck (1 = yes)"] == "1"]
    assert asked == [f"ketachart-{desk.visit.opened.visit}-entries.csv"], "no word of the patient"
    assert "not encrypted" in dict(desk.notices.standing())["log-saved"].detail
    window.close()

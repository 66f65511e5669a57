"""What is typed and not recorded survives a lock, a crash, a closed visit; nothing is charted."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from ketachart import charting
from ketachart.domain.facts import InfusionResumed, NoteWritten, VitalsTaken
from ketachart.domain.quantities import MlPerHour
from ketachart.errors import DiskFull
from ketachart.storage.drafts import FILE
from tests.helpers.qt import cut_off
from tests.helpers.typing import type_everywhere
from tests.helpers.visit_window import VisitWindow
from tests.helpers.window import desk_at
from ui.dialogs import Dialogs
from ui.forms.action_column import ActionColumn
from ui.forms.registry import SHEETS
from ui.guard import LaptopGuard
from ui.main_window import MainWindow
from ui.notices import NoticeColumn
from ui.power import Power
from ui.screens.base import Screen
from ui.screens.stock.side import SHEETS as STOCK
from ui.widgets.buttons import Button
from ui.widgets.keeping import kept_in, put_back
from ui.widgets.picker import Picker

# Sheets in which nothing is typed or chosen.
NOTHING_TYPED = {"add", "drafts"}


def kept_of(form):
    """As it lies on the disk."""
    inside, fields = form.kept_inside(), kept_in(form.form_root())
    return json.loads(json.dumps({"inside": inside, "fields": fields}))


def strings(kept):
    """Every text in it."""
    if isinstance(kept, dict):
        kept = list(kept.values())
    if isinstance(kept, list):
        return {text for each in kept for text in strings(each)}
    return {kept}


def restored(form, kept):
    form.take_back_inside(kept["inside"])
    lost = put_back(form.form_root(), kept["fields"])
    form.taken_back()
    return lost


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):  # noqa: ARG001 - a look has to stand first
    desk = desk_at(tmp_path_factory.mktemp("drafts") / "ledger", "quiet_hour", until="vitals-taken")
    yield desk
    desk.close()


@pytest.mark.parametrize("name", [*SHEETS, *(f"stock/{one}" for one in STOCK)])
def test_every_sheet_comes_back_as_it_was_typed(running, qtbot, name):
    make = STOCK[name[6:]] if name.startswith("stock/") else SHEETS[name]

    def made():
        sheet = make(running)
        qtbot.addWidget(sheet)
        sheet.show_visit(running.visit)
        return sheet

    typed, fresh = made(), made()
    type_everywhere(typed.body)
    kept = kept_of(typed)
    searched = {one.field.editor() for one in typed.body.findChildren(Picker)}  # the code is kept
    for line in {*typed.body.findChildren(QLineEdit)} - searched:
        shown = line.echoMode() == QLineEdit.EchoMode.Normal
        assert (line.text() in strings(kept["fields"])) is shown, line.accessibleName()
    empty = kept_of(fresh)
    assert (kept["fields"] != empty["fields"]) is (name not in NOTHING_TYPED)
    assert restored(fresh, kept) == ()
    assert kept_of(fresh) == kept


# ------------------------------------------------ the window


class Still:
    """A laptop that says nothing of itself."""

    def show_laptop(self, facts):
        del facts

    def power(self, folder):
        del folder
        return Power(None, None)

    def stay_awake(self, told):
        told(obeys := True)
        return lambda: obeys


class Bench:
    """A visit with its column of sheets, without a window; locked, killed and opened again."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.desk = desk_at(folder, "quiet_hour", until="infusion-started")
        self.stream = self.desk.room.stream
        self.make_column()

    def make_column(self):
        self.column = ActionColumn(self.desk, SHEETS)
        self.qtbot.addWidget(self.column)
        self.column.add_panel("infusion", QWidget())
        self.column.show_panel("infusion")

    def write(self, text, name="note"):
        """Types into the words of a sheet."""
        sheet = self.column.open_sheet(name)
        words = sheet.text if name == "note" else sheet.note
        QTest.keyClicks(words.editor(), text)
        return sheet

    @property
    def drafts(self):
        return self.desk.office.keeping.drafts

    def on_disk(self):
        """What lies there half a second later."""
        self.desk.clock.pass_time(timedelta(milliseconds=500))
        self.desk.heartbeat.poll()
        self.drafts.flush()
        return [one.title for one in self.drafts.all()]

    def again(self, *, killed=False):
        """The same ledger after the lock, or as it lies on the disk after a kill."""
        lies = (self.desk.folder / FILE).read_bytes() if killed else b""
        proof = self.desk.office._ledger.unwrapped
        self.desk.lock()
        if killed:
            (self.desk.folder / FILE).write_bytes(lies)
        self.desk._open_office(charting.enter(self.desk.folder, proof, self.desk.clock))
        self.desk.open_visit(self.stream)
        self.make_column()

    def show(self):
        return self.column.open_sheet("drafts")

    def notices(self):
        return " ".join(f"{m.happened} {m.detail}" for _, m in self.desk.notices.standing())

    def seen(self):
        words = [label.text() for label in self.column.findChildren(QLabel)]
        return " ".join([*words, *(b.accessibleName() for b in self.column.findChildren(Button))])


@pytest.fixture
def bench(qtbot, tmp_path):
    made = Bench(qtbot, tmp_path / "ledger")
    yield made
    made.desk.close()


def test_where_nothing_was_typed_nothing_is_kept_and_nothing_shown(bench):
    for name in ("vitals", "correct", "marks", "stop"):
        bench.column.open_sheet(name)
        bench.column.show_visit(bench.desk.visit)
    sheet = bench.write("x")
    assert bench.on_disk() == ["Note"]
    QTest.keyClick(sheet.text.editor(), Qt.Key.Key_Backspace)  # typed, and taken back
    assert bench.on_disk() == []
    assert not (bench.desk.folder / FILE).exists()
    bench.again()
    assert bench.notices() == ""
    bench.show()
    assert "Nothing that was typed waits here" in bench.seen()


def test_a_form_that_was_charted_just_before_the_kill_is_not_offered(bench):
    sheet = bench.write("told")
    assert bench.on_disk() == ["Note"]
    lies = (bench.desk.folder / FILE).read_bytes()
    sheet.commit()
    assert bench.on_disk() == []
    (bench.desk.folder / FILE).write_bytes(lies)  # as if the kill had come before it was dropped
    bench.again(killed=True)
    assert bench.drafts.all() == ()
    assert "Recovered" not in bench.notices()


def test_a_form_that_holds_something_else_is_not_typed_over(bench):
    bench.write("the first")
    bench.again()
    bench.write("the second")
    bench.show().commit()
    assert "“Note” holds something else that you typed" in bench.notices()
    sheet = bench.column.sheet("note")
    assert sheet.text.text() == "the second"
    assert bench.on_disk() == ["Note", "Note"]
    sheet.commit()
    bench.show().commit()
    assert sheet.text.text() == "the first"
    sheet.commit()
    assert [entry.text for entry in bench.desk.visit.facts(NoteWritten)][-2:] == [
        "the second",
        "the first",
    ]
    assert bench.on_disk() == []


def test_thrown_away_it_is_gone_after_one_question(bench, monkeypatch):
    bench.write("never mind")
    bench.again()
    bench.show()
    asked = []
    for answer in (False, True):
        monkeypatch.setattr(
            Dialogs, "confirm", lambda *_told, yes, answer=answer: asked.append(yes) or answer
        )
        away = next(
            button
            for button in bench.column.findChildren(Button)
            if button.accessibleName().startswith("Throw away: Note, typed until")
        )
        away.click()
        assert bench.on_disk() == ["Note"] * (not answer)
    assert asked == ["Throw it away"] * 2
    assert "Recovered" not in bench.notices()


def test_what_somebody_else_typed_is_named_and_never_shown(bench):
    bench.write("a secret word")
    bench.on_disk()
    (mine,) = bench.drafts.all()
    bench.drafts.drop(mine.key)
    bench.drafts.keep(replace(mine, key="theirs", staff_id="zz"))
    bench.column.sheet("note").empty()
    bench.again()
    bench.show()
    named = "Somebody who unlocks here no more left 1 form unfinished here: Note, typed until"
    assert named in bench.notices()
    assert named in bench.seen()
    assert "a secret word" not in bench.seen() + bench.notices()
    assert "Put back: Note" not in bench.seen()
    assert bench.on_disk() == ["Note"]


def test_a_pause_is_put_back_without_pausing_again(bench):
    bench.column.open_sheet("pause")
    bench.write("the door bell", "pause")
    bench.desk.record(InfusionResumed(at=bench.desk.now(), rate_ml_h=MlPerHour(10)))
    entries = len(bench.desk.visit.entries)
    bench.again()
    bench.show().commit()
    assert bench.column.sheet("pause").note.text() == "the door bell"
    assert len(bench.desk.visit.entries) == entries


def test_a_chart_that_ended_by_itself_says_what_was_recovered_in_one_notice(bench):
    guard = LaptopGuard(bench.desk, Still(), Still())
    bench.write("half a sen")
    bench.on_disk()
    bench.desk.drafts._visit_closed()  # killed: nobody says that the visit was left
    bench.desk._room = None
    bench.desk.clock.pass_time(timedelta(minutes=5))
    bench.desk.open_visit(bench.stream)
    said = bench.notices()
    assert "KetaChart was closed; it was last open at" in said
    assert "are here. Recovered besides, and not charted: Note, typed until" in said
    assert "Nothing of it is charted yet" not in said
    assert "typed again" not in said
    wanted = []
    bench.desk.draft_offer.list_wanted.connect(lambda: wanted.append(True))
    dict(bench.desk.notices.standing())["chart-reopened"].on_act()
    assert wanted == [True]
    assert "Recovered: Note, typed until" in bench.notices()  # until it is put back
    guard.end()


def test_a_disk_that_cannot_keep_it_is_said_until_it_can(bench, monkeypatch):
    def full(*_told):
        raise DiskFull("The disk is full. Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr("ketachart.storage.drafts.write", full)
        bench.write("half")
        bench.on_disk()
        bench.on_disk()
        assert "What you type is not kept until you record it The disk is full" in bench.notices()
    bench.on_disk()
    bench.on_disk()
    assert bench.notices() == ""
    assert (bench.desk.folder / FILE).exists()


def test_what_was_typed_is_offered_by_name_and_minute_after_the_lock_and_put_back(
    tmp_path,
    qtbot,  # noqa: ARG001 - a look has to stand first
):
    """The whole way in the real window: the lock, the notice, the list, the form, the record."""
    typed = VisitWindow(tmp_path / "ledger", "quiet_hour", "infusion", until="infusion-started")
    typed.column.open_sheet("note")
    typed.type("half a sen")
    typed.desk.drafts.look()
    typed.desk.clock.pass_time(timedelta(minutes=2))
    typed.column.close_sheet()
    typed.screen.vitals.begin()
    typed.fill("128", "82")
    entries, now, stream = len(typed.visit.entries), typed.desk.now(), typed.desk.room.stream
    proof = typed.desk.office._ledger.unwrapped
    typed.window.act("lock")
    assert typed.desk.notices.standing() == ()
    typed.desk._open_office(charting.enter(typed.desk.folder, proof, typed.desk.clock))
    if not typed.desk.has_visit:
        typed.desk.open_visit(stream)
    typed.frame = typed.window.screen_shown
    typed.settle()
    said = " ".join(typed.said(typed.window.findChild(NoticeColumn)))
    assert f"Vitals, typed until {now:%H:%M}" in said
    assert f"Note, typed until {now - timedelta(minutes=2):%H:%M}" in said
    assert "The record is whole to its last entry" in said
    assert "half a sen" not in said
    assert len(typed.visit.entries) == entries  # nothing is charted by itself
    typed.desk.draft_offer.show()
    assert typed.column.open_name == "drafts"
    assert "Put back Vitals" in typed.said(typed.column)
    assert cut_off(typed.window) == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    sheet = typed.column.sheet("note")
    assert (typed.column.open_name, sheet.text.text()) == ("note", "half a sen")
    typed.type("tence")
    typed.main_button()
    assert "half a sen" in typed.last(NoteWritten).text
    typed.window.act("drafts")
    typed.main_button()
    vitals = typed.column.sheet("vitals")
    assert (vitals.upper.text(), vitals.figures["diastolic"].text()) == ("128", "82")
    typed.main_button()
    assert typed.last(VitalsTaken).systolic == 128
    assert typed.desk.office.keeping.drafts.all() == ()
    typed.close()


def test_a_new_visit_half_typed_is_offered_on_the_list_and_comes_back_whole(
    tmp_path,
    qtbot,  # noqa: ARG001 - a look has to stand first
):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    desk.close_visit()
    window = MainWindow(desk, unlock=Screen(desk))
    window.resize(1366, 768)
    window.show()
    screen = window.show_screen("new-visit")
    type_everywhere(screen.form_root())
    kept, proof = kept_of(screen), desk.office._ledger.unwrapped
    window.act("lock")
    desk._open_office(charting.enter(desk.folder, proof, desk.clock))
    assert window.shown == "day"
    (notice,) = [m for key, m in desk.notices.standing() if key == "drafts-wait"]
    assert notice.happened.startswith("Recovered: New visit, typed until")
    notice.on_act()
    assert window.shown == "drafts"
    window.act("primary")
    assert window.shown == "new-visit"
    assert kept_of(window.screen_shown) == kept
    assert "drafts-wait" not in dict(desk.notices.standing())
    window.close()
    window.deleteLater()
    QApplication.processEvents()

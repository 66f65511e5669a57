"""Packages in the real window: made, saved, taken in; “packed” is never said for “received”."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.charting.post import PostDesk
from ketachart.errors import DiskFull, LedgerDamaged
from tests.charting.test_room import PASSPHRASE
from tests.helpers.post_window import PostWindow
from tests.helpers.qt import LOOKS, cut_off
from ui import theme
from ui.screens.post.portions import Portions

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def opened(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = []

    def make(name, staff_id, **how):
        folder = tmp_path / f"window{len(made)}"
        folder.mkdir()
        made.append(PostWindow(folder, name, staff_id, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def rows(card):
    return [(row.what, row.mark) for row in card.list._rows.rows]


def test_a_package_is_made_saved_and_only_then_noted_as_packed(opened, scripted, tmp_path):
    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    assert rows(post.outbox) == [("Report of 2026-11-22, version 1", "Not packed yet")]
    assert [mark for _, mark in rows(post.reports)] == ["Signed, not packed yet"]
    assert post.side.passphrase.editor().hasFocus()
    laptop.say("wrong words here now")
    laptop.press(ENTER)
    assert post.side.result.said().startswith("No package was made")
    assert post.side.passphrase.text()  # what was typed stays
    post.side.passphrase.set_text(PASSPHRASE)
    path = tmp_path / "stick.keta"
    scripted.will("ask_save_path", None, path)
    laptop.act("primary")  # thought better of it
    assert "not saved yet" in post.side.result.said()
    laptop.show("post")
    assert rows(post.outbox)[0][1] == "Not packed yet"
    laptop.act("primary")  # asks for no passphrase again
    assert path.read_bytes().startswith(b"KETAPACK1")
    assert rows(post.outbox)[0][1] == "Packed, no receipt yet"
    assert [mark for _, mark in rows(post.reports)] == ["Packed 13:00, no receipt yet"]
    assert "not yet received" in post.side.result.said()
    assert post.side.passphrase.text() == ""


def test_a_full_stick_leaves_nothing_noted(opened, scripted, tmp_path, monkeypatch):
    def full(*_told):
        raise DiskFull("There is no room there.")

    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    monkeypatch.setattr("ui.screens.post.packing.save_file", full)
    scripted.will("ask_save_path", tmp_path / "a.keta")
    laptop.say(PASSPHRASE)
    laptop.act("primary")
    assert "There is no room there." in post.side.result.said()
    laptop.show("post")
    assert rows(post.outbox)[0][1] == "Not packed yet"


def test_a_receipt_makes_it_received_and_twice_changes_nothing(opened, scripted, tmp_path):
    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    stick = tmp_path / "stick"
    receipt = laptop.world.file("receipt", stick)
    scripted.will("ask_files", (receipt,), ())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_G, CTRL_SHIFT)
    laptop.rest()
    assert "new thing" in post.taken.said()
    assert {mark for _, mark in rows(post.taken)} == {"Taken in"}
    assert "Received" in rows(post.reports)[0][1]
    assert rows(post.outbox) == []
    laptop.act("take-in")  # thought better of it
    laptop.drop(stick)
    assert "Nothing new" in post.taken.said()
    laptop.act("seen")
    assert post.taken.isHidden()


def test_what_is_refused_says_why_and_what_is_good_beside_it_is_kept(opened, tmp_path):
    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    stick = tmp_path / "stick"
    laptop.world.file("report", stick)  # its own, meant for the clinic
    laptop.world.file("receipt", stick)
    (stick / "visit.pdf").write_bytes(b"%PDF-1.7")
    laptop.drop(stick, stick / "visit.pdf", stick / "gone.keta")
    said = {row.what: row.value for row in post.taken.list._rows.rows}
    assert "not a package" in said["visit.pdf"]
    assert "Was the stick pulled out?" in said["gone.keta"]
    assert "not for this laptop" in said["report.keta"]
    assert "3 files refused" in post.taken.said()
    assert "Received" in rows(post.reports)[0][1]


def test_the_clinic_takes_a_report_in_and_packs_its_receipt(opened, scripted, tmp_path):
    clinic = opened("clinic", "sp")
    post = clinic.show("post")
    clinic.drop(clinic.world.file("report", tmp_path / "stick"))
    assert "2 new things" in post.taken.said()  # the report, and what the laptop has
    assert any(what.startswith("Receipt for") for what, _ in rows(post.outbox))
    assert post.reports.isHidden()
    scripted.will("ask_save_path", tmp_path / "back.keta")
    post.side.passphrase.set_text(PASSPHRASE)
    clinic.act("primary")
    assert (tmp_path / "back.keta").exists()
    clinic.press(ESC)
    assert clinic.window.shown == "day"


def test_a_laptop_without_a_certificate_packs_its_request(opened):
    laptop = opened("joined", "ja")
    post = laptop.show("post")
    assert [what for what, _ in rows(post.outbox)] == ["Request for a certificate"]


def test_nothing_is_cut_at_any_size(opened, tmp_path):
    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    laptop.drop(laptop.world.file("questions", tmp_path / "stick"))
    assert not post.taken.isHidden()
    for size, scale in LOOKS:
        theme.apply(theme.QApplication.instance(), "dim", scale)
        laptop.window.resize(*size)
        laptop.rest()
        assert cut_off(post) == [], (size, scale)


def test_what_a_package_asks_of_somebody_is_said_with_the_way_there(opened, tmp_path):
    clinic = opened("clinic-new", "sp")
    post = clinic.show("post")
    assert post.side.certificates.isHidden()
    clinic.drop(clinic.world.file("request", tmp_path / "stick"))
    assert "asks to join" in post.side.come.said()
    post.side.certificates.click()
    clinic.rest()
    assert clinic.window.shown == "certificates"
    laptop = opened("joined", "ja")
    post = laptop.show("post")
    laptop.drop(laptop.world.file("certificate", tmp_path / "stick"))
    assert "Your certificate came" in post.side.come.said()


def test_locking_while_a_package_is_made_notes_nothing_and_shows_nothing(opened, scripted):
    laptop = opened("laptop", "ja")
    post = laptop.show("post")
    laptop.say(PASSPHRASE)
    assert laptop.window.act("primary")
    assert post.packing.busy
    assert laptop.window.act("lock")
    laptop.rest()
    assert scripted.asked == []
    assert laptop.window.shown == "unlock"


def test_from_a_visit_the_key_leads_there_and_back(opened):
    laptop = opened("laptop", "ja")
    laptop.desk.open_visit(laptop.world.stream)
    laptop.rest()
    there = QApplication.focusWidget()
    QTest.keyClick(there, Qt.Key.Key_L, CTRL_SHIFT)
    laptop.rest()
    assert laptop.window.shown == "post"
    laptop.press(ESC)
    assert laptop.window.shown == "visit"
    laptop.desk.close_visit()
    laptop.rest()
    laptop.screen._page.post.click()
    assert laptop.window.shown == "post"


def test_how_far_the_reports_came_is_worked_out_in_the_turns_after_the_boxes(opened, monkeypatch):
    laptop = opened("laptop", "ja")
    asked, real = [], PostDesk.standing
    monkeypatch.setattr(PostDesk, "standing", lambda d, s: asked.append(s) or real(d, s))
    post = laptop.window.show_screen("post")
    assert rows(post.outbox)
    assert not asked
    laptop.rest()
    assert rows(post.reports)
    assert asked

    def torn(*_asked):
        raise LedgerDamaged("A page is torn.")

    monkeypatch.setattr(PostDesk, "standing", torn)
    laptop.show("post")
    assert "A page is torn." in laptop.words(post)


def test_portions_come_one_at_a_turn_and_begun_anew_or_locked_the_rest_is_dropped(qtbot):
    told, open_ = [], [True]
    portions = Portions(QApplication.instance(), may=lambda: open_[0], ended=told.append)

    def steps(name, many):
        for number in range(many):
            told.append(f"{name}{number}")
            yield

    portions.begin(steps("a", 3))
    assert told == ["a0"]
    portions.begin(steps("b", 2))
    qtbot.waitUntil(lambda: None in told)
    assert told == ["a0", "b0", "b1", None]
    portions.begin(steps("c", 2))
    open_.clear()
    open_.append(False)
    for _ in range(3):
        QApplication.processEvents()
    assert told[4:] == ["c0"]
    portions.deleteLater()

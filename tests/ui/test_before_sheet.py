"""The sheet before a visit where no visit is open: from the list, and from New visit."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE as PLAYED
from ketachart.report.text import extract
from tests.helpers.door import NOON, PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, all_of, press, spoken_name, type_text
from ui import theme
from ui.demo_clinic import Scene, play
from ui.widgets.buttons import Button

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before") / "ledger"
    play(folder, Scene("quiet_hour", "screening-answered", 4, timedelta(hours=2)), NOON)
    return folder


def unlocked(qtbot, folder, passphrase):
    window = window_on(qtbot, folder)
    type_text(passphrase)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    return window


def chord(key):
    QTest.keyClick(QApplication.focusWidget(), key, CTRL)
    QApplication.processEvents()


def typed(*texts):
    for text in texts:
        type_text(text)
        press(Qt.Key.Key_Return)


def test_the_sheet_is_made_from_the_list_by_keys_and_charts_nothing(
    qtbot, made, tmp_path, scripted
):
    window = unlocked(qtbot, shutil.copytree(made, tmp_path / "l"), PLAYED)
    (row,) = window.desk.office.visits()
    before = len(window.desk.office.open_visit(row.stream).visit.entries)
    chord(Qt.Key.Key_J)
    sheet, path = window.screen_shown._before, tmp_path / "before.pdf"
    assert spoken_name(QApplication.focusWidget()) == "Day of the visit"
    assert sheet._name.text() == row.patient
    typed("25 Nov 2026", "ten")
    chord(Qt.Key.Key_Return)
    assert "A time such as 14:00 or 2:00p." in sheet.trouble.said()
    assert sheet.planned.time.text() == "ten"
    sheet.planned.time.set_text("10:00")
    sheet.language.choose("es")
    scripted.will("ask_save_path", path)
    chord(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert sheet.trouble.said().startswith("Saved, 1 page")
    text = extract(path.read_bytes())
    assert "Comida sólida por última vez" in text or "4:00 a. m." in text
    assert len(window.desk.office.open_visit(row.stream).visit.entries) == before
    press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.screen_shown._door.isVisible()
    chord(Qt.Key.Key_J)
    assert sheet.planned.time.text() == "10:00"  # what was typed stays
    theme.apply(QApplication.instance(), "dim", 1.0)
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        window.resize(*size)
        assert cut_off_at_rest(qtbot, window) == []


def test_the_sheet_is_made_for_somebody_who_was_just_typed(qtbot, tmp_path, scripted):
    window = unlocked(qtbot, clinic_in(tmp_path / "l"), PASSPHRASE)
    chord(Qt.Key.Key_J)
    assert "type them in New visit first" in window.screen_shown._before.trouble.said()
    press(Qt.Key.Key_Escape)
    chord(Qt.Key.Key_N)
    chord(Qt.Key.Key_J)
    screen, path = window.screen_shown, tmp_path / "before.pdf"
    assert "medical record number" in screen._before.trouble.said().lower()
    press(Qt.Key.Key_Escape)
    assert window.shown == "new-visit"
    form = screen._patient
    form._mrn.set_text("004182")
    form._birth.set_text("14 Mar 1986")
    form._fields["given_name"].set_text("Elena M.")
    form._fields["family_name"].set_text("Rivera")
    form._sex.choose("F")
    none = "Allergies, asked today: No known allergies, asked today"
    next(b for b in all_of(screen, Button) if b.accessibleName() == none).click()
    chord(Qt.Key.Key_J)
    sheet = screen._before
    assert sheet._name.text() == "Elena M. Rivera", sheet.trouble.said()
    scripted.will("ask_save_path", path)
    chord(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert "Elena M. Rivera" in extract(path.read_bytes())
    assert "PRACTICE" in extract(path.read_bytes()).upper()
    assert window.desk.office.visits() == ()
    scripted.will("ask_save_path", tmp_path / "nowhere" / "x.pdf")
    chord(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert "could not be written there" in sheet.trouble.said()
    press(Qt.Key.Key_Escape)
    assert form._mrn.text() == "004182"

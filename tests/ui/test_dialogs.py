"""The few questions that stop everything: answered by key, closed by Esc, never empty."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QToolButton

from tests.helpers.qt import all_of, cut_off, luminances, press, spoken_name, type_text
from ui.dialogs import Dialogs
from ui.widgets.buttons import Button


def while_open(act):
    """Do something with the dialog once it is open; a fault in it closes the dialog and is kept."""
    faults = []

    def run():
        dialog = QApplication.activeModalWidget()
        QTest.qWaitForWindowActive(dialog)
        try:
            act(dialog)
        except Exception as fault:  # noqa: BLE001 - any fault would leave the dialog open
            faults.append(fault)
            dialog.reject()

    QTimer.singleShot(0, run)
    return faults


def test_a_question_that_nobody_answers_fails_the_test(scripted):
    scripted.will("confirm", "yes")
    assert Dialogs.confirm(None, "Void the row?", "It stays readable.", yes="Void")
    assert scripted.asked == [("confirm", "Void the row?")]
    with pytest.raises(pytest.fail.Exception, match="nobody answers"):
        Dialogs.ask_reason(None, "Why?", "", ())


@pytest.mark.usefixtures("real_dialogs", "qapp")
class TestRealDialogs:
    """The dialogs themselves."""

    def test_a_reason_is_typed_and_enter_saves_it(self):
        def act(dialog):
            all_of(dialog, QLineEdit)[0].setFocus()
            type_text(" Digits swapped ")
            press(Qt.Key.Key_Return)

        faults = while_open(act)
        said = Dialogs.ask_reason(None, "Why?", "It prints.", ("Typing slip", "Read wrong"))
        assert (said, faults) == ("Digits swapped", [])

    def test_a_suggestion_fills_the_reason(self):
        def act(dialog):
            slip = next(b for b in all_of(dialog, Button) if b.words() == "Typing slip")
            slip.click()
            next(b for b in all_of(dialog, Button) if b.words() == "Save the reason").click()

        faults = while_open(act)
        said = Dialogs.ask_reason(None, "Why?", "It prints.", ("Typing slip", "Read wrong"))
        assert (said, faults) == ("Typing slip", [])

    def test_an_empty_reason_cannot_be_saved(self):
        def act(dialog):
            all_of(dialog, QLineEdit)[0].setFocus()
            type_text("   ")
            press(Qt.Key.Key_Return)
            save = next(b for b in all_of(dialog, Button) if b.words() == "Save the reason")
            assert dialog.isVisible()
            assert (save.isEnabled(), save.why_closed()) == (False, "Needs a reason")
            dialog.reject()

        faults = while_open(act)
        assert (Dialogs.ask_reason(None, "Why?", "", ()), faults) == (None, [])

    def test_esc_means_no(self):
        faults = while_open(lambda _dialog: press(Qt.Key.Key_Escape))
        assert Dialogs.confirm(None, "Void the row?", "It stays.", yes="Void") is False
        assert faults == []

    def test_a_stray_enter_confirms_nothing(self):
        faults = while_open(lambda _dialog: press(Qt.Key.Key_Return))
        assert Dialogs.confirm(None, "Void the row?", "It stays.", yes="Void") is False
        assert faults == []

    def test_the_button_that_names_the_act_confirms(self):
        def act(dialog):
            next(b for b in all_of(dialog, Button) if b.words() == "Void").click()

        faults = while_open(act)
        assert Dialogs.confirm(None, "Void the row?", "It stays.", yes="Void") is True
        assert faults == []

    def test_a_passphrase_comes_back_as_typed_and_is_never_shown(self):
        def act(dialog):
            field = all_of(dialog, QLineEdit)[0]
            field.setFocus()
            type_text(" tidal amber ")
            assert "tidal" not in field.displayText()
            press(Qt.Key.Key_Return)

        faults = while_open(act)
        assert Dialogs.ask_passphrase(None, "Sign", "It locks the record.") == " tidal amber "
        assert faults == []

    def test_a_dialog_is_dim_and_cuts_nothing_and_every_button_has_a_name(self):
        def act(dialog):
            QApplication.processEvents()
            assert cut_off(dialog) == []
            assert all(spoken_name(b) for b in all_of(dialog, Button))
            assert luminances(dialog.grab().toImage())[0] < 0.03
            dialog.reject()

        faults = while_open(act)
        Dialogs.ask_reason(None, "Why?", "It prints beside the row. " * 8, ("Slip", "Wrong row"))
        assert faults == []

    def test_the_place_to_save_is_asked_in_our_own_dialog(self, tmp_path):
        def act(dialog):
            assert isinstance(dialog, QFileDialog)
            assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
            QApplication.focusWidget().clearFocus()  # the caret may be bright
            QApplication.processEvents()
            mean, brightest = luminances(dialog.grab().toImage())
            assert mean < 0.03
            assert brightest <= 0.60
            assert all(spoken_name(b) for b in all_of(dialog, QToolButton) if b.height() > 40)
            dialog.accept()

        faults = while_open(act)
        chosen = Dialogs.ask_save_path(None, "Save the report", tmp_path / "visit.pdf")
        assert (chosen, faults) == (Path(tmp_path / "visit.pdf"), [])

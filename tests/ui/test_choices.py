"""Choices: nothing is chosen until the nurse chooses, by hand or by the key that is printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.helpers.qt import all_of, press, show, spoken_name
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.text_field import TextField

VIALS = (
    Choice("10", "10 mg/mL", "200 mg in 20 mL", "1"),
    Choice("50", "50 mg/mL", "500 mg in 10 mL", "2"),
    Choice("100", "100 mg/mL", "500 mg in 5 mL", "3"),
)


def test_nothing_is_chosen_at_first(qtbot):
    assert show(qtbot, Choices("Vial", VIALS)).chosen() == ()


def test_the_printed_key_chooses_and_only_one_stays(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    heard = []
    vial.changed.connect(heard.append)
    vial.setFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_3)
    assert heard == [("50",), ("100",)]


def test_a_figure_that_is_not_printed_chooses_nothing(qtbot):
    rass = show(qtbot, Choices("RASS", tuple(Choice(n, n) for n in ("+2", "+1", "0", "−1"))))
    rass.setFocus()
    press(Qt.Key.Key_1)
    assert rass.chosen() == ()


def test_the_arrows_go_along_and_space_takes(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    vial.setFocus()
    press(Qt.Key.Key_Right)
    assert vial.chosen() == ()
    press(Qt.Key.Key_Space)
    assert vial.chosen() == ("50",)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert vial.chosen() == ("100",)


def test_what_is_taken_is_given_back_by_taking_it_again(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    vial.setFocus()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_1)
    assert vial.chosen() == ()


def test_some_of_many_stand_together_in_the_order_shown(qtbot):
    why = tuple(Choice(word, word) for word in ("Pulse", "Nausea", "Other..."))
    pills = show(qtbot, Choices("Why", why, several=True, shape=Shape.PILL))
    for button in reversed(all_of(pills, Button)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pills.chosen() == ("Pulse", "Nausea", "Other...")


def test_the_row_is_one_stop_for_tab_and_enter_goes_on(qtbot):
    before, vial, after = TextField("Before"), Choices("Vial", VIALS), TextField("After")
    column = Column()
    for part in (before, vial, after):
        column.add(part)
    show(qtbot, column)
    before.setFocus()
    press(Qt.Key.Key_Tab)
    assert spoken_name(QApplication.focusWidget()) == "Vial: 10 mg/mL"
    press(Qt.Key.Key_Tab)
    assert after.editor().hasFocus()
    vial.setFocus()
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Enter)
    assert after.editor().hasFocus()
    assert vial.chosen() == ("100",)


def test_a_closed_choice_says_why_and_is_passed_over(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    vial.close_choice("50", why="not in this kit")
    vial.setFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Right)
    assert spoken_name(QApplication.focusWidget()) == "Vial: 100 mg/mL"
    assert vial.chosen() == ()
    assert all_of(vial, Button)[1].sub() == "not in this kit"


def test_a_value_that_is_not_offered_is_refused(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    for wrong in (("20",), ("10", "50")):
        with pytest.raises(ValueError, match="cannot choose"):
            vial.choose(*wrong)


@pytest.mark.parametrize(("width", "columns"), [(600, 6), (200, 3), (100, 2)])
def test_columns_fall_evenly_as_the_room_narrows(qtbot, width, columns):
    rass = Choices("RASS", tuple(Choice(n, n) for n in ("+2", "+1", "0", "−1", "−2", "−3")))
    show(qtbot, rass, width=width, height=400)
    tops = [button.y() for button in all_of(rass, Button)]
    assert tops.count(tops[0]) == columns
    assert len({tops.count(top) for top in tops}) == 1


def test_a_choice_out_of_sight_is_out_of_reach_but_what_is_chosen_stays(qtbot):
    vial = show(qtbot, Choices("Vial", VIALS))
    vial.choose("100")
    vial.show_only("10")
    assert [b.words() for b in all_of(vial, Button)] == ["10 mg/mL", "100 mg/mL"]
    vial.setFocus()
    press(Qt.Key.Key_2)
    assert vial.chosen() == ("100",)
    press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert QApplication.focusWidget().words() == "100 mg/mL"


_MANY = tuple(Choice(str(n), f"Effect {n}") for n in range(40))


class _Counted(QVBoxLayout):
    """Around what is shown: how often it was laid out."""

    passes = 0

    def setGeometry(self, rect):  # noqa: N802 - Qt's own name
        self.passes += 1
        super().setGeometry(rect)


def test_forty_choices_are_shown_and_hidden_in_one_go(qtbot):
    effect = Choices("Side effect", _MANY, columns=2)
    around, sheet = _Counted(), QWidget()
    sheet.setLayout(around)
    around.addWidget(effect)
    show(qtbot, sheet)
    effect.show_only("7")
    QApplication.processEvents()
    high = effect.sizeHint().height()
    around.passes = 0
    effect.show_only(*(str(n) for n in range(40)))
    assert effect.height() >= effect.sizeHint().height() > high
    QApplication.processEvents()
    assert around.passes <= 2

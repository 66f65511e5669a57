"""The screening's questions: three keys, three answers, and never one by itself."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.helpers.qt import all_of, colours, cut_off, press, show
from ui import language, tokens
from ui.language.saying import say_again
from ui.widgets.answer_row import Answer, AnswerRow, ComputedRow
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button


def questions(qtbot, *texts):
    column = Column()
    rows = [AnswerRow(text) for text in texts]
    for row in rows:
        column.add(row)
    show(qtbot, column, width=700)
    rows[0].setFocus()
    return rows


def test_nothing_is_answered_at_first(qtbot):
    (row,) = questions(qtbot, "Chest pain")
    assert row.answer() is None
    assert row.accessibleDescription() == "Not asked yet"


def test_the_keys_answer_and_go_on_to_the_next_row(qtbot):
    rows = questions(qtbot, "Chest pain", "Arrhythmia", "Aneurysm")
    press(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
    assert [row.answer() for row in rows] == [Answer.CLEAR, Answer.ASK, Answer.STOP]


def test_the_arrows_go_from_row_to_row_and_answer_nothing(qtbot):
    rows = questions(qtbot, "Chest pain", "Arrhythmia")
    press(Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    press(Qt.Key.Key_Up)
    assert rows[0].hasFocus()
    assert [row.answer() for row in rows] == [None, None]


def test_n_asks_for_a_note(qtbot):
    (row,) = questions(qtbot, "Chest pain")
    with qtbot.waitSignal(row.note_wanted):
        press(Qt.Key.Key_N)


def test_a_pressed_answer_is_told_and_can_be_corrected(qtbot):
    (row,) = questions(qtbot, "Aneurysm")
    heard = []
    row.answered.connect(heard.append)
    clear, _, stop = all_of(row, Button)
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert heard == [Answer.CLEAR, Answer.STOP]
    assert [button.isChecked() for button in all_of(row, Button)] == [False, False, True]


def test_an_answer_pressed_twice_stays(qtbot):
    (row,) = questions(qtbot, "Aneurysm")
    stop = all_of(row, Button)[2]
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert (row.answer(), stop.isChecked()) == (Answer.STOP, True)


def test_an_answer_changes_no_size(qtbot):
    (row,) = questions(qtbot, "Aneurysm")
    before = [button.geometry() for button in all_of(row, Button)]
    for answer in Answer:
        row.set_answer(answer)
        QApplication.processEvents()
        assert [button.geometry() for button in all_of(row, Button)] == before
        assert cut_off(row) == []


def test_the_row_that_answers_to_the_keys_has_a_ring(qtbot):
    rows = questions(qtbot, "Chest pain", "Arrhythmia")
    assert tokens.DIM.focus in colours(rows[0].grab().toImage())
    assert tokens.DIM.focus not in colours(rows[1].grab().toImage())


def test_in_a_narrow_place_the_buttons_go_beneath_the_question(qtbot):
    (row,) = questions(qtbot, "Suicide screen (C-SSRS) item 4, 5 or behaviour")
    row.window().resize(360, 300)
    QApplication.processEvents()
    question = all_of(row, QLabel)[0]
    assert all_of(row, Button)[0].mapTo(row, question.pos()).y() > question.height()
    assert cut_off(row.window()) == []


def test_a_computed_row_has_nothing_to_press_and_says_why(qtbot):
    row = ComputedRow("Fasting")
    show(qtbot, row, width=700)
    assert all_of(row, Button) == []
    assert row.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert row.accessibleDescription() == "Waits. computed"
    row.set_answer(Answer.CLEAR)
    row.set_note("Solid food 07:05")
    assert row.accessibleDescription() == "Clear. computed. Solid food 07:05"


def test_the_three_answers_are_as_wide_as_their_words_in_another_language(qtbot):
    row = show(qtbot, AnswerRow("New illness"), width=600)
    try:
        say_again([row, *row.findChildren(QWidget)], lambda: language.speak("es"))
        QApplication.processEvents()
        for button in all_of(row, Button):
            assert button.width() >= button.minimumSizeHint().width()
    finally:
        language.speak("en")

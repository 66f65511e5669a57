"""Fields say how a value stands while it is typed, and nothing moves when they do."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.helpers.qt import colours, press, show, spoken_name, type_text
from ui import tokens
from ui.widgets.boxes import Column
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.time_field import TimeField, ago, whole_time

NOW = datetime(2026, 11, 22, 15, 28, tzinfo=UTC)


def whole(text):
    return int(text) if text.isascii() and text.isdigit() else text or None


def judge(value):
    if value is None:
        return UNJUDGED
    if not isinstance(value, int):
        return Judgement(Standing.BAD, "Whole numbers only.")
    if value > 160:
        return Judgement(Standing.WARN, "Over 160: pause.", "over 160")
    return Judgement(Standing.OK)


def systolic():
    return NumberField("Systolic, mmHg", label="Systolic", unit="mmHg", parse=whole, judge=judge)


def labels(field):
    return [w.text() for w in field.findChildren(QLabel) if w.isVisibleTo(field) and w.text()]


def test_every_keystroke_is_parsed_and_judged(qtbot):
    field = show(qtbot, systolic())
    read, said = [], []
    field.typed.connect(read.append)
    field.judged.connect(lambda judgement: said.append(judgement.standing))
    QTest.keyClicks(field.editor(), "163")
    assert read == [1, 16, 163]
    assert said == [Standing.OK, Standing.WARN]
    QTest.keyClicks(field.editor(), "x")
    assert (field.value(), field.judgement().standing) == ("163x", Standing.BAD)


def test_an_empty_field_is_not_measured_and_not_judged(qtbot):
    field = show(qtbot, systolic())
    field.set_text("138")
    field.clear()
    assert field.value() is None
    assert field.judgement() is UNJUDGED


def test_a_limit_never_blocks_what_was_typed(qtbot):
    field = show(qtbot, systolic())
    QTest.keyClicks(field.editor(), "999")
    assert (field.text(), field.value()) == ("999", 999)


def test_the_sentence_is_under_the_field_and_spoken(qtbot):
    field = show(qtbot, systolic())
    field.set_text("12x")
    assert "Whole numbers only." in labels(field)
    assert "Whole numbers only." in field.editor().accessibleDescription()


def test_beside_says_the_short_words_in_place_of_the_hint(qtbot):
    field = show(qtbot, systolic())
    field.set_hint("was 141")
    field.say_beside()
    field.set_text("163")
    assert "over 160" in labels(field)
    assert "was 141" not in labels(field)
    assert "Over 160: pause." in field.editor().accessibleDescription()
    field.clear()
    assert "was 141" in labels(field)


@pytest.mark.parametrize("place", ["beside", "below"])
def test_no_standing_and_no_focus_changes_any_geometry(qtbot, place):
    other = QLineEdit()
    field = systolic()
    column = Column()
    column.add(field)
    column.add(other)
    field.set_hint("was 141")
    if place == "beside":
        field.say_beside()
    else:
        field.keep_lines(1)
    show(qtbot, column, width=320, height=200)
    seen = set()
    said = [Judgement(standing, "Over 160.", "over 160") for standing in Standing]
    for judgement in (*said, UNJUDGED):
        field.set_judgement(judgement)
        for focus in (field.editor(), other):
            focus.setFocus()
            QApplication.processEvents()
            line = field.editor()
            seen.add(
                (
                    line.mapTo(column, QPoint(0, 0)).toTuple(),
                    line.size().toTuple(),
                    line.cursorRect().topLeft().toTuple(),
                    other.geometry().getRect(),
                )
            )
    assert len(seen) == 1


@pytest.mark.parametrize(("standing", "ground"), [("warn", "warn_bg"), ("bad", "danger_bg")])
def test_a_standing_is_seen_in_ground_and_outline(qtbot, standing, ground):
    field = show(qtbot, systolic(), width=200)
    field.set_judgement(Judgement(Standing(standing), "Look again."))
    field.editor().clearFocus()
    seen = colours(field.editor().grab().toImage())
    assert {tokens.DIM[ground], tokens.DIM[ground.replace("bg", "line")]} <= seen


def test_enter_goes_to_the_next_field_and_the_last_one_commits(qtbot):
    first, last = systolic(), systolic()
    last.commit_on_enter()
    column = Column()
    column.add(first)
    column.add(last)
    show(qtbot, column)
    done = []
    last.committed.connect(lambda: done.append(last.text()))
    first.setFocus()
    type_text("138")
    press(Qt.Key.Key_Enter)
    type_text("84")
    keypad = Qt.KeyboardModifier.KeypadModifier
    QTest.keyClick(last.editor(), Qt.Key.Key_Enter, keypad)
    assert (first.text(), done) == ("138", ["84"])


def test_the_screen_reader_hears_the_whole_name(qtbot):
    assert spoken_name(show(qtbot, systolic()).editor()) == "Systolic, mmHg"


def test_a_long_number_does_not_run_under_the_unit(qtbot):
    field = show(qtbot, systolic(), width=150)
    unit = next(w for w in field.findChildren(QLabel) if w.text() == "mmHg")
    QTest.keyClicks(field.editor(), "123456789")
    QApplication.processEvents()
    assert field.editor().cursorRect().center().x() < unit.x()


def at(text):
    if text == "1523":
        return NOW - timedelta(minutes=5)
    return "no time" if text else None


def timed(value):
    return Judgement(Standing.BAD, "A time is four figures.") if value == "no time" else UNJUDGED


def test_a_time_is_told_whole_and_as_long_ago(qtbot):
    clock = [NOW]
    field = TimeField("At", label="At", parse=at, now=lambda: clock[0], judge=timed)
    show(qtbot, field)
    QTest.keyClicks(field.editor(), "1523")
    assert "15:23, 5 min ago" in labels(field)
    clock[0] = NOW + timedelta(minutes=2)
    field.refresh()
    assert "15:23, 7 min ago" in labels(field)


def test_a_time_that_cannot_be_read_says_so(qtbot):
    field = show(qtbot, TimeField("At", label="At", parse=at, now=lambda: NOW, judge=timed))
    QTest.keyClicks(field.editor(), "99")
    assert "A time is four figures." in labels(field)
    assert field.judgement().standing is Standing.BAD


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=2, minutes=10), "2 h 10 min ago"),
        (timedelta(minutes=-3), "in 3 min"),
    ],
)
def test_how_long_ago_is_said_in_hours_and_minutes(before, said):
    assert ago(NOW - before, NOW) == said


def test_another_day_is_named_and_the_offset_is_that_of_the_visit():
    phoenix = timezone(timedelta(hours=-7))
    assert whole_time(datetime(2026, 11, 21, 23, 50, tzinfo=UTC), NOW) == "Sat 21 Nov 23:50"
    assert whole_time(NOW, NOW.astimezone(phoenix)) == "08:28"


def test_a_passphrase_is_not_shown_until_it_is_asked_for(qtbot):
    field = show(qtbot, TextField("Passphrase", label="Passphrase"))
    field.hide_letters()
    field.set_text("tidal amber")
    assert "tidal" not in field.editor().displayText()
    assert field.text() == "tidal amber"
    field.show_letters()
    assert field.editor().displayText() == "tidal amber"


def test_a_note_keeps_its_lines_and_tab_leaves_it(qtbot):
    note, after = NoteField("Note", label="Why"), TextField("After", label="After")
    column = Column()
    column.add(note)
    column.add(after)
    show(qtbot, column)
    note.setFocus()
    type_text("Digits swapped")
    press(Qt.Key.Key_Return)
    type_text("read again")
    press(Qt.Key.Key_Tab)
    assert note.text() == "Digits swapped\nread again"
    assert after.editor().hasFocus()


def test_two_lines_of_a_note_need_no_scrolling(qtbot):
    note = show(qtbot, NoteField("Note", lines=2), width=400)
    note.set_text("one\ntwo")
    QApplication.processEvents()
    assert note.editor().verticalScrollBar().maximum() == 0


def test_undo_takes_typed_letters_back_and_else_belongs_to_the_window(qtbot):
    note = TextField("Note", label="Note")
    struck = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), note)
    shortcut.activated.connect(lambda: struck.append("last entry"))
    show(qtbot, note)
    note.setFocus()
    type_text("drowsy")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (note.text(), struck) == ("", [])
    type_text("drowsy")
    note.clear()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (note.text(), struck) == ("", ["last entry"])

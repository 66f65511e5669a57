"""A finger scrolls every page and list, and never presses what it only passes."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScroller

from tests.helpers.qt import all_of, show
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.ink_pad import InkPad
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.text_field import TextField


@pytest.fixture(scope="module")
def screen(qapp):  # noqa: ARG001 - fingers want an application
    """What the fingers touch."""
    return QTest.createTouchDevice()


def draw(view, screen, *, begin, end):
    """A finger is put down, drawn up or down, held, and lifted."""
    down = QPoint(60, begin)
    QTest.touchEvent(view, screen).press(0, down).commit()
    step = 6 if end > begin else -6
    for at in (*range(begin, end, step), end, end):
        QTest.touchEvent(view, screen).move(0, QPoint(60, at)).commit()
        QTest.qWait(4)
    QTest.touchEvent(view, screen).release(0, QPoint(60, end)).commit()


def tap(view, screen, at):
    QTest.touchEvent(view, screen).press(0, at).commit()
    QTest.touchEvent(view, screen).release(0, at).commit()


_SCROLLS = re.compile(r"^class \w+\((Q\w+(?:Area|View|Browser)\b)", re.MULTILINE)


def moves(area):
    """Whether it runs on after the finger was lifted."""
    return QScroller.scroller(area.viewport()).state() is QScroller.State.Scrolling


@pytest.fixture
def page(qtbot):
    """A page of buttons, a field and a pad, higher than its window."""
    column = Column()
    buttons = [Button(f"Act {n}") for n in range(20)]
    column.field, column.pad = TextField("Note", label="Note"), InkPad("Signature")
    for part in (column.field, *buttons, column.pad):
        column.add(part)
    column.pressed = []
    for button in buttons:
        button.clicked.connect(lambda _on, one=button: column.pressed.append(one.words()))
    column.scroller = Scroller("Acts", column)
    show(qtbot, column.scroller, width=300, height=400)
    return column


def test_a_finger_scrolls_and_presses_nothing_on_its_way(page, screen):
    bar = page.scroller.verticalScrollBar()
    draw(page.scroller.viewport(), screen, begin=300, end=100)
    assert bar.value() > 50
    assert page.pressed == []
    assert not any(button.isDown() for button in all_of(page, Button))


def test_a_tap_presses_once_and_gives_a_field_the_keyboard(page, screen):
    first = all_of(page, Button)[0]
    view = page.scroller.viewport()
    tap(view, screen, first.mapTo(view, first.rect().center()))
    assert page.pressed == [first.words()]
    tap(view, screen, page.field.editor().mapTo(view, page.field.editor().rect().center()))
    assert page.field.editor().hasFocus()


def test_a_finger_that_signs_scrolls_nothing(page, screen):
    bar = page.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    at = page.pad.mapTo(page.scroller.viewport(), page.pad.rect().center())
    draw(page.scroller.viewport(), screen, begin=at.y() + 20, end=at.y() - 20)
    assert bar.value() == bar.maximum()
    assert page.pad.strokes()


def test_a_list_that_is_scrolled_chooses_no_row(qtbot, screen):
    rows = RowList("Limits")
    rows.show_rows(tuple(ListRow(f"r{n}", f"Limit {n}", f"{n} mmHg") for n in range(30)))
    show(qtbot, rows, width=500, height=300)
    draw(rows.viewport(), screen, begin=250, end=60)
    assert rows.verticalScrollBar().value() > 50
    assert rows.current_key() in {"", "r0"}  # as it was, whatever row the finger came down on
    qtbot.waitUntil(lambda: not moves(rows))
    tap(rows.viewport(), screen, QPoint(60, 150))
    assert rows.current_key() not in {"", "r0"}


def test_a_finger_that_stops_what_still_runs_presses_nothing(page, screen):
    view = page.scroller.viewport()
    draw(view, screen, begin=300, end=100)
    assert moves(page.scroller)  # a quick finger lets it run on
    tap(view, screen, QPoint(60, 200))
    assert page.pressed == []


def test_whatever_scrolls_does_so_by_finger():
    sources = {path: path.read_text("utf-8") for path in Path("ui").rglob("*.py")}
    scroll = [path for path, source in sources.items() if _SCROLLS.search(source)]
    assert len(scroll) >= 5
    assert [path for path in scroll if "scrolls_by_finger(self)" not in sources[path]] == []

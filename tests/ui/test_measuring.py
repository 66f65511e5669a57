"""What measures texts finds one that is cut, covered, broken or out of sight: each way once."""

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tests.helpers.measuring import cut
from tests.helpers.qt import show
from ui import theme
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.spans import Span, draw
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words

LONG = "Ketamine 34.2 mg over 2 h, read back by the nurse"


class Painted(QWidget):
    """A widget that paints by a function."""

    def __init__(self, paint):
        super().__init__()
        self._paint = paint

    def paintEvent(self, _event):  # noqa: N802 - Qt's own name
        painter = QPainter(self)
        self._paint(painter)
        painter.end()


def _covered():
    room = QWidget()
    layout = QVBoxLayout(room)
    one, other = Words("One line"), Words("Another line")
    layout.addWidget(one)
    layout.addWidget(other)
    room.after = lambda: other.setGeometry(one.geometry().translated(5, 4))
    return room


def _squeezed():
    inside = QWidget()
    inside.setMinimumWidth(900)
    QVBoxLayout(inside).addWidget(Words(LONG))
    area = QScrollArea()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area


def _narrow_cells():
    table = EntryTable("Entries")
    table.show_rows((EntryRow("e1", "15:40", "Vitals", "BP 138/84", by="JA"),))
    table.after = lambda: table.setColumnWidth(1, 12)
    return table


def _asks_too_much():
    return NoteField("Reason", label="Why", lines=1, placeholder=LONG * 9)


FAULTS = {
    "overlap": _covered,
    "wide, needs": _squeezed,
    "row 0 column 1": _narrow_cells,
    "its placeholder": _asks_too_much,
    "in 40x10 needs": lambda: Painted(lambda p: p.drawText(QRect(0, 0, 40, 10), 0, LONG)),
    "leaves its widget": lambda: Painted(lambda p: p.drawText(QPointF(250, 20), LONG)),
    "broken within a word": lambda: Painted(
        lambda p: draw(p, (Span("Hydroxyzine"),), at=QPointF(0, 0), width=40, look=theme.look())
    ),
}


@pytest.mark.parametrize("said", FAULTS)
def test_each_way_in_which_a_text_is_lost_is_said(qtbot, said):
    made = show(qtbot, FAULTS[said](), width=300, height=200)
    getattr(made, "after", lambda: None)()
    assert [line for line in cut(made) if said in line]


def test_what_has_room_is_not_spoken_of(qtbot):
    table = EntryTable("Entries")
    table.show_rows((EntryRow("e1", "15:40", "Vitals", "BP 138/84", by="JA"),))
    assert cut(show(qtbot, table, width=600, height=200)) == []

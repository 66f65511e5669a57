"""A long visit's entries are measured in turns, the newest first, and come to the same."""

from PySide6.QtWidgets import QApplication

from ui import theme
from ui.widgets import entry_table
from ui.widgets import spans as letters
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.spans import Span, height_of, width_of

LONG = "she asks for water, looks at the window, and says that the room is larger than it was; "


def rows(many, first=0):
    return tuple(
        EntryRow(f"e{n}", "14:02", "Note", LONG * (n % 3) + f"no. {n}", by="JA")
        for n in range(first, first + many)
    )


def measured(table):
    """How high each row is once all of them are measured."""
    for _ in range(400):
        QApplication.processEvents()
        if table._unmeasured is None:
            break
    return [table.rowHeight(number) for number in range(table.model().rowCount())]


def wanted(table, shown):
    detail = table.columnWidth(2) - 2 * theme.look().px(entry_table.tokens.S2)
    return [entry_table._height(row, detail, theme.look(), "en") for row in shown]


def test_rows_that_are_measured_in_turns_are_as_high_as_their_words(qtbot):
    table = EntryTable("Entries")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    shown = rows(400)
    table.show_rows(shown)
    table.choose("e390")
    assert table._unmeasured is not None  # no key waits for all of them
    newer = (*rows(1, first=1000), *shown)
    table.show_rows(newer)  # one comes meanwhile
    found = measured(table)
    assert found == wanted(table, newer)
    assert len(set(found)) > 1
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    table.resize(420, 400)
    assert measured(table) == wanted(table, newer)
    assert table._unmeasured is None
    table.show_rows((*rows(1, first=1001), *newer))  # one more is measured at once
    assert table._unmeasured is None


def test_the_height_of_what_fits_in_one_line_is_known_with_its_width(qapp):  # noqa: ARG001
    look = theme.look()
    for text in ("", "14:02", LONG, "14:01\n14:02"):
        spans = (Span(text), Span(text, struck=True))
        wide = width_of(spans, look)
        for width in (wide, wide + 1, max(1, wide - 1), max(1, wide // 2), 5000):
            laid = letters._height_of(spans, width, look, "label")
            assert height_of(spans, width, look) == laid, (text, width)

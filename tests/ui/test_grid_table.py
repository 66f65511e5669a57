"""The grid of a visit: every cell is reached by key, whole, and spoken with its time and lane."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from ketachart.timeline.table import grid_of
from tests.helpers.qt import press, show
from tests.timeline.told import drawn
from ui import theme, tokens
from ui.widgets.grid_table import GridTable


def gridded(qtbot):
    table = GridTable("Timeline as a grid")
    table.show_grid(grid_of(drawn("paused_for_nausea")))
    show(qtbot, table, width=700, height=300)
    table.begin()
    return table


def test_arrows_go_from_cell_to_cell_and_enter_opens_its_entry_or_its_time(qtbot):
    table = gridded(qtbot)
    grid, opened = table.grid(), []
    table.entry_wanted.connect(opened.append)
    table.place_wanted.connect(opened.append)
    assert table.currentIndex().column() == len(grid.times) - grid.ahead - 1
    press(Qt.Key.Key_Home)
    filled = [c for c, cell in enumerate(grid.rows[0].cells) if cell.entry]
    press(*[Qt.Key.Key_Right] * filled[0], Qt.Key.Key_Return)
    assert opened == [grid.rows[0].cells[filled[0]].entry]
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)  # the running total has no entry
    assert opened[1:] == [grid.times[filled[0]]]


def test_the_chosen_cell_stays_chosen_when_something_is_charted(qtbot):
    table = gridded(qtbot)
    grid = table.grid()
    table.setCurrentIndex(table.model().index(3, 4))
    table.show_grid(grid_of(drawn("late_and_corrected")))
    table.show_grid(grid)
    assert table.currentIndex().row() == 3


def test_a_cell_says_its_time_its_lane_and_its_value(qtbot):
    table = gridded(qtbot)
    grid = table.grid()
    row = next(n for n, row in enumerate(grid.rows) if row.name == "SpO₂")
    column = next(n for n, cell in enumerate(grid.rows[row].cells) if cell.text)
    spoken = table.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{grid.times[column]:%H:%M} SpO₂: {grid.rows[row].cells[column].text}"


def test_no_value_is_wider_than_its_column_at_any_size(qtbot, qapp):
    table = gridded(qtbot)
    for scale in tokens.SCALES:
        look = theme.apply(qapp, "light", scale)
        letters, inset = look.font("body"), 2 * look.px(tokens.S2)
        wide = QFontMetricsF(letters).horizontalAdvance
        for column in range(len(table.grid().times)):
            texts = [row.cells[column].text for row in table.grid().rows]
            assert max(map(wide, texts)) + inset <= table.columnWidth(column) + 1

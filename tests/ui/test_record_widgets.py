"""Widgets of the record: the entry log, the ink of a signature, the pages before signing."""

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.helpers.qt import all_of, colours, luminances, show
from ui import theme, tokens
from ui.contrast import luminance
from ui.widgets.entry_table import EntryRow, EntryTable
from ui.widgets.ink_pad import ASPECT, EDGE, InkPad, draw_ink, ink_box
from ui.widgets.page_preview import PagePreview, dimmed
from ui.widgets.spans import Span, height_of

LONG = "Dr A. Okafor: resume at 17.1 mg/h once systolic is under 160; read back, code QF-57"
ROWS = (
    EntryRow("e3", "15:40", "Vitals", "BP 138/84", by="JA"),
    EntryRow("e2", "15:04", "Phone order", LONG, "+8 min", "JA"),
    EntryRow("e1", "14:20", "Medicine given", "entered twice", by="JA", struck=True),
)


def log(qtbot, width=800):
    table = EntryTable("Entries")
    table.show_rows(ROWS)
    return show(qtbot, table, width=width, height=300)


def test_the_arrows_choose_a_row_and_enter_opens_it(qtbot):
    table = log(qtbot)
    table.choose("e3")
    chosen, opened = [], []
    table.chosen.connect(chosen.append)
    table.opened.connect(opened.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (chosen, opened) == (["e2"], ["e2"])


def test_a_new_entry_keeps_the_chosen_one_chosen(qtbot):
    table = log(qtbot)
    table.choose("e2")
    table.show_rows((EntryRow("e4", "15:55", "Vitals", "BP 130/80"), *ROWS))
    assert table.current_id() == "e2"
    table.choose("not there")
    assert table.current_id() == "e2"


@pytest.mark.parametrize("width", [500, 800, 1200])
def test_every_row_is_high_enough_for_its_text(qtbot, width):
    table = log(qtbot, width)
    look = theme.look()
    for number, row in enumerate(ROWS):
        for column in range(5):
            inside = table.columnWidth(column) - 2 * look.px(tokens.S2)
            assert height_of(row.cell(column), inside, look) < table.rowHeight(number)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_narrower_log_gives_a_long_entry_more_lines(qtbot):
    table = log(qtbot, 1200)
    high = table.rowHeight(1)
    table.resize(500, 300)
    QApplication.processEvents()
    assert table.rowHeight(1) > high


def test_a_struck_entry_is_drawn_through_and_called_so(qtbot):
    table = log(qtbot)
    assert all(span.struck for n in range(5) for span in ROWS[2].cell(n))
    index = table.model().index(2, 2)
    spoken = table.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "(struck: entered twice)"


def test_a_corrected_piece_is_drawn_through_beside_the_new_one(qtbot):
    detail = (Span("HR "), Span("48", struck=True, tone="faint"), Span(" 84", strong=True))
    table = log(qtbot)
    table.show_rows((EntryRow("e1", "15:40", "Vitals", detail),))
    assert table.model().data(table.model().index(0, 2)) == "HR (struck: 48) 84"
    assert tokens.DIM.faint in colours(table.viewport().grab().toImage())


def test_a_late_entry_is_amber(qtbot):
    table = log(qtbot)
    table.show_rows((EntryRow("e1", "14:35", "Vitals (5 min late)", "BP 142/88", late=True),))
    assert tokens.DIM.warn in colours(table.viewport().grab().toImage())


def test_the_chosen_row_has_an_outline_and_a_soft_ground(qtbot):
    table = log(qtbot)
    table.setCurrentIndex(QModelIndex())
    bare = colours(table.viewport().grab().toImage())
    table.choose("e3")
    chosen = colours(table.viewport().grab().toImage())
    assert {tokens.DIM.accent, tokens.DIM.accent_soft} <= chosen - bare


def drag(pad, *spots):
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(pad, spot)
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(spot),
            QPointF(pad.mapToGlobal(spot)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(pad, move)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=spots[-1])


def test_ink_is_kept_as_strokes_in_whole_numbers(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=400, height=100)
    told = []
    pad.changed.connect(lambda: told.append(pad.strokes()))
    drag(pad, QPoint(40, 50), QPoint(200, 25), QPoint(360, 75))
    drag(pad, QPoint(200, 10))
    first, second = pad.strokes()
    assert first == ((1000, 5000), (5000, 2500), (9000, 7500))
    assert second == ((5000, 1000),)
    assert len(told) == 2


def test_ink_outside_the_pad_ends_at_its_edge(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=400, height=100)
    drag(pad, QPoint(40, 50), QPoint(900, -70))
    assert pad.strokes()[0][-1] == (EDGE, 0)


def test_the_other_buttons_draw_nothing(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=400, height=100)
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=QPoint(50, 50))
    assert pad.strokes() == ()


def test_a_finger_draws_as_the_mouse_does(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=400, height=100)
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    QTest.touchEvent(pad, finger).press(0, QPoint(40, 50), pad).commit()
    QTest.touchEvent(pad, finger).move(0, QPoint(200, 25), pad).commit()
    QTest.touchEvent(pad, finger).release(0, QPoint(200, 25), pad).commit()
    assert pad.strokes() == (((1000, 5000), (5000, 2500)),)


def test_ink_keeps_its_shape_whatever_the_pads(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=600, height=100)
    drag(pad, QPoint(100, 0), QPoint(499, 99))
    (((x0, y0), (x1, y1)),) = pad.strokes()
    assert (x0, y0) == (0, 0)
    assert abs(x1 - EDGE) < 60
    assert abs(y1 - EDGE) < 120
    assert ink_box(QRectF(0, 0, 600, 100)).width() == 100 * ASPECT


def test_clearing_takes_all_ink_and_says_so(qtbot):
    pad = show(qtbot, InkPad("Signature"), width=400, height=100)
    drag(pad, QPoint(40, 50), QPoint(200, 25))
    assert pad.accessibleDescription() == "Signed"
    with qtbot.waitSignal(pad.changed):
        pad.clear()
    assert (pad.strokes(), pad.accessibleDescription()) == ((), "Not signed")


def test_ink_can_be_drawn_anywhere_at_any_size():
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    ink = (((0, 5000), (EDGE, 5000)), ((5000, 0),))
    draw_ink(painter, ink, place=QRectF(0, 0, 80, 40), colour=QColor(tokens.PRINT.text), width=3)
    painter.end()
    black = QColor(tokens.PRINT.text)
    assert image.pixelColor(40, 20) == black
    assert image.pixelColor(40, 10) == black
    assert image.pixelColor(40, 38).name() == tokens.PRINT.bg


def page(level=255):
    made = QImage(300, 400, QImage.Format.Format_RGB32)
    made.fill(QColor(level, level, level))
    painter = QPainter(made)
    painter.fillRect(40, 40, 100, 10, Qt.GlobalColor.black)
    painter.end()
    return made


def previewed(qtbot, *pages, height=300):
    preview = PagePreview("Report")
    preview.show_pages(pages)
    show(qtbot, preview, width=320, height=height)
    QApplication.processEvents()
    return preview


def title(preview):
    return all_of(preview.head(), QLabel)[0].text()


def test_the_pages_are_counted_and_the_one_in_sight_is_named(qtbot):
    preview = previewed(qtbot, page(), page(), page())
    assert (preview.page_count(), title(preview)) == (3, "Page 1 of 3")
    seen = []
    preview.page_reached.connect(seen.append)
    bar = preview.findChild(type(preview._scroller)).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    bar.setValue(bar.maximum())
    assert seen == [2, 3]
    assert title(preview) == "Page 3 of 3"


def test_pages_count_as_read_only_when_the_end_has_been_in_sight(qtbot):
    preview = previewed(qtbot, page(), page())
    read = []
    preview.read_through.connect(lambda: read.append(1))
    bar = preview._scroller.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert not preview.has_been_read()
    bar.setValue(bar.maximum())
    bar.setValue(0)
    bar.setValue(bar.maximum())
    assert (preview.has_been_read(), read) == (True, [1])
    preview.show_pages((page(), page()))
    assert not preview.has_been_read()


def test_one_short_page_is_read_when_all_of_it_is_in_sight(qtbot):
    assert previewed(qtbot, page(), height=700).has_been_read()


def test_the_keys_scroll_the_pages(qtbot):
    preview = previewed(qtbot, page(), page())
    preview._scroller.setFocus()
    QTest.keyClick(preview._scroller, Qt.Key.Key_PageDown)
    assert preview._scroller.verticalScrollBar().value() > 100


def test_white_paper_is_dark_in_a_dim_room_and_white_in_a_bright_one(qapp, qtbot):
    preview = previewed(qtbot, page())
    mean, brightest = luminances(preview.grab().toImage())
    assert mean < 0.03
    assert brightest <= 0.60
    theme.apply(qapp, "light", 1.0)
    assert "#ffffff" in colours(preview.grab().toImage())


def test_dimming_keeps_the_order_of_greys():
    shades = []
    for level in (0, 80, 160, 255):
        plain = QImage(2, 2, QImage.Format.Format_RGB32)
        plain.fill(QColor(level, level, level))
        seen = dimmed(plain, paper=QColor(tokens.DIM.field), ink=QColor(tokens.DIM.text))
        shades.append(luminance(seen.pixelColor(0, 0).name()))
    assert shades == sorted(shades, reverse=True)
    assert seen.pixelColor(0, 0).name() == tokens.DIM.field

"""Every text that is cut in a window as it stands: labels, fields, lists, and what is painted."""

from contextlib import contextmanager
from itertools import combinations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tests.helpers.qt import all_of, cut_off
from ui import theme, tokens
from ui.widgets.entry_table import COLUMNS, EntryTable
from ui.widgets.spans import width_of

_SAYS = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit)
_LEAST_SEEN = 40  # pixels of something that scrolls, below which one sees nothing of it


def cut(window, *, paints=True):
    """A line for every text that is cut, covered, broken within a word, or out of sight for good.

    It is painted for it, unless told otherwise: what a widget paints itself is then not measured.
    What scrolls may be longer than its place, but not wider.
    """
    said = cut_off(window)
    for widget in all_of(window, QWidget):
        said += _sticks_out(widget, window) + _placeholder(widget) + _rows(widget)
        said += _covered(widget)
    wrong = []
    if paints:
        with painted() as wrong:
            window.grab()
    return list(dict.fromkeys([*said, *wrong]))


def _named(widget):
    words = getattr(widget, "text", None) or getattr(widget, "words", None)
    said = widget.accessibleName() or (words() if callable(words) else "")
    return f"{type(widget).__name__} {said!r}"


def _area_of(widget):
    """The scroll area that a widget lies in directly, as what it scrolls."""
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    return area if isinstance(area, QAbstractScrollArea) and area.viewport() is parent else None


def _sticks_out(widget, window):
    """Inside what scrolls too: a parent that is too narrow cuts its child."""
    parent, area = widget.parentWidget(), _area_of(widget)
    if widget is window or parent is None or widget.isWindow() or _is_empty(widget):
        return []
    if area is None:
        inside = parent.rect().contains(widget.geometry())
        if inside or isinstance(parent, QAbstractScrollArea) or not _is_laid_out(parent):
            return []
        return [f"{_named(widget)} at {_box(widget.geometry())} leaves {_box(parent.rect())}"]
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    said = []
    if widget.width() > parent.width() and area.horizontalScrollBarPolicy() == never:
        said.append(f"{_named(area)} is {parent.width()} wide, needs {widget.width()}")
    if widget.height() > parent.height() and parent.height() < _LEAST_SEEN:
        said.append(f"{_named(area)} shows only {parent.height()} of {widget.height()}")
    return said


def _is_empty(widget):
    return widget.geometry().isEmpty()


def _is_laid_out(parent):
    return parent.layout() is not None


def _box(rect):
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"


def _placeholder(widget):
    """What a note asks for has to be read before anything is typed in it."""
    if not isinstance(widget, QPlainTextEdit) or widget.toPlainText():
        return []
    room = widget.viewport().rect().adjusted(4, 4, -4, 0)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    needs = widget.fontMetrics().boundingRect(QRect(0, 0, room.width(), 9999), flags,
                                              widget.placeholderText())  # fmt: skip
    if needs.height() > room.height() or needs.width() > room.width():
        return [f"{_named(widget)}: its placeholder needs {needs.width()}x{needs.height()}"]
    return []


def _rows(widget):
    """Rows of a list as high as they ask to be, columns of the log as wide as their words."""
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return []
    said, model = [], widget.model()
    for row in range(model.rowCount()):
        seen = widget.visualRect(model.index(row, 0))
        if not seen.intersects(widget.viewport().rect()):
            continue
        needs = widget.sizeHintForIndex(model.index(row, 0)).height()
        if needs > seen.height() and not isinstance(widget, EntryTable):
            said.append(f"{_named(widget)}: row {row} is {seen.height()} high, needs {needs}")
        if isinstance(widget, EntryTable):
            said += _cells(widget, row)
    if isinstance(widget, QTableView):
        across = sum(widget.columnWidth(c) for c in range(model.columnCount()))
        if across > widget.viewport().width() + 1 and not widget.horizontalScrollBar().isVisible():
            said.append(f"{_named(widget)}: columns {across} in {widget.viewport().width()}")
    return said


def _cells(table, row):
    """Every column of the log but the details, which wrap."""
    look, cells = theme.look(), table.model().row(row)
    around = 2 * look.px(tokens.S2)
    needs = {c: width_of(cells.cell(c), look) + around for c in range(len(COLUMNS)) if c != 2}
    return [
        f"{_named(table)}: row {row} column {column} needs {wide}"
        for column, wide in needs.items()
        if wide > table.columnWidth(column) > 0
    ]


def _has_words(widget):
    return isinstance(widget, _SAYS) or any(widget.findChildren(kind) for kind in _SAYS)


def _places(layout, widget):
    """Whether a layout, or one inside it, gives the widget its place; else it lies over others."""
    if layout.indexOf(widget) >= 0:
        return True
    inner = (layout.itemAt(n).layout() for n in range(layout.count()))
    return any(_places(each, widget) for each in inner if each is not None)


def _covered(parent):
    """Children of one layout that lie over each other; what lies over everything is meant."""
    if parent.layout() is None:
        return []
    children = [
        w
        for w in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if w.isVisible() and _has_words(w) and _places(parent.layout(), w)
    ]
    said = []
    for one, other in combinations(children, 2):
        both = one.geometry().intersected(other.geometry())
        if min(both.width(), both.height()) > 1:
            said.append(f"{_named(one)} and {_named(other)} overlap by {_box(both)}")
    return said


# ------------------------------------------------------------------ what widgets paint themselves


@contextmanager
def painted():
    """While it lasts, every text that is painted is measured against the place it is given."""
    wrong, drawn, laid = [], QPainter.drawText, QTextLayout.draw

    def draw_text(painter, *told):
        _measure(painter, told, wrong)
        return drawn(painter, *told)

    def draw_layout(layout, painter, at, *rest):
        _measure_layout(layout, painter, at, wrong)
        return laid(layout, painter, at, *rest)

    QPainter.drawText, QTextLayout.draw = draw_text, draw_layout
    try:
        yield wrong
    finally:
        QPainter.drawText, QTextLayout.draw = drawn, laid


def _measure(painter, told, wrong):
    text = next((part for part in told if isinstance(part, str)), "")
    if not text.strip():
        return
    if isinstance(told[0], (QRect, QRectF)):
        given = QRectF(told[0])
        needs = QRectF(painter.boundingRect(told[0], int(told[1]), text))
        if needs.height() > given.height() + 1 or needs.width() > given.width() + 1:
            wrong.append(f"painted {text!r} in {_size(given)} needs {_size(needs)}")
        return
    across = painter.fontMetrics().horizontalAdvance(text)
    left = told[0].x() if len(told) == 2 else told[0]
    if left < -1 or left + across > painter.window().right() + 2:
        wrong.append(f"painted {text!r} from {left:.0f}, {across} wide, leaves its widget")


def _measure_layout(layout, painter, at, wrong):
    text = layout.text()
    if at.x() < -1 or at.x() + layout.boundingRect().width() > painter.window().right() + 2:
        used = max(layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
        if at.x() + used > painter.window().right() + 2:
            wrong.append(f"painted {text!r} leaves its widget by the side")
    for number in range(layout.lineCount() - 1):
        line = layout.lineAt(number)
        end = line.textStart() + line.textLength()
        if text[end - 1].isalpha() and text[end].isalpha():
            wrong.append(f"painted {text!r} is broken within a word, before {text[end:][:12]!r}")


def _size(box):
    return f"{box.width():.0f}x{box.height():.0f}"

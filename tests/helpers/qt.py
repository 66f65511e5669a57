"""Ways to look at real widgets: what is cut off, what can be reached, how bright it is."""

import time
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QLineEdit, QWidget

from ui import theme
from ui.contrast import luminance
from ui.widgets.buttons import Button
from ui.widgets.chain import stand_in

LONGEST_S = 30  # a worker that takes longer hangs

# The two that leave the least room: the largest letters, and the smallest window. Every scene is
# measured in all the others by `python3 dev.py shots`.
LOOKS = (
    ((1366, 768), 2.0),
    ((1024, 600), 1.0),
)


def wait_until_active(window):
    """Wait until a shown window has the keyboard; Qt's own wait sleeps before it looks."""
    window.activateWindow()
    QApplication.processEvents()
    if not window.isActiveWindow():
        assert QTest.qWaitForWindowActive(window)


def rest(desk):
    """Until its workers are done and what they answered is shown; one that hangs fails the test."""
    end = time.monotonic() + LONGEST_S
    while desk.workers.running():
        assert time.monotonic() < end, "a worker never came to its end"
        QApplication.processEvents()
        time.sleep(0.002)
    for _ in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if desk.workers.running():
        rest(desk)


def show(qtbot, widget, *, width=0, height=0):
    """Show a widget as a window of its own that has the keyboard, and hand it back."""
    qtbot.addWidget(widget)
    theme.clothe(widget)
    vars(qtbot).setdefault("held", []).append(widget)  # qtbot itself holds it only weakly
    wide = width or widget.sizeHint().width()
    fitting = widget.heightForWidth(wide)
    widget.resize(wide, height or (fitting if fitting > 0 else widget.sizeHint().height()))
    widget.show()
    wait_until_active(widget)
    QApplication.processEvents()
    return widget


def laid_out(widget, width):
    """Show a widget as a window of a width, as high as it needs, its layouts settled."""
    theme.clothe(widget)
    widget.resize(width, width)
    widget.show()
    wait_until_active(widget)
    for _ in range(3):  # sizes travel up from the inmost layout, a turn of the event loop at a time
        QApplication.processEvents()
    widget.resize(width, widget.heightForWidth(width))
    QApplication.processEvents()
    return widget


def press(*keys):
    """Press keys, one after the other, wherever the focus then is."""
    for key in keys:
        there = QApplication.focusWidget()
        assert there is not None, "nothing has the focus"
        QTest.keyClick(there, key)


def type_text(text):
    """Type where the focus is."""
    there = QApplication.focusWidget()
    assert there is not None, "nothing has the focus"
    QTest.keyClicks(there, text)


def all_of(root, kind):
    """The widgets of a kind that can be seen inside ``root``, itself among them."""
    found = [root, *root.findChildren(QWidget)]
    return [w for w in found if isinstance(w, kind) and w.isVisibleTo(root)]


def _needs(widget):
    """The width and height below which a widget cuts its own text; None where it has none."""
    if isinstance(widget, QLabel):
        widget.ensurePolished()
        widget.setIndent(widget.indent())  # Qt keeps the hint of a minimum width that has changed
        least = QLabel.minimumSizeHint(widget)
        if widget.wordWrap():
            return least.width(), widget.heightForWidth(widget.width())
        return least.width(), least.height()
    if isinstance(widget, Button):
        return widget.minimumSizeHint().width(), widget.heightForWidth(widget.width())
    if isinstance(widget, QLineEdit):
        letters = widget.fontMetrics()
        return letters.horizontalAdvance(widget.placeholderText()), letters.height()
    return None


def _scrolls(widget):
    """Whether a widget lies inside something that scrolls, so that its parent may cut it."""
    while widget is not None:
        if isinstance(widget.parentWidget(), QAbstractScrollArea):
            return True
        widget = widget.parentWidget()
    return False


def cut_off(root):
    """A line for every text that is cut, and every widget that sticks out of its parent."""
    faults = []
    for widget in all_of(root, QWidget):
        needs = _needs(widget)
        if needs is not None and (needs[0] > widget.width() or needs[1] > widget.height()):
            said = widget.words() if isinstance(widget, Button) else widget.text()
            faults.append(f"{type(widget).__name__} {said!r} {widget.size()} needs {needs}")
        parent = widget.parentWidget()
        if widget is root or parent is None or _scrolls(widget):
            continue
        if not parent.rect().contains(widget.geometry()):
            faults.append(f"{widget!r} at {widget.geometry()} leaves {parent.rect()}")
    return faults


def reachable(root):
    """Everything that takes the focus by key or by pointer."""
    kinds = [w for w in all_of(root, QWidget) if w.isEnabled()]
    return [w for w in kinds if w.focusPolicy() != Qt.FocusPolicy.NoFocus and not stand_in(w)]


def spoken_name(widget):
    """What a screen reader calls a widget, asked the way it asks."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def luminances(image):
    """The mean and the greatest relative luminance of a picture's pixels."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(rgb.constBits()).cast("I"))
    shades = {colour: luminance(f"#{colour & 0xFFFFFF:06x}") for colour in pixels}
    mean = sum(shades[c] * n for c, n in pixels.items()) / pixels.total()
    return mean, max(shades.values())


def colours(image):
    """The set of colours in a picture, as ``#rrggbb``."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    return {f"#{c & 0xFFFFFF:06x}" for c in Counter(memoryview(rgb.constBits()).cast("I"))}


def middle(widget):
    """The point in the middle of a widget."""
    return QRect(QPoint(0, 0), widget.size()).center()

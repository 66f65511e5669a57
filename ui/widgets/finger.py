"""A finger scrolls what it is drawn across, and taps what it only touches.

Left to itself, Qt makes of every finger a mouse as well: a list that is scrolled would choose the
row where the finger came down. Here a finger is a tap only once it is lifted where it was put.
"""

from typing import TYPE_CHECKING, Final, cast

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QPointF, QTimer

if TYPE_CHECKING:
    from PySide6.QtGui import QTouchEvent
    from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties, QWidget

_DRAWS: Final = "drawn-by-finger"
_BEGINS, _ENDS = QEvent.Type.TouchBegin, QEvent.Type.TouchEnd
_TOUCHES: Final = (_BEGINS, QEvent.Type.TouchUpdate, _ENDS, QEvent.Type.TouchCancel)


def scrolls_by_finger(area: "QAbstractScrollArea") -> None:
    """From now on a finger scrolls this list or page."""
    area.viewport().installEventFilter(_Finger(area))


def draws_by_finger(widget: "QWidget") -> None:
    """A finger on this one is meant for it: it signs, or moves along a timeline."""
    widget.setProperty(_DRAWS, True)  # noqa: FBT003 - Qt's own way


class _Finger(QObject):
    """The one finger that is on an area; a second one changes nothing."""

    # of the class, since the last events reach it when what is its own was taken from it already
    _listens = _taps = False

    def __init__(self, area: "QAbstractScrollArea") -> None:
        super().__init__(area)
        self._area = area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll, or tap; what is not for this area goes on to what it stands in."""
        del watched
        if event.type() not in _TOUCHES:
            if not self._listens and event.type() is QEvent.Type.Paint:
                self._listens = True
                QTimer.singleShot(0, self, self._listen)
            return False
        touch = cast("QTouchEvent", event)
        if touch.type() is _BEGINS and not self._is_for_this(touch):
            touch.ignore()
        else:
            touch.accept()
            self._follow(touch)
        return True

    def _listen(self) -> None:
        """After the first paint, which waits for none of Qt's own names (`ui/numbers.py`)."""
        accepts = QtCore.Qt.WidgetAttribute.WA_AcceptTouchEvents
        self._area.viewport().setAttribute(accepts)

    def _is_for_this(self, event: "QTouchEvent") -> bool:
        """Whether there is anything to scroll, and nothing there that a finger draws on."""
        bars = (self._area.verticalScrollBar(), self._area.horizontalScrollBar())
        there: QWidget | None = self._under(event.points()[0].position())
        while there is not None and there is not self._area:
            if there.property(_DRAWS):
                return False
            there = there.parentWidget()
        return any(bar.maximum() > bar.minimum() for bar in bars)

    def _under(self, at: QPointF) -> "QWidget":
        view = self._area.viewport()
        return view.childAt(at.toPoint()) or view

    def _follow(self, event: "QTouchEvent") -> None:
        from PySide6.QtWidgets import QScroller

        scroller, point = QScroller.scroller(self._area.viewport()), event.points()[0]
        at, when = point.position(), event.timestamp()
        if event.type() is _BEGINS:
            self._taps = not _moves(scroller)  # else it stops what still moves
            scroller.setScrollerProperties(_calm(scroller.scrollerProperties()))
            scroller.handleInput(QScroller.Input.InputPress, at, when)
            return
        ends = event.type() is not QEvent.Type.TouchUpdate
        kind = QScroller.Input.InputRelease if ends else QScroller.Input.InputMove
        scroller.handleInput(kind, at, when)
        self._taps = self._taps and not _moves(scroller)
        if event.type() is _ENDS and self._taps:
            self._tap(at, point.globalPosition())

    def _tap(self, at: QPointF, everywhere: QPointF) -> None:
        """Press and lift, as a mouse would at that place."""
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        left, none = QtCore.Qt.MouseButton.LeftButton, QtCore.Qt.MouseButton.NoButton
        there = self._under(at)
        _give_focus(there)
        inside = QPointF(there.mapFrom(self._area.viewport(), at.toPoint()))
        for kind, buttons in (
            (QEvent.Type.MouseButtonPress, left),
            (QEvent.Type.MouseButtonRelease, none),
        ):
            modifiers = QtCore.Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(kind, inside, everywhere, left, buttons, modifiers)
            QApplication.sendEvent(there, event)


def _give_focus(widget: "QWidget") -> None:
    """To what was tapped, or the nearest around it that takes the focus by a press."""
    there: QWidget | None = widget
    while there is not None and not there.focusPolicy() & QtCore.Qt.FocusPolicy.ClickFocus:
        there = there.parentWidget()
    if there is not None and there.isEnabled():
        there.setFocus(QtCore.Qt.FocusReason.MouseFocusReason)


def _moves(scroller: "QScroller") -> bool:
    """Whether it is drawn along, or runs on after the finger was lifted."""
    return scroller.state() in (scroller.State.Dragging, scroller.State.Scrolling)


def _calm(properties: "QScrollerProperties") -> "QScrollerProperties":
    """It stops at the ends, and does not spring back from them."""
    metric = properties.ScrollMetric
    for place in (metric.VerticalOvershootPolicy, metric.HorizontalOvershootPolicy):
        properties.setScrollMetric(place, properties.OvershootPolicy.OvershootAlwaysOff)
    return properties

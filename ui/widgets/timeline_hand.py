"""Pointing and stepping: what lies under the pointer, and what a key goes to next."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from ketachart.timeline.contents import Timeline
from ketachart.timeline.cursor import minute_at
from ketachart.timeline.moment import MINUTE, to_minute
from ketachart.timeline.spoken import Stop, summary_of
from ketachart.timeline.zoom import Zoom
from ui import theme, tokens
from ui.announcing import announce
from ui.language.saying import describe, description_of, say_name
from ui.widgets.finger import draws_by_finger
from ui.widgets.timeline_canvas import Canvas
from ui.widgets.timeline_paint import rectangle

_ARROWS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_PAGES: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLOSER: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_HELD: Final = Qt.KeyboardModifier.KeypadModifier  # + and − of the keypad are the same


class Plot(Canvas):
    """It changes nothing by itself: not by wheel, not by key, not by pointer."""

    reached = Signal(str)
    stepped = Signal()  # what is read out was reached by key and has to be in sight
    entry_wanted = Signal(str)  # Enter or a click on what is read out: the id of its entry
    place_wanted = Signal(object)  # the same where no entry is: the minute

    def __init__(self, name: str) -> None:
        self._summary = "Nothing charted yet."
        self._pressed: QPoint | None = None
        self._dragged: datetime | None = None  # where the part began that is being moved
        super().__init__()
        say_name(self, name)
        draws_by_finger(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        describe(self, self._summary)

    # ------------------------------------------------ what is shown

    def show_timeline(self, timeline: Timeline) -> None:
        """Show a timeline; whoever steps through it keeps the place."""
        self._timeline, self._now = timeline, timeline.now
        self._summary = summary_of(timeline)
        self._fit()
        before = self._stop
        if before is None:
            self._say(None, self._at)
        else:
            same = (stop for stop in self.stops() if stop.entry == before.entry)
            self._say(next(same, None), self._at)

    def reading(self) -> str:
        """What is being read out; empty when nothing is."""
        if self._stop is not None:
            return self._stop.text
        cursor = self.cursor_now()
        return cursor.moment.spoken if cursor is not None else ""

    def set_hints(self, entry: str, place: str) -> None:
        """What Enter does on an entry, and at any other place; empty where it does nothing."""
        self._hints = (entry, place)
        self.update()

    # ------------------------------------------------ which part

    def follow_now(self) -> None:
        """The part goes with now again."""
        self._say(None, None)
        self.set_zoom(Zoom(self._zoom.span))

    # ------------------------------------------------ by pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._drags(event.position().toPoint()):
            return
        self._say(*self._under(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position().toPoint(), None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what is read out; where nothing was yet, as by a finger, it reads out."""
        super().mouseReleaseEvent(event)
        begun, dragged = self._pressed, self._dragged
        self._pressed = self._dragged = None
        if begun is None or dragged is not None:
            return
        under = self._under(event.position())
        if under == (self._stop, self._at) and under != (None, None):
            self._open(anew=False)
        else:
            self._say(*under)

    def _drags(self, here: QPoint) -> bool:
        """Moves the part along with the pointer; the whole visit stays where it is."""
        scene, begun = self.scene(), self._pressed
        if scene is None or begun is None or self._timeline is None or self._zoom.span is None:
            return False
        by = here.x() - begun.x()
        if self._dragged is None and abs(by) < QApplication.startDragDistance():
            return False
        self._dragged = self._dragged or scene.columns.start
        width = scene.columns.right - scene.columns.left
        start = self._dragged - self._zoom.span * (by / width)
        self.set_zoom(self._zoom.moved_to(self._timeline, self._now, start))
        return True

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._say(None, None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say(None, None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is the scroll area's."""
        event.ignore()

    def _under(self, spot: QPointF) -> tuple[Stop | None, datetime | None]:
        """What the pointer means: of the places under it the smallest, and the minute."""
        near, inset = theme.look().px(tokens.S1), self._inset()
        x, y = spot.x() - inset, spot.y() - inset
        stops, scene = self.stops(), self.scene()
        found = [
            (box.width * box.height, number)
            for number, stop in enumerate(stops)
            for box in stop.boxes
            if box.wider(near).holds(x, y)
        ]
        stop = stops[min(found)[1]] if found else None
        if scene is None or not scene.columns.left - near <= x <= scene.columns.right + near:
            return stop, None
        return stop, minute_at(scene, x)

    # ------------------------------------------------ by key

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """The scroll area brings this into sight: what is read out, else the top."""
        if query != Qt.InputMethodQuery.ImCursorRectangle:
            return super().inputMethodQuery(query)
        if self._stop is None:
            return QRect(0, 0, 1, 1)
        inset = self._inset()
        return rectangle(self._stop.boxes[0]).translated(inset, inset).toAlignedRect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~_HELD
        if held not in (_PLAIN, _SHIFT) or not self._goes(key, shift=held == _SHIFT):
            super().keyPressEvent(event)

    def _goes(self, key: Qt.Key, *, shift: bool) -> bool:
        """What a key does here; False where it is for whoever wants it."""
        if not self.stops():
            return False
        if key in _ARROWS:
            self._minute(_ARROWS[key]) if shift else self._step(_ARROWS[key])
            self.stepped.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._end(first=key == Qt.Key.Key_Home)
            self.stepped.emit()
        elif key in _PAGES and self._zoom.span is not None:
            self._along(_PAGES[key])
        elif key in _ENTER:
            return self._open(anew=shift)
        else:
            return self._zooms(key)
        return True

    def _zooms(self, key: Qt.Key) -> bool:
        if key in _CLOSER:
            self.closer()
        elif key == Qt.Key.Key_Minus:
            self.wider()
        elif key == Qt.Key.Key_0:
            self.set_zoom(Zoom())
        else:
            return False
        return True

    def _open(self, *, anew: bool) -> bool:
        """Asks for the entry that is read out, or for its time where something else is charted."""
        if self._stop is not None and self._stop.entry and not anew:
            self.entry_wanted.emit(self._stop.entry)
        elif self._at is not None and not self._is_ahead():
            self.place_wanted.emit(self._at)
        else:
            return False
        return True

    def _is_ahead(self) -> bool:
        now = self._now
        return now is not None and self._at is not None and self._at > now

    def _minute(self, by: int) -> None:
        """The cursor goes on by a minute; without one it begins at now."""
        part = self.part()
        if part is None or self._timeline is None:
            return
        begin = self._at or to_minute(self._now or part.end)
        at = begin + by * MINUTE if self._at is not None else begin
        at = max(self._timeline.start, min(at, self._timeline.end))
        self._bring(at)
        self._say(None, at)

    def _end(self, *, first: bool) -> None:
        """The first of all entries of the visit, or the last."""
        if self._timeline is not None and self._zoom.span is not None:
            self._bring(self._timeline.start if first else self._timeline.end)
        stop = self.stops()[0 if first else -1]
        self._say(stop, to_minute(stop.at))

    def _step(self, by: int) -> None:
        """The next or the one before; without one yet, the last entry before now."""
        stops, now = self._begun_in_sight(), self._now
        if self._stop in stops:
            place = stops.index(self._stop) + by
            if not 0 <= place < len(stops) and self._beyond(by):
                return
            stop = stops[min(max(place, 0), len(stops) - 1)]
        else:
            past = [stop for stop in stops if stop.entry and (now is None or stop.at <= now)]
            stop = (past or stops or self.stops())[-1]
        self._say(stop, to_minute(stop.at))

    def _begun_in_sight(self) -> list[Stop]:
        """What can be read out, without a phase that only reaches into the part in sight."""
        scene = self.scene()
        return [s for s in self.stops() if scene is not None and scene.columns.shows(s.at)]

    def _beyond(self, by: int) -> bool:
        """The next entry that lies outside the part in sight; False where there is none."""
        timeline, here = self._timeline, self._stop
        if timeline is None or here is None or self._zoom.span is None:
            return False
        told = sorted((told.at, entry) for entry, told in timeline.told.items())
        further = [one for one in told if (one[0] > here.at if by > 0 else one[0] < here.at)]
        for at, entry in further if by > 0 else reversed(further):
            self._bring(at)
            stop = next((stop for stop in self.stops() if stop.entry == entry), None)
            if stop is not None:
                self._say(stop, to_minute(at))
                return True
        return False

    # ------------------------------------------------ what is said

    def _say(self, stop: Stop | None, at: datetime | None) -> None:
        """Show and speak one entry, or the values at a minute, or the summary."""
        if (stop, at) == (self._stop, self._at) and self._told_already():
            return
        self._stop, self._at = stop, at
        told = self.reading() or self._summary
        describe(self, told)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        if self.hasFocus() and (stop is not None or at is not None):
            announce(self, told)
        self.reached.emit(stop.entry if stop is not None else "")
        self.update()

    def _told_already(self) -> bool:
        return description_of(self) == (self.reading() or self._summary)

"""The visit on one time axis; it is looked at, pointed at, or stepped through with arrow keys."""

from datetime import datetime
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.timeline.columns import left_width, right_width
from ketachart.timeline.contents import Timeline
from ketachart.timeline.manner import Manner, screen
from ketachart.timeline.scene import Scene, build, least_height
from ketachart.timeline.spoken import Stop, stops_of, summary_of
from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.boxes import Scroller
from ui.widgets.timeline_paint import measure, paint, paint_readout, paint_ring, rectangle

_KEYS: Final = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
}


class TimelinePlot(QWidget):
    """Shows a timeline; scrolls where its lanes need more height than there is.

    It changes nothing: not by wheel, not by key, not by pointer.
    """

    reached = Signal(str)  # the id of the entry that is being read out; empty when none is

    def __init__(self, name: str = "Timeline") -> None:
        super().__init__()
        self._plot = _Plot(name)
        self._plot.reached.connect(self.reached)
        self._scroller = Scroller(f"{name}, scrolling", self._plot)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.stepped.connect(self._follow)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._scroller)
        self.setFocusProxy(self._plot)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show a timeline from now on; its line of now stands where the timeline says."""
        self._plot.show_timeline(timeline)

    def set_now(self, now: datetime | None) -> None:
        """Move the line of now, and nothing else; None takes it away."""
        self._plot.set_now(now)

    def scene(self) -> Scene | None:
        """What is shown, with the place of every entry; None before there is a timeline."""
        return self._plot.scene()

    def reading(self) -> str:
        """What is being read out; empty when nothing is."""
        stop = self._plot.stop()
        return stop.text if stop is not None else ""

    def plot(self) -> QWidget:
        """The part that has the keyboard and speaks."""
        return self._plot

    def _follow(self) -> None:
        self._scroller.ensureWidgetVisible(self._plot)


class _Plot(QWidget, Dressed):
    """The drawing itself, kept as a picture until the timeline, the size or the look changes."""

    reached = Signal(str)
    stepped = Signal()  # what is read out was reached by key and has to be in sight

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._timeline: Timeline | None = None
        self._now: datetime | None = None
        self._scene: Scene | None = None
        self._picture = QPixmap()
        self._pictured: Scene | None = None  # the scene that the picture shows
        self._stops: tuple[Stop, ...] | None = None
        self._stop: Stop | None = None
        self._summary = "Nothing charted yet."
        self.setAccessibleDescription(self._summary)
        self.dress(theme.look())

    # ------------------------------------------------ what is shown

    def show_timeline(self, timeline: Timeline) -> None:
        self._timeline, self._now = timeline, timeline.now
        self._summary = summary_of(timeline)
        self._fit()
        before = self._stop
        if before is None:
            self._say(None)
        else:  # whoever steps through it keeps the place
            same = (stop for stop in self.stops() if stop.entry == before.entry)
            self._say(next(same, None))

    def set_now(self, now: datetime | None) -> None:
        self._now = now
        self.update()

    def scene(self) -> Scene | None:
        if self._scene is None and self._timeline is not None:
            inset = 2 * self._inset()
            size = float(self.width() - inset), float(self.height() - inset)
            self._scene = build(self._timeline, size, self._manner())
            self._stops = None
        return self._scene

    def stop(self) -> Stop | None:
        return self._stop

    def stops(self) -> tuple[Stop, ...]:
        """What can be read out, worked out when it is first asked for."""
        scene = self.scene()
        if self._stops is None:
            self._stops = stops_of(scene.hits) if scene is not None else ()
        return self._stops

    def dress(self, look: Look) -> None:
        """Every size and colour may be another: draw anew."""
        del look  # asked for when it is drawn
        self._fit()

    def _manner(self) -> Manner:
        return screen(measure, scale=theme.look().scale)

    def _inset(self) -> int:
        """Room for the ring of the focus around the drawing."""
        return theme.look().px(tokens.S1) + theme.look().px(tokens.RING)

    def _fit(self) -> None:
        """Ask for the room that no lane can do without, and draw anew."""
        self._scene = None
        if self._timeline is not None:
            manner, inset = self._manner(), 2 * self._inset()
            wide = left_width(manner) + manner.sizes.plot + right_width(self._timeline, manner)
            high = least_height(self._timeline, manner)
            self.setMinimumSize(ceil(wide) + inset, ceil(high) + inset)
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scene = None

    # ------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        scene = self.scene()
        if scene is not None:
            ratio = self.devicePixelRatioF()
            if scene is not self._pictured or self._picture.devicePixelRatio() != ratio:
                self._picture, self._pictured = self._drawn(scene), scene
            layers = scene.clock if self._now == self._shown_now() else scene.at(self._now)
            painter.translate(self._inset(), self._inset())
            paint(painter, layers.under, theme.look())
            painter.drawPixmap(0, 0, self._picture)
            paint(painter, layers.over, theme.look())
            if self._stop is not None:
                seen = QRectF(self.visibleRegion().boundingRect())
                seen.translate(-self._inset(), -self._inset())
                paint_readout(painter, self._stop, seen, theme.look())
            painter.resetTransform()
        if self.hasFocus():
            paint_ring(painter, QRectF(self.visibleRegion().boundingRect()), theme.look())
        painter.end()
        event.accept()

    def _shown_now(self) -> datetime | None:
        return self._timeline.now if self._timeline is not None else None

    def _drawn(self, scene: Scene) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(ceil(scene.width * ratio), ceil(scene.height * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter, scene.parts, theme.look())
        painter.end()
        return picture

    # ------------------------------------------------ pointing and stepping

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._say(self._under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._say(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say(None)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """The scroll area brings this into sight: what is read out, else the top."""
        if query != Qt.InputMethodQuery.ImCursorRectangle:
            return super().inputMethodQuery(query)
        if self._stop is None:
            return QRect(0, 0, 1, 1)
        inset = self._inset()
        return rectangle(self._stop.boxes[0]).translated(inset, inset).toAlignedRect()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is the scroll area's."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.stops():
            super().keyPressEvent(event)
        elif key in _KEYS:
            self._step(_KEYS[key])
            self.stepped.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._say(self.stops()[0 if key == Qt.Key.Key_Home else -1])
            self.stepped.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """The next or the one before; without one yet, the last entry before now."""
        stops, now = self.stops(), self._now
        if self._stop in stops:
            place = stops.index(self._stop) + by
            self._say(stops[min(max(place, 0), len(stops) - 1)])
            return
        past = [stop for stop in stops if stop.entry and (now is None or stop.at <= now)]
        self._say((past or list(stops))[-1])

    def _under(self, spot: QPointF) -> Stop | None:
        """What the pointer means: of the places under it the smallest."""
        near, inset = theme.look().px(tokens.S1), self._inset()
        x, y = spot.x() - inset, spot.y() - inset
        stops = self.stops()
        found = [
            (box.width * box.height, number)
            for number, stop in enumerate(stops)
            for box in stop.boxes
            if box.wider(near).holds(x, y)
        ]
        return stops[min(found)[1]] if found else None

    def _say(self, stop: Stop | None) -> None:
        """Show and speak one thing, or the summary."""
        told = stop.text if stop is not None else self._summary
        if stop is self._stop and told == self.accessibleDescription():
            return
        self._stop = stop
        self.setAccessibleDescription(told)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        if stop is not None and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
        self.reached.emit(stop.entry if stop is not None else "")
        self.update()

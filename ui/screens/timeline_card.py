"""The timeline of the visit as a card: looked at closer or wider, as a graph or as a grid.

A place in it is opened by Enter or a click: what is charted there is corrected, or something else
is charted at that minute. Nothing is recorded here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from ketachart.domain.visit import Visit
from ketachart.errors import LedgerError
from ketachart.timeline.contents import Ghost, Timeline
from ketachart.timeline.ghost import ghost_of, with_ghost
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.table import grid_of
from ketachart.timeline.zoom import Zoom
from ui import theme, tokens
from ui.desk import Desk
from ui.screens.timeline_rail import ACTS, RailScroller, TimelineRail
from ui.theme import Look
from ui.widgets.boxes import Row
from ui.widgets.card import Card
from ui.widgets.grid_table import GridTable
from ui.widgets.timeline_plot import TimelinePlot

ANY_ROOM = 1 << 20  # more pixels than any window has
AFTER_PAINT_MS = 1  # a timer that waits comes after all that is posted; painting is posted last
LEAST_ROWS = 5  # as high as so many rows of the log
_OPEN: Final = (
    "Enter or click: correct it. Shift+Enter: chart something else at this time",
    "Enter or click: chart at this time",
)
_SIGNED: Final = ("Enter or click: look at the entry", "")


class TimelineCard(Card):
    """The plot; drawn anew with every entry, while the line of now moves by itself."""

    opened = Signal(str)  # the id of the entry that is to be corrected
    place_wanted = Signal(object)  # the minute at which something is to be charted

    def __init__(self, desk: Desk) -> None:
        self._room = ANY_ROOM
        super().__init__("Timeline", inset=0)
        self.plot = TimelinePlot()
        self.grid = GridTable("Timeline as a grid")
        self.rail = TimelineRail()
        self._stack = QStackedWidget()
        self._desk = desk
        self._last: Visit | None = None
        self._ghost_wanted = False
        self._of = ""  # the number of the visit that is shown
        self._waiting: tuple[Visit, datetime] | None = None
        self._drawing: Timeline | None = None
        self._whole: Timeline | None = None  # the same with the last visit, while it is drawn
        self._drawn: tuple[Visit, Timeline] | None = None
        for view in (self.plot, self.grid):
            view.entry_wanted.connect(self.opened)
            view.place_wanted.connect(self._place)
            self._stack.addWidget(view)
        self.plot.zoomed.connect(lambda: self.rail.show_zoom(self.plot.zoom))
        self.rail.wanted.connect(self.act)
        both = Row(gap=0)
        both.add(self._stack, stretch=1)
        both.add(RailScroller(self.rail))
        self.add(both, stretch=1)
        self.setFocusProxy(self._stack)
        self._stack.setFocusProxy(self.plot)

    def dress(self, look: Look) -> None:
        """A few lanes stay in sight, whatever the window."""
        super().dress(look)
        self.setMinimumHeight(min(look.px(tokens.ROW) * LEAST_ROWS, self._room))

    def fit_into(self, room: int) -> None:
        """Never higher than what is seen at once, in pixels: what it holds scrolls inside it."""
        if room != self._room:
            self._room = room
            self.dress(theme.look())

    def sizeHint(self) -> QSize:
        """No higher than it must be: it takes what is left, and scrolls where lanes need more."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The visit as it stands, drawn after the rest: the form that was recorded clears first.

        A card that is out of sight is drawn when it is seen again; what is drawn is not drawn
        again within its minute.
        """
        drawn = self._drawn
        if drawn is not None and drawn[0] is visit and _same_minute(drawn[1].now, now):
            self._waiting = None
            self.tick(now)
            return
        self._waiting = (visit, now)
        QTimer.singleShot(AFTER_PAINT_MS, self, self._draw)

    def showEvent(self, event: QShowEvent) -> None:
        """What was charted meanwhile."""
        super().showEvent(event)
        self._draw()
        self._set()

    def _draw(self) -> None:
        if self._waiting is not None and self.isVisible():
            visit, now = self._waiting
            self._waiting = None
            self._begin(visit)
            self._drawing, self._whole = timeline_of(visit, now), None
            self._drawn = (visit, self._drawing)
            QTimer.singleShot(0, self, self._set)

    def _begin(self, visit: Visit) -> None:
        """Another visit is looked at whole, and without the one before it."""
        number = visit.opened.visit if visit.opened is not None else ""
        if number != self._of:
            self._of, self._last, self._ghost_wanted = number, None, False
            self.plot.set_zoom(Zoom())
            self.rail.show_ghost(on=False, why_not="")
        self.plot.set_hints(*(_OPEN if visit.signed is None else _SIGNED))

    def _set(self) -> None:
        """A turn of its own, and the painting another: keys that are pressed meanwhile go first."""
        if self._drawing is None:
            return
        drawing = self._whole or with_ghost(self._drawing, self._ghost(self._drawing))
        if self._stack.currentWidget() is self.plot and self.plot.prepare(drawing):
            self._whole = drawing
            QTimer.singleShot(0, self, self._set)
            return
        if self._stack.currentWidget() is self.grid:
            self.grid.show_grid(grid_of(self._drawing))
        self._drawing = self._whole = None
        self.plot.show_timeline(drawing)
        if self._stack.currentWidget() is self.plot:
            self.plot.scene()

    def tick(self, now: datetime) -> None:
        """The line of now moves on."""
        self.plot.set_now(now)

    # ------------------------------------------------ acts

    def act(self, name: str) -> bool:
        """What a key or a button of the rail asks for; False where it is none of these."""
        if name not in ACTS:
            return False
        acts: dict[str, Callable[[], None]] = {
            "closer": self.plot.closer,
            "wider": self.plot.wider,
            "to-now": self.plot.follow_now,
            "last-visit": self._turn_ghost,
            "views": lambda: self.show_as_grid(grid=not self.is_grid),
        }
        acts[name]()
        return True

    @property
    def is_grid(self) -> bool:
        """Whether the grid is looked at."""
        return self._stack.currentWidget() is self.grid

    def show_as_grid(self, *, grid: bool) -> None:
        """The same data as a grid, or as the graph; the keyboard goes with it."""
        self._stack.setCurrentWidget(self.grid if grid else self.plot)
        self._stack.setFocusProxy(self.grid if grid else self.plot)
        self.rail.show_grid(grid=grid)
        if grid and self._drawn is not None:
            self.grid.show_grid(grid_of(self._drawn[1]))
            self.grid.begin()
        else:
            self.plot.setFocus()

    def _place(self, at: datetime) -> None:
        """Nothing is charted in a signed visit."""
        if self._drawn is not None and self._drawn[0].signed is None:
            self.place_wanted.emit(at)

    # ------------------------------------------------ the last visit

    def _turn_ghost(self) -> None:
        """The last visit behind this one, or no longer; it is looked for when first asked for."""
        if self._drawn is None:
            return
        visit, timeline = self._drawn
        self._ghost_wanted = not self._ghost_wanted
        why_not = ""
        if self._ghost_wanted and self._last is None:
            why_not = self._look_for_last(visit)
        if self._ghost_wanted and not why_not and timeline.begun is None:
            why_not = "once the pump runs"
        self._ghost_wanted = self._ghost_wanted and self._last is not None
        self.rail.show_ghost(on=self._ghost_wanted, why_not=why_not)
        self.plot.show_timeline(with_ghost(timeline, self._ghost(timeline)))

    def _look_for_last(self, visit: Visit) -> str:
        """Why there is none to show; empty where it was found."""
        try:
            self._last = self._desk.office.visit_before(visit)
        except LedgerError:
            return "cannot be read"
        return "" if self._last is not None else "none on file"

    def _ghost(self, timeline: Timeline) -> Ghost | None:
        if not self._ghost_wanted or self._last is None:
            return None
        return ghost_of(self._last, timeline.begun)


def _same_minute(drawn: datetime | None, now: datetime) -> bool:
    """Whether nothing that the clock moves has moved; of a signed visit nothing does."""
    return drawn is None or drawn.replace(second=0, microsecond=0) == now.replace(
        second=0, microsecond=0
    )

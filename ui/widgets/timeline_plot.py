"""The visit on one time axis; it is looked at, pointed at, or stepped through with arrow keys."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.timeline.contents import Timeline
from ketachart.timeline.scene import Scene
from ketachart.timeline.zoom import Zoom
from ui.widgets.boxes import Scroller
from ui.widgets.timeline_hand import Plot


class TimelinePlot(QWidget):
    """Shows a timeline; scrolls where its lanes need more height than there is.

    It changes nothing: not by wheel, not by key, not by pointer. Arrows step from entry to entry,
    with Shift from minute to minute; + and − show a shorter or a longer part.
    """

    reached = Signal(str)  # the id of the entry that is being read out; empty when none is
    entry_wanted = Signal(str)  # Enter, or a click on what is read out
    place_wanted = Signal(object)  # the same at a minute where no entry is
    zoomed = Signal()

    def __init__(self, name: str = "Timeline") -> None:
        super().__init__()
        self._plot = Plot(name)
        self._plot.reached.connect(self.reached)
        self._plot.entry_wanted.connect(self.entry_wanted)
        self._plot.place_wanted.connect(self.place_wanted)
        self._plot.zoomed.connect(self.zoomed)
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

    def prepare(self, timeline: Timeline) -> bool:
        """A piece of the drawing of what is shown next; True while there is more."""
        return self._plot.prepare(timeline)

    def set_now(self, now: datetime | None) -> None:
        """Move the line of now, and nothing else; None takes it away."""
        self._plot.set_now(now)

    def set_hints(self, entry: str, place: str) -> None:
        """What Enter does on an entry, and at any other place; empty where it does nothing."""
        self._plot.set_hints(entry, place)

    @property
    def zoom(self) -> Zoom:
        """Which part of the visit is looked at."""
        return self._plot.zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Look at another part."""
        self._plot.set_zoom(zoom)

    def closer(self) -> None:
        """A shorter part."""
        self._plot.closer()

    def wider(self) -> None:
        """A longer part, up to the whole visit."""
        self._plot.wider()

    def follow_now(self) -> None:
        """The part goes with now again."""
        self._plot.follow_now()

    def scene(self) -> Scene | None:
        """What is shown, with the place of every entry; None before there is a timeline."""
        return self._plot.scene()

    def reading(self) -> str:
        """What is being read out; empty when nothing is."""
        return self._plot.reading()

    def plot(self) -> QWidget:
        """The part that has the keyboard and speaks."""
        return self._plot

    def _follow(self) -> None:
        self._scroller.ensureWidgetVisible(self._plot)

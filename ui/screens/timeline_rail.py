"""The acts of the timeline beside it: closer, wider, back to now, the last visit, graph or grid."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent

from ketachart.timeline.zoom import LENGTHS, Zoom
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.words import Words

ACTS = ("closer", "wider", "to-now", "last-visit", "views")
_WORDS = {
    "closer": ("Closer", "Timeline: a shorter part"),
    "wider": ("Wider", "Timeline: a longer part"),
    "to-now": ("Now", "Timeline: go with now"),
    "last-visit": ("Last visit", "Timeline: last visit behind this one"),
    "views": ("Grid", "Timeline as a grid"),
}


class RailScroller(Scroller):
    """As wide as the acts are, so that the graph has the room; where it is low they scroll."""

    def __init__(self, rail: "TimelineRail") -> None:
        super().__init__("Acts of the timeline", rail)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("bare", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rail = rail
        self._scrolls, self._wide = False, 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is a bar beside the acts only where they scroll."""
        super().resizeEvent(event)
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words need another width."""
        taken = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._measure()
        return taken

    def _measure(self) -> None:
        wide = self._rail.minimumSizeHint().width()
        scrolls = self.height() < self._rail.heightForWidth(wide)
        if (scrolls, wide) != (self._scrolls, self._wide):
            self._scrolls, self._wide = scrolls, wide
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The width of the acts, with room for the bar where there is one."""
        look = theme.look()
        bar = look.px(tokens.SCROLL_BAR) if self._scrolls else 0
        return QSize(self._rail.minimumSizeHint().width() + bar, look.px(tokens.TARGET))

    def minimumSizeHint(self) -> QSize:
        """The same: nothing of it is cut at its side."""
        return self.sizeHint()


class _Act(Button):
    """Narrow and low: its words take another line, and its key stands under them."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name, words=words, kind=Kind.QUIET)
        self.set_compact()
        self.set_inset(tokens.S1)

    def _is_centred(self) -> bool:
        return True

    def _least_height(self) -> int:
        return self._least_side()


class TimelineRail(Column):
    """One button below the other, each with its key; what is in sight stands above them."""

    wanted = Signal(str)  # the name of the act

    def __init__(self) -> None:
        super().__init__(gap=tokens.S1, inset=(tokens.S1, tokens.S2))
        self._span = Words(size="small", tone="muted")
        self._span.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add(self._span)
        self.buttons = {name: self._button(name) for name in ACTS}
        for button in self.buttons.values():
            self.add(button)
        self.add_room()
        self.show_zoom(Zoom())

    def _button(self, name: str) -> Button:
        words, spoken = _WORDS[name]
        made = _Act(spoken, words)
        made.set_words(words, sub=key_of(name))
        made.setCheckable(name == "last-visit")
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made

    def show_zoom(self, zoom: Zoom) -> None:
        """Which part is in sight, and which of the acts change it."""
        self._span.setText(zoom.words)
        self.buttons["closer"].setEnabled(zoom.span != LENGTHS[0])
        self.buttons["wider"].setEnabled(zoom.span is not None)
        self.buttons["to-now"].setEnabled(not zoom.follows)

    def show_ghost(self, *, on: bool, why_not: str) -> None:
        """Whether the last visit lies behind this one, and why it cannot."""
        button = self.buttons["last-visit"]
        button.setChecked(on)
        button.set_words("Last visit", sub=why_not or key_of("last-visit"))

    def show_grid(self, *, grid: bool) -> None:
        """In the grid only the way back to the graph has a use."""
        for name, button in self.buttons.items():
            button.setVisible(name == "views" or not grid)
        self._span.setVisible(not grid)
        words = "Graph" if grid else "Grid"
        self.buttons["views"].set_words(words, sub=key_of("views"))
        say_name(self.buttons["views"], "Timeline as a graph" if grid else "Timeline as a grid")

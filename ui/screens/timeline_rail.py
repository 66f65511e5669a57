"""The acts of the timeline beside it: closer, wider, back to now, the last visit, graph or grid."""

from PySide6.QtCore import QSize, Qt, Signal

from ketachart.timeline.zoom import LENGTHS, Zoom
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Row, Scroller
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
    """As wide as the acts are; where the window is low they scroll."""

    def __init__(self, rail: "TimelineRail") -> None:
        super().__init__("Acts of the timeline", rail)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("bare", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rail = rail

    def sizeHint(self) -> QSize:
        """The width of the acts, with room for the bar."""
        look = theme.look()
        wide = self._rail.sizeHint().width() + look.px(tokens.SCROLL_BAR)
        return QSize(wide, look.px(tokens.TARGET))

    def minimumSizeHint(self) -> QSize:
        """The same: nothing of it is cut at its side."""
        return self.sizeHint()


class TimelineRail(Column):
    """One button below the other, each with its key; what is in sight stands above them."""

    wanted = Signal(str)  # the name of the act

    def __init__(self) -> None:
        super().__init__(gap=tokens.S1, inset=(0, tokens.S2))
        self._span = Words(size="small", tone="muted")
        head = Row(inset=(tokens.S2, 0))
        head.add(self._span)
        self.add(head)
        self.buttons = {name: self._button(name) for name in ACTS}
        for button in self.buttons.values():
            self.add(button)
        self.add_room()
        self.show_zoom(Zoom())

    def _button(self, name: str) -> Button:
        words, spoken = _WORDS[name]
        made = Button(spoken, words=words, kind=Kind.QUIET)
        made.set_words(words, sub=key_of(name))
        made.set_compact()
        made.set_left()
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

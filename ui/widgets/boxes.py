"""Columns, rows, rules and scrolling: the empty parts that hold the others apart."""

from functools import partial
from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from ui import first_paint, theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.keeping import take_away

_FOLLOWED: Final = "its focus is followed"


class Box(QWidget, Dressed):
    """Widgets in one direction, with a gap between them and an inset around, both from tokens."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        *,
        gap: int,
        inset: int | tuple[int, int],
    ) -> None:
        super().__init__()
        self._gap = gap
        self._inset = inset if isinstance(inset, tuple) else (inset, inset)
        self._line = QBoxLayout(direction, self)
        self.dress(theme.look())

    def add(self, widget: QWidget, *, stretch: int = 0) -> None:
        """Put a widget at the end; ``stretch`` is its share of the room to spare."""
        self._line.addWidget(widget, stretch)

    def put_first(self, widget: QWidget) -> None:
        """Put a widget at the beginning, wherever it was before."""
        self._line.insertWidget(0, widget)

    def add_level(self, widget: QWidget) -> None:
        """Put a widget at the end that keeps its own height and stands in the middle."""
        self._line.addWidget(widget, 0, QtCore.Qt.AlignmentFlag.AlignVCenter)

    def add_room(self) -> None:
        """Let what follows go to the far end."""
        self._line.addStretch(1)

    def empty(self) -> None:
        """Take everything out and delete it."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                take_away(widget)

    def dress(self, look: Look) -> None:
        """Scale gap and inset."""
        across, down = (look.px(size) for size in self._inset)
        self._line.setContentsMargins(across, down, across, down)
        self._line.setSpacing(look.px(self._gap))


class Column(Box):
    """Widgets one below the other."""

    def __init__(
        self,
        *,
        gap: int = tokens.S2,
        inset: int | tuple[int, int] = 0,
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, gap=gap, inset=inset)


class Row(Box):
    """Widgets side by side."""

    def __init__(
        self,
        *,
        gap: int = tokens.S2,
        inset: int | tuple[int, int] = 0,
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, gap=gap, inset=inset)


class Rule(QFrame, Dressed):
    """A hairline between two things; upright where they stand side by side."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self._upright = upright
        self.setProperty("panel", "rule")
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """A hairline at every text size."""
        if self._upright:
            self.setFixedWidth(look.px(tokens.HAIR))
        else:
            self.setFixedHeight(look.px(tokens.HAIR))


class Scroller(QScrollArea, Dressed):
    """Shows a tall thing through a window; scrolls by wheel and keys, and to what has the focus."""

    def __init__(self, name: str, inside: QWidget, *, least: int = 0) -> None:
        """``least`` is the height it never goes below, so that a question can be read in it."""
        super().__init__()
        self._least = least
        self._unfolds = False
        self._folded: tuple[QtCore.Qt.FocusPolicy, object] | None = None  # `ui/numbers.py`
        say_name(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # one of our own: to be handed Qt's, all its widgets would have to be known by name, which
        # takes a quarter of a bare window's start
        self.setViewport(QWidget())
        self.viewport().setAutoFillBackground(False)
        first_paint.after(self, self._take_finger)
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setParent(self.viewport())
        self._waiting: QWidget | None = inside
        self.installEventFilter(self)
        _follow_focus()
        self.dress(theme.look())

    def _take_finger(self) -> None:
        from ui.widgets.finger import scrolls_by_finger

        scrolls_by_finger(self)

    def dress(self, look: Look) -> None:
        """Scale the least height."""
        if self._least:
            self.setMinimumHeight(look.px(self._least))

    def set_least(self, least: int) -> None:
        """Another height that it never goes below; a token."""
        self._least = least
        self.dress(theme.look())

    def unfold(self, *, unfolds: bool) -> None:
        """Be as high as what is inside: what this stands in scrolls instead."""
        if unfolds != self._unfolds:
            self._unfolds = unfolds
            if unfolds or self._folded is None:  # no stop for Tab, and no ring to leave room for
                self._folded = (self.focusPolicy(), self.property("bare"))
            stop, bare = self._folded
            self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus if unfolds else stop)
            self.setProperty("bare", "true" if unfolds else bare)
            theme.restyle(self)
            policy = QtCore.Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if unfolds else policy.ScrollBarAsNeeded
            )
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Only while it is as high as what is inside."""
        return self._unfolds

    def heightForWidth(self, width: int) -> int:
        """The height of all that is inside."""
        inside = self.widget()
        if inside is None or not self._unfolds:
            return super().heightForWidth(width)
        wanted = inside.heightForWidth(width) if inside.hasHeightForWidth() else -1
        return max(wanted, inside.minimumSizeHint().height(), self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside is laid out once this has its place in a window.

        Laid out at once, all of it would take its colours and letters now, and again each time
        that what it stands in is put into something larger.
        """
        if watched is self and event.type() is QEvent.Type.Polish:
            self._take_in()
        elif self._unfolds and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _take_in(self) -> None:
        self.removeEventFilter(self)
        inside, self._waiting = self._waiting, None
        if inside is not None:
            self.setWidget(inside)
            inside.setAutoFillBackground(False)  # setWidget fills it with the window's colour

    def widget(self) -> QWidget | None:
        """What is inside, also before it is laid out."""
        return super().widget() if self._waiting is None else self._waiting

    def sizeHint(self) -> QSize:
        """As what is inside would like it."""
        self.ensurePolished()
        return super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has the focus stays in sight in a smaller window, too."""
        super().resizeEvent(event)
        self.follow(QApplication.focusWidget())

    def follow(self, now: QWidget | None) -> None:
        """What a key or an act gave the focus to is brought into sight, as Tab would do.

        All of its question comes with it where there is room: the other answers, and its label.
        """
        inside = self.widget()
        if now is None or inside is None or not inside.isAncestorOf(now):
            return
        question: QWidget = now
        around = now.parentWidget()
        while around not in {None, inside} and around.height() <= self.viewport().height():
            question, around = around, around.parentWidget()
        self.ensureWidgetVisible(question, 0, 0)
        self.ensureWidgetVisible(now)
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, Scroller):
            outer = outer.parentWidget()
        if outer is not None:  # it may have heard of the focus before this one had scrolled
            outer.follow(now)


def _follow_focus() -> None:
    """Begins to listen, once for all scrollers.

    Were each of them connected, one whose window is being taken down would be told still.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.property(_FOLLOWED):
        app.setProperty(_FOLLOWED, True)  # noqa: FBT003 - Qt's own way
        app.focusChanged.connect(_turned)


def _turned(_before: QWidget | None, now: QWidget | None) -> None:
    """Each scroller that the focus is in brings it into sight, the innermost first."""
    around = now.parentWidget() if now is not None else None
    while around is not None:
        if isinstance(around, Scroller):
            around.follow(now)
            # a sheet that is just being opened is laid out after it was given the focus
            QTimer.singleShot(0, around, partial(_follow_later, around))
        around = around.parentWidget()


def _follow_later(scroller: Scroller) -> None:
    scroller.follow(QApplication.focusWidget())


def bring_into_sight(widget: QWidget) -> None:
    """Scrolls to a thing that has no focus but must be read first, such as a verdict."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, Scroller):
        around = around.parentWidget()
    if around is not None:
        around.follow(widget)

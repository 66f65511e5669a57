"""The pages of a signed report, drawn as they come into sight, with questions pinned to rows."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.leaf import Leaf, Pin, Place

_A4: Final = (595.0, 842.0)
_MOST_HELD: Final = 8  # pages kept as pictures; the others are drawn again when they are looked at
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Turner(Scroller):
    """Left and Right go from report to report; the rest scrolls."""

    stepped = Signal(int)
    asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first page and the end of the last; Q asks."""
        step = _STEPS.get(Qt.Key(event.key()))
        bar = self.verticalScrollBar()
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Q and not event.modifiers():
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)


class PinnedPages(QWidget, Dressed):
    """Pages one below the other. ``wanted`` asks for a picture; `show_page` brings it."""

    wanted = Signal(int)
    page_reached = Signal(int)  # the page in sight, counted from 1
    row_pressed = Signal(str)  # the id of the entry whose row was pointed at
    stepped = Signal(int)
    asked = Signal()  # a question about the chosen row is wanted

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._leaves: list[Leaf] = []
        self._held: list[int] = []
        self._places: Mapping[str, Place] = {}
        self._at, self._wait_for = 0, 0
        self._sheet = Column(gap=tokens.S3)
        self._scroller = _Turner(name, self._sheet)
        self._scroller.stepped.connect(self.stepped)
        self._scroller.asked.connect(self.asked)
        bar = self._scroller.verticalScrollBar()
        bar.valueChanged.connect(self._look_where)
        bar.rangeChanged.connect(self._settle)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._scroller, 1)
        self._scroller.setMinimumHeight(1)
        self.setFocusProxy(self._scroller)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Every page is laid out in its own right; the gap scales itself."""
        del look
        QTimer.singleShot(0, self, self._look_where)

    def show_report(
        self, sizes: tuple[tuple[float, float], ...], places: Mapping[str, Place]
    ) -> None:
        """These pages from the first, none of them drawn yet."""
        self._sheet.empty()
        self._held, self._places = [], places
        self._leaves = [
            Leaf(number, len(sizes), size if all(size) else _A4)
            for number, size in enumerate(sizes, start=1)
        ]
        for leaf in self._leaves:
            leaf.wanted.connect(self._ask, Qt.ConnectionType.QueuedConnection)
            leaf.pressed.connect(self._press)
            self._sheet.add(leaf)
        self._sheet.add_room()
        self._at, self._wait_for = 0, 0
        self._scroller.verticalScrollBar().setValue(0)
        self._look_where()

    def show_page(self, number: int, picture: QImage) -> None:
        """The picture of a page came."""
        if not 1 <= number <= len(self._leaves):
            return
        self._leaves[number - 1].show_picture(picture)
        self._held = [held for held in self._held if held != number] + [number]
        for far in [held for held in self._held if abs(held - self._at) > 2]:
            if len(self._held) > _MOST_HELD:
                self._held.remove(far)
                self._leaves[far - 1].show_picture(None)

    def show_pins(self, pins: tuple[Pin, ...]) -> None:
        """Outline the rows of these entries; one that has no row on paper is passed over."""
        found = [(self._places[pin.entry], pin) for pin in pins if pin.entry in self._places]
        for leaf in self._leaves:
            leaf.show_outlines(tuple(each for each in found if each[0].page == leaf.number))

    def is_read(self) -> bool:
        """Whether the keyboard is on the pages."""
        return self._scroller.hasFocus()

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._leaves)

    def page(self) -> int:
        """The page in sight, counted from 1; 0 where there is none."""
        return self._at

    def go_to(self, page: int) -> None:
        """A page is scrolled to; one that is not laid out yet, as soon as it is."""
        if 1 <= page <= len(self._leaves):
            self._wait_for = page
            self._settle()

    def show_row(self, entry: str) -> None:
        """The row of an entry is brought into sight, where it stands on paper."""
        place = self._places.get(entry)
        if place is None:
            return
        leaf = self._leaves[place.page - 1]
        middle = leaf.top_of(place, self._sheet.width())
        around = self._scroller.viewport().height() // 3
        self._scroller.ensureVisible(0, self._tops()[place.page - 1] + middle, 0, around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another page may be in sight."""
        super().resizeEvent(event)
        self._look_where()

    # ------------------------------------------------ inside

    def _settle(self) -> None:
        """To the page that was asked for, once the pages stand where they belong."""
        bar = self._scroller.verticalScrollBar()
        if self._wait_for:
            top = self._tops()[self._wait_for - 1]
            bar.setValue(top)
            if bar.value() == min(top, bar.maximum()) and bar.maximum():
                self._wait_for = 0
        self._look_where()

    def _ask(self, number: int) -> None:
        if 1 <= number <= len(self._leaves) and not self._leaves[number - 1].has_picture:
            self.wanted.emit(number)

    def _press(self, number: int, at: QPointF) -> None:
        for entry, place in self._places.items():
            across = place.left <= at.x() <= place.right
            if place.page == number and across and place.top <= at.y() <= place.bottom:
                self.row_pressed.emit(entry)
                return

    def _tops(self) -> list[int]:
        gap, tops = theme.look().px(tokens.S3), [0]
        for leaf in self._leaves:
            tops.append(tops[-1] + leaf.heightForWidth(self._sheet.width()) + gap)
        return tops

    def _look_where(self) -> None:
        if not self._leaves:
            return
        bar = self._scroller.verticalScrollBar()
        middle = bar.value() + self._scroller.viewport().height() // 2
        at = sum(top <= middle for top in self._tops()[:-1]) or 1
        if at != self._at:
            self._at = at
            self.page_reached.emit(at)

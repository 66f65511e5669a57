"""How the list of visits is laid out: places, list and panel in three columns, two, or one."""

from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.screens.before_sheet import BeforeSheet
from ui.screens.day_lines import Place
from ui.screens.day_side import BeforeLeaving, LaptopCard, Places
from ui.screens.door_panel import DoorPanel
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.empty_state import EmptyState
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.visit_line import Line
from ui.widgets.visit_list import VisitList

PLACES: Final[dict[Place, tuple[str, str]]] = {
    "today": ("Today", "clipboard-list"),
    "finish": ("To finish", "pencil"),
    "all": ("All visits", "history"),
}
Empty = Literal["none", "done", "unfound"]


class DayPage(Scroller, Dressed):
    """The parts of the list of visits, and where each stands in the room there is."""

    def __init__(self, before: BeforeSheet) -> None:
        self.before = before
        self.places, self.laptop = Places(PLACES), LaptopCard()
        self.trouble = Trouble("What is wrong")
        self.custody = Trouble("What is open in the drug count")
        self.stock = Button("Drug count", sign="pill", key=key_of("waste"), kind=Kind.QUIET)
        self.protocol = Button(
            "Protocol", sign="file-text", key=key_of("protocol"), kind=Kind.QUIET
        )
        self.review = Button(
            "Review", sign="clipboard-check", key=key_of("review"), kind=Kind.QUIET
        )
        self.post = Button("Post", sign="usb", key=key_of("post"), kind=Kind.QUIET)
        self.check = Button(
            "Check a report", sign="shield-check", key=key_of("check"), kind=Kind.QUIET
        )
        self.certificates = Button(
            "Certificates", sign="key-round", key=key_of("certificates"), kind=Kind.QUIET
        )
        self._ways = Column(gap=tokens.S1)
        last = (self.check, self.certificates)
        for way in (self.stock, self.protocol, self.review, self.post, *last):
            way.set_left()
            way.set_inset(tokens.S3)
            self._ways.add(way)
        self.visits = VisitList("Visits")
        self.door, self.leaving = DoorPanel(), BeforeLeaving()
        self.heading = Heading("Visits today")
        self.new = Button("New visit", sign="plus", key=key_of("new-visit"), kind=Kind.QUIET)
        self.first = PrimaryButton("New visit", sign="plus", key=key_of("new-visit"))
        self.practise = Button("Practise", sign="clipboard-list", key=key_of("practice"))
        self._empty = {"none": self._none(), "done": _done(), "unfound": _unfound()}
        self._stack = QStackedWidget()
        self._page = QWidget()
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left = QWidget()
        self._left_line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._left)
        self._lay_parts()
        super().__init__("List of visits", self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.setProperty("bare", "true")
        self.visits.chosen.connect(self._show_chosen)
        self.dress(theme.look())

    def _none(self) -> EmptyState:
        empty = EmptyState(
            "clipboard-list",
            "No visit today on this laptop",
            explained="A visit is opened from the prescriber’s order, signed or read back by "
            "telephone.",
        )
        empty.add_way(self.first)
        empty.add_way(self.practise)
        return empty

    def _lay_parts(self) -> None:
        self.heading.set_right(self.new)
        card = Card("Visits", inset=tokens.S2)
        head = Column(inset=(tokens.S3, 0))  # in line with the words of the list
        head.add(self.heading)
        card.add(head)
        card.add(self._stack, stretch=1)
        self._stack.addWidget(self.visits)
        for empty in self._empty.values():
            self._stack.addWidget(empty)
        middle = QVBoxLayout()
        middle.addWidget(self.trouble)
        middle.addWidget(self.custody)
        middle.addWidget(card, 1)
        self._left_line.setContentsMargins(0, 0, 0, 0)
        self._left_line.addWidget(self.places, 0, Qt.AlignmentFlag.AlignTop)
        self._left_line.addWidget(self._ways, 1, Qt.AlignmentFlag.AlignTop)
        self._left_line.addWidget(self.laptop)
        self._body.addLayout(middle, 1)
        self._body.addWidget(self.door)
        self._body.addWidget(self.leaving)
        self._body.addWidget(self.before)
        self._outer.addWidget(self._left)
        self._outer.addLayout(self._body, 1)

    def show_lines(self, lines: tuple[Line, ...], *, otherwise: Empty) -> None:
        """Show these visits, or why there are none."""
        self.visits.show_lines(lines)
        self.new.setVisible(bool(lines) or otherwise != "none")  # else it stands in the middle
        self._stack.setCurrentWidget(self.visits if lines else self._empty[otherwise])

    @property
    def shows_visits(self) -> bool:
        """Whether there is any visit to choose."""
        return self._stack.currentWidget() is self.visits

    def lay_out(self) -> None:
        """Lay the columns out for the width there is."""
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Three columns; places, visits and ways below each other where it is narrower."""
        gutter = look.px(tokens.GUTTER)
        self._outer.setContentsMargins(gutter, gutter, gutter, gutter)
        for line in (self._outer, self._body, self._left_line):
            line.setSpacing(gutter)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        effective = self.width() / look.scale
        wide, narrow = effective >= tokens.WIDE, effective < tokens.MIDDLE
        self._outer.setDirection(across if wide else down)
        self._body.setDirection(down if narrow else across)
        self._left_line.setDirection(down if wide else across)
        keep_width(self._left, look.px(tokens.STEPS_WIDTH), fills=not wide)
        if wide:
            self._outer.insertWidget(0, self._left)
            self._left_line.insertWidget(0, self.places, 0, Qt.AlignmentFlag.AlignTop)
            self.places.stand()
        else:
            self._outer.insertWidget(0, self.places)
            self._outer.addWidget(self._left)
            self.places.lie()
        if narrow:
            self._outer.addWidget(self.laptop)
        else:
            self._left_line.addWidget(self.laptop)
        self.leaving.setMaximumWidth(self.width() if narrow else look.px(tokens.DOOR_WIDTH))
        self.before.set_fills(fills=narrow)
        if narrow:
            self.door.fill()
        else:
            self.door.keep_width()
        # in one column there is no end to scroll to but the page's own
        self.visits.setMinimumHeight(self.visits.height_of_all() if narrow else 0)

    def _show_chosen(self) -> None:
        """In one column the list does not scroll: the page brings the chosen visit into sight."""
        place = self.visits.visualRect(self.visits.currentIndex())
        top = self.visits.mapTo(self._page, place.topLeft())
        bottom = self.visits.mapTo(self._page, place.bottomLeft())
        for point in (bottom, top):
            self.ensureVisible(point.x(), point.y(), 0, theme.look().px(tokens.S2))

    def follow(self, now: QWidget | None) -> None:
        """What is in sight already moves nothing: the page keeps its head."""
        inside = self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            place = QRect(now.mapTo(self.viewport(), QPoint()), now.size())
            if self.viewport().rect().contains(place):
                return
        super().follow(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.dress(theme.look())


def _done() -> EmptyState:
    return EmptyState(
        "circle-check",
        "Nothing to finish",
        explained="Every visit of other days on this laptop is signed.",
    )


def _unfound() -> EmptyState:
    return EmptyState(
        "search",
        "No visit found",
        explained="Look for part of a name, a birth date or an MRN. Esc clears the search.",
    )

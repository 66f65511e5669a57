"""All keys, each with what it does; Esc goes back to where one was."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import ACTIONS, Action, key_of
from ui.desk import Desk
from ui.screens.base import Screen, Window
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import EvenGrid
from ui.widgets.key_list import KeyList
from ui.widgets.words import Words

_GOES: Final = ("phase-", "timeline", "log", "day", "turn")
_BY_F_KEY, _BY_LETTER = "Chart, by function key", "Chart, by letter"
_FORMS: Final = (
    ("Tab", "Next field"),
    ("Shift+Tab", "Field before"),
    ("Enter", "Go on; in the last field, record"),
    ("← → ↑ ↓", "Along a row of choices or a list"),
    ("Space", "Take the choice that has the ring"),
    ("1 2 3 …", "Take the choice with that number"),
)


def _group(action: Action) -> str:
    if action.where == "visit":
        if action.name.startswith(_GOES):
            return "Go to, in a visit"
        return _BY_F_KEY if "F" in action.key.rpartition("+")[2][:-1] else _BY_LETTER
    return {
        "any": "Anywhere",
        "unlocked": "Anywhere",
        "door": "Before the charts are open",
        "day": "List of visits",
        "new-visit": "On a new visit",
        "order": "In an order",
        "stock": "In the drug count",
        "review": "In the review",
        "check": "Checking a report",
        "certificates": "At the certificates",
        "post": "At the packages",
        "laptop": "On this laptop",
        "restore": "Backup and restore",
        "people": "At the people",
        "recovery": "With the recovery key",
        "practice": "In practice",
        "update": "At the update",
    }[action.where]


# Columns of groups, in the order in which they are read.
_COLUMNS: Final = (
    ("Anywhere", "In every form"),
    (_BY_F_KEY, "Go to, in a visit"),
    (_BY_LETTER,),
    (
        "List of visits",
        "In the drug count",
        "In the review",
        "On a new visit",
        "In an order",
        "Checking a report",
        "At the certificates",
        "At the packages",
        "On this laptop",
        "Backup and restore",
        "At the people",
        "With the recovery key",
        "Before the charts are open",
        "In practice",
        "At the update",
    ),
)

# The groups that belong to the screen one came from; they are read first.
_HERE: Final[dict[str, tuple[str, ...]]] = {
    "unlock": ("Before the charts are open", "With the recovery key"),
    "first-start": ("Before the charts are open", "Backup and restore"),
    "visit": (_BY_F_KEY, _BY_LETTER),
    "emergency": (_BY_F_KEY,),
    "day": ("List of visits",),
    "new-visit": ("On a new visit", "In an order"),
    "plan-visit": ("On a new visit", "In an order"),
    "stock": ("In the drug count",),
    "review": ("In the review",),
    "trends": ("In the review",),
    "check": ("Checking a report", "In the review"),
    "certificates": ("At the certificates",),
    "post": ("At the packages",),
    "laptop": ("On this laptop", "Backup and restore"),
    "restore": ("Backup and restore", "With the recovery key"),
    "people": ("At the people", "With the recovery key"),
    "recover": ("At the people", "With the recovery key"),
    "update": ("At the update",),
}

_TRIED: Final = (
    ("test-alert", "Show them, 5 s"),
    ("sound", "Sound on, off"),
)


class KeysScreen(Screen, Dressed):
    """The one key map of the window, as it is in `ui/actions.py`."""

    title = "All keys"
    keys = (("Esc", "back"),)

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        inside = QWidget()
        self._grid = EvenGrid(len(_COLUMNS))
        self._grid.wrap_words()
        inside.setLayout(self._grid)
        self._cards: dict[str, Card] = {}
        self._headings: dict[str, Heading] = {}
        self._columns: list[Column] = []
        for groups in _COLUMNS:
            column = Column(gap=tokens.GUTTER)
            self._columns.append(column)
            for group in groups:
                column.add(self._card(group))
            if groups == _COLUMNS[0]:
                column.add(self._signs())
            column.add_room()
            self._grid.add(column)
        self._scroller = Scroller("All keys", inside)
        self._line = QVBoxLayout(self)
        self._line.addWidget(self._scroller)
        self.setFocusProxy(self._scroller)
        self.dress(theme.look())

    def _signs(self) -> Card:
        """How an alert shows itself, tried out; nothing is charted by it."""
        card = Card("Signs of an alert")
        card.add(Heading("Signs of an alert"))
        for line in (
            "Edge, banner, status bar, taskbar;",
            "sound only until the next unlock",
        ):
            card.add(Words(line, size="small", tone="muted"))
        for act, words in _TRIED:
            button = Button(words, key=key_of(act))
            button.clicked.connect(lambda _on, act=act: self.asked.emit(act))
            card.add(button)
        return card

    def arrive(self) -> None:
        """The keys of where one came from are read first, and say so."""
        here = _HERE.get(self._window.came_from, ())
        for column, groups in zip(self._columns, _COLUMNS, strict=True):
            for group in reversed(groups):
                column.put_first(self._cards[group])
                self._cards[group].show()  # what changes its column is hidden by that
        for group in self._cards:
            self._headings[group].set_aside("you come from here" if group in here else "")
        for group in reversed(here):
            if group in _COLUMNS[-1]:  # the others stand at the head of a column already
                self._columns[0].put_first(self._cards[group])
                self._cards[group].show()

        self._scroller.verticalScrollBar().setValue(0)
        super().arrive()

    def _card(self, group: str) -> Card:
        keys = _FORMS if group == "In every form" else _keys_of(group)
        card = self._cards[group] = Card(group)
        heading = self._headings[group] = Heading(group)
        card.add(heading)
        card.add(KeyList(group, keys))
        return card

    def dress(self, look: Look) -> None:
        """Scale the gutters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        edge = look.px(tokens.S1)  # the ring of the scroller goes around the cards, not over them
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.set_gaps(gutter, gutter)

    def strip(self) -> tuple[str, str]:
        """What this is."""
        return (self.title, "A key means the same wherever it acts")

    def act(self, name: str) -> bool:
        """Back to where one was; F1 again does the same."""
        if name in ("back", "keys"):
            self._window.go_back()
            return True
        return False


def _keys_of(group: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key_of(action.name), action.words) for action in ACTIONS if _group(action) == group
    )

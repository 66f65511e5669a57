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
    ),
)

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
        for groups in _COLUMNS:
            column = Column(gap=tokens.GUTTER)
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

    @staticmethod
    def _card(group: str) -> Card:
        keys = _FORMS if group == "In every form" else _keys_of(group)
        card = Card(group)
        card.add(Heading(group))
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

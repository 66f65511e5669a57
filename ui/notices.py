"""Messages that do not interrupt: each stands until it is settled, and never twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.announcing import announce
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button

_MOST: Final = 2  # in full at a time
_ORDER: Final[tuple[Tone, ...]] = ("danger", "warn", "muted", "ok")


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what still works and what to do; ``act`` names the one button.

    ``also`` names a second one, where two ways lead on.
    """

    tone: Tone
    happened: str
    detail: str
    act: str = ""
    on_act: Callable[[], None] | None = None
    also: str = ""
    on_also: Callable[[], None] | None = None


class Notices(QObject):
    """The messages that stand now, one for each key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standing: dict[str, Message] = {}

    def say(self, key: str, message: Message) -> None:
        """Let a message stand; it takes the place of an earlier one of the same key."""
        if self._standing.get(key) != message:
            self._standing[key] = message
            self.changed.emit()

    def settle(self, key: str) -> None:
        """Take a message away; nothing happens if there is none of that key."""
        if self._standing.pop(key, None) is not None:
            self.changed.emit()

    def standing(self) -> tuple[tuple[str, Message], ...]:
        """Every message with its key: what needs an act first, then in the order they came."""
        return tuple(sorted(self._standing.items(), key=lambda item: _ORDER.index(item[1].tone)))


class NoticeColumn(QWidget, Dressed):
    """Shows the gravest messages as banners and counts the others, a button turns to those.

    It takes no room while there are none.
    """

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        say_name(self, "Notices")
        self._notices = notices
        self._shown: dict[str, tuple[Message, Banner]] = {}
        self._most, self._first = _MOST, 0
        self._more = Button("More notices", kind=Kind.QUIET)
        self._more.setParent(self)
        self._more.hide()
        self._more.clicked.connect(self._turn)
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        notices.changed.connect(self._from_the_gravest)
        self.dress(theme.look())
        self._show()

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._line.setSpacing(look.px(tokens.S2))

    def set_most(self, most: int) -> None:
        """How many stand in full at a time; a low window has room for one."""
        if most != self._most:
            self._most = most
            self._show()

    def _from_the_gravest(self) -> None:
        """Whatever changes, the gravest stands first again."""
        self._first = 0
        self._show()

    def _turn(self) -> None:
        """The next ones, and after the last the gravest again."""
        following = self._first + self._most
        self._first = following if following < len(self._notices.standing()) else 0
        self._show()
        if self._more.isVisibleTo(self):
            self._more.setFocus()

    def _show(self) -> None:
        standing = self._notices.standing()
        shown = dict(standing[self._first : self._first + self._most])
        for key, (message, banner) in list(self._shown.items()):
            if shown.get(key) != message:
                del self._shown[key]
                banner.give_back(self._more, self)
                self._line.removeWidget(banner)
                banner.hide()
                banner.deleteLater()
        new: list[Message] = []
        for place, (key, message) in enumerate(shown.items()):
            if key not in self._shown:
                self._shown[key] = (message, _banner(message))
                new.append(message)
            self._line.insertWidget(place, self._shown[key][1])
        self._count(len(standing) - len(shown), [*shown][-1:])
        self.setVisible(bool(standing))
        for message in new:
            announce(
                self, f"{message.happened}. {message.detail}", at_once=message.tone == "danger"
            )

    def _count(self, others: int, last: list[str]) -> None:
        """The button stands in the last banner that shows."""
        for _message, banner in self._shown.values():
            banner.give_back(self._more, self)
        if others and last:
            self._more.set_words(f"and {others} more")
            self._shown[last[0]][1].add_button(self._more)


def _banner(message: Message) -> Banner:
    banner = Banner(message.tone, message.happened, detail=message.detail, act=message.act)
    if message.on_act is not None:
        banner.pressed.connect(message.on_act)
    if message.on_also is not None:
        also = Button(message.also)
        also.clicked.connect(message.on_also)
        banner.add_button(also)
    return banner

"""Messages that do not interrupt: each stands until it is settled, and never twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.banner import Banner

_ORDER: Final[tuple[Tone, ...]] = ("danger", "warn", "muted", "ok")


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what still works and what to do; ``act`` names the one button."""

    tone: Tone
    happened: str
    detail: str
    act: str = ""
    on_act: Callable[[], None] | None = None


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
    """Shows the messages of ``notices`` as banners; takes no room while there are none."""

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self.setAccessibleName("Notices")
        self._notices = notices
        self._shown: dict[str, tuple[Message, Banner]] = {}
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        notices.changed.connect(self._show)
        self.dress(theme.look())
        self._show()

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._line.setSpacing(look.px(tokens.S2))

    def _show(self) -> None:
        standing = dict(self._notices.standing())
        for key, (message, banner) in list(self._shown.items()):
            if standing.get(key) != message:
                del self._shown[key]
                self._line.removeWidget(banner)
                banner.hide()
                banner.deleteLater()
        for place, (key, message) in enumerate(standing.items()):
            if key not in self._shown:
                self._shown[key] = (message, _banner(message))
            self._line.insertWidget(place, self._shown[key][1])
        self.setVisible(bool(standing))


def _banner(message: Message) -> Banner:
    banner = Banner(message.tone, message.happened, detail=message.detail, act=message.act)
    if message.on_act is not None:
        banner.pressed.connect(message.on_act)
    return banner

"""The search of the list of visits: a name, a birth date however it is typed, or an MRN."""

from datetime import date

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from ketachart.domain.typed_day import day_typed
from ui import theme, tokens
from ui.actions import key_of
from ui.widgets.text_field import TextField

_REST_MS = 180  # longer than between two letters of whoever types slowly


class Rest(QObject):
    """While somebody types no visit is read: only once the typing rests, or something is done."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.over)

    @property
    def is_awaited(self) -> bool:
        """Whether a letter was typed just now."""
        return self._timer.isActive()

    def begin(self) -> None:
        """A letter was typed."""
        self._timer.start()

    def end(self) -> None:
        """At once, where it is awaited."""
        if self._timer.isActive():
            self._timer.stop()
            self.over.emit()


class Search(TextField):
    """The search in the strip: as wide as a name needs, narrower where there is no room."""

    def __init__(self) -> None:
        words = "Search name, birth date or MRN"
        super().__init__(words, placeholder=f"{words}   {key_of('search')}")
        self.commit_on_enter()

    def sizeHint(self) -> QSize:
        return QSize(theme.look().px(tokens.SEARCH_WIDTH), super().sizeHint().height())


def as_kept(wanted: str) -> str:
    """A birth date as it is kept, however it was typed; anything else as it is."""
    read = day_typed(wanted)
    return read.isoformat() if isinstance(read, date) else wanted

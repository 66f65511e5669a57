"""The search of the list of visits: a name, a birth date however it is typed, or an MRN."""

from datetime import date

from PySide6.QtCore import QSize

from ketachart.domain.typed_day import day_typed
from ui import theme, tokens
from ui.actions import key_of
from ui.widgets.text_field import TextField


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

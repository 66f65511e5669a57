"""Keys one below the other, each beside what it does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.words import Words


class KeyList(QWidget, Dressed):
    """Key caps in a column of their own, words in the next."""

    def __init__(self, name: str, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        say_name(self, name)
        describe(self, ". ".join(f"{key}: {does}" for key, does in keys))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(keys):
            cap = Words(key, size="small", wraps=False)
            cap.setProperty("keycap", "true")
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Words(does), row, 1)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the distances."""
        self._grid.setHorizontalSpacing(look.px(tokens.S3))
        self._grid.setVerticalSpacing(look.px(tokens.S1))

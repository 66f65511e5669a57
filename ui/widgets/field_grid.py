"""Fields side by side in columns of one width; fewer columns where they would be too narrow."""

from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.flow import EvenGrid


class FieldGrid(QWidget, Dressed):
    """Tab goes along each row, as one would fill it in."""

    def __init__(self, *fields: QWidget, columns: int = 2) -> None:
        super().__init__()
        self._grid = EvenGrid(columns)
        self.setLayout(self._grid)
        for field in fields:
            self._grid.add(field)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.set_gaps(look.px(tokens.S4), look.px(tokens.S3))

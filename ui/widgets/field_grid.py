"""Fields side by side in columns of one width; fewer columns where they would be too narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.flow import EvenGrid


class FieldGrid(QWidget, Dressed):
    """Tab goes along each row, as one would fill it in."""

    def __init__(self, *fields: QWidget, columns: int = 2) -> None:
        super().__init__()
        self._most = columns
        self._grid = EvenGrid(columns)
        self._grid.wrap_words()
        self.setLayout(self._grid)
        for field in fields:
            self._grid.add(field)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps, and see how many columns are wide enough to be typed in."""
        gap = look.px(tokens.S4)
        self._grid.set_gaps(gap, look.px(tokens.S3))
        fitting = (self.width() + gap) // (look.px(tokens.FIELD_COLUMN) + gap)
        self._grid.set_columns(max(1, min(self._most, fitting)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again how many columns fit."""
        super().resizeEvent(event)
        self.dress(theme.look())

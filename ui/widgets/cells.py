"""A few rows of short words and figures, aligned to be read down: what was, what it becomes."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """One word or figure of a row; ``strong`` for the one that counts."""

    text: str
    tone: Tone = "muted"
    strong: bool = False


CellRow = tuple[Cell, ...]


class Cells(QWidget, Dressed):
    """Rows of cells: the first at the left, the others at the right edge of their columns.

    The column ``grows`` takes the room to spare, and its words wrap rather than being cut.
    """

    def __init__(self, name: str, *, grows: int = 0) -> None:
        super().__init__()
        say_name(self, name)
        self._rows: tuple[CellRow, ...] = ()
        self._grows, self._spreads = grows, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(grows, 1)
        self.dress(theme.look())

    def spread(self) -> None:
        """Share the room to spare among all columns, twice to the one that grows: a wide table."""
        self._spreads = True

    def show_rows(self, rows: tuple[CellRow, ...]) -> None:
        """Show these rows and no others."""
        if rows == self._rows:
            return
        self._rows = rows
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                self._grid.addWidget(self._words(cell, column), number, column)
        if self._spreads:
            for column in range(max(map(len, rows), default=0)):
                self._grid.setColumnStretch(column, 2 if column == self._grows else 1)
        describe(self, ". ".join(" ".join(cell.text for cell in row if cell.text) for row in rows))

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.setHorizontalSpacing(look.px(tokens.S3))
        self._grid.setVerticalSpacing(look.px(tokens.S1))

    def _words(self, cell: Cell, column: int) -> Words:
        made = Words(
            cell.text,
            size="label" if cell.strong else "small",
            tone=cell.tone,
            weight=tokens.SEMIBOLD if cell.strong else tokens.REGULAR,
            wraps=column == self._grows,
        )
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return made

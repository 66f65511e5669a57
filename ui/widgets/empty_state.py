"""What stands where there is nothing yet: why, and the way on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class EmptyState(QWidget, Dressed):
    """A sign, one line, one explaining line, the primary way on and one other, one fact.

    ``small`` is for a list that is a part of a page: it stands where its rows would.
    """

    def __init__(
        self, sign: str, line: str, *, explained: str, fact: str = "", small: bool = False
    ) -> None:
        super().__init__()
        self._fact, self._small = fact, small
        self._line = Words(size="label" if small else "h1", weight=tokens.SEMIBOLD)
        self._row_of: dict[QWidget, Row] = {}
        self._ways = QWidget()
        self._flow = Flow()
        self._ways.setLayout(self._flow)
        self._column = QVBoxLayout(self)
        self._explained = Words(size="small" if small else "body", tone="muted")
        self._column.addStretch(1)
        self._add(
            Mark(sign, colour="faint", size=tokens.ICON_LARGE if small else tokens.ICON_EMPTY)
        )
        self._add(self._line)
        self._add(self._explained)
        self._add(self._ways).hide()
        self._add(Words(fact, size="small", tone="muted")).setVisible(bool(fact))
        self._column.addStretch(2)
        self.tell(line, explained)
        self.dress(theme.look())

    def tell(self, line: str, explained: str) -> None:
        """Why there is nothing, where that can be for more than one reason."""
        self._line.setText(line)
        self._explained.setText(explained)
        for words in (self._line, self._explained):
            self._row_of[words].setVisible(bool(words.text()))
        say_name(self, line)
        describe(self, ". ".join(part for part in (explained, self._fact) if part))

    def add_way(self, button: Button) -> None:
        """Put a button among the ways on; the primary one first."""
        self._flow.add(button)
        self._row_of[self._ways].show()

    def dress(self, look: Look) -> None:
        """Scale gaps; a sentence stays narrow enough to be read."""
        self._column.setSpacing(look.px(tokens.S1 if self._small else tokens.S3))
        self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))
        self._flow.setContentsMargins(0, look.px(tokens.S2 if self._small else 0), 0, 0)
        self._explained.setMaximumWidth(look.px(tokens.READING_WIDTH))

    def _add(self, widget: QWidget) -> Row:
        row = self._row_of[widget] = Row()
        row.add_room()
        row.add(widget)
        row.add_room()
        if isinstance(widget, Words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(row)
        return row

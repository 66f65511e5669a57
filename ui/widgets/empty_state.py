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
    """A sign, one line, one explaining line, the primary way on and one other, one fact."""

    def __init__(self, sign: str, line: str, *, explained: str, fact: str = "") -> None:
        super().__init__()
        say_name(self, line)
        describe(self, ". ".join(part for part in (explained, fact) if part))
        self._ways = QWidget()
        self._flow = Flow()
        self._ways.setLayout(self._flow)
        self._column = QVBoxLayout(self)
        self._explained = Words(explained, tone="muted")
        self._column.addStretch(1)
        self._add(Mark(sign, colour="faint", size=tokens.ICON_EMPTY))
        self._add(Words(line, size="h1", weight=tokens.SEMIBOLD))
        self._add(self._explained)
        self._add(self._ways)
        self._add(Words(fact, size="small", tone="muted"))
        self._column.addStretch(2)
        self.dress(theme.look())

    def add_way(self, button: Button) -> None:
        """Put a button among the ways on; the primary one first."""
        self._flow.add(button)

    def dress(self, look: Look) -> None:
        """Scale gaps; a sentence stays narrow enough to be read."""
        self._column.setSpacing(look.px(tokens.S3))
        self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))
        self._explained.setMaximumWidth(look.px(tokens.READING_WIDTH))

    def _add(self, widget: QWidget) -> None:
        row = Row()
        row.add_room()
        row.add(widget)
        row.add_room()
        if isinstance(widget, Words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            widget.setHidden(not widget.text())
        self._column.addWidget(row)

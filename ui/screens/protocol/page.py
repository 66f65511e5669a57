"""How the protocol is laid out: sections, rows, and the draft; in three columns, or in one."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ketachart.domain.editing.tables import SECTIONS
from ui import theme, tokens
from ui.screens.protocol.side import DraftCard, History, RowCard
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.row_list import ListRow, RowList

HISTORY: Final = "history"


class ProtocolPage(QWidget, Dressed):
    """In a narrow window a sheet takes the place of the rows."""

    def __init__(self) -> None:
        super().__init__()
        places = (*SECTIONS.items(), (HISTORY, "Editions"))
        choices = tuple(
            Choice(code, words, key=str(number % 10))
            for number, (code, words) in enumerate(places, 1)
        )
        self.sections = Choices("Sections", choices, columns=1)
        self.sections.wrap_words()
        self.rows = RowList("Rows of the protocol")
        self.history = History()
        self.heading = Heading("")
        self.row, self.draft = RowCard(), DraftCard()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.history)
        self._card = Card("Rows", inset=tokens.S3)
        self._card.add(self.heading)
        self._card.add(self._stack, stretch=1)
        self._beside = Column(gap=tokens.GUTTER)
        self._beside.add(self.row)
        self._beside.add_room()
        self._beside.add(self.draft)
        self._side = Scroller("Draft and chosen row", self._beside)
        self._side.setProperty("bare", "true")
        self._left = Scroller("Sections", self.sections)
        self._left.setProperty("bare", "true")
        for scroller in (self._side, self._left):
            scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet: QWidget | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.addWidget(self._left)
        self._line.addWidget(self._card, 1)
        self._line.addWidget(self._side)
        self.dress(theme.look())

    def show_rows(self, title: str, aside: str, rows: tuple[ListRow, ...]) -> None:
        """The rows of a section."""
        self.heading.set_title(title)
        self.heading.set_aside(aside)
        self.rows.show_rows(rows)
        self._stack.setCurrentWidget(self.rows)

    def show_history(self) -> None:
        """Every edition."""
        self.heading.set_title("Editions")
        self.heading.set_aside("the newest first; none is ever removed")
        self.row.hide()
        self._stack.setCurrentWidget(self.history)

    def show_sheet(self, sheet: QWidget) -> None:
        """A sheet in place of what stands at the side."""
        self.close_sheet()
        self._sheet = sheet
        self._line.addWidget(sheet)
        self.dress(theme.look())
        sheet.show()  # at once, so that its first field can take the focus

    def close_sheet(self) -> None:
        """The sheet goes, and the side is seen again."""
        if self._sheet is not None:
            self._line.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Three columns; where it is narrower the side goes below, or the sheet takes over."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        narrow = self.width() / look.scale < tokens.MIDDLE
        sheet = self._sheet
        self._left.setFixedWidth(look.px(tokens.STEPS_WIDTH))
        self._left.setVisible(not (narrow and sheet is not None))
        self._card.setVisible(not (narrow and sheet is not None))
        self._side.setVisible(sheet is None and not narrow)
        self._side.setFixedWidth(look.px(tokens.ACTION_WIDTH))
        if sheet is not None:
            if narrow:
                sheet.setMaximumWidth(self.width())
            else:
                sheet.setFixedWidth(look.px(tokens.ACTION_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.dress(theme.look())

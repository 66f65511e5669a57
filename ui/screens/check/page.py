"""How a check is laid out: whom to trust at the left, the answer at the right, or in one column."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.screens.check.result import ResultCard
from ui.screens.check.side import Side
from ui.screens.supervision.intake import IntakeNote
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller, bring_into_sight
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from ketachart.charting.checking import Checked


class CheckPage(Scroller, Dressed):
    """Drop zone or answer; the files and the trust file beside it."""

    def __init__(self) -> None:
        self.side, self.note = Side(), IntakeNote()
        say_name(self.note, "Checking reports")
        self.result = ResultCard()
        self.first = PrimaryButton("Choose files", sign="file-text", key=key_of("primary"))
        self.folder = Button("Choose a folder", sign="folder", key=key_of("open-folder"))
        self._stack = QStackedWidget()
        self._empty = self._drop_zone()
        for each in (self._empty, self.result):
            self._stack.addWidget(each)
        self._page = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        main = Column(gap=tokens.GUTTER)
        main.add(self.note)
        main.add(self._stack, stretch=1)
        self._line.addWidget(self.side)
        self._line.addWidget(main, 1)
        super().__init__("Check a signed report", self._page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self.setProperty("bare", "true")
        self.side.files.list.opened.connect(lambda _key: bring_into_sight(self.result.answer))
        self.dress(theme.look())

    def _drop_zone(self) -> Card:
        card = Card("Drop reports here")
        empty = EmptyState(
            "shield-check",
            "Drop a signed report here",
            explained="One PDF, several, or a folder of them. Its signature is checked, the data "
            "inside it, and every number on its pages against that data.",
            fact="Nothing leaves this laptop, and nothing is kept.",
        )
        empty.add_way(self.first)
        empty.add_way(self.folder)
        card.add(empty)
        return card

    # ------------------------------------------------ what is shown

    @property
    def shows(self) -> Literal["drop", "answer"]:
        """What stands at the right."""
        return "answer" if self._stack.currentWidget() is self.result else "drop"

    def show_files(self, every: "tuple[Checked, ...]") -> None:
        """What came of these files; the first that is not good is in sight."""
        self.side.files.setVisible(len(every) > 1)
        if not every:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self.result)
        self.result.trouble.settle()
        if len(every) > 1:
            self.side.files.show_files(every)
            self.side.files.list.setFocus()
        else:
            self.result.show_result(every[0])
            self.result.again.setFocus()
        bring_into_sight(self.result.answer)

    # ------------------------------------------------ layout

    def dress(self, look: Look) -> None:
        """Two columns, or one where the window is narrow for its letters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        self._line.setSpacing(gutter)
        beside = self.width() / look.scale >= tokens.MIDDLE
        across, up = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.BottomToTop
        self._line.setDirection(across if beside else up)  # the answer comes first
        self.side.set_beside(beside=beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self.dress(theme.look())

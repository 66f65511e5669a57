"""What stands above chart or actions where there is no room at the left: sides, steps, emergency.

While a sheet is open in a low window, its name and the way back stand in place of the steps, so
that all the room below is for its fields.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Heading
from ui.widgets.flow import Flow


class VisitBar(QWidget, Dressed):
    """Begins with the two sides; ends with the emergency."""

    left = Signal()  # out of the sheet whose name stands here

    def __init__(self, sides: QWidget) -> None:
        super().__init__()
        self._sides = sides
        self._steps: QWidget | None = None
        self._emergency: QWidget | None = None
        self._heading = Heading("")
        close = Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        close.clicked.connect(self.left)
        self._heading.set_right(close)
        self._flow = Flow()
        self.setLayout(self._flow)
        self._flow.add(sides)
        self._flow.add(self._heading)
        self._heading.hide()
        self.dress(theme.look())

    def take(self, steps: QWidget, emergency: QWidget) -> None:
        """The steps and the way into an emergency stand here."""
        self._steps, self._emergency = steps, emergency
        self._flow.add(steps)
        self._flow.add(emergency)
        steps.setVisible(self._heading.isHidden())

    def show_heading(self, heading: Heading | None) -> None:
        """The name of the sheet that is open, in place of the steps; None shows the steps."""
        self._heading.setVisible(heading is not None)
        if self._steps is not None and self.isAncestorOf(self._steps):
            self._steps.setVisible(heading is None)
        if heading is not None:
            self._heading.set_title(heading.title)
            self._heading.set_aside(heading.aside)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name has what the others leave."""
        super().resizeEvent(event)
        self._fit()

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S2), look.px(tokens.S1))
        self._fit()

    def _fit(self) -> None:
        if self._emergency is None or self._heading.isHidden():
            return
        gaps = 2 * theme.look().px(tokens.S2)
        taken = self._sides.sizeHint().width() + self._emergency.sizeHint().width() + gaps
        least = self._heading.minimumSizeHint().width()
        self._heading.setFixedWidth(max(self.width() - taken, least))

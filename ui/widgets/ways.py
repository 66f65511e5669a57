"""Buttons side by side that start a new line before they are cut."""

from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.flow import Flow


class Ways(QWidget, Dressed):
    """What can be done, one button each."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self._flow = Flow()
        self.setLayout(self._flow)
        for button in buttons:
            self._flow.add(button)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))

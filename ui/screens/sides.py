"""Where the window is narrow, chart and actions take turns: two buttons that turn the page."""

from PySide6.QtCore import Signal

from ui import tokens
from ui.actions import key_of
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button

CHART, ACTIONS = "chart", "actions"


class Sides(Row):
    """Two buttons, of which the one that shows is down; `turned` says which was asked for."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._buttons = {
            CHART: Button("Chart"),
            ACTIONS: Button("Actions", key=key_of("turn")),
        }
        for side, button in self._buttons.items():
            button.setCheckable(True)
            button.set_compact()
            button.clicked.connect(lambda _on, side=side: self.turned.emit(side))
            self.add(button)
        self.add_room()

    def show_side(self, side: str) -> None:
        """Have the button of that side down."""
        for name, button in self._buttons.items():
            button.setChecked(name == side)

"""Where the window is narrow, queue, report and verdict take turns: three buttons."""

from typing import Final

from PySide6.QtCore import Signal

from ui import tokens
from ui.actions import key_of
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button

QUEUE, REPORT, VERDICT = "queue", "report", "verdict"
PLACES: Final = (QUEUE, REPORT, VERDICT)


class Turns(Row):
    """Three buttons, of which the one that shows is down; ``turned`` says which was asked for."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._buttons = {
            place: Button(words, key=key)
            for place, words, key in (
                (QUEUE, "Queue", ""),
                (REPORT, "Report", ""),
                (VERDICT, "Verdict", key_of("turn")),
            )
        }
        for place, button in self._buttons.items():
            button.setCheckable(True)
            button.set_compact()
            button.clicked.connect(lambda _on, place=place: self.turned.emit(place))
            self.add(button)
        self.add_room()

    def show_place(self, place: str) -> None:
        """Have the button of that place down."""
        for name, button in self._buttons.items():
            button.setChecked(name == place)

"""Qt's own names by their numbers, for what is made before the first paint.

Qt's names (`Qt.…`) are made all at once, with the first of them that is asked for, and take as long
as a sixth of a bare window's whole start. What stands on the unlock screen does without them;
`tests/ui/test_startup.py` holds each number here to its name.
"""

from typing import Final

from PySide6.QtWidgets import QLabel, QWidget

ALIGN_LEFT: Final = 0x0001
WRAP_WORDS: Final = 0x1000
PLAIN_TEXT: Final = 0
NO_FOCUS: Final = 0
SCHEMES: Final = (2, 1)  # what the system is told of our colours: dark, light


def show_plainly(label: QLabel) -> None:
    """What stands in it is never markup."""
    label.setProperty("textFormat", PLAIN_TEXT)


def take_no_focus(widget: QWidget) -> None:
    """Tab and a click pass it by."""
    widget.setProperty("focusPolicy", NO_FOCUS)

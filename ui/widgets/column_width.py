"""The width of a column beside something else: its own, or all there is when it stands alone."""

from typing import Final

from PySide6.QtWidgets import QWidget

_ANY_WIDTH: Final = (1 << 24) - 1  # QWIDGETSIZE_MAX, which the binding does not name


def keep_width(column: QWidget, pixels: int, *, fills: bool) -> None:
    """Holds the column to that many pixels; one that fills takes whatever it is given."""
    if fills:
        column.setMinimumWidth(0)
        column.setMaximumWidth(_ANY_WIDTH)
    else:
        column.setFixedWidth(pixels)

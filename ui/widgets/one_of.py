"""Buttons that exclude each other, as a screen reader is told: radio buttons of one group."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


class OneOf(QButtonGroup):
    """Leaves it to its owner which of them are down: what was taken can be given back.

    For buttons that are one stop for Tab: Qt lets only one of a group be one.
    """

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.setExclusive(False)

    def take(self, button: QAbstractButton) -> None:
        """One more of them; it can be down from now on."""
        button.setCheckable(True)
        self.addButton(button)
        button.setAutoExclusive(True)  # Qt calls it a radio button for this; the group decides

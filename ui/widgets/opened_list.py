"""A list that is read with the arrows and opened with Enter or a double click."""

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate

from ui import theme
from ui.language.saying import SaysAgain, say_name
from ui.theme import Dressed, Look
from ui.widgets.finger import scrolls_by_finger

_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OpenedList(QListView, Dressed, SaysAgain):
    """What is in a row is the subclass's: its key, and how it is measured and painted."""

    chosen = Signal(str)  # the key of a row, when another is chosen; empty when none is
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self.setProperty("ring", "line")  # the chosen row has the ring, not the whole list
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolls_by_finger(self)

    def take(self, model: QAbstractListModel, delegate: QStyledItemDelegate) -> None:
        """The rows and their painter, once both are made; the list is then ready."""
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.key_at(index.row())))
        self.dress(theme.look())

    def key_at(self, row: int) -> str:
        """The key of a row; empty where it cannot be chosen."""
        raise NotImplementedError

    def current_key(self) -> str:
        """The key of the chosen row, or nothing."""
        row = self.currentIndex().row()
        return self.key_at(row) if row >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose a row and bring it into sight; nothing happens if it is not shown."""
        model = self.model()
        for row in range(model.rowCount()):
            if key and self.key_at(row) == key:
                self.setCurrentIndex(model.index(row, 0))

    def dress(self, look: Look) -> None:
        """Measure every row again."""
        del look  # asked for at every measure
        self.scheduleDelayedItemsLayout()

    def say_again(self) -> None:
        """Measure every row again: another language is longer."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words wrap in the new width; the chosen row stays in sight."""
        super().resizeEvent(event)
        self.doItemsLayout()
        self.bring_into_sight()

    def bring_into_sight(self) -> None:
        """No further down than the chosen row needs."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in _OPENS and not event.modifiers():
            if self.current_key():
                self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)

    def _tell(self, now: QModelIndex) -> None:
        self.chosen.emit(self.key_at(now.row()) if now.isValid() else "")

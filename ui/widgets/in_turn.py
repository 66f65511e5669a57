"""Several parts in one place, of which one is seen."""

from PySide6.QtWidgets import QWidget

from ui.widgets.boxes import Column


class InTurn(Column):
    """Like Qt's stack of pages, but a part that is out of sight asks for no room."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._shown = parts[0]
        for part in parts:
            self.add(part, stretch=1)
            part.setVisible(part is self._shown)

    def currentWidget(self) -> QWidget:
        """The part that is seen."""
        return self._shown

    def setCurrentWidget(self, part: QWidget) -> None:
        """See this part, and none of the others."""
        if part is not self._shown:
            before, self._shown = self._shown, part
            part.show()
            before.hide()

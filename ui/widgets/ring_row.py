"""A row of a list that is one stop for Tab: the arrows go from row to row, a ring shows which."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.language.saying import say_name


class RingRow(QWidget):
    """What its other keys do is the row's own business."""

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from row to row."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised ground and a ring round the row that has the keyboard."""
        if not self.hasFocus():
            return
        look = theme.look()
        thick = look.px(tokens.RING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("focus"), thick))
        painter.setBrush(look.colour("raised"))
        inset = thick / 2
        radius = look.px(tokens.RADIUS)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()
        event.accept()

"""A window with nothing in it, frozen as KetaChart is: what its size and start are held against."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Says when it has been painted, and closes where it was asked to."""

    def paintEvent(self, event: object) -> None:
        """Painted: the moment that is measured."""
        del event
        if "--once" in sys.argv:
            QTimer.singleShot(0, QApplication.quit)


app = QApplication([*sys.argv[:1], "-style", "Fusion"])
window = Bare()
window.showMaximized()
sys.exit(app.exec())

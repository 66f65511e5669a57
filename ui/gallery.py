"""Every widget in every state, live or as a picture: ``python -m ui.gallery [theme] [scale]``."""

import sys
from pathlib import Path
from typing import cast

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.gallery_fields import buttons, choices, fields, vitals
from ui.gallery_parts import countdowns, facts, phases, practice_strip, status, strip, verdicts
from ui.gallery_record import emptiness, entries, pages, screening, signatures
from ui.language.saying import say_name
from ui.notices import Message, NoticeColumn, Notices
from ui.theme import Dressed, Look
from ui.tokens import ThemeName
from ui.widgets.boxes import Column, Scroller

WIDTH = 1366  # the smallest laptop the window is drawn for
# left column, middle column, right column; where fewer fit, they follow one another
_COLUMNS = (
    (buttons, choices, countdowns, signatures),
    (vitals, verdicts, facts),
    (fields, phases, pages),
)


class Gallery(QWidget, Dressed):
    """The strips, two notices, all cards in as many columns as the width holds, the status bar."""

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Gallery")
        self._notices = Notices()
        self._notices.say(
            "backup",
            Message(
                "danger",
                "The backup at 12:31 did not finish: the disk is almost full",
                "Charting goes on and nothing is lost. Plug in the blue stick to copy signed "
                "visits out, then back up again.",
                "Show what to do",
            ),
        )
        self._notices.say(
            "draft",
            Message(
                "warn",
                "A draft came back after the laptop slept at 11:20",
                "Every saved row is there; one note being typed is marked for you to read again.",
                "See the field",
            ),
        )
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.addWidget(NoticeColumn(self._notices))
        across = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, across)
        self._across.setContentsMargins(0, 0, 0, 0)
        for makers in _COLUMNS:
            column = Column(gap=tokens.S3)
            for make in makers:
                column.add(make())
            column.add_room()
            self._across.addWidget(column, 1)
        self._body.addWidget(across)
        for make in (screening, entries, emptiness):
            self._body.addWidget(make())
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        for part in (strip(), practice_strip(), inside):
            self._line.addWidget(part)
        self._line.addStretch(1)
        self._line.addWidget(status())
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gutters and choose again whether the columns stand side by side."""
        gutter = look.px(tokens.GUTTER)
        self._body.setContentsMargins(gutter, gutter, gutter, gutter)
        self._body.setSpacing(gutter)
        self._across.setSpacing(gutter)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where it is narrow."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() >= theme.look().scale * tokens.WIDE
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def picture(look: Look, *, width: int = WIDTH) -> QImage:
    """The whole gallery painted at a width, as high as it needs to be; nothing has the focus."""
    gallery = Gallery()
    theme.clothe(gallery)
    gallery.resize(width, width)
    gallery.show()
    QApplication.processEvents()
    gallery.resize(width, gallery.heightForWidth(width))
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    image = QImage(gallery.size(), QImage.Format.Format_RGB32)
    image.fill(look.colour("bg"))
    gallery.render(image)
    gallery.close()
    gallery.deleteLater()
    return image


def render(path: Path, name: ThemeName, scale: float) -> None:
    """Paint the gallery in a theme at a text size to a PNG file."""
    app = QApplication.instance() or QApplication([])
    look = theme.apply(cast("QApplication", app), name, scale)
    picture(look).save(str(path))


def main(arguments: list[str]) -> int:
    """Show the gallery in a window until it is closed."""
    app = QApplication(arguments[:1])
    name = cast("ThemeName", arguments[1] if len(arguments) > 1 else "dim")
    theme.apply(app, name, float(arguments[2]) if len(arguments) > 2 else 1.0)
    window = QMainWindow()
    window.setWindowTitle("KetaChart gallery")
    window.setCentralWidget(Scroller("Gallery", Gallery()))
    theme.clothe(window)
    window.resize(WIDTH, WIDTH * 9 // 16)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv))

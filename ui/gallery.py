"""Every widget in every state, live or as a picture: ``python -m ui.gallery [theme] [scale]``."""

import sys
from pathlib import Path
from typing import cast, get_args

from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.gallery_fields import buttons, choices, fields, vitals
from ui.gallery_kit import asked, booklet, lists, read, said, touch
from ui.gallery_parts import (
    countdowns,
    facts,
    phases,
    practice_strip,
    side_by_side,
    status,
    strip,
    verdicts,
)
from ui.gallery_record import emptiness, entries, pages, screening, signatures
from ui.gallery_states import states_of_buttons, states_of_choices, states_of_fields
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


def _at_the_top(made: QWidget) -> Column:
    """As high as it needs to be, however high its neighbour is."""
    column = Column()
    column.add(made)
    column.add_room()
    return column


class Rest(Column):
    """Every state of what is pressed and typed into, and the rest of the kit."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S4, inset=tokens.GUTTER)
        say_name(self, "The rest of the gallery")
        for make in (states_of_buttons, states_of_fields, states_of_choices):
            self.add(make())
        for pair in ((lists, said), (asked, read)):
            self.add(side_by_side(*(_at_the_top(make()) for make in pair)))
        for make in (booklet, touch):
            self.add(make())
        self.add_room()


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


def _listen(app: QApplication, window: QMainWindow) -> None:
    """The keys of the window itself: another light, larger and smaller letters."""
    names, scales = get_args(ThemeName), tokens.SCALES

    def turn() -> None:
        at = names.index(theme.look().name)
        theme.apply(app, names[(at + 1) % len(names)], theme.look().scale)

    def scale(step: int) -> None:
        at = scales.index(theme.look().scale) + step
        if 0 <= at < len(scales):
            theme.apply(app, theme.look().name, scales[at])

    acts = {"theme": turn, "larger": lambda: scale(1), "smaller": lambda: scale(-1)}
    for name, act in acts.items():
        QShortcut(QKeySequence(key_of(name)), window).activated.connect(act)


def main(arguments: list[str]) -> int:
    """Show the gallery in a window until it is closed."""
    app = QApplication(arguments[:1])
    name = cast("ThemeName", arguments[1] if len(arguments) > 1 else "dim")
    theme.apply(app, name, float(arguments[2]) if len(arguments) > 2 else 1.0)
    window = QMainWindow()
    window.setWindowTitle("KetaChart gallery")
    both = Column()
    both.add(Gallery())
    both.add(Rest())
    window.setCentralWidget(Scroller("Gallery", both))
    theme.clothe(window)
    _listen(app, window)
    window.resize(WIDTH, WIDTH * 9 // 16)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv))

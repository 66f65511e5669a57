"""One point of a list: a sign, what it is, what is known of it, when, and what can be done."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class PointRow(QWidget, Dressed):
    """Asks for the width of a column, so that two stand side by side; its words wrap."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._sign = Mark("circle")
        self._title = Words(title)
        self._note = Words(size="small", tone="muted")
        self._aside = Words(size="small", tone="muted", wraps=False)
        words = Column(gap=0)
        words.add(self._title)
        words.add(self._note)
        left = Row(gap=tokens.S2)
        left.add_level(self._sign)
        left.add(words, stretch=1)
        self._right = Row(gap=tokens.S2)
        self._right.add(self._aside)
        self._inside = QWidget()
        self._ends = Ends()
        self._inside.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(self._right)
        self._line = QVBoxLayout(self)
        self._line.addStretch(1)  # in a row of a grid, the shorter stands in the middle
        self._line.addWidget(self._inside)
        self._line.addStretch(1)
        self.dress(theme.look())

    def add_button(self, button: Button) -> None:
        """Put a button at the right end."""
        self._right.add(button)

    def show_point(
        self, title: str, *, note: str, aside: str = "", sign: str, tone: Tone = "muted"
    ) -> None:
        """Show how it stands; ``tone`` colours the sign, and the words must say the same."""
        say_name(self, title)
        describe(self, ". ".join(part for part in (note, aside) if part))
        self._sign.set_sign(sign, colour=tone)
        for part, text in ((self._title, title), (self._note, note), (self._aside, aside)):
            part.setText(text)
            part.setVisible(bool(text))
        self._note.set_tone("warn" if tone == "warn" else "muted")

    def dress(self, look: Look) -> None:
        """Scale; the words keep room to be read before the buttons go beneath."""
        self._line.setSpacing(0)
        self._line.setContentsMargins(0, look.px(tokens.S1) // 2, 0, look.px(tokens.S1) // 2)
        self._ends.set_gaps(look.px(tokens.S2), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.POINT_ROOM))

    def sizeHint(self) -> QSize:
        """As wide as a column of a list."""
        width = theme.look().px(tokens.POINT_WIDTH)
        return QSize(width, self.heightForWidth(width))

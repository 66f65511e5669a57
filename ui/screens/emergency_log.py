"""What happened in this emergency, the newest first, each with the time that had passed by then."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ketachart.domain.emergency import Happened, clock_length
from ketachart.domain.wording import clock_with_seconds
from ui import theme, tokens
from ui.actions import key_of
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.words import Words


class _Rows(QWidget, Dressed):
    """Time, time passed, words."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self._shown: tuple[Happened, ...] = ()
        self.dress(theme.look())

    def show_rows(self, rows: tuple[Happened, ...]) -> None:
        """These and no others."""
        if rows == self._shown:
            return
        self._shown = rows
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for number, row in enumerate(rows):
            time = clock_with_seconds(row.at)
            passed = f"+{clock_length(row.after)}" if row.after > timedelta() else ""
            for column, text in enumerate((time, passed)):
                words = Words(text, size="small", tone="muted", wraps=False)
                self._grid.addWidget(words, number, column, top)
            # the newest stands out; the rest is quieter, and the room stays dim
            newest = Words(row.text, size="small", tone="muted" if number else "text")
            self._grid.addWidget(newest, number, 2)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.setHorizontalSpacing(look.px(tokens.S3))
        self._grid.setVerticalSpacing(look.px(tokens.S2))


class HappenedCard(Card):
    """The list, and the button that takes the last step back."""

    undo_wanted = Signal()
    crew_wanted = Signal()  # the page for the ambulance crew

    def __init__(self) -> None:
        super().__init__("What happened", inset=tokens.S3)
        heading = Heading("What happened")
        self.undo = Button("Undo the last step", words="Undo", sign="undo-2", kind=Kind.QUIET)
        self.undo.set_key(key_of("undo"))
        self.undo.set_compact()
        self.undo.clicked.connect(self.undo_wanted)
        heading.set_right(self.undo)
        self._rows = _Rows()
        body = Column()
        body.add(self._rows)
        body.add_room()
        self.add(heading)
        self.add(Scroller("What happened", body), stretch=1)
        self.crew = Button("Make the EMS sheet…", sign="file-text", key="E", kind=Kind.QUIET)
        self.crew.set_compact()
        self.crew.clicked.connect(self.crew_wanted)
        self.add(self.crew)

    def show_happened(self, rows: tuple[Happened, ...]) -> None:
        """The list as it stands."""
        self._rows.show_rows(rows)

"""Asks the nurse about one row of a report, or about the whole visit; nothing typed is lost."""

from PySide6.QtCore import Signal

from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_WHOLE = "About the whole visit. Choose a row on the page or among the entries to pin it there."


class QuestionSheet(Card):
    """``asked`` carries entry, row and question; it clears only once that is on the disk."""

    asked = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("Ask the nurse", inset=tokens.S3)
        self.as_sheet()
        self._entry = self._row = ""
        self._heading = Heading("Ask the nurse")
        self._about = Words(size="label")
        self.words = NoteField(
            "Question", label="Question", placeholder="What is to be explained?", lines=4
        )
        self.whole = Button("About the whole visit", key=key_of("whole-visit"), kind=Kind.QUIET)
        self._trouble = Trouble("Why it is not asked")
        self.primary = PrimaryButton("Ask", key=key_of("primary"))
        self._close = Button("Back", key="Esc", kind=Kind.QUIET)
        self._close.set_compact()
        self._heading.set_right(self._close)
        body = Column(gap=tokens.S2)
        for part in (self._about, self.whole, self.words, self._trouble):
            body.add(part)
        body.add_room()
        body.add(self.primary)  # with the words: a low window has no room for it beside them
        self.add(self._heading)
        self.add(Scroller("Ask the nurse", body), stretch=1)
        self._close.clicked.connect(self.left)
        self.whole.clicked.connect(lambda: self.about("", ""))
        self.words.typed.connect(lambda _text: self._renew())
        self.primary.clicked.connect(self._ask)
        self.primary.refused.connect(lambda _why: self.begin())
        self.about("", "")

    def about(self, entry: str, row: str) -> None:
        """Pins it to a row; an empty entry is the whole visit. What was typed stays."""
        self._entry, self._row = entry, row
        self._about.setText(f"About: {row}" if row else _WHOLE)
        self.whole.setVisible(bool(row))

    def draft(self) -> tuple[str, str, str]:
        """What is pinned and typed: entry, row, words."""
        return self._entry, self._row, self.words.text()

    def take_up(self, entry: str, row: str, words: str) -> None:
        """Another report's sheet, as it was left."""
        self._trouble.settle()
        self.words.set_text(words)
        self.about(entry, row)

    def begin(self) -> None:
        """To the question."""
        self.words.setFocus()

    def settle(self) -> None:
        """It is on the disk."""
        self.words.clear()
        self._trouble.settle()
        self.about("", "")

    def refuse(self, error: KetaChartError) -> None:
        """It was not asked; the sentence says why."""
        self._trouble.say("It was not asked", str(error), tone="warn")

    def _ask(self) -> None:
        self._trouble.settle()
        self.asked.emit(self._entry, self._row, self.words.text().strip())

    def _renew(self) -> None:
        if self.words.text().strip():
            self.primary.set_words("Ask")
            self.primary.reopen()
        else:
            self.primary.set_words("Write the question")
            self.primary.close_because("")

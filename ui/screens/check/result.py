"""The answer about one report: the word and the sentence first, everything behind it below."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.actions import key_of
from ui.language.saying import describe, description_of
from ui.screens.check.words import OUTCOMES, facts_of
from ui.theme import Look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import Flow
from ui.widgets.key_value import FactColumns
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.checking import Checked


class Answer(Notice):
    """A large sign, a word, and one sentence; the same in colour."""

    def __init__(self) -> None:
        super().__init__("What the check found", tone="muted", inset=(tokens.S4, tokens.S3))
        self._sign = Mark("shield-check", size=tokens.ICON_EMPTY)
        self._word = Words(size="h1", weight=tokens.SEMIBOLD)
        self._sentence = Words()
        words = Column(gap=tokens.S1)
        words.add(self._word)
        words.add(self._sentence)
        row = Row(gap=tokens.S4)
        row.add_level(self._sign)
        row.add(words, stretch=1)
        self.add(row)

    def show_outcome(self, one: "Checked") -> None:
        """One file's."""
        word, tone, sign = OUTCOMES[one.outcome]
        self.set_tone(tone)
        self._sign.set_sign(sign, colour=tone)
        self._word.setText(word)
        self._word.set_tone(tone)
        self._sentence.setText(one.sentence)
        describe(self, f"{word}. {one.sentence}")

    def said(self) -> str:
        """The word and the sentence."""
        return description_of(self)


class ResultCard(Card):
    """One file's answer, its details, and what can be done with them."""

    def __init__(self) -> None:
        self._flow = Flow()
        super().__init__("What the check found", inset=tokens.S4, gap=tokens.S3)
        self.heading = Heading("Checked")
        self.answer = Answer()
        self._details = Column()
        self.trouble = Trouble("What became of the details")
        self.again = PrimaryButton("Check another report", key=key_of("primary"))
        self.copy = Button("Copy the details", sign="clipboard-list", key=key_of("copy-check"))
        self.save = Button("Save as data (JSON)", sign="file-text", key=key_of("save-check"))
        ways = QWidget()
        ways.setLayout(self._flow)
        for way in (self.again, self.copy, self.save):
            self._flow.add(way)
        for part in (self.heading, self.answer, ways, self.trouble, self._details):
            self.add(part)
        self.add_room()

    def dress(self, look: Look) -> None:
        """Scale the gaps between the buttons."""
        super().dress(look)
        self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S2))

    def show_result(self, one: "Checked") -> None:
        """One file's."""
        self.heading.set_title(one.path.name)
        self.answer.show_outcome(one)
        self._details.empty()
        self._details.add(FactColumns("Details", facts_of(one)))

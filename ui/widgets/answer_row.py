"""One question of the screening with its three answers: clear, ask the prescriber, stop."""

from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language import labelled
from ui.language.saying import SaysAgain, describe
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.measure import line_width
from ui.widgets.notice import Notice
from ui.widgets.one_of import OneOf
from ui.widgets.ring_row import RingRow
from ui.widgets.words import Words


class Answer(Enum):
    """What was answered; *ask* means that the prescriber decides."""

    CLEAR = "Clear"
    ASK = "Ask"
    STOP = "Stop"


TONES: Final[dict[Answer, Tone]] = {
    Answer.CLEAR: "ok",
    Answer.ASK: "warn",
    Answer.STOP: "danger",
}
SIGNS: Final = {Answer.CLEAR: "check", Answer.ASK: "phone", Answer.STOP: "octagon-alert"}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS: Final = {"1": Answer.CLEAR, "2": Answer.ASK, "3": Answer.STOP}


def _width_of_each(look: Look) -> int:
    """The width that holds the longest of the three words with its sign."""
    each = (
        line_width(labelled(a.value), "body", weight=tokens.SEMIBOLD, look=look) for a in Answer
    )
    around = look.px(tokens.ICON_SMALL) + look.px(tokens.S1) + 2 * look.px(tokens.S2)
    return max(look.px(tokens.ANSWER_WIDTH), max(each) + around)


class _Row(RingRow, Dressed, SaysAgain):
    """A question with a note beneath at the left; its source and what answers it at the right."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a row that nobody opens is no stop for Tab
        self._question = question
        self._note = Words(size="small", tone="muted")
        words = Column(gap=0)
        words.add(Words(question))
        words.add(self._note)
        self._source = Words(size="small", tone="muted")
        self._source.hide()
        self._right = Row(gap=tokens.S3)
        self._right.add(self._source)
        self._inside = QWidget()
        self._ends = Ends(left_room=0)
        self._inside.setLayout(self._ends)
        self._ends.add(words)
        self._ends.add(self._right)
        self._line = QVBoxLayout(self)
        self._line.addWidget(self._inside)

    def set_note(self, note: str, *, tone: Tone = "muted") -> None:
        """What was said or read, in one line under the question."""
        self._note.setText(note)
        self._note.set_tone(tone)
        self._note.setVisible(bool(note))
        self._speak()

    def set_source(self, source: str) -> None:
        """Where the question comes from; shown on a wide screen, in a column of its own."""
        self._source.setText(source)

    def show_source(self) -> None:
        """There is room for the source."""
        self._source.show()

    def hide_source(self) -> None:
        """There is no room for the source."""
        self._source.hide()

    def dress(self, look: Look) -> None:
        """Scale the insets; the question keeps room to be read."""
        self._line.setContentsMargins(*(look.px(n) for n in (tokens.S3, tokens.S1) * 2))
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))
        self._right.dress(look)
        self._source.setFixedWidth(look.px(tokens.SOURCE_COLUMN))

    def say_again(self) -> None:
        """As wide as the three words are in the language that is spoken now."""
        self.dress(theme.look())

    def _speak(self) -> None:
        raise NotImplementedError


class AnswerRow(_Row):
    """Asked by the nurse: keys 1, 2, 3 answer and go on to the next row, N asks for a note."""

    answered = Signal(object)  # Answer
    note_wanted = Signal()

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self._answer: Answer | None = None
        self._buttons: dict[Answer, Button] = {}
        buttons = Row(gap=tokens.S1)
        group = OneOf(self)
        for answer in Answer:
            button = Button(f"{answer.value}: {question}", words=answer.value)
            group.take(button)
            button.set_compact()
            button.set_tone(TONES[answer])
            # the row is one stop for Tab; its keys are 1, 2 and 3
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on, answer=answer: self._take(answer))
            buttons.add(button)
            self._buttons[answer] = button
        self._right.add(buttons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_note("")
        self.dress(theme.look())

    def answer(self) -> Answer | None:
        """What was answered; None while it was not asked."""
        return self._answer

    def set_answer(self, answer: Answer | None) -> None:
        """Show an answer, or that there is none."""
        self._answer = answer
        for kind, button in self._buttons.items():
            button.setChecked(kind is answer)
            button.set_sign(SIGNS[kind] if kind is answer else "")
        self._speak()

    def dress(self, look: Look) -> None:
        """Keep the three answers equally wide, chosen or not."""
        super().dress(look)
        for button in self._buttons.values():
            button.setFixedWidth(_width_of_each(look))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 clear, 2 ask, 3 stop; N a note; the arrows go from row to row."""
        answer = _KEYS.get(event.text())
        if answer is not None:
            self._take(answer)
            if self.hasFocus():  # whoever heard the answer may have asked for a note
                self.go_on()
        elif event.key() == Qt.Key.Key_N:
            self.note_wanted.emit()
        elif event.key() in _ENTER:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """To the next row; one that the chart has answered by itself is passed over."""
        self.focusNextChild()
        there = self.window().focusWidget()
        while isinstance(there, ComputedRow) and there.is_answered():
            there.focusNextChild()
            there = self.window().focusWidget()

    def _take(self, answer: Answer) -> None:
        self.set_answer(answer)
        self.answered.emit(answer)

    def _speak(self) -> None:
        said = self._answer.value if self._answer is not None else "Not asked yet"
        describe(self, ". ".join(s for s in (said, self._note.text()) if s))


class ComputedRow(_Row):
    """Answered from what the chart knows: one wide result; Enter may open what it rests on."""

    opened = Signal()

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self._opens, self._answered = False, False
        self._result = Notice(question, tone="muted", inset=(tokens.S3, tokens.S1))
        self._sign = Mark("", size=tokens.ICON_SMALL)
        self._word = Words(weight=tokens.SEMIBOLD)
        self._why = Words(size="small", tone="muted")
        line = Row(gap=tokens.S2)
        line.add_level(self._sign)
        line.add(self._word)
        line.add_room()
        line.add(self._why)
        self._result.add(line)
        self._right.add(self._result)
        self.set_note("")
        self.set_answer(None)
        self.dress(theme.look())

    def set_answer(self, answer: Answer | None, *, why: str = "computed") -> None:
        """Show the result and where it comes from; None while the chart does not know yet."""
        self._answered = answer is not None
        tone: Tone = "muted" if answer is None else TONES[answer]
        self._result.set_tone(tone)
        self._sign.set_sign("clock" if answer is None else SIGNS[answer], colour=tone)
        self._word.setText("Waits" if answer is None else answer.value)
        self._word.set_tone(tone)
        self._why.setText(why)
        self._speak()

    def is_answered(self) -> bool:
        """Whether the chart knows the answer."""
        return self._answered

    def let_open(self) -> None:
        """Make it a stop for Tab that Enter, Space or a press opens."""
        self._opens = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open what it rests on; the arrows go from row to row."""
        if self._opens and event.key() in {*_ENTER, Qt.Key.Key_Space}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens what it rests on."""
        super().mouseReleaseEvent(event)
        if self._opens and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def dress(self, look: Look) -> None:
        """As wide and as high as the three buttons of the other rows."""
        super().dress(look)
        count = len(Answer)
        wide = count * _width_of_each(look) + (count - 1) * look.px(tokens.S1)
        self._result.setMinimumSize(wide, look.px(tokens.TARGET))

    def _speak(self) -> None:
        said = (self._word.text(), self._why.text(), self._note.text())
        describe(self, ". ".join(part for part in said if part))

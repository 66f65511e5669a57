"""The questions of one report: where each is pinned, how it stands, and what was answered."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ketachart.domain.post.threads import Thread
from ketachart.domain.wording import day_and_clock
from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Ends
from ui.widgets.words import Words


def state_words(question: Thread) -> tuple[str, Tone]:
    """How a question stands, in words and in a tone."""
    if question.state == "taken back":
        return "taken back", "muted"
    if question.state == "asked":
        return "goes with the review", "warn"
    return f"answered in version {question.answered_in}", "ok"


def heading_words(questions: tuple[Thread, ...]) -> str:
    """How many there are, and how many still wait for an answer."""
    open_ones = sum(question.open for question in questions)
    if not questions:
        return "none yet"
    return f"{open_ones} open" if open_ones else str(len(questions))


class _Head(QWidget, Dressed):
    """The pin and the state at the two ends of a line, or one below the other."""

    def __init__(self, label: str, state: str, tone: Tone) -> None:
        super().__init__()
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(Words(label, size="label", weight=tokens.SEMIBOLD, tone="accent_text"))
        self._ends.add(Words(state, size="small", tone=tone))
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._ends.set_gaps(look.px(tokens.S2), 0)


class QuestionRow(Card):
    """One question; its buttons go to the row on paper, or take the question back."""

    def __init__(
        self,
        label: str,
        question: Thread,
        *,
        show: Callable[[str], None],
        take_back: Callable[[str], None] | None,
    ) -> None:
        super().__init__(f"{label}: {question.words}", gap=tokens.S1)
        self.as_inset()
        state, tone = state_words(question)
        self.add(_Head(label, state, tone))
        if question.row:
            self.add(Words(question.row, size="small", tone="muted"))
        words = Words(question.words, size="label")
        if question.state == "taken back":
            words.set_struck()
        self.add(words)
        for answer in question.answers:
            self.add(Words(f"Answer: {answer}", size="label", tone="ok"))
        self._add_buttons(label, question, show, take_back)
        describe(self, f"{state}. {question.row}")

    def _add_buttons(
        self,
        label: str,
        question: Thread,
        show: Callable[[str], None],
        take_back: Callable[[str], None] | None,
    ) -> None:
        by = f"{question.by}, {day_and_clock(question.asked_at)}"
        self.add(Words(by, size="small", tone="muted"))
        row = Row(gap=tokens.S1)
        if question.entry:
            there = Button(f"Show the row of {label}", words="Show row", kind=Kind.QUIET)
            there.set_compact()
            there.clicked.connect(lambda: show(question.entry))
            row.add(there)
        if take_back is not None and question.open:
            back = Button(f"Take back {label}", words="Take back", kind=Kind.QUIET)
            back.set_compact()
            back.clicked.connect(lambda: take_back(question.item))
            row.add(back)
        row.add_room()
        self.add(row)


class QuestionRows(Column):
    """All of them, in the order of asking."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, "Questions")
        self._shown: tuple[tuple[Thread, ...], bool] | None = None

    def show_questions(
        self,
        questions: tuple[Thread, ...],
        *,
        show: Callable[[str], None],
        take_back: Callable[[str], None] | None,
    ) -> None:
        """Made anew only where something changed, so that the focus stays."""
        if (questions, take_back is not None) == self._shown:
            return
        self._shown = (questions, take_back is not None)
        self.empty()
        for label, question in labelled(questions):
            self.add(QuestionRow(label, question, show=show, take_back=take_back))


def labelled(questions: tuple[Thread, ...]) -> tuple[tuple[str, Thread], ...]:
    """Each with its name on paper: Q1, Q2."""
    return tuple((f"Q{number}", question) for number, question in enumerate(questions, start=1))

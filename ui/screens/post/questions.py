"""The clinic's questions about a signed visit, each with its row, its state and its answer."""

from ketachart.domain.post.threads import Thread
from ketachart.domain.wording import count
from ui import tokens
from ui.language.saying import describe, say_name
from ui.tokens import Tone
from ui.widgets.boxes import Column
from ui.widgets.card import Card, Section
from ui.widgets.words import Words

_TONES: dict[str, Tone] = {"asked": "warn", "answered": "ok", "reviewed": "ok"}


def who_asks(threads: tuple[Thread, ...]) -> str:
    """“2 questions from K. Osei, RN”; from several people they are only counted."""
    names = {thread.by for thread in threads}
    who = f" from {names.pop()}" if len(names) == 1 else ""
    return f"{count(len(threads), 'question')}{who}"


class QuestionCard(Card):
    """One question as the nurse reads it."""

    def __init__(self, label: str, asked: Thread) -> None:
        super().__init__(f"{label}: {asked.words}", gap=tokens.S1)
        self.as_inset()
        tone = _TONES.get(asked.state, "muted")
        self.add(Words(f"{label}. {asked.said}", size="small", tone=tone, weight=tokens.MEDIUM))
        if asked.row:
            self.add(Words(asked.row, size="small", tone="muted"))
        words = Words(asked.words, size="label")
        if asked.state == "taken back":
            words.set_struck()
        self.add(words)
        for answer in asked.answers:
            self.add(Words(f"Your answer: {answer}", size="small"))
        describe(self, ". ".join(filter(None, (asked.said, asked.row))))


class QuestionCards(Column):
    """All of them in the order of asking; takes no room where none was asked."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, "Questions of the clinic")
        self._shown: tuple[Thread, ...] = ()
        self.hide()

    def show_threads(self, threads: tuple[Thread, ...]) -> None:
        """Made anew only where something changed."""
        if threads == self._shown:
            return
        self._shown = threads
        self.empty()
        open_ones = tuple(thread for thread in threads if thread.open)
        self.add(Section(who_asks(open_ones) if open_ones else "Questions of the clinic"))
        for number, thread in enumerate(threads, 1):
            self.add(QuestionCard(f"Q{number}", thread))
        self.setVisible(bool(threads))

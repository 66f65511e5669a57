"""Questions and verdicts that were typed and not sent, of every report: kept as one draft."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.drafts.content import part
from ui.drafts.form import Drafted
from ui.language.saying import say_name
from ui.screens.supervision.verdict_card import VerdictCard
from ui.widgets.keeping import Kept, texts


class Questions(Protocol):
    """Where questions are written."""

    def unsent(self) -> dict[str, tuple[str, str, str]]:
        """By stream: entry, row and words."""
        ...

    def take_unsent(self, stream: str, told: tuple[str, str, str]) -> None:
        """One that was begun before."""
        ...


class _Typed(QWidget, Kept):
    """What stands on the sheets now, and what was put aside with other reports."""

    def __init__(self, asking: Questions, verdict: VerdictCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._asking, self._verdict = asking, verdict
        say_name(self, "Questions and verdicts")
        self.hide()

    def kept(self) -> object:
        """By report: a question's row and words; a verdict with its words."""
        questions = {one: list(told) for one, told in self._asking.unsent().items()}
        verdicts = {
            one: {"chosen": list(chosen), "words": words}
            for one, (chosen, words) in self._verdict.unsent().items()
        }
        return {"questions": questions, "verdicts": verdicts}

    def take_back(self, kept: object) -> None:
        """Each report has its own again, once it is opened."""
        if not isinstance(kept, dict):
            return
        for stream, told in part(kept, "questions").items():
            entry, row, words = (*texts(told), "", "", "")[:3]
            self._asking.take_unsent(stream, (entry, row, words))
        for sha256, told in part(kept, "verdicts").items():
            if isinstance(told, dict):
                chosen, words = tuple(texts(told.get("chosen"))), str(told.get("words", ""))
                self._verdict.take_unsent(sha256, (chosen, words))


class Unsent(QWidget, Drafted):
    """The form of a whole review; the passphrase is no part of it."""

    draft_name = "review"
    form_title = "Review"

    def __init__(self, asking: Questions, verdict: VerdictCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._typed = _Typed(asking, verdict, self)

    def form_root(self) -> QWidget:
        """All that was typed."""
        return self

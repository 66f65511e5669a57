"""Answers the clinic's question about a signed visit: an addendum that names the question."""

from ketachart.domain.facts.closing import Addendum
from ketachart.domain.post.threads import Thread
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.signed_sheet import SignedSheet
from ui.forms.timed import one
from ui.language.saying import describe
from ui.widgets.card import Card
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words

_NONE = "No question of the clinic is open"
_CHANGED = (
    "The clinic took this question back, or it is answered already. Your words stay here; write "
    "an addendum instead if they are still wanted."
)


class AnswerQuestionSheet(SignedSheet):
    """The question stands above the answer, with the row that it is pinned to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Answer the clinic", records="Sign the answer")
        self._open: tuple[Thread, ...] = ()
        self.which = Offered("Which question", empty="")
        self.which.set_label("Which question")
        self._card = Card("The question", gap=tokens.S1)
        self._card.as_inset()
        self._by = Words(size="small", tone="muted")
        self._row = Words(size="small", tone="muted")
        self._asked = Words(weight=tokens.MEDIUM)
        for words in (self._by, self._row, self._asked):
            self._card.add(words)
        self.text = NoteField("Your answer", label="Your answer", lines=4)
        self.add_fields((self.which, self._card, self.text), after=self.signs())
        for field, widget in (("answers", self.which), ("text", self.text)):
            self.place(field, widget)
        self.which.changed.connect(lambda _chosen: self._show_question())

    def about(self, item: str) -> None:
        """Answers that question; what was typed stays."""
        if item in {thread.item for thread in self._open}:
            self.which.choose(item)
            self._show_question()

    def begin(self) -> None:
        """To the answer; the question stands above it."""
        self.text.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """The questions that are still open."""
        super().show_visit(visit)
        self._open = self._asked_now()
        self.which.offer(tuple(_choice(n, each) for n, each in enumerate(self._open, 1)))
        if self._open and not self.which.chosen():
            self.which.choose(self._open[0].item)
        self.which.setVisible(len(self._open) > 1)
        self._show_question()
        if not self._open and not self._signing:
            self.primary.close_because(_NONE)

    def _asked_now(self) -> tuple[Thread, ...]:
        try:
            threads = self.desk.post.threads(self.desk.room.stream)
        except KetaChartError:
            return ()  # it cannot be read now; the signed card says why
        return tuple(thread for thread in threads if thread.open)

    def _chosen(self) -> Thread | None:
        item = one(self.which)
        return next((each for each in self._open if each.item == item), None)

    def _show_question(self) -> None:
        asked = self._chosen()
        self._card.setVisible(asked is not None)
        if asked is None:
            return
        self._by.setText(
            f"{asked.by}, {day_and_clock(asked.asked_at)}, about version {asked.report}"
        )
        self._row.setText(f"Row: {asked.row}" if asked.row else "About the whole visit")
        self._asked.setText(asked.words)
        describe(self._card, f"{asked.words}. {self._row.text()}")

    def addendum(self) -> Addendum:
        """The answer.

        Raises:
            Refused: the question is no longer open, or the answer has no words.
        """
        asked = self._chosen()
        if asked is None or asked.item not in {each.item for each in self._asked_now()}:
            raise Refused(_CHANGED, rule="question gone", field="answers")
        text = self.text.text().strip()
        if not text:
            raise Refused("Write the answer.", rule="text missing", field="text")
        return Addendum(
            at=self.when.moment(),
            about="answer",
            answers=asked.item,
            question=asked.words,
            text=text,
        )


def _choice(number: int, asked: Thread) -> Choice:
    """“Q1” with the beginning of its words; all of them stand below once it is chosen."""
    return Choice(asked.item, f"{number}: {asked.words}")

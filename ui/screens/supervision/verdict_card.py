"""The verdict: three words, the questions that go with it, what signing means, one button."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts.post import Verdict
from ketachart.domain.post.threads import Thread
from ketachart.domain.wording import count
from ui import theme, tokens
from ui.actions import key_of
from ui.screens.supervision.judged import JudgedCard, given_on, newer
from ui.screens.supervision.notice_rows import NoticeRows
from ui.screens.supervision.order_rows import OrderRows
from ui.screens.supervision.question_rows import QuestionRows, heading_words
from ui.screens.supervision.verdict_choice import WORDS, VerdictChoice
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport

_LOW: Final = 420  # below this height all of the card scrolls as one
_BESIDE = "It adds a second signature; the nurse's text and signature stay as they are."
_UNSIGNED = "A file that is not good is not countersigned; the verdict is kept beside it."


class VerdictCard(Card):
    """Keeps what was typed until the verdict is on the disk. ``signed`` carries what to sign."""

    signed = Signal(str, str, str)  # verdict, words, passphrase
    ask_wanted = Signal()
    next_wanted = Signal()
    row_wanted = Signal(str)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__("Verdict", inset=tokens.S3)
        self._report: OpenReport | None = None
        self._questions: tuple[Thread, ...] = ()
        self._signing = False
        self._heading = Heading("Verdict")
        self._drafts: dict[str, tuple[tuple[str, ...], str]] = {}
        self.done = JudgedCard()
        self.verdict = VerdictChoice()
        self.questions_head = Heading("Questions")
        self.ask = Button("Ask", sign="plus", key=key_of("ask"))
        self.ask.set_compact()
        self.questions_head.set_right(self.ask)
        self.questions, self.notices, self.orders = QuestionRows(), NoticeRows(), OrderRows()
        self.conflict = Trouble("What the reviewer should know")
        self._means = Words(size="small", tone="muted")
        self.words = NoteField("What is wrong", label="What is wrong, in your words", lines=3)
        self.passphrase = TextField("Your passphrase, again", label="Your passphrase, again")
        self.passphrase.hide_letters()
        self.passphrase.commit_on_enter()
        self._trouble = Trouble("Why it is not signed")
        self._step = Words(size="label", tone="muted")
        self._body, self._foot = Column(gap=tokens.S2), Column(gap=tokens.S2)
        self.primary = PrimaryButton("Sign review, next", key=key_of("primary"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        above: tuple[QWidget, ...] = (
            self.done, self.conflict, self.verdict, self.questions_head, self.questions,
            self.orders, self.notices,
        )  # fmt: skip
        below: tuple[QWidget, ...] = (
            self.words, self._means, self.passphrase, self._trouble, self._step, self.primary,
        )  # fmt: skip
        parts = Column(gap=tokens.S2)
        for part in above:
            parts.add(part)
        for part in below:
            self._foot.add(part)
        parts.add_room()
        self._body.add(parts, stretch=1)
        self.add(self._heading)
        self.add(Scroller("Verdict", self._body), stretch=1)
        self.add(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is signed stays in sight; in a low window it scrolls with the rest."""
        super().resizeEvent(event)
        low = self.height() < theme.look().px(_LOW)
        inside = self._foot.parentWidget() is not self
        if low != inside:
            if low:
                self._body.add(self._foot)
            else:
                self.add(self._foot)
        self._heading.setVisible(not low)

    def _connect(self) -> None:
        self.ask.clicked.connect(self.ask_wanted)
        self.verdict.changed.connect(lambda _chosen: self._renew())
        self.verdict.committed.connect(self._to_what_is_missing)
        self.passphrase.committed.connect(self.primary.press)
        self.primary.clicked.connect(self._sign)
        self.primary.refused.connect(lambda _why: self._to_what_is_missing())
        for typed in (self.passphrase.typed, self.words.typed):
            typed.connect(lambda _text: self._renew())

    # ------------------------------------------------ how it stands

    def show_report(self, report: "OpenReport | None", questions: tuple[Thread, ...]) -> None:
        """Another report, or the same with other questions; what was chosen stays with each."""
        fresh = report is None or self._report is None or report.sha256 != self._report.sha256
        if fresh:
            self._put_aside()
        self._report, self._questions = report, questions
        if fresh:
            self._take_up()
        self.questions_head.set_aside(heading_words(questions))
        judged = given_on(report) is not None
        self.questions.show_questions(
            questions,
            show=self.row_wanted.emit,
            take_back=None if judged else self.taken_back.emit,
        )
        self.notices.show_notices(report.notices if report else (), show=self.row_wanted.emit)
        self.done.show_report(report)
        self._show_conflict()
        self._renew()

    def _put_aside(self) -> None:
        """Verdict and words of a report that is left unsigned; the passphrase is kept nowhere."""
        if self._report is not None:
            self._drafts[self._report.sha256] = (self.verdict.chosen(), self.words.text())
        self.forget()

    def _take_up(self) -> None:
        if self._report is None:
            return
        chosen, words = self._drafts.pop(self._report.sha256, ((), ""))
        self.verdict.choose(*chosen)
        self.words.set_text(words)

    def unsent(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """By file: each verdict that was chosen, or begun in words, and not signed."""
        begun = dict(self._drafts)
        if self._report and given_on(self._report) is None:
            begun[self._report.sha256] = (self.verdict.chosen(), self.words.text())
        return {one: told for one, told in begun.items() if told[0] or told[1].strip()}

    def take_unsent(self, sha256: str, told: tuple[tuple[str, ...], str]) -> None:
        """A verdict that was begun before; it stands there once its report is opened."""
        self._drafts[sha256] = (tuple(word for word in told[0] if word in WORDS), told[1])
        if self._report and self._report.sha256 == sha256:
            self._take_up()
            self._renew()

    def forget(self) -> None:
        """Nothing chosen, nothing typed."""
        self.verdict.choose()
        self.words.clear()
        self.forget_passphrase()
        self._trouble.settle()

    def forget_passphrase(self) -> None:
        """It is typed again."""
        self.passphrase.clear()

    @property
    def may_ask(self) -> bool:
        """Whether a question may go with this report: it is not judged, and not the reviewer's."""
        report = self._report
        open_one = report is not None and given_on(report) is None and not report.own
        return open_one and not newer(report)

    def _show_conflict(self) -> None:
        report = self._report
        if report is None:
            self.conflict.settle()
        elif report.own:
            self.conflict.say("Somebody else reviews this visit", report.own, tone="warn")
        elif report.witness:
            self.conflict.say("You had a part in this visit", report.witness, tone="warn")
        else:
            self.conflict.settle()

    def _renew(self) -> None:
        """The button says what is missing, and becomes what it does."""
        judged, report = given_on(self._report) is not None, self._report
        chosen = self._chosen()
        open_form = self.may_ask
        self.verdict.setVisible(not judged)
        self.ask.setVisible(open_form)
        self.words.setVisible(open_form and chosen == "has errors")
        for part in (self._means, self.passphrase):
            part.setVisible(open_form)
        self._step.setVisible(self._signing)
        self._means.setText(self._meaning(chosen))
        bad = report is not None and not report.good
        self.verdict.show_only(*(("has errors",) if bad else WORDS))
        for field in (self.passphrase, self.words, self.verdict, self.ask):
            field.setEnabled(not self._signing)
        self._renew_button(judged=judged)

    def _renew_button(self, *, judged: bool) -> None:
        missing = "" if judged else self._missing()
        good = self._report is None or self._report.good
        does = "Sign review, next" if good else "Keep verdict, next"
        self.primary.set_words("Next report" if judged else missing or does)
        if self._signing:
            self.primary.set_words("Signing…")
            self.primary.close_because("This takes a few seconds")
        elif missing:
            self.primary.close_because("")
        else:
            self.primary.reopen()

    def _meaning(self, chosen: Verdict | None) -> str:
        from ketachart.charting.reviewing import MEANINGS

        if self._report is not None and not self._report.good:
            return _UNSIGNED
        if chosen is None:
            return f"Your signature says which verdict you gave. {_BESIDE}"
        return f"By signing I say: {MEANINGS[chosen]} {_BESIDE}"

    def _chosen(self) -> Verdict | None:
        chosen = self.verdict.chosen()
        return cast("Verdict", chosen[0]) if chosen else None

    def _missing(self) -> str:
        """The first thing that is missing, as the button says it."""
        if self._report is None:
            return "Open a report"
        if self._report.own:
            return "Another reviewer signs this"
        if newer(self._report):
            return f"Version {newer(self._report)} is here"
        chosen, waiting = self._chosen(), sum(q.open for q in self._questions)
        if chosen is None:
            return "Choose a verdict"
        if chosen == "question" and not waiting:
            return "Ask a question first"
        if chosen == "reviewed" and waiting:
            return f"{count(waiting, 'question')} still open"
        if chosen == "has errors" and not self.words.text().strip():
            return "Write what is wrong"
        return "" if self.passphrase.text() else "Type your passphrase"

    def _to_what_is_missing(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self.verdict.setFocus()
        elif chosen == "question" and not any(q.open for q in self._questions):
            self.ask.setFocus()
        elif chosen == "has errors" and not self.words.text().strip():
            self.words.setFocus()
        else:
            self.passphrase.setFocus()

    # ------------------------------------------------ acts

    def begin(self) -> None:
        """To the verdict; to the button where nothing is to be chosen."""
        (self.verdict if self.verdict.isVisibleTo(self) else self.primary).setFocus()

    def _sign(self) -> None:
        if given_on(self._report) is not None:
            self.next_wanted.emit()
            return
        chosen = self._chosen()
        if self._signing or chosen is None or self._missing():
            return
        self._trouble.settle()
        self.signed.emit(chosen, self.words.text().strip(), self.passphrase.text())

    def say_step(self, words: str) -> None:
        """What the signing is doing now."""
        self._signing = True
        self._step.setText(f"{words}…")
        self._renew()

    def say_failed(self, sentence: str) -> None:
        """Nothing was signed; what was typed stays."""
        self._signing = False
        self._trouble.say("It is not signed", sentence)
        self._renew()
        self.passphrase.setFocus()

    def say_not_taken_back(self, sentence: str) -> None:
        """A question stays asked, a signature noted."""
        self._trouble.say("It was not taken back", sentence)

    def say_signed(self) -> None:
        """It is on the disk."""
        self._signing = False
        self._renew()

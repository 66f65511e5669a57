"""A sheet: fields, a reason why not, and one button that repeats what will be written.

A sheet keeps everything that was typed until the entry is on the disk. A refusal is shown under the
fields and puts the focus on the one at fault; nothing is cleared.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.announcing import announce
from ui.desk import Desk
from ui.drafts.form import Drafted
from ui.language.saying import describe
from ui.widgets import chain, tab_order
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.notice import Notice
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.words import Words

# Rules that let the nurse say “measured again, it is true”.
CONFIRMABLE = ("hard to believe", "confirm it")


class Sheet(Card, Drafted):
    """One form in the action column."""

    written = Signal()  # the entry is on the disk; the fields are cleared next
    recorded = Signal()  # the entry is on the disk and the fields are clear
    left = Signal()  # the nurse wants back
    opens = Signal(str)  # another sheet is wanted in its place
    opens_about = Signal(str, str)  # the same, for a side effect
    confirms = "Measured again, it is true"  # what the nurse says of an unusual value

    def __init__(self, desk: Desk, name: str, *, primary: str) -> None:
        super().__init__(name, inset=tokens.S3)
        self.desk = desk
        self.form_title = name
        self._places: dict[str, QWidget] = {}
        self.heading = Heading(name)
        close = Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        close.clicked.connect(self.left)
        self.heading.set_right(close)
        self.body = Column(gap=tokens.S3)
        self._problem = Notice(
            "Why it is not recorded", tone="danger", inset=(tokens.S3, tokens.S2)
        )
        self._problem_words = Words(size="small", tone="danger")
        self._problem.add(self._problem_words)
        self._confirm = Button(self.confirms)
        self._confirm.clicked.connect(self._commit_confirmed)
        foot = self._foot = Column(gap=tokens.S2)
        foot.add(self._problem)
        foot.add(self._confirm)
        self.primary = PrimaryButton(primary, key=key_of("primary"))
        self.primary.clicked.connect(self.commit)
        self.primary.refused.connect(self._say)
        foot.add(self.primary)
        self.add(self.heading)
        self._scroller = Scroller(f"{name}: fields", self.body, least=tokens.QUESTION)
        self.add(self._scroller, stretch=1)
        self.add(foot)
        self.clear_problem()

    # ------------------------------------------------ what a form says of itself

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The facts that the fields say.

        Raises:
            Refused: a field cannot be read, or something is missing.
        """
        raise NotImplementedError

    def empty(self) -> None:
        """Clears every field; called once the entry is on the disk."""
        raise NotImplementedError

    def show_visit(self, visit: Visit) -> None:
        """The visit changed: renew hints such as “was 141”."""
        del visit

    def tick(self, now: datetime) -> None:
        """A second went by: renew what shows the time."""
        del now

    def take_up(self, effect: str) -> None:
        """The sheet is opened for a side effect; what was typed or chosen before stays."""
        del effect

    def take_time(self, at: datetime | None) -> None:
        """The sheet is opened from a place in the timeline: it happened then, if the nurse says so.

        None where it is opened in another way: no such time stands in it any more.
        """
        del at

    def act(self, name: str) -> bool:
        """What a key means while this sheet is open; False where it has no such act."""
        del name
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Its fields were made after its main button, which Tab meets last all the same."""
        super().showEvent(event)
        tab_order.put_last(self._foot, after=self.body)

    def begin(self) -> None:
        """The sheet is opened: put the focus on its first field."""
        first = chain.after(self.body)
        while first is not None and first is not self.body:
            if self.body.isAncestorOf(first) and first.focusPolicy() & Qt.FocusPolicy.TabFocus:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            first = chain.after(first)

    def crowd(self, *, crowded: bool, tight: bool) -> None:
        """Its name stands above it and not in it; where it is tight, all of it scrolls at once."""
        self.heading.setVisible(not crowded)
        self.set_inset(tokens.S2 if crowded else tokens.S3)
        self._scroller.set_least(tokens.FIELD + tokens.S6 if crowded else tokens.QUESTION)
        self._scroller.unfold(unfolds=tight)

    def resume(self) -> None:
        """The sheet is opened with what was typed before: nothing is charted by that."""
        self.begin()

    # ------------------------------------------------ kept while it is typed

    def form_root(self) -> QWidget:
        """What holds the fields."""
        return self.body

    def form_stream(self) -> str:
        """The open visit."""
        return self.desk.room.stream if self.desk.has_visit else ""

    # ------------------------------------------------ writing

    def place(self, field: str, widget: QWidget) -> None:
        """Says which widget a refused value belongs to."""
        self._places[field] = widget

    def commit(self) -> None:
        """Records what the fields say."""
        self._commit(confirmed=False)

    def _commit_confirmed(self) -> None:
        self._commit(confirmed=True)

    def _commit(self, *, confirmed: bool) -> None:
        self.clear_problem()
        try:
            facts = self.build(confirmed=confirmed)
            act = self.form_act(self.desk.new_act)
            self.write(facts, act)
        except Refused as refusal:
            self.show_refusal(refusal)
            return
        except KetaChartError as error:
            self._say(str(error))
            return
        self.desk.typed_last.keep(act, self)
        self.take_act("")
        self.written.emit()
        self.empty()
        self.recorded.emit()

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """How the facts are written; a correction does it otherwise.

        Raises:
            Refused, LedgerError: it was not written.
        """
        self.desk.record_all(*facts, act=act)

    # ------------------------------------------------ saying why not

    def show_refusal(self, refusal: Refused) -> None:
        """Says why, offers to confirm where that is possible, and goes to the field at fault."""
        sentence = str(refusal)
        self._say(sentence)
        self._confirm.setVisible(any(words in sentence for words in CONFIRMABLE))
        field = self._places.get(refusal.field)
        if isinstance(field, Field):
            field.set_judgement(Judgement(Standing.BAD, short="look here"))
        if field is not None:
            field.setFocus()

    def _say(self, sentence: str) -> None:
        self._problem_words.setText(sentence)
        self._problem.setVisible(bool(sentence))
        describe(self._problem, sentence)
        announce(self._problem, sentence, at_once=True)

    def clear_problem(self) -> None:
        """Nothing is wrong any more."""
        self._problem.hide()
        self._confirm.hide()

"""The rows of the screening: a question with its note, recorded as soon as it is answered."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ketachart.domain.screening import ItemState
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day
from ketachart.errors import KetaChartError
from ui import tokens
from ui.tokens import Tone
from ui.widgets.answer_row import Answer, AnswerRow, ComputedRow
from ui.widgets.boxes import Column
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

CODES: dict[Answer, str] = {Answer.CLEAR: "clear", Answer.ASK: "ask", Answer.STOP: "stop"}
ANSWERS: dict[str, Answer] = {code: answer for answer, code in CODES.items()}
_NOTE_TONES: dict[str, Tone] = {"clear": "muted", "ask": "warn", "stop": "danger"}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}

Keep = Callable[[str, str, str, date | None], None]  # question, answer, note, date on the paper


class _Note(TextField):
    """A note; what stands there because it was recorded so is nothing typed."""

    recorded = ""

    def kept(self) -> object:
        """What was typed."""
        return None if self.text() == self.recorded else super().kept()


class QuestionRow(Column):
    """Asked by the nurse. Ask and stop wait for a note; what was typed is never dropped."""

    reached = Signal()  # the focus came here
    section_wanted = Signal(int)  # Page Up and Page Down

    def __init__(self, state: ItemState, keep: Keep) -> None:
        super().__init__(gap=0)
        self.code = state.item.code
        self._keep = keep
        self._state = state
        self._shown: ItemState | None = None
        self._pending: Answer | None = None
        self._note_waits = False  # typed and entered before there is an answer
        self.row = AnswerRow(state.item.question)
        self.row.set_source(state.cited)
        self.row.installEventFilter(self)
        self._note: _Note | None = None
        self._problem = Words(size="small", tone="danger")
        self._under = Column(gap=tokens.S1, inset=(tokens.S3, tokens.S1))
        self.add(self.row)
        self.add(self._under)
        self._under.add(self._problem)
        self.row.answered.connect(self._answered)
        self.row.note_wanted.connect(self._open_note)
        self._under.hide()

    @property
    def note(self) -> _Note:
        """Where a note is typed; made when it is first wanted, since most answers need none."""
        if self._note is None:
            self._note = _Note(
                f"Note: {self._state.item.question}",
                label="Note",
                placeholder="What was said or seen",
            )
            self._note.commit_on_enter()
            self._note.committed.connect(self._note_entered)
            self._under.put_first(self._note)
        return self._note

    # ------------------------------------------------ what stands

    def show_state(self, state: ItemState, visit: Visit) -> None:
        """The answer as it is recorded; an open note stays open."""
        if state == self._shown:
            return
        self._state = self._shown = state
        self.row.set_answer(ANSWERS.get(state.answer or ""))
        note, tone = _note_of(state, visit)
        self.row.set_note(note, tone=tone)

    def needs_answer(self) -> bool:
        """Whether it was not asked yet."""
        return self._state.answer is None

    def take_focus(self) -> None:
        """Put the focus on the question."""
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------ answering

    def _answered(self, answer: Answer) -> None:
        recorded = ANSWERS.get(self._state.said or "")
        # An answer shows as given once it is on the disk; what the chart makes graver stays so.
        self.row.set_answer(ANSWERS.get(self._state.answer or ""))
        typed = self.note.text().strip() if self._note_waits else ""
        if answer is Answer.CLEAR:
            if recorded is not answer or typed:
                self._record(answer, typed)
        elif typed:
            self._record(answer, typed)
        else:
            self._pending = answer
            self._open_note()

    def _open_note(self) -> None:
        if self._pending is not None:
            self.note.set_hint(f"{self._pending.value}: Enter records it")
        elif self._state.said is None:
            self.note.set_hint("Enter keeps it for the answer")
        else:
            self.note.set_hint("Enter records it")
        if not self.note.text():
            self.note.recorded = self._state.said_note
            self.note.set_text(self._state.said_note)
        self._under.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reached.emit()

    def _note_entered(self) -> None:
        typed = self.note.text().strip()
        answer = self._pending or ANSWERS.get(self._state.said or "")
        if answer is None:
            self._note_waits = bool(typed)  # in sight, for the answer
            self.take_focus()
        elif not typed and answer is not Answer.CLEAR:
            self._say("Note what was said or seen. Esc leaves the answer as it was.")
        elif self._record(answer, typed):
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.row.go_on()

    def _record(self, answer: Answer, note: str) -> bool:
        try:
            self._keep(self.code, CODES[answer], note, self.dated())
        except KetaChartError as error:
            self._pending = answer
            self.open_again(answer)
            self._say(str(error))
            return False
        self.close_note()
        if self._note is not None:
            self._note.recorded = ""
            self._note.clear()
        return True

    # ------------------------------------------------ kept while it is typed

    def typed_for(self) -> str | None:
        """The answer that a typed note waits for, if any; None where nothing is typed."""
        if self._note is None or not self._note.kept():
            return None
        return CODES[self._pending] if self._pending is not None else ""

    def type_again(self, answer: str) -> None:
        """The note is to be put back: it stands open, for that answer."""
        self._pending = ANSWERS.get(answer)
        self._open_note()

    def dated(self) -> date | None:
        """The date on the paper, where the question asks for one.

        Raises:
            Refused: it cannot be read.
        """
        return None

    def open_again(self, answer: Answer) -> None:
        """What was typed was refused: to the field that is to be looked at."""
        del answer
        self._open_note()

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def close_note(self) -> bool:
        """Put the note away; what was typed comes back with it. False where none was open."""
        was_open = not self._under.isHidden()
        if self._note is not None and self._note.editor().hasFocus():
            self.take_focus()
        self._pending, self._note_waits = None, False
        self._problem.hide()
        self._under.hide()
        return was_open

    # ------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the list where the focus is."""
        if watched is self.row and event.type() == QEvent.Type.FocusIn:
            self.reached.emit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down go from section to section."""
        _page(self, event)


class ComputedQuestion(Column):
    """Worked out by the chart; Enter opens the sheet that it rests on, where there is one."""

    reached = Signal()
    section_wanted = Signal(int)
    opened = Signal()

    def __init__(self, question: str, source: str, *, rests_on: str) -> None:
        super().__init__(gap=0)
        self.row = ComputedRow(question)
        self.row.set_source(source)
        self.row.let_open()
        self.row.installEventFilter(self)
        self.row.opened.connect(self.opened)
        self._rests_on = rests_on
        self._open = True
        self._shown: ItemState | None = None
        self.add(self.row)

    def show_state(self, state: ItemState, visit: Visit) -> None:
        """The result, or what it waits for."""
        if state == self._shown:
            return
        self._shown = state
        self._open = state.answer is None
        note, tone = _note_of(state, visit)
        self.row.set_note(note, tone=tone)
        why = "authorised" if state.override and state.settled else self._words(state.answer)
        self.row.set_answer(ANSWERS.get(state.answer or ""), why=why)

    def show_known(self, note: str) -> None:
        """What is on file; waits where nothing is."""
        self._open = not note
        self.row.set_note(note or "Not asked yet")
        self.row.set_answer(
            Answer.CLEAR if note else None, why="charted" if note else self._words(None)
        )

    def _words(self, answer: str | None) -> str:
        if not self._rests_on:
            return "computed"
        return f"Enter: {self._rests_on}" if answer is None else "computed"

    def needs_answer(self) -> bool:
        """Whether the chart lacks what it rests on."""
        return self._open

    def take_focus(self) -> None:
        """Put the focus on the row."""
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_note(self) -> bool:
        """It has no note."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the list where the focus is."""
        if watched is self.row and event.type() == QEvent.Type.FocusIn:
            self.reached.emit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down go from section to section."""
        _page(self, event)


AnyRow = QuestionRow | ComputedQuestion


def _page(row: AnyRow, event: QKeyEvent) -> None:
    step = _PAGES.get(Qt.Key(event.key()))
    if step is None:
        event.ignore()
    else:
        row.section_wanted.emit(step)


def _note_of(state: ItemState, visit: Visit) -> tuple[str, Tone]:
    """The line under a question: what was said, by whom it was authorised; its tone."""
    if state.answer is None:
        waits = state.note if state.item.computed else state.item.hint
        return waits or "Not asked yet", "muted"
    entry = visit.entry(state.entry)
    parts = [state.note or (f"Asked {clock(entry.at)}" if entry is not None else "")]
    if state.dated is not None:
        parts = [", ".join(filter(None, (f"Dated {day(state.dated)}", state.note)))]
    if state.override is not None:
        agreed = "authorised" if state.override.read_back else "not read back"
        parts.append(f"{state.override.by} {clock(state.override.at)}, {agreed}")
    return ". ".join(part for part in parts if part), _NOTE_TONES[state.answer]

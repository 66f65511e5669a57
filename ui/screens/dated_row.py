"""A question whose paper has a date: clear waits until the date was typed."""

from datetime import date

from PySide6.QtCore import Qt

from ketachart.domain.screening import ItemState
from ui.forms.day_field import DayField
from ui.screens.screening_rows import ANSWERS, CODES, Keep, QuestionRow
from ui.widgets.answer_row import Answer


class DatedQuestionRow(QuestionRow):
    """The date stands in the place of the note; Enter records it, and a note stays possible."""

    def __init__(self, state: ItemState, keep: Keep) -> None:
        super().__init__(state, keep)
        self._date: DayField | None = None

    @property
    def date_field(self) -> DayField:
        """Where the date is typed; made when it is first wanted."""
        if self._date is None:
            self._date = DayField(
                f"Date on the paper: {self._state.item.question}", label="Date on the paper"
            )
            self._date.commit_on_enter()
            self._date.committed.connect(self._date_entered)
            self._under.put_first(self._date)
        return self._date

    def dated(self) -> date | None:
        """The date that was typed, or the one that is on file.

        Raises:
            Refused: it cannot be read.
        """
        typed = self._date.day("Date on the paper", "dated") if self._date is not None else None
        return typed or self._state.dated

    def open_again(self, answer: Answer) -> None:
        """To the date where the paper is clear, else to the note."""
        if answer is Answer.CLEAR:
            self._open_date()
        else:
            super().open_again(answer)

    def close_note(self) -> bool:
        """Put date and note away; what was typed comes back with them."""
        if self._date is not None and self._date.editor().hasFocus():
            self.take_focus()
        return super().close_note()

    def typed_for(self) -> str | None:
        """The answer that a date or a note waits for; None where nothing is typed."""
        waits = super().typed_for()
        if waits is None and self._date is not None and self._date.text():
            return CODES[Answer.CLEAR]
        return waits

    def type_again(self, answer: str) -> None:
        """The date of a clear paper is to be put back, or the note of another."""
        if answer != CODES[Answer.CLEAR]:
            super().type_again(answer)
            return
        self.note.recorded = self._state.said_note
        self._pending = Answer.CLEAR
        self._open_date()

    def _answered(self, answer: Answer) -> None:
        if answer is not Answer.CLEAR:
            super()._answered(answer)
            return
        self.row.set_answer(ANSWERS.get(self._state.answer or ""))  # given once it is on the disk
        self._pending = answer
        self._open_date()

    def _open_date(self) -> None:
        self.date_field.setVisible(True)
        self._under.show()
        self.date_field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reached.emit()

    def _date_entered(self) -> None:
        note = self.note.text().strip() if self._note is not None else self._state.said_note
        if self._record(Answer.CLEAR, note):
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.row.go_on()

    def _record(self, answer: Answer, note: str) -> bool:
        kept = super()._record(answer, note)
        if kept and self._date is not None:
            self._date.clear()
            self._date.hide()
        return kept

"""One item of a scale after the other, large enough for the patient to read; digits answer."""

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ketachart.domain.policy_care import Scale, ScaleItem
from ketachart.domain.scales.scoring import NOT_ASKED, is_asked, total_of
from ui import tokens
from ui.language.saying import describe
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.keeping import Kept
from ui.widgets.offered import Offered
from ui.widgets.words import Words

Language = Literal["en", "es"]
_OTHER: Final[dict[Language, tuple[Language, str]]] = {
    "en": ("es", "Español"),
    "es": ("en", "English"),
}
_SHORT: Final = 80  # letters of an item; a longer one leaves its answers room in smaller letters


def option_keys(scale: Scale) -> tuple[str, ...]:
    """What is typed for each answer: what it counts, or 1 and 2 for yes and no."""
    if {option.value for option in scale.options} == {0, 1}:
        return tuple(str(place) for place in range(1, len(scale.options) + 1))
    return tuple(str(option.value) for option in scale.options)


class Asker(Column, Kept):
    """The item that is asked now. Backspace goes back, L changes the language."""

    answered = Signal()  # an answer was given or taken back
    finished = Signal()  # the last item was answered

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self._scale: Scale | None = None
        self._items: Sequence[ScaleItem] = ()
        self._answers: list[int] = []
        self._language: Language = "en"
        self._place = 0
        self._settling = False
        self._lead = Words(tone="muted")
        self._question = Words(size="h1", weight=tokens.MEDIUM)
        self._note = Words(size="small", tone="muted")
        self._options = Offered("Answer", empty="")
        self._where = Words(size="small", tone="muted")
        self._back = Button("Item before", words="Back", key="⌫", kind=Kind.QUIET)
        self._options.changed.connect(self._take)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self.go_back)
        self._turn = Button("The other language", words=_OTHER["en"][1], key="L", kind=Kind.QUIET)
        self._turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._turn.clicked.connect(self.turn_language)
        for part in (self._lead, self._question, self._note, self._options, self._where):
            self.add(part)
        feet = Row(gap=tokens.S2)
        feet.add(self._back)
        feet.add_room()
        feet.add(self._turn)
        self.add(feet)

    # ------------------------------------------------ what is asked

    def ask(self, scale: Scale, items: Sequence[ScaleItem]) -> None:
        """Begin with the first item; nothing is answered."""
        self._scale, self._items, self._answers, self._place = scale, items, [], 0
        self._make_options()
        self._show()

    @property
    def answers(self) -> tuple[int, ...]:
        """What was answered so far, in the items' order."""
        return tuple(self._answers)

    @property
    def complete(self) -> bool:
        """Whether every item is answered or was not to be asked."""
        return self._scale is not None and len(self._answers) == len(self._items)

    @property
    def language(self) -> Language:
        """In which language it is asked."""
        return self._language

    def turn_language(self) -> None:
        """The same item in the other language; what was answered stays."""
        self._language = _OTHER[self._language][0]
        self._make_options()
        self._show()
        self.take_focus()

    def go_back(self) -> None:
        """To the item before; its answer is given again."""
        asked = [place for place, answer in enumerate(self._answers) if answer != NOT_ASKED]
        if asked:
            self._place = asked[-1]
            del self._answers[self._place :]
            self._show()
            self.take_focus()
            self.answered.emit()

    def kept(self) -> object:
        """What was answered so far, and in which language."""
        return {"answers": list(self._answers), "language": self._language}

    def take_back(self, kept: object) -> None:
        """The answers given before; the next item is asked."""
        told = kept if isinstance(kept, dict) else {}
        self._language = "es" if told.get("language") == "es" else "en"
        self._answers = [int(answer) for answer in told.get("answers", ())][: len(self._items)]
        self._place = len(self._answers)
        self._make_options()
        self._show()
        self.answered.emit()

    def kept_name(self) -> str:
        """One of a form."""
        return "Answers"

    def take_focus(self) -> None:
        """Put the focus on the answers."""
        self._options.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and L; digits are the answers' own."""
        if event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        elif event.key() == Qt.Key.Key_L:
            self.turn_language()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------ answering

    def _make_options(self) -> None:
        if self._scale is None:
            return
        spanish = self._language == "es"
        self._options.offer(
            tuple(
                Choice(str(option.value), option.label_es if spanish else option.label, key=key)
                for option, key in zip(self._scale.options, option_keys(self._scale), strict=True)
            )
        )

    def _take(self, chosen: tuple[str, ...]) -> None:
        if self._settling or not chosen:
            return
        self._answers[self._place :] = [int(chosen[0])]
        self._place += 1
        self._pass_over()
        self._show()
        self.answered.emit()
        if self.complete:
            self.finished.emit()
        else:
            self.take_focus()

    def _pass_over(self) -> None:
        """Items that an answer before leaves out are not asked."""
        while self._place < len(self._items):
            if is_asked(self._items[self._place], self._items, self._answers):
                return
            self._answers.append(NOT_ASKED)
            self._place += 1

    def _show(self) -> None:
        if self._scale is None:
            return
        spanish, done = self._language == "es", self.complete
        self._settling = True
        self._options.choose()
        self._settling = False
        self._turn.set_words(_OTHER[self._language][1])
        self._back.setEnabled(bool(self._answers))
        for part in (self._lead, self._question, self._options):
            part.setVisible(not done)
        self._where.setText(self._where_it_is())
        self._note.setVisible(not done)
        if done:
            return
        item = self._items[self._place]
        lead = item.lead or self._scale.lead
        self._lead.setText((item.lead_es or self._scale.lead_es) if spanish else lead)
        self._lead.setVisible(bool(lead))
        words = item.text_es if spanish else item.text
        self._question.set_size("h1" if len(words) <= _SHORT else "h2")
        self._question.setText(words)
        self._note.setText(item.note_es if spanish else item.note)
        self._note.setVisible(bool(item.note))
        describe(self._options, self._question.text())

    def _where_it_is(self) -> str:
        if self.complete:
            return "All items are answered."
        total = total_of(self._answers)
        return f"Item {self._items[self._place].number} of {len(self._items)}, so far {total}"

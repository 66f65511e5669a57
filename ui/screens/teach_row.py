"""One instruction: its time, its words in the patient's language, what to ask, who said it back."""

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.instructions import Told
from ketachart.domain.sheets.lines import Language
from ui import theme, tokens
from ui.language import labelled
from ui.language.saying import describe
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.measure import line_width
from ui.widgets.one_of import OneOf
from ui.widgets.ring_row import RingRow
from ui.widgets.words import Words

Who = Literal["patient", "adult"]
How = Literal["said", "helped"]
PEOPLE: Final[tuple[Who, ...]] = ("patient", "adult")
HOW: Final[dict[How, str]] = {"said": "Said it", "helped": "Helped"}
_KEYS: Final[dict[str, tuple[Who, How]]] = {
    "1": ("patient", "said"),
    "2": ("patient", "helped"),
    "3": ("adult", "said"),
    "4": ("adult", "helped"),
}
LANGUAGE_KEY: Final = "L"
_BOTH: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def width_of_each(look: Look) -> int:
    """The width that holds the longer of the two words."""
    each = (
        line_width(labelled(word), "body", weight=tokens.SEMIBOLD, look=look)
        for word in HOW.values()
    )
    return max(look.px(tokens.TARGET), max(each) + 2 * look.px(tokens.S2))


class _Pair(Column):
    """Said it, Helped: of one person, whose name stands above where no heading says it."""

    def __init__(self, who: Who, sentence: str) -> None:
        super().__init__(gap=tokens.S1)
        self.name = Words(size="small", tone="muted")
        self.buttons: dict[How, Button] = {}
        row, group = Row(gap=tokens.S1), OneOf(self)
        for how, words in HOW.items():
            # the usual answer has the outline; eighteen more of them would light up a dim room
            kind = Kind.PLAIN if how == "said" else Kind.QUIET
            button = Button(f"{words}, {who}: {sentence}", words=words, kind=kind)
            group.take(button)
            button.set_compact()
            button.set_tone("ok" if how == "said" else "accent_text")
            # the row is one stop for Tab; its keys are 1 to 4
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.add(button)
            self.buttons[how] = button
        self.add(self.name)
        self.add(row)
        self.name.hide()

    def show_heard(self, heard: How | None) -> None:
        """Have the button down of how it was said."""
        for how, button in self.buttons.items():
            button.setChecked(how == heard)

    def dress(self, look: Look) -> None:
        """Both equally wide."""
        super().dress(look)
        for button in getattr(self, "buttons", {}).values():
            button.setFixedWidth(width_of_each(look))


class TeachRow(RingRow, Dressed):
    """Enter: both said it. 1 and 2 the patient, 3 and 4 the adult; L turns the language."""

    heard = Signal(str, str)  # who: patient or adult; how: said or helped
    both_said = Signal()
    turned = Signal()  # the other language is wanted

    def __init__(self, told: Told) -> None:
        super().__init__(told.instruction.sentence)
        sentence = told.instruction.sentence
        self._mark = Mark("circle")
        self._when = Words(size="label", tone="accent_text")
        self._key = Words(size="small", tone="faint", wraps=False)
        self._key.hide()
        self._flow, self._ends = Flow(baseline=True), Ends()
        above = QWidget()
        above.setLayout(self._flow)
        self._flow.add(self._when)
        self._told = told
        self._language: Language = "en"
        self._ask = Words(f"Ask them: {told.instruction.question}", size="small", tone="muted")
        self._flow.add(self._ask)
        self._sentence = Words(sentence, weight=tokens.MEDIUM)
        self._in_english = Words(sentence, size="small", tone="muted")
        self._in_english.hide()
        words = Column(gap=0)
        words.add(above)
        words.add(self._sentence)
        words.add(self._in_english)
        left = Row(gap=tokens.S2)
        left.add_level(self._mark)
        left.add(words, stretch=1)
        self._pairs: dict[Who, _Pair] = {who: _Pair(who, sentence) for who in PEOPLE}
        right = Row(gap=tokens.S3)
        right.add_level(self._key)
        for pair in self._pairs.values():
            right.add_level(pair)
        inside = QWidget()
        inside.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(right)
        self._line = QVBoxLayout(self)
        self._line.addStretch(1)  # where there is height to spare, it stands in the middle
        self._line.addWidget(inside)
        self._line.addStretch(1)
        self._connect()
        self.dress(theme.look())

    def _connect(self) -> None:
        for who, pair in self._pairs.items():
            for how, button in pair.buttons.items():
                button.clicked.connect(lambda _on, who=who, how=how: self.heard.emit(who, how))

    def show_key(self, key: str) -> None:
        """The key that marks this row from anywhere, printed beside its time."""
        self._key.setText(key)
        self._key.setVisible(bool(key))

    def show_language(self, language: Language) -> None:
        """What is read to the patient, in that language; the nurse's English stands beneath."""
        self._language = language
        self._show_words()

    def _show_words(self) -> None:
        one = self._told.instruction
        spanish = self._language == "es" and bool(one.sentence_es)
        self._sentence.setText(one.sentence_es if spanish else one.sentence)
        self._ask.setText(f"Ask them: {(one.question_es if spanish else '') or one.question}")
        when = f"{self._told.when[:1].upper()}{self._told.when[1:]}"
        self._when.setText(self._told.when_es if spanish else when)
        self._in_english.setText(f"{when}: {one.sentence} ({one.question})")
        self._in_english.setVisible(spanish)

    def show_told(self, told: Told) -> None:
        """Its time, and who said it; what shows as said is on the disk."""
        self._told = told
        self._show_words()
        self._pairs["patient"].show_heard(told.patient)
        self._pairs["adult"].show_heard(told.adult)
        self._mark.set_sign(
            "circle-check" if told.heard else "circle", colour="ok" if told.heard else "muted"
        )
        said = [
            f"{who} {how}" for who, how in (("patient", told.patient), ("adult", told.adult)) if how
        ]
        describe(self, f"{told.when}. {', '.join(said) or 'not said back yet'}")

    def show_names(self, names: dict[Who, str]) -> None:
        """Name each pair in the row itself: there is no room for a heading above the pairs."""
        for who, pair in self._pairs.items():
            pair.name.setText(names[who])
            pair.name.show()

    def hide_names(self) -> None:
        """A heading above the rows names the pairs."""
        for pair in self._pairs.values():
            pair.name.hide()

    def dress(self, look: Look) -> None:
        """Scale; the sentence keeps room to be read before the buttons go beneath it."""
        self._line.setSpacing(0)
        self._line.setContentsMargins(*(look.px(n) for n in (tokens.S2, tokens.S1) * 2))
        self._flow.set_gaps(look.px(tokens.S3), 0)
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space: both said it. A digit is one person's."""
        if event.key() in _BOTH:
            self.both_said.emit()
        elif event.text() in _KEYS:
            self.heard.emit(*_KEYS[event.text()])
        elif event.text().lower() == LANGUAGE_KEY.lower():
            self.turned.emit()
        else:
            super().keyPressEvent(event)

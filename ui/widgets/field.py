"""What every field has: a label above, a hint at its right, a sentence on how the value stands.

How it stands is told while typing, in words and outline and ground together, and never moves
anything: a line under the field is kept free for it, or it takes the place of the hint.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.announcing import announce
from ui.language.saying import describe, name_of, say_name, say_tip
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.keeping import Kept
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ui.widgets.field_parts import Foot, Head


class Standing(Enum):
    """Where a typed value stands; a field never refuses, it says."""

    NONE = "none"
    OK = "ok"
    WARN = "warn"  # unexpected: recorded as typed
    BAD = "bad"  # unreadable or not believable: type it again


class Judgement(NamedTuple):
    """A standing, the sentence that says why, and a few words for where no sentence fits."""

    standing: Standing
    sentence: str = ""
    short: str = ""


UNJUDGED: Final = Judgement(Standing.NONE)
Judge = Callable[[object], Judgement]

_TONES: Final[dict[Standing, Tone]] = {
    Standing.NONE: "muted",
    Standing.OK: "ok",
    Standing.WARN: "warn",
    Standing.BAD: "danger",
}
_SIGNS: Final = {
    Standing.NONE: "",
    Standing.OK: "check",
    Standing.WARN: "triangle-alert",
    Standing.BAD: "octagon-alert",
}


def _undoes(event: QKeyEvent) -> bool:
    from PySide6.QtGui import QKeySequence  # only with the first key that is pressed

    return event.matches(QKeySequence.StandardKey.Undo)


def leave_unjudged(value: object) -> Judgement:
    """The judge of a field whose value is good whatever it is."""
    del value
    return UNJUDGED


class Field(QWidget, Dressed, Kept):
    """A label, a hint, an editor and what is said of the value in it.

    ``name`` is what a screen reader says of the editor: the whole of it, with the unit.
    """

    judged = Signal(object)  # Judgement, when it changes
    committed = Signal()  # Enter, in a field told to commit

    def __init__(self, name: str, editor: QLineEdit | QPlainTextEdit, *, label: str) -> None:
        super().__init__()
        self._editor = editor
        self._hint_text = ""
        self._judgement = UNJUDGED
        self._beside = False
        self._lines = 0
        say_name(editor, name)
        editor.setProperty("standing", Standing.NONE.value)
        self._label = Words(label, size="label", tone="muted", weight=tokens.MEDIUM)
        self._label.setBuddy(editor)
        self._label_hidden = False
        self._head: Head | None = None  # with the first hint
        self._foot: Foot | None = None  # with the first sentence
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._label)
        self._column.addWidget(editor)
        self.setFocusProxy(editor)
        self._show_said()

    # what the screen tells it

    def set_label(self, label: str) -> None:
        """What is asked, in other words than before."""
        self._label.setText(label)
        self._show_said()

    def set_hint(self, hint: str) -> None:
        """What stands right of the label, for example ``was 141``."""
        self._hint_text = hint
        self._show_said()

    def say_beside(self) -> None:
        """Say the short words in place of the hint; for fields in a narrow grid."""
        self._beside = True
        self._show_said()

    def keep_lines(self, lines: int) -> None:
        """How many lines under the editor stay free for the sentence, so that nothing moves."""
        self._lines = lines
        self.dress(theme.look())
        self._show_said()

    def set_judgement(self, judgement: Judgement) -> None:
        """Show how the value stands; ``UNJUDGED`` clears it."""
        if judgement == self._judgement:
            return
        self._judgement = judgement
        self._editor.setProperty("standing", judgement.standing.value)
        theme.restyle(self._editor)
        self._show_said()
        self.judged.emit(judgement)

    def judgement(self) -> Judgement:
        """How the value stands now."""
        return self._judgement

    def editor(self) -> QLineEdit | QPlainTextEdit:
        """The part that is typed into."""
        return self._editor

    def go_on(self) -> None:
        """Put the focus on the next field, as Enter does."""
        self._editor.focusNextChild()

    def dress(self, look: Look) -> None:
        """Scale the gaps and the line kept free."""
        self._column.setSpacing(look.px(tokens.S1))
        if self._foot is not None:
            line = max(look.px(tokens.MARK), QFontMetrics(look.font("small")).height())
            self._foot.setMinimumHeight(line * self._lines)

    def kept_name(self) -> str:
        """What a screen reader says of the editor."""
        return name_of(self._editor)

    # showing

    def _show_said(self) -> None:
        judgement = self._judgement
        said = judgement.short or judgement.sentence
        beside = self._beside and bool(said)
        self._show_hint(
            said if beside else self._hint_text, _TONES[judgement.standing] if beside else "muted"
        )
        self._say_below("" if self._beside else judgement.sentence, judgement.standing)
        spoken = ". ".join(part for part in (self._hint_text, judgement.sentence) if part)
        describe(self._editor, spoken)
        say_tip(self, judgement.sentence if self._beside else "")

    def _show_hint(self, hint: str, tone: Tone) -> None:
        if hint and self._head is None:
            from ui.widgets.field_parts import Head

            # else Qt deletes its place in the column behind the binding's back, and a new one at
            # the same address is taken for the dead one
            self._column.removeWidget(self._label)
            self._head = Head(self._label)
            self._column.insertWidget(0, self._head)
        if self._head is not None:
            self._head.show_hint(hint, tone)
        elif self._label_hidden or not self._label.text():
            # one that was never hidden is shown with the field itself: shown before the field has
            # its place in a window, it would take its colours and letters now, and again each
            # time that what the field stands in is put into something larger
            self._label_hidden = True
            self._label.setVisible(bool(self._label.text()))

    def _say_below(self, sentence: str, standing: Standing) -> None:
        kept_free = self._lines > 0 and not self._beside
        if self._foot is None and (sentence or kept_free):
            from ui.widgets.field_parts import Foot

            self._foot = Foot()
            self._column.addWidget(self._foot)
            self.dress(theme.look())
        if self._foot is not None:
            self._foot.say(sentence, sign=_SIGNS[standing], tone=_TONES[standing])
            self._foot.setVisible(bool(sentence) or kept_free)


class LineField(Field):
    """A field of one line whose text is read by a parser at every keystroke.

    ``parse`` turns the text into a value and never raises; ``judge`` says how the value stands.
    """

    typed = Signal(object)  # the parsed value, at every keystroke

    def __init__(
        self,
        name: str,
        *,
        label: str,
        parse: Callable[[str], object] = str,
        judge: Judge = leave_unjudged,
    ) -> None:
        self._line = QLineEdit()
        self._secret = False  # once letters were hidden in it
        super().__init__(name, self._line, label=label)
        self._parse, self._judge = parse, judge
        self._commits = False
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._read)
        self._line.returnPressed.connect(self._enter)
        self._line.editingFinished.connect(self._say_aloud)
        self.dress(theme.look())

    def text(self) -> str:
        """What was typed, as typed."""
        return self._line.text()

    def value(self) -> object:
        """What the parser makes of the text."""
        return self._parse(self._line.text())

    def set_text(self, text: str) -> None:
        """Put text in as if it was typed."""
        self._line.setText(text)

    def kept(self) -> object:
        """What was typed; None where letters are hidden: a passphrase is never kept."""
        return None if self._secret else self._line.text()

    def take_back(self, kept: object) -> None:
        """Have this stand there again."""
        if isinstance(kept, str) and not self._secret:
            self.set_text(kept)

    def clear(self) -> None:
        """Empty it; it is then not judged, and Ctrl+Z does not bring the text back."""
        self._line.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z through to the window while nothing is typed that it could take back."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not self._line.isUndoAvailable()
            and _undoes(event)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def commit_on_enter(self) -> None:
        """Let Enter say ``committed`` and not go to the next field; for the last of a form."""
        self._commits = True

    def _read(self, text: str) -> None:
        value = self._parse(text)
        self.set_judgement(self._judge(value))
        self.typed.emit(value)

    def _say_aloud(self) -> None:
        """Once it is left, what is wrong or unusual: while it is typed half a value is wrong."""
        judgement = self.judgement()
        if judgement.standing in {Standing.WARN, Standing.BAD}:
            announce(self._line, judgement.sentence or judgement.short)

    def _enter(self) -> None:
        if self._commits:
            self.committed.emit()
        else:
            self.go_on()

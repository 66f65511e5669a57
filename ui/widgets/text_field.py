"""Fields for words: one line, a note of several, and a passphrase that is not shown."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui import theme, tokens
from ui.language import shown
from ui.language.saying import SaysAgain
from ui.theme import Look
from ui.widgets.field import Field, Judge, LineField, leave_unjudged


class TextField(LineField, SaysAgain):
    """One line of words; what is typed is kept as typed."""

    def __init__(
        self, name: str, *, label: str = "", placeholder: str = "", judge: Judge = leave_unjudged
    ) -> None:
        super().__init__(name, label=label, judge=judge)
        self._placeholder = placeholder
        self.say_again()

    def say_again(self) -> None:
        """What stands in it while it is empty, in the language that is spoken now."""
        self._line.setPlaceholderText(shown(self._placeholder))

    def hide_letters(self) -> None:
        """Show a dot for every letter: a passphrase."""
        self._secret = True
        self._line.setEchoMode(QLineEdit.EchoMode.Password)

    def show_letters(self) -> None:
        """Show what was typed, while the nurse holds the key for it."""
        self._line.setEchoMode(QLineEdit.EchoMode.Normal)


class NoteField(Field, SaysAgain):
    """Several lines of words; Tab leaves it, Enter starts a line."""

    typed = Signal(str)

    def __init__(
        self, name: str, *, label: str = "", placeholder: str = "", lines: int = 2
    ) -> None:
        self._note = QPlainTextEdit()
        super().__init__(name, self._note, label=label)
        self._placeholder = placeholder
        self.say_again()
        self._note.setTabChangesFocus(True)
        self._note.document().setDocumentMargin(0)
        self._rows = lines
        self._note.textChanged.connect(lambda: self.typed.emit(self.text()))
        self._note.installEventFilter(self)
        self.dress(theme.look())

    def say_again(self) -> None:
        """What stands in it while it is empty, in the language that is spoken now."""
        self._note.setPlaceholderText(shown(self._placeholder))

    def text(self) -> str:
        """What was typed, as typed."""
        return self._note.toPlainText()

    def set_text(self, text: str) -> None:
        """Put text in as if it was typed."""
        self._note.setPlainText(text)

    def kept(self) -> object:
        """What was typed."""
        return self.text()

    def take_back(self, kept: object) -> None:
        """Have this stand there again."""
        if isinstance(kept, str):
            self.set_text(kept)

    def clear(self) -> None:
        """Empty it."""
        self._note.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letters come with the place in a window, and need another height."""
        if watched is self._note and event.type() == QEvent.Type.FontChange:
            self._make_room(theme.look())
        return super().eventFilter(watched, event)

    def dress(self, look: Look) -> None:
        """Keep so many lines in sight; more are scrolled to."""
        super().dress(look)
        self._note.ensurePolished()
        self._make_room(look)

    def _make_room(self, look: Look) -> None:
        # a laid out line is a fraction higher than the metrics say, and a cut line would scroll
        row = self._note.fontMetrics().lineSpacing() + look.px(tokens.HAIR)
        rows = row * self._rows + look.px(tokens.HAIR)
        around = 2 * (look.px(tokens.S2) + look.px(tokens.RING))
        self._note.setFixedHeight(max(rows + around, look.px(tokens.TARGET)))

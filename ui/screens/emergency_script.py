"""What is read aloud to 911, line by line, in letters that can be read at arm's length."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ketachart.domain.emergency_script import SpokenLine
from ui import theme, tokens
from ui.language.saying import describe_verbatim
from ui.theme import Dressed, Look
from ui.tokens import Tone, TypeName
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.card import Card
from ui.widgets.mark import Mark
from ui.widgets.words import Words

# asked last or only once: quieter, so that the whole screen stays dim enough for the room
_QUIET = ("call-back", "home")


class _Line(QWidget, Dressed):
    """What it answers at the left, the words at the right."""

    def __init__(self, line: SpokenLine) -> None:
        super().__init__()
        urgent = line.code == "allergy"
        self._label = Words(
            line.label,
            size="label",
            tone="danger" if urgent else "muted",
            weight=tokens.SEMIBOLD,
            wraps=False,
        )
        tone: Tone = "danger" if urgent else "muted" if line.code in _QUIET else "text"
        # a dispatcher hears it in English, whatever the window speaks
        self._text = Words(line.text, size="h1", tone=tone, verbatim=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._text, 0, 1)
        for words in (self._label, self._text):
            words.installEventFilter(self)
        self.dress(theme.look())

    def say(self, text: str) -> None:
        """Other words; nothing else moves."""
        if text != self._text.text():
            self._text.setText(text)

    def set_size(self, size: TypeName) -> None:
        """Larger letters, where there is room for them."""
        self._text.set_size(size)
        self._level()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The letters come with the place in a window, and stand on another line."""
        if event.type() == QEvent.Type.FontChange:
            self._level()
        return super().eventFilter(watched, event)

    def _level(self) -> None:
        """The label stands on the first line of the words, however many lines they take."""
        for words in (self._label, self._text):
            words.ensurePolished()
        drop = self._text.fontMetrics().ascent() - self._label.fontMetrics().ascent()
        self._label.setContentsMargins(0, max(0, drop), 0, 0)

    def dress(self, look: Look) -> None:
        """The words of all lines begin at one edge."""
        self._grid.setHorizontalSpacing(look.px(tokens.S3))
        self._grid.setColumnMinimumWidth(0, look.px(tokens.KEY_COLUMN))
        self._level()


class ScriptCard(Card):
    """The lines in the order in which a dispatcher asks."""

    def __init__(self) -> None:
        self._body = Column(gap=tokens.S2)
        super().__init__("Call 911 and read this aloud")
        self._lines: dict[str, _Line] = {}
        self._size: TypeName = "h1"
        head = Row(gap=tokens.S3)
        head.add_level(Mark("phone", colour="accent_text", size=tokens.ICON_LARGE))
        head.add(
            Words("Call 911 and read this aloud", size="h2", weight=tokens.SEMIBOLD), stretch=1
        )
        self.add(head)
        self.add(Scroller("Script", self._body), stretch=1)

    def dress(self, look: Look) -> None:
        """A word never stands against the scroll bar."""
        super().dress(look)
        self._body.setContentsMargins(0, 0, look.px(tokens.S1), 0)

    def show_script(self, lines: tuple[SpokenLine, ...]) -> None:
        """These lines; the ones that stay the same are not touched."""
        if not self._lines:
            self._make(lines)
        for line in lines:
            self._lines[line.code].say(line.text)
        describe_verbatim(self, " ".join(f"{line.label}: {line.text}" for line in lines))

    def _make(self, lines: tuple[SpokenLine, ...]) -> None:
        for line in lines:
            made = self._lines[line.code] = _Line(line)
            made.set_size(self._size)
            self._body.add(Rule())
            self._body.add(made)
        self._body.add_room()

    def set_size(self, size: TypeName) -> None:
        """The size of the letters that are read aloud."""
        self._size = size
        for line in self._lines.values():
            line.set_size(size)

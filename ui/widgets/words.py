"""Text on the screen: never cut off, never read as markup, in one of seven sizes."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import numbers, theme, tokens
from ui.language import shown
from ui.language.saying import SaysAgain
from ui.tokens import Tone, TypeName
from ui.widgets.whole_units import whole_units


class Words(QLabel, SaysAgain):
    """Plain text that starts another line rather than lose a letter.

    ``wraps=False`` keeps it on one line, for numbers and times; its place must then be wide enough,
    and the layouts here see to that. It shows its text in the window's language, and ``text()`` is
    the English it was given; ``verbatim`` is for what somebody typed: a name, a note, a number.
    """

    def __init__(  # noqa: PLR0913 - what it says, and how it looks
        self,
        text: str = "",
        *,
        size: TypeName = "body",
        tone: Tone = "text",
        weight: int = tokens.REGULAR,
        wraps: bool = True,
        verbatim: bool = False,
    ) -> None:
        super().__init__()
        self._text, self.verbatim = "", verbatim
        # A patient's name is never markup: "<b>" in it must show as typed.
        numbers.show_plainly(self)
        self.setWordWrap(wraps)
        self.setProperty("letters", size)  # "size" is Qt's own
        self.setProperty("tone", tone)
        self.setProperty("weight", str(weight))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text, given in English, in the language of the window."""
        self._text = text
        said = text if self.verbatim else shown(text)
        super().setText(whole_units(said) if self.wordWrap() else said)

    def text(self) -> str:
        """The text as it was given, whatever language shows."""
        return self._text

    def say_again(self) -> None:
        """Show it in the language that is spoken now."""
        self.setText(self._text)
        self.updateGeometry()

    def set_tone(self, tone: Tone) -> None:
        """Say the same in another colour; never the only sign of a state."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            theme.restyle(self)

    def set_size(self, size: TypeName) -> None:
        """Say the same in larger or smaller letters."""
        if self.property("letters") != size:
            self.setProperty("letters", size)
            theme.restyle(self)
            self.updateGeometry()

    def set_struck(self) -> None:
        """Draw the text through; it stays readable."""
        self.setProperty("struck", "true")
        theme.restyle(self)

    def natural_width(self) -> int:
        """The width in pixels at which nothing has to wrap."""
        self.ensurePolished()
        edges = self.contentsMargins()
        # one pixel more, because widths of glyphs are fractions and Qt wraps at the rounded sum
        return self.fontMetrics().size(0, super().text()).width() + edges.left() + edges.right() + 1

    def sizeHint(self) -> QSize:
        """One line where it fits; QLabel's own wish is a narrow block."""
        if not self.wordWrap():
            return super().sizeHint()
        width = self.natural_width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The longest word wide and one line high; the height follows from the width."""
        least = super().minimumSizeHint()
        if not self.wordWrap():
            return least
        return QSize(least.width(), min(least.height(), self.fontMetrics().height()))

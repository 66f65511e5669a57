"""A scale of numbers with their signs: what stands on a button is what is typed to take it."""

from ui import tokens
from ui.theme import Look
from ui.widgets.choices import Choice, Choices

_MINUS = ("-", "−")


class SignedChoices(Choices):
    """Choices such as +2 … −3, whose values are “2” … “-3”: typing -1 takes −1, and 1 takes +1.

    Only the ``common`` ones are in sight, until all are asked for; a rare one can still be typed.
    """

    def __init__(
        self, name: str, choices: tuple[Choice, ...], *, common: tuple[str, ...], columns: int = 0
    ) -> None:
        self._negative = False
        self._values = tuple(choice.value for choice in choices)
        self._common = common
        super().__init__(name, choices, columns=columns)
        self.show_common()

    def show_common(self) -> None:
        """Show the common ones, and the one that is chosen."""
        self.show_only(*self._common)

    def show_all(self) -> None:
        """Show the rare ones too."""
        self.show_only(*self._values)

    def dress(self, look: Look) -> None:
        """Closer together than other choices, so that six stand on one line of the column."""
        super().dress(look)
        self._grid.set_gaps(look.px(tokens.S1), look.px(tokens.S1))

    def _take_by_key(self, text: str) -> bool:
        if text and text in {*_MINUS, "+"}:
            self._negative = text in _MINUS
            return True
        negative, self._negative = self._negative, False
        wanted = f"-{text}" if negative and text != "0" else text
        if wanted not in self._values:
            return False
        self.choose(wanted)
        self.show_only(*self._in_sight())
        self.setFocus()
        return True

    def _in_sight(self) -> tuple[str, ...]:
        shown = zip(self._choices, self._options, strict=True)
        return tuple(choice.value for choice, option in shown if not option.isHidden())

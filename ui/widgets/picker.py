"""One of many: type a few letters, Enter takes the first that fits; or press its button."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, Standing
from ui.widgets.keeping import Kept
from ui.widgets.text_field import TextField


class Picker(QWidget, Dressed, Kept):
    """A field that narrows the buttons under it; what is picked alone stays in sight.

    Words that fit none are taken as they are typed, and the field says so with ``own_words``.
    """

    changed = Signal(str)  # the value picked, or the words typed

    def __init__(
        self,
        name: str,
        choices: tuple[Choice, ...],
        *,
        label: str,
        own_words: str,
        columns: int = 2,
    ) -> None:
        super().__init__()
        self._all = choices
        self._own_words = own_words
        self.field = TextField(f"{name}: type a few letters", label=label, placeholder="Find")
        self.field.commit_on_enter()
        self._waits = False
        self._offered: tuple[str, ...] | None = None  # nothing is settled yet
        self._choices = Choices(name, choices, columns=columns)
        self._choices.wrap_words()
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.field)
        self._line.addWidget(self._choices)
        self.field.typed.connect(self._typed)
        self.field.committed.connect(self._take_first)
        self._choices.changed.connect(self._pressed)
        self.setFocusProxy(self.field)
        self.dress(theme.look())

    def wait_for_letters(self) -> None:
        """Offer nothing before a letter is typed; for a list that would fill the sheet."""
        self._waits = True
        self.clear()

    def value(self) -> str:
        """The value picked, or the words typed; empty while there is neither."""
        chosen = self._choices.chosen()
        return chosen[0] if chosen else self.field.text().strip()

    def set_value(self, value: str) -> None:
        """Have this picked; words that fit none stand as typed."""
        known = next((c for c in self._all if c.value == value), None)
        self._show(known, value if known is None else known.words)

    def kept(self) -> object:
        """The value picked, or the words typed."""
        return self.value()

    def take_back(self, kept: object) -> None:
        """Have this picked again."""
        self.set_value(str(kept))

    def kept_name(self) -> str:
        """The name of its field."""
        return self.field.kept_name()

    def clear(self) -> None:
        """Nothing is picked, and everything is offered again."""
        self._show(None, "")

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._line.setSpacing(look.px(tokens.S2))

    def _fitting(self, fits: Callable[[str], bool]) -> tuple[Choice, ...]:
        return tuple(choice for choice in self._all if fits(choice.words.lower()))

    def _matches(self, text: str) -> tuple[Choice, ...]:
        """What begins with the letters, then what holds them."""
        letters = text.strip().lower()
        if self._waits and not letters:
            return ()
        first = self._fitting(lambda words: words.startswith(letters))
        return first + tuple(c for c in self._fitting(lambda w: letters in w) if c not in first)

    def _typed(self, text: object) -> None:
        exact = self._fitting(lambda words: words == str(text).strip().lower())
        self._show(exact[0] if exact else None, str(text))

    def _take_first(self) -> None:
        found = self._matches(self.field.text())
        if self.field.text().strip() and found:
            self._show(found[0], found[0].words)
        self._choices.setFocus()
        self.focusNextChild()

    def _pressed(self, chosen: tuple[str, ...]) -> None:
        picked = next((c for c in self._all if c.value in chosen), None)
        self._show(picked, picked.words if picked else "")

    def _show(self, picked: Choice | None, text: str) -> None:
        with QSignalBlocker(self._choices), QSignalBlocker(self.field):
            self._choices.choose(*([picked.value] if picked else []))
            if self.field.text().strip() != text.strip():
                self.field.set_text(text)
        found = (picked,) if picked else self._matches(text)
        self._offer(tuple(choice.value for choice in found))
        own = bool(text.strip()) and not found
        said = Judgement(Standing.NONE, self._own_words if own else "")
        self.field.set_judgement(said)
        self.changed.emit(self.value())

    def _offer(self, found: tuple[str, ...]) -> None:
        """These and no others; what stands already is not laid out again."""
        other, self._offered = found != self._offered, found
        there = QApplication.focusWidget()
        if other and (there is None or not self._choices.isAncestorOf(there)):
            self._choices.hide()  # or everything around them is laid out anew with each of them
        self._choices.show_only(*found)
        self._choices.setVisible(bool(found))

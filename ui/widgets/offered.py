"""Choices that change with the visit: the alerts that stand, the bags there are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.theme import Dressed, Look
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Kept
from ui.widgets.words import Words


class Offered(QWidget, Dressed, Kept):
    """A row of choices that is made anew when other things are offered; ``empty`` says why none.

    What was chosen stays chosen while it is still offered.
    """

    changed = Signal(tuple)
    remade = Signal()  # other things are offered; whoever holds it settles the order of Tab

    def __init__(self, name: str, *, empty: str, columns: int = 1, several: bool = False) -> None:
        super().__init__()
        self._name, self._columns, self._several = name, columns, several
        self._label, self._hint = "", ""
        self._offered: tuple[Choice, ...] = ()
        self._choices = Choices(name, ())
        self._empty = Words(empty, size="small", tone="muted")
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._choices)
        self._line.addWidget(self._empty)
        self.dress(theme.look())

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Offer these and no others; the same ones again change nothing."""
        if choices == self._offered:
            return
        kept = [value for value in self.chosen() if value in {c.value for c in choices}]
        had_focus = self._choices.hasFocus()
        self._offered = choices
        old = self._choices
        self._choices = Choices(self._name, choices, columns=self._columns, several=self._several)
        self._choices.set_label(self._label, hint=self._hint)
        self._choices.choose(*kept)
        self._choices.changed.connect(self.changed)
        self._line.replaceWidget(old, self._choices)
        old.hide()
        old.deleteLater()
        self._choices.setVisible(bool(choices))
        self._empty.setVisible(not choices)
        self.setFocusProxy(self._choices)
        self.remade.emit()
        if had_focus:
            self._choices.setFocus()

    def set_label(self, label: str, *, hint: str = "") -> None:
        """What is asked, and a few words at the right."""
        self._label, self._hint = label, hint
        self._choices.set_label(label, hint=hint)

    def chosen(self) -> tuple[str, ...]:
        """What is chosen; empty while nothing is."""
        return self._choices.chosen()

    def kept(self) -> object:
        """What is chosen."""
        return self._choices.kept()

    def take_back(self, kept: object) -> None:
        """Have these chosen, as far as they are offered now."""
        self._choices.take_back(kept)

    def kept_name(self) -> str:
        """The name of the row of choices."""
        return self._name

    def choose(self, *values: str) -> None:
        """Have these chosen; raises ValueError for a value that is not offered."""
        self._choices.choose(*values)

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._line.setSpacing(look.px(tokens.S2))

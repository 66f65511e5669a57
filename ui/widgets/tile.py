"""One figure to be seen from the bedside: what it is, the number, its unit, and a line beneath."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.flow import Flow
from ui.widgets.words import Words


class Tile(QWidget, Dressed):
    """A label, a 24-px value with its unit, and a small line.

    A value that is not known is shown as ``—`` by whoever calls; it is never 0.
    """

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = Words(label, size="label", tone="muted", weight=tokens.MEDIUM)
        self._value = Words(size="value", weight=tokens.SEMIBOLD, wraps=False)
        self._unit = Words(size="body", tone="muted")
        self._sub = Words(size="small", tone="muted")
        middle = QWidget()
        self._flow = Flow(baseline=True)
        middle.setLayout(self._flow)
        self._flow.add(self._value)
        self._flow.add(self._unit)
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for part in (self._label, middle, self._sub):
            self._line.addWidget(part)
        self._line.addStretch(1)
        self.dress(theme.look())

    def show_value(self, value: str, *, unit: str = "", sub: str = "", tone: Tone = "text") -> None:
        """Show a figure; ``tone`` colours the number, and the words must say the same."""
        self._value.setText(value)
        self._value.set_tone(tone)
        for part, text in ((self._unit, unit), (self._sub, sub)):
            part.setText(text)
            part.setVisible(bool(text))
        say_name(self, f"{self._label.text()}: {value} {unit}".strip())
        describe(self, sub)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._line.setSpacing(look.px(tokens.S1) // 2)
        self._flow.set_gaps(look.px(tokens.S2), 0)

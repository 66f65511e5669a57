"""A list of facts: what it is at the left, how much at the right, aligned to be read down."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Row
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One fact; ``sign`` stands before the key, in the tone of the value."""

    key: str
    value: str
    tone: Tone = "text"
    sign: str = ""


class _Line(QWidget, Dressed):
    """One fact with its value at the right edge, or beneath where both do not fit."""

    def __init__(self, fact: KeyValue) -> None:
        super().__init__()
        self._ends = Ends()
        self.setLayout(self._ends)
        key: QWidget = Words(fact.key, size="small", tone="muted")
        if fact.sign:
            row = Row(gap=tokens.S2)
            row.add_level(Mark(fact.sign, colour=fact.tone, size=tokens.ICON_SMALL))
            row.add(key, stretch=1)
            key = row
        self._ends.add(key)
        self._ends.add(Words(fact.value, size="small", tone=fact.tone))
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gap."""
        self._ends.set_gaps(look.px(tokens.S1), 0)


class KeyValues(QWidget, Dressed):
    """Facts one below the other, values at the right edge."""

    def __init__(self, name: str, facts: tuple[KeyValue, ...] = ()) -> None:
        super().__init__()
        say_name(self, name)
        self._facts: tuple[KeyValue, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.show_facts(facts)
        self.dress(theme.look())

    def show_facts(self, facts: tuple[KeyValue, ...]) -> None:
        """Show these and no others."""
        if facts == self._facts:
            return
        self._facts = facts
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for fact in facts:
            self._lines.addWidget(_Line(fact))
        spoken = ". ".join(f"{fact.key}: {fact.value}" for fact in facts)
        describe(self, spoken)

    def dress(self, look: Look) -> None:
        """Scale the distance between lines."""
        self._lines.setSpacing(look.px(tokens.S1) // 2)


class FactColumns(QWidget, Dressed):
    """Facts with their values in a second column, for sentences: who, when, why."""

    def __init__(self, name: str, facts: tuple[KeyValue, ...]) -> None:
        super().__init__()
        say_name(self, name)
        describe(self, ". ".join(f"{fact.key}: {fact.value}" for fact in facts))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts):
            key = Words(fact.key, size="small", tone="muted", wraps=False)
            self._grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Words(fact.value, size="small", tone=fact.tone), row, 1)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the columns."""
        self._grid.setHorizontalSpacing(look.px(tokens.S3))
        self._grid.setVerticalSpacing(look.px(tokens.S1) // 2)
        self._grid.setColumnMinimumWidth(0, look.px(tokens.KEY_COLUMN))

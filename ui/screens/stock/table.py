"""The vials in custody as a table: number, label, state, where it lies, milligrams left."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ketachart.domain.custody.book import Held
from ketachart.domain.wording import day, day_and_clock, with_unit
from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Rule
from ui.widgets.words import Words

HEADS: Final = ("Number", "Label", "State", "Where it lies", "Left")
NARROW: Final = 640  # effective width below which the place stands under the label
_LABEL, _STATE, _PLACE, _LEFT = 1, 2, 3, 4


class VialTable(QWidget, Dressed):
    """Rows that wrap rather than being cut; a narrow one has the place under the label."""

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Vials in custody")
        self._items: tuple[Held, ...] = ()
        self._today: date | None = None
        self._is_narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.dress(theme.look())

    def show_items(self, items: tuple[Held, ...], today: date) -> None:
        """Show these vials and no others; an expired one is named with its day."""
        if (items, today) != (self._items, self._today):
            self._items, self._today = items, today
            self._fill()

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.setHorizontalSpacing(look.px(tokens.S4))
        self._grid.setVerticalSpacing(look.px(tokens.S2))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out for the width there is."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < theme.look().px(NARROW)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for column, head in enumerate(HEADS):
            if not (self._is_narrow and column == _PLACE):
                self._put(0, column, head, tone="faint")
        for number, held in enumerate(self._items):
            self._grid.addWidget(Rule(), 2 * number + 1, 0, 1, len(HEADS))
            self._show(2 * number + 2, held)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(2 * len(self._items) + 1, 1)  # what is to spare goes below
        self._grid.setColumnStretch(_LABEL, 3)
        self._grid.setColumnStretch(_PLACE, 0 if self._is_narrow else 2)
        describe(self, ". ".join(_spoken(held, self._today) for held in self._items))

    def _show(self, row: int, held: Held) -> None:
        label, place = _label(held), _place(held, self._today)
        if self._is_narrow:
            label = f"{label}\n{place}"
        else:
            self._put(row, _PLACE, place, tone="muted")
        state, tone = _state(held, self._today)
        self._put(row, 0, held.number, strong=True)
        self._put(row, _LABEL, label)
        self._put(row, _STATE, state, tone=tone)
        self._put(row, _LEFT, with_unit(held.left), strong=True)

    def _put(
        self, row: int, column: int, text: str, *, tone: Tone = "text", strong: bool = False
    ) -> None:
        words = Words(
            text,
            size="label" if strong else "small",
            tone=tone,
            weight=tokens.SEMIBOLD if strong else tokens.REGULAR,
            wraps=column not in {_LEFT, _STATE},
        )
        side = Qt.AlignmentFlag.AlignRight if column == _LEFT else Qt.AlignmentFlag.AlignLeft
        words.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, column)


def _label(held: Held) -> str:
    kind = {"vial": "", "rest": "sealed leftover, ", "stranger": "NOT in the book, "}[held.kind]
    ndc = f", NDC {held.ndc}" if held.ndc else ""
    return (
        f"{kind}ketamine {with_unit(held.strength)}, lot {held.lot}, exp {day(held.expires)}{ndc}"
    )


def _place(held: Held, today: date | None) -> str:
    by = f", {held.keeper}" if held.keeper else ""
    visits = f", visit {held.visits[-1]}" if held.visits else ""
    return f"{held.place}{by}, since {day_and_clock(held.since, beside=today)}{visits}"


def _state(held: Held, today: date | None) -> tuple[str, Tone]:
    if today is not None and held.expired(today):
        return "EXPIRED", "danger"
    if held.sealed or held.kind == "rest":
        return "sealed", "ok"
    return "opened", "warn"


def _spoken(held: Held, today: date | None) -> str:
    state, left = _state(held, today)[0], with_unit(held.left)
    return f"{held.number}: {_label(held)}, {state}, {_place(held, today)}, {left} left"

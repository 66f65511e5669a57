"""What only some orders say: rows that are added by a key, so that a plain order stays short."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.protocol import Protocol
from ui import theme, tokens
from ui.actions import BY_NAME, key_of
from ui.forms.order.added_rows import AddedRows
from ui.forms.order.course import USUAL_DILUENT, BagAndLine, LineRows, PlanRows, StepRows
from ui.forms.order.limits import LimitRows
from ui.forms.order.prn_rows import PrnRows
from ui.forms.order.treatments import TreatmentRows
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.flow import EvenGrid

_WORDS: Final = {
    "add-medicine": "Medicine",
    "add-step": "Rate step",
    "add-limit": "Limit",
    "add-plan": "Monitoring",
    "add-line": "Line",
    "add-treatment": "Treatment",
}


class OrderMore(Column):
    """Medicines if needed, steps, limits, monitoring, bag and line, treatments."""

    changed = Signal()
    grown = Signal()

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(gap=tokens.S3)
        self.prn = PrnRows(protocol.medicine)
        self._steps = StepRows("Steps of the rate, in their order")
        self._limits = LimitRows(protocol)
        self._plan = PlanRows("Monitoring beyond the protocol", one_only=True)
        self._bag_line = LineRows("Bag and line", one_only=True)
        self._treatments = TreatmentRows("Treatments beside the ketamine")
        self._acts: dict[str, Callable[[], None]] = {
            "add-medicine": self.prn.add_row,
            "add-step": self._steps.add_row,
            "add-limit": self._limits.add_row,
            "add-plan": self._plan.add_row,
            "add-line": self._bag_line.add_row,
            "add-treatment": self._treatments.add_row,
        }
        self.add(self.prn)
        for rows in self._added():
            self.add(rows)
            rows.changed.connect(self.changed)
            rows.grown.connect(self.grown)
        self.prn.changed.connect(self.changed)
        self.add(_Adders(self._acts))

    def _added(self) -> tuple[AddedRows[Any], ...]:
        return (self._steps, self._limits, self._plan, self._bag_line, self._treatments)

    def act(self, name: str) -> bool:
        """Adds a row where that is what the key asks for."""
        if name not in self._acts:
            return False
        self._acts[name]()
        return True

    def onto(self, order: OrderRecorded) -> OrderRecorded:
        """The order with everything that is said here.

        Raises:
            Refused: a row that was begun lacks something, or cannot be read.
        """
        line = next(iter(self._bag_line.values()), BagAndLine(USUAL_DILUENT, None))
        return replace(
            order,
            prn=self.prn.orders(),
            titration=self._steps.values(),
            limits=self._limits.values(),
            monitoring=next(iter(self._plan.values()), None),
            priming=line.priming,
            diluent=line.diluent,
            adjuncts=self._treatments.values(),
        )

    def show_rows(self, order: OrderRecorded | None) -> None:
        """All of it as an order on file says it, in place of what stands here; None: no rows."""
        if order is None:
            self.prn.show_orders(())
            for rows in self._added():
                rows.show_values(())
            return
        self.prn.show_orders(order.prn)
        self._steps.show_values(order.titration)
        self._limits.show_values(order.limits)
        self._plan.show_values((order.monitoring,) if order.monitoring else ())
        usual = order.priming is None and order.diluent == USUAL_DILUENT
        self._bag_line.show_values(() if usual else (BagAndLine(order.diluent, order.priming),))
        self._treatments.show_values(order.adjuncts)

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at: a field, or the first row of what it names as a whole."""
        wholes: dict[str, QWidget | None] = {
            "titration": self._steps.first(),
            "limits": self._limits.first(),
            "monitoring": self._plan.first(),
            "adjuncts": self._treatments.first(),
            "prn": self.prn.first(),
        }
        if key in wholes:
            return wholes[key]
        found = (rows.field(key) for rows in self._added())
        return self.prn.field(key) or next((field for field in found if field), None)


class _Adders(QWidget, Dressed):
    """A quiet button for each, with its key."""

    def __init__(self, acts: dict[str, Callable[[], None]]) -> None:
        super().__init__()
        self._flow = EvenGrid(3)
        self.setLayout(self._flow)
        for name, act in acts.items():
            button = Button(
                BY_NAME[name].words,
                words=_WORDS[name],
                sign="plus",
                key=key_of(name),
                kind=Kind.QUIET,
            )
            button.clicked.connect(act)
            self._flow.add(button)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S2), look.px(tokens.S1))

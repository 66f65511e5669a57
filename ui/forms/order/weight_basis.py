"""Which weight an order doses on: the one on the scale, or one by formula or in the order's kg."""

from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import OrderRecorded
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Kg
from ketachart.errors import Refused
from ui import tokens
from ui.forms.amounts import AmountField, exact_text
from ui.forms.timed import one
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices


class WeightBasis(Column):
    """Formula and kilograms are asked for only where it is not the actual weight."""

    changed = Signal()

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(gap=tokens.S3)
        self._basis = Choices(
            "Weight to dose on",
            (Choice("actual", "Actual"), Choice("ideal", "Ideal"), Choice("adjusted", "Adjusted")),
        )
        self._basis.set_label("Weight to dose on", hint="actual, unless the order says")
        self._codes = tuple(row.code for row in protocol.formulas)
        formulas = tuple(Choice(row.code, row.label) for row in protocol.formulas)
        self._formula = Choices("Formula that the order names", formulas, columns=3)
        self._formula.wrap_words()
        self._formula.set_label("By which formula", hint="only if the order names it")
        self._weight = AmountField("Weight to dose on", "dosing_weight_kg", unit="kg")
        self._weight.set_hint("if the order names it in kg")
        for part in (self._basis, self._formula, self._weight):
            self.add(part)
        for choices in (self._basis, self._formula):
            choices.changed.connect(lambda _chosen: self._ask())
        self._weight.typed.connect(lambda _value: self.changed.emit())
        self._ask()

    def _ask(self) -> None:
        other = one(self._basis) in ("ideal", "adjusted")
        self._formula.setVisible(other and bool(self._codes))
        self._weight.setVisible(other)
        self.changed.emit()

    def answer(self) -> dict[str, Any]:
        """The fields of the order about its weight.

        Raises:
            Refused: neither formula nor kilograms, or the kilograms cannot be read.
        """
        basis = one(self._basis) or "actual"
        if basis == "actual":
            return {"weight_basis": basis, "weight_formula": "", "dosing_weight_kg": None}
        own, formula = self._weight.amount(Kg), one(self._formula)
        if own is None and not formula:
            raise Refused(
                f"Choose the formula of the {basis} weight, or type the weight to dose on in kg.",
                rule="dosing weight missing",
                field="dosing_weight_kg",
            )
        return {
            "weight_basis": cast(Any, basis),
            "weight_formula": formula,
            "dosing_weight_kg": own,
        }

    def show_order(self, order: OrderRecorded) -> None:
        """As an order on file says it; a formula that the protocol no longer has is left out."""
        self._basis.choose(order.weight_basis)
        self._formula.choose(*(code for code in self._codes if code == order.weight_formula))
        self._weight.set_text(exact_text(order.dosing_weight_kg))
        self._ask()

    def fields(self) -> dict[str, QWidget]:
        """What a refusal points at."""
        return {
            "dosing_weight_kg": self._weight,
            "weight_formula": self._formula,
            "weight_basis": self._basis,
        }

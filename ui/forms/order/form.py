"""The prescriber's order of a new visit, as it stands on paper or was read back by telephone."""

from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import OrderRecorded, Prescriber
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import (
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
)
from ketachart.errors import Refused
from ui import tokens
from ui.forms.amounts import AmountField, exact_text
from ui.forms.order.more import OrderMore
from ui.forms.order.on_file import OnFile
from ui.forms.order.ordered_by import OrderedBy
from ui.forms.order.weight_basis import WeightBasis
from ui.forms.timed import must_choose, one
from ui.widgets.boxes import Column
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import LineField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tab_order import settle


class OrderForm(Column):
    """Three cards: drug, what only some orders say, and who ordered it. No dose is proposed."""

    changed = Signal()

    def __init__(self, protocol: Protocol, *, by_call: bool = False) -> None:
        super().__init__(gap=tokens.GUTTER)
        self._make_drug(protocol)
        self._by = OrderedBy(by_call=by_call)
        self.more = OrderMore(protocol)
        self.on_file = OnFile()
        self.add(self._drug_card())
        self.add(self._more_card())
        self.add(self._by)
        self._ask()
        self._listen()

    def _make_drug(self, protocol: Protocol) -> None:
        self._goal = Choices(
            "Goal of the infusion",
            tuple(
                Choice(goal.code, goal.label, key=str(place))
                for place, goal in enumerate(protocol.goals, 1)
            ),
            columns=3,
        )
        self._goal.set_label("Goal")
        self._goal.wrap_words()
        self._dose = AmountField("Dose", "dose_mg_per_kg", unit="mg/kg")
        self._over = AmountField("Over", "duration_min", unit="min")
        self._ceiling = AmountField("Never more than", "ceiling_mg", unit="mg")
        self._strength = AmountField("Strength of the bag", "strength_mg_per_ml", unit="mg/mL")
        self._start = AmountField("Start rate", "start_rate_mg_kg_h", unit="mg/kg/h")
        self._highest = AmountField("Highest rate", "highest_rate_mg_kg_h", unit="mg/kg/h")
        self._basis = WeightBasis(protocol)
        self._bolus = Choices(
            "Bolus", (Choice("no", "Not allowed"), Choice("yes", "Allowed")), columns=2
        )
        self._bolus.set_label("Bolus", hint="not allowed, unless the order says")
        self._most = AmountField("Largest bolus", "bolus_max_mg_per_kg", unit="mg/kg")

    def _drug_card(self) -> Card:
        card = Card("Order", gap=tokens.S3)
        card.add(Heading("Order", aside="IV; ketamine by other routes is charted as history"))
        card.add(self.on_file)
        card.add(self._goal)
        card.add(FieldGrid(self._dose, self._over))
        card.add(FieldGrid(self._ceiling, self._strength))
        card.add(FieldGrid(self._start, self._highest))
        card.add(self._basis)
        card.add(self._bolus)
        card.add(self._most)
        return card

    def _more_card(self) -> Card:
        card = Card("Only if the order says so", gap=tokens.S3)
        card.add(Heading("Only if the order says so"))
        card.add(self.more)
        return card

    def _listen(self) -> None:
        for line in self.findChildren(LineField):
            line.typed.connect(lambda _value: self.changed.emit())
        for choices in (self._goal, self._bolus):
            choices.changed.connect(lambda _chosen: self._ask())
            choices.changed.connect(lambda _chosen: self.changed.emit())
        for part in (self._basis, self.more, self._by):
            part.changed.connect(self.changed)
        self.more.grown.connect(lambda: settle(self))

    def _ask(self) -> None:
        """What only some orders need is asked only of those."""
        self._most.setVisible(one(self._bolus) == "yes")

    # ------------------------------------------------ an order on file

    def begun(self) -> bool:
        """Whether anything of an order is typed or chosen."""
        lines = any(line.text().strip() for line in self.findChildren(LineField))
        chosen = any(choices.chosen() for choices in self.findChildren(Choices))
        return lines or chosen or self._by.begun()

    def empty(self) -> None:
        """Takes everything out, as for another patient."""
        self.more.show_rows(None)
        for line in self.findChildren(LineField):
            line.clear()
        for choices in self.findChildren(Choices):
            choices.choose()
        self._by.clear_note()

    def show_order(self, order: OrderRecorded, *, number: int | None, dated: bool) -> None:
        """The order of an earlier visit, to be read line by line.

        How it was received and read back is today's matter and is not taken over.

        Args:
            order: as it stands on file.
            number: which infusion of the series the new visit is.
            dated: whether its days are taken over too; those of an expired order are not.
        """
        self.empty()
        self._goal.choose(order.goal)
        self._basis.show_order(order)
        self._bolus.choose("yes" if order.bolus_allowed else "no")
        for field, value in (
            (self._dose, order.dose_mg_per_kg),
            (self._over, order.duration_min),
            (self._ceiling, order.ceiling_mg),
            (self._strength, order.strength_mg_per_ml),
            (self._start, order.start_rate_mg_kg_h),
            (self._highest, order.highest_rate_mg_kg_h),
            (self._most, order.bolus_max_mg_per_kg),
        ):
            field.set_text(exact_text(value))
        self.more.show_rows(order)
        self._by.show_order(order, number=number, dated=dated)

    def show_record(self, order: OrderRecorded) -> None:
        """That very order, to be corrected: with how it was received and read back."""
        self.show_order(order, number=order.series_number, dated=True)
        self._by.show_received(order)

    def show_called(self, order: OrderRecorded) -> None:
        """The order in force, to be changed in a call: who calls and reads back is asked anew."""
        self.show_order(order, number=order.series_number, dated=True)
        self._by.show_prescriber(None)

    def show_prescriber(self, by: Prescriber) -> None:
        """Who ordered it, as on file."""
        self._by.show_prescriber(by)

    # ------------------------------------------------ the fact

    def goal(self) -> str:
        """The goal that is chosen; empty while none is."""
        return one(self._goal)

    def sketch(self, at: datetime) -> OrderRecorded | None:
        """The drug's part of the order as far as it can be read, to look at beside the form."""
        try:
            return self._drug(at)
        except Refused:
            return None

    def fact(self, at: datetime) -> OrderRecorded:
        """The order as typed.

        Raises:
            Refused: something is missing or cannot be so; its field is named.
        """
        return self._by.read_back(self.spoken(at))

    def spoken(self, at: datetime) -> OrderRecorded:
        """The order as it is read back aloud, before it is said that it was.

        Raises:
            Refused: as for `fact`.
        """
        return self._by.signed(self.treatment(at), at)

    def treatment(self, at: datetime) -> OrderRecorded:
        """All of the order but who ordered it, and when; of these nothing is asked for.

        Raises:
            Refused: something is missing or cannot be so; its field is named.
        """
        return self._by.named(self.more.onto(self._drug(at)))

    def _drug(self, at: datetime) -> OrderRecorded:
        goal = must_choose(self._goal, "Choose the goal of the infusion.", "goal")
        bolus = one(self._bolus) == "yes"
        return OrderRecorded(
            at=at,
            goal=cast(Any, goal),  # one of the protocol's, which are the record's
            dose_mg_per_kg=self._dose.needed(MgPerKg),
            duration_min=self._over.needed(Minutes),
            ceiling_mg=self._ceiling.amount(Mg),
            strength_mg_per_ml=self._strength.amount(MgPerMl),
            start_rate_mg_kg_h=self._start.amount(MgPerKgPerHour),
            highest_rate_mg_kg_h=self._highest.amount(MgPerKgPerHour),
            **self._basis.answer(),
            bolus_allowed=bolus,
            bolus_max_mg_per_kg=self._most.needed(MgPerKg) if bolus else None,
            prescriber=self._by.prescriber_typed(),
            ordered_on=at.date(),
        )

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at."""
        fields: dict[str, QWidget] = {
            "goal": self._goal,
        }
        amounts = (self._dose, self._over, self._ceiling, self._strength, self._start)
        more = (self._highest, self._most)
        fields |= {field.key: field for field in (*amounts, *more)}
        fields |= self._basis.fields()
        fields |= self._by.fields()
        return fields.get(key) or self.more.field(key)

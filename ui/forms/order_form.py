"""The prescriber's order of a new visit, as it stands on paper or was read back by telephone."""

from dataclasses import replace
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
from ui.forms import reading
from ui.forms.amounts import AmountField, CountField, exact_text
from ui.forms.day_field import DayField
from ui.forms.on_file import OnFile
from ui.forms.order_more import OrderMore
from ui.forms.timed import must_choose, one
from ui.forms.weight_basis import WeightBasis
from ui.forms.yes_no import YesNo
from ui.widgets.boxes import Column
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import LineField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tab_order import settle
from ui.widgets.text_field import NoteField, TextField


class OrderForm(Column):
    """Three cards: drug, what only some orders say, and who ordered it. No dose is proposed."""

    changed = Signal()

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(gap=tokens.GUTTER)
        self._make_drug(protocol)
        self._make_prescriber()
        self.more = OrderMore(protocol)
        self.on_file = OnFile()
        self.add(self._drug_card())
        self.add(self._more_card())
        self.add(self._prescriber_card())
        self._telephone()
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

    def _make_prescriber(self) -> None:
        self._name = TextField("Prescriber’s name", label="Prescriber")
        self._credential = TextField("Prescriber’s credential", label="Credential")
        self._credential.set_hint("MD, DO, APRN")
        self._phone = TextField("Prescriber’s phone", label="Phone")
        self._phone.set_hint("tried before the start")
        self._ordered = DayField("Ordered on", label="Ordered on")
        self._expires = DayField("Expires on", label="Expires on")
        self._evaluated = DayField("Patient evaluated on", label="Patient evaluated on")
        self._number = CountField("Infusion", "series_number")
        self._of = CountField("of", "series_of", unit="in the series")
        self._received = Choices(
            "How the order came",
            (Choice("signed", "Signed"), Choice("telephone", "By telephone")),
            columns=2,
        )
        self._received.set_label("How the order came")
        self._read_back = YesNo("Read back and confirmed")
        self._note = NoteField("Anything else the order says", label="Anything else it says")

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

    def _prescriber_card(self) -> Card:
        card = Card("Who ordered it, and when", gap=tokens.S3)
        card.add(Heading("Who ordered it, and when"))
        card.add(FieldGrid(self._name, self._credential))
        card.add(FieldGrid(self._phone, self._ordered, self._expires, columns=3))
        card.add(FieldGrid(self._evaluated, self._number, self._of, columns=3))
        card.add(self._received)
        card.add(self._read_back)
        card.add(self._note)
        return card

    def _listen(self) -> None:
        for line in self.findChildren(LineField):
            line.typed.connect(lambda _value: self.changed.emit())
        for choices in (self._goal, self._bolus, self._received, self._read_back):
            choices.changed.connect(lambda _chosen: self._telephone())
            choices.changed.connect(lambda _chosen: self.changed.emit())
        self._note.typed.connect(lambda _text: self.changed.emit())
        for part in (self._basis, self.more):
            part.changed.connect(self.changed)
        self.more.grown.connect(lambda: settle(self))

    def _telephone(self) -> None:
        """What only some orders need is asked only of those."""
        self._read_back.setVisible(one(self._received) == "telephone")
        self._most.setVisible(one(self._bolus) == "yes")

    # ------------------------------------------------ an order on file

    def begun(self) -> bool:
        """Whether anything of an order is typed or chosen."""
        lines = any(line.text().strip() for line in self.findChildren(LineField))
        chosen = any(choices.chosen() for choices in self.findChildren(Choices))
        return lines or chosen or bool(self._note.text().strip())

    def empty(self) -> None:
        """Takes everything out, as for another patient."""
        self.more.show_rows(None)
        for line in self.findChildren(LineField):
            line.clear()
        for choices in self.findChildren(Choices):
            choices.choose()
        self._note.set_text("")

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
        self._show_prescriber(order, dated=dated)
        for count, much in ((self._number, number), (self._of, order.series_of)):
            count.set_text("" if much is None else str(much))
        self._note.set_text(order.note)

    def _show_prescriber(self, order: OrderRecorded, *, dated: bool) -> None:
        by = order.prescriber
        for text, words in (
            (self._name, by.name),
            (self._credential, by.credential),
            (self._phone, by.phone),
        ):
            text.set_text(words)
        for when, said in (
            (self._ordered, order.ordered_on),
            (self._expires, order.expires_on),
            (self._evaluated, order.evaluated_on),
        ):
            when.set_text(said.isoformat() if said is not None and dated else "")

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
        drug = self.more.onto(self._drug(at))
        prescriber = Prescriber(
            name=reading.text(self._name, "Prescriber", "name"),
            phone=reading.text(self._phone, "Phone of the prescriber", "phone"),
            credential=self._credential.text().strip(),
        )
        ordered = self._ordered.needed("Ordered on", "ordered_on")
        number, of = self._series()
        received = must_choose(self._received, "How did the order come?", "received")
        by_telephone = received == "telephone"
        return replace(
            drug,
            prescriber=prescriber,
            ordered_on=ordered,
            expires_on=self._expires.day("Expires on", "expires_on"),
            evaluated_on=self._evaluated.day("Patient evaluated on", "evaluated_on"),
            series_number=number,
            series_of=of,
            received="telephone" if by_telephone else "signed",
            read_back=by_telephone and self._read_back.answer("read_back"),
            note=self._note.text().strip(),
        )

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
            prescriber=Prescriber(name=self._name.text().strip()),
            ordered_on=at.date(),
        )

    def _series(self) -> tuple[int | None, int | None]:
        number, of = self._number.count(), self._of.count()
        if number is None and of is None:
            return None, None
        if number is None or of is None:
            raise Refused(
                "Say which infusion of how many, for example 3 of 5; or leave both empty.",
                rule="series unreadable",
                field="series_number",
            )
        return number, of

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at."""
        fields: dict[str, QWidget] = {
            "goal": self._goal,
            "name": self._name,
            "phone": self._phone,
            "credential": self._credential,
            "ordered_on": self._ordered,
            "expires_on": self._expires,
            "evaluated_on": self._evaluated,
            "received": self._received,
            "read_back": self._read_back,
            "note": self._note,
        }
        amounts = (self._dose, self._over, self._ceiling, self._strength, self._start)
        more = (self._highest, self._most, self._number, self._of)
        fields |= {field.key: field for field in (*amounts, *more)}
        fields |= self._basis.fields()
        return fields.get(key) or self.more.field(key)

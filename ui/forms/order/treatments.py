"""Treatments beside the ketamine: magnesium, fluid, a nerve block done elsewhere, or another."""

from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Adjunct
from ketachart.domain.quantities import Minutes
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused
from ui import tokens
from ui.forms import reading
from ui.forms.amounts import AmountField, exact_text
from ui.forms.order.added_rows import AddedRow, AddedRows
from ui.forms.timed import must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField

_KINDS: Final = (
    Choice("magnesium", "Magnesium"),
    Choice("fluid", "Fluid"),
    Choice("nerve-block", "Nerve block", sub="done elsewhere"),
    Choice("other", "Other"),
)
_WHERE: Final = (Choice("here", "In this visit"), Choice("elsewhere", "Done elsewhere"))


class TreatmentRow(AddedRow[Adjunct]):
    """No dose is proposed; what the order does not name stays empty."""

    def __init__(self, place: int) -> None:
        super().__init__(gap=tokens.S2)
        name = f"Treatment {place}"
        self._kind = Choices(f"{name}, kind", _KINDS, columns=4)
        self._kind.wrap_words()
        self._where = Choices(f"{name}, where", _WHERE, columns=2)
        self._what = TextField(f"{name}, what", label="What")
        self._dose = AmountField(f"{name}, amount", "treatment-dose", unit="", label="Amount")
        self._unit = TextField(f"{name}, unit", label="Unit")
        self._route = TextField(f"{name}, route", label="Route")
        self._over = AmountField(
            f"{name}, given over", "treatment-over", unit="min", label="Given over"
        )
        self._note = TextField(f"{name}, note", label="By whom, when, how")
        self.add(self._kind)
        self.add(FieldGrid(self._what, self._dose, self._unit, columns=3))
        self.add(FieldGrid(self._route, self._over, self._note, columns=3))
        self.add(self._where)
        self._kind.changed.connect(lambda _chosen: self._ask_where())
        self.listen()
        self._ask_where()

    def _ask_where(self) -> None:
        """A nerve block is never done in this visit, so that nobody has to say so."""
        self._where.setVisible(one(self._kind) != "nerve-block")

    def read(self) -> Adjunct:
        """The treatment as typed."""
        kind = must_choose(self._kind, "What sort of treatment is it?", "treatment-kind")
        what = reading.text(self._what, "What the treatment is", "treatment-what")
        dose = self._dose.number()
        if dose is not None and not self._unit.text().strip():
            raise Refused(f"Type the unit of {what}.", rule="unit missing", field="treatment-unit")
        where = "elsewhere"
        if kind != "nerve-block":
            where = must_choose(
                self._where, f"Is {what} given in this visit, or elsewhere?", "treatment-where"
            )
        return Adjunct(
            kind=cast(Any, kind),
            what=what,
            dose="" if dose is None else decimal_text(dose),
            unit=self._unit.text().strip(),
            route=self._route.text().strip(),
            over_min=self._over.amount(Minutes),
            where=cast(Any, where),
            note=self._note.text().strip(),
        )

    def show_row(self, value: Adjunct) -> None:
        """A treatment of an order on file."""
        self._kind.choose(value.kind)
        self._where.choose(value.where)
        for field, text in (
            (self._what, value.what),
            (self._dose, value.dose),
            (self._unit, value.unit),
            (self._route, value.route),
            (self._over, exact_text(value.over_min)),
            (self._note, value.note),
        ):
            field.set_text(text)

    def named(self) -> dict[str, QWidget]:
        """The fields of the treatment."""
        return {
            **super().named(),
            "treatment-kind": self._kind,
            "treatment-what": self._what,
            "treatment-unit": self._unit,
            "treatment-where": self._where,
        }


class TreatmentRows(AddedRows[Adjunct]):
    """Each within what the order says of it."""

    def make_row(self, place: int) -> TreatmentRow:
        """One more treatment."""
        return TreatmentRow(place)

"""Medicines that the order allows if needed: each within its dose, its count and its interval."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import PrnOrder
from ketachart.domain.policy import Medicine
from ketachart.domain.quantities import Minutes
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused
from ui import tokens
from ui.forms import reading
from ui.forms.amounts import AmountField, CountField, exact_text
from ui.widgets.boxes import Column
from ui.widgets.field_grid import FieldGrid
from ui.widgets.keeping import Kept
from ui.widgets.tabs import tab_after
from ui.widgets.text_field import TextField

FindMedicine = Callable[[str], Medicine | None]


class _Line(NamedTuple):
    """The fields of one medicine."""

    medicine: TextField
    dose: AmountField
    unit: TextField
    route: TextField
    indication: TextField
    most: CountField
    interval: AmountField


class PrnRows(Column, Kept):
    """Nothing is proposed but the usual unit and route beside the field; the order says it all."""

    changed = Signal()

    def __init__(self, find: FindMedicine) -> None:
        super().__init__(gap=tokens.S3)
        self._find = find
        self._lines: list[_Line] = []
        self._list = Column(gap=tokens.S4)
        self._list.setVisible(False)
        self._more()
        self.add(self._list)

    def add_row(self) -> None:
        """One more medicine, and the focus in it; an empty one at the end is used first."""
        if self._lines[-1].medicine.text().strip():
            self._more()
        self._list.setVisible(True)
        self._lines[-1].medicine.setFocus()

    def show_orders(self, orders: Iterable[PrnOrder]) -> None:
        """The medicines of an order on file in place of what stands here."""
        for line in self._lines:
            for field in line:
                field.clear()
        for place, order in enumerate(orders):
            if place == len(self._lines):
                self._more()
            _show(self._lines[place], order)
        self._list.setVisible(self._lines[0].medicine.text() != "")
        self.changed.emit()

    def kept(self) -> object:
        """What stands in each row."""
        return [[field.text() for field in line] for line in self._lines if _is_begun(line)]

    def take_back(self, kept: object) -> None:
        """The rows as they stood."""
        wanted = kept if isinstance(kept, list) else []
        while len(self._lines) < len(wanted):
            self._more()
        for place, line in enumerate(self._lines):
            texts = wanted[place] if place < len(wanted) else [""] * len(line)
            for field, text in zip(line, texts, strict=True):
                field.set_text(text)
        self._list.setVisible(bool(wanted))
        self.changed.emit()

    def kept_name(self) -> str:
        """One list in a form."""
        return "Medicines if needed"

    def first(self) -> QWidget:
        """The first field, for a refusal of the medicines as a whole."""
        return self._lines[0].medicine

    def _more(self) -> None:
        place = len(self._lines) + 1
        name = f"If needed {place}"
        line = _Line(
            medicine=TextField(f"{name}, medicine", label="Medicine"),
            dose=AmountField("One dose", "dose", unit=""),
            unit=TextField(f"{name}, unit", label="Unit"),
            route=TextField(f"{name}, route", label="Route"),
            indication=TextField(f"{name}, for", label="For"),
            most=CountField("Doses at most", "most_doses"),
            interval=AmountField("At least apart", "interval_min", unit="min"),
        )
        line.medicine.typed.connect(lambda text: self._show_usual(line, str(text)))
        self._list.add(FieldGrid(*line, columns=4))
        if self._lines:
            tab_after(self._lines[-1].interval, *line)
        self._lines.append(line)

    def _show_usual(self, line: _Line, text: str) -> None:
        """The clinic's usual unit and routes, to be typed if the order says so."""
        found = self._find(text)
        line.unit.set_hint(f"usually {found.unit}" if found else "")
        line.route.set_hint(" or ".join(found.routes) if found else "")
        self.changed.emit()

    def orders(self) -> tuple[PrnOrder, ...]:
        """The medicines as typed; a row without a medicine counts for nothing.

        Raises:
            Refused: a dose, unit or count is missing or cannot be read.
        """
        return tuple(_order(line) for line in self._lines if _is_begun(line))

    def field(self, key: str) -> QWidget | None:
        """What a refusal points at: the first row that does not read."""
        for line in self._lines:
            if _is_begun(line):
                try:
                    _order(line)
                except Refused:
                    return _named(line).get(key)
        return None


def _show(line: _Line, order: PrnOrder) -> None:
    line.medicine.set_text(order.medicine)
    line.dose.set_text(order.dose)
    line.unit.set_text(order.unit)
    line.route.set_text(order.route)
    line.indication.set_text(order.indication)
    line.most.set_text(str(order.most_doses))
    line.interval.set_text(exact_text(order.interval_min))


def _named(line: _Line) -> dict[str, QWidget]:
    return {
        "medicine": line.medicine,
        "dose": line.dose,
        "unit": line.unit,
        "route": line.route,
        "indication": line.indication,
        "most_doses": line.most,
        "interval_min": line.interval,
    }


def _is_begun(line: _Line) -> bool:
    return any(field.text().strip() for field in line)


def _order(line: _Line) -> PrnOrder:
    medicine = reading.text(line.medicine, "Medicine if needed", "medicine").lower()
    dose, most = line.dose.number(), line.most.count()
    if dose is None:
        raise Refused(f"Type one dose of {medicine}.", rule="dose missing", field="dose")
    if most is None:
        sentence = f"Type how many doses of {medicine} at most."
        raise Refused(sentence, rule="most_doses missing", field="most_doses")
    return PrnOrder(
        medicine=medicine,
        dose=decimal_text(dose),
        unit=reading.text(line.unit, f"Unit of {medicine}", "unit"),
        route=reading.text(line.route, f"Route of {medicine}", "route"),
        indication=line.indication.text().strip(),
        most_doses=most,
        interval_min=line.interval.amount(Minutes),
    )

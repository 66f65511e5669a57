"""Three empty fields for what pump and label say; who reads alone waits before reading."""

from datetime import timedelta
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.dose.gravity import DropsPerMinute, rate_of
from ketachart.domain.facts import PumpChecked
from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour
from ketachart.domain.typed import decimal_number
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Row
from ui.widgets.due_badge import counted
from ui.widgets.mark import Mark
from ui.widgets.number_field import NumberField
from ui.widgets.ring_row import RingRow
from ui.widgets.words import Words

Reader = Literal["second-person", "same-nurse"]


class PumpReading(Column):
    """Nothing is filled in, judged or hinted here: the comparison is the domain's alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S3)
        self._desk = desk
        self._told = Words(size="small", weight=tokens.MEDIUM)
        self.rate = NumberField(
            "Rate on the pump, mL/h", label="Rate", parse=decimal_number, unit="mL/h"
        )
        self.volume = NumberField(
            "Volume to infuse on the pump, mL",
            label="Volume to infuse",
            parse=decimal_number,
            unit="mL",
        )
        self.strength = NumberField(
            "Strength on the label, mg/mL",
            label="Strength on the label",
            parse=decimal_number,
            unit="mg/mL",
        )
        self.drops = NumberField(
            "Drops counted in a minute, gtt/min",
            label="Drops counted in a minute",
            parse=decimal_number,
            unit="gtt/min",
        )
        self.drops.hide()
        self._factor: int | None = None
        self.fields: tuple[NumberField, ...] = (self.rate, self.volume, self.strength)
        self._order: tuple[NumberField, ...] = ()
        self._wait = Words(size="small", tone="muted")
        line = Row(gap=tokens.S2, inset=(tokens.S2, tokens.S2))
        line.add_level(Mark("clock", size=tokens.ICON_SMALL))
        line.add(self._wait, stretch=1)
        self._foot = RingRow("The wait")
        self._foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a place to wait in, no stop for Tab
        inside = QVBoxLayout(self._foot)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(line)
        self.add(self._told)
        self.add(self.drops)
        self.lay_out(swapped=False)

    def lay_out(self, *, swapped: bool) -> None:
        """The fields in their order, or the other way round, so that no reading is by rote."""
        order = tuple(reversed(self.fields)) if swapped else self.fields
        if order == self._order:
            return
        self._order = order
        for place, field in enumerate(order, start=1):
            field.set_hint(f"{place} of {len(order)}")
            self.add(field)
        self.add(self._foot)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before.editor(), after.editor())

    def begin(self, drops_per_ml: int | None = None) -> None:
        """The numbers have just been hidden: empty fields; of a gravity set drops are counted."""
        self._factor = drops_per_ml
        self.rate.setVisible(drops_per_ml is None)
        self.drops.setVisible(drops_per_ml is not None)
        first = self.rate if drops_per_ml is None else self.drops
        self.fields = (first, self.volume, self.strength)
        for field in (self.rate, *self.fields):
            field.clear()

    def show_wait(self, left: timedelta, *, alone: bool) -> bool:
        """Count down; True at the moment at which the fields open."""
        waits = alone and left > timedelta()
        opens = not waits and not self.fields[0].isEnabled()
        self._told.setText(
            f"Look away from the chart. Then type what {self._told_by()} say."
            if alone
            else f"The second person reads {self._told_by()} aloud; you type what you hear."
        )
        for field in self.fields:
            field.setEnabled(not waits)
        if waits:
            self._wait.setText(f"Numbers hidden. Read in {counted(left)}.")
        elif alone:
            self._wait.setText("The wait is over. Alone in this home, noted.")
        else:
            self._wait.setText("Second person, noted with the name.")
        say_name(self._foot, self._wait.text())
        return opens

    def take_focus(self) -> None:
        """To the first field in their present order; while they are closed, to the wait."""
        first = self._order[0] if self.fields[0].isEnabled() else self._foot
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def fact(self, reader: Reader, reader_name: str) -> PumpChecked:
        """What was read.

        Raises:
            Refused: a field is empty or cannot be read; the focus is on it.
        """
        try:
            return PumpChecked(
                at=self._desk.now(),
                reader=reader,
                reader_name=reader_name,
                rate_ml_h=self._read_rate(),
                drops_per_ml=self._factor,
                volume_ml=Ml(reading.needed(self.volume, "Volume to infuse", "volume_ml")),
                strength_mg_per_ml=MgPerMl(
                    reading.needed(self.strength, "Strength on the label", "strength_mg_per_ml")
                ),
            )
        except Refused as refusal:
            self.go_to(refusal.field)
            raise

    def _told_by(self) -> str:
        return "pump and label" if self._factor is None else "drops, bag and label"

    def _read_rate(self) -> MlPerHour:
        if self._factor is None:
            return MlPerHour(reading.needed(self.rate, "Rate", "rate_ml_h"))
        counted = reading.needed(self.drops, "Drops counted in a minute", "rate_ml_h")
        return rate_of(DropsPerMinute(counted), self._factor)

    def go_to(self, key: str) -> None:
        """To the field of a value that was refused."""
        places = {
            "rate_ml_h": self.fields[0],
            "volume_ml": self.volume,
            "strength_mg_per_ml": self.strength,
        }
        if key in places:
            places[key].setFocus(Qt.FocusReason.OtherFocusReason)

"""A field for one vital sign: what it was last, whether it can be, the limit it stands beyond."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ketachart.domain.alerts import baseline_values
from ketachart.domain.course import started_at
from ketachart.domain.facts.care import Source
from ketachart.domain.limits import LEVELS, Hit, Reading, hits, limits_in_force, readings, sign_text
from ketachart.domain.policy import Level, SignCode
from ketachart.domain.typed import (
    Blank,
    Pressure,
    blood_pressure,
    decimal_number,
    temperature,
    whole_number,
)
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.reading import judge_sign
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.field import Judgement, Standing
from ui.widgets.number_field import NumberField

ASKS: Final[dict[Level, str]] = {
    "ask-before": "ask the prescriber before the start",
    "no-start": "do not start",
    "pause": "pause and call",
    "emergency": "stop, this is an emergency",
}
SOURCE_KEYS: Final[dict[int, Source]] = {
    Qt.Key.Key_D: "device",
    Qt.Key.Key_T: "stated",
    Qt.Key.Key_E: "estimated",
}
SOURCE_WORDS: Final[dict[Source, str]] = {
    "typed": "read",
    "device": "device",
    "stated": "told",
    "estimated": "estimated",
}
_FOUR: Final = 4 * tokens.FIELD_COLUMN + 3 * tokens.S2  # the width for four fields side by side
SHORT_ENOUGH: Final = 12  # letters that stand beside a label in half a column


def pressure_or_whole(text: str) -> object:
    """A systolic pressure, or both pressures at once: 128/82."""
    both = blood_pressure(text)
    return both if isinstance(both, (Pressure, Blank)) else whole_number(text)


class SignField(NumberField):
    """One vital sign or score, by the protocol's name, unit and limits.

    Where sources are kept, D, T and E say in the field itself that it comes from a device, was
    told, or is estimated; the same key again takes that back.
    """

    swap_wanted = Signal()

    def __init__(self, desk: Desk, code: SignCode) -> None:
        sign = desk.visit.protocol.sign(code)
        self._desk, self.code = desk, code
        self._series: tuple[Reading, ...] = ()
        self.source: Source | None = None  # where it comes from, if not where the set does
        self._keeps_source = False
        parse = decimal_number if sign.decimals else whole_number
        parse = temperature if code == "temperature_c" else parse
        super().__init__(
            f"{sign.label}, {sign.unit}",
            label=sign.label,
            unit=sign.unit,
            parse=pressure_or_whole if code == "systolic" else parse,
            judge=self.judge_value,
        )
        self.say_beside()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters are no figures: some of them say where the value comes from."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._said_by_key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def keep_source(self) -> None:
        """Let D, T and E, and X for swapped pressures, mean something here."""
        self._keeps_source = True

    def _said_by_key(self, event: QKeyEvent) -> bool:
        if not self._keeps_source or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if event.key() == Qt.Key.Key_X:
            self.swap_wanted.emit()
            return True
        said = SOURCE_KEYS.get(event.key())
        if said is not None:
            self.set_source(None if said == self.source else said)
        return said is not None

    def set_source(self, source: Source | None) -> None:
        """Where the value comes from; None: where the others do. It stands behind the label."""
        sign = self._desk.visit.protocol.sign(self.code)
        self.source = source
        said = f", {SOURCE_WORDS[source]}" if source is not None else ""
        self._label.setText(f"{sign.label}{said}")
        say_name(self._line, f"{sign.label}, {sign.unit}{said}")

    def clear(self) -> None:
        """Empty it; where it came from goes with it."""
        super().clear()
        if self.source is not None:
            self.set_source(None)

    def show_visit(self, visit: Visit) -> None:
        """The hint says what it was the last time."""
        self.show_series(tuple(r for r in readings(visit) if r.sign == self.code))

    def show_series(self, series: tuple[Reading, ...]) -> None:
        """The same, from the readings of this sign in the order in which they were taken."""
        self._series = series
        if self._series:
            sign = self._desk.visit.protocol.sign(self.code)
            self.set_hint(f"was {sign_text(sign, self._series[-1].value)}")
        else:
            self.set_hint("")

    def judge_value(self, value: object) -> Judgement:
        """Whether it can be, and whether it stands beyond a limit; it is charted either way."""
        figure = value.systolic if isinstance(value, Pressure) else value
        fault = judge_sign(self._desk.visit.protocol, self.code)(figure)
        if fault.standing is not Standing.NONE or not isinstance(figure, (int, Decimal)):
            return fault
        found = self._beyond(Decimal(figure))
        if found is None:
            return fault
        sign = self._desk.visit.protocol.sign(self.code)
        said = f"{sign.label} {sign_text(sign, figure)}, {found.bound}: {ASKS[found.level]}"
        short = found.bound if len(found.bound) <= SHORT_ENOUGH else "over limit"
        return Judgement(Standing.WARN, said, short=short)

    def _beyond(self, value: Decimal) -> Hit | None:
        """The gravest limit in force now that the value stands beyond."""
        visit, now = self._desk.visit, self._desk.now()
        when = "during" if started_at(visit) is not None else "before"
        mine = [x for x in limits_in_force(visit) if x.sign == self.code and x.when == when]
        series = (*self._series, Reading(self.code, value, now, ""))
        found = hits(mine, series, baseline_values(visit).get(self.code))
        return max(found, key=lambda hit: LEVELS.index(hit.level), default=None)


class PressureField(SignField):
    """The systolic pressure; 128/82 typed here fills the diastolic one too."""

    lower_typed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "systolic")
        self.typed.connect(self._tell_lower)
        self._line.editingFinished.connect(self.split)

    def upper(self) -> int | None:
        """The systolic pressure as it stands; None while it cannot be read."""
        value = self.value()
        figure = value.systolic if isinstance(value, Pressure) else value
        return figure if isinstance(figure, int) else None

    def split(self) -> bool:
        """Keep the upper pressure only; whether both were typed here."""
        value = self.value()
        if isinstance(value, Pressure):
            self.set_text(str(value.systolic))
        return isinstance(value, Pressure)

    def _tell_lower(self, value: object) -> None:
        if isinstance(value, Pressure):
            self.lower_typed.emit(value.diastolic)


class TemperatureField(SignField):
    """A temperature in °C; 98.6F typed here becomes 37.0, and that is what is charted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "temperature_c")
        self.set_hint("°C, or 98.6F")
        self._line.editingFinished.connect(self.turn)

    def show_series(self, series: tuple[Reading, ...]) -> None:
        """What it was; else what can be typed here."""
        super().show_series(series)
        if not series:
            self.set_hint("°C, or 98.6F")

    def judge_value(self, value: object) -> Judgement:
        """What a temperature in °F becomes is said before it counts."""
        judged = super().judge_value(value)
        typed = self.text().strip().upper().endswith("F")
        if judged.standing is Standing.NONE and typed and isinstance(value, Decimal):
            return Judgement(Standing.OK, f"{value} °C", short=f"{value} °C")
        return judged

    def turn(self) -> None:
        """Keep the number in °C, where another unit or none was typed."""
        value = self.value()
        if isinstance(value, Decimal):
            self.set_text(str(value))


class Figures(QWidget, Dressed):
    """Fields in two columns of one width; in four where there is room, as over a whole window."""

    def __init__(self, fields: Iterable[QWidget]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._set_columns(2)
        self.dress(theme.look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again how many columns fit."""
        super().resizeEvent(event)
        self._fit()

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._grid.setSpacing(look.px(tokens.S2))
        self._fit()

    def _fit(self) -> None:
        self._set_columns(4 if self.width() >= theme.look().px(_FOUR) else 2)

    def _set_columns(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(4):
            self._grid.setColumnStretch(column, int(column < columns))
        for place, field in enumerate(self._fields):
            self._grid.addWidget(field, *divmod(place, columns))

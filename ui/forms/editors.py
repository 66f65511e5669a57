"""A field for one value of an entry that is to be corrected, by the value's own kind."""

import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from ketachart.domain.limits import SIGN_CODES
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import moment_text
from ketachart.domain.typed import Blank, Unreadable, decimal_number, whole_number
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.day_field import DayField
from ui.forms.figures import SignField
from ui.forms.lists import listed, numbered, steps
from ui.forms.parts import Part
from ui.forms.reading import near_now
from ui.forms.timed import one
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import UNJUDGED, Judgement, LineField, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.picker import Picker
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget, and what stands in it as the record keeps it; None where nothing does."""

    widget: QWidget
    plain: Callable[[], object]


def editor_for(desk: Desk, part: Part) -> Editor:
    """The field for one value of an entry."""
    kind = part.kind
    if typing.get_origin(kind) is tuple:
        return _several(desk, part)
    if typing.get_origin(kind) is typing.Literal:
        return _one_of(part, tuple((str(c), _headed(str(c))) for c in typing.get_args(kind)))
    if kind is bool:
        return _yes_no(part)
    if part.scale:
        return _step(desk, part)
    if part.listed:
        return _picked(desk, part)
    if kind in {datetime, date}:
        return _moment(desk, part) if kind is datetime else _date(part)
    if kind in {int, Decimal} or issubclass(kind, Quantity):
        return _number(desk, part)
    return _words(part)


def _headed(code: str) -> str:
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]


def _several(desk: Desk, part: Part) -> Editor:
    """Some of a list, and words of one's own."""
    inner = typing.get_args(part.kind)[0]
    if part.listed:
        offered = listed(desk.visit.protocol, part.listed)
    else:
        offered = numbered(tuple((str(c), _headed(str(c))) for c in typing.get_args(inner)))
    choices = Choices(part.label, offered, columns=2, several=True)
    choices.wrap_words()
    if inner is not str:
        return Editor(choices, lambda: list(choices.chosen()))
    own = TextField(f"{part.label}: own words", placeholder="Own words")
    column = Column(gap=tokens.S2)
    column.add(choices)
    column.add(own)
    column.setFocusProxy(choices)
    return Editor(column, lambda: list(filter(None, (*choices.chosen(), own.text().strip()))))


def _one_of(part: Part, pairs: tuple[tuple[str, str], ...]) -> Editor:
    choices = Choices(part.label, numbered(pairs), columns=2)
    choices.wrap_words()
    return Editor(choices, lambda: one(choices) or None)


def _yes_no(part: Part) -> Editor:
    choices = Choices(
        part.label, (Choice("yes", "Yes", key="Y"), Choice("no", "No", key="N")), columns=2
    )
    return Editor(choices, lambda: {"yes": True, "no": False}.get(one(choices)))


def _step(desk: Desk, part: Part) -> Editor:
    choices = Choices(part.label, steps(desk.visit.protocol, part.scale), columns=2)
    choices.wrap_words()
    return Editor(choices, lambda: int(one(choices)) if one(choices) else None)


def _picked(desk: Desk, part: Part) -> Editor:
    offered = tuple(Choice(c.code, c.label) for c in desk.visit.protocol.listed(part.listed))
    picker = Picker(part.label, offered, label="", own_words="It is charted in these words.")
    return Editor(picker, lambda: picker.value() or None)


def _number(desk: Desk, part: Part) -> Editor:
    whole = part.kind is int
    if part.name in SIGN_CODES and part.unit:
        field: NumberField = SignField(desk, next(c for c in SIGN_CODES if c == part.name))
    else:
        field = NumberField(
            f"{part.label}, {part.unit}".strip(", "),
            label="New value",
            unit=part.unit,
            parse=whole_number if whole else decimal_number,
            judge=_judge,
        )
    return Editor(field, lambda: _figure(field, part))


def _figure(field: LineField, part: Part) -> object:
    """The figure as the record keeps it.

    Raises:
        Refused: it cannot be read.
    """
    read = (whole_number if part.kind is int else decimal_number)(field.text())
    if isinstance(read, Unreadable):
        raise Refused(f"{part.label}: {read.sentence}", rule="unreadable", field=part.name)
    if isinstance(read, Blank):
        return None
    return decimal_text(read) if isinstance(read, Decimal) else read


def _moment(desk: Desk, part: Part) -> Editor:
    field = TimeField(
        part.label,
        label="New time",
        parse=lambda text: near_now(desk, text),
        now=desk.now,
        judge=_judge,
    )

    def plain() -> Any:  # noqa: ANN401 - text, or nothing
        read = field.value()
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="time unreadable", field=part.name)
        return moment_text(read) if isinstance(read, datetime) else None

    return Editor(field, plain)


def _date(part: Part) -> Editor:
    field = DayField(part.label, label="New date")

    def plain() -> object:
        day = field.day(part.label, part.name)
        return None if day is None else day.isoformat()

    return Editor(field, plain)


def _words(part: Part) -> Editor:
    field = TextField(part.label, label="New words")
    if part.reads.strip("—"):
        field.set_text(part.reads)  # words are mended, not written anew
    return Editor(field, lambda: field.text().strip())


def _judge(value: object) -> Judgement:
    if isinstance(value, Unreadable):
        return Judgement(Standing.BAD, value.sentence, short="cannot be read")
    return UNJUDGED

"""The field for one piece of a protocol's row: a number with its unit, a choice, or words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from ketachart.domain.editing.asks import EXAMPLE
from ketachart.domain.editing.bands import EXAMPLE as BANDS
from ketachart.domain.editing.part import Part
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField

_HINTS: Final = {
    "names": "with commas between",
    "asks": f"such as {EXAMPLE}",
    "bands": f"such as {BANDS}",
}


@dataclass(frozen=True, slots=True)
class PartField:
    """A field with its text in and out, whatever it is made of."""

    widget: QWidget
    text: Callable[[], str]
    set_text: Callable[[str], None]


def field_for(part: Part) -> PartField:
    """The field that a piece is typed or chosen in."""
    if part.options is not None:
        return _choices(part)
    if part.name == "source":
        line = TextField(part.label, label=part.label)
        line.set_hint("such as Policy 12, 3 Nov 2026")
        return PartField(line, line.text, line.set_text)
    if part.kind in ("words", "names", "asks", "bands"):
        note = NoteField(part.label, label=part.label, lines=3)
        note.set_hint(_HINTS.get(part.kind, ""))
        return PartField(note, note.text, note.set_text)
    number = NumberField(part.label, label=part.label, parse=str, unit=part.unit)
    if part.kind in ("numbers", "wholes"):
        number.set_hint("one or more, with a comma between")
    return PartField(number, number.text, number.set_text)


def _choices(part: Part) -> PartField:
    several = part.kind == "codes"
    options = tuple(
        Choice(code, words, key="" if several else str(number))
        for number, (code, words) in enumerate((part.options or {}).items(), 1)
    )
    columns = 3 if several else 1 if len(options) < 6 else 2
    shape = Shape.PILL if several else Shape.BOX
    row = Choices(part.label, options, columns=columns, several=several, shape=shape)
    row.set_label(part.label)
    row.wrap_words()

    def take(text: str) -> None:
        named = [piece.strip() for piece in text.split(",") if piece.strip()]
        if not named and "" in (part.options or {}):
            named = [""]
        row.choose(*named)

    return PartField(row, lambda: ", ".join(row.chosen()), take)

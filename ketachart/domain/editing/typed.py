"""A protocol's row as the texts of its fields, and what was typed in them as a row again."""

from collections.abc import Mapping
from decimal import Decimal

from ketachart.domain.editing.asks import asks_text, asks_typed
from ketachart.domain.editing.bands import bands_text, bands_typed
from ketachart.domain.editing.part import YES_NO, Part
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import Row, Table
from ketachart.domain.policy import AsksWhen
from ketachart.domain.policy_care import Band
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import as_decimal, from_plain, to_plain
from ketachart.domain.typed import Blank, Unreadable, decimal_number, whole_number
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused


def text_of(value: object) -> str:
    """A piece of a row as its field holds it; it reads back as the same value."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return decimal_text(value)
        case Quantity():
            return decimal_text(as_decimal(value))
        case AsksWhen():
            return asks_text((value,))
        case (Band(), *_):
            return bands_text(band for band in value if isinstance(band, Band))
        case tuple():
            return ", ".join(text_of(item) for item in value)
        case _:
            return str(value)


def row_typed(
    table: Table, before: Row | None, texts: Mapping[str, str], protocol: Protocol
) -> Row:
    """A row as it was typed; what has no field stays as it was.

    Args:
        table: where the row stands.
        before: the row as it is; None for a new one.
        texts: what stands in each field, by the name of its part.
        protocol: which signs and units there are.

    Raises:
        Refused: a field cannot be read, or something is missing; it names the field.
    """
    plain: dict[str, object] = dict(to_plain(before)) if before is not None else {}
    for part in parts_of(table, before, protocol):
        read = _read(part, texts.get(part.name, "").strip())
        if read is None:
            plain.pop(part.name, None)
        else:
            plain[part.name] = read
    return from_plain(table.kind, plain, where=table.noun)


def _read(part: Part, text: str) -> object:
    if not text:
        return _empty(part)
    match part.kind:
        case "words":
            return text
        case "choice":
            return text == "yes" if part.options == YES_NO else text
        case "asks":
            return asks_typed(text, part.signs or ())
        case "bands":
            return bands_typed(text)
        case "codes" | "names":
            return [piece.strip() for piece in text.split(",")]
        case "numbers" | "wholes":
            return [_one(part, piece) for piece in text.replace(",", " ").split()]
        case _:
            return _one(part, text)


def _empty(part: Part) -> object:
    if part.optional:
        return "" if part.kind in ("words", "choice") else None
    raise Refused(f"{part.label}: fill it in.", rule=f"{part.name} missing", field=part.name)


def _one(part: Part, text: str) -> object:
    """A number, with or without its unit behind it; another unit is not read."""
    if part.unit and text.endswith(part.unit):
        text = text.removesuffix(part.unit).strip()
    minus = text.startswith(("-", "−"))
    read: Decimal | int | Blank | Unreadable
    read = (whole_number if "whole" in part.kind else decimal_number)(text.lstrip("-−"))
    if isinstance(read, (Blank, Unreadable)):
        unit = f" in {part.unit}" if part.unit else ""
        kind = "a whole number" if "whole" in part.kind else "a number such as 12.5"
        raise Refused(f"{part.label}: type {kind}{unit}.", rule="unreadable", field=part.name)
    return -read if minus else read

"""What stands in a field, as a value a fact can hold; what cannot be read is refused in words."""

from decimal import Decimal

from ketachart.domain.limits import typing_fault
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.typed import Blank, Unreadable, decimal_number, whole_number
from ketachart.errors import Refused
from ui.widgets.field import UNJUDGED, Judge, Judgement, LineField, Standing


def whole(field: LineField, name: str, key: str) -> int | None:
    """A whole number, or None where nothing was typed.

    Raises:
        Refused: it cannot be read; ``key`` names the fact's field.
    """
    read = whole_number(field.text())
    if isinstance(read, Unreadable):
        raise Refused(f"{name}: {read.sentence}", rule="unreadable", field=key)
    return None if isinstance(read, Blank) else read


def decimal(field: LineField, name: str, key: str) -> Decimal | None:
    """A decimal number, or None where nothing was typed.

    Raises:
        Refused: it cannot be read.
    """
    read = decimal_number(field.text())
    if isinstance(read, Unreadable):
        raise Refused(f"{name}: {read.sentence}", rule="unreadable", field=key)
    return None if isinstance(read, Blank) else read


def needed(field: LineField, name: str, key: str) -> Decimal:
    """A decimal number that has to be there.

    Raises:
        Refused: nothing was typed, or it cannot be read.
    """
    read = decimal(field, name, key)
    if read is None:
        raise Refused(f"Type {name[:1].lower()}{name[1:]}.", rule=f"{key} missing", field=key)
    return read


def amount(field: LineField, kind: type[Quantity], name: str, key: str) -> Quantity | None:
    """An amount in its unit, or None where nothing was typed.

    Raises:
        Refused: it cannot be read.
    """
    read = decimal(field, name, key)
    return None if read is None else kind(read)


def text(field: LineField, name: str, key: str) -> str:
    """A text that has to be there.

    Raises:
        Refused: nothing was typed.
    """
    if not field.text().strip():
        raise Refused(f"Fill in {name[:1].lower()}{name[1:]}.", rule=f"{key} missing", field=key)
    return field.text().strip()


def judge_sign(protocol: Protocol, code: str) -> Judge:
    """Says while typing whether a vital sign can be: one rule for keystroke and record."""

    def judge(value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="not a number")
        if isinstance(value, Blank) or not isinstance(value, (int, Decimal)):
            return UNJUDGED
        fault = typing_fault(protocol, code, Decimal(value), confirmed=False)
        if not fault:
            return UNJUDGED
        cannot = "cannot be" in fault
        return Judgement(
            Standing.BAD if cannot else Standing.WARN,
            fault,
            short="cannot be" if cannot else "sure?",
        )

    return judge

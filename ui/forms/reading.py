"""What stands in a field, as a value a fact can hold; what cannot be read is refused in words."""

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from ketachart.domain.instructions import zone_of
from ketachart.domain.limits import typing_fault
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.typed import (
    Blank,
    TwoTimes,
    Unreadable,
    decimal_number,
    time_typed,
    whole_number,
)
from ketachart.errors import Refused
from ui.desk import Desk
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


def near_now(desk: Desk, text: str) -> datetime | Blank | Unreadable:
    """A time near now; in the clinic's zone, whose nights of changed clocks are known."""
    now = desk.now()
    if not desk.has_visit:
        return time_typed(text, now)
    here = now.astimezone(zone_of(desk.visit))
    return time_typed(text, here if here.utcoffset() == now.utcoffset() else now)


def planned(text: str, day: date, zone: tzinfo, key: str) -> datetime:
    """A time of day on a day to come; half of the day is asked for where it is not clear.

    Raises:
        Refused: it is no time of day, or one of two.
    """
    typed = "" if text.strip().startswith(("-", "−")) else text
    read = time_typed(typed, datetime.combine(day, time(12), zone), ahead=timedelta(hours=12))
    if isinstance(read, TwoTimes):
        raise Refused(read.sentence, rule="unreadable", field=key)
    if not isinstance(read, datetime):
        raise Refused("A time such as 14:00 or 2:00p.", rule="unreadable", field=key)
    return read


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

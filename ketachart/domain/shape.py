"""How a value looks as plain JSON, and back: one description serves ledger, script and schema.

A class is described once, by its fields and their types. From that come the JSON that is stored
(`to_plain`), the value read back (`from_plain`) and the JSON Schema that `ketachart facts` prints
(`schema_of`). A dose is written as a decimal string, never as a binary number.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

from ketachart.domain.quantities import Quantity
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused

Plain = None | bool | int | str | Decimal | Sequence["Plain"] | Mapping[str, "Plain"]
T = TypeVar("T")

DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?\Z")


@dataclass(frozen=True, slots=True)
class Says:
    """What a field means, for whoever writes a script by hand."""

    text: str
    example: object = None


def to_plain(value: object) -> Any:  # noqa: ANN401 - plain JSON has no narrower type
    """A value as plain JSON: str, int, bool, None, list and dict only.

    Raises:
        TypeError: a value of a kind that the record does not keep, a float above all.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, Quantity):
        return {
            field.name: to_plain(inner)
            for field in dataclasses.fields(value)
            if not _goes_without_saying(inner := getattr(value, field.name), field)
        }
    return _scalar_text(value)


def _goes_without_saying(value: object, field: dataclasses.Field[Any]) -> bool:
    """Whether leaving it out reads back as the same; an empty list that is required does not."""
    return value is None or (value == () and field.default == ())


def _scalar_text(value: object) -> str:
    match value:
        case Decimal():
            return decimal_text(value)
        case Quantity():
            return decimal_text(as_decimal(value))
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"the record does not keep a {type(value).__name__}")


def as_decimal(quantity: Quantity) -> Decimal:
    """A charted amount as the exact decimal that it was typed as.

    Raises:
        TypeError: the amount was worked out and does not terminate; it is not for the record.
    """
    amount = quantity.amount
    denominator = amount.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        raise TypeError(f"{amount} {quantity.unit} has no exact decimal")
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def moment_text(moment: datetime) -> str:
    """A time with its offset, to the second, or to the millisecond where there are any."""
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def from_plain(kind: type[T], plain: object, *, where: str = "") -> T:
    """Reads a value of that class from plain JSON; missing fields take their defaults.

    Raises:
        Refused: the plain value does not fit; the sentence names the field and what it should be.
    """
    return typing.cast(T, _read(kind, plain, where or _words(kind.__name__)))


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def _refuse(where: str, sentence: str) -> Refused:
    return Refused(
        f"{where}: {sentence}", rule="value does not fit", field=where.rsplit(".", maxsplit=1)[-1]
    )


def _read(kind: Any, plain: object, where: str) -> object:  # noqa: ANN401
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _read(typing.get_args(kind)[0], plain, where)
    if origin is Literal:
        return _read_literal(typing.get_args(kind), plain, where)
    if origin in (typing.Union, types.UnionType):
        return _read_optional(kind, plain, where)
    if origin is tuple:
        return _read_tuple(kind, plain, where)
    if dataclasses.is_dataclass(kind) and not issubclass(typing.cast(type, kind), Quantity):
        return _read_record(typing.cast(type, kind), plain, where)
    return _read_scalar(kind, plain, where)


def _read_literal(allowed: tuple[object, ...], plain: object, where: str) -> object:
    if plain in allowed and type(plain) in {type(choice) for choice in allowed}:
        return plain
    listed = ", ".join(str(choice) for choice in allowed)
    raise _refuse(where, f"{_shown(plain)} is not one of {listed}.")


def _read_optional(kind: Any, plain: object, where: str) -> object:  # noqa: ANN401
    if plain is None:
        return None
    (inner,) = (arm for arm in typing.get_args(kind) if arm is not type(None))
    return _read(inner, plain, where)


def _read_tuple(kind: Any, plain: object, where: str) -> object:  # noqa: ANN401
    if not isinstance(plain, (list, tuple)):
        raise _refuse(where, f"a list is expected here, not {_shown(plain)}.")
    arms = typing.get_args(kind)
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(_read(arms[0], item, f"{where}[{n}]") for n, item in enumerate(plain))
    if len(plain) != len(arms):
        raise _refuse(where, f"{len(arms)} values are expected here, not {len(plain)}.")
    return tuple(
        _read(arm, item, f"{where}[{n}]")
        for n, (arm, item) in enumerate(zip(arms, plain, strict=True))
    )


def _read_record(kind: type, plain: object, where: str) -> object:
    if not isinstance(plain, Mapping):
        raise _refuse(where, f"an object is expected here, not {_shown(plain)}.")
    hints = hints_of(kind)
    for name in plain:
        if name not in hints:
            raise _refuse(where, f"{name} is not a value of this. {_meant(str(name), hints)}")
    values = {}
    for field in dataclasses.fields(kind):
        inside = f"{where}.{field.name}"
        if field.name in plain and plain[field.name] is not None:
            values[field.name] = _read(hints[field.name], plain[field.name], inside)
        elif _required(field) and type(None) not in typing.get_args(hints[field.name]):
            raise _refuse(inside, "this value is missing.")
    return kind(**values)


def _meant(name: str, known: Mapping[str, object]) -> str:
    """What was most likely meant: a longer name, one letter away, or one of all there are."""
    longer = [word for word in known if name and name in word]
    close = longer[:1] or difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _read_scalar(kind: Any, plain: object, where: str) -> object:  # noqa: ANN401
    if kind is bool or kind is str:
        if type(plain) is kind:
            return plain
        expected = "true or false" if kind is bool else "text"
        raise _refuse(where, f"{expected} is expected here, not {_shown(plain)}.")
    if kind is int:
        return _read_whole(plain, where)
    if kind is Decimal:
        return _read_decimal(plain, where)
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return kind(_read_decimal(plain, f"{where} ({kind.unit})"))
    if kind is datetime:
        return _read_moment(plain, where)
    if kind is date:
        return _read_date(plain, where)
    raise TypeError(f"the record has no field of type {kind}")


def _read_whole(plain: object, where: str) -> int:
    if isinstance(plain, str) and re.fullmatch(r"-?[0-9]{1,9}", plain, re.ASCII):
        return int(plain)
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    raise _refuse(where, f"a whole number is expected here, not {_shown(plain)}.")


def _read_decimal(plain: object, where: str) -> Decimal:
    if isinstance(plain, (int, Decimal)) and not isinstance(plain, bool):
        plain = decimal_text(Decimal(plain))
    if isinstance(plain, str):
        if "," in plain:
            raise _refuse(where, f"{_shown(plain)} has a comma. Write the number with a point.")
        if DECIMAL.match(plain):
            return Decimal(plain)
    raise _refuse(where, f"a number such as 0.5 is expected here, not {_shown(plain)}.")


def _read_moment(plain: object, where: str) -> datetime:
    example = "2026-11-22T14:04:00-07:00"
    try:
        moment = datetime.fromisoformat(plain) if isinstance(plain, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise _refuse(where, f"a time such as {example} is expected here, not {_shown(plain)}.")
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise _refuse(where, f"{plain} has no offset from UTC. Write it as {example}.")
    return moment


def _read_date(plain: object, where: str) -> date:
    try:
        if isinstance(plain, str) and len(plain) == len("2026-11-22"):
            return date.fromisoformat(plain)
    except ValueError:
        pass
    raise _refuse(where, f"a date such as 2026-11-22 is expected here, not {_shown(plain)}.")


def _shown(plain: object) -> str:
    text = str(plain)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The types of a class's fields, with what each of them says."""
    return typing.get_type_hints(kind, include_extras=True)

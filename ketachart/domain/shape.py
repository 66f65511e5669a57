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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, Literal, TypeVar

from ketachart.domain.quantities import Quantity
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused

Plain = None | bool | int | str | Decimal | Sequence["Plain"] | Mapping[str, "Plain"]
T = TypeVar("T")

_MOST_DIGITS = 40
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
        kind: type = type(value)
        return {
            name: to_plain(inner)
            for name, empty_by_itself in _names_of(kind)
            if (inner := getattr(value, name)) is not None and not (empty_by_itself and inner == ())
        }
    return _scalar_text(value)


@cache
def _names_of(kind: type) -> tuple[tuple[str, bool], ...]:
    """Each field of a class, and whether an empty list in it may be left out.

    It may where leaving it out reads back as the same; a list that is required does not.
    """
    return tuple((field.name, field.default == ()) for field in dataclasses.fields(kind))


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
    return typing.cast(T, _reader(kind)(plain, where or _words(kind.__name__)))


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def _refuse(where: str, sentence: str) -> Refused:
    told = f"{where}: {sentence}".encode("utf-8", "replace").decode()  # half a letter as “?”
    return Refused(told, rule="value does not fit", field=where.rsplit(".", maxsplit=1)[-1])


Reader = Callable[[object, str], object]  # from a plain value, and the words for where it stands


def _reader(kind: Any) -> Reader:  # noqa: ANN401 - each way of reading in one place
    """How a value of a type is read; worked out once for a class, and not for every value."""
    origin, arms = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _reader(arms[0])
    if origin is Literal:
        return partial(_read_literal, arms, frozenset(type(choice) for choice in arms))
    if origin in (typing.Union, types.UnionType):
        (inner,) = (arm for arm in arms if arm is not type(None))
        return partial(_read_optional, _reader(inner))
    if origin is tuple:
        if len(arms) == 2 and arms[1] is Ellipsis:
            return partial(_read_list, _reader(arms[0]))
        return partial(_read_tuple, tuple(_reader(arm) for arm in arms))
    if dataclasses.is_dataclass(kind) and not issubclass(typing.cast(type, kind), Quantity):
        return partial(_read_record, typing.cast(type, kind))
    return _scalar_reader(kind)


def _read_literal(
    allowed: tuple[object, ...], kinds: frozenset[type], plain: object, where: str
) -> object:
    if plain in allowed and type(plain) in kinds:
        return plain
    listed = ", ".join(str(choice) for choice in allowed)
    raise _refuse(where, f"{_shown(plain)} is not one of {listed}.")


def _read_optional(inner: Reader, plain: object, where: str) -> object:
    return None if plain is None else inner(plain, where)


def _read_list(inner: Reader, plain: object, where: str) -> object:
    if not isinstance(plain, (list, tuple)):
        raise _no_list(where, plain)
    return tuple([inner(item, f"{where}[{n}]") for n, item in enumerate(plain)])


def _read_tuple(inner: tuple[Reader, ...], plain: object, where: str) -> object:
    if not isinstance(plain, (list, tuple)):
        raise _no_list(where, plain)
    if len(plain) != len(inner):
        raise _refuse(where, f"{len(inner)} values are expected here, not {len(plain)}.")
    pairs = zip(inner, plain, strict=True)
    return tuple([read(item, f"{where}[{n}]") for n, (read, item) in enumerate(pairs)])


def _no_list(where: str, plain: object) -> Refused:
    return _refuse(where, f"a list is expected here, not {_shown(plain)}.")


def _read_record(kind: type, plain: object, where: str) -> object:
    if not isinstance(plain, Mapping):
        raise _refuse(where, f"an object is expected here, not {_shown(plain)}.")
    hints = hints_of(kind)
    for name in plain:
        if name not in hints:
            raise _refuse(where, f"{name} is not a value of this. {_meant(str(name), hints)}")
    values = {}
    for name, read, required in _fields_of(kind):
        given = plain.get(name)
        if given is not None:
            values[name] = read(given, f"{where}.{name}")
        elif required:
            raise _refuse(f"{where}.{name}", "this value is missing.")
    return kind(**values)


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Reader, bool], ...]:
    """For each field of a class its name, how it is read, and whether it has to be there."""
    hints = hints_of(kind)
    return tuple(
        (
            field.name,
            _reader(hints[field.name]),
            _required(field) and type(None) not in typing.get_args(hints[field.name]),
        )
        for field in dataclasses.fields(kind)
    )


def _meant(name: str, known: Mapping[str, object]) -> str:
    """What was most likely meant: a longer name, one letter away, or one of all there are."""
    longer = [word for word in known if name and name in word]
    close = longer[:1] or difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _scalar_reader(kind: Any) -> Reader:  # noqa: ANN401
    if kind is bool or kind is str:
        return partial(_read_exactly, kind)
    if isinstance(kind, type) and issubclass(kind, Quantity):
        return partial(_read_quantity, kind)
    readers: dict[object, Reader] = {
        int: _read_whole,
        Decimal: _read_decimal,
        datetime: _read_moment,
        date: _read_date,
    }
    if kind not in readers:
        raise TypeError(f"the record has no field of type {kind}")
    return readers[kind]


def _is_whole(text: str) -> bool:
    """Whether no letter of it is cut in half, as no file can hold it."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _read_exactly(kind: type, plain: object, where: str) -> object:
    if type(plain) is kind:
        if isinstance(plain, str) and not _is_whole(plain):
            raise _refuse(where, "half a letter stands in this text. Type it again.")
        return plain
    expected = "true or false" if kind is bool else "text"
    raise _refuse(where, f"{expected} is expected here, not {_shown(plain)}.")


def _read_quantity(kind: type[Quantity], plain: object, where: str) -> Quantity:
    return kind(_read_decimal(plain, f"{where} ({kind.unit})"))


def _read_whole(plain: object, where: str) -> int:
    if isinstance(plain, str) and re.fullmatch(r"-?[0-9]{1,9}", plain, re.ASCII):
        return int(plain)
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    raise _refuse(where, f"a whole number is expected here, not {_shown(plain)}.")


def _read_decimal(plain: object, where: str) -> Decimal:
    # 1e999999999 is short in JSON, and a gigabyte once it is written out
    if isinstance(plain, Decimal) and abs(plain.adjusted()) > _MOST_DIGITS:
        raise _refuse(where, f"a number such as 0.5 is expected here, not {_shown(plain)}.")
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

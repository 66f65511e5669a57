"""Any fact at all: random legal values for every field, found by the fields' types alone."""

import dataclasses
import types
import typing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from ketachart.domain.quantities import Quantity
from ketachart.domain.shape import hints_of

LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
TEXTS = st.text(LETTERS, max_size=12)
WHOLE = st.integers(-999_999_999, 999_999_999)
DECIMALS = st.builds(lambda whole, places: Decimal(whole).scaleb(-places), WHOLE, st.integers(0, 9))
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
MOMENTS = st.builds(
    lambda ms, zone: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(
        zone
    ),
    st.integers(0, 10**11),
    OFFSETS,
)
SCALARS = {
    str: TEXTS,
    bool: st.booleans(),
    int: WHOLE,
    Decimal: DECIMALS,
    date: DATES,
    datetime: MOMENTS,
}


@cache
def any_of(kind):
    """Random legal values of a class or of the type of a field; each is made once."""
    origin, arms = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return any_of(arms[0])
    if origin is typing.Literal:
        return st.sampled_from(arms)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(st.none(), *(any_of(arm) for arm in arms if arm is not type(None)))
    if origin is tuple:
        return _tuples(arms)
    if issubclass(kind, Quantity):
        return DECIMALS.map(kind)
    if dataclasses.is_dataclass(kind):
        hints = hints_of(kind)
        names = [field.name for field in dataclasses.fields(kind)]
        return st.builds(
            kind, **{name: st.deferred(lambda n=name: any_of(hints[n])) for name in names}
        )
    return SCALARS[kind]


def _tuples(arms):
    if len(arms) == 2 and arms[1] is Ellipsis:
        return st.lists(any_of(arms[0]), max_size=2).map(tuple)
    return st.tuples(*(any_of(arm) for arm in arms))

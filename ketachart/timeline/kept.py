"""What was made of readings at their places, kept from one drawing of a visit to the next."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar, cast

from ketachart.domain.pieces import same_at_first

R = TypeVar("R")
T = TypeVar("T")


class Kept:
    """A reading more is placed alone, as long as all of them stand where they stood."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, tuple[object, Sequence[object], Sequence[object]]] = {}

    def each(
        self, name: Hashable, where: object, readings: Sequence[R], make: Callable[[R], T]
    ) -> Sequence[T]:
        """What ``make`` makes of each of the readings.

        Args:
            name: which readings these are; of one name the last ones are kept.
            where: all that it depends on besides the reading.
            readings: in their order.
            make: looks at one reading.
        """
        before_where, before, made = self._rows.get(name, (None, (), ()))
        same = same_at_first(before, readings) if before_where == where else 0
        pieces = [*cast(Sequence[T], made[:same]), *map(make, readings[same:])]
        self._rows[name] = where, readings, pieces
        return pieces

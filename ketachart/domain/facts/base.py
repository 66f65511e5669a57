"""What every fact shares: the time it happened, and a name that is kept for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened in the visit, as the nurse says it happened.

    ``KIND`` is a word we own: its meaning is frozen when it is released, and a new meaning is a
    new ``VERSION`` with a step from the old one in ``storage/codec.py``.
    """

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1

    at: Annotated[datetime, Says("When it happened, with its offset from UTC.")]

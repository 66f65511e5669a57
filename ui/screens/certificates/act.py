"""One act with a key: what it will mean, what is asked for it, and the task that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ketachart.domain.facts.post import WhyWithdrawn
from ui.widgets.key_value import KeyValue

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered on the sheet; ``since`` is None for from now on."""

    passphrase: str = field(repr=False)
    own_passphrase: str | None = field(default=None, repr=False)
    reason: WhyWithdrawn | None = None
    since: datetime | None = None


Begun = Callable[[Told], object]
"""What a worker does with the key open; what it gives back is kept after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act of the authority's key, or of one's own.

    ``begin`` makes the task, on the window's thread; ``keep`` puts what the worker made on the
    disk and says what came of it, or nothing where it was thought better of.
    """

    title: str
    does: str
    means: str
    facts: tuple[KeyValue, ...] = ()
    asks: str = "The authority's passphrase"
    compares: str = ""
    withdraws: bool = False
    own_key: bool = False
    begin: Callable[[Answers], Begun]
    keep: Callable[[object], str]

"""What a drill is: steps that happen, and which entry answers each; read from a table.

Nothing in here knows what ketamine is. What is charted is named by kind and field, and what the
protocol says about it is looked up elsewhere.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, Literal

from ketachart import resources
from ketachart.errors import CannotRead

_TABLE: Final = "drills.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """Which entry answers a step: one of these kinds, and where named with one of these values."""

    kinds: tuple[str, ...]
    field: str = ""
    values: tuple[str, ...] = ()

    def fits(self, kind: str, fact: object) -> bool:
        """Whether an entry answers it."""
        if kind not in self.kinds:
            return False
        if not self.field:
            return True
        found = getattr(fact, self.field, None)
        return any(same(found, value) for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happens, and what of it is charted.

    ``monitor`` is what the made-up monitor shows, by the name of the sign; ``shows`` what another
    device shows, in words. ``only_if`` leaves the step out unless the pump is in that state.
    """

    code: str
    happens: str
    ask: str
    wants: Wants
    says: str = ""
    act: str = ""  # of `ui.actions`; empty where what shows says it
    advice: str = ""
    later_min: int = 0
    only_if: Literal["", "paused"] = ""
    compare: bool = False
    monitor: Mapping[str, int] = field(default_factory=dict)
    shows: tuple[str, ...] = ()

    def differs(self, fact: object) -> tuple[tuple[str, int, int], ...]:
        """Each sign that was charted otherwise than the monitor shows it: name, charted, shown."""
        if not self.compare:
            return ()
        told = [(name, getattr(fact, name, None), shown) for name, shown in self.monitor.items()]
        return tuple(
            (name, charted, shown)
            for name, charted, shown in told
            if charted is not None and charted != shown
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill: what it is about, where its visit begins, its steps, and the source."""

    code: str
    title: str
    about: str
    begins: Literal["door", "pump", "running"]
    source: str
    steps: tuple[Step, ...]


def same(found: object, value: str) -> bool:
    """Whether a value of a fact is the one that a table names; amounts are compared exactly."""
    amount = getattr(found, "amount", found)
    if isinstance(amount, tuple):
        return value in amount
    try:
        return Fraction(str(amount)) == Fraction(value)
    except (ValueError, ZeroDivisionError):
        return str(amount) == value


def drills() -> tuple[Drill, ...]:
    """Every drill there is, in the order in which they are offered.

    Raises:
        CannotRead: KetaChart's own table is damaged or missing.
    """
    try:
        told = tomllib.loads(resources.path(_TABLE).read_text(encoding="utf-8"))
        return tuple(_drill(one) for one in told["drills"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotRead(
            f"KetaChart's own table {_TABLE} is damaged or missing. Install KetaChart again."
        ) from error


def _drill(told: dict[str, Any]) -> Drill:
    return Drill(**{**told, "steps": tuple(_step(one) for one in told["steps"])})


def _step(told: dict[str, Any]) -> Step:
    wants = {name: _frozen(value) for name, value in told["wants"].items()}
    rest = {name: _frozen(value) for name, value in told.items() if name != "wants"}
    return Step(**rest, wants=Wants(**wants))


def _frozen(value: object) -> Any:  # noqa: ANN401 - whatever a table holds
    return tuple(value) if isinstance(value, list) else value

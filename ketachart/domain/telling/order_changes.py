"""What a changed order says otherwise than the one before it."""

from dataclasses import dataclass
from itertools import pairwise

from ketachart.domain.editions import Edition, editions
from ketachart.domain.facts import OrderRecorded
from ketachart.domain.protocol import Protocol
from ketachart.domain.telling.order_values import Value, source_values, treatment_values
from ketachart.domain.visit import Visit

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of an order: its name, what it was, and what it becomes."""

    name: str
    was: str
    becomes: str

    @property
    def words(self) -> str:
        """In one line: “Dose 0.5 mg/kg → 0.6 mg/kg”."""
        return f"{self.name} {self.was} → {self.becomes}"


def differences(
    protocol: Protocol, was: OrderRecorded, becomes: OrderRecorded
) -> tuple[Difference, ...]:
    """What is to be given, or how, that is not the same; by whom and when is left out."""
    return _between(treatment_values(protocol, was), treatment_values(protocol, becomes))


def all_differences(
    protocol: Protocol, was: OrderRecorded, becomes: OrderRecorded
) -> tuple[Difference, ...]:
    """The same with by whom, from which day, and how it came."""
    source = _between(source_values(was), source_values(becomes))
    return (*differences(protocol, was, becomes), *source)


def _between(was: tuple[Value, ...], becomes: tuple[Value, ...]) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, before or NOTHING, after or NOTHING)
        for (name, before), (_, after) in zip(was, becomes, strict=True)
        if before != after
    )


@dataclass(frozen=True, slots=True)
class Change:
    """An order that replaced another one during the visit, and the one that it replaced."""

    edition: Edition
    was: OrderRecorded
    differences: tuple[Difference, ...]

    @property
    def words(self) -> str:
        """What changed, in one line."""
        said = "; ".join(one.words for one in self.differences)
        return said or "the same again, by another word"


def changes(visit: Visit) -> tuple[Change, ...]:
    """Every change of the order during the visit, in the order of time."""
    every = editions(visit)
    return tuple(
        Change(
            edition, before.entry.fact,
            differences(visit.protocol, before.entry.fact, edition.entry.fact),
        )
        for before, edition in pairwise(every)
    )  # fmt: skip


def order_before(visit: Visit, order: OrderRecorded) -> OrderRecorded | None:
    """The order that stood before that one was given; None for the first."""
    earlier = [fact for fact in visit.facts(OrderRecorded) if fact.at < order.at]
    return earlier[-1] if earlier else None

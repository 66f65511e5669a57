"""What comes only after something else: nothing is drawn, given or wasted before it was there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.facts import (
    BagChanged,
    BagPrepared,
    BolusGiven,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    Fact,
    InfusionStarted,
    VialTaken,
)
from ketachart.domain.infusion import bag_before, bags
from ketachart.domain.trial import trial
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused

SEQUENCED = (
    VialTaken, BagPrepared, InfusionStarted, BagChanged, BolusGiven,
    DrugWasted, DrugReturned, DrugBroken,
)  # fmt: skip
# What became of the drug, as it stands in a sentence.
LEFT = {DrugWasted: "wasted", DrugReturned: "sealed", DrugBroken: "broken"}


@dataclass(frozen=True, slots=True)
class TooEarly:
    """An entry that is charted before what it needs, in a sentence with both times."""

    entry: Entry[Fact]
    sentence: str


def too_early(visit: Visit) -> tuple[TooEarly, ...]:
    """Every standing entry that is charted before the drug it needs was there."""
    return tuple(_too_early(visit))


def in_sequence(visit: Visit, fact: Fact, now: datetime) -> None:
    """A new fact does not come before what it needs, nor what it needs after it.

    Raises:
        Refused: with both times; what is out of order already is not counted.
    """
    if not isinstance(fact, SEQUENCED):
        return
    known = {point.sentence for point in too_early(visit)}
    for point in too_early(trial(visit, fact, now)):
        if point.sentence not in known:
            raise Refused(
                f"{point.sentence} Check both times.", rule="before it was there", field="at"
            )


def _too_early(visit: Visit) -> Iterator[TooEarly]:
    yield from _draws(visit)
    yield from _given(visit)
    yield from _hung(visit)
    yield from _left(visit)


def _draws(visit: Visit) -> Iterator[TooEarly]:
    vials = {entry.fact.vial: entry for entry in reversed(visit.of(VialTaken))}
    for made in visit.of(BagPrepared):
        vial = vials.get(made.fact.vial)
        if vial is not None and made.at < vial.at:
            yield TooEarly(
                made,
                f"{made.fact.bag} was made up at {clock(made.at)}, but its vial "
                f"{vial.fact.vial} was taken out at {clock(vial.at)}.",
            )


def _given(visit: Visit) -> Iterator[TooEarly]:
    """The start and boluses, against the first vial and, where it tells no strength, the bag."""
    vials = visit.of(VialTaken)
    for given in (*visit.of(InfusionStarted), *visit.of(BolusGiven)):
        what = "The start" if isinstance(given.fact, InfusionStarted) else "The bolus"
        if vials and given.at < vials[0].at:
            yield TooEarly(
                given,
                f"{what} is charted for {clock(given.at)}, but the first vial was taken out at "
                f"{clock(vials[0].at)}.",
            )
        elif isinstance(given.fact, InfusionStarted) and given.fact.strength_mg_per_ml is None:
            made = bags(visit)
            if made and bag_before(visit, given.at) is None:
                first = min(made, key=lambda bag: bag.entry.at)
                yield TooEarly(
                    given,
                    f"{what} is charted for {clock(given.at)}, but {first.name} was made up at "
                    f"{clock(first.entry.at)}.",
                )


def _hung(visit: Visit) -> Iterator[TooEarly]:
    made = {bag.name: bag for bag in bags(visit)}
    for change in visit.of(BagChanged):
        bag = made.get(change.fact.bag)
        if bag is not None and change.at < bag.entry.at:
            yield TooEarly(
                change,
                f"{bag.name} was hung at {clock(change.at)}, but made up at {clock(bag.entry.at)}.",
            )


def _left(visit: Visit) -> Iterator[TooEarly]:
    there = {entry.fact.vial: ("taken out", entry.at) for entry in reversed(visit.of(VialTaken))}
    there |= {bag.name: ("made up", bag.entry.at) for bag in bags(visit)}
    gone: list[Entry[DrugWasted] | Entry[DrugReturned] | Entry[DrugBroken]] = [
        *visit.of(DrugWasted),
        *visit.of(DrugReturned),
        *visit.of(DrugBroken),
    ]
    for entry in gone:
        how, since = there.get(entry.fact.source, ("", entry.at))
        if entry.at < since:
            yield TooEarly(
                entry,
                f"{entry.fact.source} is charted as {LEFT[type(entry.fact)]} at "
                f"{clock(entry.at)}, but it was {how} at {clock(since)}.",
            )

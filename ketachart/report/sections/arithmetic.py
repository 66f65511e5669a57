"""The dose on paper: every line of the chain for each vial and bag, and what rounding does."""

from ketachart.domain.check.arithmetic import Chain, chain
from ketachart.domain.editions import changed_orders
from ketachart.domain.facts import InfusionStarted, PumpChecked, VialTaken
from ketachart.domain.infusion import Bag, bag_before, bags
from ketachart.domain.policy_drug import Vial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, with_unit
from ketachart.errors import Refused
from ketachart.report.sections.pieces import Divider, Line, Row, plain, strong


def arithmetic_lines(visit: Visit) -> list[Line]:
    """The chain from every vial: as each bag from it was made up, or as planned where none was."""
    found: list[Line] = []
    for taken in visit.facts(VialTaken):
        made: list[Bag | None] = [bag for bag in bags(visit) if bag.vial == taken.vial]
        for bag in made or [None]:
            ordered = visit.ordered_at(bag.entry.at) if bag is not None else visit
            found += _chain_of(ordered, taken, bag)
    return [*found, *_changed(visit)]


def _changed(visit: Visit) -> list[Line]:
    """The chain of an order that was changed, with the bag that hung then."""
    found: list[Line] = []
    for edition in changed_orders(visit):
        bag = bag_before(visit, edition.entry.at)
        vials = visit.facts(VialTaken) if bag is not None else ()
        taken = [vial for vial in vials if bag is not None and vial.vial == bag.vial]
        if taken:
            found.append(Divider(f"By the order changed {clock(edition.entry.at)}"))
            found += _chain_of(edition.visit, taken[-1], bag)
    return found


def _chain_of(visit: Visit, taken: VialTaken, bag: Bag | None) -> list[Line]:
    vial = Vial(strength_mg_per_ml=taken.strength_mg_per_ml, volume_ml=taken.volume_ml)
    name = f"From vial {taken.vial}, {with_unit(vial.strength_mg_per_ml)}"
    heading = Divider(name if bag is None else f"{name}: {bag.name} as it was made up")
    try:
        worked = chain(visit, vial, bag=bag, drops_per_ml=_drop_factor(visit))
    except Refused as refusal:
        words = f"not worked out: {refusal}"
        return [heading, Row(cells=(plain("Dose"), plain(words), ()), about="dose")]
    return [heading, *_rows(visit, worked)] if worked is not None else []


def _rows(visit: Visit, worked: Chain) -> list[Line]:
    rows: list[Line] = [
        Row(
            cells=(plain(step.name), plain(step.expression), strong(with_unit(step.result))),
            about=f"dose: {step.name.lower()}",
        )
        for step in worked.steps
    ]
    told = [
        ("Side by side", _kept_together(worked.given.words)),
        ("Rounding", worked.rounding.words),
    ]
    if worked.drip is not None:
        told.append(("Gravity set", _set_words(visit, worked.drip.drops_per_ml)))
    rows += [
        Row(cells=(plain(name), plain(words), ()), about=f"dose: {name.lower()}")
        for name, words in told
    ]
    return rows


def _kept_together(words: str) -> str:
    """A number never parts from its unit where a line ends."""
    return " = ".join(value.replace(" ", "\u00a0") for value in words.split(" = "))


def _set_words(visit: Visit, drops_per_ml: int) -> str:
    known = (row for row in visit.protocol.drop_factors if row.drops_per_ml == drops_per_ml)
    row = next(known, None)
    told = f"{drops_per_ml} gtt/mL"
    return (
        told if row is None else f"{told}, {row.label} ({visit.protocol.cited(row.source).short})"
    )


def _drop_factor(visit: Visit) -> int | None:
    """Of the gravity set that the infusion ran through, or that was checked; None is a pump."""
    start, check = visit.last_fact(InfusionStarted), visit.last_fact(PumpChecked)
    if start is not None:
        return start.drops_per_ml if start.by == "gravity" else None
    return check.drops_per_ml if check is not None else None

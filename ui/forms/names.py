"""Names of vials and bags: the next free one of a visit, and how one of the book is offered."""

from itertools import count

from ketachart.domain.custody.book import Held
from ketachart.domain.facts import BagPrepared, VialTaken
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day, with_unit
from ui.widgets.choices import Choice


def next_vial(visit: Visit) -> str:
    """The name of the next vial."""
    return _free("V", {vial.vial for vial in visit.facts(VialTaken)})


def next_bag(visit: Visit) -> str:
    """The name of the next bag."""
    return _free("B", {bag.bag for bag in visit.facts(BagPrepared)})


def vial_choice(item: Held, *, blind: bool = False) -> Choice:
    """A vial or sealed bag of the book as it is offered: its number, and what the label says.

    ``blind`` where the drug may still have to be counted: what should be left is not told.
    """
    left = "" if blind else f"{with_unit(item.left)} left, "
    told = (
        f"{with_unit(item.strength)}, {left}{item.place}, lot {item.lot}, exp {day(item.expires)}"
    )
    return Choice(item.number, item.number, sub=told)


def _free(letter: str, taken: set[str]) -> str:
    return next(name for n in count(1) if (name := f"{letter}{n}") not in taken)

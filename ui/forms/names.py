"""Names that vials and bags get in a visit: the first of V1, V2 … that is free."""

from itertools import count

from ketachart.domain.facts import BagPrepared, VialTaken
from ketachart.domain.visit import Visit


def next_vial(visit: Visit) -> str:
    """The name of the next vial."""
    return _free("V", {vial.vial for vial in visit.facts(VialTaken)})


def next_bag(visit: Visit) -> str:
    """The name of the next bag."""
    return _free("B", {bag.bag for bag in visit.facts(BagPrepared)})


def _free(letter: str, taken: set[str]) -> str:
    return next(name for n in count(1) if (name := f"{letter}{n}") not in taken)

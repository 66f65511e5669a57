"""A visit of some kinds of entries alone: what is worked out of it stands until one of these comes.

A long visit gets a set of vitals or a note every minute, and most of what is worked out of it has
nothing to do with them. Whoever works on a narrowed visit cannot look at anything else by mistake:
it is not there.
"""

from itertools import chain
from operator import attrgetter

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Visit


def only(visit: Visit, name: str, kinds: tuple[type[Fact], ...]) -> Visit:
    """The visit as if nothing but the standing entries of these kinds was in it.

    It is the very same visit, with all that was worked out of it, until one of these is charted or
    struck.

    Args:
        visit: the whole visit.
        name: of what is worked out of it; one name stands for the same kinds always.
        kinds: every kind that the work looks at, the order and the protocol too.
    """
    name = f"only-{name}"
    return visit.once(name, lambda whole: _narrow(whole, name, kinds))


def _narrow(visit: Visit, name: str, kinds: tuple[type[Fact], ...]) -> Visit:
    wanted = tuple(visit.of(kind) for kind in kinds)
    return visit.pieces.of_them(name, wanted, lambda: _of_these(visit, kinds))


def _of_these(visit: Visit, kinds: tuple[type[Fact], ...]) -> Visit:
    by_kind = {kind: visit.of(kind) for kind in kinds}
    entries = sorted(chain.from_iterable(by_kind.values()), key=attrgetter("number"))
    narrow = Visit(tuple(entries))
    vars(narrow)["pieces"] = visit.pieces
    vars(narrow)["_by_kind"] = by_kind
    return narrow

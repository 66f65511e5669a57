"""Every attack on a signed report that is known to us, built: what it is called and must meet with.

Families: `saving` appends to the file, `wrapping` moves or forges what a signature covers, `blobs`
alters the signature itself, `people` signs with the wrong key, `insiders` holds the right one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.report.signed_reports import root_of


@dataclass(frozen=True)
class Attack:
    """One hostile file; any one of ``codes`` must be among the faults.

    ``says``: words that a sentence about it must hold. ``numbers``: whether the pages must be
    compared with the data to see it. No codes: a file alone does not show it, and it is good.
    """

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]
    says: str = ""
    trust: Callable[[], bytes] = field(default=root_of)
    numbers: bool = False
    long: bool = False
    """Tried by `dev.py attack` only: its like is among the tests already."""

    def __str__(self) -> str:
        return self.name


def attack(name, make, codes, says="", **more):
    """The attack under its name; ``codes`` are words parted by spaces."""
    return Attack(name, make, frozenset(codes.split()), says, **more)


def families():
    """The attacks by family; read when asked for, since their makers need the signing library."""
    from tests.report.attacks import blobs, insiders, people, saving, shadows, wrapping

    modules = (saving, wrapping, blobs, people, insiders, shadows)
    return {module.__name__.rpartition(".")[2]: module.ATTACKS for module in modules}


def corpus():
    """All of them."""
    return tuple(one for family in families().values() for one in family)

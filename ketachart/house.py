"""Reads the shipped clinical tables into one protocol, and says which letters can be printed."""

import tomllib
from decimal import Decimal
from functools import cache
from typing import Any

from ketachart import resources
from ketachart.domain.letters import Letters
from ketachart.domain.protocol import Protocol
from ketachart.domain.shape import from_plain
from ketachart.errors import CannotRead

TABLES = (
    "protocol", "screening", "kit", "care", "scales", "instructions", "sheets", "words",
    "medicines", "passages", "sources",
)  # fmt: skip


@cache
def shipped_protocol() -> Protocol:
    """The protocol as shipped; a clinic's own edition stands in its ledger.

    Raises:
        CannotRead: a table was damaged on the disk, or altered to something else.
        Refused: a table does not have the shape of a protocol (a test reads them all).
    """
    whole: dict[str, object] = {}
    for name in TABLES:
        for key, value in _table(name).items():
            known = whole.get(key)
            if isinstance(known, list) and isinstance(value, list):
                whole[key] = [*known, *value]
            else:
                whole[key] = value
    return from_plain(Protocol, whole, where="protocol")


def _table(name: str) -> dict[str, Any]:
    try:
        text = resources.path(f"{name}.toml").read_text(encoding="utf-8")
        return tomllib.loads(text, parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        raise CannotRead(
            f"KetaChart's own table {name}.toml is damaged or missing. The ledger is untouched: "
            "install KetaChart again."
        ) from error


@cache
def printable_letters() -> Letters:
    """The letters that the report's fonts hold (made from them by ``dev.py golden``)."""
    return Letters.parse(resources.path("fonts", "letters.txt").read_text(encoding="ascii"))

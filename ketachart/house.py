"""Reads the shipped clinical tables into one protocol, and says which letters can be printed."""

import tomllib
from decimal import Decimal
from functools import cache

from ketachart import resources
from ketachart.domain.letters import Letters
from ketachart.domain.protocol import Protocol
from ketachart.domain.shape import from_plain

TABLES = (
    "protocol", "screening", "kit", "care", "scales", "instructions", "sheets", "words",
    "medicines", "passages", "sources",
)  # fmt: skip


@cache
def shipped_protocol() -> Protocol:
    """The protocol as shipped; a clinic's own edition stands in its ledger.

    Raises:
        Refused: a table does not have the shape of a protocol (a test reads them all).
    """
    whole: dict[str, object] = {}
    for name in TABLES:
        text = resources.path(f"{name}.toml").read_text(encoding="utf-8")
        for key, value in tomllib.loads(text, parse_float=Decimal).items():
            known = whole.get(key)
            whole[key] = [*known, *value] if isinstance(known, list) else value
    return from_plain(Protocol, whole, where="protocol")


@cache
def printable_letters() -> Letters:
    """The letters that the report's fonts hold (made from them by ``dev.py golden``)."""
    return Letters.parse(resources.path("fonts", "letters.txt").read_text(encoding="ascii"))

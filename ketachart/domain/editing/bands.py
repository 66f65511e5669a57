"""What a scale's totals mean, as it is typed: “0 minimal; 5 mild; 20 severe: ask”."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from ketachart.domain.policy_care import Band
from ketachart.errors import Refused

_PIECE: Final = re.compile(r"([0-9]{1,4})\s+(.*?)(?:\s*:\s*(ask|stop))?\Z", re.ASCII)
_LONGEST: Final = 200
"""Letters of a piece; a longer one, with many spaces in it, would be searched for minutes."""
_GRAVITY: Final = {"": 0, "ask": 1, "stop": 2}
EXAMPLE: Final = "0 minimal; 10 moderate; 20 severe: ask"


def bands_text(bands: Iterable[Band]) -> str:
    """All of them on one line; it reads back as the same."""
    return "; ".join(
        f"{band.at_least} {band.label}{f': {band.act}' if band.act else ''}" for band in bands
    )


def bands_typed(text: str) -> list[dict[str, object]]:
    """What was typed, as plain values.

    Args:
        text: pieces such as “20 severe: ask” with semicolons between.

    Raises:
        Refused: a piece cannot be read, or the totals do not rise.
    """
    found: list[dict[str, object]] = []
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        read = _PIECE.fullmatch(piece) if len(piece) <= _LONGEST else None
        if read is None or not read[2]:
            raise Refused(
                f"“{piece[:_LONGEST]}” cannot be read. Write it as {EXAMPLE}.",
                rule="unreadable",
                field="bands",
            )
        found.append({"at_least": int(read[1]), "label": read[2], "act": read[3] or ""})
    totals = [int(str(band["at_least"])) for band in found]
    if any(after <= before for before, after in pairwise(totals)):
        raise Refused(
            "Each total is higher than the one before it. Check their order.",
            rule="bands order",
            field="bands",
        )
    return found


def bands_ask_less(new: Iterable[Band], old: Iterable[Band]) -> bool:
    """Whether some total asks for less than it did; what it is called does not matter."""
    now, was = tuple(new), tuple(old)
    edges = {band.at_least for band in (*now, *was)}
    return any(_asked(now, edge) < _asked(was, edge) for edge in edges)


def _asked(bands: Iterable[Band], total: int) -> int:
    reached = [band for band in bands if band.at_least <= total]
    return _GRAVITY[reached[-1].act] if reached else 0

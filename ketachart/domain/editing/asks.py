"""Last readings at which a medicine asks for a reason, as they are typed: “heart_rate under 60”."""

import re
from collections.abc import Iterable
from decimal import Decimal

from ketachart.domain.policy import AsksWhen
from ketachart.domain.wording import decimal_text
from ketachart.errors import Refused

_PIECE = re.compile(r"([a-z0-9_]+)\s+(under|over)\s+([0-9]+(?:\.[0-9]+)?)\Z", re.ASCII)
EXAMPLE = "heart_rate under 60, systolic under 120"


def asks_text(asks: Iterable[AsksWhen]) -> str:
    """All of them on one line; it reads back as the same."""
    return ", ".join(_one(ask) for ask in asks)


def _one(ask: AsksWhen) -> str:
    bounds = (("under", ask.below), ("over", ask.above))
    return ", ".join(
        f"{ask.sign} {word} {decimal_text(bound)}" for word, bound in bounds if bound is not None
    )


def asks_typed(text: str, signs: Iterable[str]) -> list[dict[str, str]]:
    """What was typed, as plain values.

    Args:
        text: pieces such as “heart_rate under 60” with commas between.
        signs: the codes of the signs there are.

    Raises:
        Refused: a piece cannot be read, or names no sign.
    """
    known, found = tuple(signs), []
    for piece in filter(None, (part.strip().lower() for part in text.split(","))):
        read = _PIECE.fullmatch(piece)
        if read is None or read[1] not in known:
            raise Refused(
                f"“{piece}” cannot be read. Write it as {EXAMPLE}.",
                rule="unreadable",
                field="asks_when",
            )
        found.append({"sign": read[1], "below" if read[2] == "under" else "above": read[3]})
    return found


def asks_less(new: tuple[AsksWhen, ...], old: tuple[AsksWhen, ...]) -> bool:
    """Whether one of the old readings asks later, or not at all."""
    low, high = _edges(new)
    old_low, old_high = _edges(old)
    return any(sign not in low or low[sign] < edge for sign, edge in old_low.items()) or any(
        sign not in high or high[sign] > edge for sign, edge in old_high.items()
    )


def _edges(asks: tuple[AsksWhen, ...]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    low: dict[str, Decimal] = {ask.sign: ask.below for ask in asks if ask.below is not None}
    high: dict[str, Decimal] = {ask.sign: ask.above for ask in asks if ask.above is not None}
    return low, high

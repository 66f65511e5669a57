"""Helps to choose a passphrase: one made by chance, how long it holds, what is wrong with one."""

import secrets
from functools import cache

from ketachart import resources
from ketachart.charting.people_tasks import require_good
from ketachart.storage.passphrase import SHORTEST, passphrase_fault

__all__ = ["GUIDANCE", "SHORTEST", "how_long", "passphrase_fault", "require_good", "suggested"]

WORDS = 5
"""How many words a suggestion has."""

GUIDANCE = (
    "Length is what protects, not signs and capitals. A few unrelated words are easy to keep in "
    "mind and hard to guess. There is no need to change it from time to time."
)
_COMPUTERS = 1000
_SECONDS_A_YEAR = 31_557_600
_NAMES = {4: "Four", 5: "Five", 6: "Six"}


def suggested() -> str:
    """Five words by chance, from a list of 1,024; nothing about them is kept."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


def how_long(took_ms: int) -> str:
    """How long such a passphrase holds against whoever stole the laptop, in one sentence.

    Args:
        took_ms: what one guess takes on this laptop, milliseconds.
    """
    guesses = len(_words()) ** WORDS // 2  # on average, half of all
    years = guesses * took_ms // 1000 // _COMPUTERS // _SECONDS_A_YEAR
    if not years:
        return f"{_NAMES[WORDS]} words taken by chance from {len(_words()):,}."
    return (
        f"{_NAMES[WORDS]} words taken by chance from {len(_words()):,}: a thief with "
        f"{_COMPUTERS:,} computers like this one would guess for about {_rounded(years):,} "
        "years."
    )


def _rounded(years: int) -> int:
    """One digit that counts; the rest would only look exact."""
    unit = int("1".ljust(len(str(years)), "0"))
    return max(1, years // unit) * unit


@cache
def _words() -> tuple[str, ...]:
    text = resources.path("passphrase_words.txt").read_text(encoding="ascii")
    return tuple(text.split())

"""Which acts typed words mean: parts of words, in any order, accents and capitals aside."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ui.language import labelled, spoken
from ui.palette.synonyms import SYNONYMS
from ui.palette.synonyms_es import SPANISH


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as it is offered: its key beside it, and why not where it cannot be done here."""

    name: str
    words: str
    key: str
    why_not: str = ""
    goes: str = ""  # where it leads first, in words
    is_name: bool = False  # a patient's name: it is never said in another language


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Small letters without accents: “Español” is espanol."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def found(offers: tuple[Offer, ...], typed: str) -> tuple[Offer, ...]:
    """The offers in which every typed word is found, the nearest first.

    What can be done here stands before what cannot, and an act before a patient, so that Enter
    never opens a visit where an act was meant; a word of the act's own before one that nurses
    call it by; the beginning of a word before its middle; of two such the one that begins so.
    """
    letters = plain(typed).split()
    ranked = [(_rank(offer, letters), offer, place) for place, offer in enumerate(offers)]
    fitting = sorted(
        (bool(offer.why_not), offer.is_name, rank, not _is_first(offer, letters), place)
        for rank, offer, place in ranked
        if rank is not None
    )
    return tuple(offers[place] for *_, place in fitting)


def _is_first(offer: Offer, letters: list[str]) -> bool:
    """Whether the act's words begin with what was typed: “pa” is Pause before it is a page."""
    said = (plain(labelled(offer.words)), plain(offer.words))
    return bool(letters) and any(words.startswith(letters[0]) for words in said)


def _rank(offer: Offer, letters: list[str]) -> int | None:
    """How far the act is from what was typed, 0 nearest; None where a word is nowhere in it."""
    said = (
        offer.words if offer.is_name else labelled(offer.words)
    )  # as the window says it, and in English
    labels = (plain(said), plain(offer.words))
    own = " ".join((*labels, offer.name.replace("-", " ")))
    more = SPANISH.get(offer.name, "") if spoken() == "es" else ""
    called = f"{plain(SYNONYMS.get(offer.name, ''))} {more} {plain(offer.key)}"
    total = 0
    for word in letters:
        ways = (
            any(label.startswith(word) for label in labels),
            _begins(own, word),
            word in called.split(),
            _begins(called, word),
            word in own,
        )
        if not any((*ways, word in called)):
            return None
        total += next((place for place, holds in enumerate(ways) if holds), len(ways))
    return total


def _begins(text: str, word: str) -> bool:
    return f" {word}" in f" {text}"

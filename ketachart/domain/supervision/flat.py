"""Vital signs that are more even than readings usually are, and sets written in one go.

A neutral hint for whoever reads the report (features.md, idea 11): never a judgement.
"""

from dataclasses import dataclass

from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing worth asking about: words, a few words for the queue, how often chance does it.

    ``entries`` are the ids of the sets that it is about, in the order of their times; ``help`` says
    what the statistic is and how often an ordinary visit shows it by chance.
    """

    code: str
    sentence: str
    short: str
    help: str
    entries: tuple[str, ...]


def notices(visit: Visit) -> tuple[Notice, ...]:
    """What is more even, or more at once, than usual; none in most visits."""
    return ()

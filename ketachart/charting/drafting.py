"""Facts as they are handed to the ledger: stamped with who, when, and the id of their act."""

from collections.abc import Sequence
from datetime import datetime

from ketachart.charting.chart_time import ChartTime
from ketachart.domain.facts import EntryStruck, Fact
from ketachart.storage import codec
from ketachart.storage.entry import Draft


def id_at(place: int, act: str) -> str:
    """The id of the fact at that place of an act: the first one is known by the act itself."""
    return act if place == 0 else f"{act}.{place + 1}"


def drafts_of(  # noqa: PLR0913 - what an entry is stamped with
    facts: Sequence[Fact], act: str, now: datetime, *, stream: str, author: str, time: ChartTime
) -> tuple[Draft, ...]:
    """One draft for each fact of an act, in their order."""
    return tuple(
        codec.draft_of(
            fact,
            stream=stream,
            entry_id=id_at(place, act),
            author=author,
            recorded_at=now,
            elapsed=time.elapsed(),
            session=time.session,
            supersedes=fact.entry if isinstance(fact, EntryStruck) else None,
        )
        for place, fact in enumerate(facts)
    )

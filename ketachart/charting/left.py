"""Visits that left this laptop: what is still said of them."""

from ketachart.domain.facts.safekeeping import VisitLeft
from ketachart.domain.post.standing import Standing
from ketachart.domain.wording import day
from ketachart.storage import codec
from ketachart.storage.ledger import Ledger


def left_of(ledger: Ledger, stream: str) -> VisitLeft | None:
    """What was written as a visit left this laptop; None where it is here."""
    row = ledger.departed(stream)
    fact = None if row is None else codec.fact_of(row)
    return fact if isinstance(fact, VisitLeft) else None


def left_words(ledger: Ledger, stream: str) -> str:
    """Why a visit cannot be opened: when it left, who has it, and how to get it back."""
    left = left_of(ledger, stream)
    if left is None:
        return "This visit's content is not in this ledger. Restore the last good backup."
    return (
        f"Visit {left.visit} left this laptop on {day(left.at.date())}. The clinic has its signed "
        "report: ask your supervisor for it."
    )


def left_standing(ledger: Ledger, stream: str) -> Standing | None:
    """How far its report came: nothing leaves without a receipt; None where the visit is here."""
    left = left_of(ledger, stream)
    if left is None:
        return None
    words = f"Left this laptop {day(left.at.date())}; the clinic has it"
    return Standing(state="received", words=words, at=left.at)

"""The laptops that ask to join, as the clinic sees them."""

from ketachart.charting.answers import same_key
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import mark
from ketachart.charting.post_shapes import CLINIC, JoinRequest
from ketachart.domain.facts.post import CorrespondentRecorded, RequestTaken
from ketachart.errors import Refused


def requests(book: PostBook) -> tuple[JoinRequest, ...]:
    """Every request, the oldest first."""
    return tuple(
        JoinRequest(fact=entry.fact, taken_at=entry.recorded_at, granted=_granted(book, entry.fact))
        for entry in book.office.own_stream.of(RequestTaken)
    )


def _granted(book: PostBook, fact: RequestTaken) -> bool:
    issued = book.ledger.credentials(fact.staff_id, "issued")
    return any(same_key(one.certificate_pem, fact.request) for one in issued)


def admit(book: PostBook, item: str) -> None:
    """Puts the laptop of a request on file.

    Raises:
        Refused: there is no such request.
        LedgerError: it was not saved; do it again.
    """
    found = [one.fact for one in requests(book) if one.item == item]
    if not found:
        raise Refused("There is no such request.", rule="no such request")
    fact = found[0]
    made = CorrespondentRecorded(
        at=book.office.time.now(),
        ledger=fact.ledger,
        name=f"{fact.name}, {fact.credential}",
        role="laptop",
        staff_id=fact.staff_id,
        key=fact.key,
    )
    name = mark("correspondent", f"{item}:{fact.ledger}")
    book.keep([Note(stream=CLINIC, mark=name, fact=made)])

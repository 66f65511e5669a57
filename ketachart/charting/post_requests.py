"""The laptops that ask to join, as the clinic sees them."""

from ketachart.charting.answers import same_key
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import mark
from ketachart.charting.post_shapes import CLINIC, JoinRequest
from ketachart.domain.facts.post import CertificateIssued, CorrespondentRecorded, RequestTaken
from ketachart.domain.facts.setting import NurseRecorded
from ketachart.errors import Refused


def requests(book: PostBook) -> tuple[JoinRequest, ...]:
    """Every request, the oldest first."""
    return tuple(
        JoinRequest(
            fact=entry.fact,
            taken_at=entry.recorded_at,
            granted=_granted(book, entry.fact),
            warning=_warning(book, entry.fact),
        )
        for entry in book.office.own_stream.of(RequestTaken)
    )


def _granted(book: PostBook, fact: RequestTaken) -> bool:
    if all(one.ledger != fact.ledger for one in book.correspondents()):
        return False  # nothing can be sent there yet
    issued = book.ledger.credentials(fact.staff_id, "issued")
    return any(same_key(one.certificate_pem, fact.request) for one in issued)


def _warning(book: PostBook, fact: RequestTaken) -> str:
    """What to look at before it is granted; empty where nothing speaks against it."""
    known = {one.staff_id: one.name for one in book.office.own_stream.facts(CertificateIssued)}
    known |= {one.staff_id: one.name for one in book.office.own_stream.facts(NurseRecorded)}
    other = known.get(fact.staff_id, fact.name)
    if other != fact.name:
        return (
            f"The staff number {fact.staff_id} is {other}'s here. If {fact.name} is not the same "
            "person under a new name, grant nothing: let the laptop join again with another number."
        )
    theirs = [one for one in book.correspondents() if fact.staff_id in one.staff_ids]
    if any(one.ledger == fact.ledger for one in theirs) or not theirs:
        return ""
    return (
        f"{fact.name} has a laptop on file already. Ask which one this is. If the other was lost "
        "or stolen, withdraw its certificate too."
    )


def admit(book: PostBook, item: str) -> None:
    """Puts the laptop of a request on file.

    Raises:
        Refused: there is no such request.
        LedgerError: it was not saved; do it again.
    """
    found = [one.fact for one in requests(book) if one.item == item]
    if not found:
        raise Refused(
            "That request is not here. Take the laptop's package in again.", rule="no such request"
        )
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

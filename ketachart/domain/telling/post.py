"""The words for what goes between a nurse's laptop and the clinic by file."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import (
    CertificateIssued,
    CertificateWithdrawn,
    ConflictSeen,
    CorrespondentRecorded,
    HowAcknowledged,
    OrderAcknowledged,
    PostArrived,
    PostSent,
    QuestionAsked,
    ReceiptTaken,
    ReportSent,
    ReportTaken,
    RequestTaken,
    VerdictGiven,
    VisitPlanned,
    WithdrawnListed,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, day, day_and_clock, short_day

Words = tuple[str, str]
HOW: dict[HowAcknowledged, str] = {
    "signed on paper": "signed on paper",
    "by fax or portal": "signed by fax or portal",
    "in person": "confirmed in person",
    "refused": "REFUSED to sign",
}
VERDICTS = {"reviewed": "reviewed", "question": "reviewed, with questions", "has errors": "ERRORS"}


def correspondent(_visit: Visit, fact: CorrespondentRecorded) -> Words:
    """Whom packages go to."""
    return "Correspondent", f"{fact.name}, key {fact.key[:8]}"


def issued(_visit: Visit, fact: CertificateIssued) -> Words:
    """A certificate."""
    again = ", a renewal" if fact.replaces else ""
    until = day(fact.until.date())
    return "Certificate issued", f"{fact.name} ({fact.staff_id}) until {until}{again}"


def withdrawn(_visit: Visit, fact: CertificateWithdrawn) -> Words:
    """A certificate taken back."""
    since = day_and_clock(fact.since)
    return "Certificate withdrawn", f"{fact.serial[:12]}: {fact.reason}, since {since}"


def listed(_visit: Visit, fact: WithdrawnListed) -> Words:
    """The list of withdrawn certificates."""
    return "Withdrawn certificates", f"list {fact.number}, until {day(fact.next_update.date())}"


def planned(_visit: Visit, fact: VisitPlanned) -> Words:
    """A visit to come."""
    note = f"; {fact.note}" if fact.note else ""
    title = "Visit taken back" if fact.withdrawn else "Visit planned"
    again = ", changed" if fact.edition > 1 and not fact.withdrawn else ""
    return title + again, f"{day(fact.day)}: {fact.patient.full_name}{note}"


def sent(_visit: Visit, fact: ReportSent) -> Words:
    """A report in a package."""
    return "Report packed", f"version {fact.report} for {fact.name}"


def receipt(_visit: Visit, fact: ReceiptTaken) -> Words:
    """It arrived."""
    when = day_and_clock(fact.taken_at)
    return "Receipt", f"version {fact.report} taken in by {fact.by} on {when}"


def taken(_visit: Visit, fact: ReportTaken) -> Words:
    """A report came in."""
    fault = "" if fact.good else f"; NOT GOOD: {fact.fault}"
    return "Report taken in", f"{fact.visit} version {fact.report}, signed by {fact.signer}{fault}"


def question(_visit: Visit, fact: QuestionAsked) -> Words:
    """A question, pinned to its row."""
    title = "Question taken back" if fact.withdrawn else "Question"
    row = f" (about: {fact.row})" if fact.row else ""
    return title, f"{fact.words}{row}, asked by {fact.by}"


def verdict(_visit: Visit, fact: VerdictGiven) -> Words:
    """What the supervisor found."""
    words = f": {fact.words}" if fact.words else ""
    signed = ", countersigned" if fact.countersigned else ""
    return "Review", f"version {fact.report} {VERDICTS[fact.verdict]}{words}, by {fact.by}{signed}"


def acknowledged(_visit: Visit, fact: OrderAcknowledged) -> Words:
    """The prescriber answered for an order, or refused."""
    row = f" (about: {fact.row})" if fact.row else ""
    words = f": {fact.words}" if fact.words else ""
    noted = f"{HOW[fact.how]} {short_day(fact.when.date())}{words}{row}, noted by {fact.by}"
    title = "Acknowledgement taken back" if fact.withdrawn else "Order acknowledged"
    return "Order NOT signed" if _refused(fact) else title, f"{fact.prescriber}: {noted}"


def _refused(fact: OrderAcknowledged) -> bool:
    return fact.how == "refused" and not fact.withdrawn


def post(_visit: Visit, fact: PostSent) -> Words:
    """A package for a nurse."""
    return "Package made", count(len(fact.items), "item")


def conflict(_visit: Visit, fact: ConflictSeen) -> Words:
    """Two of one version."""
    return "Two reports", f"version {fact.report} came twice and differs; both are kept"


def arrived(_visit: Visit, fact: PostArrived) -> Words:
    """What is known to be there."""
    lost = f"; {count(len(fact.lost), 'item')} no longer there" if fact.lost else ""
    return "Arrived there", count(len(fact.marks), "item") + lost


def request(_visit: Visit, fact: RequestTaken) -> Words:
    """A laptop that would join."""
    return "Asks to join", f"{fact.name}, {fact.credential} ({fact.staff_id})"


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    CorrespondentRecorded: correspondent,
    CertificateIssued: issued,
    CertificateWithdrawn: withdrawn,
    WithdrawnListed: listed,
    VisitPlanned: planned,
    ReportSent: sent,
    ReceiptTaken: receipt,
    ReportTaken: taken,
    QuestionAsked: question,
    VerdictGiven: verdict,
    OrderAcknowledged: acknowledged,
    PostSent: post,
    ConflictSeen: conflict,
    PostArrived: arrived,
    RequestTaken: request,
}

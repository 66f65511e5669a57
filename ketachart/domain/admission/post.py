"""What may be written of packages, questions and verdicts: never in a visit's own stream."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import (
    CertificateIssued,
    CertificateWithdrawn,
    ConflictSeen,
    CorrespondentRecorded,
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
from ketachart.errors import Refused

_KEY = re.compile(r"[0-9a-f]{64}")


def beside(register: Visit, _fact: Fact, _now: datetime) -> None:
    """Stands beside a visit, not in it: the visit is locked by its signature."""
    if register.opened is not None:
        raise Refused(
            "This belongs beside the visit, in what was sent and received, not in it. Take it in "
            "at Post.",
            rule="not of a visit",
        )


def correspondent(register: Visit, fact: CorrespondentRecorded, now: datetime) -> None:
    """The key must be one, and whose it is must be said."""
    beside(register, fact, now)
    if not fact.name.strip() or not fact.ledger.strip():
        raise Refused(
            "Say whose laptop it is; without a name nothing can be sent there.",
            rule="correspondent without name",
            field="name",
        )
    if not _KEY.fullmatch(fact.key):
        raise Refused(
            "This is no key that packages can be locked with. Ask for the file again.",
            rule="correspondent key",
            field="key",
        )


def question(register: Visit, fact: QuestionAsked, now: datetime) -> None:
    """A question needs words."""
    beside(register, fact, now)
    if not fact.words.strip():
        raise Refused("Type the question.", rule="question without words", field="words")


def verdict(register: Visit, fact: VerdictGiven, now: datetime) -> None:
    """Errors need to be said in words."""
    beside(register, fact, now)
    if fact.verdict == "has errors" and not fact.words.strip():
        raise Refused(
            "Say what the errors are, so that the nurse can answer them with an addendum.",
            rule="verdict without words",
            field="words",
        )


def acknowledged(register: Visit, fact: OrderAcknowledged, now: datetime) -> None:
    """A refusal needs words."""
    beside(register, fact, now)
    if fact.how == "refused" and not fact.words.strip():
        raise Refused(
            "Say what the prescriber said, so that the next one knows why it is not signed.",
            rule="refusal without words",
            field="words",
        )


POST_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    CorrespondentRecorded: correspondent,
    CertificateIssued: beside,
    CertificateWithdrawn: beside,
    WithdrawnListed: beside,
    VisitPlanned: beside,
    ReportSent: beside,
    ReceiptTaken: beside,
    ReportTaken: beside,
    QuestionAsked: question,
    VerdictGiven: verdict,
    OrderAcknowledged: acknowledged,
    PostSent: beside,
    ConflictSeen: beside,
    PostArrived: beside,
    RequestTaken: beside,
}

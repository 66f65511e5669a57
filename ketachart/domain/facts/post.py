"""What goes between the nurses' laptops and the clinic by file, and what came of it.

A visit's facts of this kind stand in a stream of their own beside the visit, since the visit is
locked once it is signed. The clinic's (who its correspondents are, whose certificate was issued or
withdrawn, which visits are planned) stand in the clinic's stream. ``item`` is the id that the
thing was given where it was made: the same item taken in twice is one (features.md rows 105 to 108,
114, 115).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.facts.order import OrderRecorded
from ketachart.domain.facts.setting import PatientRecorded
from ketachart.domain.shape import Says

Verdict = Literal["reviewed", "question", "has errors"]
HowAcknowledged = Literal["signed on paper", "by fax or portal", "in person", "refused"]
WhyWithdrawn = Literal["left the clinic", "key lost or stolen", "replaced", "issued in error"]
SIGNED_HERE = "signed-here"
"""The ``item`` of a report that was signed in the ledger that reviews it: it never travelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrespondentRecorded(Fact):
    """Another ledger that packages go to and come from: the clinic's, or a nurse's laptop."""

    KIND: ClassVar[str] = "correspondent-recorded"

    ledger: Annotated[str, Says("Id of that ledger.")]
    name: Annotated[str, Says("Whose it is, in words.", "Jane Roe, RN")]
    role: Annotated[Literal["clinic", "laptop"], Says("The clinic's own ledger, or a nurse's.")]
    staff_id: Annotated[str, Says("Staff id of the nurse; empty for the clinic.")] = ""
    key: Annotated[str, Says("Its public key for packages (X25519), 64 hexadecimal digits.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Fact):
    """The clinic's authority vouched for somebody."""

    KIND: ClassVar[str] = "certificate-issued"

    serial: Annotated[str, Says("The certificate's serial number, hexadecimal.")]
    fingerprint: Annotated[str, Says("SHA-256 of the certificate.")]
    staff_id: Annotated[str, Says("Whose it is.", "ja")]
    name: Annotated[str, Says("Full name in it.")]
    until: Annotated[datetime, Says("When it ends.")]
    replaces: Annotated[str, Says("Serial number of the one before, where it is a renewal.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateWithdrawn(Fact):
    """The clinic took a certificate back; it stands in the list of withdrawn ones from now on."""

    KIND: ClassVar[str] = "certificate-withdrawn"

    serial: Annotated[str, Says("The certificate's serial number, hexadecimal.")]
    fingerprint: Annotated[str, Says("SHA-256 of the certificate.")]
    reason: Annotated[WhyWithdrawn, Says("Why.")]
    since: Annotated[datetime, Says("From when signatures with it no longer count.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnListed(Fact):
    """A new list of withdrawn certificates (CRL) was signed here, or came from the clinic."""

    KIND: ClassVar[str] = "withdrawn-listed"

    number: Annotated[int, Says("The list's number; a higher one is newer.")]
    sha256: Annotated[str, Says("SHA-256 of the list.")]
    next_update: Annotated[datetime, Says("Until when it is meant to be replaced.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlanned(Fact):
    """A visit that the clinic asks for: patient and order, as the nurse will open it.

    The same ``item`` again is the plan as it was changed since; the highest ``edition`` counts.
    """

    KIND: ClassVar[str] = "visit-planned"

    item: Annotated[str, Says("Id of this plan.")]
    day: Annotated[date, Says("On which day.")]
    patient: Annotated[PatientRecorded, Says("The patient.")]
    order: Annotated[OrderRecorded, Says("The order.")]
    staff_id: Annotated[str, Says("Who is to go.", "ja")] = ""
    note: Annotated[str, Says("What the nurse should know.")] = ""
    by: Annotated[str, Says("Who planned it.")] = ""
    edition: Annotated[int, Says("Raised each time that the plan is changed or taken back.")] = 1
    withdrawn: Annotated[bool, Says("It is taken back: nobody is to go.")] = False

    @property
    def travels_as(self) -> str:
        """The id under which this edition goes to a laptop: each one is a thing of its own."""
        return self.item if self.edition == 1 else f"{self.item}.{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSent(Fact):
    """A version of the report was written into a package; whether it arrived says a receipt."""

    KIND: ClassVar[str] = "report-sent"

    item: Annotated[str, Says("Id of the package.")]
    report: Annotated[int, Says("Version of the report.")]
    sha256: Annotated[str, Says("SHA-256 of the report.")]
    ledger: Annotated[str, Says("Id of the ledger it goes to.")]
    name: Annotated[str, Says("Whose that is, in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTaken(Fact):
    """The clinic said that it has that version; the receipt came back in a signed package."""

    KIND: ClassVar[str] = "receipt-taken"

    item: Annotated[str, Says("Id of the receipt.")]
    report: Annotated[int, Says("Version of the report.")]
    sha256: Annotated[str, Says("SHA-256 of the report that arrived.")]
    taken_at: Annotated[datetime, Says("When it was taken in there.")]
    by: Annotated[str, Says("Who took it in.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTaken(Fact):
    """A nurse's signed report came to the clinic, by package or as a plain file."""

    KIND: ClassVar[str] = "report-taken"

    item: Annotated[
        str, Says("Id of the package; empty for a plain file, signed-here for one of this ledger.")
    ] = ""
    ledger: Annotated[str, Says("Id of the ledger it came from; empty for a plain file.")] = ""
    visit: Annotated[str, Says("The visit's number on paper.", "261122-01")]
    report: Annotated[int, Says("Version of the report.")]
    sha256: Annotated[str, Says("SHA-256 of the report.")]
    staff_id: Annotated[str, Says("Who signed it, as the certificate says.")]
    signer: Annotated[str, Says("Name and credential in the certificate.")]
    certificate: Annotated[str, Says("SHA-256 of that certificate; empty: not known.")] = ""
    signed_at: Annotated[datetime, Says("When it was signed, as the signer's laptop claims.")]
    head: Annotated[str, Says("The chain's last hash in it.")]
    good: Annotated[bool, Says("Whether the check found nothing against it.")]
    fault: Annotated[str, Says("What the check found first; empty where nothing.")] = ""
    plan: Annotated[str, Says("Id of the plan that its visit was opened from; empty: none.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Fact):
    """A supervisor asks about one row of a report; the answer is an addendum that names it."""

    KIND: ClassVar[str] = "question-asked"

    item: Annotated[str, Says("Id of the question.")]
    report: Annotated[int, Says("Version of the report it was asked of.")]
    sha256: Annotated[str, Says("SHA-256 of that report.")]
    entry: Annotated[str, Says("Id of the entry it is pinned to; empty for the whole visit.")] = ""
    row: Annotated[str, Says("That row in words, as it stood.")] = ""
    words: Annotated[str, Says("The question.")]
    by: Annotated[str, Says("Name and credential of who asks.")]
    staff_id: Annotated[str, Says("Staff id of who asks.")]
    asked_at: Annotated[datetime, Says("When it was asked.")]
    withdrawn: Annotated[bool, Says("It is taken back: the same id, asked no longer.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictGiven(Fact):
    """A supervisor's verdict on one version of a report, with the countersignature if there is."""

    KIND: ClassVar[str] = "verdict-given"

    item: Annotated[str, Says("Id of the verdict.")]
    report: Annotated[int, Says("Version of the report.")]
    sha256: Annotated[str, Says("SHA-256 of the report as the nurse signed it.")]
    verdict: Annotated[Verdict, Says("What the supervisor found.")]
    words: Annotated[str, Says("In the supervisor's words.")] = ""
    by: Annotated[str, Says("Name and credential of the supervisor.")]
    staff_id: Annotated[str, Says("Staff id of the supervisor.")]
    given_at: Annotated[datetime, Says("When.")]
    countersigned: Annotated[str, Says("SHA-256 of the countersigned report; empty if none.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAcknowledged(Fact):
    """The prescriber answered for an order given by phone, or a medicine of an emergency (row 109).

    Written by a supervisor at the review; the visit itself is locked.
    """

    KIND: ClassVar[str] = "order-acknowledged"

    item: Annotated[str, Says("Id of this acknowledgement.")]
    entry: Annotated[str, Says("Id of the visit's entry that tells the order or the medicine.")]
    row: Annotated[str, Says("That entry in words, as it stood.")] = ""
    prescriber: Annotated[str, Says("Whose order it was.", "Dr A. Okafor")]
    how: Annotated[HowAcknowledged, Says("How the prescriber answered for it, or that not.")]
    when: Annotated[datetime, Says("When; the end of the day where only the day is known.")]
    words: Annotated[str, Says("In the supervisor's words; a refusal needs them.")] = ""
    by: Annotated[str, Says("Name and credential of the supervisor.")]
    staff_id: Annotated[str, Says("Staff id of the supervisor.")]
    withdrawn: Annotated[bool, Says("It is taken back: it was noted by mistake.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSent(Fact):
    """What the clinic made for a nurse went into a package: receipts, questions, plans."""

    KIND: ClassVar[str] = "post-sent"

    item: Annotated[str, Says("Id of the package.")]
    ledger: Annotated[str, Says("Id of the ledger it goes to.")]
    items: Annotated[tuple[str, ...], Says("Ids of what is in it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSeen(Fact):
    """Two different reports claim to be the same version of a visit; both are kept."""

    KIND: ClassVar[str] = "conflict-seen"

    report: Annotated[int, Says("Version of the report.")]
    first: Annotated[str, Says("SHA-256 of the one that came first.")]
    second: Annotated[str, Says("SHA-256 of the other.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostArrived(Fact):
    """The other side said which things of ours it has: only now are they known to have arrived."""

    KIND: ClassVar[str] = "post-arrived"

    item: Annotated[str, Says("Id of the package that said so.")]
    ledger: Annotated[str, Says("Id of the ledger that has them.")]
    marks: Annotated[tuple[str, ...], Says("Ids of the entries made of them there.")]
    lost: Annotated[
        tuple[str, ...], Says("Those it named before and has no more: an old backup is used there.")
    ] = ()
    receipts: Annotated[tuple[str, ...], Says("SHA-256 of the reports it holds receipts of.")] = ()
    said_at: Annotated[datetime | None, Says("When the other side said so.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTaken(Fact):
    """A new laptop asks to join: its nurse's key waits for the clinic to vouch for it."""

    KIND: ClassVar[str] = "request-taken"

    item: Annotated[str, Says("Id of the request.")]
    ledger: Annotated[str, Says("Id of the laptop's ledger.")]
    staff_id: Annotated[str, Says("Staff id that the nurse gave.", "ja")]
    name: Annotated[str, Says("Full name that the nurse gave.")]
    credential: Annotated[str, Says("Letters after the name.", "RN")]
    key: Annotated[str, Says("The laptop's key for packages (X25519), 64 hexadecimal digits.")]
    fingerprint: Annotated[str, Says("SHA-256 of the key that is to sign, to be compared.")]
    request: Annotated[str, Says("The certificate request itself, PEM.")]

"""Signing a visit: the lock, the report and its signature, kept in one act or not at all."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.charting.signing_key import SigningKey, own_key
from ketachart.domain.addenda import version_of
from ketachart.domain.facts import Fact, ReportSigned, VisitSigned
from ketachart.domain.found.findings import standing
from ketachart.domain.visit import Visit, fold
from ketachart.domain.wording import count
from ketachart.errors import CannotSign, NotSaved
from ketachart.storage import codec
from ketachart.storage.entry import Document, Draft, Shelved
from ketachart.storage.ledger import Ledger

if TYPE_CHECKING:
    from ketachart.report.pdf import Rendered

MEANING = "I gave this care, and this is my record of it."
KIND = "visit-report"

MakeDrafts = Callable[[Sequence[Fact], str, datetime], tuple[Draft, ...]]


@dataclass(frozen=True, slots=True)
class SignedReport:
    """The signed file, as it is kept in the ledger."""

    name: str
    content: bytes
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed report that is not kept yet."""

    drafts: tuple[Draft, ...]
    head: str
    content: bytes
    pages: int
    act: str
    version: int
    number: str


@dataclass(frozen=True, slots=True)
class SealingTask:
    """Everything that is needed to render and sign away from the ledger."""

    visit: Visit
    drafts: tuple[Draft, ...]
    head: str
    key: SigningKey
    place: str
    act: str
    at: datetime
    meaning: str = MEANING

    def work(self, passphrase: str, told: Callable[[str], None] = lambda _step: None) -> Sealed:
        """Opens the signer's key, renders the report and signs it; may run in a worker.

        The passphrase is the PIN, where the key is on a token.

        Raises:
            WrongPassphrase: the passphrase does not open the key; nothing was signed.
            CannotSign, CannotPrint: the report could not be made; nothing was signed.
        """
        from ketachart.report import signing

        told("Opening your key")
        with self.key.opened(passphrase) as signer:
            rendered = self._rendered(told)
            told("Signing")
            content = signing.sign(
                rendered.content, signer, at=self.at, reason=self.meaning, place=self.place
            )
        return Sealed(
            drafts=self.drafts,
            head=self.head,
            content=content,
            pages=rendered.pages,
            act=self.act,
            version=version_of(self.visit),
            number=self.visit.opened.visit if self.visit.opened else "visit",
        )

    def _rendered(self, told: Callable[[str], None]) -> "Rendered":
        """The report, with every charted value read back from its bytes."""
        from ketachart.report import pdf, text

        told("Writing the report")
        rendered = pdf.render(self.visit, now=self.at)
        told("Reading it back")
        lost = text.missing_values(self.visit, rendered.content)
        if lost:
            raise CannotSign(
                f"The report does not show everything that was charted ({len(lost)} missing). "
                "Nothing was signed and nothing is lost. Tell your clinic; the chart can be shown "
                "on the screen meanwhile."
            )
        return rendered


def begin(  # noqa: PLR0913 - what a signature rests on
    ledger: Ledger,
    visit: Visit,
    make_drafts: MakeDrafts,
    *,
    now: datetime,
    author: str,
    act: str,
    incomplete: str,
) -> SealingTask:
    """Checks that the visit may be signed, and foresees it with its lock.

    Raises:
        CannotSign: it is signed, something stands in the way, or there is no key to sign with.
    """
    if visit.signed is not None:
        raise CannotSign("This visit is signed already. Write what is missing as an addendum.")
    against = standing(visit, now)
    if against and not incomplete.strip():
        words = "; ".join(finding.sentence for finding in against)
        raise CannotSign(
            f"{count(len(against), 'point')} to settle before signing: {words}. Settle them, or "
            "sign incomplete with a reason."
        )
    key = own_key(ledger, author, now)
    fact = VisitSigned(
        at=now,
        meaning=MEANING,
        signer=author,
        certificate=key.fingerprint,
        incomplete=incomplete.strip(),
    )
    drafts = make_drafts((fact,), act, now)
    return task_of(ledger, visit, drafts, key, now=now, act=act)


def task_of(  # noqa: PLR0913 - what a signature rests on
    ledger: Ledger,
    visit: Visit,
    drafts: tuple[Draft, ...],
    key: SigningKey,
    *,
    now: datetime,
    act: str,
    meaning: str = MEANING,
) -> SealingTask:
    """The visit with these entries foreseen, ready to be printed and signed."""
    rows = ledger.foresee(drafts)
    clinic = visit.clinic
    return SealingTask(
        visit=fold((*visit.entries, *(codec.entry_of(row) for row in rows))),
        drafts=drafts,
        head=visit.head,
        key=key,
        place=clinic.name if clinic else "",
        act=act,
        at=now,
        meaning=meaning,
    )


def finish(  # noqa: PLR0913 - what a signature rests on
    ledger: Ledger,
    stream: str,
    visit: Visit,
    sealed: Sealed,
    make_drafts: MakeDrafts,
    *,
    now: datetime,
    shelve: Callable[[Visit], Shelved],
) -> tuple[SignedReport, Visit]:
    """Keeps lock, report, its hash and the line in the list of visits in one act.

    Raises:
        CannotSign: something was charted since; nothing was kept.
        LedgerError: nothing was kept.
    """
    if visit.head != sealed.head:
        raise CannotSign(
            "Something was charted while the report was being signed. Nothing was signed: look at "
            "it and sign again."
        )
    sha256 = hashlib.sha256(sealed.content).hexdigest()
    made = ReportSigned(at=now, sha256=sha256, pages=sealed.pages, version=sealed.version)
    name = f"{sealed.number}-v{sealed.version}.pdf"
    drafts = (*sealed.drafts, *make_drafts((made,), f"{sealed.act}.report", now))
    ahead = fold((*visit.entries, *(codec.entry_of(row) for row in ledger.foresee(drafts))))
    paper = Document(
        sha256=sha256,
        stream=stream,
        kind=KIND,
        name=name,
        made_at=now.isoformat(),
        content=sealed.content,
    )
    try:
        ledger.append(drafts, documents=(paper,), shelved=shelve(ahead))
    except NotSaved:
        # The disk's answer was lost on its way: what is there counts, so nothing is signed twice.
        if drafts[-1].entry_id not in {row.entry_id for row in ledger.stream(stream)}:
            raise
    return SignedReport(name, sealed.content, sha256, sealed.pages), ahead


def kept(ledger: Ledger, stream: str, visit: Visit) -> SignedReport | None:
    """The signed report of a visit, or None where it is not signed."""
    made = visit.report
    if made is None:
        return None
    papers = [d for d in ledger.documents(stream) if d.sha256 == made.fact.sha256]
    if not papers:
        return None
    paper = papers[-1]
    return SignedReport(paper.name, paper.content, paper.sha256, made.fact.pages)

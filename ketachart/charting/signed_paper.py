"""The signed report of a visit, found as a paper even where the visit itself cannot be read."""

from dataclasses import dataclass, field

from ketachart.charting import history, sealing
from ketachart.domain.facts import ReportSigned
from ketachart.errors import LedgerDamaged
from ketachart.storage import codec
from ketachart.storage.entry import Document
from ketachart.storage.ledger import Ledger

OLDER = (
    "The newest signed report of this visit cannot be read; an older one can. Nothing was saved: "
    "restore the last good backup, or ask your supervisor for the report."
)


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed report as it was kept; ``is_newest`` is false where a newer one may be hidden."""

    name: str
    content: bytes = field(repr=False)
    is_newest: bool = True


def signed_paper(ledger: Ledger, stream: str) -> SignedPaper | None:
    """The newest signed report of a visit, or None where none was signed.

    Raises:
        LedgerDamaged: the visit cannot be read, and its newest report neither.
        LedgerError: the visit left this laptop, or is not here.
    """
    try:
        report = sealing.kept(ledger, stream, history.visit_of(ledger, stream))
    except LedgerDamaged as error:
        return _without_visit(ledger, stream, error)
    return None if report is None else SignedPaper(report.name, report.content)


def _without_visit(ledger: Ledger, stream: str, error: LedgerDamaged) -> SignedPaper:
    papers = [each for each in ledger.readable_documents(stream) if each.kind == sealing.KIND]
    newest = _newest_told(ledger, stream)
    if newest is not None:
        found = [each for each in papers if each.sha256 == newest.sha256]
        if papers and not found:
            raise LedgerDamaged(OLDER) from error
        papers = found
    if not papers:
        raise error
    paper: Document = papers[-1]
    return SignedPaper(paper.name, paper.content, is_newest=newest is not None)


def _newest_told(ledger: Ledger, stream: str) -> ReportSigned | None:
    """What the last entry of a visit says of its report; None where that cannot be read."""
    rows = ledger.readable(stream)
    if not rows or rows[-1].number != ledger.length(stream):
        return None
    facts = [codec.fact_of(row) for row in rows if row.kind == ReportSigned.KIND]
    told = [fact for fact in facts if isinstance(fact, ReportSigned)]
    return max(told, key=lambda fact: fact.version, default=None)

"""Reports that came in good, and whose signer's certificate the clinic withdrew after that.

What was found when a report came in stays written; whether it still counts is worked out again
from the certificates that the clinic took back (signing.md, section 4).
"""

from collections.abc import Mapping
from dataclasses import replace

from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import CertificateWithdrawn, ReportTaken
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.domain.wording import day
from ketachart.report.withdrawn import DOUBTS_ALL, Withdrawn
from ketachart.storage import codec
from ketachart.storage.ledger import Ledger

CLINIC = "clinic"


class TakenBack:
    """The certificates that the clinic took back; read again only where its stream grew."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: tuple[int, Mapping[str, CertificateWithdrawn]] = (0, {})

    def by_fingerprint(self) -> Mapping[str, CertificateWithdrawn]:
        """What was said of each, by the certificate's SHA-256."""
        length = self._ledger.length(CLINIC)
        if self._known[0] != length:
            rows = self._ledger.stream_of(CLINIC, (CertificateWithdrawn.KIND,))
            facts = [codec.entry_of(row).fact for row in rows]
            found = {f.fingerprint: f for f in facts if isinstance(f, CertificateWithdrawn)}
            self._known = (length, found)
        return self._known[1]


def as_it_counts(post: Visit, taken_back: Mapping[str, CertificateWithdrawn]) -> Visit:
    """What stands beside a visit, its reports with what is against them today."""
    if not any(fact.certificate in taken_back for fact in post.facts(ReportTaken)):
        return post
    return fold(_counting(entry, taken_back) for entry in post.entries)


def _counting(entry: Entry[Fact], taken_back: Mapping[str, CertificateWithdrawn]) -> Entry[Fact]:
    fact = entry.fact
    if not isinstance(fact, ReportTaken) or not fact.good:
        return entry
    why = taken_back.get(fact.certificate)
    fault = _fault(fact, why) if why is not None else ""
    return replace(entry, fact=replace(fact, good=False, fault=fault)) if fault else entry


def _fault(fact: ReportTaken, why: CertificateWithdrawn) -> str:
    """Why its signature counts no longer; empty where it still does."""
    row = Withdrawn(why.serial, why.reason, why.since, why.at)
    if not row.doubts(fact.signed_at):
        return ""
    if why.reason in DOUBTS_ALL:
        return (
            f"The clinic withdrew the signer's certificate on {day(why.at.date())} ({why.reason}): "
            "no signature made with it counts any more, whatever time it claims. It was good when "
            "it came in."
        )
    return (
        f"The clinic withdrew the signer's certificate ({why.reason}) with effect from "
        f"{day(why.since.date())}; the signature claims {day(fact.signed_at.date())}. It was good "
        "when it came in."
    )

"""Opens one report for review, and puts a supervisor's verdict and signature to it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.charting.report_reading import ReadReport, attached_visit, read_report
from ketachart.charting.signing_key import SigningKey
from ketachart.domain.facts.post import Verdict as Word
from ketachart.domain.facts.post import VerdictGiven
from ketachart.domain.post.acknowledgement import Acknowledgement, acknowledgements
from ketachart.domain.post.threads import Thread, threads
from ketachart.domain.supervision.flags import Flag, flags_of
from ketachart.domain.supervision.flat import Notice, notices
from ketachart.domain.supervision.reviewer import Reviewer, against, witnessed
from ketachart.domain.supervision.standing import in_turn
from ketachart.domain.supervision.versions import Changed, changed
from ketachart.domain.visit import Visit
from ketachart.errors import CannotPrint, CannotSign

if TYPE_CHECKING:
    from ketachart.report.flow import Rect
    from ketachart.report.verify import Verdict

MEANINGS: dict[Word, str] = {
    "reviewed": "I have reviewed this report.",
    "question": "I have reviewed this report; the nurse is asked the questions that go with it.",
    "has errors": "I have reviewed this report; it has errors, which the nurse is told.",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the report that came in, and the other files that claim to be it."""

    version: int
    sha256: str
    good: bool
    signed_at: datetime
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One report, checked again and laid out.

    ``places`` gives for an entry's id the page (from 1) and its row's place on it, in points from
    the page's top left corner. ``own`` says why this reviewer may not review it, ``witness`` what
    the reviewer should know of the own part in it; both are empty in most visits. ``changes`` is
    what this version says beyond the one before it; ``orders`` is what a prescriber signs for.
    """

    stream: str
    number: str
    version: int
    sha256: str
    content: bytes = field(repr=False)
    verdict: "Verdict"
    good: bool
    fault: str
    visit: Visit = field(repr=False)
    places: Mapping[str, "tuple[int, Rect]"] = field(repr=False)
    versions: tuple[Version, ...]
    threads: tuple[Thread, ...]
    orders: tuple[Acknowledgement, ...]
    verdicts: tuple[VerdictGiven, ...]
    flags: tuple[Flag, ...]
    notices: tuple[Notice, ...]
    own: str
    witness: str
    changes: Changed

    def rows_on(self, page: int) -> tuple[tuple[str, "Rect"], ...]:
        """The entries whose rows stand on that page, with their places."""
        return tuple((entry, rect) for entry, (at, rect) in self.places.items() if at == page)


@dataclass(frozen=True, slots=True)
class OpeningTask:
    """The file and what stands beside it, so that it can be checked away from the ledger."""

    stream: str
    name: str
    content: bytes = field(repr=False)
    before: bytes = field(repr=False)
    post: Visit = field(repr=False)
    versions: tuple[Version, ...]
    reviewer: Reviewer
    trust_pem: bytes | None
    at: datetime

    def work(self) -> OpenReport:
        """Checks the report again and lays its pages out; may run in a worker.

        Raises:
            CannotRead: the kept file is no report any more.
        """
        read = read_report(self.name, self.content, self.trust_pem)
        visit = read.visit
        earlier = attached_visit(self.before) if self.before else None
        return OpenReport(
            stream=self.stream,
            number=read.number,
            version=read.version,
            sha256=read.sha256,
            content=self.content,
            verdict=read.verdict,
            good=read.good,
            fault=read.fault,
            visit=visit,
            places=_places(read),
            versions=self.versions,
            threads=threads(self.post, visit),
            orders=acknowledgements(visit, self.post),
            verdicts=in_turn(self.post),
            flags=flags_of(visit, self.at, self.post),
            notices=notices(visit),
            own=against(visit, self.reviewer, signer=read.signer_id),
            witness=witnessed(visit, self.reviewer),
            changes=changed(earlier, visit) if earlier is not None else Changed(),
        )


def _places(read: ReadReport) -> Mapping[str, "tuple[int, Rect]"]:
    """Where each entry's row stands; nowhere for a report that this program cannot lay out."""
    from ketachart.report import fonts, pdf
    from ketachart.report.document import document_of
    from ketachart.report.redrawn import redrawn

    fonts.load()
    attached = read.verdict.report
    try:
        if attached is not None and read.verdict.numbers is not None:
            return redrawn(attached).row_places  # its pages were drawn again just now
        document = document_of(read.visit, now=read.printed_at)
        return pdf.lay_out(document, read.paper).places
    except (CannotPrint, LookupError, ValueError):
        return {}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A verdict that is not kept yet; ``content`` is the countersigned report, or empty."""

    stream: str
    number: str
    fact: VerdictGiven
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """Everything that is needed to judge and countersign away from the ledger."""

    stream: str
    number: str
    fact: VerdictGiven
    content: bytes = field(repr=False)
    key: SigningKey = field(repr=False)
    trust_pem: bytes | None
    place: str

    @property
    def meaning(self) -> str:
        """What the signature says."""
        return MEANINGS[self.fact.verdict]

    def work(self, passphrase: str, told: Callable[[str], None] = lambda _step: None) -> Reviewed:
        """Opens the supervisor's key, checks the report again and countersigns it.

        A report that is not good is judged with the passphrase too, and never countersigned.

        Raises:
            WrongPassphrase: the passphrase does not open the key; nothing was signed.
            CannotSign: the report is not good, or the certificate does not allow it.
        """
        from ketachart.report import signing

        told("Opening your key")
        with self.key.opened(passphrase) as signer:
            told("Checking the report")
            # the numbers were compared when these very bytes were taken in: they cannot change
            read = read_report(self.number, self.content, self.trust_pem, numbers=False)
            if not read.good:
                if self.fact.verdict != "has errors":
                    raise CannotSign(
                        f"{read.fault} Choose “has errors”: nothing else can be said of it."
                    )
                return Reviewed(self.stream, self.number, self.fact, b"")
            told("Signing")
            content = signing.countersign(
                self.content, signer, at=self.fact.given_at, reason=self.meaning, place=self.place
            )
        sha256 = hashlib.sha256(content).hexdigest()
        return Reviewed(self.stream, self.number, replace(self.fact, countersigned=sha256), content)

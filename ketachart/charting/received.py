"""The signed reports that came in, as they lie in the ledger beside their visits.

A visit's own stream is locked; what is received, asked and judged stands in `post:` and its id.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from ketachart.charting.chart_time import ChartTime
from ketachart.charting.doubted import TakenBack, as_it_counts
from ketachart.charting.drafting import drafts_of
from ketachart.charting.report_reading import ReadReport, attached_visit
from ketachart.charting.review_watch import POST, Shown
from ketachart.charting.trending import MISSING, Known
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import (
    CertificateWithdrawn,
    ConflictSeen,
    QuestionAsked,
    ReportTaken,
)
from ketachart.domain.letters import Letters
from ketachart.domain.supervision.standing import newest
from ketachart.domain.visit import Visit, fold
from ketachart.errors import LedgerDamaged, Refused
from ketachart.storage import codec
from ketachart.storage.entry import Document
from ketachart.storage.ledger import Ledger
from ketachart.storage.looking import Looking

RECEIVED, COUNTERSIGNED = "received-report", "countersigned-report"
NOT_KNOWN = "not known"  # who signed a file whose certificate cannot be read
Outcome = Literal["new", "known", "conflict"]


class Received:
    """Reads and writes what stands beside the visits; what was read is kept until it grows."""

    def __init__(self, ledger: Ledger, time: ChartTime, letters: Letters, author: str) -> None:
        self._ledger, self._time, self._letters, self._author = ledger, time, letters, author
        self._posts: dict[str, tuple[int, int, Visit]] = {}
        self._taken_back = TakenBack(ledger)
        self._visits: dict[str, Visit] = {}
        self._unreadable: set[str] = set()
        self.in_queue = Shown(ledger, self._read)

    # ------------------------------------------------ reading

    def _read(self, stream: str) -> Visit:
        """The same as `post`; it is kept in the queue instead."""
        post = self.post(stream)
        self._posts.pop(stream, None)
        return post

    def asked(self) -> tuple[str, ...]:
        """The ids of the visits that somebody asked about."""
        return tuple(name.removeprefix(POST) for name in self._ledger.tally(QuestionAsked.KIND))

    def post(self, stream: str) -> Visit:
        """What stands beside a visit, as it counts today; empty where nothing does."""
        return self._folded(
            stream, self._ledger.length(POST + stream), self._taken_back.by_fingerprint()
        )

    def posts(self) -> Mapping[str, Visit]:
        """What stands beside the visits that the queue shows, by the visit's id.

        Where there are thousands, some more are read each time: see `in_queue.more`.
        """
        return self.in_queue.posts(self._taken_back.by_fingerprint().keys())

    def _folded(
        self, stream: str, length: int, taken_back: Mapping[str, CertificateWithdrawn]
    ) -> Visit:
        known = self._posts.get(stream)
        if known is None or known[:2] != (length, len(taken_back)):
            written = fold(codec.entry_of(row) for row in self._ledger.stream(POST + stream))
            known = (length, len(taken_back), as_it_counts(written, taken_back))
            self._posts[stream] = known
        return known[2]

    def visit(self, sha256: str) -> Visit | None:
        """The visit that a report tells, where it was read since the ledger was unlocked."""
        return self._visits.get(sha256)

    def visit_of(self, sha256: str) -> Visit:
        """The visit that a kept report tells, read now where it was not read before.

        Raises:
            LedgerDamaged: the report is not there.
            CannotRead: it holds no visit.
        """
        if sha256 not in self._visits:
            self._visits[sha256] = attached_visit(self.content(sha256))
        return self._visits[sha256]

    def newest_in(self, post: Visit) -> Visit | None:
        """The visit as the newest report beside it tells it, where that was read already."""
        last = newest(post)
        return None if last is None else self._visits.get(last.fact.sha256)

    def as_known(self) -> Known:
        """What is known of the reports, for a worker."""
        return Known(dict(self._visits), self._taken_back.by_fingerprint())

    def remember(self, sha256: str, visit: Visit) -> None:
        """Takes up a visit that was read in a worker."""
        self._visits[sha256] = visit

    def give_up(self, sha256s: frozenset[str]) -> None:
        """These hold no visit that can be read; they are not tried again."""
        self._unreadable |= sha256s

    def tried(self, sha256: str) -> bool:
        """Whether that report was read, or cannot be."""
        return sha256 in self._visits or sha256 in self._unreadable

    def content(self, sha256: str) -> bytes:
        """The kept file.

        Raises:
            LedgerDamaged: it is not there, or not as it was kept.
        """
        kept = self._ledger.document(sha256)
        if kept is None:
            raise LedgerDamaged(MISSING)
        return kept.content

    def holds(self, sha256: str) -> bool:
        """Whether that report came in."""
        return holds(self._ledger, sha256)

    # ------------------------------------------------ writing

    def keep(self, read: ReadReport, *, item: str, ledger: str) -> Outcome:
        """Keeps one report that was read, its fact and its file in one act; the same one once.

        Raises:
            Refused: it is countersigned already, or a text in it cannot be kept.
            LedgerError: nothing was kept.
        """
        if read.countersigned_by:
            raise Refused(
                f"It was countersigned already by {read.countersigned_by}. Open the file that the "
                "nurse signed.",
                rule="countersigned already",
            )
        post = self.post(read.stream)
        self.remember(read.sha256, read.visit)
        same = [fact for fact in post.facts(ReportTaken) if fact.sha256 == read.sha256]
        if any(fact.ledger == ledger or not ledger for fact in same):
            return "known"
        now = self._time.now()
        taken = taken_of(read, item=item, ledger=ledger, now=now)
        first = [f for f in post.facts(ReportTaken) if f.report == read.version and not same]
        facts: list[tuple[str, Fact]] = [(_id("taken", read.stream, read.sha256, ledger), taken)]
        if first:
            seen = ConflictSeen(
                at=now, report=read.version, first=first[0].sha256, second=read.sha256
            )
            facts.append((_id("conflict", read.stream, first[0].sha256, read.sha256), seen))
        papers = () if self._ledger.document(read.sha256) else (self._paper(read, now),)
        self.append(read.stream, facts, papers, now)
        if first:
            return "conflict"
        return "known" if same else "new"

    def append(
        self,
        stream: str,
        facts: Sequence[tuple[str, Fact]],
        papers: Sequence[Document],
        now: datetime,
    ) -> None:
        """Keeps facts, each under its id, with their papers: all of it, or none.

        Raises:
            Refused: one of them may not be written.
            LedgerError: nothing was kept.
        """
        post = self.post(stream)
        fresh = [(entry_id, fact) for entry_id, fact in facts if post.entry(entry_id) is None]
        if not fresh:  # the disk kept it at the first try, and its answer was lost
            return
        for _, fact in fresh:
            admit(post, fact, now=now, letters=self._letters)
        drafts = [
            draft
            for entry_id, fact in fresh
            for draft in drafts_of(
                (fact,), entry_id, now, stream=POST + stream, author=self._author, time=self._time
            )
        ]
        self._ledger.append(drafts, documents=papers)

    @staticmethod
    def _paper(read: ReadReport, now: datetime) -> Document:
        return paper_of(
            read.stream, RECEIVED, f"{read.number}-v{read.version}.pdf", read.content, now
        )


def holds(ledger: Looking, sha256: str) -> bool:
    """Whether that report came in and was kept."""
    home = ledger.home_of(sha256)
    return bool(home) and ledger.took(POST + home.removeprefix(POST), sha256)


def paper_of(stream: str, kind: str, name: str, content: bytes, now: datetime) -> Document:
    """A file as it is kept beside the visit."""
    return Document(
        sha256=hashlib.sha256(content).hexdigest(),
        stream=POST + stream,
        kind=kind,
        name=name,
        made_at=now.isoformat(),
        content=content,
    )


def taken_of(read: ReadReport, *, item: str, ledger: str, now: datetime) -> ReportTaken:
    """That a report came in, with what the check found."""
    return ReportTaken(
        at=now,
        item=item,
        ledger=ledger,
        visit=read.number,
        report=read.version,
        sha256=read.sha256,
        staff_id=read.signer_id or NOT_KNOWN,
        signer=read.signer,
        certificate=read.certificate,
        signed_at=read.signed_at,
        head=read.visit.head,
        good=read.good,
        fault=read.fault,
        plan=(read.visit.opened.plan or "") if read.visit.opened is not None else "",
    )


def _id(*parts: str) -> str:
    """An id that is the same for the same thing, so that it is never written twice."""
    return f"{parts[0]}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}"

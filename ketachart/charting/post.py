"""The post desk: what goes between a nurse's laptop and the clinic by file, and how far it came.

Whatever is slow (opening a key, closing or opening a package, checking reports) is a task for a
worker; what it gives back is kept on the ledger's own thread. A package taken in twice is taken in
once.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ketachart.charting import answers, post_plans, post_requests
from ketachart.charting.history import row_of, visit_of
from ketachart.charting.left import left_standing
from ketachart.charting.post_book import Office, PostBook
from ketachart.charting.post_outbox import OutboxReader
from ketachart.charting.post_shapes import (
    BESIDE,
    Correspondent,
    JoinRequest,
    OpenQuestion,
    Outbox,
    OutboxLine,
    Packed,
    TakenIn,
)
from ketachart.domain.facts import AddendumWritten, ReportSigned
from ketachart.domain.facts.post import QuestionAsked, VisitPlanned
from ketachart.domain.post.acknowledgement import Acknowledgement, acknowledgements
from ketachart.domain.post.planned import Planned
from ketachart.domain.post.standing import (
    DRAFT,
    SignedVersion,
    Standing,
    standing,
    taken_versions,
)
from ketachart.domain.post.threads import Thread, threads
from ketachart.domain.supervision.standing import newest
from ketachart.domain.visit import Visit
from ketachart.errors import CannotRead, Refused

if TYPE_CHECKING:  # and what opens and closes packages, where one is
    from collections.abc import Iterator, Mapping, Sequence

    from ketachart.charting.post_card import CardTask
    from ketachart.charting.post_keeping import Keeper
    from ketachart.charting.post_packing import PackingTask
    from ketachart.charting.post_reading import ReadingTask, ReadPackage
    from ketachart.domain.letters import Letters
    from ketachart.storage.ledger import Ledger


class PostDesk:
    """What a nurse or a supervisor does with packages."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        self._letters = letters
        self._book = PostBook(office, ledger, letters)
        self._outbox = OutboxReader(self._book)
        self._visits: dict[str, Visit] = {}
        self._standings: dict[str, tuple[tuple[int, int], Standing]] = {}

    @cached_property
    def _keeper(self) -> Keeper:
        from ketachart.charting.post_keeping import Keeper
        from ketachart.charting.received import Received

        book, office = self._book, self._book.office
        return Keeper(book, Received(book.ledger, office.time, self._letters, office.staff_id))

    @property
    def is_clinic(self) -> bool:
        """Whether this is the clinic's own ledger; any other is a nurse's laptop."""
        return self._book.is_clinic

    def correspondents(self) -> tuple[Correspondent, ...]:
        """Whom packages go to and come from, by name."""
        return self._book.correspondents()

    def correspondent(self, ledger: str) -> Correspondent:
        """One of them, by the id of its ledger.

        Raises:
            Refused: it is not on file.
        """
        for one in self.correspondents():
            if one.ledger == ledger:
                return one
        raise Refused(
            "Nobody is on file whom a package could go to. On a new laptop take in the clinic's "
            "card first; at the clinic let the laptop ask to join.",
            rule="no correspondent",
        )

    # ------------------------------------------------ sending

    def outbox(self, ledger: str) -> Outbox:
        """What waits for that correspondent; its ``refusal`` says why nothing can be sent.

        Raises:
            Refused: it is not on file.
        """
        from ketachart.charting import post_packing

        whom = self.correspondent(ledger)
        waiting = self._outbox.waiting(whom, self._book.office.time.now())
        may = not self.is_clinic or self._book.office.staff_id in self._book.supervisors()
        lines = (*(one.line for one in waiting), *self._request(whom))
        refusal = "" if may else post_packing.NO_SUPERVISOR
        return Outbox(correspondent=whom, lines=lines, refusal=refusal)

    def _request(self, whom: Correspondent) -> Iterator[OutboxLine]:
        """The request for a certificate goes to the clinic until its answer came."""
        if whom.role == "clinic" and self._outbox.request(self._book.office.staff_id):
            yield OutboxLine(item="request", kind="request", words="Request for a certificate")

    def packing(self, ledger: str) -> PackingTask:
        """What a worker needs to make the package for that correspondent.

        Raises:
            Refused: it is not on file, nothing waits, or only a supervisor may.
            CannotSign: there is no key to sign with.
        """
        from ketachart.charting import post_packing

        return post_packing.task_of(self._book, self.correspondent(ledger))

    def sent(self, packed: Packed) -> None:
        """Notes that the package's file is on the disk; say it twice, it is noted once.

        Raises:
            LedgerError: it was not noted; the package is good all the same.
        """
        from ketachart.charting import post_packing

        post_packing.sent(self._book, packed, self.correspondent(packed.ledger))

    # ------------------------------------------------ taking in

    def reading(self, content: bytes) -> ReadingTask:
        """What a worker needs to open a package."""
        from ketachart.charting.post_reading import ReadingTask

        book = self._book
        return ReadingTask(
            content=content,
            key=book.key,
            ledger=book.id,
            trusted=book.trusted(),
            trust_pem=book.trust_pem(),
            correspondents=self.correspondents(),
            supervisors=book.supervisors(),
            is_clinic=self.is_clinic,
            here=book.here,
        )

    def keep(self, read: ReadPackage) -> TakenIn:
        """Keeps what a package brought; doing it again keeps nothing twice.

        Raises:
            LedgerError: what came before it is kept; do it again.
        """
        return self._keeper.keep(read)

    def take(self, content: bytes) -> TakenIn:
        """Both in one, where nobody waits at a window.

        Raises:
            CannotRead, LedgerError: as `ReadingTask.work` and `keep`.
        """
        return self.keep(self.reading(content).work())

    # ------------------------------------------------ how far it came

    def standing(self, stream: str) -> Standing:
        """Where a visit's report stands; “packed” is never said for “received”."""
        lengths = self._book.lengths(stream)
        known = self._standings.get(stream)
        if known is None or known[0] != lengths:
            known = self._standings[stream] = (lengths, self._standing(stream))
        return known[1]

    def _standing(self, stream: str) -> Standing:
        versions = self.versions(stream)
        left = left_standing(self._book.ledger, stream) if not versions else None
        return left or standing(versions, self._book.post(stream), self.threads(stream))

    def forget(self, streams: Sequence[str]) -> None:
        """What was read of visits that left goes out of memory."""
        self._book.forget(streams)
        self._visits.clear()
        for stream in streams:
            self._standings.pop(stream, None)

    def versions(self, stream: str) -> tuple[SignedVersion, ...]:
        """The versions of a visit's report that were signed in this ledger, or else came here."""
        signed = self._book.of_kinds(stream, ReportSigned)
        versions = tuple(
            SignedVersion(entry.fact.version, entry.fact.sha256, entry.at)
            for entry in signed.of(ReportSigned)
        )
        return versions or taken_versions(self._book.post(stream))

    def standings(self) -> Mapping[str, Standing]:
        """The standing of every visit in this ledger, and of those whose reports came here."""
        shelf = self._book.ledger.shelf()
        drafts = {one.stream: DRAFT for one in shelf if one.status != "signed"}
        signed = [one.stream for one in shelf if one.status == "signed"]
        known = dict.fromkeys((*signed, *self._book.streams()))
        return {**drafts, **{one: self.standing(one) for one in known}}

    def threads(self, stream: str) -> tuple[Thread, ...]:
        """The questions about a visit, and what became of each."""
        post = self._book.post(stream)
        if not post.of(QuestionAsked):  # then no report need be read for answers
            return ()
        return threads(post, self._answered(stream, post))

    def orders(self, stream: str) -> tuple[Acknowledgement, ...]:
        """What a prescriber must sign for in a visit, as far as the clinic said what came of it.

        Raises:
            LedgerError: the visit cannot be read.
        """
        post = self._book.post(stream)
        if self._book.ledger.length(stream):
            return acknowledgements(visit_of(self._book.ledger, stream), post)
        last = newest(post)
        return acknowledgements(self._read_visit(last.fact.sha256) if last else None, post)

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What supervisors asked of the visits on this laptop and nobody answered yet."""
        ledger = self._book.ledger
        asked = (name.removeprefix(BESIDE) for name in ledger.tally(QuestionAsked.KIND))
        rows = [row for stream in asked if (row := row_of(ledger, stream)) is not None]
        found = [
            OpenQuestion(row.stream, row.number, row.patient, thread)
            for row in rows
            for thread in self.threads(row.stream)
            if thread.open
        ]
        return tuple(sorted(found, key=lambda one: one.thread.asked_at))

    def _answered(self, stream: str, post: Visit) -> Visit | None:
        """The visit's addenda: from the visit itself, or from its newest report that came here."""
        if self._book.ledger.length(stream):
            return self._book.of_kinds(stream, AddendumWritten)
        return None if (last := newest(post)) is None else self._read_visit(last.fact.sha256)

    def _read_visit(self, sha256: str) -> Visit | None:
        if sha256 not in self._visits:
            from ketachart.charting.report_reading import attached_visit

            kept = self._book.ledger.document(sha256)
            if kept is None:
                return None
            try:
                self._visits[sha256] = attached_visit(kept.content)
            except CannotRead:
                return None
        return self._visits[sha256]

    # ------------------------------------------------ tomorrow's visits

    def plan(self, plan: VisitPlanned) -> None:
        """Asks for a visit, or changes a plan of that ``item``; the next package takes it along.

        Raises:
            Refused: the person is no supervisor, the day is over, or the visit was opened.
            LedgerError: it was not saved.
        """
        post_plans.ask_for(self._book, plan)

    def take_back_plan(self, item: str) -> None:
        """Nobody is to go any more; the laptop is told with the next package.

        Raises:
            Refused, LedgerError: as for `plan`.
        """
        post_plans.take_back(self._book, item)

    def nurses(self) -> tuple[tuple[str, str], ...]:
        """Staff id and name of those whom a plan can be sent to."""
        return post_plans.nurses(self._book)

    def planned(self, day: date | None = None, *, since: date = date.min) -> tuple[Planned, ...]:
        """The visits that the clinic asks for, of a day or from one on; those opened say so."""
        return post_plans.plans(self._book, day, since=since)

    # ------------------------------------------------ joining

    def card(self) -> CardTask:
        """What a worker needs to make the clinic's card for a new laptop.

        Raises:
            Refused: this is no clinic's ledger, or the person is no supervisor.
        """
        from ketachart.charting import post_card

        return post_card.task_of(self._book)

    def requests(self) -> tuple[JoinRequest, ...]:
        """The laptops that asked to join, the oldest first."""
        return post_requests.requests(self._book)

    def admit(self, item: str) -> None:
        """Puts the laptop of a request on file, once its certificate was issued.

        Raises:
            Refused: there is no such request.
            LedgerError: it was not saved; do it again.
        """
        post_requests.admit(self._book, item)

    def granted(self) -> str:
        """A certificate that came for the key that waits here, PEM; empty where none did.

        Put it to the key with ``office.certificates.completing``: the passphrase is asked for.
        """
        return answers.waiting(self._book.ledger, self._book.office.staff_id)

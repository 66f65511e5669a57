"""What a correspondent has not yet said it has: a package always holds all of that.

Nothing here remembers what was sent: a package that was lost is made again by making the next one.
A nurse's report waits until its receipt came, a supervisor's question until the laptop named its
mark (features.md rows 114 and 115).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ketachart.charting.answers import same_key
from ketachart.charting.post_book import PostBook
from ketachart.charting.post_items import MARKED, digest, mark
from ketachart.charting.post_shapes import BESIDE, Correspondent, OutboxLine
from ketachart.domain.facts import Fact, ReportSigned
from ketachart.domain.facts.post import (
    CertificateIssued,
    OrderAcknowledged,
    PostArrived,
    PostSent,
    QuestionAsked,
    ReceiptTaken,
    ReportSent,
    ReportTaken,
    RequestTaken,
    VerdictGiven,
)
from ketachart.domain.facts.setting import NurseRecorded, ProtocolAdopted
from ketachart.domain.post.acknowledgement import said_of
from ketachart.domain.post.planned import newest_plans, plan_words
from ketachart.domain.visit import Entry, Visit
from ketachart.storage.entry import Shelved

NEWEST_MARKS = 5_000
"""How many of the things that came in last are named to the clinic: years of a laptop's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, as it will be packed; a paper is read from the ledger only then."""

    line: OutboxLine
    fact: Fact | None = None
    paper: str = ""
    pem: str = field(default="", repr=False)

    @property
    def mark(self) -> str:
        """The id of the entry that is made of it there."""
        return mark(self.line.kind, self.line.item)


class OutboxReader:
    """Works out what waits for a correspondent."""

    def __init__(self, book: PostBook) -> None:
        self._book = book
        self._protocols: dict[str, str] = {}

    def waiting(self, whom: Correspondent, now: datetime) -> tuple[Waiting, ...]:
        """Everything for that correspondent, what is the visit's first."""
        if whom.role == "clinic":
            return tuple(self._reports())
        arrived = self._arrived(whom)
        packed = self._packed(whom)
        every = (*self._of_visits(whom), *self._of_clinic(whom, now))
        return tuple(_noted(one, packed) for one in every if one.mark not in arrived)

    # ------------------------------------------------ a laptop's

    def _reports(self) -> Iterator[Waiting]:
        for shelved in self._signed_lines():
            post = self._book.post(shelved.stream)
            there = {fact.sha256 for fact in post.facts(ReceiptTaken)}
            sent = {fact.sha256 for fact in post.facts(ReportSent)}
            signed = self._book.of_kinds(shelved.stream, ReportSigned)
            for made in signed.facts(ReportSigned):
                if made.sha256 not in there:
                    words = f"Report of {shelved.day}, version {made.version}"
                    line = OutboxLine(
                        item=made.sha256,
                        kind="report",
                        words=words,
                        stream=shelved.stream,
                        version=made.version,
                        packed=made.sha256 in sent,
                    )
                    yield Waiting(line=line, paper=made.sha256)

    def _signed_lines(self) -> list[Shelved]:
        """The lines of the visits with a report that no receipt names, by day."""
        ledger = self._book.ledger
        waiting = ledger.unanswered(ReportSigned.KIND, ReceiptTaken.KIND, BESIDE)
        lines = (ledger.shelf_line(stream) for stream in waiting)
        signed = [line for line in lines if line is not None and line.status == "signed"]
        return sorted(signed, key=lambda line: (line.day, line.label, line.stream))

    def request(self, staff_id: str) -> str:
        """The request of the unlocked person that no certificate answers yet; empty: none."""
        kept = self._book.ledger.credentials(staff_id, "pending")
        if not kept:
            return ""
        own = self._book.ledger.credentials(staff_id, "nurse")
        csr = kept[-1].certificate_pem
        return "" if any(same_key(one.certificate_pem, csr) for one in own) else csr

    def marks(self) -> tuple[str, ...]:
        """The marks of what came in last, the newest first: the clinic is told of them."""
        return (*self._in_force(), *self._book.ledger.ids(MARKED, NEWEST_MARKS))

    def receipts(self) -> tuple[str, ...]:
        """SHA-256 of the reports that the clinic said it has, the last visits' first."""
        return self._book.ledger.answered(ReceiptTaken.KIND, NEWEST_MARKS)

    def _in_force(self) -> Iterator[str]:
        """The marks of protocol and list as they stand, however they came here."""
        adopted = self._book.office.own_stream.of(ProtocolAdopted)
        if adopted:
            yield mark("protocol", self._protocol(adopted[-1]))
        listed = self._book.withdrawn_list()
        if listed is not None:
            yield mark("withdrawn-list", f"list-{listed[0].number}")

    # ------------------------------------------------ the clinic's

    def _arrived(self, whom: Correspondent) -> frozenset[str]:
        return arrived(self._book, whom.ledger)

    def _packed(self, whom: Correspondent) -> frozenset[str]:
        facts = self._book.office.own_stream.facts(PostSent)
        return frozenset(one for fact in facts if fact.ledger == whom.ledger for one in fact.items)

    def _of_visits(self, whom: Correspondent) -> Iterator[Waiting]:
        for stream in self._book.streams():
            post = self._book.post(stream)
            theirs = [entry for entry in post.of(ReportTaken) if _from(entry.fact, whom)]
            if theirs:
                yield from self._receipts(stream, theirs)
                yield from _questions(stream, post)
                yield from _verdicts(stream, post)
                yield from _acknowledged(stream, post)

    def _receipts(self, stream: str, taken: Iterable[Entry[ReportTaken]]) -> Iterator[Waiting]:
        people = self._book.office.own_stream.facts(NurseRecorded)
        # The first name on file: a receipt that is packed again says the same to the letter.
        names = {fact.staff_id: fact for fact in reversed(people)}
        seen: set[str] = set()
        for entry in taken:
            fact = entry.fact
            if fact.sha256 in seen:
                continue
            seen.add(fact.sha256)
            who = names.get(entry.author)
            item = f"receipt-{fact.sha256}"
            receipt = ReceiptTaken(
                at=entry.recorded_at,
                item=item,
                report=fact.report,
                sha256=fact.sha256,
                taken_at=entry.recorded_at,
                by=f"{who.name}, {who.credential}" if who else entry.author,
            )
            words = f"Receipt for {fact.visit}, version {fact.report}"
            line = OutboxLine(item=item, kind="receipt", words=words, stream=stream)
            yield Waiting(line=line, fact=receipt)

    def _of_clinic(self, whom: Correspondent, now: datetime) -> Iterator[Waiting]:
        register = self._book.office.own_stream
        yield from self._certificates(whom)
        for staff_id in sorted({fact.staff_id for fact in _supervisors(register)}):
            facts = register.facts(NurseRecorded)
            last = next(one for one in reversed(facts) if one.staff_id == staff_id)
            if staff_id not in whom.staff_ids:
                item = f"staff-{digest(last)}"
                yield _plain("staff", item, last, f"{last.name}, {last.role} of the clinic")
        listed = self._book.withdrawn_list()
        if listed is not None:
            item = f"list-{listed[0].number}"
            words = f"List {listed[0].number} of withdrawn certificates"
            line = OutboxLine(item=item, kind="withdrawn-list", words=words)
            yield Waiting(line=line, fact=listed[0], pem=listed[1])
        adopted = register.of(ProtocolAdopted)
        if adopted:
            item = self._protocol(adopted[-1])
            words = f"Protocol, edition {adopted[-1].fact.protocol.version}"
            yield _plain("protocol", item, adopted[-1].fact, words)
        for plan in newest_plans(register):
            theirs = not plan.staff_id or plan.staff_id in whom.staff_ids
            if theirs and plan.day >= (now - timedelta(days=1)).date():
                yield _plain("plan", plan.travels_as, plan, plan_words(plan))

    def _protocol(self, adopted: Entry[ProtocolAdopted]) -> str:
        """The id of an edition; a whole protocol is long, so it is worked out once."""
        if adopted.id not in self._protocols:
            self._protocols[adopted.id] = f"protocol-{digest(adopted.fact)}"
        return self._protocols[adopted.id]

    def _certificates(self, whom: Correspondent) -> Iterator[Waiting]:
        from ketachart.report.certificate import fingerprint_of

        for fact in self._book.office.own_stream.facts(CertificateIssued):
            if fact.staff_id not in whom.staff_ids:
                continue
            for kept in self._book.ledger.credentials(fact.staff_id, "issued"):
                if fingerprint_of(kept.certificate_pem) == fact.fingerprint and self._may_use(
                    whom, kept.certificate_pem
                ):
                    words = f"Certificate of {fact.name}"
                    item = f"certificate-{fact.serial}"
                    line = OutboxLine(item=item, kind="certificate", words=words)
                    yield Waiting(line=line, fact=fact, pem=kept.certificate_pem)

    def _may_use(self, whom: Correspondent, certificate_pem: str) -> bool:
        """Whether the key of a certificate is on that laptop: a nurse may have two of them."""
        every = self._book.office.own_stream.facts(RequestTaken)
        asked = [fact for fact in every if same_key(certificate_pem, fact.request)]
        return not asked or any(fact.ledger == whom.ledger for fact in asked)


def _from(fact: ReportTaken, whom: Correspondent) -> bool:
    if fact.ledger:
        return fact.ledger == whom.ledger
    return fact.staff_id in whom.staff_ids


def _questions(stream: str, post: Visit) -> Iterator[Waiting]:
    for fact in post.facts(QuestionAsked):
        item = f"{fact.item}.back" if fact.withdrawn else fact.item
        words = f"{'Taken back' if fact.withdrawn else 'Question'}: {fact.words}"
        line = OutboxLine(item=item, kind="question", words=words, stream=stream)
        yield Waiting(line=line, fact=fact)


def _verdicts(stream: str, post: Visit) -> Iterator[Waiting]:
    for fact in post.facts(VerdictGiven):
        words = f"Verdict on version {fact.report}: {fact.verdict}"
        line = OutboxLine(item=fact.item, kind="verdict", words=words, stream=stream)
        yield Waiting(line=line, fact=fact, paper=fact.countersigned)


def _acknowledged(stream: str, post: Visit) -> Iterator[Waiting]:
    for fact in post.facts(OrderAcknowledged):
        item = f"{fact.item}.back" if fact.withdrawn else fact.item
        words = f"Taken back: {fact.row}" if fact.withdrawn else said_of(fact)
        line = OutboxLine(item=item, kind="acknowledgement", words=words, stream=stream)
        yield Waiting(line=line, fact=fact)


def _supervisors(register: Visit) -> list[NurseRecorded]:
    """Everybody who is, or once was, a supervisor: a laptop must hear of both."""
    return [fact for fact in register.facts(NurseRecorded) if fact.role == "supervisor"]


def _plain(kind: str, item: str, fact: Fact, words: str) -> Waiting:
    return Waiting(line=OutboxLine(item=item, kind=kind, words=words), fact=fact)


def _noted(one: Waiting, packed: frozenset[str]) -> Waiting:
    return replace(one, line=replace(one.line, packed=one.line.item in packed))


def arrived(book: PostBook, ledger: str) -> frozenset[str]:
    """The marks of what that ledger has, as far as it said."""
    found: set[str] = set()
    for fact in book.office.own_stream.facts(PostArrived):
        if fact.ledger == ledger:
            found = (found | set(fact.marks)) - set(fact.lost)
    return frozenset(found)

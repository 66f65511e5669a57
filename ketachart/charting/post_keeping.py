"""Keeps what a package brought: each item once, whatever the order and however often it comes.

What is here already under the same id and says the same is known; what says something else is a
conflict: it is told and left aside, and what came first stays. Two different files of one report
version are both kept, since both are signed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import OF_A_VISIT, ReadItem, said
from ketachart.charting.post_outbox import NEWEST_MARKS, arrived
from ketachart.charting.post_reading import ReadPackage
from ketachart.charting.post_shapes import CLINIC, TakenIn, TakenLine, TakenState, beside
from ketachart.charting.received import COUNTERSIGNED, Received
from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import (
    CertificateIssued,
    OrderAcknowledged,
    PostArrived,
    QuestionAsked,
    ReceiptTaken,
    RequestTaken,
    VerdictGiven,
    VisitPlanned,
    WithdrawnListed,
)
from ketachart.domain.facts.setting import NurseRecorded, ProtocolAdopted
from ketachart.domain.post.acknowledgement import said_of
from ketachart.domain.post.planned import plan_words
from ketachart.domain.wording import count, day
from ketachart.errors import KetaChartError, LedgerError
from ketachart.storage.entry import Document, KeptCredential

_STATE_WORDS: dict[TakenState, str] = {
    "new": "",
    "known": ": here already",
    "conflict": ": says something else than what is here under the same id; what came first stays",
    "aside": "",
}
RESTORED = (
    "{name} no longer has {things} that it once had: an old backup is probably in use there. They "
    "go with the next package"
)
NOT_HERE = (
    "{name} holds receipts of {reports} that this ledger does not have: an old backup is probably "
    "in use here. Ask for those reports as PDF files, and open them under Review"
)
TWO_REPORTS = "two different files claim to be this version; both are kept, and both are shown"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Takes in what was read, on the window's thread."""

    book: PostBook
    received: Received

    def keep(self, read: ReadPackage) -> TakenIn:
        """Keeps every item in an act of its own; doing it again keeps nothing twice.

        Raises:
            LedgerError: what came before it is kept; do it again.
        """
        lines = []
        # a list of withdrawn certificates and the people first: the rest is judged by them
        first = ("withdrawn-list", "staff", "certificate", "protocol")
        for item in sorted(read.items, key=lambda one: one.kind not in first):
            line = self._line(item, read)
            if line is not None:
                lines.append(line)
        return TakenIn(sender=read.name, lines=tuple(lines))

    def _line(self, item: ReadItem, read: ReadPackage) -> TakenLine | None:
        if item.fault:
            words = f"{_title(item)}: {item.fault}"
            return TakenLine(kind=item.kind, state="aside", words=words, stream=item.stream)
        try:
            if item.report is not None:
                return self._report(item, read)
            if isinstance(item.fact, PostArrived):
                return self._arrived(item, item.fact, read)
            state, words = self._fact(item)
        except LedgerError:
            raise
        except KetaChartError as error:
            words = f"{_title(item)}: {error}"
            return TakenLine(kind=item.kind, state="aside", words=words, stream=item.stream)
        return TakenLine(kind=item.kind, state=state, words=words, stream=item.stream)

    def _report(self, item: ReadItem, read: ReadPackage) -> TakenLine:
        report = item.report
        if report is None:
            raise LedgerError("There is no report in this item. Take the package in again.")
        outcome = self.received.keep(report, item=read.id, ledger=read.ledger)
        bad = "" if report.verdict.good else f"; NOT GOOD: {report.fault}"
        said_of = {"new": "", "known": ": here already", "conflict": f": {TWO_REPORTS}"}[outcome]
        return TakenLine(
            kind="report",
            state=outcome,
            words=f"Report {report.number}, version {report.version}{said_of}{bad}",
            stream=report.stream,
        )

    def _arrived(self, item: ReadItem, fact: PostArrived, read: ReadPackage) -> TakenLine | None:
        """Notes what the laptop has; what was noted before is no news."""
        known = arrived(self.book, read.ledger)
        fresh = tuple(one for one in fact.marks if one not in known)
        lost = self._lost(fact, read, known)
        missing = [one for one in set(fact.receipts) if not self.received.holds(one)]
        if fresh or lost:
            noted = PostArrived(
                at=self.book.office.time.now(),
                item=read.id,
                ledger=read.ledger,
                marks=fresh,
                lost=lost,
                said_at=read.made_at,
            )
            self.book.keep([Note(stream=CLINIC, mark=item.mark, fact=noted)])
        told = []
        if missing:
            told.append(NOT_HERE.format(name=read.name, reports=count(len(missing), "report")))
        if lost:
            told.append(RESTORED.format(name=read.name, things=count(len(lost), "thing")))
        if fresh:
            told.append(f"{read.name} has {count(len(fresh), 'thing')} that the clinic sent")
        state: TakenState = "conflict" if missing else "new"
        return TakenLine(kind="arrived", state=state, words=". ".join(told)) if told else None

    def _lost(self, fact: PostArrived, read: ReadPackage, known: frozenset[str]) -> tuple[str, ...]:
        """What the laptop once had and has no more, where its newest package names everything."""
        before = [
            one.said_at
            for one in self.book.office.own_stream.facts(PostArrived)
            if one.ledger == read.ledger and one.said_at is not None
        ]
        newest = all(read.made_at > said_at for said_at in before)
        if not newest or len(fact.marks) >= NEWEST_MARKS:
            return ()
        return tuple(sorted(known - set(fact.marks)))

    def _fact(self, item: ReadItem) -> tuple[TakenState, str]:
        fact = item.fact
        if fact is None:
            raise LedgerError("There is nothing charted in this item. Take the package in again.")
        stream = beside(item.stream) if item.kind in OF_A_VISIT else CLINIC
        before = self.book.standing_in(stream).entry(item.mark)
        if before is not None:
            state: TakenState = "known" if said(before.fact) == said(fact) else "conflict"
            return state, f"{_title(item)}{_STATE_WORDS[state]}"
        aside = self._not_wanted(fact)
        if aside:
            return "known", f"{_title(item)}: {aside}"
        now = self.book.office.time.now()
        note = Note(stream=stream, mark=item.mark, fact=replace(fact, at=now))
        self.book.keep([note], documents=self._papers(item), credentials=self._keys(item))
        return "new", _title(item)

    def _not_wanted(self, fact: Fact) -> str:
        """Why something that is whole is not taken up all the same; empty where it is."""
        register, staff_id = self.book.office.own_stream, self.book.office.staff_id
        if isinstance(fact, WithdrawnListed):
            newest = self.book.withdrawn_list()
            if newest is not None and newest[0].number >= fact.number:
                return f"list {newest[0].number} is here already, which is not older"
        if isinstance(fact, ProtocolAdopted):
            held = register.protocol.version
            if not newer(fact.protocol.version, held):
                return f"edition {held} is in force here, which is not older"
        if isinstance(fact, NurseRecorded) and fact.staff_id == staff_id:
            return "that is you; your own entry stays as it is"
        if isinstance(fact, CertificateIssued) and fact.staff_id != staff_id:
            return "it is for somebody else"
        return ""

    def _papers(self, item: ReadItem) -> tuple[Document, ...]:
        now, fact = self.book.office.time.now().isoformat(), item.fact
        if isinstance(fact, VerdictGiven) and fact.countersigned:
            return (
                Document.of(
                    item.content,
                    stream=beside(item.stream),
                    kind=COUNTERSIGNED,
                    name=f"v{fact.report}-countersigned.pdf",
                    made_at=now,
                ),
            )
        if isinstance(fact, WithdrawnListed):
            return (
                Document.of(
                    item.paper.encode(),
                    stream=CLINIC,
                    kind="withdrawn-list",
                    name=f"withdrawn-{fact.number}.pem",
                    made_at=now,
                ),
            )
        return ()

    def _keys(self, item: ReadItem) -> tuple[KeptCredential, ...]:
        """A certificate that came: kept beside the key that waits, until the passphrase is asked.

        Raises:
            LedgerError: the ledger cannot be read.
        """
        if not isinstance(item.fact, CertificateIssued):
            return ()
        return (
            KeptCredential(
                holder=item.fact.staff_id,
                kind="granted",
                made_at=self.book.office.time.now().isoformat(),
                certificate_pem=item.paper,
                pkcs12=b"",
            ),
        )


def newer(one: str, other: str) -> bool:
    """Whether an edition's number comes after another's: 10 after 9, 2.1.1 after 2.1."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


_TITLES: dict[type[Fact], Callable[[Any], str]] = {
    ReceiptTaken: lambda f: f"Receipt for version {f.report}, taken in by {f.by}",
    QuestionAsked: lambda f: f"Question{' taken back' if f.withdrawn else ''}: {f.words}",
    VerdictGiven: lambda f: f"Version {f.report}: {f.verdict}, by {f.by}",
    OrderAcknowledged: lambda f: (
        f"Taken back: {f.row}, {f.prescriber}" if f.withdrawn else f"{said_of(f)} ({f.row})"
    ),
    VisitPlanned: plan_words,
    ProtocolAdopted: lambda f: f"Protocol, edition {f.protocol.version}",
    WithdrawnListed: lambda f: f"List {f.number} of withdrawn certificates",
    CertificateIssued: lambda f: f"Certificate of {f.name}, until {day(f.until.date())}",
    RequestTaken: lambda f: f"{f.name}, {f.credential}, asks to join",
    NurseRecorded: lambda f: f"{f.name}, {f.role} of the clinic",
}
_KIND_WORDS = {
    "report": "A report",
    "receipt": "A receipt",
    "question": "A question",
    "verdict": "A verdict",
    "acknowledgement": "A signed phone order",
    "countersigned": "A countersigned report",
    "plan": "A planned visit",
    "protocol": "A protocol",
    "request": "A request to join",
}


def _title(item: ReadItem) -> str:
    """One item in words."""
    fact = item.fact
    if fact is not None and type(fact) in _TITLES:
        return _TITLES[type(fact)](fact)
    return _KIND_WORDS.get(item.kind, f"Something of the kind “{item.kind}”")

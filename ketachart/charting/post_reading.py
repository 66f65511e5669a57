"""Reads a package in a worker: opened, believed, and every item looked at; nothing is kept yet."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from ketachart.charting.post_items import (
    MARKED,
    OF_A_VISIT,
    UNREADABLE,
    ReadItem,
    fact_in,
    named_by,
)
from ketachart.charting.post_outbox import NEWEST_MARKS
from ketachart.charting.post_shapes import Correspondent
from ketachart.charting.report_reading import as_nurse_signed, read_report
from ketachart.domain.facts.post import (
    CertificateIssued,
    PostArrived,
    RequestTaken,
    VerdictGiven,
    WithdrawnListed,
)
from ketachart.errors import CannotRead, KetaChartError
from ketachart.exchange import package
from ketachart.exchange.envelope import PostKey, mark
from ketachart.exchange.items import CLINIC_ONLY, KNOWN, LAPTOP_ONLY, Item
from ketachart.exchange.people import Trusted
from ketachart.report import requests
from ketachart.report.certificate import fingerprint, read
from ketachart.report.withdrawn import read_list

STRANGE_LEDGER = (
    "This package comes from a laptop or a clinic that is not on file here. Nothing was taken from "
    "it: let the laptop join first, or ask for the clinic's card again."
)
NOT_THEIRS = (
    "This package comes from {name}, but {who} signed it. Nothing was taken from it; tell your "
    "clinic where it came from."
)
NO_SUPERVISOR = (
    "{who} signed this package for the clinic, but is no supervisor there. Nothing was taken from "
    "it; tell your clinic where it came from."
)
NOT_ALLOWED = "Only {whose} may send this; it was not taken in. Tell your clinic."
UNKNOWN_KIND = (
    "This KetaChart does not know what this is ({kind}): install the newer version and take the "
    "package in again."
)
NO_PAPER = "The countersigned report that belongs to it is missing; ask for a new package."
ANOTHER_PAPER = "The countersigned report is not the one that the verdict names; tell your clinic."
ANOTHER_JUDGE = "Somebody else countersigned it than gave the verdict; tell your clinic."
_BOTH = 2
_MARK = re.compile(rf"{MARKED}[0-9a-f]{{32}}")
_REPORT = re.compile(r"[0-9a-f]{64}")
ANOTHER_ID = (
    "It is not what the package's list says of it; it was not taken in. Tell your clinic where the "
    "package came from."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPackage:
    """A package that was opened and is believed, each item looked at.

    ``by`` is who signed it, in words; ``sender`` is None where a laptop asks to join.
    """

    id: str
    made_at: datetime
    by: str
    ledger: str
    sender: Correspondent | None
    items: tuple[ReadItem, ...] = ()

    @property
    def name(self) -> str:
        """Whose package it is, in words."""
        return self.sender.name if self.sender is not None else self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTask:
    """Everything that is needed to open a package away from the ledger."""

    content: bytes = field(repr=False)
    key: PostKey = field(repr=False)
    ledger: str
    trusted: Trusted = field(repr=False)
    trust_pem: bytes = field(repr=False)
    correspondents: tuple[Correspondent, ...]
    supervisors: frozenset[str]
    is_clinic: bool
    here: str

    def work(self, told: Callable[[str], None] = lambda _step: None) -> ReadPackage:
        """Opens the package and looks at everything in it; may run in a worker.

        Raises:
            CannotRead: it is not for this ledger, is damaged, or cannot be believed; nothing was
                taken from it.
        """
        told("Opening the package")
        opened = package.read(
            self.content,
            key=self.key,
            ledger=self.ledger,
            trusted=self.trusted,
            here=self.here,
            whose={mark(one.key): one.name for one in self.correspondents},
        )
        sender = self._sender(opened)
        by = opened.by.title if opened.by else requests.asked_for(opened.request).name
        read_items = []
        for place, item in enumerate(opened.items):
            told(f"Looking at {place + 1} of {len(opened.items)}")
            read_items.append(self._looked_at(item, opened, sender))
        return ReadPackage(
            id=opened.id,
            made_at=opened.made_at,
            by=by,
            ledger=opened.sender.ledger,
            sender=sender,
            items=_with_papers(read_items, self.trust_pem),
        )

    def _sender(self, opened: package.Opened) -> Correspondent | None:
        """Who sent it; None for a laptop that asks to join.

        Raises:
            CannotRead: the ledger is not on file, or its signer does not sign for it.
        """
        found = [one for one in self.correspondents if one.ledger == opened.sender.ledger]
        known = [one for one in found if one.key == opened.sender.key]
        if opened.by is None:
            if not self.is_clinic:
                raise CannotRead(STRANGE_LEDGER)
            return None
        if not known:
            raise CannotRead(STRANGE_LEDGER)
        sender, who = known[0], opened.by.title
        if sender.role == "clinic" and opened.by.staff_id not in self.supervisors:
            raise CannotRead(NO_SUPERVISOR.format(who=who))
        if sender.role == "laptop" and opened.by.staff_id not in sender.staff_ids:
            raise CannotRead(NOT_THEIRS.format(name=sender.name, who=who))
        return sender

    def _looked_at(
        self, item: Item, opened: package.Opened, sender: Correspondent | None
    ) -> ReadItem:
        """One item; what cannot be taken is left aside with a sentence, and the rest is taken."""
        blank = ReadItem(id=item.id, kind=item.kind, content=item.content)
        try:
            _allowed(item.kind, sender)
            if item.kind == "report":
                report = read_report(f"{item.id[:12]}.pdf", item.content, self.trust_pem)
                _same(report.sha256, item.id)
                return replace(blank, report=report, stream=report.stream)
            if item.kind == "countersigned":
                _same(hashlib.sha256(item.content).hexdigest(), item.id)
                return blank
            found = fact_in(item, opened.made_at)
            self._check(found, opened)
        except KetaChartError as error:
            return replace(blank, fault=str(error))
        return found

    def _check(self, found: ReadItem, opened: package.Opened) -> None:
        """What an item says of itself is what it is.

        Raises:
            CannotRead: it is not.
        """
        fact = found.fact
        if found.kind in (*OF_A_VISIT, "plan") and fact is not None:
            _same(named_by(fact), found.id)
        if isinstance(fact, WithdrawnListed):
            said = read_list(found.paper.encode(), self.trusted.roots[-1])
            _same(hashlib.sha256(found.paper.encode()).hexdigest(), fact.sha256)
            _same(str(said.number), str(fact.number))
        if isinstance(fact, CertificateIssued):
            certificate = read(found.paper)
            _same(fingerprint(certificate), fact.fingerprint)
        if isinstance(fact, PostArrived) and not _is_list(fact):
            raise CannotRead(UNREADABLE)
        if isinstance(fact, RequestTaken):
            asked = requests.asked_for(fact.request)
            _same(asked.fingerprint, fact.fingerprint)
            _same(opened.sender.ledger, fact.ledger)
            _same(opened.sender.key, fact.key)
            _same(opened.request or fact.request, fact.request)


def _allowed(kind: str, sender: Correspondent | None) -> None:
    """Whether that sender may send this kind of thing.

    Raises:
        CannotRead: no.
    """
    if kind not in KNOWN:
        raise CannotRead(UNKNOWN_KIND.format(kind=kind))
    if sender is None and kind != "request":
        raise CannotRead(NOT_ALLOWED.format(whose="a laptop that has joined"))
    if kind in CLINIC_ONLY and (sender is None or sender.role != "clinic"):
        raise CannotRead(NOT_ALLOWED.format(whose="the clinic"))
    if kind in LAPTOP_ONLY and sender is not None and sender.role != "laptop":
        raise CannotRead(NOT_ALLOWED.format(whose="a nurse's laptop"))


def _is_list(fact: PostArrived) -> bool:
    """Whether it names marks and reports, and not more than a laptop does."""
    named = all(_MARK.fullmatch(one) for one in fact.marks)
    reports = all(_REPORT.fullmatch(one) for one in fact.receipts)
    return named and reports and len(fact.marks) + len(fact.receipts) <= 3 * NEWEST_MARKS


def _same(one: str, other: str) -> None:
    if one != other:
        raise CannotRead(ANOTHER_ID)


def _with_papers(items: list[ReadItem], trust_pem: bytes) -> tuple[ReadItem, ...]:
    """Each verdict with the countersigned report that came with it, which is no item of its own."""
    papers: Mapping[str, bytes] = {
        one.id: one.content for one in items if one.kind == "countersigned" and not one.fault
    }
    found = []
    for one in items:
        if isinstance(one.fact, VerdictGiven) and one.fact.countersigned:
            paper = papers.get(one.fact.countersigned, b"")
            fault = _paper_fault(one.fact, paper, trust_pem)
            found.append(replace(one, content=paper, fault=fault))
        elif one.kind != "countersigned" or one.fault:
            found.append(one)
    return tuple(found)


def _paper_fault(fact: VerdictGiven, paper: bytes, trust_pem: bytes) -> str:
    """What is wrong with a countersigned report; empty where nothing is."""
    from ketachart.report.verify import verify

    if not paper:
        return NO_PAPER
    try:
        verdict = verify(paper, trust_pem=trust_pem)
    except CannotRead as error:
        return str(error)
    if not verdict.good or len(verdict.signers) != _BOTH:
        return f"The countersigned report is not good: {verdict.sentence}"
    if verdict.signers[1].staff_id != fact.staff_id:
        return ANOTHER_JUDGE
    return "" if as_nurse_signed(paper) == fact.sha256 else ANOTHER_PAPER

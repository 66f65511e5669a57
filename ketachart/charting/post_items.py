"""A fact as it travels in a package, and back; and the mark under which it is kept there.

The mark is worked out from the item's own id: the same item taken in again finds its entry there,
and nothing is written twice.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.domain.facts import Fact, Unknown
from ketachart.domain.facts.post import (
    CertificateIssued,
    CorrespondentRecorded,
    OrderAcknowledged,
    PostArrived,
    QuestionAsked,
    ReceiptTaken,
    RequestTaken,
    VerdictGiven,
    VisitPlanned,
    WithdrawnListed,
)
from ketachart.domain.facts.setting import ClinicRecorded, NurseRecorded, ProtocolAdopted
from ketachart.domain.shape import moment_text, to_plain
from ketachart.errors import CannotRead
from ketachart.exchange.items import Item
from ketachart.storage import codec
from ketachart.storage.entry import Row

if TYPE_CHECKING:
    from ketachart.charting.report_reading import ReadReport

MARKED = "post-"
FACTS: dict[str, type[Fact]] = {
    "receipt": ReceiptTaken,
    "question": QuestionAsked,
    "verdict": VerdictGiven,
    "acknowledgement": OrderAcknowledged,
    "plan": VisitPlanned,
    "protocol": ProtocolAdopted,
    "withdrawn-list": WithdrawnListed,
    "certificate": CertificateIssued,
    "correspondent": CorrespondentRecorded,
    "staff": NurseRecorded,
    "clinic": ClinicRecorded,
    "request": RequestTaken,
    "arrived": PostArrived,
}
"""Which kind of item carries which kind of fact."""
OF_A_VISIT = frozenset({"receipt", "question", "verdict", "acknowledgement"})

_NO_FACT = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
UNREADABLE = "It cannot be read; ask for a new package."
NEWER = "It was made by a newer KetaChart: install the newer version and take the package in again."


def mark(kind: str, item: str) -> str:
    """The id of the entry that is made of an item."""
    return MARKED + hashlib.sha256(f"{kind}\n{item}".encode()).hexdigest()[:32]


def said(fact: Fact) -> dict[str, object]:
    """What a fact says, whenever it was written: two that say the same are one."""
    return {name: value for name, value in to_plain(fact).items() if name != "at"}


def digest(fact: Fact) -> str:
    """A short hash of what a fact says, for items that have no id of their own."""
    text = json.dumps(said(fact), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def item_of(kind: str, item: str, fact: Fact, *, stream: str = "", paper: str = "") -> Item:
    """A fact as an item; ``paper`` is the PEM file that belongs to it, where one does."""
    told: dict[str, object] = {
        "fact": fact.KIND,
        "version": fact.VERSION,
        "stream": stream,
        "body": said(fact),
    }
    if paper:
        told["paper"] = paper
    return Item(item, kind, json.dumps(told, ensure_ascii=False, sort_keys=True).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """One item, looked at: a fact, a report, or why it is left aside."""

    id: str
    kind: str
    content: bytes = field(default=b"", repr=False)
    fact: Fact | None = None
    stream: str = ""
    paper: str = ""
    report: "ReadReport | None" = None
    fault: str = ""

    @property
    def mark(self) -> str:
        """The id of the entry that is made of it."""
        return mark(self.kind, self.id)


def fact_in(item: Item, at: datetime) -> ReadItem:
    """The fact of an item, brought up to today's version.

    Raises:
        CannotRead: it is none, or a newer KetaChart made it.
    """
    try:
        told = json.loads(item.content)
        row = Row(
            stream=_text(told["stream"]),
            entry_id=item.id,
            kind=_text(told["fact"]),
            version=int(told["version"]),
            body=json.dumps(told["body"], ensure_ascii=False),
            author="",
            at=moment_text(at),
            recorded_at=moment_text(at),
            elapsed_ms=0,
            session="",
            seq=0,
            number=0,
            chain="",
            link="",
        )
        paper = _text(told.get("paper", ""))
        fact = codec.fact_of(row)
    except _NO_FACT as error:
        raise CannotRead(UNREADABLE) from error
    if isinstance(fact, Unknown):
        wanted = FACTS.get(item.kind)
        known = wanted is not None and row.kind == wanted.KIND and row.version <= wanted.VERSION
        raise CannotRead(UNREADABLE if known else NEWER)
    if not isinstance(fact, FACTS.get(item.kind, Unknown)):
        raise CannotRead(UNREADABLE)
    if item.kind in OF_A_VISIT and not row.stream:
        raise CannotRead(UNREADABLE)
    return ReadItem(id=item.id, kind=item.kind, fact=fact, stream=row.stream, paper=paper)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def named_by(fact: Fact) -> str:
    """The id that a fact gives itself, which must be the item's own; empty where it has none."""
    if isinstance(fact, (QuestionAsked, OrderAcknowledged)):
        return f"{fact.item}.back" if fact.withdrawn else fact.item
    if isinstance(fact, VisitPlanned):
        return fact.travels_as
    return str(getattr(fact, "item", ""))

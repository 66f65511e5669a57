"""Makes a package: what waits is put together here, signed and closed in a worker.

Nothing is kept by making one. Only once the file is on the disk is it noted as packed; if the
program stops between the two, it is simply packed again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ketachart.charting import signing_key
from ketachart.charting.file_names import safe
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_filling import items_of
from ketachart.charting.post_items import item_of
from ketachart.charting.post_outbox import OutboxReader
from ketachart.charting.post_shapes import (
    CLINIC,
    Correspondent,
    OutboxLine,
    Packed,
    beside,
)
from ketachart.charting.signing_key import SigningKey
from ketachart.domain.facts.post import PostArrived, PostSent, ReportSent, RequestTaken
from ketachart.errors import CannotSign, Refused
from ketachart.exchange.package import Address, Parcel
from ketachart.exchange.people import signer_of
from ketachart.report import keyfile, requests

NO_SUPERVISOR = (
    "Only a supervisor sends for the clinic: laptops believe nobody else. Ask your clinic's "
    "supervisor to unlock and do it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingTask:
    """Everything that is needed to sign and close a package away from the ledger."""

    parcel: Parcel
    name: str
    lines: tuple[OutboxLine, ...]
    key: SigningKey | None = None
    pending: bytes = field(default=b"", repr=False)
    request: str = ""

    def work(self, passphrase: str, told: Callable[[str], None] = lambda _step: None) -> Packed:
        """Opens the person's key, signs and closes the package; may run in a worker.

        Raises:
            WrongPassphrase: the passphrase does not open the key; nothing was packed.
            CannotRead, CannotSign: the key cannot be used; nothing was packed.
        """
        told("Opening your key")
        if self.key is None:
            key, _own = keyfile.unlock(self.pending, passphrase)
            told("Closing the package")
            content = self.parcel.asking(self.request, key)
        else:
            with self.key.opened(passphrase) as opened:
                told("Closing the package")
                content = self.parcel.signed(signer_of(opened))
        return Packed(
            id=self.parcel.id,
            name=self.name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            ledger=self.parcel.recipient.ledger,
            lines=self.lines,
        )


def task_of(book: PostBook, whom: Correspondent) -> PackingTask:
    """All that waits for a correspondent, ready to be signed.

    Raises:
        Refused: nothing waits, or the person may not send for the clinic.
        CannotSign: there is no key to sign with, and no request to send.
    """
    outbox, office = OutboxReader(book), book.office
    now = office.time.now()
    if book.is_clinic and office.staff_id not in book.supervisors():
        raise Refused(NO_SUPERVISOR, rule="not a supervisor")
    packing, waiting = items_of(book, outbox.waiting(whom, now))
    items, lines = list(packing), [one.line for one in waiting]
    key, request = _key(book, outbox, now)
    if key is None:
        items, lines = [], []
    package = office.time.new_id()
    if whom.role == "clinic" and request:
        fact = asked(request, ledger=book.id, key=book.key.public, at=now)
        items.append(item_of("request", fact.item, fact))
        words = "Request for a certificate"
        lines.append(OutboxLine(item=fact.item, kind="request", words=words))
    marks = outbox.marks() if whom.role == "clinic" and key is not None else ()
    if marks:
        arrived = PostArrived(
            at=now, item=package, ledger=book.id, marks=marks, receipts=outbox.receipts()
        )
        items.append(item_of("arrived", package, arrived))
    if not items:
        raise Refused(
            f"There is nothing for {whom.name} that it has not got. Nothing was packed: pack "
            "again when there is something new.",
            rule="nothing",
        )
    pending = book.ledger.credentials(office.staff_id, "pending")
    return PackingTask(
        parcel=Parcel(
            items=tuple(items),
            id=package,
            made_at=now,
            sender=Address(ledger=book.id, key=book.key.public),
            recipient=Address(ledger=whom.ledger, key=whom.key),
        ),
        name=_name(book, whom, now),
        lines=tuple(lines),
        key=key,
        pending=pending[-1].pkcs12 if key is None else b"",
        request=request,
    )


def _key(book: PostBook, outbox: OutboxReader, now: datetime) -> tuple[SigningKey | None, str]:
    """The key to sign with, and the request that waits; without a key only that is sent."""
    staff_id = book.office.staff_id
    request = "" if book.is_clinic else outbox.request(staff_id)
    try:
        return signing_key.own_key(book.ledger, staff_id, now), request
    except CannotSign:
        if not request:
            raise
        return None, request


def asked(request_pem: str, *, ledger: str, key: str, at: datetime) -> RequestTaken:
    """A request, as the clinic keeps it; raises CannotRead where it is none."""
    who = requests.asked_for(request_pem)
    return RequestTaken(
        at=at,
        item=f"request-{who.fingerprint}",
        ledger=ledger,
        staff_id=who.staff_id,
        name=who.name,
        credential=who.credential,
        key=key,
        fingerprint=who.fingerprint,
        request=request_pem,
    )


def _name(book: PostBook, whom: Correspondent, now: datetime) -> str:
    """A name that tells whose package for whom, of which day and which of the day; no patient."""
    own = "clinic" if book.is_clinic else book.office.staff_id
    other = "clinic" if whom.role == "clinic" else whom.staff_id or "laptop"
    sent = book.office.own_stream.of(PostSent)
    today = [entry for entry in sent if entry.at.date() == now.date()]
    return f"ketachart-{safe(own)}-{safe(other)}-{now:%y%m%d}-{len(today) + 1}.keta"


def sent(book: PostBook, packed: Packed, whom: Correspondent) -> None:
    """Notes that the package is on the disk; noted twice, it is noted once.

    Raises:
        LedgerError: nothing was noted; the package may be used all the same.
    """
    now = book.office.time.now()
    fact = PostSent(
        at=now,
        item=packed.id,
        ledger=packed.ledger,
        items=tuple(line.item for line in packed.lines),
    )
    notes = [Note(stream=CLINIC, mark=f"sent-{packed.id}", fact=fact)]
    for line in packed.lines:
        if line.kind == "report":
            report = ReportSent(
                at=now,
                item=packed.id,
                report=line.version,
                sha256=line.item,
                ledger=whom.ledger,
                name=whom.name,
            )
            name = f"sent-{packed.id}-{line.item[:16]}"
            notes.append(Note(stream=beside(line.stream), mark=name, fact=report))
    book.keep(notes)

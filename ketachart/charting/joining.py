"""A new laptop joins a clinic: from the clinic's card it makes its own ledger, without authority.

Charting goes on from the first moment; signing waits for the certificate, which comes back with
the clinic's first package. The key that signs never leaves the laptop.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ketachart import __version__, house
from ketachart.charting.door import check_fact, passphrase_fault
from ketachart.charting.office import OpenClinic
from ketachart.charting.post_book import Note, PostBook
from ketachart.charting.post_items import ReadItem, fact_in
from ketachart.charting.post_shapes import CLINIC
from ketachart.charting.task_words import rounds_of
from ketachart.clock import Clock
from ketachart.domain.facts import ClinicRecorded, Fact, NurseRecorded
from ketachart.domain.facts.post import CorrespondentRecorded, WithdrawnListed
from ketachart.errors import CannotRead, Refused
from ketachart.exchange import card as cards
from ketachart.exchange.people import trusted_of
from ketachart.report import authority
from ketachart.storage import calibrate
from ketachart.storage.entry import Document, KeptCredential
from ketachart.storage.keyring import Keyring, Person, Unwrapped
from ketachart.storage.ledger import Ledger

NOT_WHOLE = "This card lacks {what}. Ask the clinic for a new one; nothing was made."


@dataclass(frozen=True, slots=True)
class NewNurse:
    """Who will chart on the new laptop, and her passphrase."""

    nurse: NurseRecorded
    passphrase: str = field(repr=False)
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCard:
    """A clinic's card, read and whole; compare ``fingerprint`` with the clinic by phone."""

    clinic: ClinicRecorded
    fingerprint: str
    root_pem: str = field(repr=False)
    items: tuple[ReadItem, ...] = field(repr=False)

    @property
    def groups(self) -> str:
        """The fingerprint in groups of four, as it is read out."""
        ends = range(0, len(self.fingerprint), 4)
        return " ".join(self.fingerprint[end : end + 4] for end in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A laptop that is ready to join: its keys are made, nothing is on the disk yet."""

    card: ReadCard
    nurse: NurseRecorded
    pending: authority.Pending
    ring: Keyring
    unwrapped: Unwrapped


def read_card(content: bytes) -> ReadCard:
    """The card as it came.

    Raises:
        CannotRead: it is none, was changed, or lacks something.
    """
    card = cards.read(content)
    items = tuple(fact_in(item, card.made_at) for item in card.items)
    clinics = [item.fact for item in items if isinstance(item.fact, ClinicRecorded)]
    posts = [item.fact for item in items if isinstance(item.fact, CorrespondentRecorded)]
    if len(clinics) != 1:
        raise CannotRead(NOT_WHOLE.format(what="the clinic"))
    if [(fact.ledger, fact.key) for fact in posts] != [(card.clinic.ledger, card.clinic.key)]:
        raise CannotRead(NOT_WHOLE.format(what="the clinic's key for packages"))
    lists = [i.paper.encode() for i in items if isinstance(i.fact, WithdrawnListed)]
    trusted_of((card.root_pem,), lists)
    return ReadCard(
        clinic=clinics[0], fingerprint=card.fingerprint, root_pem=card.root_pem, items=items
    )


def prepare(
    card: ReadCard, new: NewNurse, clock: Clock, *, told: Callable[[str], None] = lambda _step: None
) -> Joining:
    """Makes the keys of the new laptop. Slow on purpose: call it from a worker.

    Raises:
        Refused: a name or the passphrase will not do.
    """
    about = (new.nurse.name, new.nurse.staff_id, card.clinic.name)
    fault = passphrase_fault(new.passphrase, about=about)
    if fault:
        raise Refused(fault, rule="passphrase", field="passphrase")
    nurse = replace(new.nurse, role="nurse")  # who reviews is the clinic's to say
    check_fact(nurse, clock)
    taken = {i.fact.staff_id for i in card.items if isinstance(i.fact, NurseRecorded)}
    if nurse.staff_id in taken:
        raise Refused(
            "This staff id is a supervisor's of the clinic. Type your own.",
            rule="staff id taken",
            field="staff_id",
        )
    told("Making your key")
    pending = authority.make_request(
        name=nurse.name,
        staff_id=nurse.staff_id,
        credential=nurse.credential,
        clinic=card.clinic.name,
        passphrase=new.passphrase,
        rounds=rounds_of(practice=new.practice),
    )
    told("Locking the key away")
    ring, unwrapped = Keyring.create(
        clock.new_id(),
        person=Person(nurse.staff_id, nurse.name, nurse.credential),
        passphrase=new.passphrase,
        kdf=calibrate.chosen(practice=new.practice),
    )
    return Joining(card=card, nurse=nurse, pending=pending, ring=ring, unwrapped=unwrapped)


def found(place: Path, ready: Joining, clock: Clock) -> OpenClinic:
    """Makes the ledger on the disk and opens it, in the thread that will use it.

    Raises:
        LedgerError: the folder cannot be used; nothing is left half-made.
    """
    ledger = Ledger.create(
        place, keyring=ready.ring, unwrapped=ready.unwrapped, made_by=__version__, clock=clock
    )
    try:
        office = OpenClinic(ledger, clock, house.printable_letters())
        book = PostBook(office, ledger, house.printable_letters())
        _keep(book, ready)
    except BaseException:
        ledger.close()
        raise
    return office


def _keep(book: PostBook, ready: Joining) -> None:
    """Everything of the card and of the nurse, in one act: a laptop has joined, or has not."""
    now = book.office.time.now()
    made_at, nurse = now.isoformat(), ready.nurse
    notes = [
        Note(stream=CLINIC, mark=item.mark, fact=replace(item.fact, at=now))
        for item in ready.card.items
        if isinstance(item.fact, Fact)
    ]
    own = Note(stream=CLINIC, mark=book.office.time.new_id(), fact=replace(nurse, at=now))
    papers = tuple(_paper(item, made_at) for item in ready.card.items if item.paper)
    root = KeptCredential(
        holder=CLINIC,
        kind="root",
        made_at=made_at,
        certificate_pem=ready.card.root_pem,
        pkcs12=b"",
    )
    waiting = KeptCredential(
        holder=nurse.staff_id,
        kind="pending",
        made_at=made_at,
        certificate_pem=ready.pending.csr_pem,
        pkcs12=ready.pending.pkcs12,
    )
    book.keep([*notes, own], documents=papers, credentials=(root, waiting))


def _paper(item: ReadItem, made_at: str) -> Document:
    return Document.of(
        item.paper.encode(),
        stream=CLINIC,
        kind="withdrawn-list",
        name=f"{item.id}.pem",
        made_at=made_at,
    )


def join(place: Path, card: bytes, new: NewNurse, clock: Clock) -> OpenClinic:
    """All in one, where nobody waits at a window; ``office.post`` then packs the request.

    Raises:
        CannotRead, Refused, LedgerError: nothing was made.
    """
    return found(place, prepare(read_card(card), new, clock), clock)

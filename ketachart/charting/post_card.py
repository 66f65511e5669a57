"""Makes the clinic's card: clinic, protocol, supervisors, withdrawn certificates, and its key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ketachart.charting.file_names import safe
from ketachart.charting.post_book import PostBook
from ketachart.charting.post_items import digest, item_of
from ketachart.charting.post_packing import NO_SUPERVISOR
from ketachart.charting.post_shapes import CLINIC
from ketachart.domain.facts.post import CorrespondentRecorded
from ketachart.domain.facts.setting import NurseRecorded, ProtocolAdopted
from ketachart.errors import Refused
from ketachart.exchange import card
from ketachart.exchange.items import Item
from ketachart.exchange.package import Address
from ketachart.report import authority


@dataclass(frozen=True, slots=True)
class MadeCard:
    """The card as a file, and the fingerprint that is compared by phone."""

    name: str
    content: bytes = field(repr=False)
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTask:
    """Everything that is needed to sign the card away from the ledger."""

    items: tuple[Item, ...] = field(repr=False)
    authority: bytes = field(repr=False)
    clinic: Address
    id: str
    made_at: datetime
    name: str

    def work(self, passphrase: str, told: Callable[[str], None] = lambda _step: None) -> MadeCard:
        """Opens the authority's key and signs; may run in a worker.

        Raises:
            WrongPassphrase: it does not open the authority's key; nothing was made.
        """
        told("Opening the authority's key")
        opened = authority.open_credential(self.authority, passphrase)
        content = card.written(
            self.items, opened, card=self.id, made_at=self.made_at, clinic=self.clinic
        )
        return MadeCard(self.name, content, opened.fingerprint)


def task_of(book: PostBook) -> CardTask:
    """The card as the clinic stands now.

    Raises:
        Refused: this is no clinic's ledger, or the person is no supervisor.
    """
    office = book.office
    if not book.is_clinic:
        raise Refused("Only the clinic's own ledger makes a card: make it there.", rule="no clinic")
    if office.staff_id not in book.supervisors():
        raise Refused(NO_SUPERVISOR, rule="not a supervisor")
    now = office.time.now()
    kept = book.ledger.credentials(CLINIC, "authority")[-1]
    return CardTask(
        items=tuple(_items(book, now)),
        authority=kept.pkcs12,
        clinic=Address(ledger=book.id, key=book.key.public),
        id=office.time.new_id(),
        made_at=now,
        name=f"{safe(office.clinic.name)}-{now:%y%m%d}.ketacard",
    )


def _items(book: PostBook, now: datetime) -> list[Item]:
    office, register = book.office, book.office.own_stream
    clinic = CorrespondentRecorded(
        at=now, ledger=book.id, name=office.clinic.name, role="clinic", key=book.key.public
    )
    found = [
        item_of("clinic", "clinic", office.clinic),
        item_of("correspondent", f"clinic-{book.id}", clinic),
    ]
    people = {fact.staff_id: fact for fact in register.facts(NurseRecorded)}
    supervisors = [people[staff_id] for staff_id in sorted(book.supervisors())]
    found += [item_of("staff", f"staff-{digest(fact)}", fact) for fact in supervisors]
    adopted = register.of(ProtocolAdopted)
    if adopted:
        fact = adopted[-1].fact
        found.append(item_of("protocol", f"protocol-{digest(fact)}", fact))
    listed = book.withdrawn_list()
    if listed is not None:
        item = f"list-{listed[0].number}"
        found.append(item_of("withdrawn-list", item, listed[0], paper=listed[1]))
    return found

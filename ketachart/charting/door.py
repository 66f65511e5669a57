"""Makes a clinic's ledger on first start, and unlocks it after that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ketachart import __version__, house
from ketachart.charting import emergency_reading, recovering
from ketachart.charting.office import OpenClinic
from ketachart.charting.task_words import rounds_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import ClinicRecorded, Fact, NurseRecorded, ProtocolAdopted
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit
from ketachart.errors import LedgerDamaged, LedgerError, Refused
from ketachart.storage import calibrate, folder, keyring, moving_in, opening, putting_back
from ketachart.storage.keyring import Keyring, Person
from ketachart.storage.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ketachart.clock import Clock
    from ketachart.report import authority
    from ketachart.storage.keyring import Unwrapped

passphrase_fault = keyring.passphrase_fault


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who may unlock this ledger, as the first screen lists them."""

    staff_id: str
    name: str
    credential: str


@dataclass(frozen=True, slots=True)
class NewClinic:
    """What first start asks for."""

    clinic: ClinicRecorded
    nurse: NurseRecorded
    passphrase: str
    practice: bool = False


def holds_ledger(place: Path) -> bool:
    """Whether there is a ledger in that folder; a restore that was cut off is finished first.

    Raises:
        LedgerError: the disk did not let it be finished; it goes on from here next time.
    """
    putting_back.finish_if_left(place)
    return folder.holds_ledger(place)


def staff_on_file(place: Path) -> tuple[Staff, ...]:
    """Who may unlock the ledger in that folder.

    Raises:
        LedgerError: there is no keyring, or it cannot be read; the sentence says what to do.
    """
    return tuple(
        Staff(slot.staff_id, slot.name, slot.credential) for slot in Keyring.read(place).slots
    )


def seconds_to_wait(place: Path, staff_id: str, clock: Clock) -> int:
    """How long the next guess has to wait after wrong passphrases, seconds."""
    return keyring.seconds_to_wait(place, staff_id, clock)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A clinic that is ready to be founded: keys and certificates, nothing on the disk yet."""

    new: NewClinic
    root: authority.Credential
    own: authority.Credential
    ring: Keyring
    unwrapped: Unwrapped


def check_fact(fact: Fact, clock: Clock, *, beside: tuple[Fact, ...] = ()) -> None:
    """Whether the clinic's register would take this, asked while it can still be typed again.

    Args:
        fact: what was typed.
        clock: the time of asking.
        beside: what will stand in the record before it, as the protocol before an order.

    Raises:
        Refused: something is missing, or cannot be printed.
    """
    now, visit = clock.now(), Visit()
    for place, known in enumerate(beside):
        visit = trial(visit, known, now, entry_id=f"beside-{place}")
    admit(visit, replace(fact, at=now), now=now, letters=house.printable_letters())


def prepare(
    new: NewClinic, clock: Clock, *, told: Callable[[str], None] = lambda _step: None
) -> Prepared:
    """Makes the keys of a new clinic. Slow on purpose: call it from a worker.

    Raises:
        Refused: a name or the passphrase will not do.
    """
    from ketachart.report import authority

    about = (new.nurse.name, new.nurse.staff_id, new.clinic.name)
    fault = passphrase_fault(new.passphrase, about=about)
    if fault:
        raise Refused(fault, rule="passphrase", field="passphrase")
    # A refusal after the ledger is on the disk would leave one that cannot be made again.
    for fact in (new.clinic, new.nurse):
        check_fact(fact, clock)
    now = clock.now()
    rounds = rounds_of(practice=new.practice)
    told("Making the clinic's authority")
    root = authority.make_authority(
        clinic=new.clinic.name, passphrase=new.passphrase, now=now, rounds=rounds
    )
    told("Issuing the certificate")
    own = authority.issue(
        root,
        new.passphrase,
        name=new.nurse.name,
        staff_id=new.nurse.staff_id,
        credential=new.nurse.credential,
        clinic=new.clinic.name,
        passphrase=new.passphrase,
        now=now,
        rounds=rounds,
    )
    told("Locking the key away")
    ring, unwrapped = Keyring.create(
        clock.new_id(),
        person=Person(new.nurse.staff_id, new.nurse.name, new.nurse.credential),
        passphrase=new.passphrase,
        kdf=calibrate.chosen(practice=new.practice),
    )
    return Prepared(new, root, own, ring, unwrapped)


def found(place: Path, ready: Prepared, clock: Clock) -> OpenClinic:
    """Makes the ledger on the disk and opens it, in the thread that will use it.

    It is made aside and put in its place once the clinic is in it.

    Raises:
        LedgerError: the folder cannot be used; nothing is left half-made.
    """
    with moving_in.room_for_making(place) as making:
        made = _made(making, ready, clock)
        made.close()
        moving_in.move_in(making, place)
    ledger = Ledger.open(place, ready.unwrapped)
    try:
        return OpenClinic(ledger, clock, house.printable_letters(), time=made.time)
    except BaseException:
        ledger.close()
        raise


def _made(place: Path, ready: Prepared, clock: Clock) -> OpenClinic:
    """A ledger with its clinic, nurse, protocol and certificates."""
    from ketachart.charting.certifying import Made, issued_fact

    ledger = Ledger.create(
        place, keyring=ready.ring, unwrapped=ready.unwrapped, made_by=__version__, clock=clock
    )
    try:
        staff_id = ready.new.nurse.staff_id
        for holder, kind, made in (
            ("clinic", "authority", ready.root),
            (staff_id, "nurse", ready.own),
        ):
            ledger.add_credential(
                holder,
                kind,
                made_at=clock.now().isoformat(),
                certificate_pem=made.certificate_pem,
                pkcs12=made.pkcs12,
            )
        office = OpenClinic(ledger, clock, house.printable_letters())
        now = office.time.now()
        office.register(
            replace(ready.new.clinic, at=now),
            replace(ready.new.nurse, at=now),
            ProtocolAdopted(at=now, protocol=house.shipped_protocol()),
        )
        own = ledger.credentials(staff_id, "nurse")
        issued = issued_fact(ready.own.certificate_pem, now=now)
        office.certificates.finish(Made(facts=(issued,), credentials=own))
    except BaseException:
        ledger.close()
        raise
    return office


def create(place: Path, new: NewClinic, clock: Clock) -> OpenClinic:
    """`prepare` and `found` in one, where nobody waits at a window."""
    return found(place, prepare(new, clock), clock)


def prove(place: Path, staff_id: str, passphrase: str, clock: Clock) -> Unwrapped:
    """The ledger's key, from one person's passphrase. Slow on purpose: call it from a worker.

    Raises:
        WrongPassphrase: with the wait before the next guess.
        TooSoon: the wait is not over.
        LedgerError: the keyring cannot be read.
    """
    proof = keyring.unlock(place, staff_id, passphrase, clock)
    with suppress(LedgerError):  # what is not locked anew today is locked anew next time
        strengthened(place, proof, passphrase)
    with suppress(LedgerError):  # opening says why it could not be renewed
        opening.renew_if_older(place, proof)
    return proof


def strengthened(place: Path, proof: Unwrapped, passphrase: str) -> bool:
    """Locks the slot that was just opened anew, where an older KetaChart locked it; whether so.

    The passphrase stays; what one guess costs is brought up to this laptop's.

    Raises:
        LedgerError: it stays as it was, and opens as it did.
    """
    ring = Keyring.read(place)
    slot = ring.slot(proof.person.staff_id)
    if slot.public and not calibrate.needs_stronger(slot.cost, practice=ring.practice):
        return False
    cost = calibrate.chosen(practice=ring.practice)
    ring.locked_anew(proof, passphrase=passphrase, kdf=cost).write(place)
    return True


def enter(place: Path, proof: Unwrapped, clock: Clock) -> OpenClinic:
    """Opens the ledger, in the thread that will use it.

    What was begun with people and keys before a cut is ended first; who came in with the recovery
    key is in the ledger's book before this returns. A ledger that may only be read is opened too:
    nothing is written in its book then, and who came in with the recovery key waits beside it.

    Raises:
        LedgerError: the ledger cannot be opened; the sentence says why and what to do.
        Refused: the emergency access cannot be put in the book; nobody was let in.
    """
    ledger = Ledger.open(place, proof)
    try:
        office = _whole_office(ledger, clock)
        if office.read_only is not None:
            if proof.emergency is not None:
                emergency_reading.read_in(office, ledger, proof.emergency)
            return office
        if proof.emergency is not None:
            recovering.take_in(office, proof.emergency)
        with suppress(LedgerError):  # they wait for the next time
            emergency_reading.tell(office, ledger)
        office.keeping.people.reconcile()
        office.keeping.checks.tell_renewed()
    except BaseException:
        ledger.close()
        raise
    return office


def _whole_office(ledger: Ledger, clock: Clock) -> OpenClinic:
    """The office; where the clinic's own entries cannot be read, nothing is written any more."""
    try:
        office = OpenClinic(ledger, clock, house.printable_letters())
        _ = office.protocol, office.own_stream.clinic
    except LedgerDamaged as error:
        if ledger.read_only is None:
            ledger.stop_writing(error)
        return OpenClinic(ledger, clock, house.printable_letters())
    return office


def unlock(place: Path, staff_id: str, passphrase: str, clock: Clock) -> OpenClinic:
    """`prove` and `enter` in one, where nobody waits at a window."""
    return enter(place, prove(place, staff_id, passphrase, clock), clock)

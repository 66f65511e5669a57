"""The unlocked ledger: who works here, which visits there are, and a new one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ketachart import __version__
from ketachart.charting import history, signing_key, unread
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.desks import Desks
from ketachart.charting.earlier import Earlier
from ketachart.charting.previewing import forget_reports
from ketachart.charting.register import Register
from ketachart.charting.room import OpenVisit
from ketachart.charting.safekeeping import Safekeeping
from ketachart.charting.stockroom import Stockroom
from ketachart.charting.visit_list import ListOfVisits
from ketachart.clock import Clock
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import (
    ClinicRecorded,
    Fact,
    HistoryTaken,
    MedicinesListed,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    VisitOpened,
)
from ketachart.domain.facts.arrival import HomeMedicine, Tried
from ketachart.domain.letters import Letters
from ketachart.domain.order_on_file import OrderOnFile, order_on_file
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Kg
from ketachart.domain.visit import Visit
from ketachart.errors import Fault, LedgerError, LedgerReadOnly, Refused
from ketachart.storage import codec
from ketachart.storage.access import ReadOnly
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger

CLINIC = signing_key.CLINIC


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisit:
    """What a new visit is opened with, with its plan's id if it has one; the weight is measured."""

    patient: PatientRecorded
    order: OrderRecorded
    zone: str = ""
    number: str = ""
    practice: bool = False
    protocol: Protocol | None = None
    plan: str = ""
    act: str = ""  # a form's id, kept until it clears: a visit is never opened twice by one form


class OpenClinic(ListOfVisits, Desks):
    """The ledger as one person unlocked it; close it to lock."""

    def __init__(
        self, ledger: Ledger, clock: Clock, letters: Letters, *, time: ChartTime | None = None
    ) -> None:
        """``time`` is that of a session which goes on; otherwise a new one begins."""
        self._ledger = ledger
        self._letters = letters
        self._register = Register(ledger, CLINIC, {})
        self._earlier = Earlier(ledger)
        self.time = time or ChartTime(clock)
        self.staff_id = ledger.unwrapped.person.staff_id
        self.stock = Stockroom(self, ledger, letters, stream=CLINIC)
        self.keeping = Safekeeping(self, ledger, letters)

    def close(self) -> None:
        """Locks: the key is dropped, and everything is folded into the ledger's file."""
        forget_reports()
        self.keeping.close()
        self._ledger.close()

    @property
    def read_only(self) -> ReadOnly | None:
        """Why nothing may be charted in this ledger; None where charting goes on as always."""
        return self._ledger.read_only

    @property
    def folder(self) -> Path:
        """Where the ledger lies."""
        return self._ledger.folder

    @property
    def practice(self) -> bool:
        """Whether this ledger protects nothing: made-up patients only."""
        return self._ledger.unwrapped.practice

    # ------------------------------------------------ the register

    @property
    def clinic(self) -> ClinicRecorded:
        """The clinic.

        Raises:
            LedgerError: the ledger has none; it was not made whole.
        """
        found = self._register.clinic
        if found is None and self.read_only is not None:
            return unread.clinic(self.time.now())
        if found is None:
            raise LedgerError("This ledger has no clinic on file. Ask your clinic's supervisor.")
        return found

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person, with licence.

        Raises:
            LedgerError: this person's licence is not on file.
        """
        mine = [f for f in self._register.facts(NurseRecorded) if f.staff_id == self.staff_id]
        if not mine and self.read_only is not None:
            return unread.nurse(self._ledger.unwrapped.person, self.time.now())
        if not mine:
            raise LedgerError(
                "Your licence is not on file here. Ask the clinic's supervisor to enter it; "
                "nothing was changed."
            )
        return mine[-1]

    @property
    def protocol(self) -> Protocol:
        """The clinic's protocol in force."""
        if self.read_only is not None and not self._register.of(ProtocolAdopted):
            return unread.protocol()
        return self._register.protocol

    def register(self, *facts: Fact) -> None:
        """Keeps facts about the clinic itself, in one act.

        Raises:
            Refused: a text cannot be printed, something is missing, or a person who is no
                supervisor would change the protocol.
            LedgerError: it was not saved.
        """
        now = self.time.now()
        if self._register.of(ProtocolAdopted) and any(
            isinstance(f, ProtocolAdopted) for f in facts
        ):
            from ketachart.domain.editing.edit import must_be_supervisor

            must_be_supervisor(self.nurse)
        for fact in facts:
            admit(Visit(), fact, now=now, letters=self._letters)
        drafts = [
            codec.draft_of(
                fact,
                stream=CLINIC,
                entry_id=self.time.new_id(),
                author=self.staff_id,
                recorded_at=now,
                elapsed=self.time.elapsed(),
                session=self.time.session,
            )
            for fact in facts
        ]
        self.adopt(self._ledger.append(drafts))

    @property
    def own_stream(self) -> Register:
        """The clinic's own stream: who works here, the protocol, the drug in custody."""
        return self._register

    def adopt(self, rows: Sequence[Row]) -> None:
        """Takes new entries of the clinic's own stream up, which are on the disk by now."""
        self._register = self._register.grown(rows)

    def forget(self, streams: Sequence[str]) -> None:
        """What was read of visits that left this laptop goes out of memory."""
        self._earlier = Earlier(self._ledger)
        self.post.forget(streams)
        self._register = Register(self._ledger, CLINIC, {})

    @property
    def root_certificate(self) -> str:
        """The clinic's root certificate, PEM: what a verifier needs to know whom to trust."""
        return self.certificates.root_pem

    # ------------------------------------------------ visits

    def new_visit(self, new: NewVisit) -> OpenVisit:
        """Opens a visit with its own copy of clinic, nurse, patient, order, protocol and past.

        Raises:
            Refused: patient or order are not possible, the nurse's licence is missing, or the disk
                is nearly full.
            LedgerError: it was not saved, or the ledger may only be read.
        """
        if self.read_only is not None:
            raise LedgerReadOnly(self.read_only.sentence)
        self.keeping.reserve.require_room()
        now = self.time.now()
        if not self.nurse.name.strip() or not self.nurse.licence.strip():
            raise Refused(
                "A visit needs a nurse with name and licence. Complete your own entry first.",
                rule="nurse without licence",
            )
        if new.act and self._ledger.length(new.act):
            return self.open_visit(new.act)  # by the same form, before the disk had answered
        number = new.number or self.next_number(now)
        opened = VisitOpened(
            at=now,
            visit=number,
            zone=new.zone or self.clinic.zone,
            program=f"KetaChart {__version__}",
            practice=new.practice or self.practice,
            plan=new.plan or None,
        )
        protocol = new.protocol or self.protocol
        infusions = self._earlier.infusions(
            new.patient.mrn, on=now.date(), practice=opened.practice
        )
        past = history.past(self._ledger, new.patient, opened, protocol, infusions)
        room = self._room(new.act or self.time.new_id())
        room.record_all(
            replace(self.clinic, at=now),
            replace(self.nurse, at=now),
            ProtocolAdopted(at=now, protocol=protocol),
            replace(new.patient, at=now),
            replace(new.order, at=now),
            opened,
            past,
            act=new.act,
        )
        return room

    def open_visit(self, stream: str) -> OpenVisit:
        """A visit with everything written in it.

        Raises:
            LedgerError: there is no such visit.
        """
        return self._room(stream, history.visit_of(self._ledger, stream))

    def _room(self, stream: str, visit: Visit | None = None) -> OpenVisit:
        ledger, time, letters = self._ledger, self.time, self._letters
        author = self.staff_id
        return OpenVisit(ledger, time, letters, stream=stream, author=author, visit=visit)

    def known_patient(self, mrn: str) -> PatientRecorded | None:
        """The patient as recorded at the last visit, by MRN."""
        last = self._earlier.last_visit(mrn)
        return last.patient if last else None

    def order_on_file(self, mrn: str) -> OrderOnFile | None:
        """The order of the patient's last visit, as the next one may take it over.

        Raises:
            LedgerError: that visit cannot be read.
        """
        last = self._earlier.last_visit(mrn) if mrn else None
        if last is None or (last.opened is not None and last.opened.practice != self.practice):
            return None
        return order_on_file(last, self.protocol, today=self.time.now().date())

    def read_earlier(self, mrn: str) -> bool:
        """Reads one earlier visit of the patient ahead; whether there are more to read.

        `new_visit` copies what came before: what was read ahead does not keep it waiting.

        Raises:
            LedgerError: that visit cannot be read.
        """
        return self._earlier.read_next(mrn, on=self.time.now().date(), practice=self.practice)

    def last_weight(self, mrn: str, *, before: str = "") -> Kg | None:
        """The weight at the patient's last other visit; ``before`` leaves one stream out."""
        last = self._earlier.last_visit(mrn, leave_out=before)
        return last.weight.weight_kg if last and last.weight else None

    def last_medicines(self, mrn: str, *, before: str = "") -> tuple[HomeMedicine, ...]:
        """What the patient took at the last other visit, to go through; never taken as today's."""
        last = self._earlier.last_visit(mrn, leave_out=before)
        listed = last.last_fact(MedicinesListed) if last else None
        return listed.medicines if listed else ()

    def visit_before(self, visit: Visit) -> Visit | None:
        """The patient's visit before this one in which the pump ran, to be looked at beside it.

        Raises:
            LedgerError: it cannot be read.
        """
        if visit.patient is None or visit.opened is None:
            return None
        return self._earlier.visit_before(visit.patient.mrn, visit.opened)

    def last_kit(self, *, before: str = "") -> dict[str, date]:
        """The last days on the labels of the kit, as read at the last visit; by item."""
        return history.last_kit(self._ledger, leave_out=before)

    def last_tried(self, mrn: str, *, before: str = "") -> tuple[Tried, ...]:
        """The treatments tried, as told at the last other visit."""
        last = self._earlier.last_visit(mrn, leave_out=before)
        told = last.last_fact(HistoryTaken) if last else None
        return told.tried if told else ()

    def verify(self, on_progress: Callable[[int, int], None] | None = None) -> tuple[Fault, ...]:
        """Reads the whole ledger and names what is not as it was written; on any thread.

        ``on_progress`` is told how many entries were read, and of how many.
        """
        return self._ledger.verify(on_progress)

"""Who may unlock this ledger, as keyring and book know it; both say the same after any cut."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from ketachart.charting import intents
from ketachart.charting.intents import Intent
from ketachart.charting.people_office import Office
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.facts.safekeeping import EmergencyAccess, StaffAdmitted, StaffShutOut
from ketachart.errors import LedgerDamaged, LedgerError, Refused
from ketachart.storage import rekeying
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import Keyring
from ketachart.storage.ledger import Ledger

LastWord = StaffAdmitted | StaffShutOut | EmergencyAccess
"""What the book says of one person; the last of them counts."""

SHUT_OUT = (
    "You may unlock this ledger no longer ({reason}): an old keyring was put in its place. Nothing "
    "was changed. Ask your clinic's supervisor."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody of the clinic, and whether they may unlock this ledger.

    ``shut_out`` is why they may not any more; empty for whoever never could.
    """

    staff_id: str
    name: str
    credential: str
    role: str
    licence: str
    may_unlock: bool
    you: bool
    shut_out: str = ""
    since: datetime | None = None
    licence_state: str = ""
    licence_expires: date | None = None


class PeopleBook:
    """Who may unlock; nothing here is asked for by a person."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self._office = office
        self._ledger = ledger

    # ------------------------------------------------ who

    def people(self) -> tuple[PersonRow, ...]:
        """Everybody who may unlock, then the others that the clinic knows, each by name."""
        ring = self._ring()
        slots = {slot.staff_id: slot for slot in ring.slots}
        nurses = {fact.staff_id: fact for fact in self._office.own_stream.facts(NurseRecorded)}
        last = self._last_word()
        rows = []
        for staff_id in {**slots, **nurses, **last}:
            slot, nurse, fact = slots.get(staff_id), nurses.get(staff_id), last.get(staff_id)
            gone = fact if isinstance(fact, StaffShutOut) and slot is None else None
            known = nurse or slot or fact
            rows.append(
                PersonRow(
                    staff_id=staff_id,
                    name=known.name if known else "",
                    credential=nurse.credential if nurse else slot.credential if slot else "",
                    role=nurse.role if nurse else "nurse",
                    licence=nurse.licence if nurse else "",
                    may_unlock=slot is not None,
                    you=staff_id == self._office.staff_id,
                    shut_out=gone.reason if gone else "",
                    since=fact.at if fact else None,
                    licence_state=nurse.licence_state if nurse else "",
                    licence_expires=nurse.licence_expires if nurse else None,
                )
            )
        return tuple(sorted(rows, key=lambda row: (not row.may_unlock, row.name, row.staff_id)))

    def guess_ms(self) -> int:
        """What one guess at your passphrase takes on this laptop, milliseconds; 0: not measured."""
        return self._ring().slot(self._office.staff_id).cost.took_ms

    def may_change(self) -> bool:
        """Whether the unlocked person lets others in and out: a supervisor, if one unlocks here."""
        if not any(row.may_unlock and row.role == "supervisor" for row in self.people()):
            return True
        return self._role() == "supervisor"

    # ------------------------------------------------ keyring and book

    def reconcile(self) -> None:
        """Ends what was begun before a cut, so that keyring and book say the same.

        Raises:
            LedgerError: the person who unlocked was shut out, with an old keyring in place of the
                new one.
        """
        # A full disk, or a damaged ledger, must open all the same: next time, then.
        with suppress(LedgerError):
            rekeying.forget_copy(self._office.folder)
            self._end_what_was_begun()
        try:
            last = self._last_word()
        except LedgerDamaged:
            return
        self._drop_who_was_shut_out(last)

    def _carry_out(
        self, intent: Intent, ring: Keyring, *, credentials: Sequence[KeptCredential] = ()
    ) -> None:
        self._end_what_was_begun()
        intents.begin(self._ledger, intent)
        try:
            intents.keep_anew(self._ledger, tuple(credentials))
            ring.write(self._office.folder)
        except LedgerError:
            if not intent.is_done(self._ring(), self._ledger.unwrapped):
                with suppress(LedgerError):
                    self._end_what_was_begun()
                raise
        # The keyring holds already: to refuse now would tell her that the old passphrase stands.
        # What the book still lacks is written at the next unlock.
        with suppress(LedgerError):
            self._end_what_was_begun()

    def _end_what_was_begun(self) -> None:
        intent = intents.under_way(self._ledger)
        if intent is None:
            return
        if intent.is_done(self._ring(), self._ledger.unwrapped):
            book = self._office.keeping
            if not any(entry.id == intent.act for entry in book.entries()):
                book.record(intent.fact(self._office.time.now()), act=intent.act)
        else:
            intents.take_back(self._ledger, intent)
        intents.end(self._ledger)

    def _drop_who_was_shut_out(self, last: Mapping[str, LastWord]) -> None:
        ring = self._ring()
        gone = [
            fact for slot in ring.slots if isinstance(fact := last.get(slot.staff_id), StaffShutOut)
        ]
        mine = [fact for fact in gone if fact.staff_id == self._office.staff_id]
        if mine:
            raise LedgerError(SHUT_OUT.format(reason=mine[0].reason))
        for fact in gone:
            ring = ring.remove_slot(fact.staff_id)
        if gone:
            with suppress(LedgerError):
                ring.write(self._office.folder)

    # ------------------------------------------------ inside

    def _ring(self) -> Keyring:
        return rekeying.as_of(Keyring.read(self._office.folder), self._ledger.unwrapped)

    def _last_word(self) -> dict[str, LastWord]:
        """What the book said last of each person."""
        kinds = (StaffAdmitted, StaffShutOut, EmergencyAccess)
        facts = [entry.fact for entry in self._office.keeping.entries(*kinds)]
        return {fact.staff_id: fact for fact in facts if isinstance(fact, kinds)}

    def _role(self) -> str:
        mine = [
            fact
            for fact in self._office.own_stream.facts(NurseRecorded)
            if fact.staff_id == self._office.staff_id
        ]
        return mine[-1].role if mine else "nurse"

    def _require_may(self, what: str) -> None:
        if not self.may_change():
            raise Refused(
                f"Only a supervisor {what}. Ask your clinic's supervisor to unlock and do it.",
                rule="not a supervisor",
            )

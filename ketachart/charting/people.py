"""People of this ledger: let in, given a new passphrase, shut out."""

from dataclasses import replace

from ketachart import house
from ketachart.charting import intents
from ketachart.charting.intents import Intent, key_of
from ketachart.charting.key_renewal import DRAFTS, RenewedKey, RenewKeyTask, put_in_place
from ketachart.charting.people_book import PersonRow
from ketachart.charting.people_tasks import (
    AdmitTask,
    Admitted,
    Changed,
    ChangeTask,
    NewPerson,
    require_good,
)
from ketachart.charting.recovery_desk import Recovery, RecoveryDesk
from ketachart.charting.task_words import rounds_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.facts.safekeeping import StaffAdmitted, WhyShutOut
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ketachart.storage import rekeying
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import Unwrapped

__all__ = ["NewPerson", "PeopleDesk", "PersonRow", "Recovery"]

CLINIC = "clinic"


class PeopleDesk(RecoveryDesk):
    """Lets people in and out. What is slow is a task for a worker; `finish_…` puts it in place.

    Whoever copied ledger and keyring before a change opens that copy with what was right then: a
    backup opens with the passphrase of its day. Only a new key for the ledger ends that.
    """

    # ------------------------------------------------ in

    def admit(self, new: NewPerson) -> AdmitTask:
        """Somebody is to unlock this ledger, with name, licence and a passphrase of their own.

        Raises:
            Refused: only a supervisor may, something is missing, the staff id is another's, or
                the passphrase will not do.
        """
        self._require_may("lets somebody in")
        nurse = new.nurse
        now = self._office.time.now()
        admit(Visit(), replace(nurse, at=now), now=now, letters=house.printable_letters())
        self._require_free(nurse)
        if nurse.role == "supervisor" and self._role() != "supervisor":
            self._require_authority()
        require_good(
            new.passphrase, nurse.name, nurse.staff_id, nurse.licence, self._office.clinic.name
        )
        return AdmitTask(ring=self._ring(), proof=self._ledger.unwrapped, new=new)

    def finish_admit(self, made: Admitted) -> None:
        """Says in the book who is let in, and then lets them in.

        Raises:
            LedgerError: they were not let in; do it again.
        """
        now, nurse = self._office.time.now(), made.nurse
        self._office.register(replace(nurse, at=now))
        self._office.keeping.record(StaffAdmitted(at=now, staff_id=nurse.staff_id, name=nurse.name))
        self._ring().with_slot(made.slot).write(self._office.folder)

    # ------------------------------------------------ a new passphrase

    def change_passphrase(self, old: str, new: str) -> ChangeTask:
        """The unlocked person's own passphrase, and every key here that it opens.

        A copy of the old keyring, as in a backup, still opens with the old one.

        Raises:
            Refused: the new one will not do.
            LedgerError: what was begun before, and not ended, could not be taken back.
        """
        # A change that the disk stopped half-way has her keys under the other passphrase.
        self._end_what_was_begun()
        me = self._ledger.unwrapped.person
        require_good(new, me.name, me.staff_id, self._office.clinic.name)
        if old == new:
            raise Refused(
                "That is the passphrase you have. Choose another one.",
                rule="same passphrase",
                field="passphrase",
            )
        return ChangeTask(
            folder=self._office.folder,
            clock=self._office.time.clock,
            staff_id=me.staff_id,
            old=old,
            new=new,
            credentials=self._keys_of(me.staff_id),
            rounds=rounds_of(practice=self._office.practice),
        )

    def finish_change(self, made: Changed) -> None:
        """Puts the new passphrase in place: for the signing keys, then for the ledger.

        Raises:
            LedgerError: the old passphrase stands, for everything.
        """
        intent = Intent(
            kind="passphrase",
            act=self._office.time.new_id(),
            staff_id=made.slot.staff_id,
            epoch=made.slot.epoch,
            keys=tuple(key_of(kept) for kept in made.credentials),
        )
        ring = self._ring().with_slot(made.slot)
        self._carry_out(intent, ring, credentials=made.credentials)

    def _keys_of(self, staff_id: str) -> tuple[KeptCredential, ...]:
        """Her signing keys, and the clinic's authority: it may have her passphrase, or another."""
        places = ((staff_id, "nurse"), (staff_id, "pending"), (CLINIC, "authority"))
        kept = [each for place in places for each in self._ledger.credentials(*place)]
        return tuple(each for each in kept if each.pkcs12)

    # ------------------------------------------------ out

    def shut_out(self, staff_id: str, reason: WhyShutOut) -> None:
        """Somebody may unlock this ledger no longer; what they charted stays theirs.

        Their certificate is another matter: withdraw it where the clinic's authority is.

        Raises:
            Refused: only a supervisor may, it is yourself, or nobody else could unlock.
            LedgerError: they may still unlock; do it again.
        """
        self._require_may("shuts somebody out")
        if staff_id == self._office.staff_id:
            raise Refused(
                "You cannot shut yourself out. Ask another person who unlocks here to do it.",
                rule="shut out oneself",
                field="staff_id",
            )
        ring = self._ring()
        intent = Intent(
            kind="shut out",
            act=self._office.time.new_id(),
            staff_id=staff_id,
            name=ring.slot(staff_id).name,
            reason=reason,
        )
        self._carry_out(intent, ring.remove_slot(staff_id))

    # ------------------------------------------------ a new key

    def renew_key_task(self) -> RenewKeyTask:
        """A new key for the whole ledger, for everybody who unlocks now and the recovery key.

        Do it after shutting somebody out who may have copied the files. Backups made before it
        open as they did: make a new one, and destroy the old.

        Raises:
            Refused: only a supervisor may, forms are half typed, or somebody has not unlocked
                since KetaChart was updated.
            LedgerError: it could not be begun.
        """
        self._require_renewable()
        ring, proof = self._ring(), self._ledger.unwrapped
        fresh = rekeying.fresh_key(proof)
        # It goes into the copy with all the rest, and is told once the copy is the ledger.
        intents.begin(
            self._ledger,
            Intent(
                kind="new key",
                act=self._office.time.new_id(),
                fingerprint=intents.mark_of(fresh),
                people=len(ring.slots),
            ),
        )
        return RenewKeyTask(folder=self._office.folder, proof=proof, fresh=fresh)

    def why_no_new_key(self) -> str:
        """Why the ledger cannot be given a new key now, in a sentence; empty where it can."""
        try:
            self._require_renewable()
        except Refused as error:
            return str(error)
        return ""

    def _require_renewable(self) -> None:
        self._require_may("gives the ledger a new key")
        if self._office.keeping.drafts.all():
            raise Refused(DRAFTS, rule="drafts are open")
        rekeying.require_renewable(self._ring())
        self.require_as_told()

    def finish_renewal(self, made: RenewedKey) -> Unwrapped:
        """Locks the ledger and puts the copy in its place; give what it returns to `enter`.

        Raises:
            Refused: something was charted since; do it again after unlocking.
            LedgerError: the ledger is locked, and opens with the same passphrases.
        """
        return put_in_place(self._office, made, self._ledger.unwrapped)

    def _require_free(self, nurse: NurseRecorded) -> None:
        row = next((row for row in self.people() if row.staff_id == nurse.staff_id), None)
        if row is None:
            return
        if row.may_unlock:
            raise Refused(
                f"{row.name} unlocks here already, as {row.staff_id}. Give another staff id.",
                rule="slot-taken",
                field="staff_id",
            )
        if row.name != nurse.name:
            raise Refused(
                f"The staff id {row.staff_id} is {row.name}'s. Give another one.",
                rule="staff id taken",
                field="staff_id",
            )

    def _require_authority(self) -> None:
        """Who reviews is the clinic's to say, not a laptop's."""
        if not self._office.certificates.holds_authority:
            raise Refused(
                "Who supervises is the clinic's to say. Let this person in as a nurse.",
                rule="not a supervisor",
                field="role",
            )

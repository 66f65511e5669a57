"""The clinic's recovery key: made, set, rehearsed; its private half never stays on the laptop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ketachart.charting.intents import Intent
from ketachart.charting.people_book import PeopleBook
from ketachart.charting.people_tasks import (
    MakeRecoveryTask,
    Rehearsed,
    RehearseTask,
    require_good,
)
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.facts.safekeeping import (
    RecoveryDeclined,
    RecoveryKeySet,
    RecoveryRehearsed,
)
from ketachart.errors import Refused
from ketachart.storage import recovery

OF_PRACTICE = (
    "This recovery key was made in a practice ledger: anybody who finds its file guesses its "
    "passphrase at once. Nothing was changed: make one here, or take the clinic's own."
)
STRANGER = (
    "{name} ({staff_id}) stands in the keyring, and nobody here let them in. Nothing was changed: "
    "shut them out first, and ask who changed the keyring."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """The clinic's recovery key, as keyring and book know it; ``fault`` where they do not agree."""

    fingerprint: str
    set_at: datetime | None
    rehearsed_at: datetime | None
    fault: str = ""


class RecoveryDesk(PeopleBook):
    """Sets the recovery key and tries it; `recovering` uses it before unlocking."""

    def recovery(self) -> Recovery | None:
        """The recovery key that opens this ledger; None where it has none."""
        ring, book = self._ring(), self._office.keeping
        kept = ring.recovery
        told = list(book.facts(RecoveryKeySet))
        if kept is None and not told:
            return None
        fingerprint = kept.fingerprint if kept else told[-1].fingerprint
        tried = [f.at for f in book.facts(RecoveryRehearsed) if f.fingerprint == fingerprint]
        return Recovery(
            fingerprint=fingerprint,
            set_at=next((f.at for f in reversed(told) if f.fingerprint == fingerprint), None),
            rehearsed_at=max(tried, default=None),
            fault=_fault(kept.fingerprint if kept else "", told),
        )

    def declined(self) -> RecoveryDeclined | None:
        """Why the clinic goes without a recovery key; None where it has one, or did not say."""
        book = self._office.keeping
        said = [entry.fact for entry in book.entries(RecoveryDeclined, RecoveryKeySet)]
        last = said[-1] if said else None
        return last if isinstance(last, RecoveryDeclined) else None

    def decline(self, reason: str) -> None:
        """The clinic goes without a recovery key; the reason is kept.

        Raises:
            Refused: only a supervisor may, or there is no reason.
            LedgerError: it was not kept.
        """
        self._require_may("says that the clinic goes without a recovery key")
        if not reason.strip():
            raise Refused(
                "Say why this clinic goes without a recovery key: it is kept.",
                rule="declined without reason",
                field="reason",
            )
        self._office.keeping.record(
            RecoveryDeclined(at=self._office.time.now(), reason=reason.strip())
        )

    def make_recovery(self, passphrase: str) -> MakeRecoveryTask:
        """A recovery key is to be made here, to be kept away from the laptop after that.

        Raises:
            Refused: only a supervisor may, or the passphrase will not do.
        """
        self._require_may("makes a recovery key")
        require_good(passphrase, self._office.clinic.name)
        return MakeRecoveryTask(passphrase=passphrase, practice=self._office.practice)

    def set_recovery(self, public: bytes) -> None:
        """Lets the recovery key with that public half open this ledger, instead of any before.

        Raises:
            Refused: only a supervisor may.
            CannotRead, LedgerError: the key before it still counts.
        """
        self._require_may("sets the recovery key")
        ring = recovery.with_recovery(self._ring(), self._ledger.unwrapped, public)
        intent = Intent(
            kind="recovery",
            act=self._office.time.new_id(),
            fingerprint=ring.recovery.fingerprint if ring.recovery else "",
        )
        self._carry_out(intent, ring)

    def take_over(self, file: bytes) -> None:
        """Lets a recovery key that the clinic has already open this ledger; its file is only read.

        Raises:
            Refused: only a supervisor may, or the key protects nothing.
            CannotRead, LedgerError: the key before it still counts.
        """
        locked = recovery.read(file)
        if locked.practice and not self._office.practice:
            raise Refused(OF_PRACTICE, rule="practice key", field="file")
        self.set_recovery(locked.public)

    def require_as_told(self) -> None:
        """Lets a new key be made only where keyring and book name the same people and key.

        Whoever knows the old key can put a place of their own in the keyring, or another recovery
        key: the new key must not be handed to them.

        Raises:
            Refused: the sentence names what is otherwise.
        """
        nurses = {fact.staff_id for fact in self._office.own_stream.facts(NurseRecorded)}
        known = nurses | set(self._last_word())
        for slot in self._ring().slots:
            if slot.staff_id not in known:
                told = STRANGER.format(name=slot.name, staff_id=slot.staff_id)
                raise Refused(told, rule="stranger in the keyring")
        kept = self.recovery()
        if kept is not None and kept.fault:
            raise Refused(f"{kept.fault} Nothing was changed.", rule="another recovery key")

    def rehearse(self, file: bytes, passphrase: str) -> RehearseTask:
        """The recovery key is to be tried on this ledger; nothing is changed by it.

        Raises:
            CannotRead: this is no recovery key file.
        """
        return RehearseTask(
            folder=self._office.folder,
            clock=self._office.time.clock,
            locked=recovery.read(file),
            passphrase=passphrase,
            proof=self._ledger.unwrapped,
        )

    def finish_rehearsal(self, done: Rehearsed) -> None:
        """Keeps that the recovery key was shown to open this ledger."""
        now = self._office.time.now()
        self._office.keeping.record(RecoveryRehearsed(at=now, fingerprint=done.fingerprint))


def _fault(kept: str, told: Sequence[RecoveryKeySet]) -> str:
    """Where keyring and book do not agree on the recovery key, in a sentence."""
    said = told[-1].fingerprint if told else ""
    if kept == said:
        return ""
    if not kept:
        return "The recovery key is no longer in the keyring. Set it again."
    return (
        "The recovery key in the keyring is not the one that was set here. Set the clinic's own "
        "again, and ask who changed it."
    )

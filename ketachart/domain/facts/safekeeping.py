"""How one laptop's ledger is kept: who may unlock it, its backups and checks, what has left it.

They stand in a stream of their own, `LAPTOP`: none belongs to a visit, and none holds a word about
a patient (features.md rows 112, 113, 116, 126 to 131; storage.md, section 8).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.shape import Says

LAPTOP = "laptop"
"""The stream in which these facts stand."""

WhyShutOut = Literal["left the clinic", "passphrase known to others", "enrolled in error"]
WhyCopied = Literal["signed", "quit", "asked for", "before a change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAdmitted(Fact):
    """Somebody may unlock this ledger from now on, with a passphrase of their own."""

    KIND: ClassVar[str] = "staff-admitted"

    staff_id: Annotated[str, Says("Whom.", "ja")]
    name: Annotated[str, Says("Full name.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffShutOut(Fact):
    """Somebody may unlock this ledger no longer; what was charted stays theirs."""

    KIND: ClassVar[str] = "staff-shut-out"

    staff_id: Annotated[str, Says("Whom.", "ja")]
    name: Annotated[str, Says("Full name.")]
    reason: Annotated[WhyShutOut, Says("Why.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseChanged(Fact):
    """Somebody's passphrase was changed; a copy of the old keyring still opens with the old one."""

    KIND: ClassVar[str] = "passphrase-changed"

    staff_id: Annotated[str, Says("Whose.", "ja")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryKeySet(Fact):
    """The clinic's recovery key may open this ledger; only its public half is on the laptop."""

    KIND: ClassVar[str] = "recovery-key-set"

    fingerprint: Annotated[str, Says("SHA-256 of the public key, hexadecimal.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRehearsed(Fact):
    """The private half was fetched and shown to open this ledger; nothing was changed."""

    KIND: ClassVar[str] = "recovery-rehearsed"

    fingerprint: Annotated[str, Says("SHA-256 of the public key, hexadecimal.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDeclined(Fact):
    """The clinic goes without a recovery key, and says why; setting one ends that."""

    KIND: ClassVar[str] = "recovery-declined"

    reason: Annotated[str, Says("Why.", "the ledger is copied to the clinic every evening")]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRenewed(Fact):
    """The ledger has a new key; a keyring that was copied before opens only copies of its day."""

    KIND: ClassVar[str] = "key-renewed"

    people: Annotated[int, Says("How many people it opens for.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccess(Fact):
    """The ledger was opened with the clinic's recovery key, not with a person's passphrase."""

    KIND: ClassVar[str] = "emergency-access"

    staff_id: Annotated[str, Says("Who was given a new passphrase.", "ja")]
    name: Annotated[str, Says("Full name, as they said.")]
    reason: Annotated[str, Says("Why it was needed.", "passphrase forgotten")]
    fingerprint: Annotated[str, Says("SHA-256 of the recovery key's public half.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade(Fact):
    """An encrypted copy was written, opened again and read whole."""

    KIND: ClassVar[str] = "backup-made"

    item: Annotated[str, Says("Id of the copy.")]
    why: Annotated[WhyCopied, Says("What it was made at.")]
    head_seq: Annotated[int, Says("Number of the last entry in it.")]
    head_link: Annotated[str, Says("Its link, hexadecimal.")]
    sha256: Annotated[str, Says("SHA-256 of the copied ledger.")]
    size: Annotated[int, Says("How large the copied ledger is, bytes.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChecked(Fact):
    """The whole ledger was read and compared with itself."""

    KIND: ClassVar[str] = "ledger-checked"

    head_seq: Annotated[int, Says("Number of the last entry that was read.")]
    faults: Annotated[tuple[str, ...], Says("What was found wrong, in words.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRestored(Fact):
    """The ledger was made again from a backup; the one before was kept beside it."""

    KIND: ClassVar[str] = "ledger-restored"

    item: Annotated[str, Says("Id of the backup.")]
    head_seq: Annotated[int, Says("Number of the last entry in the backup.")]
    head_link: Annotated[str, Says("Its link, hexadecimal.")]
    made_at: Annotated[datetime, Says("When the backup was made.")]
    regained: Annotated[int, Says("Entries after it, taken over from the ledger before.")] = 0
    reason: Annotated[str, Says("Why.", "page 12 could not be read")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreRehearsed(Fact):
    """The newest backup was made into a ledger beside this one, read whole, and thrown away."""

    KIND: ClassVar[str] = "restore-rehearsed"

    item: Annotated[str, Says("Id of the backup.")]
    head_seq: Annotated[int, Says("Number of the last entry in it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRenewed(Fact):
    """A newer KetaChart brought the ledger to its own shape, after a copy was kept."""

    KIND: ClassVar[str] = "ledger-renewed"

    from_version: Annotated[int, Says("The shape it had.")]
    to_version: Annotated[int, Says("The shape it has now.")]
    program: Annotated[str, Says("Which KetaChart did so.", "KetaChart 0.2.0")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSet(Fact):
    """How long a visit stays on this laptop after its receipt; without days it stays for ever."""

    KIND: ClassVar[str] = "retention-set"

    days: Annotated[int | None, Says("Days after the signature; none: it stays.")] = None
    unreviewed: Annotated[bool, Says("Also what the clinic has and did not review.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLeft(Fact):
    """A visit's content left this laptop: the clinic has it, and so has a verified backup.

    Its entries keep their place and their hashes, so that both chains still hold.
    """

    KIND: ClassVar[str] = "visit-left"

    stream: Annotated[str, Says("Id of the visit.")]
    visit: Annotated[str, Says("Its number, which names no one.", "261122-01")]
    entries: Annotated[int, Says("How many entries it had.")]
    chain: Annotated[str, Says("Hash of the last of them.")]
    receipt: Annotated[str, Says("Id of the clinic's receipt for its last version.")]
    backup: Annotated[str, Says("Id of the backup that holds it.")]
    days: Annotated[int, Says("The policy it left by, days.")]

"""The clinic's recovery key: made once, kept away, opens the ledger when all else fails.

Only the public half stays in the keyring. The private half is a small file under a passphrase of
its own; it names no clinic and no person, and may open the ledgers of several laptops.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ketachart.errors import CannotRead, LedgerError, LedgerForeign, Refused
from ketachart.storage import boxes
from ketachart.storage.canonical import canonical
from ketachart.storage.kdf import KdfParameters, stretch
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.passphrase import passphrase_fault
from ketachart.storage.recovery_slot import RecoverySlot, fingerprint_of
from ketachart.storage.slot import as_bytes, as_text

_FORMAT = "ketachart-recovery"
_VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_LONGEST = 8192

NO_FILE = (
    "This is not a recovery key file. Nothing was changed: choose the file whose name begins with "
    "ketachart-recovery."
)
DAMAGED = (
    "This recovery key file was damaged or changed. Nothing was changed here: take the clinic's "
    "other copy of it."
)
NEWER = (
    "This recovery key was made by a newer KetaChart. Nothing is lost: install the newer version."
)
NONE_SET = (
    "This ledger has no recovery key. Nothing was changed: somebody who knows a passphrase must "
    "unlock it."
)
OF_ANOTHER = (
    "This recovery key does not open this ledger. Nothing was changed: the ledger asks for key "
    "{wanted}, and this is key {here}. Choose the other one."
)
ALTERED = (
    "This is the ledger's recovery key, but what is kept for it on the laptop was altered. The "
    "ledger itself is untouched: restore keyring.json from the backup."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFile:
    """A recovery key as it is kept away from the laptop."""

    content: bytes = field(repr=False)
    public: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public half, in hexadecimal."""
        return fingerprint_of(self.public)

    @property
    def name(self) -> str:
        """What the file is called; it names no one."""
        return f"ketachart-recovery-{self.fingerprint[:8]}.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedRecovery:
    """A recovery key file that was read, and is locked still."""

    public: bytes
    cost: KdfParameters
    practice: bool
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public half, in hexadecimal."""
        return fingerprint_of(self.public)

    def described(self) -> dict[str, object]:
        """Everything that may be read without the passphrase, and is sealed with it."""
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "practice": self.practice,
            "public": as_text(self.public),
            "kdf": {
                "name": "argon2id",
                "m_kib": self.cost.m_kib,
                "t": self.cost.t,
                "p": self.cost.p,
                "salt": as_text(self.salt),
                "took_ms": self.cost.took_ms,
            },
            "nonce": as_text(self.nonce),
        }

    def written(self) -> bytes:
        """The content of the file."""
        told = {**self.described(), "sealed": as_text(self.sealed)}
        return canonical({**told, "sha256": _checksum(told)}).encode() + b"\n"

    def opened(self, passphrase: str) -> bytes | None:
        """The private half; None where the passphrase is wrong or anything was altered."""
        key = stretch(passphrase, salt=self.salt, cost=self.cost)
        try:
            private = AESGCM(key).decrypt(self.nonce, self.sealed, _about(self))
        except (InvalidTag, ValueError):
            return None
        fits = len(private) == boxes.PRIVATE_BYTES and boxes.public_of(private) == self.public
        return private if fits else None


def make(passphrase: str, *, kdf: KdfParameters, practice: bool = False) -> RecoveryFile:
    """A new recovery key under its own passphrase. Slow on purpose: call it from a worker.

    Raises:
        Refused: the passphrase will not do.
    """
    fault = passphrase_fault(passphrase)
    if fault is not None:
        raise Refused(fault, rule="passphrase", field="passphrase")
    if not kdf.fits(practice=practice):
        raise ValueError("these parameters are too weak, or too costly, for a recovery key")
    private, public = boxes.new_pair()
    blank = LockedRecovery(
        public=public,
        cost=kdf,
        practice=practice,
        salt=secrets.token_bytes(_SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        sealed=b"",
    )
    key = stretch(passphrase, salt=blank.salt, cost=kdf)
    locked = replace(blank, sealed=AESGCM(key).encrypt(blank.nonce, private, _about(blank)))
    return RecoveryFile(content=locked.written(), public=public)


def read(content: bytes) -> LockedRecovery:
    """A recovery key file as it came, whole; it needs no passphrase yet.

    Raises:
        CannotRead: it is none, was damaged, or a newer KetaChart made it.
    """
    try:
        told = json.loads(content[:_LONGEST])
        if not isinstance(told, dict) or told.get("format") != _FORMAT:
            raise CannotRead(NO_FILE)
        if isinstance(told.get("version"), int) and told["version"] > _VERSION:
            raise CannotRead(NEWER)
    except (ValueError, RecursionError) as error:
        raise CannotRead(DAMAGED if _FORMAT.encode() in content else NO_FILE) from error
    try:
        found = _locked(told)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise CannotRead(DAMAGED) from error
    shaped = len(found.salt) == _SALT_BYTES and len(found.nonce) == _NONCE_BYTES
    if not shaped or found.written().strip() != content.strip():
        raise CannotRead(DAMAGED)
    # An altered cost is refused before it is paid.
    if not found.cost.fits(practice=found.practice):
        raise CannotRead(DAMAGED)
    return found


def with_recovery(keyring: Keyring, unwrapped: Unwrapped, public: bytes) -> Keyring:
    """Let the clinic's recovery key open the ledger, instead of the one before it.

    A copy of the old keyring still opens with the key before it.

    Raises:
        LedgerForeign: the session belongs to another ledger.
        CannotRead: this is no public key.
    """
    keyring.require_own(unwrapped)
    try:
        slot = RecoverySlot.closed(unwrapped.secret, public, belonging=keyring.belonging)
    except ValueError as error:
        raise CannotRead(NO_FILE) from error
    return replace(keyring, recovery=slot)


def secrets_for(keyring: Keyring, locked: LockedRecovery, private: bytes) -> tuple[bytes, ...]:
    """The ledger's keys as the recovery key opens them, the oldest first.

    Raises:
        LedgerForeign: it is another ledger's recovery key.
        LedgerError: the ledger has none, or what is kept for it was altered.
    """
    slot = keyring.recovery
    if slot is None:
        raise LedgerError(NONE_SET)
    if slot.public != locked.public:
        raise LedgerForeign(
            OF_ANOTHER.format(wanted=slot.fingerprint[:8], here=locked.fingerprint[:8])
        )
    found = slot.opened(private, belonging=keyring.belonging)
    if found is None:
        raise altered()
    return found


def altered() -> LedgerError:
    """The error where the box that is kept for the recovery key is not what was put there."""
    return LedgerError(ALTERED)


def _locked(told: Mapping[str, object]) -> LockedRecovery:
    kdf = told["kdf"]
    if not isinstance(kdf, dict):
        raise TypeError("a recovery key without its cost")
    return LockedRecovery(
        public=as_bytes(told["public"]),
        cost=KdfParameters(
            m_kib=int(kdf["m_kib"]), t=int(kdf["t"]), p=int(kdf["p"]), took_ms=int(kdf["took_ms"])
        ),
        practice=told["practice"] is True,
        salt=as_bytes(kdf["salt"]),
        nonce=as_bytes(told["nonce"]),
        sealed=as_bytes(told["sealed"]),
    )


def _about(locked: LockedRecovery) -> bytes:
    return canonical(locked.described()).encode()


def _checksum(told: Mapping[str, object]) -> str:
    """Tells a damaged file from a wrong passphrase; it protects against no one."""
    return hashlib.sha256(canonical(dict(told)).encode()).hexdigest()

"""One nurse's locked copy of the ledger's key."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ketachart.errors import LedgerDamaged
from ketachart.storage import boxes
from ketachart.storage.canonical import canonical
from ketachart.storage.kdf import KdfParameters, stretch

SECRET_BYTES = 48
"""The ledger's key (32 bytes) and its salt (16)."""

MOST_RENEWALS = 64
_KIND = "passphrase"
_SALT_BYTES = 16
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Belonging:
    """The keyring a slot belongs to, sealed into it so that it opens in no other."""

    ledger_id: str
    practice: bool

    def about(self, whose: str) -> bytes:
        """What a box of this keyring is bound to."""
        told = {"ledger_id": self.ledger_id, "practice": self.practice, "whose": whose}
        return canonical(told).encode()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may unlock: staff id, name, and credential such as "RN"."""

    staff_id: str
    name: str
    credential: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Who may unlock, and the key as only her passphrase opens it.

    ``epoch`` counts her passphrases: 1 at first, one more with each new one. Since format 2 a slot
    also locks a key pair of its own away: to the ``public`` half a colleague who renews the
    ledger's key closes each ``renewal``, without her passphrase. A slot of format 1 has none.
    """

    staff_id: str
    name: str
    credential: str
    epoch: int
    cost: KdfParameters
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    public: bytes = b""
    renewals: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def person(self) -> Person:
        """Whose it is."""
        return Person(self.staff_id, self.name, self.credential)

    def described(self) -> dict[str, object]:
        """Everything of the slot that may be read without the passphrase, and is sealed with it."""
        told: dict[str, object] = {
            "kind": _KIND,
            "staff_id": self.staff_id,
            "name": self.name,
            "credential": self.credential,
            "epoch": self.epoch,
            "kdf": {
                "name": "argon2id",
                "m_kib": self.cost.m_kib,
                "t": self.cost.t,
                "p": self.cost.p,
                "salt": as_text(self.salt),
            },
        }
        if self.public:
            told |= {"public": as_text(self.public), "took_ms": self.cost.took_ms}
        return told

    def as_json(self) -> dict[str, object]:
        """The slot as it stands in the keyring's file."""
        told = {**self.described(), "nonce": as_text(self.nonce), "sealed": as_text(self.sealed)}
        if self.public:
            told["renewals"] = [as_text(each) for each in self.renewals]
        return told


def from_json(kept: Mapping[str, object]) -> Slot:
    """The slot that ``as_json`` wrote; what else ``kept`` may hold is passed over.

    Raises:
        ValueError, KeyError, TypeError: something is missing or of another shape.
    """
    kdf = kept["kdf"]
    if not isinstance(kdf, Mapping):
        raise TypeError("a slot without its cost")
    cost = KdfParameters(
        m_kib=int(kdf["m_kib"]),
        t=int(kdf["t"]),
        p=int(kdf["p"]),
        took_ms=int(str(kept.get("took_ms", 0))),
    )
    slot = Slot(
        staff_id=str(kept["staff_id"]),
        name=str(kept["name"]),
        credential=str(kept["credential"]),
        epoch=int(str(kept["epoch"])),
        cost=cost,
        salt=as_bytes(kdf["salt"]),
        nonce=as_bytes(kept["nonce"]),
        sealed=as_bytes(kept["sealed"]),
        public=as_bytes(kept.get("public", "")),
        renewals=boxes_in(kept.get("renewals", [])),
    )
    if len(slot.salt) != _SALT_BYTES or len(slot.nonce) != _NONCE_BYTES:
        raise ValueError("a slot of another shape")
    if len(slot.public) not in {0, boxes.PUBLIC_BYTES}:
        raise ValueError("a slot with another kind of key")
    return slot


def blank_slot(person: Person, *, epoch: int, cost: KdfParameters) -> Slot:
    """A slot of that person with a fresh salt and nonce, and nothing in it yet."""
    return Slot(
        staff_id=person.staff_id,
        name=person.name,
        credential=person.credential,
        epoch=epoch,
        cost=cost,
        salt=secrets.token_bytes(_SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        sealed=b"",
    )


def seal(slot: Slot, secret: bytes, *, passphrase: str, belonging: Belonging) -> Slot:
    """Lock ``secret`` and a fresh key pair into a blank slot.

    AES-256-GCM under the passphrase's Argon2id key.
    """
    private, public = boxes.new_pair()
    ready = replace(slot, public=public)
    key = stretch(passphrase, salt=ready.salt, cost=ready.cost)
    locked = AESGCM(key).encrypt(ready.nonce, secret + private, _sealed_with(ready, belonging))
    return replace(ready, sealed=locked)


def unseal(slot: Slot, passphrase: str, *, belonging: Belonging) -> tuple[bytes, ...] | None:
    """The secret, with the ones that came before it, the oldest first.

    None where the passphrase is wrong or anything said of the slot was altered: the two cannot be
    told apart; that is how AES-GCM is meant to be.

    Raises:
        LedgerDamaged: the passphrase is right, but a new key that was left for her is not.
    """
    key = stretch(passphrase, salt=slot.salt, cost=slot.cost)
    try:
        locked = AESGCM(key).decrypt(slot.nonce, slot.sealed, _sealed_with(slot, belonging))
    except (InvalidTag, ValueError):
        return None
    secret, private = locked[:SECRET_BYTES], locked[SECRET_BYTES:]
    if not slot.renewals:
        return (secret,)
    about = belonging.about(slot.staff_id)
    found = boxes.followed(secret, slot.renewals, private, about=about) if private else None
    if found is None:
        raise LedgerDamaged(
            "The keyring was altered: the ledger's new key is not as it was left for you. The "
            "ledger itself is untouched: restore keyring.json from the backup."
        )
    return found


def _sealed_with(slot: Slot, belonging: Belonging) -> bytes:
    """What is not secret but may not be altered: weaker cost, another name, another ledger."""
    told = {
        **slot.described(),
        "ledger_id": belonging.ledger_id,
        "practice": belonging.practice,
    }
    return canonical(told).encode()


def boxes_in(kept: object) -> tuple[bytes, ...]:
    """The boxes of a list in the file.

    Raises:
        ValueError, TypeError: it is no such list.
    """
    if isinstance(kept, str) or not isinstance(kept, Sequence) or len(kept) > MOST_RENEWALS:
        raise TypeError("no list of boxes")
    return tuple(as_bytes(each) for each in kept)


def as_text(value: bytes) -> str:
    """Bytes as they stand in the file."""
    return base64.b64encode(value).decode("ascii")


def as_bytes(text: object) -> bytes:
    """Bytes from the file.

    Raises:
        ValueError: they are not written as `as_text` does.
    """
    return base64.b64decode(str(text), validate=True)

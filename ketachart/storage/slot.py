"""One nurse's locked copy of the ledger's key."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ketachart.storage.canonical import canonical
from ketachart.storage.kdf import KdfParameters, stretch

_KIND = "passphrase"
_SALT_BYTES = 16
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Belonging:
    """The keyring a slot belongs to, sealed into it so that it opens in no other."""

    ledger_id: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may unlock: staff id, name, and credential such as "RN"."""

    staff_id: str
    name: str
    credential: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Who may unlock, and the key as only her passphrase opens it.

    ``epoch`` counts how often the slot was sealed: 1 at first, one more with each new passphrase.
    """

    staff_id: str
    name: str
    credential: str
    epoch: int
    cost: KdfParameters
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    def described(self) -> dict[str, object]:
        """Everything of the slot that may be read without the passphrase."""
        return {
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
                "salt": _as_text(self.salt),
            },
        }

    def as_json(self) -> dict[str, object]:
        """The slot as it stands in the keyring's file."""
        return {
            **self.described(),
            "nonce": _as_text(self.nonce),
            "sealed": _as_text(self.sealed),
        }


def from_json(kept: Mapping[str, object]) -> Slot:
    """The slot that ``as_json`` wrote; what else ``kept`` may hold is passed over.

    Raises:
        ValueError, KeyError, TypeError: something is missing or of another shape.
    """
    kdf = kept["kdf"]
    if not isinstance(kdf, Mapping):
        raise TypeError("a slot without its cost")
    cost = KdfParameters(m_kib=int(kdf["m_kib"]), t=int(kdf["t"]), p=int(kdf["p"]))
    slot = Slot(
        staff_id=str(kept["staff_id"]),
        name=str(kept["name"]),
        credential=str(kept["credential"]),
        epoch=int(str(kept["epoch"])),
        cost=cost,
        salt=_as_bytes(kdf["salt"]),
        nonce=_as_bytes(kept["nonce"]),
        sealed=_as_bytes(kept["sealed"]),
    )
    if len(slot.salt) != _SALT_BYTES or len(slot.nonce) != _NONCE_BYTES:
        raise ValueError("a slot of another shape")
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
    """Lock ``secret`` into a blank slot: AES-256-GCM under the passphrase's Argon2id key."""
    key = stretch(passphrase, salt=slot.salt, cost=slot.cost)
    sealed = AESGCM(key).encrypt(slot.nonce, secret, _sealed_with(slot, belonging))
    return replace(slot, sealed=sealed)


def unseal(slot: Slot, passphrase: str, *, belonging: Belonging) -> bytes | None:
    """The secret, or None where the passphrase is wrong or anything said of the slot was altered.

    The two cannot be told apart; that is how AES-GCM is meant to be.
    """
    key = stretch(passphrase, salt=slot.salt, cost=slot.cost)
    try:
        return AESGCM(key).decrypt(slot.nonce, slot.sealed, _sealed_with(slot, belonging))
    except InvalidTag:
        return None


def _sealed_with(slot: Slot, belonging: Belonging) -> bytes:
    """What is not secret but may not be altered: weaker cost, another name, another ledger."""
    told = {
        **slot.described(),
        "ledger_id": belonging.ledger_id,
        "practice": belonging.practice,
    }
    return canonical(told).encode()


def _as_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _as_bytes(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)

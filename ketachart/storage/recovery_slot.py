"""The clinic's recovery key on the laptop: its public half, and the ledger's key closed for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ketachart.storage import boxes
from ketachart.storage.slot import Belonging, as_bytes, as_text, boxes_in

_WHOSE = "recovery:"


def fingerprint_of(public: bytes) -> str:
    """SHA-256 of a public key, in hexadecimal: what two people compare."""
    return hashlib.sha256(public).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot:
    """The box that only the clinic's private key opens; that key is never on the laptop."""

    public: bytes
    box: bytes = field(repr=False)
    renewals: tuple[bytes, ...] = field(default=(), repr=False)

    @classmethod
    def closed(cls, secret: bytes, public: bytes, *, belonging: Belonging) -> "RecoverySlot":
        """The ledger's key, for the holder of that recovery key.

        Raises:
            ValueError: this is no public key.
        """
        about = belonging.about(_WHOSE + fingerprint_of(public))
        return cls(public=public, box=boxes.closed(secret, public, about=about))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, in hexadecimal."""
        return fingerprint_of(self.public)

    def opened(self, private: bytes, *, belonging: Belonging) -> tuple[bytes, ...] | None:
        """The ledger's keys, the oldest first; None where this key does not open the box."""
        about = belonging.about(_WHOSE + self.fingerprint)
        first = boxes.opened(self.box, private, about=about)
        if first is None:
            return None
        return boxes.followed(first, self.renewals, private, about=about)

    def renewed(self, old: bytes, new: bytes, *, belonging: Belonging) -> "RecoverySlot":
        """The same box, with the way to the ledger's new key in it."""
        about = belonging.about(_WHOSE + self.fingerprint)
        step = boxes.renewal(old, new, self.public, about=about)
        return replace(self, renewals=(*self.renewals, step))

    def as_json(self) -> dict[str, object]:
        """As it stands in the keyring's file."""
        return {
            "public": as_text(self.public),
            "box": as_text(self.box),
            "renewals": [as_text(each) for each in self.renewals],
        }


def recovery_from_json(kept: Mapping[str, object]) -> RecoverySlot:
    """What ``as_json`` wrote.

    Raises:
        ValueError, KeyError, TypeError: something is missing or of another shape.
    """
    slot = RecoverySlot(
        public=as_bytes(kept["public"]),
        box=as_bytes(kept["box"]),
        renewals=boxes_in(kept["renewals"]),
    )
    if len(slot.public) != boxes.PUBLIC_BYTES:
        raise ValueError("another kind of key")
    return slot

"""The keyring as it stands in its file, and whether a copy of that file is whole."""

import hashlib
import json

from ketachart.errors import LedgerNewer
from ketachart.storage.canonical import canonical
from ketachart.storage.slot import Belonging, Slot, from_json

_FORMAT = "ketachart-keyring"
_VERSION = 1


def written(belonging: Belonging, slots: tuple[Slot, ...]) -> bytes:
    """The content of the file; holds no secret in the open."""
    told: dict[str, object] = {
        "format": _FORMAT,
        "version": _VERSION,
        "ledger_id": belonging.ledger_id,
        "practice": belonging.practice,
        "slots": [slot.as_json() for slot in slots],
    }
    return canonical({**told, "sha256": _checksum(told)}).encode()


def parsed(content: bytes) -> tuple[Belonging, tuple[Slot, ...]] | None:
    """What the file holds, or None where it is damaged or carries a cost no keyring may carry.

    Raises:
        LedgerNewer: a newer KetaChart wrote it.
    """
    try:
        told = json.loads(content)
        checksum = told.pop("sha256")
        if told["format"] != _FORMAT or checksum != _checksum(told):
            return None
        if told["version"] > _VERSION:
            raise LedgerNewer(
                "This keyring was written by a newer KetaChart. Nothing is lost: install the "
                "newer version."
            )
        slots = tuple(from_json(kept) for kept in told["slots"])
        belonging = Belonging(ledger_id=told["ledger_id"], practice=told["practice"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if not slots or not all(slot.cost.fits(practice=belonging.practice) for slot in slots):
        return None
    return (belonging, slots) if written(belonging, slots) == content else None


def _checksum(told: dict[str, object]) -> str:
    """Tells a damaged copy from a wrong passphrase; it protects against no one."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()

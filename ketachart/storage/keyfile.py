"""The keyring as it stands in its file, and whether a copy of that file is whole."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ketachart.errors import FolderReadOnly, LedgerNewer
from ketachart.storage import folder as place
from ketachart.storage.canonical import canonical
from ketachart.storage.recovery_slot import RecoverySlot, recovery_from_json
from ketachart.storage.slot import Belonging, Slot, from_json

_FORMAT = "ketachart-keyring"
_VERSION = 2
_FIRST = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that a keyring's file holds."""

    belonging: Belonging
    slots: tuple[Slot, ...]
    recovery: RecoverySlot | None = None


def written(kept: Kept, *, version: int = _VERSION) -> bytes:
    """The content of the file; holds no secret in the open."""
    told: dict[str, object] = {
        "format": _FORMAT,
        "version": version,
        "ledger_id": kept.belonging.ledger_id,
        "practice": kept.belonging.practice,
        "slots": [slot.as_json() for slot in kept.slots],
    }
    if version > _FIRST:
        told["recovery"] = kept.recovery.as_json() if kept.recovery else None
    return canonical({**told, "sha256": _checksum(told)}).encode()


def parsed(content: bytes) -> Kept | None:
    """What the file holds, or None where it is damaged or carries a cost no keyring may carry.

    Raises:
        LedgerNewer: a newer KetaChart wrote it.
    """
    try:
        told = json.loads(content)
        checksum = told.pop("sha256")
        if told["format"] != _FORMAT or checksum != _checksum(told):
            return None
        version = told["version"]
        if version > _VERSION:
            raise LedgerNewer(
                "This keyring was written by a newer KetaChart. Nothing is lost: install the "
                "newer version."
            )
        kept = _kept(told, first=version == _FIRST)
        whole = written(kept, version=version) == content
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    practice = kept.belonging.practice
    if not kept.slots or not all(slot.cost.fits(practice=practice) for slot in kept.slots):
        return None
    return kept if whole else None


def _kept(told: dict[str, object], *, first: bool) -> Kept:
    slots, recovery = told["slots"], told.get("recovery")
    if not isinstance(slots, list):
        raise TypeError("a keyring without slots")
    kept = Kept(
        belonging=Belonging(str(told["ledger_id"]), told["practice"] is True),
        slots=tuple(from_json(each) for each in slots),
        recovery=recovery_from_json(recovery) if isinstance(recovery, dict) else None,
    )
    if first and any(slot.public for slot in kept.slots):
        raise ValueError("what the first format never held")
    return kept


def copies(folder: Path) -> list[bytes | None]:
    """The contents of the keyring's two files; None where there is none.

    Raises:
        FolderReadOnly: one may not be read.
    """
    return [_content(path) for path in place.keyring_files(folder)]


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise FolderReadOnly(place.READ_ONLY) from error
    except OSError:
        # There, but the disk cannot read it: the same as damaged, so that the other copy is tried.
        return b""


def _checksum(told: dict[str, object]) -> str:
    """Tells a damaged copy from a wrong passphrase; it protects against no one."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()

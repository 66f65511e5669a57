"""What stands beside a backup: which ledger it is of, when it was made, and what it must look like.

No word about a patient stands in it. It can be read without a passphrase, so that a list of the
backups can be shown; that nobody altered it can be told with the ledger's key.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ketachart.errors import LedgerNewer
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Head
from ketachart.storage.keyring import Unwrapped

NAME = "manifest.json"

_FORMAT = "ketachart-backup"
_VERSION = 1
_MOST_BYTES = 16_384  # ours has 600; a longer one is not read at all
_KEY_BYTES = 32
_PURPOSE = b"ketachart-backup-manifest-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One backup: its id, its ledger, when it was made, by which KetaChart, and to which entry.

    ``size`` (bytes) and ``sha256`` (hexadecimal) are those of the copied ledger's file.
    """

    item: str
    ledger_id: str
    made_at: datetime
    program: str
    head: Head
    size: int
    sha256: str


def written(manifest: Manifest, unwrapped: Unwrapped) -> bytes:
    """The content of the file, sealed with the ledger's key."""
    told = _told(manifest)
    return canonical({**told, "seal": _seal(told, unwrapped)}).encode()


def read(folder: Path) -> bytes | None:
    """The file of a copy's folder as it stands, or None where there is none that could be ours.

    Raises:
        OSError: the disk could not be read.
    """
    try:
        with (folder / NAME).open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return content if len(content) <= _MOST_BYTES else None


def parsed(content: bytes) -> Manifest | None:
    """What the file says, or None where it is damaged; whether it is true, ``is_sealed`` tells.

    Raises:
        LedgerNewer: a newer KetaChart wrote it.
    """
    try:
        told = json.loads(content)
        if told["format"] != _FORMAT:
            return None
        if int(told["version"]) > _VERSION:
            raise LedgerNewer(
                "This backup was made by a newer KetaChart. Nothing was changed: install the newer "
                "version to restore it."
            )
        manifest = Manifest(
            item=str(told["item"]),
            ledger_id=str(told["ledger_id"]),
            made_at=datetime.fromisoformat(told["made_at"]),
            program=str(told["program"]),
            head=Head(int(told["head_seq"]), str(told["head_link"])),
            size=int(told["size"]),
            sha256=str(told["sha256"]),
        )
        texts = (manifest.item, manifest.ledger_id, manifest.program, manifest.head.link)
        "".join((*texts, manifest.sha256)).encode()  # half a letter is in no file of ours
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None
    return None if manifest.made_at.tzinfo is None else manifest


def is_sealed(content: bytes, unwrapped: Unwrapped) -> bool:
    """Whether every word of the file was written by someone who held this ledger's key."""
    return sealed_with(content, unwrapped) is not None


def sealed_with(content: bytes, unwrapped: Unwrapped) -> Unwrapped | None:
    """The key that this file was sealed with, and so the backup's own: this one, or one before it.

    None where it was none of them.
    """
    manifest = parsed(content)
    if manifest is None:
        return None
    keys = (unwrapped, *unwrapped.before())
    fits = (key for key in keys if hmac.compare_digest(written(manifest, key), content))
    return next(fits, None)


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "item": manifest.item,
        "ledger_id": manifest.ledger_id,
        "made_at": manifest.made_at.isoformat(),
        "program": manifest.program,
        "head_seq": manifest.head.seq,
        "head_link": manifest.head.link,
        "size": manifest.size,
        "sha256": manifest.sha256,
    }


def _seal(told: dict[str, object], unwrapped: Unwrapped) -> str:
    """HMAC-SHA256 (RFC 2104) under a key of its own (HKDF, RFC 5869), made of the ledger's key."""
    maker = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=unwrapped.salt, info=_PURPOSE)
    return hmac.digest(maker.derive(unwrapped.dek), canonical(told).encode(), "sha256").hex()

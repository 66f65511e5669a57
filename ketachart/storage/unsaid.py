"""Who opened a ledger with the recovery key while nothing could be written in its book.

It is kept beside the ledger until the book can be written again: sealed with AES-256-GCM
(NIST SP 800-38D) under a key of its own, drawn with HKDF-SHA256 (RFC 5869) from the ledger's key.
"""

import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ketachart.storage import folder as place
from ketachart.storage.canonical import canonical
from ketachart.storage.unwrapped import Unwrapped

FILE: Final = "unsaid.bin"
_PURPOSE: Final = b"ketachart-unsaid-1"
_NONCE_BYTES: Final = 12
_MOST_BYTES: Final = 1_000_000

Told = dict[str, str]
"""One access: who, when (ISO 8601) and why."""


def add(folder: Path, unwrapped: Unwrapped, told: Told) -> None:
    """Keep one more, after those that wait; on the disk when this returns.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it could not be kept.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = canonical([*waiting(folder, unwrapped), told]).encode()
    sealed = AESGCM(_key(unwrapped)).encrypt(nonce, plain, unwrapped.ledger_id.encode())
    place.write_whole(folder / FILE, nonce + sealed)


def waiting(folder: Path, unwrapped: Unwrapped) -> Sequence[Told]:
    """Those that wait, the oldest first; none where there is no file, or none of this ledger's."""
    try:
        content = (folder / FILE).read_bytes()[:_MOST_BYTES]
    except OSError:
        return ()
    nonce, sealed = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
    for key in (unwrapped, *unwrapped.before()):
        try:
            plain = AESGCM(_key(key)).decrypt(nonce, sealed, key.ledger_id.encode())
            return [
                {str(name): str(said) for name, said in one.items()} for one in json.loads(plain)
            ]
        except (InvalidTag, ValueError, AttributeError, TypeError):
            continue
    return ()


def forget(folder: Path) -> None:
    """The book has them now.

    Raises:
        FolderReadOnly, NotSaved: they are told once more, and known again by their ids.
    """
    with place.writing_files():
        (folder / FILE).unlink(missing_ok=True)


def _key(unwrapped: Unwrapped) -> bytes:
    maker = HKDF(algorithm=SHA256(), length=32, salt=unwrapped.salt, info=_PURPOSE)
    return maker.derive(unwrapped.dek)

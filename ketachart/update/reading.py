"""Reads an update file and says whether it may be used: who signed it, that it is whole, for whom.

The signature is looked at before anything else is believed. Nothing is loaded whole: a payload is
a hundred megabytes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ketachart.errors import CannotRead
from ketachart.update import box as outside
from ketachart.update.keys import ReleaseKey
from ketachart.update.shapes import UpdateList, list_of

Progress = Callable[[int, int], None]
"""Told how many bytes of how many were read; what it raises breaks it off."""

NO_KEYS: Final = (
    "This KetaChart was built without its makers' key, so it cannot tell a true update from a "
    "false one, and takes none. Nothing was changed: install the new version as you installed this "
    "one."
)
NOT_SIGNED: Final = (
    "This update is not signed with a key that this KetaChart trusts: it was altered, or comes "
    "from somebody else. Nothing was changed here: do not use the file, and tell your clinic where "
    "it came from."
)
NOT_WHOLE: Final = (
    "This update is not as its makers signed it: at least one byte was changed or is missing. "
    "Nothing was changed: copy it to the stick again, or ask for a new one."
)


def read_list(path: Path, keys: Iterable[ReleaseKey]) -> UpdateList:
    """What the makers say of this update; only their signature and the names were looked at.

    Raises:
        CannotRead: it is no update, or nobody whom this KetaChart trusts signed it.
    """
    with outside.opened(path) as box:
        return _signed_list(box, tuple(keys))


def require_whole(
    path: Path,
    keys: Iterable[ReleaseKey],
    on_progress: Progress = lambda _done, _total: None,
) -> UpdateList:
    """The same, once every byte of the file was read and is as it was signed.

    Raises:
        CannotRead: it is not; the sentence says what.
    """
    with outside.opened(path) as box:
        told = _signed_list(box, tuple(keys))
        total, done = sum(each.size for each in told.payloads), 0
        for payload in told.payloads:
            hasher, size = hashlib.sha256(), 0
            for block in outside.blocks_of(box, payload.name):
                hasher.update(block)
                size += len(block)
                on_progress(done + size, total)
            if (size, hasher.hexdigest()) != (payload.size, payload.sha256):
                raise CannotRead(NOT_WHOLE)
            done += size
    return told


def _signed_list(box: zipfile.ZipFile, keys: tuple[ReleaseKey, ...]) -> UpdateList:
    if not keys:
        raise CannotRead(NO_KEYS)
    content = outside.content_of(box, outside.LIST, outside.LONGEST_LIST)
    signature = outside.content_of(box, outside.SIGNATURE, outside.SIGNATURE_BYTES)
    signers = [key for key in keys if _signed(key, signature, content)]
    if not signers:
        raise CannotRead(NOT_SIGNED)
    told = list_of(content)
    if told.key != signers[0].mark:
        raise CannotRead(NOT_SIGNED)
    if set(box.namelist()) != {
        outside.LIST, outside.SIGNATURE, *(each.name for each in told.payloads),
    }:  # fmt: skip
        raise CannotRead(outside.STRANGE)
    return told


def _signed(key: ReleaseKey, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)).verify(signature, content)
    except InvalidSignature:
        return False
    return True

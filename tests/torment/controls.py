"""What must be noticed: the same torment on a KetaChart with a promise broken on purpose."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from ketachart.storage import vault
from ketachart.storage.keyring import Unwrapped


@contextmanager
def setting(name: str, value: str, kept: object) -> Iterator[None]:
    """One of the ledger's own settings is another."""
    assert name in vault._SETTINGS
    with patch.dict(vault._SETTINGS, {name: (value, kept)}):
        yield


@contextmanager
def salt_from_the_file() -> Iterator[None]:
    """The key without its salt: 64 digits."""
    with patch.object(Unwrapped, "key_hex96", property(lambda self: self.dek.hex())):
        yield


@contextmanager
def files_not_flushed() -> Iterator[None]:
    """Files of our own are written without waiting for the disk; SQLite does as always."""
    with patch.object(os, "fsync", _only(folders=True)):
        yield


@contextmanager
def names_not_flushed() -> Iterator[None]:
    """A new file gets its name without waiting for the disk."""
    with patch.object(os, "fsync", _only(folders=False)):
        yield


def _only(*, folders: bool) -> Callable[[int], None]:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) == folders:
            real(descriptor)

    return fsync

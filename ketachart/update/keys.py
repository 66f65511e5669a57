"""The public keys that an update must be signed with; they ship with the program, and no others.

There are two of them at a time: the present one, and the next, so that a key can be changed. The
build puts them in its own ``resources/release_keys.toml``; in a checkout there is none.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ketachart import resources

FILE: Final = "release_keys.toml"
_PUBLIC: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """One of the makers' public keys (Ed25519): 64 hexadecimal digits."""

    public: str
    state: Literal["present", "next"]

    @property
    def mark(self) -> str:
        """The first sixteen digits of its SHA-256, as an update file names it."""
        return mark_of(self.public)


def mark_of(public: str) -> str:
    """A short mark of a public key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def pinned() -> tuple[ReleaseKey, ...]:
    """The keys that this KetaChart was built with; none in a checkout."""
    return read(resources.path(FILE))


def read(file: Path) -> tuple[ReleaseKey, ...]:
    """The keys in a file.

    Raises:
        ValueError: one of them is none; the build stops then.
    """
    if not file.is_file():
        return ()
    told = tomllib.loads(file.read_text("utf-8"))
    keys = tuple(ReleaseKey(row["public"], row["state"]) for row in told.get("key", ()))
    for key in keys:
        if not _PUBLIC.fullmatch(key.public) or key.state not in ("present", "next"):
            raise ValueError(f"no release key: {key}")
    return keys

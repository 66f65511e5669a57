"""Half-typed forms, kept beside the ledger until they are recorded: one file, sealed whole.

The ledger takes only what was recorded; this file takes what was not. It is sealed with
AES-256-GCM (NIST SP 800-38D) under a key of its own, drawn with HKDF-SHA256 (RFC 5869) from the
ledger's key, and bound to the ledger's id, so that it opens with no other.
"""

import contextlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ketachart.errors import LedgerDamaged
from ketachart.storage import folder as place
from ketachart.storage.keyring import Unwrapped

FILE: Final = "drafts.bin"
_MARK: Final = b"KCDRAFT1"
_NONCE_BYTES: Final = 12
_VERSION: Final = 1
_UNREADABLE: Final = (
    InvalidTag, ValueError, KeyError, TypeError, AttributeError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """One form as it was typed up to a moment.

    ``stream`` is empty for a form of no visit; ``form`` is the name by which the window opens it;
    ``act`` is the id under which it will be recorded, empty where it has none.
    """

    key: str
    stream: str
    form: str
    title: str
    saved_at: datetime
    act: str
    content: dict[str, object] = field(repr=False)
    staff_id: str = ""


def drafts_file(folder: Path) -> Path:
    """Where the drafts lie."""
    return folder / FILE


def read(folder: Path, unwrapped: Unwrapped) -> tuple[FormDraft, ...]:
    """Every draft, the oldest first; none where there is no file.

    Raises:
        LedgerDamaged: the file is damaged, belongs to another ledger, or cannot be read.
    """
    try:
        content = drafts_file(folder).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LedgerDamaged(
            "The disk cannot read what was typed and not recorded. What was recorded is safe: "
            "type the rest again."
        ) from error
    try:
        return _opened(content, unwrapped)
    except _UNREADABLE as error:
        raise LedgerDamaged(
            "What was typed and not recorded is damaged, or belongs to another ledger. What was "
            "recorded is safe: type the rest again."
        ) from error


def write(folder: Path, unwrapped: Unwrapped, drafts: Iterable[FormDraft]) -> None:
    """Keep these and no others: after a power cut the file is the old one or the new one.

    With none of them the file goes. May run on any thread, on one at a time.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the old file still stands.
    """
    kept = [{**asdict(one), "saved_at": one.saved_at.isoformat()} for one in drafts]
    if not kept:
        _remove(folder)
        return
    nonce = secrets.token_bytes(_NONCE_BYTES)
    # in the order of the form, not canonical: what is first on the screen is shown first
    plain = json.dumps({"version": _VERSION, "drafts": kept}).encode("ascii")
    sealed = AESGCM(_key(unwrapped)).encrypt(nonce, plain, _belonging(unwrapped))
    place.write_whole(drafts_file(folder), _MARK + nonce + sealed)


def put_aside(folder: Path, now: datetime) -> Path | None:
    """Keep a file that cannot be read under another name; None where even that cannot be done."""
    aside = folder / f"drafts-unread-{now:%Y%m%d-%H%M%S}.bin"
    with contextlib.suppress(OSError):
        drafts_file(folder).replace(aside)
        place.flush_names(folder)
        return aside
    return None


def _opened(content: bytes, unwrapped: Unwrapped) -> tuple[FormDraft, ...]:
    start = len(_MARK) + _NONCE_BYTES
    if not content.startswith(_MARK):
        raise ValueError("no drafts")
    nonce = content[len(_MARK) : start]
    plain = AESGCM(_key(unwrapped)).decrypt(nonce, content[start:], _belonging(unwrapped))
    kept = json.loads(plain)
    if kept["version"] != _VERSION:
        raise ValueError("another version")
    return tuple(map(_draft, kept["drafts"]))


def _draft(told: dict[str, object]) -> FormDraft:
    """One of the file; where it is not of the shape that `write` gives it, a ValueError."""
    saved_at, content = datetime.fromisoformat(str(told["saved_at"])), told["content"]
    others = {name: value for name, value in told.items() if name not in ("saved_at", "content")}
    words = {name: value for name, value in others.items() if isinstance(value, str)}
    if saved_at.tzinfo is None or not isinstance(content, dict) or words != others:
        raise ValueError("no draft")
    return FormDraft(saved_at=saved_at, content=content, **words)


def _remove(folder: Path) -> None:
    path = drafts_file(folder)
    if not path.exists():
        return
    with place.writing_files():
        path.unlink(missing_ok=True)
        place.flush_names(folder)


def _key(unwrapped: Unwrapped) -> bytes:
    info = b"ketachart drafts 1\0" + unwrapped.ledger_id.encode()
    return HKDF(SHA256(), 32, salt=unwrapped.salt, info=info).derive(unwrapped.dek)


def _belonging(unwrapped: Unwrapped) -> bytes:
    return _MARK + unwrapped.ledger_id.encode()

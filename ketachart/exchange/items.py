"""What is in a package: items, each with an id from where it was made, and the list of them.

An item is a fact, a signed report, or a certificate. Its id stays the same however often it is
packed, so that taking it in twice is taking it in once.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ketachart.errors import CannotRead

FORMAT = "ketachart-package-1"
CLINIC_ONLY = frozenset(
    {
        "receipt", "question", "verdict", "countersigned", "plan", "protocol", "withdrawn-list",
        "certificate", "correspondent", "staff", "acknowledgement",
    }
)  # fmt: skip
"""Kinds that only the clinic sends."""
LAPTOP_ONLY = frozenset({"report", "request", "arrived"})
"""Kinds that only a laptop sends."""
KNOWN = CLINIC_ONLY | LAPTOP_ONLY

_WORD = re.compile(r"[a-z-]{1,40}")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,120}")
_HASH = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"item-[0-9]{1,5}")

BAD_LIST = (
    "The list of what is in this package cannot be read. Nothing was taken from it; ask for a new "
    "one."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a package."""

    id: str
    kind: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package says of itself, signed: whom it is from and for, and what is in it.

    ``recipient_key`` is inside what is signed: a package cannot be closed again for somebody else
    and passed on as if it had been sent there.
    """

    id: str
    made_at: datetime
    sender: str
    sender_key: str
    recipient: str
    recipient_key: str
    items: tuple[tuple[str, str, str], ...]

    def as_bytes(self) -> bytes:
        """The list as it is signed."""
        told = {
            "format": FORMAT,
            "id": self.id,
            "made_at": self.made_at.isoformat(),
            "from": self.sender,
            "from_key": self.sender_key,
            "to": self.recipient,
            "to_key": self.recipient_key,
            "items": [
                {"id": one, "kind": kind, "sha256": sha256, "file": file_of(place)}
                for place, (one, kind, sha256) in enumerate(self.items)
            ],
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()


def file_of(place: int) -> str:
    """The name of an item's file: it says nothing of what is in it."""
    return f"item-{place + 1:04d}"


def manifest_of(content: bytes) -> Manifest:
    """The list, read back.

    Raises:
        CannotRead: it is not as KetaChart writes it.
    """
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise CannotRead(
                "This package was made by a newer KetaChart. Nothing was taken from it: install "
                "the newer version and take it in again."
            )
        found = Manifest(
            id=_text(told["id"], _ID),
            made_at=datetime.fromisoformat(told["made_at"]),
            sender=_text(told["from"], _ID),
            sender_key=_text(told["from_key"], _HASH),
            recipient=_text(told["to"], _ID),
            recipient_key=_text(told["to_key"], _HASH),
            items=tuple(_row(row, place) for place, row in enumerate(told["items"])),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise CannotRead(BAD_LIST) from error
    ids = {(one, kind) for one, kind, _ in found.items}
    if found.made_at.tzinfo is None or len(ids) != len(found.items):
        raise CannotRead(BAD_LIST)
    return found


def _row(row: Any, place: int) -> tuple[str, str, str]:  # noqa: ANN401 - anything came in
    if row["file"] != file_of(place):
        raise CannotRead(BAD_LIST)
    return _text(row["id"], _ID), _text(row["kind"], _WORD), _text(row["sha256"], _HASH)


def _text(value: object, allowed: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not allowed.fullmatch(value):
        raise CannotRead(BAD_LIST)
    return value

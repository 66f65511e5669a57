"""Closes a package so that only the ledger it is for can open it (HPKE, RFC 9180).

Outside stand only the marks of two keys, never a name: whoever finds the stick learns that two
ledgers write to each other, and nothing else. Who wrote it is inside, signed.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ketachart.errors import CannotRead
from ketachart.exchange.boxed import LONGEST_PACKAGE, TOO_MUCH

MAGIC = b"KETAPACK1\n"
LONGEST_HEADER = 512
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY = re.compile(r"[0-9a-f]{64}")

NO_PACKAGE = (
    "This file is not a package of KetaChart, whatever its name. Nothing was taken from it; choose "
    "the file that came from the clinic or the laptop, and ends in .keta."
)
EMPTY = (
    "This file is empty. Was the stick pulled out too soon? Copy it again, or ask for a new one."
)
_OTHERS = {
    b"%PDF-": "This is a PDF, not a package, whatever its name. Nothing was taken from it; open it "
    "as a report.",
    b"KETACARD1": "This is a clinic's card, with which a new laptop joins, not a package. Nothing "
    "was taken from it.",
    b"KETAPACK": "This package was made by a newer KetaChart. Nothing was taken from it: install "
    "the newer version and take it in again.",
}
"""What is often taken for a package, by how it begins."""
FOR_ANOTHER = (
    "This package is for {whom}, not for {here}. Nothing was taken from it: hand it on, or ask for "
    "the right one."
)
CHANGED = (
    "This package was changed or damaged on its way. Nothing was taken from it; copy it again, or "
    "ask for a new one."
)


@dataclass(frozen=True, slots=True)
class PostKey:
    """The key with which a ledger opens what is sent to it; it never leaves the ledger."""

    public: str
    private: bytes = field(repr=False)


def make_key() -> PostKey:
    """A new key; ``public`` is 64 hexadecimal digits, ``private`` PKCS#8 (DER)."""
    key = X25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),  # the ledger around it is encrypted
    )
    return PostKey(key.public_key().public_bytes_raw().hex(), private)


def key_of(private: bytes) -> PostKey:
    """The key from its PKCS#8 form."""
    key = serialization.load_der_private_key(private, None)
    if not isinstance(key, X25519PrivateKey):
        raise CannotRead("The key for packages in this ledger cannot be used. Ask your clinic.")
    return PostKey(key.public_key().public_bytes_raw().hex(), private)


def mark(public: str) -> str:
    """A short mark of a public key: what stands on the outside of a package."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def closed(content: bytes, *, to: str, sender: str) -> bytes:
    """The content, closed for the holder of the key ``to``; ``sender`` is the own public key.

    Raises:
        CannotRead: ``to`` is no key.
    """
    if not _KEY.fullmatch(to):
        raise CannotRead(
            "The key on file for it cannot be used. Nothing was packed: let it join again."
        )
    header = _header(mark(to), mark(sender))
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(to))
    return header + _SUITE.encrypt(content, key, info=header)


def opened(content: bytes, key: PostKey, *, here: str, whose: dict[str, str]) -> bytes:
    """What is inside.

    Args:
        content: the package as it came.
        key: the ledger's own key.
        here: this ledger in words, such as "this laptop".
        whose: in words, whose keys have these marks.

    Raises:
        CannotRead: it is no package, is for somebody else, or was changed.
    """
    to, header = _parsed(content)
    if to != mark(key.public):
        whom = whose.get(to, "somebody else")
        raise CannotRead(FOR_ANOTHER.format(whom=whom, here=here))
    private = serialization.load_der_private_key(key.private, None)
    if not isinstance(private, X25519PrivateKey):
        raise CannotRead("The key for packages in this ledger cannot be used. Ask your clinic.")
    try:
        return _SUITE.decrypt(content[len(header) :], private, info=header)
    except (InvalidTag, ValueError) as error:
        raise CannotRead(CHANGED) from error


def is_package(content: bytes) -> bool:
    """Whether it begins as a package does."""
    return content.startswith(MAGIC)


def _header(to: str, sender: str) -> bytes:
    line = json.dumps({"from": sender, "to": to}, sort_keys=True, separators=(",", ":"))
    return MAGIC + line.encode() + b"\n"


def _instead(content: bytes) -> str:
    """What it is, where it is no package."""
    if not content:
        return EMPTY
    return next((said for start, said in _OTHERS.items() if content.startswith(start)), NO_PACKAGE)


def _parsed(content: bytes) -> tuple[str, bytes]:
    if not is_package(content):
        raise CannotRead(_instead(content))
    if len(content) > LONGEST_PACKAGE:
        raise CannotRead(TOO_MUCH)
    end = content.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEADER)
    try:
        told = json.loads(content[len(MAGIC) : end])
        to, sender = told["to"], told["from"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise CannotRead(CHANGED) from error
    header = content[: end + 1]
    if not isinstance(to, str) or not isinstance(sender, str) or header != _header(to, sender):
        raise CannotRead(CHANGED)
    return to, header

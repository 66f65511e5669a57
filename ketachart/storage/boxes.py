"""Closes the ledger's key so that one key pair can open it, and leads from an old key to a new one.

HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). Anybody can close a box for a public key, so a
new key is never taken from a box alone: it lies in it sealed once more under the key before it.
Whoever writes in the files without knowing that key can put none of their own in.
"""

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PUBLIC_BYTES = 32
PRIVATE_BYTES = 32
TAG_BYTES = 8
_NONCE_BYTES = 12
_KEY_BYTES = 32
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_RENEWAL = b"ketachart: from an old key to a new one"
_TAG = b"ketachart: which key this is"


def new_pair() -> tuple[bytes, bytes]:
    """A fresh key pair: the private half, then the public one, 32 bytes each."""
    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def closed(secret: bytes, public: bytes, *, about: bytes) -> bytes:
    """The secret, for the holder of that key only; ``about`` says whose box it is.

    Raises:
        ValueError: this is no public key.
    """
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=about)


def opened(box: bytes, private: bytes, *, about: bytes) -> bytes | None:
    """What is inside; None where the box is another's, or was altered."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _SUITE.decrypt(box, key, info=about)
    except (InvalidTag, ValueError):
        return None


def renewal(old: bytes, new: bytes, public: bytes, *, about: bytes) -> bytes:
    """The step from one secret to the next, for the holder of that key who knows the old one.

    It begins with a tag of the new secret: whoever has that one sees which step led to it.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    inner = nonce + AESGCM(_key_from(old, _RENEWAL)).encrypt(nonce, new, about)
    return tag_of(new) + closed(inner, public, about=about)


def followed(
    secret: bytes, renewals: Sequence[bytes], private: bytes, *, about: bytes
) -> tuple[bytes, ...] | None:
    """All secrets from the first to the newest; None where a step was altered."""
    found = [secret]
    for step in renewals:
        tag, box = step[:TAG_BYTES], step[TAG_BYTES:]
        inner = opened(box, private, about=about)
        if inner is None:
            return None
        try:
            opener = AESGCM(_key_from(found[-1], _RENEWAL))
            found.append(opener.decrypt(inner[:_NONCE_BYTES], inner[_NONCE_BYTES:], about))
        except (InvalidTag, ValueError):
            return None
        if tag_of(found[-1]) != tag:
            return None
    return tuple(found)


def up_to(renewals: tuple[bytes, ...], secret: bytes) -> tuple[bytes, ...]:
    """The steps that lead to that secret: what was begun after it, and cut off, is left out."""
    tags = [step[:TAG_BYTES] for step in renewals]
    tag = tag_of(secret)
    return renewals[: len(tags) - tags[::-1].index(tag)] if tag in tags else ()


def tag_of(secret: bytes) -> bytes:
    """A short name of a secret that tells nothing of it."""
    return _key_from(secret, _TAG)[:TAG_BYTES]


def _key_from(secret: bytes, purpose: bytes) -> bytes:
    maker = HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=None, info=purpose)
    return maker.derive(secret)

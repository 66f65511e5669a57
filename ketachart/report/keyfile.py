"""The file that keeps a signing key behind its owner's passphrase.

It is a PKCS#12 file (RFC 7292), so that other programs can open it too. Whoever copies it can
guess passphrases at home: each guess is made to cost as much as the key's owner can bear to wait.
"""

import hashlib
import hmac
import secrets
import unicodedata

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from ketachart.errors import CannotRead, WrongPassphrase

ROUNDS = 600_000
"""Rounds of hashing for one guess at the passphrase: OWASP's floor for PBKDF2-HMAC-SHA256."""

_BLOCK = 64  # SHA-256 works on blocks of 64 bytes
_SALT = 16
_FOR_MAC = b"\x03"  # RFC 7292, appendix B.3: the key is for the seal, not for hiding


def _typed(passphrase: str) -> str:
    """The passphrase in one spelling: é is one character here, whatever keyboard made it."""
    return unicodedata.normalize("NFC", passphrase)


def _mac_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """The key of the seal, derived from the passphrase (RFC 7292, appendix B.2, one block)."""

    def filled(part: bytes) -> bytes:
        length = -(-len(part) // _BLOCK) * _BLOCK
        return (part * (length // len(part) + 1))[:length]

    bmp = passphrase.encode("utf-16-be") + b"\0\0"
    key = _FOR_MAC * _BLOCK + filled(salt) + filled(bmp)
    for _ in range(rounds):
        key = hashlib.sha256(key).digest()
    return key


def _sealed_again(container: bytes, passphrase: str, rounds: int) -> bytes:
    """The same file with a seal that is as slow to guess at as the key inside.

    cryptography 50 seals with 2 048 rounds whatever it is asked for: the seal would be the short
    way to the passphrase, some three hundred times faster than the key itself.
    """
    pfx = asn1_pkcs12.Pfx.load(container, strict=True)
    salt = secrets.token_bytes(_SALT)
    seal = pfx["mac_data"]
    seal["mac_salt"] = salt
    seal["iterations"] = rounds
    content = pfx["auth_safe"]["content"].contents
    seal["mac"]["digest"] = hmac.digest(_mac_key(passphrase, salt, rounds), content, "sha256")
    sealed: bytes = pfx.dump(force=True)
    return sealed


def lock(
    key: EllipticCurvePrivateKey,
    chain: tuple[x509.Certificate, ...],
    *,
    passphrase: str,
    rounds: int = ROUNDS,
) -> bytes:
    """A PKCS#12 file (PBES2, AES-256) with the key, its certificate and the issuers after it.

    ``chain`` starts with the certificate of ``key``. ``rounds`` is for tests and demonstrations,
    which open hundreds of files; a clinic keeps ``ROUNDS``.
    """
    spelled = _typed(passphrase)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(spelled.encode())
    )
    container = pkcs12.serialize_key_and_certificates(
        None, key, chain[0], chain[1:] or None, encryption
    )
    return _sealed_again(container, spelled, rounds)


def unlock(
    container: bytes, passphrase: str
) -> tuple[EllipticCurvePrivateKey, tuple[x509.Certificate, ...]]:
    """The key and its chain of certificates, its own certificate first.

    Raises WrongPassphrase where the passphrase does not open it, and CannotRead where this is no
    file of a signing key.
    """
    try:
        asn1_pkcs12.Pfx.load(container, strict=True).native  # noqa: B018  (reads every part)
    except (ValueError, TypeError) as error:
        raise CannotRead(
            "This is not a file with a signing key. Choose the nurse's key file (.p12)."
        ) from error
    try:
        opened = pkcs12.load_pkcs12(container, _typed(passphrase).encode())
    except ValueError as error:
        raise WrongPassphrase(
            "This passphrase does not open the signing key. Nothing was signed or changed. "
            "Type it again."
        ) from error
    # no certificate of its own: the one in the file belongs to another key
    if opened.cert is None or not isinstance(opened.key, EllipticCurvePrivateKey):
        raise CannotRead(
            "The key file does not hold a signing key that KetaChart can use. "
            "Ask your clinic for a new one."
        )
    own = opened.cert.certificate
    return opened.key, (own, *(extra.certificate for extra in opened.additional_certs))

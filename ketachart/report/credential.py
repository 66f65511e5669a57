"""A signing key with its certificate, locked and unlocked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ketachart.errors import CannotRead, Refused
from ketachart.report.certificate import Certified, fingerprint, named
from ketachart.report.keyfile import lock, unlock

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate and its locked key, as kept on disk; the passphrase is kept nowhere."""

    certificate_pem: str
    pkcs12: bytes = field(repr=False)
    fingerprint: str
    holder: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class OpenCredential(Certified):
    """An unlocked key, ready to sign: keep it no longer than the signature takes."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    root: x509.Certificate

    def hand(self, chain: tuple[asn1_x509.Certificate, ...]) -> "Signer":
        """What pyHanko signs with; ``chain`` is put into the signature beside the certificate."""
        from pyhanko.sign.signers.pdf_cms import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        der = serialization.Encoding.DER
        beside = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        beside.register_multiple(chain)
        plain = self.key.private_bytes(
            der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(self.certificate.public_bytes(der)),
            signing_key=asn1_keys.PrivateKeyInfo.load(plain),
            cert_registry=beside,
        )


def some_passphrase(value: str) -> str:
    """The passphrase; raises Refused where there is none."""
    if not value:
        raise Refused(
            "A signing key needs a passphrase. Nothing was made: type one.",
            rule="passphrase-missing",
            field="passphrase",
        )
    return value


def in_file(
    key: ec.EllipticCurvePrivateKey,
    chain: tuple[x509.Certificate, ...],
    *,
    passphrase: str,
    rounds: int,
) -> Credential:
    """The key, locked with its certificate and the authority's after it."""
    own = chain[0]
    whom = NameOID.ORGANIZATION_NAME if own == chain[-1] else NameOID.COMMON_NAME
    return Credential(
        certificate_pem=own.public_bytes(serialization.Encoding.PEM).decode("ascii"),
        pkcs12=lock(key, chain, passphrase=some_passphrase(passphrase), rounds=rounds),
        fingerprint=fingerprint(own),
        holder=named(own.subject, whom),
        not_before=own.not_valid_before_utc,
        not_after=own.not_valid_after_utc,
    )


def together(own: x509.Certificate, root: x509.Certificate) -> None:
    """Whether the authority vouched for it; raises CannotRead if not."""
    try:
        own.verify_directly_issued_by(root)
        root.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise CannotRead(
            "The certificates in the key file do not belong together. "
            "Ask your clinic for a new key file."
        ) from error


def open_credential(pkcs12: bytes, passphrase: str) -> OpenCredential:
    """The unlocked key with its certificate and the authority's.

    Raises WrongPassphrase where the passphrase does not open it, and CannotRead where the file is
    no key file or its parts do not belong together.
    """
    key, chain = unlock(pkcs12, passphrase)
    if not chain:
        raise CannotRead("This key waits for its certificate. Take in the clinic's answer first.")
    own, root = chain[0], chain[-1]
    together(own, root)
    return OpenCredential(key=key, certificate=own, root=root)

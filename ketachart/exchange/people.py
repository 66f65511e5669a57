"""Who signed a package, and whether the clinic vouches for that person.

The same question as for a signed report: issued by the clinic's authority, valid when it was made,
and not withdrawn. A key that was lost or stolen is not believed whatever time it claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ketachart.domain.wording import clock, day
from ketachart.errors import CannotRead
from ketachart.report.certificate import fingerprint, named, read, serial_of
from ketachart.report.credential import OpenCredential
from ketachart.report.token import OpenToken, signature_of
from ketachart.report.withdrawn import WithdrawnList, read_list

STRANGER = (
    "The clinic does not vouch for whoever signed this package. Nothing was taken from it; tell "
    "your clinic where it came from."
)
FORGED = (
    "The signature on this package is not good: what is in it was not put there by the person it "
    "names. Nothing was taken from it; tell your clinic where it came from."
)
SIGNED = ec.ECDSA(hashes.SHA256())


class Signer(Protocol):
    """A person's key, opened: from the ledger, or on a token."""

    @property
    def certificate(self) -> x509.Certificate:
        """The person's certificate."""
        ...

    @property
    def root(self) -> x509.Certificate:
        """The clinic's."""
        ...

    def sign_bytes(self, content: bytes) -> bytes:
        """An ECDSA signature with SHA-256 over the content, DER."""
        ...


@dataclass(frozen=True, slots=True)
class KeySigner:
    """A key that was opened with its passphrase."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    root: x509.Certificate

    def sign_bytes(self, content: bytes) -> bytes:
        """An ECDSA signature with SHA-256 over the content, DER."""
        return self.key.sign(content, SIGNED)


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A key on a token that took its PIN."""

    token: OpenToken

    @property
    def certificate(self) -> x509.Certificate:
        """The person's certificate."""
        return self.token.certificate

    @property
    def root(self) -> x509.Certificate:
        """The clinic's."""
        return self.token.root

    def sign_bytes(self, content: bytes) -> bytes:
        """An ECDSA signature with SHA-256 over the content, DER."""
        from pkcs11 import ObjectClass

        key = self.token.session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=self.token.key_id)
        return signature_of(key, content)


def signer_of(opened: OpenCredential | OpenToken) -> Signer:
    """The key as it signs a package."""
    if isinstance(opened, OpenToken):
        return TokenSigner(opened)
    return KeySigner(opened.key, opened.certificate, opened.root)


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom this ledger believes: the clinic's roots, and the newest list of withdrawn ones."""

    roots: tuple[x509.Certificate, ...]
    lists: tuple[WithdrawnList, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed, as the certificate says."""

    staff_id: str
    name: str
    credential: str
    fingerprint: str

    @property
    def title(self) -> str:
        """The person in one breath."""
        return ", ".join(part for part in (self.name, self.credential) if part)


def trusted_of(roots: Sequence[str], lists: Sequence[bytes] = ()) -> Trusted:
    """Whom to believe, from the roots and the lists of withdrawn certificates (PEM)."""
    read_roots = tuple(read(pem) for pem in roots)
    return Trusted(read_roots, tuple(read_list(pem, read_roots[-1]) for pem in lists))


def believed(
    certificate_pem: bytes, signature: bytes, content: bytes, trusted: Trusted, at: datetime
) -> Person:
    """The person who signed the content at that time, where the clinic vouches for them.

    Raises:
        CannotRead: nobody vouches, the certificate had ended or was withdrawn, or the signature is
            of something else.
    """
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem)
        key = certificate.public_key()
    except ValueError as error:
        raise CannotRead(STRANGER) from error
    vouched = any(_issued_by(certificate, root) for root in trusted.roots)
    if not vouched or not isinstance(key, ec.EllipticCurvePublicKey) or not _may_sign(certificate):
        raise CannotRead(STRANGER)
    signed_with(key, signature, content)
    person = Person(
        staff_id=named(certificate.subject, NameOID.SERIAL_NUMBER),
        name=named(certificate.subject, NameOID.COMMON_NAME),
        credential=named(certificate.subject, NameOID.TITLE),
        fingerprint=fingerprint(certificate),
    )
    _in_its_time(certificate, person, at)
    _not_withdrawn(certificate, person, trusted, at)
    return person


def signed_with(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> None:
    """Lets only a signature of exactly this content pass.

    Raises:
        CannotRead: it is not.
    """
    try:
        key.verify(signature, content, SIGNED)
    except InvalidSignature as error:
        raise CannotRead(FORGED) from error


def _issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether it is a person's: the authority's own key signs no package."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature and not usage.key_cert_sign


def vouches(certificate: x509.Certificate) -> bool:
    """Whether it is an authority's own: signed by itself, for signing certificates."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.key_cert_sign and _issued_by(certificate, certificate)


def _in_its_time(certificate: x509.Certificate, person: Person, at: datetime) -> None:
    since = certificate.not_valid_before_utc.astimezone(at.tzinfo)
    until = certificate.not_valid_after_utc.astimezone(at.tzinfo)
    if at < since:
        raise CannotRead(
            f"This package says it was made on {_moment(at)}, before the certificate of "
            f"{person.title} begins ({_moment(since)}): the clock where it was made is probably "
            "slow. Nothing was taken from it; have the clock set, and ask for a new one."
        )
    if at > until:
        raise CannotRead(
            f"This package says it was made on {_moment(at)}, after the certificate of "
            f"{person.title} ended ({_moment(until)}). Nothing was taken from it; ask for a new "
            "one, made once the clinic has renewed the certificate."
        )


def _moment(at: datetime) -> str:
    return f"{day(at.date())} {clock(at)}"


def _not_withdrawn(
    certificate: x509.Certificate, person: Person, trusted: Trusted, at: datetime
) -> None:
    for each in trusted.lists:
        row = each.row(serial_of(certificate))
        if row is not None and row.doubts(at):
            since = day(row.since.astimezone(at.tzinfo).date())
            raise CannotRead(
                f"The clinic withdrew the certificate of {person.title} on {since} "
                f"({row.reason}). Nothing was taken from this package; tell your clinic where it "
                "came from."
            )

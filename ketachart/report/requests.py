"""A certificate for a key on another laptop: asked for with a request, issued, completed.

The key stays where it was made; only the request (PKCS#10, RFC 2986) goes to the clinic, and only
the certificate comes back.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ketachart.errors import CannotRead
from ketachart.report.certificate import moment, named, nurse_certificate, person, read
from ketachart.report.credential import (
    Credential,
    OpenCredential,
    in_file,
    some_passphrase,
    together,
)
from ketachart.report.keyfile import ROUNDS, lock, unlock

CLOCKS_DIFFER = timedelta(hours=1)
"""The laptop that is to use a certificate may be behind the one that issues it."""
DAYS = 730
"""How long a nurse's certificate lasts."""
ANOTHER_KEY = (
    "This certificate is for another key. Nothing was changed. Ask the clinic for the one that "
    "answers the last request from this laptop."
)
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # a waiting key's own certificate is of no use


@dataclass(frozen=True, slots=True)
class Pending:
    """A locked key that waits for its certificate, and the request for it.

    ``fingerprint`` is the SHA-256 of the public key (DER), in hexadecimal: two people may compare
    it, to be sure whose request it is.
    """

    pkcs12: bytes = field(repr=False)
    csr_pem: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says of who asks; nobody vouches for it yet."""

    name: str
    staff_id: str
    credential: str
    clinic: str
    fingerprint: str


def make_request(  # noqa: PLR0913  (a certificate has this many lines to fill)
    *,
    name: str,
    staff_id: str,
    credential: str,
    clinic: str,
    passphrase: str,
    rounds: int = ROUNDS,
) -> Pending:
    """A new key that stays on this laptop, and the request that the clinic vouch for it.

    Raises Refused where a name does not fit in a certificate, or there is no passphrase.
    """
    subject = person(name=name, staff_id=staff_id, credential=credential, clinic=clinic)
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder(subject).sign(key, hashes.SHA256())
    return Pending(
        pkcs12=lock(
            key, (_waiting(key, subject),), passphrase=some_passphrase(passphrase), rounds=rounds
        ),
        csr_pem=request.public_bytes(serialization.Encoding.PEM).decode("ascii"),
        fingerprint=_of_key(key.public_key()),
    )


def _waiting(key: ec.EllipticCurvePrivateKey, subject: x509.Name) -> x509.Certificate:
    """A key file holds a certificate of its key: this one is in no one's name and never valid."""
    return x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=_NEVER,
        not_valid_after=_NEVER,
    ).sign(key, hashes.SHA256())


def fingerprint_of_key(certificate: x509.Certificate) -> str:
    """SHA-256 of the public key in a certificate, as its request has it; empty for other keys."""
    key = certificate.public_key()
    return _of_key(key) if isinstance(key, ec.EllipticCurvePublicKey) else ""


def _of_key(key: ec.EllipticCurvePublicKey) -> str:
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = hashes.Hash(hashes.SHA256())
    digest.update(der)
    return digest.finalize().hex()


def _request(csr_pem: str) -> tuple[x509.CertificateSigningRequest, ec.EllipticCurvePublicKey]:
    unreadable = CannotRead(
        "This is no request for a certificate. Nothing was issued. Ask the nurse to send it again."
    )
    try:
        request = x509.load_pem_x509_csr(csr_pem.encode())
        key = request.public_key()
        whole = request.is_signature_valid
    except (ValueError, TypeError) as error:
        raise unreadable from error
    if not whole or not isinstance(key, ec.EllipticCurvePublicKey):
        raise unreadable
    if not isinstance(key.curve, ec.SECP256R1):
        raise unreadable
    return request, key


def asked_for(csr_pem: str) -> Asked:
    """Who asks, as the request says; raises CannotRead where it is none or not whole."""
    request, key = _request(csr_pem)
    return Asked(
        name=named(request.subject, NameOID.COMMON_NAME),
        staff_id=named(request.subject, NameOID.SERIAL_NUMBER),
        credential=named(request.subject, NameOID.TITLE),
        clinic=named(request.subject, NameOID.ORGANIZATION_NAME),
        fingerprint=_of_key(key),
    )


def certify(
    opened: OpenCredential, csr_pem: str, *, now: datetime, days: int = DAYS
) -> x509.Certificate:
    """The certificate for a request, from an authority that is open and in its own time.

    Raises CannotRead where it is no whole request, and Refused where a name does not fit.
    """
    _csr, key = _request(csr_pem)
    asked = asked_for(csr_pem)
    subject = person(
        name=asked.name,
        staff_id=asked.staff_id,
        credential=asked.credential,
        clinic=named(opened.root.subject, NameOID.ORGANIZATION_NAME),
    )
    start = moment(now)
    return nurse_certificate(
        opened.certificate,
        opened.key,
        key,
        subject,
        start=start - CLOCKS_DIFFER,
        end=start + timedelta(days=days),
    )


def complete(
    pending_pkcs12: bytes,
    certificate_pem: str,
    root_pem: str,
    passphrase: str,
    *,
    rounds: int = ROUNDS,
) -> Credential:
    """The key that waited, with the certificate that came for it.

    Raises WrongPassphrase where the passphrase does not open the key, and CannotRead where the
    certificate is not for this key or not from this clinic.
    """
    key, _none = unlock(pending_pkcs12, passphrase)
    own, root = read(certificate_pem), read(root_pem)
    if own.public_key() != key.public_key():
        raise CannotRead(ANOTHER_KEY)
    together(own, root)
    return in_file(key, (own, root), passphrase=passphrase, rounds=rounds)

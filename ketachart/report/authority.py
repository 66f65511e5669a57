"""The clinic's own authority, and the certificates with which its nurses sign.

The authority is made once, offline, on the clinic's first run; it vouches for each nurse by
issuing a certificate (X.509, RFC 5280). Whoever has the authority's own can check any report.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ketachart.errors import CannotRead, Refused
from ketachart.report.keyfile import ROUNDS, lock, unlock

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""The purpose "signs documents" (RFC 9336)."""

EMAIL_PROTECTION = ExtendedKeyUsageOID.EMAIL_PROTECTION
"""The purpose NSS, and with it poppler, asks of whoever signs a PDF."""

AUTHORITY_NAME = "KetaChart authority"  # every clinic's; the organization says which clinic

_LONGEST = 64  # RFC 5280, appendix A.1, in characters; cryptography 50 counts bytes of UTF-8
_PRINTABLE = re.compile(r"[A-Za-z0-9 '()+,\-./:=?]+")  # X.680 PrintableString, for serialNumber


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
class OpenCredential:
    """An unlocked key, ready to sign: keep it no longer than the signature takes."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def holder(self) -> str:
        """Whom the certificate names."""
        return named(self.certificate.subject, NameOID.COMMON_NAME)

    @property
    def staff_id(self) -> str:
        """The holder's number at the clinic; empty for the authority itself."""
        return named(self.certificate.subject, NameOID.SERIAL_NUMBER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return fingerprint(self.certificate)


def named(name: x509.Name, part: x509.ObjectIdentifier) -> str:
    """One part of a certificate's name, or an empty text where it has none."""
    values = name.get_attributes_for_oid(part)
    return str(values[0].value) if values else ""


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal: what two people read out to each other."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def fingerprint_of(pem: str) -> str:
    """SHA-256 of a PEM certificate, in hexadecimal; raises CannotRead where it is none."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise CannotRead("This is no certificate. Ask your clinic for a new key file.") from error
    return fingerprint(certificate)


def _text(value: str, what: str) -> str:
    cleaned = value.strip()
    if not cleaned or len(cleaned.encode()) > _LONGEST or not cleaned.isprintable():
        raise Refused(
            f"The certificate needs {what}, of at most {_LONGEST} letters (accents count as two). "
            "Nothing was made.",
            rule="certificate-name",
            field=what,
        )
    return cleaned


def _staff_number(value: str) -> str:
    cleaned = _text(value, "a staff number")
    if not _PRINTABLE.fullmatch(cleaned):
        raise Refused(
            "A staff number may hold plain letters, digits, spaces and - . / : only. "
            "Nothing was made.",
            rule="certificate-name",
            field="a staff number",
        )
    return cleaned


def _passphrase(value: str) -> str:
    if not value:
        raise Refused(
            "A signing key needs a passphrase. Nothing was made.",
            rule="passphrase-missing",
            field="passphrase",
        )
    return value


def _moment(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return now.astimezone(UTC).replace(microsecond=0)  # certificates count whole seconds


def _key_usage(*, for_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not for_certificates,
        content_commitment=not for_certificates,  # X.509's newer name for nonRepudiation
        key_cert_sign=for_certificates,
        crl_sign=for_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _in_file(
    key: ec.EllipticCurvePrivateKey,
    chain: tuple[x509.Certificate, ...],
    *,
    passphrase: str,
    rounds: int,
) -> Credential:
    own = chain[0]
    whom = NameOID.ORGANIZATION_NAME if own == chain[-1] else NameOID.COMMON_NAME
    return Credential(
        certificate_pem=own.public_bytes(serialization.Encoding.PEM).decode("ascii"),
        pkcs12=lock(key, chain, passphrase=_passphrase(passphrase), rounds=rounds),
        fingerprint=fingerprint(own),
        holder=named(own.subject, whom),
        not_before=own.not_valid_before_utc,
        not_after=own.not_valid_after_utc,
    )


def make_authority(
    *, clinic: str, passphrase: str, now: datetime, years: int = 10, rounds: int = ROUNDS
) -> Credential:
    """The clinic's own authority: a P-384 key that may issue certificates, and nothing else.

    ``now`` is aware; the authority is valid for ``years`` of 365 days from it. ``rounds`` is for
    tests and demonstrations only (see keyfile.lock). Raises Refused where the clinic's name or
    the passphrase is missing or does not fit in a certificate.
    """
    start = _moment(now)
    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _text(clinic, "the clinic's name")),
            x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY_NAME),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    root = (
        x509.CertificateBuilder(
            issuer_name=name,
            subject_name=name,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=start,
            not_valid_after=start + timedelta(days=365 * years),
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(for_certificates=True), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA384())
    )
    return _in_file(key, (root,), passphrase=passphrase, rounds=rounds)


def _nurse_certificate(
    authority: OpenCredential,
    public_key: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    *,
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    root = authority.certificate
    root_id = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        x509.CertificateBuilder(
            issuer_name=root.subject,
            subject_name=subject,
            public_key=public_key,
            serial_number=x509.random_serial_number(),
            not_valid_before=start,
            not_valid_after=min(end, root.not_valid_after_utc),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(for_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_id),
            critical=False,
        )
        .sign(authority.key, hashes.SHA384())
    )


def _may_issue(opened: OpenCredential, start: datetime) -> None:
    root = opened.certificate
    if root != opened.root:
        raise Refused(
            "This is a nurse's key, not the clinic's authority. Nothing was issued. "
            "Choose the authority's key file.",
            rule="no-authority",
        )
    if not root.not_valid_before_utc <= start < root.not_valid_after_utc:
        raise Refused(
            f"The clinic's authority is valid from {root.not_valid_before_utc:%Y-%m-%d} to "
            f"{root.not_valid_after_utc:%Y-%m-%d} only. Nothing was issued. "
            "Check the laptop's clock, or make a new authority.",
            rule="authority-ended",
        )


def issue(  # noqa: PLR0913  (a certificate has this many lines to fill)
    authority: Credential,
    passphrase_of_authority: str,
    *,
    name: str,
    staff_id: str,
    credential: str,
    clinic: str,
    passphrase: str,
    now: datetime,
    days: int = 730,
    rounds: int = ROUNDS,
) -> Credential:
    """A nurse's certificate and P-256 key, vouched for by the clinic's authority.

    Valid from ``now`` (aware) for ``days``, but never beyond the authority's own end. ``rounds``
    is for tests and demonstrations only (see keyfile.lock). Raises WrongPassphrase where the
    authority does not open, and Refused where the authority has ended, is no authority, or a name
    does not fit in a certificate.
    """
    start = _moment(now)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _text(clinic, "the clinic's name")),
            x509.NameAttribute(NameOID.COMMON_NAME, _text(name, "the nurse's name")),
            x509.NameAttribute(NameOID.TITLE, _text(credential, "the credential, such as RN")),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, _staff_number(staff_id)),
        ]
    )
    _passphrase(passphrase)
    opened = open_credential(authority.pkcs12, passphrase_of_authority)
    _may_issue(opened, start)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _nurse_certificate(
        opened, key.public_key(), subject, start=start, end=start + timedelta(days=days)
    )
    return _in_file(key, (certificate, opened.root), passphrase=passphrase, rounds=rounds)


def open_credential(pkcs12: bytes, passphrase: str) -> OpenCredential:
    """The unlocked key with its certificate and the authority's.

    Raises WrongPassphrase where the passphrase does not open it, and CannotRead where the file is
    no key file or its parts do not belong together.
    """
    key, chain = unlock(pkcs12, passphrase)
    own, root = chain[0], chain[-1]
    try:
        own.verify_directly_issued_by(root)
        root.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise CannotRead(
            "The certificates in the key file do not belong together. "
            "Ask your clinic for a new key file."
        ) from error
    return OpenCredential(key=key, certificate=own, root=root)

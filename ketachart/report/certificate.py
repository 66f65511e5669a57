"""What a certificate says and holds: the parts that the clinic's authority puts together.

Certificates are X.509 (RFC 5280). A nurse's may sign documents and nothing else.
"""

import re
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ketachart.errors import CannotRead, Refused

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""The purpose "signs documents" (RFC 9336)."""

EMAIL_PROTECTION = ExtendedKeyUsageOID.EMAIL_PROTECTION
"""The purpose NSS, and with it poppler, asks of whoever signs a PDF."""

_LONGEST = 64  # RFC 5280, appendix A.1, in characters; cryptography 50 counts bytes of UTF-8
_PRINTABLE = re.compile(r"[A-Za-z0-9 '()+,\-./:=?]+")  # X.680 PrintableString, for serialNumber


def named(name: x509.Name, part: x509.ObjectIdentifier) -> str:
    """One part of a certificate's name, or an empty text where it has none."""
    values = name.get_attributes_for_oid(part)
    return str(values[0].value) if values else ""


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal: what two people read out to each other."""
    return certificate.fingerprint(hashes.SHA256()).hex()


class Certified:
    """Whoever signs with a certificate, wherever the key lies: in the ledger or on a token."""

    __slots__ = ()
    certificate: x509.Certificate

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


def read(pem: str) -> x509.Certificate:
    """A certificate from its PEM text; raises CannotRead where it is none."""
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise CannotRead("This is no certificate. Ask your clinic for a new key file.") from error


def fingerprint_of(pem: str) -> str:
    """SHA-256 of a PEM certificate, in hexadecimal; raises CannotRead where it is none."""
    return fingerprint(read(pem))


def serial_of(certificate: x509.Certificate) -> str:
    """The certificate's serial number, in hexadecimal."""
    return f"{certificate.serial_number:x}"


def fits(value: str, what: str) -> str:
    """A text as it stands in a certificate; raises Refused where it does not fit in one."""
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
    cleaned = fits(value, "a staff number")
    if not _PRINTABLE.fullmatch(cleaned):
        raise Refused(
            "A staff number may hold plain letters, digits, spaces and - . / : only. "
            "Nothing was made: type it again.",
            rule="certificate-name",
            field="a staff number",
        )
    return cleaned


def person(*, name: str, staff_id: str, credential: str, clinic: str) -> x509.Name:
    """Whom a certificate names; raises Refused where a part is missing or does not fit."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, fits(clinic, "the clinic's name")),
            x509.NameAttribute(NameOID.COMMON_NAME, fits(name, "the nurse's name")),
            x509.NameAttribute(NameOID.TITLE, fits(credential, "the credential, such as RN")),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, _staff_number(staff_id)),
        ]
    )


def moment(now: datetime) -> datetime:
    """A moment as certificates count it: UTC, whole seconds."""
    if now.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return now.astimezone(UTC).replace(microsecond=0)


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


def root_certificate(
    key: ec.EllipticCurvePrivateKey, name: x509.Name, *, start: datetime, years: int
) -> x509.Certificate:
    """The authority's own: it may vouch for people and withdraw that, and nothing else."""
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
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


def nurse_certificate(  # noqa: PLR0913 - what a certificate rests on
    root: x509.Certificate,
    signing: ec.EllipticCurvePrivateKey,
    public_key: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    *,
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    """A certificate to sign documents with; it never outlives the authority."""
    return (
        x509.CertificateBuilder(
            issuer_name=root.subject,
            subject_name=subject,
            public_key=public_key,
            serial_number=x509.random_serial_number(),
            not_valid_before=max(start, root.not_valid_before_utc),
            not_valid_after=min(end, root.not_valid_after_utc),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(for_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(authority_key_id(root), critical=False)
        .sign(signing, hashes.SHA384())
    )


def authority_key_id(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    """Which key of the authority signed, as certificates and lists name it."""
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)

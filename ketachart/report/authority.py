"""The clinic's own authority, and the certificates with which its nurses sign.

The authority is made once, offline, on the clinic's first run; it vouches for each nurse by
issuing a certificate (X.509, RFC 5280). Whoever has the authority's own can check any report. A
nurse on another laptop asks for hers with a request (PKCS#10, RFC 2986): the key stays where it
was made.
"""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ketachart.domain.wording import day
from ketachart.errors import Refused
from ketachart.report.certificate import (
    DOCUMENT_SIGNING,
    EMAIL_PROTECTION,
    fingerprint,
    fingerprint_of,
    fits,
    moment,
    named,
    nurse_certificate,
    person,
    root_certificate,
    serial_of,
)
from ketachart.report.credential import (
    Credential,
    OpenCredential,
    in_file,
    open_credential,
    some_passphrase,
)
from ketachart.report.keyfile import ROUNDS
from ketachart.report.requests import (
    DAYS,
    Asked,
    Pending,
    asked_for,
    certify,
    complete,
    make_request,
)

__all__ = [
    "AUTHORITY_NAME",
    "DOCUMENT_SIGNING",
    "EMAIL_PROTECTION",
    "Asked",
    "Credential",
    "OpenCredential",
    "Pending",
    "asked_for",
    "complete",
    "fingerprint",
    "fingerprint_of",
    "issue",
    "issue_for",
    "make_authority",
    "make_request",
    "may_issue",
    "named",
    "open_credential",
    "serial_of",
]

AUTHORITY_NAME = "KetaChart authority"  # every clinic's; the organization says which clinic


def make_authority(
    *, clinic: str, passphrase: str, now: datetime, years: int = 10, rounds: int = ROUNDS
) -> Credential:
    """The clinic's own authority: a P-384 key that may issue certificates, and nothing else.

    ``now`` is aware; the authority is valid for ``years`` of 365 days from it. ``rounds`` is for
    tests and demonstrations only (see keyfile.lock). Raises Refused where the clinic's name or
    the passphrase is missing or does not fit in a certificate.
    """
    start = moment(now)
    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, fits(clinic, "the clinic's name")),
            x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY_NAME),
        ]
    )
    root = root_certificate(key, name, start=start, years=years)
    return in_file(key, (root,), passphrase=passphrase, rounds=rounds)


def _vouches(root: x509.Certificate) -> bool:
    try:
        return root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def may_issue(opened: OpenCredential, now: datetime) -> None:
    """Whether this is an authority in its own time; raises Refused, with what to do, if not."""
    start, root = moment(now), opened.certificate
    if root != opened.root or not _vouches(root):
        raise Refused(
            "This is a nurse's key, not the clinic's authority. Nothing was issued. "
            "Choose the authority's key file.",
            rule="no-authority",
        )
    if not root.not_valid_before_utc <= start < root.not_valid_after_utc:
        raise Refused(
            f"The clinic's authority is valid from {day(root.not_valid_before_utc.date())} to "
            f"{day(root.not_valid_after_utc.date())} only. Nothing was issued. "
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
    days: int = DAYS,
    rounds: int = ROUNDS,
) -> Credential:
    """A nurse's certificate and P-256 key, vouched for by the clinic's authority.

    Valid from ``now`` (aware) for ``days``, but never beyond the authority's own end. ``rounds``
    is for tests and demonstrations only (see keyfile.lock). Raises WrongPassphrase where the
    authority does not open, and Refused where the authority has ended, is no authority, or a name
    does not fit in a certificate.
    """
    start = moment(now)
    subject = person(name=name, staff_id=staff_id, credential=credential, clinic=clinic)
    some_passphrase(passphrase)
    opened = open_credential(authority.pkcs12, passphrase_of_authority)
    may_issue(opened, start)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = nurse_certificate(
        opened.certificate,
        opened.key,
        key.public_key(),
        subject,
        start=start,
        end=start + timedelta(days=days),
    )
    return in_file(key, (certificate, opened.root), passphrase=passphrase, rounds=rounds)


def issue_for(
    authority: Credential,
    passphrase_of_authority: str,
    csr_pem: str,
    *,
    now: datetime,
    days: int = DAYS,
) -> str:
    """The certificate for a request, PEM; the clinic in it is the authority's own.

    Valid from an hour before ``now`` (aware), since two clocks differ, for ``days``. Raises
    WrongPassphrase, CannotRead where it is no whole request, and Refused as ``issue`` does.
    """
    opened = open_credential(authority.pkcs12, passphrase_of_authority)
    may_issue(opened, now)
    certificate = certify(opened, csr_pem, now=now, days=days)
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

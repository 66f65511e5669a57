"""The list of certificates that the clinic took back (CRL, RFC 5280, section 5), as a file.

The authority signs a new one at each withdrawal and before the last one grows old; the higher
number is the newer. It goes to the laptops and verifiers with the trust file, since nothing here
asks a network.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from ketachart.domain.facts.post import WhyWithdrawn
from ketachart.errors import CannotRead
from ketachart.report.certificate import authority_key_id, moment
from ketachart.report.credential import OpenCredential

DAYS = 30
"""How long a list is meant to be the newest."""

REASONS: dict[WhyWithdrawn, x509.ReasonFlags] = {
    "left the clinic": x509.ReasonFlags.affiliation_changed,
    "key lost or stolen": x509.ReasonFlags.key_compromise,
    "replaced": x509.ReasonFlags.superseded,
    "issued in error": x509.ReasonFlags.privilege_withdrawn,
}
"""How X.509 names each reason."""

DOUBTS_ALL: frozenset[WhyWithdrawn] = frozenset({"key lost or stolen", "issued in error"})
"""Where every signature is doubted, whatever time it claims: whoever has the key sets the clock."""

_WORDS = {flag: reason for reason, flag in REASONS.items()}
_LISTS = re.compile(rb"-----BEGIN X509 CRL-----.*?-----END X509 CRL-----\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One certificate that was taken back; ``since`` is from when its signatures do not count."""

    serial: str
    reason: WhyWithdrawn
    since: datetime
    withdrawn_at: datetime

    def doubts(self, signed_at: datetime) -> bool:
        """Whether a signature that claims this time does not count."""
        return self.reason in DOUBTS_ALL or signed_at >= self.since


@dataclass(frozen=True, slots=True)
class WithdrawnList:
    """A list as the authority signed it; after ``next_update`` a newer one is to be expected."""

    number: int
    made_at: datetime
    next_update: datetime
    rows: tuple[Withdrawn, ...]

    def row(self, serial: str) -> Withdrawn | None:
        """What it says of a certificate, by serial number in hexadecimal; None: nothing."""
        return next((row for row in self.rows if row.serial == serial), None)


def sign_list(
    authority: OpenCredential,
    withdrawn: Sequence[Withdrawn],
    *,
    number: int,
    now: datetime,
    days: int = DAYS,
) -> bytes:
    """The list, signed by the authority, PEM; ``now`` is aware. Two lists never share a number."""
    start = moment(now)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(start)
        .next_update(start + timedelta(days=days))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(authority_key_id(authority.certificate), critical=False)
    )
    for row in withdrawn:
        builder = builder.add_revoked_certificate(_entry(row))
    signed = builder.sign(authority.key, hashes.SHA384())
    return signed.public_bytes(serialization.Encoding.PEM)


def _entry(row: Withdrawn) -> x509.RevokedCertificate:
    return (
        x509.RevokedCertificateBuilder()
        .serial_number(int(row.serial, 16))
        .revocation_date(moment(row.withdrawn_at))
        .add_extension(x509.CRLReason(REASONS[row.reason]), critical=False)
        .add_extension(x509.InvalidityDate(moment(row.since)), critical=False)
        .build()
    )


def read_list(pem: bytes, root: x509.Certificate) -> WithdrawnList:
    """What a list says; raises CannotRead where it is none, or this authority did not sign it."""
    foreign = CannotRead(
        "This is no list of withdrawn certificates of this clinic. Nothing was changed. "
        "Ask the clinic for its newest trust file."
    )
    try:
        found = x509.load_pem_x509_crl(pem)
        ours = found.issuer == root.subject and found.is_signature_valid(
            root.public_key()  # type: ignore[arg-type]  # any key; one of another kind is refused
        )
        if not ours:
            raise foreign
        return _read(found, foreign)
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        raise foreign from error


def _read(found: x509.CertificateRevocationList, foreign: CannotRead) -> WithdrawnList:
    until = found.next_update_utc
    if until is None:
        raise foreign
    return WithdrawnList(
        number=found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number,
        made_at=found.last_update_utc,
        next_update=until,
        rows=tuple(_row(entry) for entry in found),
    )


def _row(entry: x509.RevokedCertificate) -> Withdrawn:
    """One row; what is said in words we do not know is taken for the gravest."""
    reason: WhyWithdrawn = "key lost or stolen"
    since = entry.revocation_date_utc
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            reason = _WORDS.get(extension.value.reason, reason)
        elif isinstance(extension.value, x509.InvalidityDate):
            since = extension.value.invalidity_date_utc
    return Withdrawn(f"{entry.serial_number:x}", reason, since, entry.revocation_date_utc)


def lists_in(trust_pem: bytes) -> tuple[bytes, ...]:
    """The lists in a trust file, which holds them after the clinic's certificates."""
    return tuple(found.group() for found in _LISTS.finditer(trust_pem))


def newest(lists: Sequence[WithdrawnList]) -> WithdrawnList | None:
    """The list with the highest number, or None where there is none."""
    return max(lists, key=lambda each: each.number, default=None)

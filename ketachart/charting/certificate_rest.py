"""Whether anything at all is to be said of one's own certificate, as the clinic's book has it.

Certificates themselves are read only where this does not know: what reads them takes as much
memory as a long visit, and most days nothing is to be said.
"""

import binascii
import hashlib
from datetime import datetime, timedelta
from typing import Final

from ketachart.charting.signing_key import certificate_of
from ketachart.domain.facts.post import CertificateIssued, CertificateWithdrawn, WithdrawnListed
from ketachart.domain.visit import Visit
from ketachart.storage.ledger import Ledger

WARNED: Final = timedelta(days=60)
"""How long before a certificate's end its owner is told of it."""

_WAITING: Final = ("pending", "granted")


def is_at_rest(ledger: Ledger, register: Visit, staff_id: str, now: datetime) -> bool:
    """Whether this person's certificate is good for long, and no other one is on its way.

    False is no answer: the certificates are to be read then.
    """
    kept = certificate_of(ledger, staff_id)
    if kept is None or any(ledger.credentials(staff_id, kind) for kind in _WAITING):
        return False
    if any(register.of(kind) for kind in (WithdrawnListed, CertificateWithdrawn)):
        return False
    own = _fingerprint(kept.certificate_pem)
    issued = register.facts(CertificateIssued)
    ends = [fact.until for fact in issued if own and fact.fingerprint == own]
    return bool(ends) and min(ends) - now > WARNED


def _fingerprint(pem: str) -> str:
    """SHA-256 of the certificate, in hexadecimal; empty where the text is none (RFC 7468)."""
    begin, _, rest = pem.partition("-----BEGIN CERTIFICATE-----")
    inside, end, _ = rest.partition("-----END CERTIFICATE-----")
    if begin.strip() or not end:
        return ""
    try:
        return hashlib.sha256(binascii.a2b_base64(inside)).hexdigest()
    except binascii.Error:
        return ""

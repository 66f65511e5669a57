"""The clinic's answers to the requests of one person: which certificate waits for which key here.

A key that was asked for twice, or a request that was granted twice, must not leave anybody with a
certificate that is offered for ever and can never be taken.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ketachart.storage.entry import KeptCredential
from ketachart.storage.ledger import Ledger

LONGER = timedelta(days=1)
"""A second certificate for the same key is of use only where it lasts longer than the first."""


def same_key(certificate_pem: str, request_pem: str) -> bool:
    """Whether a certificate is for the key that a request was made with."""
    from cryptography import x509

    own = x509.load_pem_x509_certificate(certificate_pem.encode()).public_key()
    return own == x509.load_pem_x509_csr(request_pem.encode()).public_key()


def waiting(ledger: Ledger, staff_id: str) -> str:
    """A certificate that came for a key of this person here, PEM; empty where none did."""
    granted = (kept.certificate_pem for kept in ledger.credentials(staff_id, "granted"))
    fitting = [pem for pem in granted if pending_for(ledger, staff_id, pem) is not None]
    return max(fitting, key=_end, default="")


def pending_for(ledger: Ledger, staff_id: str, certificate_pem: str) -> KeptCredential | None:
    """The key of this person that waits here for that certificate; None where none does."""
    own = ledger.credentials(staff_id, "nurse")
    kept = ledger.credentials(staff_id, "pending")
    found = [one for one in kept if same_key(certificate_pem, one.certificate_pem)]
    if not found:
        return None
    ends = list(_ends_of(own, found[-1]))
    if ends:
        return found[-1] if _end(certificate_pem) - max(ends) > LONGER else None
    newest = found[-1] == kept[-1]
    after = all(_made(found[-1]) >= _made(one) for one in own)
    return found[-1] if newest or after else None


def _ends_of(own: tuple[KeptCredential, ...], pending: KeptCredential) -> Iterator[datetime]:
    """When the certificates that this very key has already come to their end."""
    for one in own:
        if same_key(one.certificate_pem, pending.certificate_pem):
            yield _end(one.certificate_pem)


def _end(certificate_pem: str) -> datetime:
    from ketachart.report.certificate import read

    return read(certificate_pem).not_valid_after_utc


def _made(kept: KeptCredential) -> datetime:
    return datetime.fromisoformat(kept.made_at)

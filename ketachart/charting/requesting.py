"""A key of one's own on this laptop: made here or in a token, and the clinic's answer for it."""

from dataclasses import dataclass, replace
from datetime import datetime

from ketachart.charting.certifying import Made, issued_fact
from ketachart.charting.task_words import Told, silent
from ketachart.errors import CannotRead, Refused
from ketachart.report import authority, requests, token
from ketachart.report.certificate import person, read
from ketachart.report.credential import together
from ketachart.report.token import TokenPlace
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import passphrase_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTask:
    """A new key on this laptop that the clinic is to vouch for."""

    name: str
    staff_id: str
    credential: str
    clinic: str
    at: datetime
    rounds: int
    token: TokenPlace | None = None

    def work(self, passphrase: str, told: Told = silent) -> "MadeRequest":
        """Makes the key and the request; may run in a worker. For a token it is the PIN.

        Raises:
            Refused: the passphrase will not do, or a name does not fit in a certificate.
            WrongPassphrase, CannotSign, CannotRead: the token did not make a key.
        """
        fault = "" if self.token else passphrase_fault(passphrase)
        if fault:
            raise Refused(fault, rule="passphrase", field="passphrase")
        told("Making your key")
        if self.token is not None:
            return self._in_token(self.token, passphrase)
        pending = authority.make_request(
            name=self.name,
            staff_id=self.staff_id,
            credential=self.credential,
            clinic=self.clinic,
            passphrase=passphrase,
            rounds=self.rounds,
        )
        return self._made(pending.csr_pem, pending.pkcs12)

    def _in_token(self, place: TokenPlace, pin: str) -> "MadeRequest":
        subject = person(
            name=self.name,
            staff_id=self.staff_id,
            credential=self.credential,
            clinic=self.clinic,
        )
        return self._made(token.make_key(place, pin, subject, token.new_key_id()), b"")

    def _made(self, csr_pem: str, pkcs12: bytes) -> "MadeRequest":
        kept = KeptCredential(
            holder=self.staff_id,
            kind="pending",
            made_at=self.at.isoformat(),
            certificate_pem=csr_pem,
            pkcs12=pkcs12,
        )
        return MadeRequest(csr_pem, authority.asked_for(csr_pem).fingerprint, kept)


@dataclass(frozen=True, slots=True)
class MadeRequest:
    """A request and the key that waits for its answer; nobody has kept them yet."""

    csr_pem: str
    fingerprint: str
    credential: KeptCredential


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask:
    """A certificate that came for the key that waits here."""

    pending: KeptCredential
    certificate_pem: str
    root_pem: str
    at: datetime
    rounds: int
    replaces: str = ""

    def work(self, passphrase: str, told: Told = silent) -> Made:
        """Puts certificate and key together; may run in a worker. A token's key is not opened.

        Raises:
            WrongPassphrase: it does not open the key that waits; nothing was changed.
            CannotRead: the certificate is not for it; nothing was changed.
        """
        if self.pending.pkcs12 == b"":
            self._fits_the_token()
            return self._made(self.certificate_pem, b"")
        told("Opening your key")
        whole = requests.complete(
            self.pending.pkcs12,
            self.certificate_pem,
            self.root_pem,
            passphrase,
            rounds=self.rounds,
        )
        return self._made(whole.certificate_pem, whole.pkcs12)

    def _fits_the_token(self) -> None:
        own = read(self.certificate_pem)
        together(own, read(self.root_pem))
        asked = authority.asked_for(self.pending.certificate_pem)
        if requests.fingerprint_of_key(own) != asked.fingerprint:
            raise CannotRead(requests.ANOTHER_KEY)

    def _made(self, pem: str, pkcs12: bytes) -> Made:
        kept = replace(
            self.pending,
            serial=0,
            kind="nurse",
            made_at=self.at.isoformat(),
            certificate_pem=pem,
            pkcs12=pkcs12,
        )
        fact = issued_fact(pem, now=self.at, replaces=self.replaces)
        return Made(facts=(fact,), credentials=(kept,), certificate_pem=pem)

"""What the clinic's authority does with its key open: issue, renew, withdraw, list again.

Each task holds all that it needs, so that it may run in a worker; what it made is kept after that,
in one act, by `CertificateDesk.finish`.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.x509.oid import NameOID

from ketachart.charting import signing_key
from ketachart.charting.task_words import Told, silent
from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import (
    CertificateIssued,
    CertificateWithdrawn,
    WhyWithdrawn,
    WithdrawnListed,
)
from ketachart.errors import Refused
from ketachart.report import authority, withdrawn
from ketachart.report.certificate import read, serial_of
from ketachart.report.credential import Credential, OpenCredential, open_credential
from ketachart.report.withdrawn import Withdrawn
from ketachart.storage.entry import Document, KeptCredential
from ketachart.storage.keyring import passphrase_fault

CLINIC = signing_key.CLINIC
LIST = "withdrawn-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a task made and nobody has kept yet: facts, certificates and lists, all of one act."""

    facts: tuple[Fact, ...]
    credentials: tuple[KeptCredential, ...] = ()
    documents: tuple[Document, ...] = ()
    certificate_pem: str = ""

    @property
    def act(self) -> str:
        """The act's id, worked out from what was made: handed in twice, it is kept once."""
        parts = [
            *(kept.kind + kept.certificate_pem for kept in self.credentials),
            *(paper.sha256 for paper in self.documents),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def issued_fact(pem: str, *, now: datetime, replaces: str = "") -> CertificateIssued:
    """What the clinic's stream says of a certificate."""
    certificate = read(pem)
    subject = certificate.subject
    return CertificateIssued(
        at=now,
        serial=serial_of(certificate),
        fingerprint=authority.fingerprint(certificate),
        staff_id=authority.named(subject, NameOID.SERIAL_NUMBER),
        name=authority.named(subject, NameOID.COMMON_NAME),
        until=certificate.not_valid_after_utc,
        replaces=replaces,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTask:
    """A certificate to be issued: for a key made here, or for the one a request asks for."""

    authority: bytes = field(repr=False)
    name: str
    staff_id: str
    credential: str
    clinic: str
    request_pem: str = ""
    days: int
    at: datetime
    rounds: int
    replaces: str = ""

    def work(
        self, passphrase: str, told: Told = silent, *, own_passphrase: str | None = None
    ) -> Made:
        """Opens the authority's key and issues; may run in a worker.

        ``own_passphrase`` locks a key that is made here; None takes the authority's for both, as
        at the founding.

        Raises:
            WrongPassphrase: it does not open the authority's key; nothing was issued.
            Refused, CannotRead: the sentence says what is wrong; nothing was issued.
        """
        told("Opening the authority's key")
        root = Credential("", self.authority, "", "", self.at, self.at)
        if self.request_pem:
            told("Issuing the certificate")
            pem = authority.issue_for(
                root, passphrase, self.request_pem, now=self.at, days=self.days
            )
            return self._made(pem, b"", kind="issued")
        own = passphrase if own_passphrase is None else own_passphrase
        fault = passphrase_fault(own)
        if fault:
            raise Refused(fault, rule="passphrase", field="passphrase")
        told("Issuing the certificate")
        made = authority.issue(
            root,
            passphrase,
            name=self.name,
            staff_id=self.staff_id,
            credential=self.credential,
            clinic=self.clinic,
            passphrase=own,
            now=self.at,
            days=self.days,
            rounds=self.rounds,
        )
        return self._made(made.certificate_pem, made.pkcs12, kind="nurse")

    def _made(self, pem: str, pkcs12: bytes, *, kind: str) -> Made:
        kept = KeptCredential(
            holder=self.staff_id,
            kind=kind,
            made_at=self.at.isoformat(),
            certificate_pem=pem,
            pkcs12=pkcs12,
        )
        fact = issued_fact(pem, now=self.at, replaces=self.replaces)
        return Made(facts=(fact,), credentials=(kept,), certificate_pem=pem)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTask:
    """A certificate to be taken back, or nothing new: the list is signed again either way."""

    authority: bytes = field(repr=False)
    rows: tuple[Withdrawn, ...]
    taken_back: tuple[CertificateWithdrawn, ...]
    number: int
    at: datetime

    def work(self, passphrase: str, told: Told = silent) -> Made:
        """Opens the authority's key and signs the list; may run in a worker.

        Raises:
            WrongPassphrase: it does not open the authority's key; nothing was withdrawn.
            Refused: the authority has ended; nothing was withdrawn.
        """
        told("Opening the authority's key")
        opened = open_credential(self.authority, passphrase)
        authority.may_issue(opened, self.at)
        told("Signing the list")
        pem = withdrawn.sign_list(opened, self.rows, number=self.number, now=self.at)
        listed, paper = kept_list(pem, opened, now=self.at)
        return Made(facts=(*self.taken_back, listed), documents=(paper,))


def kept_list(
    pem: bytes, opened: OpenCredential, *, now: datetime
) -> tuple[WithdrawnListed, Document]:
    """A list as the ledger keeps it: the fact, and the file."""
    return list_of(pem, withdrawn.read_list(pem, opened.root), now=now)


def list_of(
    pem: bytes, says: withdrawn.WithdrawnList, *, now: datetime
) -> tuple[WithdrawnListed, Document]:
    """A list that was read, as the ledger keeps it."""
    paper = Document.of(
        pem, stream=CLINIC, kind=LIST, name=f"withdrawn-{says.number}.pem", made_at=now.isoformat()
    )
    fact = WithdrawnListed(
        at=now, number=says.number, sha256=paper.sha256, next_update=says.next_update
    )
    return fact, paper


def taken_back(
    serial: str, fingerprint: str, *, reason: WhyWithdrawn, since: datetime, now: datetime
) -> CertificateWithdrawn:
    """The fact of a withdrawal.

    Raises:
        Refused: it is to begin later than now; nobody can know that yet.
    """
    if since > now + timedelta(minutes=1):
        raise Refused(
            "A certificate is withdrawn from now or from a time that is past. "
            "Withdraw it on the day.",
            rule="withdrawn ahead of time",
            field="since",
        )
    return CertificateWithdrawn(
        at=now, serial=serial, fingerprint=fingerprint, reason=reason, since=since
    )

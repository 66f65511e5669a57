"""The clinic's certificates as this ledger knows them: whose, until when, withdrawn or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from ketachart.charting import signing_key
from ketachart.charting.certificate_rest import WARNED
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.guiding import GuideTask
from ketachart.domain.facts import ClinicRecorded, NurseRecorded
from ketachart.domain.facts.post import CertificateIssued
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, day
from ketachart.errors import CannotRead, CannotSign, LedgerError
from ketachart.report import requests
from ketachart.report.certificate import fingerprint, named, read, serial_of
from ketachart.report.withdrawn import WithdrawnList
from ketachart.storage.entry import KeptCredential, Row
from ketachart.storage.ledger import Ledger

CLINIC = signing_key.CLINIC
State = Literal["valid", "ends soon", "ended", "withdrawn"]


class Office(Protocol):
    """What the certificates ask of the unlocked ledger that they are a part of."""

    time: ChartTime
    staff_id: str

    @property
    def practice(self) -> bool:
        """Whether this ledger holds made-up patients only."""
        ...

    @property
    def clinic(self) -> ClinicRecorded:
        """The clinic."""
        ...

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream, as it stands."""
        ...

    def adopt(self, rows: Sequence[Row]) -> None:
        """Takes new entries of the clinic's own stream up."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate as the clinic knows it; ``here`` where its key lies in this ledger."""

    serial: str
    fingerprint: str
    staff_id: str
    name: str
    credential: str
    since: datetime
    until: datetime
    state: State
    reason: str
    here: bool
    pem: str


class CertificateBook:
    """What is known of certificates on this ledger; nothing here changes it."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        self._office = office
        self._ledger = ledger
        self._letters = letters

    @property
    def holds_authority(self) -> bool:
        """Whether this ledger holds the clinic's authority; a joined laptop does not."""
        return bool(self._ledger.credentials(CLINIC, "authority"))

    def issued(self) -> tuple[Issued, ...]:
        """Every certificate that is known here, the oldest first."""
        found: dict[str, KeptCredential] = {}
        for kept in self._kept():
            found.setdefault(fingerprint(read(kept.certificate_pem)), kept)
        known = self._newest()
        now = self._office.time.now()
        in_order = sorted(found.values(), key=lambda kept: kept.serial)
        return tuple(self._issued(kept, known, now) for kept in in_order)

    def _kept(self) -> list[KeptCredential]:
        """The certificates on this laptop; one with its key here comes before a copy without."""
        people = {fact.staff_id for fact in self._register.facts(NurseRecorded)}
        people |= {fact.staff_id for fact in self._register.facts(CertificateIssued)}
        kinds = ("nurse", "issued")
        return [
            kept
            for kind in kinds
            for staff_id in sorted(people)
            for kept in self._ledger.credentials(staff_id, kind)
        ]

    def own(self) -> Issued | None:
        """The certificate that the unlocked person signs with here; None where there is none."""
        kept = signing_key.certificate_of(self._ledger, self._office.staff_id)
        if kept is None:
            return None
        return self._issued(kept, self._newest(), self._office.time.now())

    def warning(self, now: datetime | None = None) -> str:
        """What the unlocked person should know of their certificate in time; empty: nothing."""
        own = self.own()
        if own is None:
            return ""
        moment = now or self._office.time.now()
        if own.state == "withdrawn":
            return (
                f"The clinic withdrew your certificate ({own.reason}). Charting goes on; signing "
                "needs a new one. Ask your clinic."
            )
        left = own.until - moment
        if left > WARNED:
            return ""
        ends = day(own.until.astimezone(moment.tzinfo).date())
        if left < timedelta(0):
            return (
                f"Your certificate ended on {ends}. Charting goes on; signing needs a new one. "
                "Ask your clinic."
            )
        in_days = f"in {count(left.days, 'day')}" if left.days else "today"
        return f"Your certificate ends on {ends}, {in_days}. Ask your clinic for a new one."

    def why_not_now(self) -> str:
        """Why the unlocked person cannot sign now, and what to do; empty: nothing is against it.

        Whether the passphrase is right is seen only at the signature.
        """
        try:
            signing_key.own_key(self._ledger, self._office.staff_id, self._office.time.now())
        except CannotSign as error:
            return str(error)
        return ""

    def warning_of_authority(self, now: datetime | None = None) -> str:
        """That the authority's own end is near, so that certificates end with it; empty: no."""
        if not self.holds_authority:
            return ""
        moment = now or self._office.time.now()
        until = read(self.root_pem).not_valid_after_utc
        if until - moment > timedelta(days=requests.DAYS):
            return ""
        ends = day(until.astimezone(moment.tzinfo).date())
        said = "ended" if until < moment else "ends"
        return (
            f"The clinic's authority {said} on {ends}, and every certificate with it. Reports "
            "signed until then stay good. Found a new ledger for the clinic in time."
        )

    def waiting_request(self) -> str:
        """The request of this person that waits for the clinic's answer, PEM; empty: none."""
        waiting = self._pending()
        return waiting.certificate_pem if waiting else ""

    def waiting_fingerprint(self) -> str:
        """The fingerprint of its key, to be read to the clinic by telephone; empty: none."""
        request = self.waiting_request()
        return requests.asked_for(request).fingerprint if request else ""

    def _pending(self) -> KeptCredential | None:
        kept = self._ledger.credentials(self._office.staff_id, "pending")
        if not kept:
            return None
        answered = {
            requests.fingerprint_of_key(read(c.certificate_pem))
            for c in self._ledger.credentials(self._office.staff_id, "nurse")
        }
        last = kept[-1]
        return None if requests.asked_for(last.certificate_pem).fingerprint in answered else last

    # ------------------------------------------------ what goes out

    def trust_file(self) -> bytes:
        """What a verifier needs: the clinic's root certificates, and the newest list after them."""
        roots = "".join(signing_key.roots_of(self._ledger)).encode()
        known = signing_key.newest_list(self._ledger)
        return roots + (known[0] if known else b"")

    def newest_list(self) -> bytes:
        """The newest list of withdrawn certificates, PEM; empty where there is none yet."""
        known = signing_key.newest_list(self._ledger)
        return known[0] if known else b""

    def root_der(self) -> bytes:
        """The clinic's root certificate as Acrobat takes it (DER)."""
        return read(self.root_pem).public_bytes(serialization.Encoding.DER)

    def guide(self, paper: Literal["letter", "a4"] = "letter") -> bytes:
        """A page that says how to trust the clinic's certificate in Acrobat Reader, as PDF.

        Raises:
            CannotPrint: the clinic's name cannot be printed.
        """
        return self.guide_task(paper).work()

    def guide_task(self, paper: Literal["letter", "a4"] = "letter") -> GuideTask:
        """The same page, to be drawn in a worker."""
        return GuideTask(
            clinic=self._office.clinic.name,
            root_pem=self.root_pem,
            at=self._office.time.now(),
            paper=paper,
            practice=self._office.practice,
        )

    # ------------------------------------------------ inside

    @property
    def _register(self) -> Visit:
        return self._office.own_stream

    @property
    def root_pem(self) -> str:
        """The clinic's root certificate, PEM; the newest, where there are several.

        Raises:
            LedgerError: there is none.
        """
        roots = signing_key.roots_of(self._ledger)
        if not roots:
            raise LedgerError("This ledger has no root certificate. Ask your clinic's supervisor.")
        return roots[-1]

    def _newest(self) -> WithdrawnList | None:
        known = signing_key.newest_list(self._ledger)
        return known[1] if known else None

    def _known(self, serial: str) -> Issued:
        """A certificate by its serial number, or as many of its first digits as tell it apart."""
        wanted = serial.strip().lower()
        found = [each for each in self.issued() if wanted and each.serial.startswith(wanted)]
        if len(found) != 1:
            how_many = "no" if not found else "more than one"
            raise CannotRead(
                f"There is {how_many} certificate whose number begins with “{serial}”. "
                "Look at the list of certificates."
            )
        return found[0]

    def _issued(self, kept: KeptCredential, known: WithdrawnList | None, now: datetime) -> Issued:
        certificate = read(kept.certificate_pem)
        serial, until = serial_of(certificate), certificate.not_valid_after_utc
        row = known.row(serial) if known else None
        return Issued(
            serial=serial,
            fingerprint=fingerprint(certificate),
            staff_id=kept.holder,
            name=named(certificate.subject, NameOID.COMMON_NAME),
            credential=named(certificate.subject, NameOID.TITLE),
            since=certificate.not_valid_before_utc,
            until=until,
            state="withdrawn" if row else _state(until, now),
            reason=row.reason if row else "",
            here=bool(kept.pkcs12),
            pem=kept.certificate_pem,
        )


def _state(until: datetime, now: datetime) -> State:
    if now > until:
        return "ended"
    return "ends soon" if until - now <= WARNED else "valid"

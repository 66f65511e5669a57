"""The clinic's certificates: issued, renewed, withdrawn; and a key of one's own asked for."""

import json
from datetime import datetime

from ketachart.charting import answers, certifying, signing_key
from ketachart.charting.certificate_book import CertificateBook, Issued
from ketachart.charting.certifying import CLINIC, IssueTask, Made, WithdrawTask
from ketachart.charting.drafting import drafts_of
from ketachart.charting.lost_answer import taken_up
from ketachart.charting.requesting import CompleteTask, MadeRequest, RequestTask
from ketachart.charting.task_words import rounds_of
from ketachart.domain.admission.door import admit
from ketachart.domain.facts.post import CertificateWithdrawn, WhyWithdrawn, WithdrawnListed
from ketachart.domain.visit import Visit
from ketachart.errors import CannotRead, Refused
from ketachart.report import requests, withdrawn
from ketachart.report.certificate import read
from ketachart.report.token import TokenPlace
from ketachart.report.withdrawn import Withdrawn

__all__ = ["CertificateDesk", "Issued"]


class CertificateDesk(CertificateBook):
    """Issues, renews and withdraws certificates, and keeps what the clinic's authority signed.

    Whatever the authority's key does is a task that may run in a worker; `finish` keeps what it
    made in one act, on the ledger's own thread.
    """

    # ------------------------------------------------ the authority's acts

    def issuing(  # noqa: PLR0913 - what a certificate rests on
        self,
        staff_id: str,
        name: str,
        credential: str,
        request_pem: str | None = None,
        *,
        days: int = requests.DAYS,
        replaces: str = "",
    ) -> IssueTask:
        """A certificate for somebody; with a request, for the key that it was made with.

        Raises:
            Refused: only a supervisor may, or the request is another person's.
            CannotRead: there is no authority here, or the request cannot be read.
        """
        self._may(staff_id)
        if request_pem:
            asked = requests.asked_for(request_pem)
            if (asked.staff_id, asked.name, asked.credential) != (staff_id, name, credential):
                raise Refused(
                    f"The request is of {asked.name}, {asked.credential} ({asked.staff_id}), not "
                    f"of {name}, {credential} ({staff_id}). Nothing was issued: ask for the "
                    "other one.",
                    rule="request of another",
                )
        return IssueTask(
            authority=self._authority(),
            name=name,
            staff_id=staff_id,
            credential=credential,
            clinic=self._office.clinic.name,
            request_pem=request_pem or "",
            days=days,
            at=self._office.time.now(),
            rounds=rounds_of(practice=self._office.practice),
            replaces=replaces,
        )

    def renewing(self, serial: str, request_pem: str | None = None) -> IssueTask:
        """A new key and certificate for the same person; the old one is not withdrawn by it.

        Where the key is on another laptop, the new one is made there: its request is needed.

        Raises:
            Refused, CannotRead: as for `issuing`, or the key is on another laptop.
        """
        old = self._known(serial)
        if not request_pem and not old.here:
            raise Refused(
                f"The key of {old.name} is on another laptop. A new one is made there: ask for "
                "the request.",
                rule="key elsewhere",
            )
        if not request_pem and old.staff_id != self._office.staff_id:
            raise Refused(
                f"A new key is made by the person who signs with it. Have {old.name} unlock and "
                "renew it.",
                rule="key of another",
            )
        return self.issuing(
            old.staff_id, old.name, old.credential, request_pem, replaces=old.serial
        )

    def withdrawing(self, serial: str, reason: WhyWithdrawn, since: datetime) -> WithdrawTask:
        """Takes a certificate back; the new list says so once it is signed.

        Raises:
            Refused: only a supervisor may, it is withdrawn already, or the time is to come.
            CannotRead: there is no such certificate, or no authority here.
        """
        old = self._known(serial)
        self._may(old.staff_id)
        if any(fact.serial == old.serial for fact in self._register.facts(CertificateWithdrawn)):
            raise Refused(
                f"The certificate of {old.name} is withdrawn already. Nothing was changed: choose "
                "another one.",
                rule="withdrawn already",
            )
        fact = certifying.taken_back(
            old.serial,
            old.fingerprint,
            reason=reason,
            since=since,
            now=self._office.time.now(),
        )
        return self._list_task((fact,))

    def listing(self) -> WithdrawTask:
        """The list as it stands, signed again before the last one grows old.

        Raises:
            CannotRead: there is no authority here.
        """
        return self._list_task(())

    def _list_task(self, more: tuple[CertificateWithdrawn, ...]) -> WithdrawTask:
        facts = (*self._register.facts(CertificateWithdrawn), *more)
        numbers = [fact.number for fact in self._register.facts(WithdrawnListed)]
        return WithdrawTask(
            authority=self._authority(),
            rows=tuple(Withdrawn(f.serial, f.reason, f.since, f.at) for f in facts),
            taken_back=more,
            number=max(numbers, default=0) + 1,
            at=self._office.time.now(),
        )

    def finish(self, made: Made) -> str:
        """Keeps what a task made, in one act; gives back the certificate, PEM, if it made one.

        Handed in twice, it is kept once.

        Raises:
            LedgerError: nothing was kept; hand it in again.
        """
        if self._register.entry(made.act) is not None:
            return made.certificate_pem
        now = self._office.time.now()
        for fact in made.facts:
            admit(Visit(), fact, now=now, letters=self._letters)
        drafts = drafts_of(
            made.facts,
            made.act,
            now,
            stream=CLINIC,
            author=self._office.staff_id,
            time=self._office.time,
        )
        with taken_up(self._office, self._ledger):
            rows = self._ledger.append(
                drafts, documents=made.documents, credentials=made.credentials
            )
        self._office.adopt(rows)
        return made.certificate_pem

    # ------------------------------------------------ a key of one's own on this laptop

    def requesting(self) -> RequestTask:
        """A new key on this laptop, or in the token of `sign_with`; and the request for it."""
        nurse = self._office.nurse
        return RequestTask(
            name=nurse.name,
            staff_id=nurse.staff_id,
            credential=nurse.credential,
            clinic=self._office.clinic.name,
            at=self._office.time.now(),
            rounds=rounds_of(practice=self._office.practice),
            token=signing_key.token_of(self._ledger, self._office.staff_id),
        )

    def keep_request(self, made: MadeRequest) -> str:
        """Keeps the key that waits for its certificate; gives back the request, PEM.

        Raises:
            LedgerError: it was not saved.
        """
        kept = made.credential
        self._ledger.add_credential(
            kept.holder,
            kept.kind,
            made_at=kept.made_at,
            certificate_pem=kept.certificate_pem,
            pkcs12=kept.pkcs12,
        )
        return made.csr_pem

    def completing(self, certificate_pem: str) -> CompleteTask:
        """The clinic's answer to the request that waits here.

        Raises:
            CannotRead: nothing waits, or this is no certificate.
        """
        read(certificate_pem)
        staff_id = self._office.staff_id
        pending = answers.pending_for(self._ledger, staff_id, certificate_pem) or self._pending()
        if pending is None:
            raise CannotRead(
                "No key of yours waits for a certificate on this laptop. Nothing was changed: ask "
                "the clinic whom it is for."
            )
        own = self.own()
        return CompleteTask(
            pending=pending,
            certificate_pem=certificate_pem,
            root_pem=self.root_pem,
            at=self._office.time.now(),
            rounds=rounds_of(practice=self._office.practice),
            replaces=own.serial if own else "",
        )

    def sign_with(self, token: TokenPlace | None) -> None:
        """Keeps where the unlocked person's key is: on this token, or in the ledger (None).

        Raises:
            LedgerError: it was not saved.
        """
        said = json.dumps({"module": token.module, "label": token.label}) if token else ""
        self._ledger.put_setting(signing_key.setting_of_token(self._office.staff_id), said)

    def take_list(self, pem: bytes) -> bool:
        """Takes a newer list in that came from the clinic; whether it was new.

        Raises:
            CannotRead: the clinic did not sign it, or two lists carry one number.
            LedgerError: it was not saved.
        """
        says = withdrawn.read_list(pem, read(self.root_pem))
        now = self._office.time.now()
        fact, paper = certifying.list_of(pem, says, now=now)
        lists = self._register.facts(WithdrawnListed)
        if any(each.number == says.number and each.sha256 != fact.sha256 for each in lists):
            raise CannotRead(
                f"There are two lists of withdrawn certificates with the number {says.number}. "
                "Nothing was changed. Ask the clinic which one is right."
            )
        if any(each.number >= says.number for each in lists):
            return False
        self.finish(Made(facts=(fact,), documents=(paper,)))
        return True

    # ------------------------------------------------ who may

    def _authority(self) -> bytes:
        kept = self._ledger.credentials(CLINIC, "authority")
        if not kept:
            raise CannotRead(
                "The clinic's authority is not on this laptop. Only the clinic's own ledger issues "
                "and withdraws certificates."
            )
        return kept[-1].pkcs12

    def _may(self, staff_id: str) -> None:
        """Another person's certificate is a supervisor's matter; one's own is not."""
        if self._office.nurse.role != "supervisor" and staff_id != self._office.staff_id:
            raise Refused(
                "Only a supervisor issues or withdraws another person's certificate. "
                "Ask your clinic's supervisor to unlock and do it.",
                rule="not a supervisor",
            )

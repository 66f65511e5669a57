"""The key that the unlocked person signs with, and whether it may be used now.

It lies in the ledger, locked with its owner's passphrase, or on a token that the laptop's settings
name. A certificate that ended, or that the clinic took back, signs nothing more; charting goes on.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ketachart.domain.facts.post import WithdrawnListed
from ketachart.domain.wording import clock, day
from ketachart.errors import CannotSign
from ketachart.storage import codec

if TYPE_CHECKING:  # what reads certificates and opens keys is imported where one is
    from collections.abc import Iterator
    from datetime import datetime

    from ketachart.report.credential import OpenCredential
    from ketachart.report.token import OpenToken, TokenPlace
    from ketachart.report.withdrawn import WithdrawnList
    from ketachart.storage.entry import KeptCredential
    from ketachart.storage.ledger import Ledger

CLINIC = "clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A certificate, and where its key is: in the ledger (PKCS#12), or on a token."""

    certificate_pem: str
    root_pem: str
    pkcs12: bytes = field(repr=False)
    token: TokenPlace | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        from ketachart.report import authority

        return authority.fingerprint_of(self.certificate_pem)

    @contextmanager
    def opened(self, secret: str) -> Iterator[OpenCredential | OpenToken]:
        """The key, ready to sign, with the passphrase or the token's PIN; may run in a worker.

        Raises:
            WrongPassphrase: it does not open it.
            CannotRead, CannotSign: the key cannot be used; the sentence says what to do.
        """
        if self.token is None:
            from ketachart.report import authority

            yield authority.open_credential(self.pkcs12, secret)
            return
        from ketachart.report.token import open_token

        held = open_token(
            self.token, secret, certificate_pem=self.certificate_pem, root_pem=self.root_pem
        )
        try:
            yield held
        finally:
            held.close()


def setting_of_token(staff_id: str) -> str:
    """The name of the laptop's setting that says where this person's token is."""
    return f"signs-with:{staff_id}"


def token_of(ledger: Ledger, staff_id: str) -> TokenPlace | None:
    """The token that this person signs with here; None: with the key in the ledger."""
    kept = ledger.setting(setting_of_token(staff_id))
    if not kept:
        return None
    from ketachart.report.token import TokenPlace

    said = json.loads(kept)
    return TokenPlace(module=str(said["module"]), label=str(said["label"]))


def roots_of(ledger: Ledger) -> tuple[str, ...]:
    """The clinic's root certificates, PEM, the oldest first; none where the ledger has none."""
    kept = ledger.credentials(CLINIC, "authority") or ledger.credentials(CLINIC, "root")
    return tuple(each.certificate_pem for each in kept)


def newest_list(ledger: Ledger) -> tuple[bytes, WithdrawnList] | None:
    """The newest list of withdrawn certificates on this laptop, as a file and as it reads."""
    rows = ledger.stream_of(CLINIC, (WithdrawnListed.KIND,))
    facts = [codec.entry_of(row).fact for row in rows]
    lists = [fact for fact in facts if isinstance(fact, WithdrawnListed)]
    if not lists:
        return None
    paper = ledger.document(max(lists, key=lambda fact: fact.number).sha256)
    if paper is None:
        return None
    from ketachart.report import withdrawn
    from ketachart.report.certificate import read

    return paper.content, withdrawn.read_list(paper.content, read(roots_of(ledger)[-1]))


def certificate_of(ledger: Ledger, staff_id: str) -> KeptCredential | None:
    """The certificate that this person signs with here, with the key or that of the token."""
    on_token = token_of(ledger, staff_id) is not None
    kept = [c for c in ledger.credentials(staff_id, "nurse") if (c.pkcs12 == b"") == on_token]
    return kept[-1] if kept else None


def own_key(ledger: Ledger, author: str, now: datetime) -> SigningKey:
    """The key that the unlocked person signs with.

    Raises:
        CannotSign: there is none on this laptop, or it may not be used now.
    """
    kept = certificate_of(ledger, author)
    if kept is None:
        raise CannotSign(_none_sentence(ledger, author))
    _in_force(ledger, kept, now)
    return SigningKey(
        certificate_pem=kept.certificate_pem,
        root_pem=roots_of(ledger)[-1],
        pkcs12=kept.pkcs12,
        token=token_of(ledger, author),
    )


def _none_sentence(ledger: Ledger, author: str) -> str:
    if token_of(ledger, author) is not None:
        return (
            "There is no certificate for the key on your token yet. Charting goes on, and the "
            "visit is kept. Ask your clinic for the certificate, then sign."
        )
    if ledger.credentials(author, "pending"):
        return (
            "Your certificate has not come from the clinic yet. Charting goes on, and the visit "
            "is kept. Take in the clinic's package, then sign."
        )
    return "There is no key to sign with on this laptop. Ask your clinic."


def _in_force(ledger: Ledger, kept: KeptCredential, now: datetime) -> None:
    from ketachart.report.certificate import read, serial_of

    certificate = read(kept.certificate_pem)
    begins = certificate.not_valid_before_utc.astimezone(now.tzinfo)
    if now < begins:
        raise CannotSign(
            f"Your certificate begins on {day(begins.date())} at {clock(begins)}, and the laptop's "
            f"clock says {day(now.date())} {clock(now)}. Nothing was signed; charting goes on. Set "
            "the clock, then sign."
        )
    if now > certificate.not_valid_after_utc:
        ended = day(certificate.not_valid_after_utc.astimezone(now.tzinfo).date())
        raise CannotSign(
            f"Your certificate ended on {ended}. Nothing was signed; charting goes on, and the "
            "visit is kept. Ask your clinic for a new certificate, then sign."
        )
    known = newest_list(ledger)
    row = known[1].row(serial_of(certificate)) if known else None
    if row is not None:
        since = day(row.since.astimezone(now.tzinfo).date())
        raise CannotSign(
            f"The clinic withdrew your certificate ({row.reason}, since {since}). Nothing was "
            "signed; charting goes on, and the visit is kept. Ask your clinic for a new one, then "
            "sign."
        )

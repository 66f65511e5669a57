"""What the check of a signed report found: who signed it, what is wrong, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from cryptography.x509.oid import NameOID

from ketachart.errors import Fault
from ketachart.report.certificate import fingerprint, named
from ketachart.report.verify_blob import Chain
from ketachart.report.verify_data import Attached
from ketachart.report.verify_numbers import Numbers
from ketachart.report.verify_objects import Said
from ketachart.report.withdrawn import WithdrawnList


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as the certificate says; ``signed_at`` is the claimed time, proven by nobody.

    ``signed_at`` is None, and ``reason`` and ``place`` are empty, where the file is too damaged to
    say. ``fingerprint`` is the certificate's SHA-256, ``issuer_fingerprint`` that of the
    authority's.
    """

    role: str
    name: str
    staff_id: str
    credential: str
    clinic: str
    issuer: str
    signed_at: datetime | None
    fingerprint: str
    issuer_fingerprint: str
    valid_from: datetime
    valid_until: datetime
    reason: str
    place: str

    @property
    def title(self) -> str:
        """The signer in one breath: "Jane Roe, RN, of Northside Clinic"."""
        return f"{self.name}, {self.credential}, of {self.clinic}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found.

    ``intact``: nothing changed since it was signed, and the data inside hangs together and is what
    the pages say. ``trusted``: the signers may be believed; None where they may as far as was
    checked, but nobody said which authority to trust. ``report``, ``audit`` and ``numbers`` are
    None where nothing is attached, or nobody asked for the numbers; ``withdrawn`` is the list that
    was asked of the nurse's certificate.
    """

    intact: bool
    trusted: bool | None
    sentence: str
    signers: tuple[Signer, ...]
    faults: tuple[Fault, ...]
    details: tuple[str, ...]
    report: Attached | None = None
    audit: bool | None = None
    numbers: Numbers | None = None
    withdrawn: WithdrawnList | None = None

    @property
    def good(self) -> bool:
        """Whether the report may be relied on."""
        return self.intact and self.trusted is not False

    def as_json(self) -> dict[str, object]:
        """The verdict in plain values; moments in ISO 8601, None where unknown."""
        return {
            "good": self.good,
            "intact": self.intact,
            "trusted": self.trusted,
            "sentence": self.sentence,
            "signers": [_plain(signer) for signer in self.signers],
            "faults": [_plain(fault) for fault in self.faults],
            "details": list(self.details),
            "report": self.report.as_json() if self.report else None,
            "audit": self.audit,
            "numbers": self.numbers.as_json() if self.numbers else None,
            "withdrawn": _listed(self.withdrawn) if self.withdrawn else None,
        }


def _listed(listed: WithdrawnList) -> Mapping[str, object]:
    return {
        "number": listed.number,
        "made_at": listed.made_at.isoformat(),
        "next_update": listed.next_update.isoformat(),
        "certificates": len(listed.rows),
    }


def _plain(item: Signer | Fault) -> dict[str, str | None]:
    if isinstance(item, Fault):
        return {"code": item.code, "sentence": item.sentence}
    values = {each.name: getattr(item, each.name) for each in fields(item)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def signer_of(role: str, chain: Chain, said: Said) -> Signer:
    """Who signed, from the certificate and from what the signature says of itself."""
    subject = chain.own.subject
    return Signer(
        role=role,
        name=named(subject, NameOID.COMMON_NAME),
        staff_id=named(subject, NameOID.SERIAL_NUMBER),
        credential=named(subject, NameOID.TITLE),
        clinic=named(subject, NameOID.ORGANIZATION_NAME),
        issuer=named(chain.root.subject, NameOID.ORGANIZATION_NAME),
        signed_at=said.at,
        fingerprint=fingerprint(chain.own),
        issuer_fingerprint=fingerprint(chain.root),
        valid_from=chain.own.not_valid_before_utc,
        valid_until=chain.own.not_valid_after_utc,
        reason=said.reason,
        place=said.place,
    )

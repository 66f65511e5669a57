"""Answers the reader of a signed report: is it as it was signed, by whom, and who vouches for it?

Four looks, each in its own module: where the signatures stand in the bytes (verify_bytes), whether
they are whole (verify_blob), what else the file holds (verify_objects), and who signed
(verify_people). Anything that goes wrong on the way means: not good.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from ketachart.errors import CannotRead, Fault
from ketachart.report.authority import fingerprint, named
from ketachart.report.verify_blob import Chain, examine
from ketachart.report.verify_bytes import find_signatures, looks_like_pdf
from ketachart.report.verify_objects import FIELDS, Said, read_structure
from ketachart.report.verify_people import doubts, trusted_roots

_SILENT = Said(at=None, reason="", place="")
_LIMITS = (
    "Time: as the signer's laptop claims; nothing outside it proves it.",
    "Not checked: the chart behind the report, and whether a certificate was withdrawn.",
)


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

    ``intact``: nothing changed since it was signed. ``trusted``: the signers may be believed;
    None where they may as far as was checked, but nobody said which authority to trust.
    """

    intact: bool
    trusted: bool | None
    sentence: str
    signers: tuple[Signer, ...]
    faults: tuple[Fault, ...]
    details: tuple[str, ...]

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
        }


def _plain(item: Signer | Fault) -> dict[str, str | None]:
    values = {each.name: getattr(item, each.name) for each in fields(item)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def verify(pdf: bytes, *, trust_pem: bytes | None) -> Verdict:
    """Check a signed report: bytes, signatures, structure, signers.

    ``trust_pem`` holds the certificates of the authorities to trust, or is None. Asks no network
    and no clock; needs no event loop in its thread, so call it from a worker. Raises CannotRead
    where ``pdf`` is no PDF or ``trust_pem`` no certificate; whatever else is wrong is in the
    verdict.
    """
    if not looks_like_pdf(pdf):
        raise CannotRead("This file is not a PDF. Choose the signed report.")
    trusted = None if trust_pem is None else trusted_roots(trust_pem)
    about = (
        f"SHA-256 of the file: {hashlib.sha256(pdf).hexdigest()}",
        f"Size: {len(pdf)} bytes",
    )
    try:
        return _judged(pdf, trusted, about)
    except Exception as error:  # noqa: BLE001  (whatever stops the check: the file is not good)
        fault = Fault("PARSE_ERROR", "Structure: the file cannot be read as a signed PDF.")
        return Verdict(
            intact=False,
            trusted=None if trusted is None else False,
            sentence=_bad_sentence(fault),
            signers=(),
            faults=(fault,),
            details=(*about, f"The check stopped at: {type(error).__name__}"),
        )


def _judged(
    pdf: bytes, trusted: tuple[x509.Certificate, ...] | None, about: tuple[str, ...]
) -> Verdict:
    sealed, misplaced = find_signatures(pdf)
    examined = [examine(one.blob, one.covered(pdf)) for one in sealed]
    chains = tuple(one.chain for one in examined if one.chain is not None)
    damage = [*misplaced]
    for place, one in enumerate(examined):
        damage += [_whose(fault, place, of=len(examined)) for fault in one.faults]
    said: tuple[Said, ...] = ()
    if not damage:
        structure = read_structure(pdf, sealed, chains)
        damage += structure.faults
        said = structure.said
    disbelief = [] if damage else _disbelief(chains, said, trusted)
    checked = trusted is not None
    words = (*said, *[_SILENT] * len(examined))
    signers = tuple(
        _signer(role, one.chain, told)
        for role, one, told in zip(FIELDS, examined, words, strict=False)
        if one.chain is not None
    )
    return Verdict(
        intact=not damage,
        trusted=not (damage or disbelief) if checked or disbelief else None,
        sentence=_sentence(signers, damage, disbelief, checked=checked),
        signers=signers,
        faults=(*damage, *disbelief),
        details=(*about, f"Signatures: {len(sealed)}", *_LIMITS),
    )


def _disbelief(
    chains: tuple[Chain, ...],
    said: tuple[Said, ...],
    trusted: tuple[x509.Certificate, ...] | None,
) -> list[Fault]:
    found: list[Fault] = []
    for place, (chain, words) in enumerate(zip(chains, said, strict=True)):
        found += [
            _whose(fault, place, of=len(chains)) for fault in doubts(chain, words.at, trusted)
        ]
    people = {named(chain.own.subject, NameOID.SERIAL_NUMBER) for chain in chains}
    if len(people) != len(chains):
        found.append(Fault("SAME_SIGNER", "Signer: one person signed as nurse and as supervisor."))
    return found


def _whose(fault: Fault, place: int, *, of: int) -> Fault:
    """The fault with the name of the signature it was found in, where there are several."""
    if of == 1:
        return fault
    return Fault(fault.code, f"{fault.sentence} (signature {place + 1} of {of})")


def _signer(role: str, chain: Chain, said: Said) -> Signer:
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


def _bad_sentence(fault: Fault) -> str:
    return f"Do not rely on this file. {fault.sentence}"


def _sentence(
    signers: tuple[Signer, ...], damage: list[Fault], disbelief: list[Fault], *, checked: bool
) -> str:
    if damage:
        return _bad_sentence(damage[0])
    who = " and ".join(signer.title for signer in signers)
    if disbelief:
        return (
            "This report was not changed after it was signed, but it cannot be taken as signed by "
            f"{who}. {disbelief[0].sentence}"
        )
    signed = f"This report is exactly as it was signed by {who}."
    if checked:
        return f"{signed} The authority you trust vouches for the signature."
    return f"{signed} Nobody said which authority to trust, so who signed was not checked."

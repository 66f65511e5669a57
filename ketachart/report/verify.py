"""Answers the reader of a signed report: is it as it was signed, by whom, and who vouches for it?

Each look has its own module: where the signatures stand in the bytes (verify_bytes), whether they
are whole (verify_blob), whether every other byte has its place (verify_tables), what else the file
holds (verify_objects, verify_features), the data inside (verify_data), who signed (verify_people,
verify_withdrawn), and at last whether the pages say what the data gives (verify_numbers). The cheap
ones come first, and each ends the check where it finds something.
Anything that goes wrong on the way means: not good.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from ketachart.errors import CannotRead, Fault
from ketachart.report.certificate import named
from ketachart.report.verify_blob import Chain, Examined, examine
from ketachart.report.verify_bytes import Sealed, find_signatures, first_revision, looks_like_pdf
from ketachart.report.verify_data import NOTHING, Data
from ketachart.report.verify_numbers import UNCOMPARED, Compared, compare
from ketachart.report.verify_objects import FIELDS, Said, read_structure
from ketachart.report.verify_people import doubts, trusted_roots
from ketachart.report.verify_tables import odd_tables
from ketachart.report.verify_verdict import Signer, Verdict, signer_of
from ketachart.report.verify_withdrawn import lists_for, withdrawn
from ketachart.report.verify_words import (
    bad_sentence,
    limits,
    sentence_of,
    told_of_authority,
    told_of_data,
    told_of_numbers,
    told_of_signer,
)
from ketachart.report.withdrawn import WithdrawnList

__all__ = ["Signer", "Verdict", "verify"]

MOST = 128 * 1024 * 1024
"""Bytes of a file that is looked at; the longest visit makes less than a hundredth of it."""

_SILENT = Said(at=None, reason="", place="")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the reader knows beside the file; ``roots`` is None where nobody is trusted yet."""

    roots: tuple[x509.Certificate, ...] | None
    lists: Mapping[x509.Certificate, WithdrawnList]
    expected: Mapping[int, str]
    numbers: bool
    now: datetime | None


@dataclass(slots=True)
class _Found:
    """What the looks found so far."""

    damage: list[Fault]
    said: tuple[Said, ...] = ()
    data: Data = NOTHING
    compared: Compared = UNCOMPARED


def verify(
    pdf: bytes,
    *,
    trust_pem: bytes | None,
    numbers: bool = False,
    expected: Mapping[int, str] | None = None,
    now: datetime | None = None,
) -> Verdict:
    """Check a signed report: bytes, signatures, structure, data, signers.

    Args:
        pdf: the file.
        trust_pem: the certificates of the authorities to trust, with their lists of withdrawn
            certificates after them, or None.
        numbers: whether the pages are drawn again and every number on them is compared with the
            data inside; takes as long as making the report.
        expected: what a ledger knows of this visit: SHA-256 of the signed file, by version.
        now: the reader's time, aware, to say how old a list is; nothing is judged by it.

    Asks no network and no clock; needs no event loop in its thread, so call it from a worker.
    Raises CannotRead where ``pdf`` is no PDF or ``trust_pem`` no trust file; whatever else is wrong
    is in the verdict.
    """
    if not looks_like_pdf(pdf):
        raise CannotRead("This file is not a PDF. Choose the signed report.")
    roots = None if trust_pem is None else trusted_roots(trust_pem)
    lists = lists_for(trust_pem, roots) if trust_pem is not None and roots else {}
    asked = _Asked(roots, lists, expected or {}, numbers, now)
    about = (
        f"SHA-256 of the file: {hashlib.sha256(pdf).hexdigest()}",
        f"Size: {len(pdf)} bytes",
    )
    if len(pdf) > MOST:
        return _refused(Fault("TOO_BIG", "Structure: no report is that large."), asked, about)
    try:
        return _judged(pdf, asked, about)
    except Exception as error:  # noqa: BLE001  (whatever stops the check: the file is not good)
        fault = Fault("PARSE_ERROR", "Structure: the file cannot be read as a signed PDF.")
        return _refused(fault, asked, (*about, f"The check stopped at: {type(error).__name__}"))


def _refused(fault: Fault, asked: _Asked, details: tuple[str, ...]) -> Verdict:
    return Verdict(
        intact=False,
        trusted=None if asked.roots is None else False,
        sentence=bad_sentence(fault),
        signers=(),
        faults=(fault,),
        details=details,
    )


def _judged(pdf: bytes, asked: _Asked, about: tuple[str, ...]) -> Verdict:
    sealed, misplaced = find_signatures(pdf)
    examined = [examine(one.blob, one.covered(pdf)) for one in sealed]
    chains = tuple(one.chain for one in examined if one.chain is not None)
    found = _Found([*misplaced])
    for place, one in enumerate(examined):
        found.damage += [_whose(fault, place, of=len(examined)) for fault in one.faults]
    if not found.damage:
        _look_inside(pdf, sealed, examined, asked, found)
    disbelief = [] if found.damage else _disbelief(chains, found.said, asked)
    checked = asked.roots is not None
    listed = asked.lists.get(chains[0].root) if chains else None
    signers = _signers(examined, found.said)
    return Verdict(
        intact=not found.damage,
        trusted=not (found.damage or disbelief) if checked or disbelief else None,
        sentence=sentence_of(signers, found.damage, disbelief, checked=checked),
        signers=signers,
        faults=(*found.damage, *disbelief),
        details=(
            *about,
            f"Signatures: {len(sealed)}",
            *map(told_of_signer, signers),
            *told_of_authority(signers),
            *told_of_data(found.data.report, audit=found.data.audit),
            told_of_numbers(found.compared.numbers, found.data.report),
            *limits(listed, asked.now, checked=checked),
        ),
        report=found.data.report,
        audit=found.data.audit,
        numbers=found.compared.numbers,
        withdrawn=listed,
    )


def _look_inside(
    pdf: bytes,
    sealed: tuple[Sealed, ...],
    examined: list[Examined],
    asked: _Asked,
    found: _Found,
) -> None:
    """What else the file holds, the data in it, and whether the pages say the same."""
    found.damage += odd_tables(pdf, [len(first_revision(pdf)), *(one.end for one in sealed)])
    if found.damage:
        return
    chains = tuple(one.chain for one in examined if one.chain is not None)
    structure = read_structure(pdf, sealed, chains)
    found.said, found.data = structure.said, structure.data
    found.damage += structure.faults
    if structure.sealed and any(one.mirrored for one in examined):
        found.damage.append(
            Fault("MIRRORED", "Signature blob: somebody made another of it that fits as well.")
        )
    if not found.damage:
        found.damage += _unlike_kept(pdf, sealed, found.data, asked.expected)
    if found.damage or not asked.numbers:
        return
    if found.data.report is None:
        found.damage.append(
            Fault(
                "NO_DATA", "Data: the report holds no data that its pages could be compared with."
            )
        )
        return
    found.compared = compare(first_revision(pdf), found.data.report)
    found.damage += found.compared.faults


def _unlike_kept(
    pdf: bytes, sealed: tuple[Sealed, ...], data: Data, expected: Mapping[int, str]
) -> list[Fault]:
    """Whether the ledger keeps another file under that version; a countersignature is no change."""
    version = data.report.version if data.report else None
    kept = expected.get(version) if version is not None else None
    hashes = {hashlib.sha256(pdf[: one.end]).hexdigest() for one in sealed}
    if kept is None or kept in hashes:
        return []
    return [
        Fault(
            "OTHER_THAN_KEPT",
            f"Ledger: it keeps another file as version {version} of this report.",
        )
    ]


def _signers(examined: list[Examined], said: tuple[Said, ...]) -> tuple[Signer, ...]:
    words = (*said, *[_SILENT] * len(examined))
    return tuple(
        signer_of(role, one.chain, told)
        for role, one, told in zip(FIELDS, examined, words, strict=False)
        if one.chain is not None
    )


def _disbelief(chains: tuple[Chain, ...], said: tuple[Said, ...], asked: _Asked) -> list[Fault]:
    found: list[Fault] = []
    for place, (chain, words) in enumerate(zip(chains, said, strict=True)):
        against = [
            *doubts(chain, words.at, asked.roots),
            *withdrawn(chain, words.at, asked.lists),
        ]
        found += [_whose(fault, place, of=len(chains)) for fault in against]
    people = {named(chain.own.subject, NameOID.SERIAL_NUMBER) for chain in chains}
    if len(people) != len(chains):
        found.append(Fault("SAME_SIGNER", "Signer: one person signed as nurse and as supervisor."))
    return found


def _whose(fault: Fault, place: int, *, of: int) -> Fault:
    """The fault with the name of the signature it was found in, where there are several."""
    if of == 1:
        return fault
    return Fault(fault.code, f"{fault.sentence} (signature {place + 1} of {of})")

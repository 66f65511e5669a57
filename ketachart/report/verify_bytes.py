"""The first look at a signed file: does each signature stand, byte for byte, where it must?

No library is asked here. A PDF signature covers the file except for one gap, which holds the
signature itself; whatever else fits into that gap, or after the last signature, is signed by
nobody. So the gap must be exactly the signature, and the file must end where the last one ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ketachart.errors import Fault

_HEADER = re.compile(rb"%PDF-(1\.[3-7]|2\.0)\r?\n")
_TOKEN = b"/ByteRange"
_RANGE = re.compile(rb"/ByteRange \[(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_BEFORE_GAP = b"/Contents "
_AFTER_GAP = b"\n"
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_FIRST_END = re.compile(_END.pattern + rb"\r?\n?")
_LAST_LINE = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_TRACES = (b"/ETSI.CAdES.detached", b"/DocMDP")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One signature as it stands in the file: the gap that holds it, and where it stops."""

    gap: int
    resumes: int
    end: int
    blob: bytes

    def covered(self, pdf: bytes) -> tuple[bytes, bytes]:
        """The signed bytes: everything up to ``end`` but the gap."""
        return pdf[: self.gap], pdf[self.resumes : self.end]


def looks_like_pdf(data: bytes) -> bool:
    """Whether this is, or before some damage was, a PDF."""
    return b"%PDF-" in data[:1024] or b"startxref" in data[-1024:]


def find_signatures(pdf: bytes) -> tuple[tuple[Sealed, ...], tuple[Fault, ...]]:
    """The signatures in the order they were made, and what is wrong with their places."""
    places = [match.start() for match in re.finditer(re.escape(_TOKEN), pdf)]
    if not places:
        return (), (_none_found(pdf),)
    sealed: list[Sealed] = []
    faults: list[Fault] = list(_header(pdf))
    for number, place in enumerate(places, start=1):
        match _read(pdf, place, f"signature {number}"):
            case Sealed() as found:
                sealed.append(found)
            case Fault() as fault:
                faults.append(fault)
    if len(sealed) == len(places):
        faults += _ends(pdf, sealed)
    return tuple(sealed), tuple(faults)


def first_revision(pdf: bytes) -> bytes:
    """The file as it was before anybody signed it: up to the end of its first revision."""
    end = _FIRST_END.search(pdf)
    return pdf[: end.end()] if end else pdf


def _none_found(pdf: bytes) -> Fault:
    if any(trace in pdf for trace in _TRACES):
        return Fault(
            "BYTERANGE_POS",
            "Structure: the file was signed, but the note of what the signature covers "
            "(/ByteRange) is damaged or gone.",
        )
    return Fault("NO_SIGNATURE", "Nobody signed this file.")


def _header(pdf: bytes) -> Iterator[Fault]:
    if not _HEADER.match(pdf):
        yield Fault("HEADER", "Structure: the file does not start the way a PDF must.")


def _read(pdf: bytes, place: int, which: str) -> Sealed | Fault:
    """The signature whose /ByteRange stands at ``place``, or what is wrong with it."""
    numbers = _RANGE.match(pdf, place)
    if numbers is None:
        return Fault(
            "BYTERANGE_POS", f"Structure: what {which} covers (/ByteRange) cannot be read."
        )
    start, gap, resumes, rest = map(int, numbers.groups())
    end = resumes + rest
    if start != 0 or not gap < resumes < end <= len(pdf):
        return Fault(
            "BYTERANGE_POS",
            f"Structure: {which} does not cover the file from its first byte, or claims bytes "
            "that are not there.",
        )
    before, hole = pdf[:gap], pdf[gap:resumes]
    if (
        hole[:1] != b"<"
        or hole[-1:] != b">"
        or not before.endswith(_BEFORE_GAP)
        or pdf[resumes:place] != _AFTER_GAP
    ):
        return Fault(
            "BYTERANGE_GAP",
            f"Structure: the gap that {which} leaves out is not exactly its own signature "
            f"(bytes {gap} to {resumes}).",
        )
    if not _HEX.fullmatch(hole[1:-1]):
        return Fault(
            "CONTENTS_NOT_IN_GAP",
            f"Signature blob: {which} holds characters that no signature has "
            f"(bytes {gap} to {resumes}).",
        )
    return Sealed(gap=gap, resumes=resumes, end=end, blob=bytes.fromhex(hole[1:-1].decode()))


def _ends(pdf: bytes, sealed: list[Sealed]) -> Iterator[Fault]:
    """Each signature must end with its own revision, and the last one with the file."""
    reached = 0
    for number, one in enumerate(sealed, start=1):
        revisions = 2 if number == 1 else 1  # the report itself, and one for each signature
        if one.gap < reached or not _LAST_LINE.search(pdf[max(reached, one.end - 16) : one.end]):
            yield Fault(
                "COVERAGE", f"Structure: signature {number} stops short of the end of its revision."
            )
        elif len(_END.findall(pdf[reached : one.end])) != revisions:
            yield Fault(
                "REVISION_COUNT",
                f"Structure: the file was saved again between signing and signature {number}.",
            )
        reached = one.end
    tail = pdf[reached:]
    if _END.search(tail):
        yield Fault(
            "REVISION_COUNT",
            f"Structure: the file was changed and saved again after the last signature "
            f"({len(tail)} bytes from byte {reached}).",
        )
        yield Fault("COVERAGE", "Structure: no signature covers the end of the file.")
    elif tail:
        yield Fault(
            "TRAILING_BYTES",
            f"Structure: {len(tail)} bytes were added after the last signature "
            f"(from byte {reached}).",
        )

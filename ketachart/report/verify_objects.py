"""The third look: is the signed file built the way KetaChart builds it, and nothing besides?

A signature proves that its bytes are as the signer left them, not that the signer's program left
the report alone. So every object of every revision is accounted for: the report, then what the
nurse's signature needs, then what the supervisor's needs. At the end pyHanko is asked as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from ketachart.errors import Fault
from ketachart.report.offline import keep_offline
from ketachart.report.verify_blob import Chain
from ketachart.report.verify_bytes import Sealed
from ketachart.report.verify_data import DIGEST_KEY, HEAD_KEY, NOTHING, Data, read_data
from ketachart.report.verify_features import banned
from ketachart.report.verify_revisions import only_a_signature

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

FIELDS = ("Nurse", "Supervisor")
"""The two places for a signature, in the order in which they are filled."""

_PERMISSION = (2, 1)
"""DocMDP of each: after the nurse, a countersignature only; after the supervisor, nothing."""

_FIELD = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V", "/Lock"}
_SIGNATURE = {
    "/Type",
    "/Filter",
    "/SubFilter",
    "/Contents",
    "/ByteRange",
    "/M",
    "/Name",
    "/Location",
    "/Reason",
    "/Reference",
}
_SEAL = {HEAD_KEY, DIGEST_KEY}
"""What the nurse's signature says of the data inside, where there is any."""

_LOCK = {"/Action": "/All", "/Type": "/SigFieldLock", "/P": 1}


@dataclass(frozen=True, slots=True)
class Said:
    """What one signature says of itself; the time is the laptop's own, proven by nobody."""

    at: datetime | None
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Structure:
    """What the signatures say, what is attached, and what was found that does not belong.

    ``sealed``: the nurse's signature names the data inside, as every newer one does.
    """

    said: tuple[Said, ...]
    faults: tuple[Fault, ...]
    data: Data = NOTHING
    sealed: bool = False


def read_structure(pdf: bytes, sealed: tuple[Sealed, ...], chains: tuple[Chain, ...]) -> Structure:
    """Check the objects of the file against the signatures found in its bytes.

    Whatever pyHanko raises for a file it cannot read goes through to the caller.
    """
    keep_offline()
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(pdf), strict=True)
    signatures = tuple(reader.embedded_signatures)
    faults = [*_places(reader, signatures, sealed)]
    if not faults:
        faults += _objects(reader, signatures)
    if not faults:
        faults += banned(reader.root)
    if not faults:
        for signature, chain in zip(signatures, chains, strict=True):
            faults += _opinion(signature, chain)
    seal = {} if faults else _sealed_with(signatures[0])
    data = NOTHING if faults else read_data(reader.root, seal)
    faults += data.faults
    return Structure(tuple(map(_said, signatures)), tuple(faults), data, sealed=bool(seal))


def _sealed_with(signature: "EmbeddedPdfSignature") -> dict[str, str]:
    entries = signature.sig_object
    return {key: str(entries[key]) for key in _SEAL if key in entries}


def _said(signature: "EmbeddedPdfSignature") -> Said:
    entries = signature.sig_object
    return Said(
        at=signature.self_reported_timestamp,
        reason=str(entries["/Reason"]) if "/Reason" in entries else "",
        place=str(entries["/Location"]) if "/Location" in entries else "",
    )


def _places(
    reader: "PdfFileReader",
    signatures: "tuple[EmbeddedPdfSignature, ...]",
    sealed: tuple[Sealed, ...],
) -> Iterator[Fault]:
    """The signatures the reader sees are those found in the bytes, one for each revision."""
    if reader.total_revisions != 1 + len(sealed):
        yield Fault(
            "REVISION_COUNT",
            f"Structure: the file was saved {reader.total_revisions} times, which does not fit "
            f"its {len(sealed)} signature(s).",
        )
    if tuple(one.field_name for one in signatures) != FIELDS[: len(sealed)]:
        yield Fault(
            "FIELD_NAMES",
            "Structure: the signatures do not stand in the places made for the nurse and then "
            "the supervisor.",
        )
        return
    for signature, place in zip(signatures, sealed, strict=True):
        covers = [0, place.gap, place.resumes, place.end - place.resumes]
        if [int(number) for number in signature.byte_range] != covers:
            yield Fault("BYTERANGE_POS", "Structure: a signature covers other bytes than it shows.")
        if signature.pkcs7_content != place.blob:
            yield Fault(
                "CONTENTS_NOT_IN_GAP", "Structure: a signature stands elsewhere than in its gap."
            )


def _objects(
    reader: "PdfFileReader", signatures: "tuple[EmbeddedPdfSignature, ...]"
) -> Iterator[Fault]:
    root: Any = reader.root
    form = root["/AcroForm"]
    fields = [item.get_object() for item in form["/Fields"]]
    if set(form) != {"/Fields", "/SigFlags"} or len(fields) != 2:
        yield Fault("FIELD_NAMES", "Structure: the file holds other fields than the signatures'.")
        return
    for name, field in zip(FIELDS, fields, strict=True):
        if not _is_place(name, field):
            yield Fault(
                "FIELD_NAMES",
                f"Structure: the place for the signature “{name}” is not as KetaChart makes it.",
            )
            return
    yield from _permissions(root, fields, signatures)
    for revision in range(1, reader.total_revisions):
        if not only_a_signature(reader, revision):
            yield Fault(
                "OVERWRITE",
                f"Structure: with the signature “{FIELDS[revision - 1]}” something else in the "
                "report was changed or added.",
            )


def _is_place(name: str, field: Any) -> bool:  # noqa: ANN401  (a PDF object)
    """A place for a signature has the name we gave it, and shows nothing on the page."""
    return (
        set(field) <= _FIELD
        and field["/T"] == name
        and field["/FT"] == "/Sig"
        and field["/Subtype"] == "/Widget"
        and not any(field["/Rect"])
    )


def _permissions(
    root: Any,  # noqa: ANN401  (a PDF object)
    fields: list[Any],
    signatures: "tuple[EmbeddedPdfSignature, ...]",
) -> Iterator[Fault]:
    """Each signature must close the file behind itself: DocMDP, ISO 32000-1, 12.8.2.2."""
    if (
        "/Perms" not in root
        or set(root["/Perms"]) != {"/DocMDP"}
        or root["/Perms"].raw_get("/DocMDP") != fields[0].raw_get("/V")
    ):
        yield Fault("DOCMDP", "Structure: the nurse's signature does not certify the report.")
    if "/Lock" not in fields[1] or dict(fields[1]["/Lock"]) != _LOCK:
        yield Fault("DOCMDP", "Structure: the place for the supervisor does not close the file.")
    for name, level, signature in zip(FIELDS, _PERMISSION, signatures, strict=False):
        entries = signature.sig_object
        allowed = _SIGNATURE | _SEAL if name == FIELDS[0] else _SIGNATURE
        if set(entries) - allowed or entries.get("/SubFilter") != "/ETSI.CAdES.detached":
            yield Fault("SUBFILTER", f"Structure: the signature “{name}” is not a PAdES signature.")
        if signature.docmdp_level is None or signature.docmdp_level.value != level:
            yield Fault(
                "DOCMDP", f"Structure: the signature “{name}” allows more changes than it may."
            )


def _opinion(signature: "EmbeddedPdfSignature", chain: Chain) -> Iterator[Fault]:
    """What pyHanko says of the signature; the anchor is the clinic's, never the system's list.

    It is asked for a moment at which the certificate was valid, and for no particular usage of the
    key: those are judged by verify_people, where the answer is trust and not damage.
    """
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    anchor = asn1_x509.Certificate.load(chain.root.public_bytes(Encoding.DER))
    valid = chain.own.not_valid_before_utc
    context = ValidationContext(
        trust_roots=[anchor], allow_fetching=False, moment=valid, best_signature_time=valid
    )
    status = validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    if not status.docmdp_ok:
        yield Fault("MODIFIED", "Structure: the report was changed after it was signed.")
    elif not status.bottom_line:
        yield Fault("SECOND_OPINION", "Signature blob: a second opinion rejects it.")

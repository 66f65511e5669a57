"""Puts the nurse's digital signature on the finished report.

The signature is PAdES B-B (ETSI EN 319 142-1): the nurse certifies the report and thereby closes
it to everything but a supervisor's countersignature, for which an empty place is left. All of it
happens in memory, without a network; the time is the one the caller claims.
"""

import asyncio
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization

from ketachart.errors import CannotSign, KetaChartError
from ketachart.report.authority import OpenCredential
from ketachart.report.offline import keep_offline
from ketachart.report.token import OpenToken
from ketachart.report.verify import verify
from ketachart.report.verify_blob import the_lower
from ketachart.report.verify_data import files_in, seal_of

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers.cms_embedder import SigObjSetup

Signer = OpenCredential | OpenToken
"""A key from the ledger with its passphrase, or one on a token with its PIN."""

NURSE = "Nurse"
SUPERVISOR = "Supervisor"

_DIGEST = "sha256"
_ROOM = 8192
"""Hexadecimal digits kept for the signature: two certificates with the longest names fit twice."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """What the signature says of itself."""

    at: datetime
    reason: str
    place: str


def sign(pdf: bytes, signer: Signer, *, at: datetime, reason: str, place: str) -> bytes:
    """The report with the nurse's signature after it; the report's own bytes stay as they are.

    ``at`` is the claimed time, aware, kept to the second. The result was verified before it is
    handed back. Needs no event loop in its thread, so call it from a worker. Raises CannotSign,
    with nothing signed, where the file is no unsigned PDF or the certificate does not allow it.
    """
    if b"/ByteRange" in pdf:
        raise CannotSign(
            "This report is signed already. The file was not changed: choose another one."
        )
    return _signed(pdf, signer, NURSE, _Statement(at, reason, place))


def countersign(pdf: bytes, signer: Signer, *, at: datetime, reason: str, place: str) -> bytes:
    """The signed report with a supervisor's signature in the place the nurse left for it.

    After it the file may not change at all. Raises CannotSign, with nothing signed, where the
    file is not exactly as one nurse signed it, or the supervisor is that nurse.
    """
    before = verify(pdf, trust_pem=None)
    if not before.good:
        raise CannotSign(
            f"{before.sentence} It was not countersigned: ask the nurse for the report again."
        )
    if len(before.signers) != 1:
        raise CannotSign(
            "This report is countersigned already. The file was not changed: choose another one."
        )
    return _signed(pdf, signer, SUPERVISOR, _Statement(at, reason, place))


def _signed(pdf: bytes, signer: Signer, role: str, says: _Statement) -> bytes:
    _allowed(signer, says.at)
    try:
        signed = _embedded(pdf, signer, role, says)
    except KetaChartError:
        raise
    except Exception as error:  # whatever the library met, the report was not signed
        raise CannotSign(
            "The report could not be signed: the PDF is not as KetaChart makes it. "
            "The visit is safe in the ledger and nothing was marked as signed. Make the PDF again."
        ) from error
    root = signer.root.public_bytes(serialization.Encoding.PEM)
    verdict = verify(signed, trust_pem=root)
    if not verdict.good:
        raise CannotSign(
            f"The signed report did not pass its own check. {verdict.sentence} Nothing was "
            "marked as signed: sign again."
        )
    return signed


def _allowed(signer: Signer, at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset")
    certificate = signer.certificate
    if certificate == signer.root:
        raise CannotSign(
            "The clinic's authority does not sign reports. Nothing was signed. "
            "Use the nurse's own key file."
        )
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise CannotSign(
            f"The signing certificate is valid from {certificate.not_valid_before_utc:%Y-%m-%d} "
            f"to {certificate.not_valid_after_utc:%Y-%m-%d}, and the clock says {at:%Y-%m-%d}. "
            "Nothing was signed; the visit is safe in the ledger. Check the laptop's clock, or "
            "ask your clinic for a new certificate."
        )


def _quiet_writer(pdf: bytes) -> "IncrementalPdfFileWriter":
    """A writer that leaves the report's own metadata alone.

    pyHanko would write the system's time into it at each signature: a change nobody asked for,
    which breaks PDF/A, and a clock read behind our back.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class QuietWriter(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            return

    return QuietWriter(BytesIO(pdf), strict=True)


def _embedded(pdf: bytes, signer: Signer, role: str, says: _Statement) -> bytes:
    keep_offline()
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup

    writer = _quiet_writer(pdf)
    seal: dict[str, str] = {}
    if role == NURSE:
        _prepare(writer)
        seal = seal_of(files_in(writer.root))
    steps: Generator[Any, Any, None] = PdfCMSEmbedder().write_cms(
        role, writer, existing_fields_only=True
    )
    next(steps)  # the field
    steps.send(_signature_object(signer, role, says, seal))
    prepared, output = steps.send(SigIOSetup(md_algorithm=_DIGEST))
    steps.send(_cms(signer, prepared.document_digest))
    return bytes(output.getvalue())


def _prepare(writer: "IncrementalPdfFileWriter") -> None:
    """Both places for a signature, made before anyone signs: later there may be no new ones."""
    from pyhanko.sign.fields import (
        FieldMDPAction,
        FieldMDPSpec,
        MDPPerm,
        SigFieldSpec,
        append_signature_field,
    )
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

    if "/AcroForm" in writer.root:
        raise CannotSign("This PDF holds a form already. Nothing was signed. Make the PDF again.")
    writer.register_extension(ESIC_EXTENSION_1)  # what PAdES asks of a PDF 1.7
    append_signature_field(writer, SigFieldSpec(NURSE))
    append_signature_field(
        writer,
        SigFieldSpec(
            SUPERVISOR,
            field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL),
            doc_mdp_update_value=MDPPerm.NO_CHANGES,
        ),
    )


def _signature_object(
    signer: Signer, role: str, says: _Statement, seal: Mapping[str, str]
) -> "SigObjSetup":
    """What is said beside the signature; ``seal`` ties it to the data inside (ISO 32000-1, E.2)."""
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import SigMDPSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    certifies = role == NURSE
    signature = SignatureObject(
        timestamp=says.at,
        subfilter=SigSeedSubFilter.PADES,
        name=signer.holder,
        location=says.place,
        reason=says.reason,
        bytes_reserved=_ROOM,
    )
    signature.update({pdf_name(key): pdf_string(value) for key, value in seal.items()})
    return SigObjSetup(
        sig_placeholder=signature,
        # P=2 leaves room for the countersignature; P=1 after it closes the file for good.
        mdp_setup=SigMDPSetup(
            md_algorithm=_DIGEST,
            certify=certifies,
            docmdp_perms=MDPPerm.FILL_FORMS if certifies else MDPPerm.NO_CHANGES,
            field_lock=None if certifies else FieldMDPSpec(FieldMDPAction.ALL),
        ),
    )


def _cms(signer: Signer, digest: bytes) -> bytes:
    """The signature proper (CMS, RFC 5652) over the digest, with the two certificates in it."""
    root = signer.root.public_bytes(serialization.Encoding.DER)
    hand = signer.hand((asn1_x509.Certificate.load(root),))
    prove = hand.async_sign_raw

    async def proven(
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002  (as the library calls it)
    ) -> bytes:
        proof = await prove(data, digest_algorithm, dry_run)
        return proof if dry_run else the_lower(proof, signer.certificate.public_key())

    hand.async_sign_raw = proven  # type: ignore[method-assign]  # of this one hand
    made = asyncio.run(hand.async_sign(digest, _DIGEST, use_pades=True))
    return bytes(made.dump())

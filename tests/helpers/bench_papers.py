"""The report: laid out, signed and checked, against what the libraries take by themselves."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.helpers.bench_table import Row, in_turn, timed, timed_anew

RENDERS = 7


def _hand(place: Path) -> tuple[Any, bytes]:
    """A nurse's key to sign with, and the root that vouches for it."""
    from ketachart.report import authority
    from tests.helpers.bench_visits import PASSPHRASE, story_visit

    now = story_visit("quiet_hour", place / "issuing")[1]
    root = authority.make_authority(clinic="Bench", passphrase=PASSPHRASE, now=now, rounds=1000)
    own = authority.issue(
        root, PASSPHRASE, name="N", staff_id="n", credential="RN", clinic="Bench",
        passphrase=PASSPHRASE, now=now, rounds=1000,
    )  # fmt: skip
    return authority.open_credential(own.pkcs12, PASSPHRASE), root.certificate_pem.encode()


def _visits(place: Path) -> dict[str, tuple[Any, datetime]]:
    from tests.helpers.bench_visits import crowded_visit, story_visit

    return {
        "a typical visit": story_visit("paused_for_nausea", place / "typical"),
        "300 entries": crowded_visit(300, place / "crowded"),
    }


def report_rows(place: Path) -> Iterator[Row]:
    """Report, PDF/A and signature against the same words, rows and cells by reportlab alone."""
    from ketachart.report import pdf, signing
    from ketachart.report.document import document_of
    from tests.helpers.bench_reports import bare_pages, bare_render, cells_of

    hand, _root = _hand(place)
    for name, (visit, now) in _visits(place).items():
        document = document_of(visit, now=now)

        def signed(visit: Any = visit, now: datetime = now) -> bytes:
            content = pdf.render(visit, now=now).content
            return signing.sign(content, hand, at=now, reason="r", place="p")

        rows, cells = cells_of(document)
        yield Row(
            f"report, PDF/A and signature: {name}",
            f"reportlab's platypus, the same {rows} rows and {cells} cells",
            *in_turn(
                lambda signed=signed: timed_anew(signed),
                lambda document=document: timed(lambda: bare_render(document)),
                RENDERS,
            ),
            goal=4,
        )
        pages = pdf.render(visit, now=now).pages
        yield Row(
            f"report alone: {name}",
            f"reportlab's canvas, {pages} pages of plain lines",
            *in_turn(
                lambda visit=visit, now=now: timed_anew(lambda: pdf.render(visit, now=now)),
                lambda pages=pages: timed(lambda: bare_pages(pages)),
                RENDERS,
            ),
        )


def sign_rows(place: Path) -> Iterator[Row]:
    """The signature alone, with the check of it that comes before anything is kept."""
    from ketachart.report import pdf, signing
    from tests.helpers.bench_reports import bare_pages

    hand, _root = _hand(place)
    empty = bare_pages(1)
    for name, (visit, now) in _visits(place).items():
        content = pdf.render(visit, now=now).content
        yield Row(
            f"sign and check the signature: {name}",
            "pyHanko signing one bare page with the same key",
            *in_turn(
                lambda content=content, now=now: timed(
                    lambda: signing.sign(content, hand, at=now, reason="r", place="p")
                ),
                lambda: timed(lambda: own_signature(empty, hand)),
                RENDERS,
            ),
        )


def own_signature(content: bytes, hand: Any) -> bytes:
    """What pyHanko makes of a page by itself: a PAdES signature with nothing around it."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def der_of(certificate: Any) -> x509.Certificate:
        return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

    private = hand.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store = SimpleCertificateStore()
    store.register(der_of(hand.root))
    signer = signers.SimpleSigner(
        signing_cert=der_of(hand.certificate),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    told = signers.PdfSignatureMetadata(
        field_name="Nurse", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), told, signer=signer)
    return out.getvalue()


def verify_rows(place: Path) -> Iterator[Row]:
    """The strict check: without the pages, and with every number on them drawn again and read."""
    from ketachart.report import pdf, signing
    from ketachart.report.verify import verify
    from tests.helpers.bench_reports import own_validation

    hand, root = _hand(place)
    for name, (visit, now) in _visits(place).items():
        content = signing.sign(
            pdf.render(visit, now=now).content, hand, at=now, reason="r", place="p"
        )
        if not own_validation(content, root).intact:
            raise SystemExit("pyHanko does not take the bench's own signature.")
        for what, numbers, goal in (
            ("verify", False, 5),
            ("verify and read the pages", True, None),
        ):
            yield Row(
                f"{what}: {name}",
                "pyHanko's validate_pdf_signature",
                *in_turn(
                    lambda content=content, numbers=numbers: timed_anew(
                        lambda: verify(content, trust_pem=root, numbers=numbers)
                    ),
                    lambda content=content: timed(lambda: own_validation(content, root)),
                    RENDERS,
                ),
                goal=goal,
            )

"""Reports as a forger, or the hostile program of a true signer, would make them."""

from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from ketachart.report import signing
from ketachart.report.authority import OpenCredential, open_credential
from ketachart.report.offline import keep_offline
from ketachart.report.verify import verify
from ketachart.report.verify_bytes import find_signatures
from tests.report.signed_reports import (
    SECRET,
    SIGNED_AT,
    clinic,
    nurse,
    report,
    root_of,
    signed,
    supervisor,
)

VISIT = {"at": SIGNED_AT, "reason": "I charted this visit", "place": "Home"}


def codes(pdf, trust=None):
    """The faults found, by code; their sentences must say where to look."""
    verdict = verify(pdf, trust_pem=root_of() if trust is None else trust)
    assert verdict.good == (not verdict.faults)
    for fault in verdict.faults:
        assert fault.sentence.startswith(
            (
                "Structure:",
                "Signature blob:",
                "Signed bytes:",
                "Signer:",
                "Nobody",
                "Data:",
                "Pages:",
            )
        ), fault
    return [fault.code for fault in verdict.faults]


def with_blob(pdf, blob):
    """The same file with other bytes in the place of the (only) signature."""
    (place,), _ = find_signatures(pdf)
    room = place.resumes - place.gap - 2
    return (
        pdf[: place.gap + 1]
        + blob.hex().upper().encode().ljust(room, b"0")
        + pdf[place.resumes - 1 :]
    )


def blob_of(pdf):
    """The signature proper, without the padding."""
    (place,), _ = find_signatures(pdf)
    return place.blob[: 4 + int.from_bytes(place.blob[2:4], "big")]


def signed_with(monkeypatch, name, changed, **other):
    """The report as it comes out of a signing program in which one part does something else.

    The program's own check is left out: the hostile program would not have one.
    """
    honest = getattr(signing, name)
    monkeypatch.setattr(signing, name, lambda *given: changed(honest, *given))
    says = signing._Statement(**{**VISIT, **other})
    return signing._embedded(report(), nurse(), signing.NURSE, says)


def countersigned_by_hand(who=None):
    """A countersignature that nobody checked before it was handed over."""
    says = signing._Statement(**VISIT)
    return signing._embedded(signed(), who or supervisor(), signing.SUPERVISOR, says)


def signed_by(own, key, root, at=SIGNED_AT):
    who = OpenCredential(key=key, certificate=own, root=root)
    return signing._embedded(report(), who, signing.NURSE, signing._Statement(at, "", ""))


def updated(pdf, change):
    """The file saved again, the ordinary way, after it was signed."""
    keep_offline()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def another_first_page(writer):
    writer.root["/Pages"]["/Kids"][0]["/Rotate"] = writer.root["/Pages"]["/Count"]
    writer.update_container(writer.root["/Pages"]["/Kids"][0])


def another_title(writer):
    from pyhanko.pdf_utils.generic import pdf_string

    info = writer.trailer["/Info"]
    info["/Title"] = pdf_string("Nothing happened")
    writer.update_container(info)


def a_certificate(*, key, name="Jane Roe", **change):
    """A nurse's certificate by the real authority, with one thing in it different."""
    authority = open_credential(clinic().pkcs12, SECRET)
    genuine = nurse().certificate
    builder = x509.CertificateBuilder(
        issuer_name=authority.certificate.subject,
        subject_name=x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=genuine.not_valid_before_utc,
        not_valid_after=genuine.not_valid_after_utc,
    )
    for extension in genuine.extensions:
        if type(extension.value).__name__ in change:
            continue
        builder = builder.add_extension(extension.value, critical=extension.critical)
    for value in change.values():
        if value is not None:
            builder = builder.add_extension(value, critical=True)
    return builder.sign(authority.key, change.get("digest", hashes.SHA384()))


def usage(**change):
    names = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**{**dict.fromkeys(names, False), **change})

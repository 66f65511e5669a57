"""Nothing may be changed, added or exchanged in the signature itself."""

from datetime import UTC, datetime

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec

from ketachart.report import signing
from ketachart.report.authority import OpenCredential
from tests.report.hostile_reports import (
    VISIT,
    a_certificate,
    blob_of,
    codes,
    signed_by,
    signed_with,
    with_blob,
)
from tests.report.signed_reports import (
    nurse,
    report,
    signed,
    supervisor,
)


def loaded(pdf):
    content = cms.ContentInfo.load(blob_of(pdf))
    signed_data = content["content"]
    return content, signed_data, signed_data["signer_infos"][0]


def test_something_after_the_signature_in_its_place_is_named():
    assert codes(with_blob(signed(), blob_of(signed()) + b"\1")) == ["CMS_PADDING"]


def test_an_added_certificate_is_named():
    content, signed_data, _ = loaded(signed())
    stranger = cms.CertificateChoices.load(
        supervisor().certificate.public_bytes(encoding=signing.serialization.Encoding.DER)
    )
    signed_data["certificates"].append(stranger)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CERT_BAG"]


def test_another_certificate_for_the_same_key_is_named():
    """The same key under another name: the signature would fit, the person would not."""
    other = a_certificate(key=nurse().key, name="Mallory")
    content, signed_data, signer = loaded(signed())
    der = signing.serialization.Encoding.DER
    root = cms.CertificateChoices.load(nurse().root.public_bytes(der))
    signed_data["certificates"] = [cms.CertificateChoices.load(other.public_bytes(der)), root]
    signer["sid"].chosen["serial_number"] = other.serial_number
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CERT_BAG"]


def test_an_attribute_nobody_signed_is_named():
    content, _, signer = loaded(signed())
    note = {
        "type": "signing_time",
        "values": [cms.Time({"utc_time": datetime(2026, 1, 1, tzinfo=UTC)})],
    }
    signer["unsigned_attrs"] = [note]
    assert codes(with_blob(signed(), content.dump(force=True))) == ["UNSIGNED_ATTRS"]


def test_a_second_signer_in_one_signature_is_named():
    content, signed_data, signer = loaded(signed())
    signed_data["signer_infos"].append(signer)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CMS_SHAPE"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data, _: data.__setitem__("version", "v3"),
        lambda data, _: data.__setitem__("digest_algorithms", [{"algorithm": "sha512"}]),
        lambda _, signer: signer.__setitem__("version", "v3"),
        lambda _, signer: signer["sid"].chosen.__setitem__("serial_number", 5),
    ],
)
def test_what_no_signature_covers_may_not_change_either(change):
    content, signed_data, signer = loaded(signed())
    change(signed_data, signer)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CMS_SHAPE"]


def test_a_signature_by_another_key_is_named(monkeypatch):
    def forged(honest, signer, digest):
        key = ec.generate_private_key(ec.SECP256R1())
        return honest(OpenCredential(key, signer.certificate, signer.root), digest)

    assert codes(signed_with(monkeypatch, "_cms", forged)) == ["SIGNATURE_INVALID"]


@pytest.mark.parametrize("digest", ["sha1", "sha3_256"])
def test_a_digest_that_can_be_forged_or_is_unknown_is_named(monkeypatch, digest):
    monkeypatch.setattr(signing, "_DIGEST", digest)
    says = signing._Statement(**VISIT)
    assert codes(signing._embedded(report(), nurse(), signing.NURSE, says)) == ["DIGEST_ALGO"]


def test_a_signature_that_signs_other_things_is_named(monkeypatch):
    """Not PAdES: the certificate is not signed along, so another could take its place."""
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

    def bare(honest, signer, digest):
        plain = SimpleSigner.async_sign
        monkeypatch.setattr(
            SimpleSigner, "async_sign", lambda self, *given, **_: plain(self, *given)
        )
        return honest(signer, digest)

    assert codes(signed_with(monkeypatch, "_cms", bare)) == ["CMS_SHAPE"]


def test_a_key_too_short_to_trust_is_named():
    key = ec.generate_private_key(ec.SECP192R1())
    assert codes(signed_by(a_certificate(key=key), key, nurse().root)) == ["DIGEST_ALGO"]


@pytest.mark.parametrize("junk", [b"", b"\x30\x82\xff\xff", b"\x30\x82\x00\x00", b"MII" * 9])
def test_junk_in_the_place_of_the_signature_is_named(junk):
    assert codes(with_blob(signed(), junk)) == ["CMS_SHAPE"]

"""The signature itself (CMS) is altered: the part of the file that no signature covers."""

from dataclasses import replace
from datetime import UTC, datetime

from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding

from ketachart.report import signing
from tests.report import whole_reports as whole
from tests.report.attacks import attack
from tests.report.attacks.keys import rooted
from tests.report.hostile_reports import VISIT, a_certificate, blob_of, with_blob
from tests.report.signed_reports import nurse, report, signed, supervisor

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (SEC 2, 2.4.2)."""


def altered(change, made=signed):
    """The file whose signature was taken apart, changed and put together again."""

    def make():
        content = cms.ContentInfo.load(blob_of(made()))
        data = content["content"]
        change(data, data["signer_infos"][0])
        return with_blob(made(), content.dump(force=True))

    return make


def _choice(certificate):
    return cms.CertificateChoices.load(certificate.public_bytes(Encoding.DER))


def _mirrored(_, signer):
    r, s = decode_dss_signature(signer["signature"].native)
    signer["signature"] = encode_dss_signature(r, ORDER - s)


def _noted(_, signer):
    when = cms.Time({"utc_time": datetime(2026, 1, 1, tzinfo=UTC)})
    signer["unsigned_attrs"] = [{"type": "signing_time", "values": [when]}]


def _another_root(data, _):
    """The same authority's name and key number, another key."""
    data["certificates"] = [_choice(nurse().certificate), _choice(rooted()[1])]


def _another_person(data, signer):
    other = a_certificate(key=nurse().key, name="Mallory")
    data["certificates"] = [_choice(other), _choice(nurse().root)]
    signer["sid"].chosen["serial_number"] = other.serial_number


def _attribute_cut(_, signer):
    signer["signed_attrs"] = list(signer["signed_attrs"])[1:]


def _root_mirrored(data, _):
    """The authority's own certificate, with the other one of its two signatures."""
    root = data["certificates"][1].chosen
    if root.issuer != root.subject:
        root = data["certificates"][0].chosen
    r, s = decode_dss_signature(root["signature_value"].native)
    order = nurse().root.public_key().curve.group_order
    root["signature_value"] = encode_dss_signature(r, order - s)


def _loose():
    """The outer length told the endless way (BER), closed by two zero bytes."""
    blob = blob_of(signed())
    return with_blob(signed(), b"\x30\x80" + blob[4:] + b"\0\0")


def _long_length():
    """The outer length in three bytes where two do."""
    blob = blob_of(signed())
    return with_blob(signed(), b"\x30\x83\x00" + blob[2:])


def _padded(content):
    return lambda: with_blob(signed(), blob_of(signed()) + content)


def _digest(name):
    def make():
        honest, signing._DIGEST = signing._DIGEST, name
        try:
            says = signing._Statement(**VISIT)
            return signing._embedded(report(), nurse(), signing.NURSE, says)
        finally:
            signing._DIGEST = honest

    return make


def _set(where, name, value):
    return lambda data, signer: (data if where == "data" else signer).__setitem__(name, value)


def _added(name, of):
    return lambda data, signer: data[name].append(of(signer))


ALIKE = {
    "signature: a note nobody signed",
    "signature: a second signer",
    "signature: one more certificate",
    "signature: another person of the key",
    "signature: other list of digests",
    "signature: other version",
    "signature: other version of the signer",
}
"""Tried by test_verify_blob as well."""

_ALL = [
    attack(
        "signature: the other of the two that fit",
        altered(_mirrored, whole.signed),
        "MIRRORED",
        "made another of it",
    ),
    attack("signature: a note nobody signed", altered(_noted), "UNSIGNED_ATTRS", "nobody signed"),
    attack(
        "signature: a second signer", altered(_added("signer_infos", lambda one: one)), "CMS_SHAPE"
    ),
    attack(
        "signature: one more certificate",
        altered(_added("certificates", lambda _: _choice(supervisor().certificate))),
        "CERT_BAG",
        "exactly the signer's",
    ),
    attack("signature: no certificates", altered(_set("data", "certificates", [])), "CERT_BAG"),
    attack("signature: another authority of the name", altered(_another_root), "CERT_BAG"),
    attack("signature: another person of the key", altered(_another_person), "CERT_BAG"),
    attack(
        "signature: the authority's certificate with its other signature",
        altered(_root_mirrored),
        "UNTRUSTED_ISSUER",
    ),
    attack("signature: an attribute cut off", altered(_attribute_cut), "CMS_SHAPE CERT_BAG"),
    attack(
        "signature: other list of digests",
        altered(_set("data", "digest_algorithms", [{"algorithm": "sha512"}])),
        "CMS_SHAPE",
    ),
    attack(
        "signature: no list of digests",
        altered(_set("data", "digest_algorithms", [])),
        "CMS_SHAPE",
    ),
    attack("signature: other version", altered(_set("data", "version", "v3")), "CMS_SHAPE"),
    attack(
        "signature: other version of the signer",
        altered(_set("signer", "version", "v3")),
        "CMS_SHAPE",
    ),
    attack(
        "signature: another digest named",
        altered(_set("signer", "digest_algorithm", {"algorithm": "sha512"})),
        "DIGEST_ALGO",
    ),
    attack(
        "signature: proof of nothing",
        altered(_set("signer", "signature", b"")),
        "CMS_SHAPE SIGNATURE_INVALID",
    ),
    attack(
        "signature: proof of zeros",
        altered(_set("signer", "signature", encode_dss_signature(0, 0))),
        "SIGNATURE_INVALID",
    ),
    attack(
        "signature: content inside",
        altered(_set("data", "encap_content_info", {"content_type": "data", "content": b"x"})),
        "CMS_SHAPE",
    ),
    attack("signature: endless length", _loose, "CMS_SHAPE CMS_PADDING"),
    attack("signature: length too long", _long_length, "CMS_SHAPE CMS_PADDING"),
    attack("signature: one byte after it", _padded(b"\1"), "CMS_PADDING", "padding"),
    attack("signature: another one after it", _padded(b"\x30\x82" * 20), "CMS_PADDING"),
    attack("signature: made with SHA-1", _digest("sha1"), "DIGEST_ALGO", "does not accept"),
    attack("signature: made with SHA-3", _digest("sha3_256"), "DIGEST_ALGO", "does not accept"),
]

ATTACKS = [replace(one, long=one.name in ALIKE) for one in _ALL]

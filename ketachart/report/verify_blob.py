"""The second look: is the signature itself whole, and does it fit the bytes it covers?

The signature blob (CMS, RFC 5652) lies in the gap that no signature covers, so every byte of it
must be accounted for: it is built again from its parts and must come out the same.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import Encoding

from ketachart.errors import Fault

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_SHORTEST_KEY = 256  # bits
_HEAD = 4  # bytes before the content: of 256 to 65 535 bytes, so that its length takes two
_SIGNED = ["content_type", "message_digest", "signing_certificate_v2"]
"""What a PAdES B-B signature signs beside the file (ETSI EN 319 142-1, table 1), in our form."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The certificates in a signature: the signer's own, and the one that vouches for it."""

    own: x509.Certificate
    root: x509.Certificate


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one blob; ``chain`` is None where the certificates could not be read.

    ``mirrored``: of the two signatures it is the one that KetaChart does not make (the_lower).
    """

    chain: Chain | None
    faults: tuple[Fault, ...]
    mirrored: bool = False


class _Damaged(Exception):
    """The blob cannot be read further."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, f"Signature blob: {sentence}")


def examine(blob: bytes, covered: tuple[bytes, bytes]) -> Examined:
    """Check one signature against the bytes it covers; never raises for what is in them."""
    chain: Chain | None = None
    faults: list[Fault] = []
    mirrored = False
    try:
        der = _without_padding(blob)
        signed = cms.ContentInfo.load(der, strict=True)["content"]
        signer = _first_signer(signed)
        chain = _chain(signed, signer)
        faults += _shape(der, signer, chain)
        faults += _signature(signer, chain, covered)
        proof = signer["signature"].native
        mirrored = not faults and proof != the_lower(proof, chain.own.public_key())
    except _Damaged as damaged:
        faults.append(damaged.fault)
    except Exception:  # noqa: BLE001  (read lazily: damage is met anywhere, and in any shape)
        faults.append(_Damaged("CMS_SHAPE", "it is damaged and cannot be read.").fault)
    return Examined(chain, tuple(faults), mirrored)


def the_lower(signature: bytes, key: Any) -> bytes:  # noqa: ANN401  (any public key)
    """Of the two signatures that anyone can make of one (s, and the order less s), the lower.

    ECDSA counts both. A report is signed with the lower, so that nobody can make a second file of
    it that is as valid and yet another. A signature of another kind of key is left as it is.
    """
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return signature
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, key.curve.group_order - s))


def _without_padding(blob: bytes) -> bytes:
    length = _HEAD + int.from_bytes(blob[2:_HEAD], "big")
    if any(blob[length:]):
        raise _Damaged("CMS_PADDING", "the empty room (padding) after the signature is not empty.")
    return blob[:length]


def _first_signer(signed: Any) -> Any:  # noqa: ANN401  (asn1crypto has no types)
    """The signer; that there is no second one shows when the blob is built again."""
    signer = signed["signer_infos"][0]
    if len(signer["unsigned_attrs"]):
        raise _Damaged("UNSIGNED_ATTRS", "something was added to it that nobody signed.")
    digest = signer["digest_algorithm"]["algorithm"].native
    if digest not in _HASHES or signer["signature_algorithm"]["algorithm"].native != (
        f"{digest}_ecdsa"
    ):
        raise _Damaged("DIGEST_ALGO", "it is made in a way that KetaChart does not accept.")
    return signer


def _chain(signed: Any, signer: Any) -> Chain:  # noqa: ANN401  (asn1crypto has no types)
    """The two certificates, each of which must prove to belong where it stands."""
    bag = signed["certificates"]
    if len(bag) != 2:
        raise _Damaged(
            "CERT_BAG", "it does not hold exactly the signer's and the clinic's certificate."
        )
    meant = _certificate_named(signer)
    first, second = (one.chosen.dump() for one in bag)
    if hashlib.sha256(second).digest() == meant:
        first, second = second, first
    if hashlib.sha256(first).digest() != meant:
        raise _Damaged("CERT_BAG", "the signer's certificate is not the one that was signed with.")
    try:
        chain = Chain(x509.load_der_x509_certificate(first), x509.load_der_x509_certificate(second))
        chain.own.verify_directly_issued_by(chain.root)
        chain.root.verify_directly_issued_by(chain.root)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError) as error:
        raise _Damaged(
            "CERT_BAG", "the clinic's certificate in it is damaged or vouches for someone else."
        ) from error
    return chain


def _attributes(signer: Any) -> dict[str, Any]:  # noqa: ANN401  (asn1crypto has no types)
    listed = [(one["type"].native, one["values"]) for one in signer["signed_attrs"]]
    if sorted(name for name, _ in listed) != _SIGNED:
        raise _Damaged("CMS_SHAPE", "it does not sign exactly what a report's signature signs.")
    return {name: values[0] for name, values in listed}


def _certificate_named(signer: Any) -> bytes:  # noqa: ANN401  (asn1crypto has no types)
    """SHA-256 of the certificate the signer meant, which is signed along (RFC 5035)."""
    named = tsp.SigningCertificateV2.load(_attributes(signer)["signing_certificate_v2"].dump())
    return bytes(named["certs"][0]["cert_hash"].native)


def _shape(der: bytes, signer: Any, chain: Chain) -> Iterator[Fault]:  # noqa: ANN401  (as above)
    """Built again from the parts that are signed or proven, it must be the same to the byte."""
    digest = {"algorithm": signer["digest_algorithm"]["algorithm"].native}
    own, root = (
        asn1_x509.Certificate.load(one.public_bytes(Encoding.DER))
        for one in (chain.own, chain.root)
    )
    again = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [digest],
                "encap_content_info": {"content_type": "data"},
                "certificates": [own, root],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": cms.SignerIdentifier(
                            {
                                "issuer_and_serial_number": {
                                    "issuer": own.issuer,
                                    "serial_number": own.serial_number,
                                }
                            }
                        ),
                        "digest_algorithm": digest,
                        "signed_attrs": signer["signed_attrs"],
                        "signature_algorithm": {"algorithm": f"{digest['algorithm']}_ecdsa"},
                        "signature": signer["signature"].native,
                    }
                ],
            },
        }
    ).dump()
    if again != der:
        yield Fault("CMS_SHAPE", "Signature blob: it was altered in a part that is not signed.")


def _signature(
    signer: Any,  # noqa: ANN401  (asn1crypto has no types)
    chain: Chain,
    covered: tuple[bytes, bytes],
) -> Iterator[Fault]:
    name = signer["digest_algorithm"]["algorithm"].native
    key = chain.own.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.key_size < _SHORTEST_KEY:
        raise _Damaged("DIGEST_ALGO", "the signer's key is of a kind KetaChart does not accept.")
    signed_part = signer["signed_attrs"].untag().dump()
    try:
        key.verify(signer["signature"].native, signed_part, ec.ECDSA(_HASHES[name]))
    except InvalidSignature:
        yield Fault(
            "SIGNATURE_INVALID",
            "Signature blob: the signature does not fit the certificate; one of them was altered.",
        )
        return
    digest = hashlib.new(name)
    for part in covered:
        digest.update(part)
    if digest.digest() != _attributes(signer)["message_digest"].native:
        yield Fault(
            "DIGEST_MISMATCH",
            "Signed bytes: the report was changed after it was signed "
            f"(somewhere in bytes 0 to {sum(map(len, covered))}, the signature aside).",
        )

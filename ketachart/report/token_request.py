"""A request for a certificate (PKCS#10, RFC 2986), signed by a key that cannot leave its token."""

from collections.abc import Callable

from asn1crypto import csr as asn1_csr
from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509


def request(subject: x509.Name, public_key: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The request, PEM; ``public_key`` is a SubjectPublicKeyInfo (DER), ``sign`` gives DER."""
    info = asn1_csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": asn1_x509.Name.load(subject.public_bytes()),
            "subject_pk_info": asn1_keys.PublicKeyInfo.load(public_key),
            "attributes": [],
        }
    )
    whole = asn1_csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": sign(info.dump()),
        }
    )
    return str(asn1_pem.armor("CERTIFICATE REQUEST", whole.dump()).decode("ascii"))

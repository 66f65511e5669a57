"""Keys and reports that only forgers need: an authority of the same name, another report signed."""

from datetime import timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from ketachart.report.signing import sign
from tests.report.hostile_reports import VISIT, signed_by
from tests.report.signed_reports import MORNING, SIGNED_AT, nurse, report


@cache
def other_signed():
    """Another report by the same nurse, of the same length, so that nothing moves in it."""
    told = (report(words=f"Ketamine {mg}.25 mg delivered") for mg in range(42, 99))
    return sign(next(one for one in told if len(one) == len(report())), nurse(), **VISIT)


def a_key():
    return ec.generate_private_key(ec.SECP256R1())


def rooted(*, subject=None, starts=MORNING, days=3650, key=None):
    """An authority's certificate that nobody asked for; the clinic's own name unless another."""
    key = key or a_key()
    name = subject or nurse().root.subject
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=starts,
        not_valid_after=starts + timedelta(days=days),
    )
    for one in nurse().root.extensions:
        if not isinstance(one.value, x509.SubjectKeyIdentifier | x509.AuthorityKeyIdentifier):
            builder = builder.add_extension(one.value, critical=one.critical)
    return key, builder.sign(key, hashes.SHA256())


def led(root_key, root, *, starts=MORNING, days=730, key=None, name=None):
    """A nurse's certificate under that authority; her own name unless another."""
    key = key or a_key()
    builder = x509.CertificateBuilder(
        issuer_name=root.subject,
        subject_name=name or nurse().certificate.subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=starts,
        not_valid_after=starts + timedelta(days=days),
    )
    for one in nurse().certificate.extensions:
        if isinstance(one.value, x509.KeyUsage | x509.ExtendedKeyUsage | x509.BasicConstraints):
            builder = builder.add_extension(one.value, critical=one.critical)
    return key, builder.sign(root_key, hashes.SHA256())


def signed_under(root_key, root, *, at=SIGNED_AT, **leaf):
    key, own = led(root_key, root, **leaf)
    return signed_by(own, key, root, at=at)


def pem(certificate):
    return certificate.public_bytes(Encoding.PEM)

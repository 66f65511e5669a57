"""The last look: may this certificate sign a report, was it valid then, and whose word is it?"""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from cryptography import x509

from ketachart.errors import CannotRead, Fault
from ketachart.report.authority import DOCUMENT_SIGNING, EMAIL_PROTECTION
from ketachart.report.verify_blob import Chain

Kind = TypeVar("Kind", bound=x509.ExtensionType)


def trusted_roots(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of the authorities that the reader trusts, one or more.

    Raises CannotRead where the file holds none.
    """
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise CannotRead(
            "The file of the certificate to trust cannot be read. "
            "Choose the clinic's certificate (.pem)."
        ) from error


def doubts(
    chain: Chain, at: datetime | None, trusted: tuple[x509.Certificate, ...] | None
) -> Iterator[Fault]:
    """Why the signer may not be believed, for a signature that is otherwise whole.

    ``at`` is the time the signature claims, aware; ``trusted`` is None where nobody said whom to
    trust. pyHanko 0.38 drops its own checks of key usage silently, so they are made here.
    """
    yield from _usage(chain)
    if at is None or at.tzinfo is None:
        yield Fault("NO_TIME", "Signer: the signature does not say when it was made.")
    else:
        yield from _validity(chain, at)
    if trusted is not None and chain.root not in trusted:
        yield Fault(
            "UNTRUSTED_ISSUER",
            "Signer: the certificate was not issued by the authority you trust.",
        )


def _usage(chain: Chain) -> Iterator[Fault]:
    usage = _extension(chain.own, x509.KeyUsage)
    root_usage = _extension(chain.root, x509.KeyUsage)
    root_kind = _extension(chain.root, x509.BasicConstraints)
    if usage is None or not (usage.digital_signature and usage.content_commitment):
        yield Fault("KEY_USAGE", "Signer: the certificate is not one to sign reports with.")
    elif usage.key_cert_sign:
        yield Fault("KEY_USAGE", "Signer: an authority signed, not a person.")
    if root_usage is None or not root_usage.key_cert_sign or not (root_kind and root_kind.ca):
        yield Fault("KEY_USAGE", "Signer: the issuer's certificate is not that of an authority.")
    purposes = _extension(chain.own, x509.ExtendedKeyUsage)
    if purposes is None or not {DOCUMENT_SIGNING, EMAIL_PROTECTION} <= set(purposes):
        yield Fault("EXT_KEY_USAGE", "Signer: the certificate is not made for signing documents.")


def _validity(chain: Chain, at: datetime) -> Iterator[Fault]:
    for whose, certificate in (("signer's", chain.own), ("authority's", chain.root)):
        if at < certificate.not_valid_before_utc:
            yield Fault(
                "NOT_YET_VALID",
                f"Signer: the {whose} certificate was not valid yet when the report was signed "
                f"({at:%Y-%m-%d}); it is from {certificate.not_valid_before_utc:%Y-%m-%d}.",
            )
        if at > certificate.not_valid_after_utc:
            yield Fault(
                "EXPIRED",
                f"Signer: the {whose} certificate had ended when the report was signed "
                f"({at:%Y-%m-%d}); it ended on {certificate.not_valid_after_utc:%Y-%m-%d}.",
            )


def _extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None

"""The clinic's card: what a new laptop needs to join, signed by the authority, secret to nobody.

It is believed as far as its root certificate is: whoever joins compares the fingerprint with the
clinic by phone, once.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ketachart.errors import CannotRead
from ketachart.exchange import people
from ketachart.exchange.boxed import LIST, boxed, unboxed
from ketachart.exchange.items import Item, Manifest, file_of, manifest_of
from ketachart.exchange.package import CERTIFICATE, SIGNATURE, Address, items_in
from ketachart.report.certificate import fingerprint
from ketachart.report.credential import OpenCredential

MAGIC = b"KETACARD1\n"
NO_CARD = "This file is not a clinic's card. Ask the clinic for it: its name ends in .ketacard."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card that is whole: everything in it was signed with the key of this root."""

    made_at: datetime
    clinic: Address
    root_pem: str
    fingerprint: str
    items: tuple[Item, ...]


def written(
    items: tuple[Item, ...],
    authority: OpenCredential,
    *,
    card: str,
    made_at: datetime,
    clinic: Address,
) -> bytes:
    """The card as a file."""
    manifest = Manifest(
        id=card,
        made_at=made_at,
        sender=clinic.ledger,
        sender_key=clinic.key,
        recipient=clinic.ledger,
        recipient_key=clinic.key,
        items=tuple((item.id, item.kind, item.sha256) for item in items),
    ).as_bytes()
    root = authority.certificate.public_bytes(serialization.Encoding.PEM)
    files = {file_of(place): item.content for place, item in enumerate(items)}
    besides = {
        LIST: manifest,
        SIGNATURE: authority.key.sign(manifest, people.SIGNED),
        CERTIFICATE: root,
    }
    return MAGIC + boxed({**besides, **files})


def read(content: bytes) -> Card:
    """A card, looked at as a whole.

    Raises:
        CannotRead: it is none, or not as the clinic made it.
    """
    if not content.startswith(MAGIC):
        raise CannotRead(NO_CARD)
    files = unboxed(content[len(MAGIC) :])
    if not {LIST, SIGNATURE, CERTIFICATE} <= set(files):
        raise CannotRead(NO_CARD)
    try:
        root = x509.load_pem_x509_certificate(files[CERTIFICATE])
        key = root.public_key()
    except ValueError as error:
        raise CannotRead(NO_CARD) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not people.vouches(root):
        raise CannotRead(NO_CARD)
    people.signed_with(key, files[SIGNATURE], files[LIST])
    manifest = manifest_of(files[LIST])
    return Card(
        made_at=manifest.made_at,
        clinic=Address(ledger=manifest.sender, key=manifest.sender_key),
        root_pem=root.public_bytes(serialization.Encoding.PEM).decode("ascii"),
        fingerprint=fingerprint(root),
        items=items_in(manifest, files),
    )

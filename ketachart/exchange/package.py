"""A package: items, listed and signed by a person, then closed for one ledger alone.

Signed first and closed after: who wrote it is nobody's business on the way, and the list that is
signed names the ledger it is for, so that a package cannot be passed on as if it had been sent
somewhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ketachart.errors import CannotRead
from ketachart.exchange import people
from ketachart.exchange.boxed import LIST, NOT_WHOLE, boxed, unboxed
from ketachart.exchange.envelope import FOR_ANOTHER, PostKey, closed, opened
from ketachart.exchange.items import Item, Manifest, file_of, manifest_of
from ketachart.exchange.people import Person, Signer, Trusted

SIGNATURE = "manifest.sig"
CERTIFICATE = "certificate.pem"
REQUEST = "request.pem"
"""Stands in the certificate's place while a new laptop has none: only a request may be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One of the two ledgers that a package goes between: its id and its public key."""

    ledger: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that was opened and is what its signer put together.

    ``by`` is None where a laptop asks to join: then nobody vouches for it yet.
    """

    id: str
    made_at: datetime
    sender: Address
    by: Person | None
    items: tuple[Item, ...]
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A package as it is put together, not signed yet."""

    items: tuple[Item, ...]
    id: str
    made_at: datetime
    sender: Address
    recipient: Address

    def signed(self, signer: Signer) -> bytes:
        """The package as it goes on a stick.

        Raises:
            CannotRead: the recipient's key is none.
        """
        pem = signer.certificate.public_bytes(serialization.Encoding.PEM)
        return self._closed((CERTIFICATE, pem), signer.sign_bytes)

    def asking(self, request_pem: str, key: ec.EllipticCurvePrivateKey) -> bytes:
        """The package of a laptop that would join, signed with the key to be vouched for."""
        hand = partial(key.sign, signature_algorithm=people.SIGNED)
        return self._closed((REQUEST, request_pem.encode()), hand)

    def _closed(self, proof: tuple[str, bytes], hand: Callable[[bytes], bytes]) -> bytes:
        manifest = Manifest(
            id=self.id,
            made_at=self.made_at,
            sender=self.sender.ledger,
            sender_key=self.sender.key,
            recipient=self.recipient.ledger,
            recipient_key=self.recipient.key,
            items=tuple((item.id, item.kind, item.sha256) for item in self.items),
        ).as_bytes()
        besides = {LIST: manifest, SIGNATURE: hand(manifest), proof[0]: proof[1]}
        files = {file_of(place): item.content for place, item in enumerate(self.items)}
        box = boxed({**besides, **files})
        return closed(box, to=self.recipient.key, sender=self.sender.key)


def read(  # noqa: PLR0913 - whom it is for, and whom to believe
    content: bytes,
    *,
    key: PostKey,
    ledger: str,
    trusted: Trusted,
    here: str = "this laptop",
    whose: dict[str, str] | None = None,
) -> Opened:
    """Opens a package and believes it, or says why not; nothing of it is used before that.

    Args:
        content: the file as it came.
        key: this ledger's own key.
        ledger: this ledger's id.
        trusted: the clinic's root and lists of withdrawn certificates.
        here: this ledger in words.
        whose: in words, whose keys have which marks.

    Raises:
        CannotRead: with what is wrong; nothing was taken from it.
    """
    files = unboxed(opened(content, key, here=here, whose=whose or {}))
    if LIST not in files or SIGNATURE not in files:
        raise CannotRead(NOT_WHOLE)
    manifest = manifest_of(files[LIST])
    by, request = _signer(files, trusted, manifest.made_at)
    if manifest.recipient != ledger or manifest.recipient_key != key.public:
        raise CannotRead(FOR_ANOTHER.format(whom="somebody else", here=here))
    return Opened(
        id=manifest.id,
        made_at=manifest.made_at,
        sender=Address(ledger=manifest.sender, key=manifest.sender_key),
        by=by,
        items=items_in(manifest, files),
        request=request,
    )


def _signer(files: dict[str, bytes], trusted: Trusted, at: datetime) -> tuple[Person | None, str]:
    if CERTIFICATE in files:
        person = people.believed(files[CERTIFICATE], files[SIGNATURE], files[LIST], trusted, at)
        return person, ""
    if REQUEST not in files:
        raise CannotRead(NOT_WHOLE)
    try:
        request = x509.load_pem_x509_csr(files[REQUEST])
        key = request.public_key()
        good = request.is_signature_valid and isinstance(key, ec.EllipticCurvePublicKey)
    except (ValueError, TypeError) as error:
        raise CannotRead(NOT_WHOLE) from error
    if not good or not isinstance(key, ec.EllipticCurvePublicKey):
        raise CannotRead(people.FORGED)
    people.signed_with(key, files[SIGNATURE], files[LIST])
    return None, files[REQUEST].decode("ascii")


def items_in(manifest: Manifest, files: dict[str, bytes]) -> tuple[Item, ...]:
    """The items as the list names them: each there, whole, and nothing besides."""
    named = {file_of(place) for place in range(len(manifest.items))}
    besides = {LIST, SIGNATURE, CERTIFICATE, REQUEST}
    if set(files) - besides != named:
        raise CannotRead(NOT_WHOLE)
    found = []
    for place, (one, kind, sha256) in enumerate(manifest.items):
        item = Item(one, kind, files[file_of(place)])
        if item.sha256 != sha256:
            raise CannotRead(NOT_WHOLE)
        found.append(item)
    return tuple(found)

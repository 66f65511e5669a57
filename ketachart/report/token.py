"""A signing key on a smart card or USB token, which never gives it out (PKCS#11 2.40).

The library for it is optional: without it, everything else works, and this says so. The card's
maker supplies a module (a .so, .dll or .dylib file) that knows how to talk to it.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from ketachart.errors import CannotRead, CannotSign, WrongPassphrase
from ketachart.report.certificate import Certified, read
from ketachart.report.credential import together

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer

CURVE = "secp256r1"


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token is found: the file of its module, and the token's label."""

    module: str
    label: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is plugged in; ``state`` says how the PIN stands, in words, or is empty."""

    label: str
    serial: str
    maker: str
    state: str


@dataclass(frozen=True, slots=True)
class OpenToken(Certified):
    """A token that took the PIN, ready to sign with one key; `close` it after."""

    session: Any = field(repr=False)
    key_id: bytes
    certificate: x509.Certificate
    root: x509.Certificate

    def hand(self, chain: tuple[asn1_x509.Certificate, ...]) -> "Signer":
        """What pyHanko signs with; ``chain`` is put into the signature beside the certificate."""
        from pyhanko.sign.pkcs11 import PKCS11Signer
        from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

        beside = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        beside.register_multiple(chain)

        class Hand(PKCS11Signer):
            """pyHanko 0.38 would put the signer's own certificate into the signature twice."""

            @property
            def cert_registry(self) -> CertificateStore:
                return beside

        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return Hand(
            self.session,
            signing_cert=asn1_x509.Certificate.load(der),
            key_id=self.key_id,
            use_raw_mechanism=True,  # most tokens sign the digest of an EC key, not the data
        )

    def close(self) -> None:
        """Logs out; the token may be pulled."""
        self.session.close()


def signature_of(key: Any, data: bytes) -> bytes:  # noqa: ANN401 - the library has no types
    """An ECDSA signature by a key in a token over the SHA-256 of the data (DER)."""
    from pkcs11 import Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    raw = key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
    return bytes(encode_ecdsa_signature(raw))


def _library(module: str) -> Any:  # noqa: ANN401 - the library has no types
    try:
        import pkcs11
    except ImportError as error:
        raise CannotSign(
            "Signing with a token needs an addition to KetaChart that is not installed here "
            "(python-pkcs11). Nothing was signed. Ask your clinic, or sign with the key in the "
            "ledger."
        ) from error
    if not Path(module).is_file():
        raise CannotRead(
            f"There is no token module {Path(module).name}. Nothing was signed. Choose the file "
            "that came with the token's software."
        )
    try:
        return pkcs11.lib(module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise CannotRead(
            f"{Path(module).name} is no module of a token, or another one is in use. Nothing was "
            "signed. Choose the file that came with the token's software, or start KetaChart again."
        ) from error


def tokens(module: str) -> tuple[Token, ...]:
    """The tokens that are plugged in, as this module sees them; none, where there are none.

    Raises:
        CannotSign: the library for tokens is not installed.
        CannotRead: this is no module of a token.
    """
    library = _library(module)
    found = [slot.get_token() for slot in library.get_slots(token_present=True)]
    return tuple(
        Token(
            label=token.label.strip(),
            serial=_text(token.serial),
            maker=_text(token.manufacturer_id),
            state=_pin_state(token),
        )
        for token in found
        if token.label.strip()
    )


def _text(value: str | bytes) -> str:
    return (value.decode("ascii", "replace") if isinstance(value, bytes) else value).strip(" \0")


def _pin_state(token: Any) -> str:  # noqa: ANN401 - the library has no types
    from pkcs11 import TokenFlag

    if token.flags & TokenFlag.USER_PIN_LOCKED:
        return "The PIN is locked."
    if token.flags & TokenFlag.USER_PIN_FINAL_TRY:
        return "One try is left before the PIN is locked."
    if token.flags & TokenFlag.USER_PIN_COUNT_LOW:
        return "The last PIN was wrong."
    return ""


def _token(place: TokenPlace) -> Any:  # noqa: ANN401 - the library has no types
    library = _library(place.module)
    found = [
        slot.get_token()
        for slot in library.get_slots(token_present=True)
        if slot.get_token().label.strip() == place.label
    ]
    if not found:
        raise CannotSign(
            f"The token “{place.label}” is not plugged in. Nothing was signed. Plug it in and try "
            "again."
        )
    if len(found) > 1:
        raise CannotSign(
            f"Two tokens are called “{place.label}”. Nothing was signed. Pull the other one out."
        )
    return found[0]


@contextmanager
def opened_session(place: TokenPlace, pin: str, *, write: bool = False) -> Iterator[Any]:
    """A session with the token, logged in with the PIN, and out again at the end.

    Raises:
        WrongPassphrase: the PIN is wrong; the sentence says what is known of the tries left.
        CannotSign: no such token, or its PIN is locked.
    """
    session = _logged_in(place, pin, write=write)
    try:
        yield session
    finally:
        session.close()


def _logged_in(place: TokenPlace, pin: str, *, write: bool = False) -> Any:  # noqa: ANN401
    token = _token(place)
    import pkcs11

    try:
        return token.open(user_pin=pin, rw=write)
    except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid) as error:
        left = _pin_state(_token(place))
        raise WrongPassphrase(
            " ".join(filter(None, ("This PIN is not the token's. Nothing was signed.", left)))
        ) from error
    except pkcs11.PinLocked as error:
        raise CannotSign(
            f"The PIN of the token “{place.label}” is locked after too many wrong ones. Nothing "
            "was signed. Ask your clinic to unlock it."
        ) from error
    except pkcs11.PKCS11Error as error:
        raise CannotSign(
            f"The token “{place.label}” did not answer. Nothing was "
            "signed. Plug it in again and try once more."
        ) from error


def open_token(place: TokenPlace, pin: str, *, certificate_pem: str, root_pem: str) -> OpenToken:
    """The token, ready to sign with the key that the certificate is for; close it after.

    Raises:
        WrongPassphrase, CannotSign, CannotRead: nothing was signed; the sentence says why.
    """
    certificate, root = read(certificate_pem), read(root_pem)
    together(certificate, root)
    session = _logged_in(place, pin)
    try:
        return OpenToken(session, _key_id(session, certificate, place), certificate, root)
    except BaseException:
        session.close()
        raise


def _key_id(session: Any, certificate: x509.Certificate, place: TokenPlace) -> bytes:  # noqa: ANN401
    """Which of the token's keys belongs to the certificate: told by the public key beside it."""
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key

    wanted = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for public in session.get_objects(
        {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.KEY_TYPE: KeyType.EC}
    ):
        if encode_ec_public_key(public) == wanted:
            return bytes(public[Attribute.ID])
    raise CannotSign(
        f"The token “{place.label}” does not hold the key of your certificate. Nothing was signed. "
        "Plug in the other token, or ask your clinic."
    )


def new_key_id() -> bytes:
    """A number for a new key, which no other key in the token has."""
    return secrets.token_bytes(8)


def make_key(place: TokenPlace, pin: str, subject: x509.Name, key_id: bytes) -> str:
    """Makes a key in the token, which never leaves it; gives back the request for it, PEM.

    Raises:
        WrongPassphrase, CannotSign, CannotRead: nothing was made.
    """
    from ketachart.report.token_request import request

    with opened_session(place, pin, write=True) as session:
        from pkcs11 import Attribute, KeyType
        from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

        parameters = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters(CURVE)}, local=True
        )
        public, private = parameters.generate_keypair(
            store=True, id=key_id, label=f"KetaChart {key_id.hex()[:8]}"
        )
        spki = encode_ec_public_key(public)
        return request(subject, spki, lambda data: signature_of(private, data))

"""The wrong person signs: unknown, expired, withdrawn, not meant to sign, or the same one twice."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ketachart.report.authority import open_credential
from ketachart.report.certificate import serial_of
from ketachart.report.withdrawn import Withdrawn, sign_list
from tests.report.attacks import attack
from tests.report.attacks.keys import a_key, led, pem, rooted, signed_under
from tests.report.hostile_reports import a_certificate, countersigned_by_hand, signed_by, usage
from tests.report.signed_reports import (
    MORNING,
    SECRET,
    SIGNED_AT,
    clinic,
    countersigned,
    credential_of,
    nurse,
    root_of,
    signed,
    supervisor,
)

A_DAY = timedelta(days=1)


def _stranger():
    return signed_under(*rooted())


def _stranger_elsewhere():
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Anyone")])
    return signed_under(*rooted(subject=name))


def _self_signed():
    key, own = rooted(subject=nurse().certificate.subject)
    return signed_by(own, key, own)


def _authority_signs():
    authority = open_credential(clinic().pkcs12, SECRET)
    return signed_by(authority.certificate, authority.key, authority.root)


def _intermediate():
    """A leaf below a leaf: the nurse makes herself an authority."""
    key, own = led(nurse().key, nurse().certificate)
    return signed_by(own, key, nurse().root)


def _intermediate_as_root():
    key, own = led(nurse().key, nurse().certificate)
    return signed_by(own, key, nurse().certificate)


_ROOTS = {}


def _under_root(lasts, at, **leaf):
    """A report under an authority that the reader trusts, whose time is not the report's."""

    def root():
        return _ROOTS.setdefault((lasts, at), rooted(days=lasts))

    return {
        "make": lambda: signed_under(*root(), at=at, **leaf),
        "trust": lambda: pem(root()[1]),
    }


def _made_for(**change):
    def make():
        key = a_key()
        return signed_by(a_certificate(key=key, **change), key, nurse().root)

    return make


def _weak(make_key):
    def make():
        key = make_key()
        return signed_by(a_certificate(key=key), key, nurse().root)

    return make


def _rsa():
    """A key of another kind: the CMS is put together by pyHanko with RSA."""
    return _weak(lambda: rsa.generate_private_key(65537, 1024))()  # noqa: S505  (the attack)


def _at(moment):
    who = nurse()
    return lambda: signed_by(who.certificate, who.key, who.root, at=moment)


def _listed(who, reason, since):
    def trust():
        authority = open_credential(clinic().pkcs12, SECRET)
        row = Withdrawn(serial_of(who().certificate), reason, since, since)
        return root_of() + sign_list(authority, [row], number=3, now=SIGNED_AT + A_DAY)

    return trust


def _another_clinic():
    other = credential_of("Ann Lee", "MD-7", of="Southside")
    return countersigned_by_hand(open_credential(other.pkcs12, SECRET))


def _her_other_name():
    again = open_credential(credential_of("Jane Roe-Doe", "RN-014").pkcs12, SECRET)
    return countersigned_by_hand(again)


def _names_only():
    """The right certificate, another key."""
    return signed_by(nurse().certificate, a_key(), nurse().root)


ALL_REASONS = ("key lost or stolen", "issued in error", "left the clinic", "replaced")

ATTACKS = [
    attack("stranger of the same names", _stranger, "UNTRUSTED_ISSUER", "authority you trust"),
    attack("stranger of another name", _stranger_elsewhere, "UNTRUSTED_ISSUER"),
    attack("self-signed by a nurse", _self_signed, "CERT_BAG UNTRUSTED_ISSUER CMS_SHAPE"),
    attack("signed by the authority itself", _authority_signs, "CERT_BAG CMS_SHAPE KEY_USAGE"),
    attack("a nurse as her own authority", _intermediate, "CERT_BAG"),
    attack("a nurse in the authority's place", _intermediate_as_root, "CERT_BAG"),
    attack("another's certificate with one's own key", _names_only, "SIGNATURE_INVALID"),
    attack("certificate not valid yet", _at(MORNING - A_DAY), "NOT_YET_VALID", "not valid yet"),
    attack("certificate ended", _at(MORNING + 731 * A_DAY), "EXPIRED", "had ended"),
    attack(name="authority ended", codes="EXPIRED", says="authority's certificate had ended",
           **_under_root(100, MORNING + 101 * A_DAY, days=730)),
    attack(name="authority not valid yet", codes="NOT_YET_VALID", says="authority's certificate",
           **_under_root(200, MORNING - A_DAY, starts=MORNING - 9 * A_DAY)),
    attack("made to sign nothing", _made_for(KeyUsage=None), "KEY_USAGE", "not one to sign"),
    attack("made to sign, not to stand by it", _made_for(KeyUsage=usage(digital_signature=True)),
           "KEY_USAGE"),
    attack("made to vouch", _made_for(KeyUsage=usage(
        digital_signature=True, content_commitment=True, key_cert_sign=True)), "KEY_USAGE"),
    attack("made for no documents", _made_for(ExtendedKeyUsage=None), "EXT_KEY_USAGE"),
    attack("made for servers", _made_for(ExtendedKeyUsage=x509.ExtendedKeyUsage(
        [x509.ExtendedKeyUsageOID.SERVER_AUTH])), "EXT_KEY_USAGE"),
    attack("a short key", _weak(lambda: ec.generate_private_key(ec.SECP192R1())), "DIGEST_ALGO"),
    attack("a short key of another kind", _rsa, "DIGEST_ALGO CMS_SHAPE"),
    *(
        attack(f"withdrawn, {reason}, before", signed, "WITHDRAWN", reason,
               trust=_listed(nurse, reason, SIGNED_AT - A_DAY))
        for reason in ALL_REASONS
    ),
    *(
        attack(f"withdrawn, {reason}, after", signed,
               "WITHDRAWN" if reason in ALL_REASONS[:2] else "",
               trust=_listed(nurse, reason, SIGNED_AT + A_DAY))
        for reason in ALL_REASONS
    ),
    attack("supervisor withdrawn", countersigned, "WITHDRAWN", "signature 2 of 2",
           trust=_listed(supervisor, "issued in error", SIGNED_AT)),
    attack("supervisor of another clinic", _another_clinic, "UNTRUSTED_ISSUER", "2 of 2"),
    attack("supervisor is the nurse", lambda: countersigned_by_hand(nurse()), "SAME_SIGNER",
           "one person"),
    attack("supervisor is the nurse by another name", _her_other_name, "SAME_SIGNER"),
    attack("dated back within the certificate's time", _at(MORNING + timedelta(hours=1)), ""),
]  # fmt: skip

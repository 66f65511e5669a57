"""A signing key that never leaves its token: SoftHSM2 stands for the card."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ketachart.errors import CannotRead, CannotSign, WrongPassphrase
from ketachart.report import authority, token
from ketachart.report.certificate import person
from ketachart.report.signing import sign
from ketachart.report.token import TokenPlace, make_key, open_token, tokens
from ketachart.report.verify import verify
from tests.report.signed_reports import MORNING, SECRET, SIGNED_AT, clinic, report, root_of

PIN = "493817"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
MODULE = next((name for name in MODULES if Path(name).is_file()), "")
NAMES = {"name": "Jane Roe", "staff_id": "RN-014", "credential": "RN", "clinic": "Northside Clinic"}
KEY_ID = bytes.fromhex("a1b2")


def told(*words):
    went = subprocess.run(words, capture_output=True, text=True, check=False)
    assert went.returncode == 0, went.stdout + went.stderr


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """A token with a key of the nurse, and her certificate for it."""
    if not MODULE or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 is not installed here: no token to sign with")
    folder = tmp_path_factory.mktemp("card")
    (folder / "conf").write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "conf"))
        for label in ("jane", "twin", "twin", "bare"):
            told(
                *("softhsm2-util", "--init-token", "--free", "--label", label),
                *("--so-pin", "11223344", "--pin", PIN),
            )
        yield TokenPlace(MODULE, "jane")
        import pkcs11

        pkcs11.unload(MODULE)


@pytest.fixture(scope="module")
def others(card):
    """A second key in the same token, for another purpose, and its certificate."""
    csr = make_key(card, PIN, person(**NAMES), b"\x07")
    return authority.issue_for(clinic(), SECRET, csr, now=MORNING)


@pytest.fixture(scope="module")
def certificate(card):
    """What the clinic answers to the request that the token signed."""
    csr = make_key(card, PIN, person(**NAMES), KEY_ID)
    asked = authority.asked_for(csr)
    assert (asked.name, asked.staff_id, asked.credential) == ("Jane Roe", "RN-014", "RN")
    return authority.issue_for(clinic(), SECRET, csr, now=MORNING)


def opened(card, certificate, pin=PIN):
    return open_token(card, pin, certificate_pem=certificate, root_pem=clinic().certificate_pem)


def test_a_report_is_signed_by_the_key_in_the_token(card, certificate):
    held = opened(card, certificate)
    try:
        assert (held.holder, held.staff_id, held.key_id) == ("Jane Roe", "RN-014", KEY_ID)
        signed = sign(report(), held, at=SIGNED_AT, reason="I charted this visit", place="Home")
    finally:
        held.close()
    verdict = verify(signed, trust_pem=root_of())
    assert (verdict.intact, verdict.trusted) == (True, True)
    assert verdict.signers[0].name == "Jane Roe"


def test_of_several_keys_the_one_of_the_certificate_signs(card, certificate, others):
    for pem, key_id in ((certificate, KEY_ID), (others, b"\x07")):
        held = opened(card, pem)
        assert held.key_id == key_id
        held.close()


def test_the_key_cannot_be_read_out_of_the_token(card, certificate):
    import pkcs11

    held = opened(card, certificate)
    try:
        key = held.session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, id=KEY_ID)
        with pytest.raises(pkcs11.AttributeSensitive):
            _ = key[pkcs11.Attribute.VALUE]
        assert key[pkcs11.Attribute.EXTRACTABLE] is False
    finally:
        held.close()


def test_a_wrong_pin_signs_nothing_and_says_so(card, certificate):
    with pytest.raises(WrongPassphrase, match="is not the token's"):
        opened(card, certificate, pin="000000")
    assert [each.state for each in tokens(MODULE) if each.label == "jane"] == [
        "The last PIN was wrong."
    ]
    opened(card, certificate).close()
    assert [each.state for each in tokens(MODULE) if each.label == "jane"] == [""]


@pytest.mark.parametrize(
    ("label", "words"),
    [("gone", "not plugged in"), ("twin", "Two tokens"), ("bare", "does not hold the key")],
)
@pytest.mark.usefixtures("card")
def test_a_token_that_cannot_sign_says_why(certificate, label, words):
    with pytest.raises(CannotSign, match=words):
        opened(TokenPlace(MODULE, label), certificate)


def test_a_locked_pin_is_told_from_a_wrong_one(card, certificate, monkeypatch):
    import pkcs11

    class Locked:
        flags = pkcs11.TokenFlag.USER_PIN_LOCKED

        def open(self, **_how):
            raise pkcs11.PinLocked

    monkeypatch.setattr(token, "_token", lambda _place: Locked())
    with pytest.raises(CannotSign, match="locked after too many"):
        opened(card, certificate)
    assert token._pin_state(Locked()) == "The PIN is locked."


def test_a_module_that_is_none_is_named(tmp_path):
    (tmp_path / "card.so").write_bytes(b"no library")
    for name, words in (("card.so", "no module of a token"), ("gone.so", "There is no token")):
        with pytest.raises(CannotRead, match=words):
            tokens(str(tmp_path / name))


def test_without_the_library_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(CannotSign, match="python-pkcs11"):
        tokens("card.so")


def test_a_package_is_signed_by_the_key_in_the_token(card, certificate):
    from ketachart.exchange import package
    from ketachart.exchange.envelope import make_key as post_key
    from ketachart.exchange.package import Address, Parcel
    from ketachart.exchange.people import signer_of, trusted_of

    there = post_key()
    address = Address(ledger="clinic", key=there.public)
    parcel = Parcel(items=(), id="p1", made_at=SIGNED_AT, sender=address, recipient=address)
    held = opened(card, certificate)
    try:
        content = parcel.signed(signer_of(held))
    finally:
        held.close()
    trusted = trusted_of((root_of().decode(),))
    assert package.read(content, key=there, ledger="clinic", trusted=trusted).by.name == "Jane Roe"

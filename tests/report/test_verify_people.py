"""Who signed must be one the reader's authority vouches for, then and for this."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from ketachart.report import signing
from ketachart.report.authority import make_authority, open_credential
from ketachart.report.verify import verify
from tests.report.hostile_reports import (
    a_certificate,
    codes,
    countersigned_by_hand,
    signed_by,
    signed_with,
    usage,
)
from tests.report.signed_reports import (
    MORNING,
    SECRET,
    SIGNED_AT,
    clinic,
    credential_of,
    nurse,
    root_of,
    signed,
    supervisor,
)


def test_another_clinics_authority_does_not_vouch():
    verdict = verify(signed(), trust_pem=root_of("Southside"))
    assert (verdict.good, verdict.intact, verdict.trusted) == (False, True, False)
    assert [fault.code for fault in verdict.faults] == ["UNTRUSTED_ISSUER"]
    assert verdict.sentence.startswith("This report was not changed after it was signed, but")


def test_an_authority_of_the_same_name_does_not_vouch():
    twin = make_authority(clinic="Northside Clinic", passphrase=SECRET, now=MORNING, rounds=1000)
    assert codes(signed(), trust=twin.certificate_pem.encode()) == ["UNTRUSTED_ISSUER"]


def test_the_nurses_own_certificate_is_not_an_authority_to_trust():
    assert codes(signed(), trust=credential_of().certificate_pem.encode()) == ["UNTRUSTED_ISSUER"]


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (MORNING - timedelta(seconds=1), "NOT_YET_VALID"),
        (MORNING + timedelta(days=730, seconds=1), "EXPIRED"),
    ],
)
@pytest.mark.parametrize("trust", [None, "clinic"])
def test_a_certificate_outside_its_time_does_not_count(moment, code, trust):
    who = nurse()
    pdf = signed_by(who.certificate, who.key, who.root, at=moment)
    verdict = verify(pdf, trust_pem=root_of() if trust else None)
    assert (verdict.good, verdict.intact, verdict.trusted) == (False, True, False)
    assert {fault.code for fault in verdict.faults} == {code}


def test_a_signature_that_says_no_time_does_not_count(monkeypatch):
    def made(honest, *given):
        asked = honest(*given)
        del asked.sig_placeholder["/M"]
        return asked

    assert codes(signed_with(monkeypatch, "_signature_object", made)) == ["NO_TIME"]


def test_a_time_without_its_offset_does_not_count(monkeypatch):
    naive = SIGNED_AT.replace(tzinfo=None)
    pdf = signed_with(
        monkeypatch, "_signature_object", lambda honest, *all_: honest(*all_), at=naive
    )
    assert codes(pdf) == ["NO_TIME"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"KeyUsage": usage(digital_signature=True)}, "KEY_USAGE"),
        ({"KeyUsage": usage(content_commitment=True)}, "KEY_USAGE"),
        (
            {
                "KeyUsage": usage(
                    digital_signature=True, content_commitment=True, key_cert_sign=True
                )
            },
            "KEY_USAGE",
        ),
        ({"KeyUsage": None}, "KEY_USAGE"),
        ({"ExtendedKeyUsage": None}, "EXT_KEY_USAGE"),
        (
            {"ExtendedKeyUsage": x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.CLIENT_AUTH])},
            "EXT_KEY_USAGE",
        ),
    ],
)
def test_a_certificate_made_for_something_else_does_not_count(change, code):
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = a_certificate(key=key, **change)
    assert codes(signed_by(certificate, key, nurse().root)) == [code]


def test_an_authority_that_may_not_vouch_does_not_count():
    """A nurse's certificate in the place of the authority's, or another authority's."""
    who = supervisor()
    elsewhere = open_credential(clinic("Southside").pkcs12, SECRET).root
    for root in (nurse().certificate, elsewhere):
        assert codes(signed_by(who.certificate, who.key, root)) == ["CERT_BAG"]


@pytest.mark.parametrize(
    "of_root",
    [
        (),
        (usage(key_cert_sign=True),),
        (x509.BasicConstraints(ca=True, path_length=None),),
        (usage(crl_sign=True), x509.BasicConstraints(ca=True, path_length=None)),
        (usage(key_cert_sign=True), x509.BasicConstraints(ca=False, path_length=None)),
    ],
)
def test_a_self_made_root_that_is_no_authority_does_not_count(of_root):
    key, root_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Anyone")])

    def made(subject, public_key, extensions):
        builder = x509.CertificateBuilder(
            issuer_name=name,
            subject_name=subject,
            public_key=public_key,
            serial_number=x509.random_serial_number(),
            not_valid_before=MORNING,
            not_valid_after=MORNING + timedelta(days=9),
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=True)
        return builder.sign(root_key, hashes.SHA256())

    root = made(name, root_key.public_key(), of_root)
    honest = [one.value for one in nurse().certificate.extensions]
    own = made(nurse().certificate.subject, key.public_key(), honest[1:3])
    found = codes(
        signed_by(own, key, root), trust=root.public_bytes(signing.serialization.Encoding.PEM)
    )
    assert found == ["KEY_USAGE"]


def test_one_person_may_not_sign_as_both():
    pdf = countersigned_by_hand(nurse())
    verdict = verify(pdf, trust_pem=root_of())
    assert (verdict.good, verdict.intact) == (False, True)
    assert [fault.code for fault in verdict.faults] == ["SAME_SIGNER"]


def test_a_supervisor_of_another_clinic_counts_only_if_that_clinic_is_trusted():
    other = open_credential(credential_of("Ann Lee", "MD-7", of="Southside").pkcs12, SECRET)
    pdf = countersigned_by_hand(other)
    assert codes(pdf) == ["UNTRUSTED_ISSUER"]
    assert codes(pdf, trust=root_of() + root_of("Southside")) == []

"""The clinic's authority and the nurses' certificates and key files."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ketachart.errors import CannotRead, Refused, WrongPassphrase
from ketachart.report import keyfile
from ketachart.report.authority import (
    asked_for,
    complete,
    fingerprint_of,
    issue,
    issue_for,
    make_authority,
    make_request,
    open_credential,
)
from tests.report.signed_reports import (
    FEW,
    MORNING,
    SECRET,
    ask,
    clinic,
    credential_of,
    nurse,
    supervisor,
)

NURSE_OF_NORTHSIDE = {
    "name": "Jane Roe",
    "staff_id": "RN-014",
    "credential": "RN",
    "clinic": "Northside Clinic",
    "passphrase": SECRET,
    "now": MORNING,
    "rounds": FEW,
}


def extension(certificate, kind):
    return certificate.extensions.get_extension_for_class(kind)


def guesses_cost(container):
    """The rounds of each lock in the file: certificates, key, and the seal over both."""
    pfx = asn1_pkcs12.Pfx.load(container)
    hidden = [
        part["content"]["encrypted_content_info"]["content_encryption_algorithm"]
        for part in pfx.authenticated_safe
        if part["content_type"].native == "encrypted_data"
    ]
    key = next(
        bag["bag_value"]["encryption_algorithm"]
        for part in pfx.authenticated_safe
        if part["content_type"].native == "data"
        for bag in asn1_pkcs12.SafeContents.load(part["content"].native)
    )
    assert {each.encryption_cipher for each in (*hidden, key)} == {"aes"}
    assert {each.key_length for each in (*hidden, key)} == {32}
    return {each.kdf_iterations for each in (*hidden, key)} | {pfx["mac_data"]["iterations"].native}


def test_the_authority_may_issue_certificates_and_nothing_else():
    root = x509.load_pem_x509_certificate(clinic().certificate_pem.encode())
    limits = extension(root, x509.BasicConstraints)
    usage = extension(root, x509.KeyUsage)
    assert (limits.critical, limits.value.ca, limits.value.path_length) == (True, True, 0)
    assert (usage.critical, usage.value.key_cert_sign, usage.value.crl_sign) == (True, True, True)
    assert not usage.value.digital_signature
    assert not usage.value.content_commitment
    assert isinstance(root.public_key().curve, ec.SECP384R1)
    assert root.not_valid_after_utc - root.not_valid_before_utc == timedelta(days=3650)


def test_a_nurses_certificate_says_who_she_is_and_may_only_sign():
    certificate = nurse().certificate
    assert [(part.oid, part.value) for part in certificate.subject] == [
        (NameOID.ORGANIZATION_NAME, "Northside Clinic"),
        (NameOID.COMMON_NAME, "Jane Roe"),
        (NameOID.TITLE, "RN"),
        (NameOID.SERIAL_NUMBER, "RN-014"),
    ]
    usage = extension(certificate, x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not usage.value.key_encipherment
    purposes = [oid.dotted_string for oid in extension(certificate, x509.ExtendedKeyUsage).value]
    assert purposes == ["1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"]
    assert extension(certificate, x509.BasicConstraints).value.ca is False
    assert isinstance(certificate.public_key().curve, ec.SECP256R1)
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc == timedelta(days=730)


def test_what_is_kept_on_disk_names_its_holder_and_its_dates():
    kept = credential_of()
    assert (kept.holder, kept.not_before) == ("Jane Roe", MORNING)
    assert kept.fingerprint == nurse().fingerprint
    assert len(bytes.fromhex(kept.fingerprint)) == 32
    assert clinic().holder == "Northside Clinic"
    assert (nurse().holder, nurse().staff_id) == ("Jane Roe", "RN-014")


def test_a_certificate_does_not_outlive_the_authority():
    late = MORNING + timedelta(days=3640)
    last = issue(clinic(), SECRET, **{**NURSE_OF_NORTHSIDE, "now": late})
    assert last.not_after == clinic().not_after


def test_two_certificates_never_share_a_number_or_a_key():
    assert nurse().certificate.serial_number != supervisor().certificate.serial_number
    assert nurse().certificate.public_key() != supervisor().certificate.public_key()


@pytest.mark.parametrize("typed", ["", "correct horse", SECRET + " ", SECRET.upper()])
def test_a_wrong_passphrase_opens_nothing(typed):
    with pytest.raises(WrongPassphrase, match="does not open"):
        open_credential(credential_of().pkcs12, typed)


def test_a_wrong_passphrase_of_the_authority_issues_nothing():
    with pytest.raises(WrongPassphrase):
        issue(clinic(), "guess", **NURSE_OF_NORTHSIDE)


def test_an_accent_typed_on_another_keyboard_opens_the_same_file():
    made = issue(clinic(), SECRET, **{**NURSE_OF_NORTHSIDE, "passphrase": "caf\u00e9 \U0001f319"})
    assert open_credential(made.pkcs12, "cafe\u0301 \U0001f319").holder == "Jane Roe"


def test_every_guess_at_a_real_key_file_costs_600_000_rounds():
    kept = make_authority(clinic="Northside Clinic", passphrase=SECRET, now=MORNING)
    assert keyfile.ROUNDS == 600_000
    assert guesses_cost(kept.pkcs12) == {600_000}
    assert open_credential(kept.pkcs12, SECRET).holder == "KetaChart authority"


def test_fewer_rounds_are_for_tests_and_leave_no_lock_behind():
    assert guesses_cost(credential_of().pkcs12) == {FEW}


def test_other_programs_open_the_key_file(tmp_path):
    file = tmp_path / "nurse.p12"
    file.write_bytes(credential_of().pkcs12)
    by_openssl = ask("openssl", "pkcs12", "-in", file, "-passin", f"pass:{SECRET}", "-nodes")
    assert by_openssl.count("BEGIN CERTIFICATE") == 2
    assert by_openssl.count("BEGIN PRIVATE KEY") == 1
    by_nss = ask("pk12util", "-l", file, "-W", SECRET)
    assert "CN=Jane Roe" in by_nss
    assert "Non-Repudiation" in by_nss


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"\x30\x03\x02\x01\x03", b"\x30\x82" * 99])
def test_a_file_that_holds_no_key_is_called_that(junk):
    with pytest.raises(CannotRead, match="signing key"):
        open_credential(junk, SECRET)


def test_a_damaged_key_file_never_opens_as_another_key():
    container = credential_of().pkcs12
    chance = random.Random(14)
    for place in chance.sample(range(len(container)), 60):
        damaged = bytearray(container)
        damaged[place] ^= chance.randrange(1, 256)
        # a flip in a name nobody reads may open, but then to the same key and the same person
        try:
            opened = open_credential(bytes(damaged), SECRET)
        except (WrongPassphrase, CannotRead):
            continue
        assert opened.certificate == nurse().certificate
        assert opened.key.private_numbers() == nurse().key.private_numbers()


def test_a_key_that_is_not_the_certificates_is_refused():
    nurses, supervisors = (
        asn1_pkcs12.Pfx.load(kept.pkcs12)
        for kept in (credential_of(), credential_of("Sue Perry", "MD-001"))
    )
    spliced = asn1_pkcs12.AuthenticatedSafe(
        [nurses.authenticated_safe[0], supervisors.authenticated_safe[1]]
    )
    nurses["auth_safe"] = {"content_type": "data", "content": spliced.dump()}
    stolen = keyfile._sealed_again(nurses.dump(force=True), SECRET, FEW)
    with pytest.raises(CannotRead, match="signing key that KetaChart can use"):
        open_credential(stolen, SECRET)


def test_a_certificate_of_another_clinic_does_not_fit_the_authority():
    elsewhere = x509.load_pem_x509_certificate(clinic("Southside").certificate_pem.encode())
    mixed = keyfile.lock(
        nurse().key, (nurse().certificate, elsewhere), passphrase=SECRET, rounds=FEW
    )
    with pytest.raises(CannotRead, match="do not belong together"):
        open_credential(mixed, SECRET)


def test_a_certificate_vouched_for_by_a_nurse_is_refused():
    genuine = nurse().certificate
    borrowed = x509.CertificateBuilder(
        issuer_name=genuine.subject,
        subject_name=genuine.subject,
        public_key=supervisor().key.public_key(),
        serial_number=1,
        not_valid_before=MORNING,
        not_valid_after=MORNING + timedelta(days=9),
    ).sign(nurse().key, hashes.SHA256())
    mixed = keyfile.lock(supervisor().key, (borrowed, genuine), passphrase=SECRET, rounds=FEW)
    with pytest.raises(CannotRead, match="do not belong together"):
        open_credential(mixed, SECRET)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "J" * 65),
        ("name", "é" * 33),
        ("name", "Jane\nRoe"),
        ("credential", ""),
        ("clinic", ""),
        ("staff_id", ""),
        ("staff_id", "RN_014"),
        ("staff_id", "Nº 14"),
        ("passphrase", ""),
    ],
)
def test_a_certificate_without_its_parts_is_refused(part, value):
    with pytest.raises(Refused):
        issue(clinic(), SECRET, **{**NURSE_OF_NORTHSIDE, part: value})


@pytest.mark.parametrize(("part", "value"), [("clinic", " "), ("passphrase", "")])
def test_an_authority_without_its_parts_is_refused(part, value):
    with pytest.raises(Refused):
        make_authority(**{"clinic": "A", "passphrase": "b", "now": MORNING, part: value})


def test_a_nurse_cannot_issue_certificates():
    with pytest.raises(Refused, match="not the clinic's authority"):
        issue(credential_of(), SECRET, **NURSE_OF_NORTHSIDE)


@pytest.mark.parametrize("days", [-1, 3651])
def test_an_authority_issues_nothing_outside_its_own_time(days):
    moment = MORNING + timedelta(days=days)
    with pytest.raises(Refused, match="authority is valid from"):
        issue(clinic(), SECRET, **{**NURSE_OF_NORTHSIDE, "now": moment})


def test_a_moment_needs_its_offset():
    with pytest.raises(ValueError, match="offset"):
        make_authority(clinic="A", passphrase="b", now=MORNING.replace(tzinfo=None), rounds=FEW)


def test_a_key_is_never_shown_where_a_credential_is_printed():
    assert "pkcs12" not in repr(credential_of())
    assert "key=" not in repr(nurse())


def test_the_fingerprint_is_worked_out_from_the_text_of_a_certificate():
    made = credential_of()
    assert fingerprint_of(made.certificate_pem) == made.fingerprint


@pytest.mark.parametrize("text", ["", "no certificate", "schlüssel"])
def test_a_text_that_is_no_certificate_has_no_fingerprint(text):
    with pytest.raises(CannotRead, match="no certificate"):
        fingerprint_of(text)


# ------------------------------------------------ a certificate for a key on another laptop


ASKS = {part: NURSE_OF_NORTHSIDE[part] for part in ("name", "staff_id", "credential", "clinic")}


@pytest.fixture(scope="module")
def pending():
    return make_request(**ASKS, passphrase=SECRET, rounds=FEW)


@pytest.fixture(scope="module")
def answer(pending):
    return issue_for(clinic(), SECRET, pending.csr_pem, now=MORNING)


def test_a_request_says_who_asks_and_never_holds_the_key(pending):
    asked = asked_for(pending.csr_pem)
    assert (asked.name, asked.staff_id, asked.credential, asked.clinic) == tuple(ASKS.values())
    assert asked.fingerprint == pending.fingerprint
    assert "PRIVATE" not in pending.csr_pem
    assert "pkcs12" not in repr(pending)


def test_the_answer_and_the_waiting_key_make_one_credential(pending, answer):
    whole = complete(pending.pkcs12, answer, clinic().certificate_pem, SECRET, rounds=FEW)
    opened = open_credential(whole.pkcs12, SECRET)
    assert (opened.holder, opened.staff_id) == ("Jane Roe", "RN-014")
    assert opened.root == open_credential(clinic().pkcs12, SECRET).certificate
    assert whole.not_after == MORNING + timedelta(days=730)
    # never before the authority itself, which is as old as the answer here
    assert whole.not_before == MORNING
    late = issue_for(clinic(), SECRET, pending.csr_pem, now=MORNING + timedelta(days=1))
    begins = x509.load_pem_x509_certificate(late.encode()).not_valid_before_utc
    assert begins == MORNING + timedelta(hours=23)  # the nurse's clock may be behind


def test_a_certificate_on_request_is_like_one_made_at_the_clinic(answer):
    made, known = x509.load_pem_x509_certificate(answer.encode()), nurse().certificate
    assert made.subject == known.subject
    own_key = x509.SubjectKeyIdentifier
    for theirs in known.extensions:
        if not isinstance(theirs.value, own_key):
            assert extension(made, type(theirs.value)) == theirs


def test_a_key_that_waits_signs_and_issues_nothing(pending):
    from ketachart.errors import CannotSign
    from ketachart.report.signing import sign
    from tests.report.signed_reports import SIGNED_AT, report

    with pytest.raises(CannotSign):
        sign(report(), open_credential(pending.pkcs12, SECRET), at=SIGNED_AT, reason="x", place="y")
    waiting = replace(clinic(), pkcs12=pending.pkcs12)
    with pytest.raises(Refused, match="not the clinic's authority"):
        issue_for(waiting, SECRET, pending.csr_pem, now=MORNING)


def test_an_answer_is_put_to_its_own_key_and_clinic_only(pending, answer):
    root = clinic().certificate_pem
    with pytest.raises(WrongPassphrase):
        complete(pending.pkcs12, answer, root, "guess", rounds=FEW)
    with pytest.raises(CannotRead, match="for another key"):
        complete(pending.pkcs12, credential_of().certificate_pem, root, SECRET, rounds=FEW)
    with pytest.raises(CannotRead, match="do not belong together"):
        complete(pending.pkcs12, answer, clinic("Southside").certificate_pem, SECRET, rounds=FEW)


def test_a_request_that_was_changed_or_is_of_another_kind_is_refused(pending):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jane Roe")])
    large = x509.CertificateSigningRequestBuilder(subject).sign(
        ec.generate_private_key(ec.SECP384R1()), hashes.SHA256()
    )
    lines = pending.csr_pem.splitlines()
    lines[1] = lines[1][:40] + ("A" if lines[1][40] != "A" else "B") + lines[1][41:]
    for csr in (large.public_bytes(Encoding.PEM).decode(), "\n".join(lines), "", "junk"):
        with pytest.raises(CannotRead, match="no request for a certificate"):
            issue_for(clinic(), SECRET, csr, now=MORNING)


@pytest.mark.parametrize(("part", "value"), [("name", ""), ("staff_id", "a_b"), ("passphrase", "")])
def test_a_request_without_its_parts_is_refused(part, value):
    with pytest.raises(Refused):
        make_request(**{**ASKS, "passphrase": SECRET, "rounds": FEW, part: value})

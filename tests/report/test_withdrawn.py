"""The list of withdrawn certificates: signed by the authority, and read by us and by others."""

import base64
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from ketachart.errors import CannotRead
from ketachart.report.authority import make_authority, open_credential, serial_of
from ketachart.report.withdrawn import (
    REASONS,
    Withdrawn,
    lists_in,
    newest,
    read_list,
    sign_list,
)
from tests.report.signed_reports import (
    MORNING,
    SECRET,
    SIGNED_AT,
    ask,
    clinic,
    nurse,
    root_of,
    supervisor,
)

DAY = timedelta(days=1)


def root():
    return open_credential(clinic().pkcs12, SECRET)


def row(holder=nurse, reason="left the clinic", since=MORNING):
    return Withdrawn(serial_of(holder().certificate), reason, since, SIGNED_AT)


def signed(*rows, number=7, now=SIGNED_AT):
    return sign_list(root(), rows, number=number, now=now)


def test_what_is_signed_is_read_back_as_it_was():
    rows = tuple(row(reason=reason) for reason in REASONS)
    says = read_list(signed(*rows), root().certificate)
    assert says.rows == rows
    assert says.number == 7
    assert says.next_update - says.made_at == timedelta(days=30)
    assert says.row(rows[0].serial) == rows[0]
    assert says.row(serial_of(supervisor().certificate)) is None


@pytest.mark.parametrize(
    ("reason", "hours", "doubted"),
    [
        ("left the clinic", -1, False),
        ("left the clinic", 0, True),
        ("left the clinic", 1, True),
        ("replaced", -1, False),
        ("replaced", 1, True),
        # whoever has the key sets the clock: the time that is claimed proves nothing
        ("key lost or stolen", -999, True),
        ("issued in error", -999, True),
    ],
)
def test_from_when_a_signature_is_doubted_rests_on_the_reason(reason, hours, doubted):
    assert row(reason=reason).doubts(MORNING + timedelta(hours=hours)) is doubted


def test_other_programs_read_and_check_the_list(tmp_path):
    (tmp_path / "list.pem").write_bytes(signed(row(reason="key lost or stolen")))
    (tmp_path / "root.pem").write_bytes(root_of())
    told = ask(
        *("openssl", "crl", "-in", tmp_path / "list.pem", "-noout", "-text"),
        *("-CAfile", tmp_path / "root.pem"),
    )
    assert "Key Compromise" in told
    assert "X509v3 CRL Number" in told
    assert row().serial.upper() in told


def test_a_list_of_another_authority_or_a_changed_one_is_refused():
    genuine = signed(row())
    elsewhere = x509.load_pem_x509_certificate(root_of("Southside"))
    with pytest.raises(CannotRead, match="no list of withdrawn"):
        read_list(genuine, elsewhere)
    # another authority under the same name: only the signature tells them apart
    double = make_authority(clinic="Northside Clinic", passphrase=SECRET, now=MORNING, rounds=1000)
    forged = sign_list(open_credential(double.pkcs12, SECRET), (), number=9, now=SIGNED_AT)
    for content in (forged, genuine.replace(b"M", b"N", 1), b"", b"junk", root_of()):
        with pytest.raises(CannotRead, match="no list of withdrawn"):
            read_list(content, root().certificate)


def test_every_flipped_byte_of_a_list_is_noticed():
    genuine = signed(row())
    body = base64.b64decode(b"".join(genuine.split(b"\n")[1:-2]))
    for place in range(0, len(body), 7):
        damaged = bytearray(body)
        damaged[place] ^= 0x10
        text = base64.encodebytes(bytes(damaged))
        pem = b"-----BEGIN X509 CRL-----\n" + text + b"-----END X509 CRL-----\n"
        with pytest.raises(CannotRead):
            read_list(pem, root().certificate)


def test_a_reason_in_words_we_do_not_use_counts_as_the_gravest():
    held = root()
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(5)
        .revocation_date(MORNING)
        .add_extension(x509.CRLReason(x509.ReasonFlags.unspecified), critical=False)
        .build()
    )
    pem = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(held.certificate.subject)
        .last_update(MORNING)
        .next_update(MORNING + DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_revoked_certificate(entry)
        .sign(held.key, hashes.SHA384())
        .public_bytes(serialization.Encoding.PEM)
    )
    (only,) = read_list(pem, held.certificate).rows
    assert (only.serial, only.reason, only.since) == ("5", "key lost or stolen", MORNING)


def test_a_trust_file_holds_certificates_and_lists_beside_each_other():
    first, second = signed(number=1), signed(row(), number=2)
    trust = root_of() + first + second
    assert lists_in(trust) == (first, second)
    assert len(x509.load_pem_x509_certificates(trust)) == 1
    both = [read_list(pem, root().certificate) for pem in lists_in(trust)]
    assert newest(both).number == 2
    assert newest([]) is None
    assert lists_in(root_of()) == ()

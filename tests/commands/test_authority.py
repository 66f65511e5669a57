"""`authority`: the clinic's certificates from the shell."""

import shutil
from dataclasses import replace

import pypdfium2
import pytest
from cryptography import x509

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.report import authority, withdrawn
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.command import command


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clinic") / "ledger"
    told = new_clinic()
    nurse = replace(told.nurse, role="supervisor")
    charting.create(folder, replace(told, nurse=nurse), SystemClock()).close()
    return folder


@pytest.fixture
def ledger(founded, tmp_path):
    shutil.copytree(founded, tmp_path / "ledger")
    return tmp_path / "ledger"


@pytest.fixture
def request_file(tmp_path):
    pending = authority.make_request(
        name="Ben Ortiz",
        staff_id="bo",
        credential="RN",
        clinic="Clinic",
        passphrase=PASSPHRASE,
        rounds=1000,
    )
    file = tmp_path / "request.pem"
    file.write_text(pending.csr_pem)
    return file


def ask(ledger, *words, typed=f"{PASSPHRASE}\n"):
    return command("authority", *words, "--ledger", ledger, "--passphrase-file", "-", typed=typed)


def listed(ledger):
    return ask(ledger, "list", "--json").json["certificates"]


def test_a_certificate_is_issued_renewed_withdrawn_and_listed(ledger, request_file, tmp_path):
    out = tmp_path / "ben.pem"
    answer = ask(ledger, "issue", request_file, "--out", out)
    assert (answer.code, answer.err) == (0, "")
    assert "Ben Ortiz, RN (bo) has a certificate." in answer.out
    assert x509.load_pem_x509_certificate(out.read_bytes())
    mine, bens = listed(ledger)
    assert (mine["staff_id"], bens["staff_id"]) == ("ja", "bo")
    assert (mine["state"], bens["state"]) == ("valid", "valid")
    renewed = ask(ledger, "renew", mine["serial"][:8], "--withdraw-old")
    assert (renewed.code, renewed.err) == (0, "")
    assert ask(ledger, "withdraw", bens["serial"], "--reason", "left the clinic").code == 0
    states = {each["serial"]: (each["state"], each["reason"]) for each in listed(ledger)}
    assert states[mine["serial"]] == ("withdrawn", "replaced")
    assert states[bens["serial"]] == ("withdrawn", "left the clinic")
    assert sorted(state for state, _reason in states.values()) == ["valid", *["withdrawn"] * 2]
    told = ask(ledger, "list").out
    assert f"{bens['serial'][:12]}  bo" in told
    assert "withdrawn (left the clinic)" in told


def test_the_trust_file_the_root_and_the_guide_are_written_together(ledger, tmp_path):
    out = tmp_path / "trust"
    answer = ask(ledger, "trust", "--again", "--out", out, "--paper", "a4", "--json")
    assert answer.code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(answer.json["files"])
    root = x509.load_der_x509_certificate((out / "clinic-root.cer").read_bytes())
    trust = (out / "clinic-trust.pem").read_bytes()
    assert x509.load_pem_x509_certificates(trust) == [root]
    (pem,) = withdrawn.lists_in(trust)
    assert withdrawn.read_list(pem, root).rows == ()
    assert answer.json["fingerprint"].replace(" ", "").lower() == authority.fingerprint(root)
    guide = pypdfium2.PdfDocument((out / "clinic-trust-guide.pdf").read_bytes())
    text = guide[0].get_textpage().get_text_bounded()
    assert len(guide) == 1
    assert answer.json["fingerprint"][:39].replace(" ", "") in text.replace(" ", "")


def test_the_second_line_answers_for_the_authority(ledger):
    number = listed(ledger)[0]["serial"]
    wrong = ask(ledger, "renew", number, typed=f"{PASSPHRASE}\nanother\n")
    assert (wrong.code, wrong.out) == (2, "")
    assert "does not open the signing key" in wrong.err
    assert len(listed(ledger)) == 1
    assert ask(ledger, "renew", number, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n").code == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("withdraw", "zz", "--reason", "replaced"), 2, "There is no certificate"),
        (("withdraw", "zz", "--reason", "replaced", "--since", "noon"), 2, "is no time"),
        (("withdraw", "zz", "--reason", "replaced", "--since", "2026-11-22T09:00"), 2, "offset"),
        (("issue", "gone.pem", "--out", "x.pem"), 2, "There is no gone.pem"),
        (("withdraw", "zz", "--reason", "tired"), 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(ledger, words, code, says):
    answer = ask(ledger, *words)
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err


def test_a_file_that_is_no_request_issues_nothing(ledger, tmp_path):
    junk = tmp_path / "junk.pem"
    junk.write_text("-----BEGIN NOTHING-----")
    answer = ask(ledger, "issue", junk, "--out", tmp_path / "out.pem")
    assert answer.code == 2
    assert "no request for a certificate" in answer.err
    assert not (tmp_path / "out.pem").exists()

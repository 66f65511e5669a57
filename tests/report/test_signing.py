"""The nurse's signature on the report, and the supervisor's after it."""

import subprocess
import sys
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ketachart.errors import CannotSign
from ketachart.report import signing
from ketachart.report.authority import OpenCredential, open_credential
from ketachart.report.offline import NoNetwork, keep_offline
from ketachart.report.signing import countersign, sign
from ketachart.report.verify import verify
from tests.report.signed_reports import (
    MORNING,
    SECRET,
    SIGNED_AT,
    ask,
    clinic,
    countersigned,
    credential_of,
    nurse,
    report,
    root_of,
    signed,
    supervisor,
)

VISIT = {"at": SIGNED_AT, "reason": "I charted this visit", "place": "Home"}
ROOT = Path(__file__).parents[2]


def keep(folder, pdf):
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    return file


def empty_nss(folder):
    """A certificate store (NSS, which poppler asks) that trusts nobody."""
    store = folder / "nss"
    store.mkdir()
    ask("certutil", "-N", "-d", f"sql:{store}", "--empty-password")
    return f"sql:{store}"


def trusting_nss(folder):
    """A certificate store that trusts the clinic's authority for e-mail, as poppler needs."""
    root = folder / "root.pem"
    root.write_bytes(root_of())
    store = empty_nss(folder)
    ask("certutil", "-A", "-d", store, "-n", "clinic", "-t", ",C,", "-a", "-i", root)
    return store


def reader_of(pdf):
    keep_offline()
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(pdf))


def test_the_signed_report_starts_with_the_reports_own_bytes():
    assert signed().startswith(report())
    assert countersigned().startswith(signed())


def test_the_signature_claims_the_time_it_was_given_with_its_offset():
    (signer,) = verify(signed(), trust_pem=root_of()).signers
    assert signer.signed_at == SIGNED_AT
    assert signer.signed_at.utcoffset() == timedelta(hours=-5)
    assert b"ModDate" not in signed()[len(report()) :]


def test_the_signature_says_who_why_and_where_whatever_the_letters():
    pdf = sign(report(), nurse(), at=SIGNED_AT, reason="Visit über 40 min ≥ 2 mg", place="東京")
    (signer,) = verify(pdf, trust_pem=root_of()).signers
    assert (signer.reason, signer.place) == ("Visit über 40 min ≥ 2 mg", "東京")
    assert (signer.name, signer.staff_id, signer.credential) == ("Jane Roe", "RN-014", "RN")


def test_poppler_finds_the_signature_valid(tmp_path):
    answer = ask("pdfsig", "-nssdir", empty_nss(tmp_path), keep(tmp_path, signed()))
    assert "Signature is Valid" in answer
    assert "Total document signed" in answer
    assert "Signature Type: ETSI.CAdES.detached" in answer
    assert "Signer Certificate Common Name: Jane Roe" in answer
    assert "Certificate issuer isn't Trusted" in answer


def test_poppler_trusts_it_once_it_knows_the_clinic(tmp_path):
    file = keep(tmp_path, signed())
    answer = ask("pdfsig", "-nssdir", trusting_nss(tmp_path), file)
    assert "Certificate is Trusted" in answer


def test_poppler_finds_both_signatures_valid_and_trusted(tmp_path):
    file = keep(tmp_path, countersigned())
    answer = ask("pdfsig", "-nssdir", trusting_nss(tmp_path), file)
    assert answer.count("Signature is Valid") == 2
    assert answer.count("Certificate is Trusted") == 2
    assert answer.index("Not total document signed") < answer.index("- Total document signed")


@pytest.mark.parametrize("made", [signed, countersigned])
def test_qpdf_finds_nothing_to_complain_of(tmp_path, made):
    answer = ask("qpdf", "--check", keep(tmp_path, made()))
    assert "No syntax or stream encoding errors found" in answer


def test_the_nurse_certifies_and_leaves_an_empty_place_for_the_supervisor():
    root = reader_of(signed()).root
    nurses, supervisors = root["/AcroForm"]["/Fields"]
    certification = root["/Perms"]["/DocMDP"]
    assert certification.get_object() is nurses.get_object()["/V"]
    assert certification["/Reference"][0]["/TransformParams"]["/P"] == 2
    assert certification["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "/V" not in supervisors.get_object()
    assert dict(supervisors.get_object()["/Lock"]) == {
        "/Type": "/SigFieldLock",
        "/Action": "/All",
        "/P": 1,
    }
    for field in (nurses.get_object(), supervisors.get_object()):
        assert list(field["/Rect"]) == [0, 0, 0, 0]
        assert "/AP" not in field


def test_a_countersignature_leaves_the_nurses_standing():
    verdict = verify(countersigned(), trust_pem=root_of())
    assert verdict.good, verdict.sentence
    assert [(one.role, one.name) for one in verdict.signers] == [
        ("Nurse", "Jane Roe"),
        ("Supervisor", "Sue Perry"),
    ]


def test_a_report_with_something_laid_over_its_first_page_is_not_signed():
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pdfVersion=(1, 7))
    canvas.linkURL("tel:911", (72, 700, 144, 720))
    canvas.drawString(72, 700, "Call 911")
    canvas.save()
    with pytest.raises(CannotSign, match="laid over page 1"):
        sign(out.getvalue(), nurse(), **VISIT)


def test_a_report_whose_objects_are_packed_is_not_signed(tmp_path):
    """Packed tables could hide objects; KetaChart writes none."""
    packed = tmp_path / "packed.pdf"
    ask("qpdf", "--object-streams=generate", keep(tmp_path, report()), packed)
    with pytest.raises(CannotSign, match="table of its objects"):
        sign(packed.read_bytes(), nurse(), **VISIT)


def test_a_worker_thread_can_sign():
    made = []
    worker = threading.Thread(target=lambda: made.append(sign(report(), nurse(), **VISIT)))
    worker.start()
    worker.join()
    assert verify(made[0], trust_pem=root_of()).good


def test_nobody_signs_twice():
    with pytest.raises(CannotSign, match="signed already"):
        sign(signed(), nurse(), **VISIT)
    with pytest.raises(CannotSign, match="countersigned already"):
        countersign(countersigned(), supervisor(), **VISIT)


def test_a_nurse_cannot_countersign_her_own_report():
    again = open_credential(credential_of("Jane Roe-Doe", "RN-014").pkcs12, SECRET)
    with pytest.raises(CannotSign, match="one person signed as nurse and as supervisor"):
        countersign(signed(), again, **VISIT)


def test_a_changed_report_cannot_be_countersigned():
    changed = signed().replace(b"(I charted this visit)", b"(I charted that visit)")
    with pytest.raises(CannotSign, match="changed after it was signed"):
        countersign(changed, supervisor(), **VISIT)


def test_an_unsigned_report_cannot_be_countersigned():
    with pytest.raises(CannotSign, match="Nobody signed"):
        countersign(report(), supervisor(), **VISIT)


def a_locked_pdf():
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("open sesame", strength=128))
    canvas.drawString(72, 700, "secret")
    canvas.save()
    return out.getvalue()


def a_form():
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Weight")
    canvas.acroForm.textfield(name="weight", x=72, y=700)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "pdf", [b"", b"no PDF", report()[:-40], report()[400:], a_locked_pdf(), a_form()]
)
def test_what_is_no_plain_report_is_not_signed(pdf):
    with pytest.raises(CannotSign):
        sign(pdf, nurse(), **VISIT)


def test_a_report_that_holds_a_form_is_not_signed():
    with pytest.raises(CannotSign, match="holds a form already"):
        sign(a_form(), nurse(), **VISIT)


@pytest.mark.parametrize("moment", [MORNING - timedelta(days=1), MORNING + timedelta(days=731)])
def test_a_certificate_signs_nothing_outside_its_time(moment):
    with pytest.raises(CannotSign, match="valid from 2026-03-01 to 2028-02-29"):
        sign(report(), nurse(), at=moment, reason="", place="")


def test_the_authority_does_not_sign_reports():
    authority = open_credential(clinic().pkcs12, SECRET)
    with pytest.raises(CannotSign, match="authority does not sign"):
        sign(report(), authority, **VISIT)


def test_a_key_that_does_not_fit_its_certificate_signs_nothing():
    wrong = OpenCredential(
        key=ec.generate_private_key(ec.SECP256R1()),
        certificate=nurse().certificate,
        root=nurse().root,
    )
    with pytest.raises(CannotSign, match="did not pass its own check"):
        sign(report(), wrong, **VISIT)


def test_a_time_without_its_offset_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="offset"):
        sign(report(), nurse(), at=SIGNED_AT.replace(tzinfo=None), reason="", place="")


def test_the_longest_names_still_fit():
    long = open_credential(credential_of("東" * 21, "9" * 64, of="C" * 64).pkcs12, SECRET)
    pdf = sign(report(), long, at=SIGNED_AT, reason="字" * 500, place="所" * 500)
    assert verify(pdf, trust_pem=root_of("C" * 64)).good


def test_a_signature_that_came_out_wrong_is_not_handed_over(monkeypatch):
    honest = signing._cms
    monkeypatch.setattr(signing, "_cms", lambda signer, digest: honest(signer, bytes(len(digest))))
    with pytest.raises(CannotSign, match="changed after it was signed"):
        sign(report(), nurse(), **VISIT)


def run_alone(program):
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    return answer.stdout.split()


def test_starting_the_program_does_not_load_the_signing_library():
    program = (
        "import sys, ketachart.report.signing, ketachart.report.verify\n"
        "print(*(name for name in sys.modules if name.startswith(('pyhanko', 'aiohttp'))))"
    )
    assert run_alone(program) == []


def test_signing_and_verifying_bring_no_web_client_and_open_no_connection():
    program = (
        "import sys, socket\n"
        "def no(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = no\n"
        "from tests.report.signed_reports import countersigned, root_of\n"
        "from ketachart.report.verify import verify\n"
        "assert verify(countersigned(), trust_pem=root_of()).good\n"
        "print(*sorted(sys.modules))"
    )
    loaded = run_alone(program)
    assert "pyhanko.sign.signers" in loaded
    web = ("aiohttp.", "requests", "urllib3", "http.client", "urllib.request")
    assert [name for name in loaded if name.startswith(web)] == []


def test_whatever_would_use_the_web_client_fails_at_once():
    keep_offline()
    import aiohttp

    with pytest.raises(NoNetwork, match="without a network"):
        aiohttp.ClientSession(timeout=3)


def test_a_web_client_that_was_there_first_is_noticed(monkeypatch):
    monkeypatch.setitem(sys.modules, "aiohttp", threading)
    with pytest.raises(NoNetwork):
        keep_offline()

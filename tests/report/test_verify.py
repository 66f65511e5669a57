"""What the reader of a signed report is told, and that one changed byte is always noticed."""

import hashlib
import json
import os
import random
import re
from datetime import timedelta

import pytest

from ketachart.errors import CannotRead
from ketachart.report import verify as verify_module
from ketachart.report import verify_objects
from ketachart.report.signing import countersign
from ketachart.report.verify import verify
from ketachart.report.verify_bytes import find_signatures
from tests.report.hostile_reports import (
    VISIT,
    codes,
)
from tests.report.signed_reports import (
    MORNING,
    clinic,
    countersigned,
    credential_of,
    report,
    root_of,
    signed,
    supervisor,
)

FLIPS = int(os.environ.get("KETACHART_FLIPS", "400"))
"""How many random bytes to damage; more than the file has means every one."""

HEX = b"0123456789ABCDEF"


@pytest.mark.parametrize("made", [signed, countersigned])
def test_a_signed_report_is_good(made):
    verdict = verify(made(), trust_pem=root_of())
    assert (verdict.good, verdict.intact, verdict.trusted) == (True, True, True)
    assert verdict.faults == ()
    assert verdict.sentence.startswith("This report is exactly as it was signed by Jane Roe, RN")
    assert "authority you trust vouches" in verdict.sentence


def test_without_a_certificate_to_trust_the_verdict_says_so():
    verdict = verify(signed(), trust_pem=None)
    assert (verdict.good, verdict.intact, verdict.trusted) == (True, True, None)
    assert "who signed was not checked" in verdict.sentence


def test_several_clinics_can_be_trusted_at_once():
    assert codes(signed(), trust=root_of("Southside") + root_of()) == []


def test_the_verdict_names_the_signer_from_the_certificate():
    (signer,) = verify(signed(), trust_pem=root_of()).signers
    assert (signer.role, signer.title) == ("Nurse", "Jane Roe, RN, of Northside Clinic")
    assert (signer.staff_id, signer.issuer) == ("RN-014", "Northside Clinic")
    assert signer.fingerprint == credential_of().fingerprint
    assert signer.issuer_fingerprint == clinic().fingerprint
    assert (signer.valid_from, signer.valid_until) == (MORNING, MORNING + timedelta(days=730))
    assert (signer.reason, signer.place) == ("I charted this visit", "Home")


def test_the_verdict_says_what_was_not_checked():
    details = " ".join(verify(signed(), trust_pem=root_of()).details)
    assert hashlib.sha256(signed()).hexdigest() in details
    assert "as the signer's laptop claims" in details
    assert "Not checked: the chart behind the report" in details


def test_the_verdict_can_be_handed_on_as_json():
    told = json.loads(json.dumps(verify(countersigned(), trust_pem=None).as_json()))
    assert (told["good"], told["intact"], told["trusted"]) == (True, True, None)
    assert told["signers"][0]["signed_at"] == "2026-03-01T13:42:07-05:00"
    told = json.loads(json.dumps(verify(report(), trust_pem=None).as_json()))
    assert told["faults"] == [{"code": "NO_SIGNATURE", "sentence": "Nobody signed this file."}]


def region(pdf, place):
    """What the byte at ``place`` belongs to, and the faults that may be named for it."""
    sealed, _ = find_signatures(pdf)
    for one in sealed:
        if place in (one.gap, one.resumes - 1):
            return "delimiter", {"BYTERANGE_GAP"}
        if one.gap < place < one.resumes:
            used = 4 + int.from_bytes(one.blob[2:4], "big")
            if place > one.gap + 2 * used:
                return "padding", {"CMS_PADDING", "CONTENTS_NOT_IN_GAP"}
            return "blob", {
                "CMS_SHAPE",
                "CMS_PADDING",  # a shorter length leaves the rest as padding
                "CERT_BAG",
                "DIGEST_ALGO",
                "SIGNATURE_INVALID",
                "UNSIGNED_ATTRS",
                "CONTENTS_NOT_IN_GAP",
            }
    structure = {"BYTERANGE_POS", "BYTERANGE_GAP", "HEADER", "COVERAGE", "REVISION_COUNT"}
    return "signed bytes", {"DIGEST_MISMATCH"} | structure


def assert_named(pdf, place, value):
    changed = bytearray(pdf)
    changed[place] = value
    where, expected = region(pdf, place)
    found = codes(bytes(changed))
    assert found, f"byte {place} ({where}) became {value:#x} and nobody noticed"
    assert expected & set(found), f"byte {place} ({where}) became {value:#x}: {found}"
    assert "PARSE_ERROR" not in found


@pytest.mark.parametrize(("made", "share"), [(signed, 1), (countersigned, 4)])
def test_a_changed_byte_anywhere_is_named(made, share):
    pdf = made()
    chance = random.Random(400)
    places = chance.sample(range(len(pdf)), min(FLIPS // share, len(pdf)))
    for place in places:
        assert_named(pdf, place, pdf[place] ^ chance.randrange(1, 256))


@pytest.mark.parametrize(("made", "step"), [(signed, 8), (countersigned, 64)])
def test_a_changed_digit_of_the_signature_itself_is_named(made, step):
    """One digit in ``step``, or every one where KETACHART_FLIPS asks for the whole file."""
    pdf = made()
    chance = random.Random(16)
    step = 1 if len(pdf) <= FLIPS else step
    for one in find_signatures(pdf)[0]:
        for place in range(one.gap + 1, one.resumes - 1, step):
            other = HEX.replace(pdf[place : place + 1], b"")
            assert_named(pdf, place, chance.choice(other))


@pytest.mark.parametrize("made", [signed, countersigned])
def test_a_changed_bracket_of_the_gap_is_named(made):
    for one in find_signatures(made())[0]:
        for place in (one.gap, one.resumes - 1):
            changed = bytearray(made())
            changed[place] = ord(" ")
            assert codes(bytes(changed))[0] == "BYTERANGE_GAP"


def test_a_changed_byte_in_the_header_is_named():
    assert codes(b"&" + signed()[1:])[0] == "HEADER"


def test_a_damaged_note_of_what_is_covered_does_not_pass_for_never_signed():
    assert codes(signed().replace(b"/ByteRange", b"/ByteRang3")) == ["BYTERANGE_POS"]


def test_a_letter_case_nobody_signed_is_noticed():
    changed = re.sub(rb"<3082[0-9A-F]+>", lambda found: found[0].lower(), signed())
    assert codes(changed) == ["CONTENTS_NOT_IN_GAP"]


def test_a_changed_word_is_named_as_changed_signed_bytes():
    changed = signed().replace(b"/Rotate 0", b"/Rotate 9")
    verdict = verify(changed, trust_pem=root_of())
    assert (verdict.good, verdict.intact, verdict.trusted) == (False, False, False)
    assert verdict.sentence.startswith(
        "Do not rely on this file. Signed bytes: the report was changed after it was signed"
    )
    assert [signer.name for signer in verdict.signers] == ["Jane Roe"]


def test_of_two_signatures_the_broken_one_is_named():
    changed = countersigned().replace(b"(Reviewed)", b"(Rejected)")
    (fault,) = verify(changed, trust_pem=root_of()).faults
    assert fault.code == "DIGEST_MISMATCH"
    assert fault.sentence.endswith("(signature 2 of 2)")


def test_a_report_nobody_signed_is_called_that():
    verdict = verify(report(), trust_pem=None)
    assert (verdict.good, verdict.signers) == (False, ())
    assert verdict.sentence == "Do not rely on this file. Nobody signed this file."


@pytest.mark.parametrize("data", [b"", b"PK\3\4 a zip", b"\0" * 5000])
def test_what_is_no_pdf_cannot_be_read(data):
    with pytest.raises(CannotRead, match="not a PDF"):
        verify(data, trust_pem=None)


@pytest.mark.parametrize("pem", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_certificate_to_trust_that_is_none_cannot_be_read(pem):
    with pytest.raises(CannotRead, match="certificate to trust"):
        verify(signed(), trust_pem=pem)


def test_whatever_stops_the_check_means_not_good(monkeypatch):
    def stopped(*_):
        raise RecursionError

    monkeypatch.setattr(verify_module, "read_structure", stopped)
    verdict = verify(signed(), trust_pem=root_of())
    assert (verdict.good, verdict.trusted) == (False, False)
    assert [fault.code for fault in verdict.faults] == ["PARSE_ERROR"]
    assert "RecursionError" in verdict.details[-1]


def test_what_pyhanko_objects_to_means_not_good(monkeypatch):
    objection = verify_objects.Fault("SECOND_OPINION", "Signature blob: no.")
    monkeypatch.setattr(verify_objects, "_opinion", lambda *_: [objection])
    assert codes(signed()) == ["SECOND_OPINION"]


def test_a_countersigned_report_survives_the_round_trip():
    again = countersign(signed(), supervisor(), **VISIT)
    assert codes(again) == []

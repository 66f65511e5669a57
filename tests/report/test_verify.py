"""Nothing that was changed, moved, slipped in or signed by a stranger may pass as signed."""

import hashlib
import json
import logging
import os
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from ketachart.errors import CannotRead
from ketachart.report import signing, verify_objects
from ketachart.report import verify as verify_module
from ketachart.report.authority import OpenCredential, make_authority, open_credential
from ketachart.report.offline import keep_offline
from ketachart.report.signing import countersign, sign
from ketachart.report.verify import verify
from ketachart.report.verify_bytes import find_signatures
from tests.report.signed_reports import (
    MORNING,
    SECRET,
    SIGNED_AT,
    clinic,
    countersigned,
    credential_of,
    nurse,
    report,
    root_of,
    signed,
    supervisor,
)

FLIPS = int(os.environ.get("KETACHART_FLIPS", "400"))
"""How many random bytes to damage; more than the file has means every one."""

VISIT = {"at": SIGNED_AT, "reason": "I charted this visit", "place": "Home"}
HEX = b"0123456789ABCDEF"


def codes(pdf, trust=None):
    """The faults found, by code; their sentences must say where to look."""
    verdict = verify(pdf, trust_pem=root_of() if trust is None else trust)
    assert verdict.good == (not verdict.faults)
    for fault in verdict.faults:
        assert fault.sentence.startswith(
            ("Structure:", "Signature blob:", "Signed bytes:", "Signer:", "Nobody")
        ), fault
    return [fault.code for fault in verdict.faults]


def with_blob(pdf, blob):
    """The same file with other bytes in the place of the (only) signature."""
    (place,), _ = find_signatures(pdf)
    room = place.resumes - place.gap - 2
    return (
        pdf[: place.gap + 1]
        + blob.hex().upper().encode().ljust(room, b"0")
        + pdf[place.resumes - 1 :]
    )


def blob_of(pdf):
    """The signature proper, without the padding."""
    (place,), _ = find_signatures(pdf)
    return place.blob[: 4 + int.from_bytes(place.blob[2:4], "big")]


def signed_with(monkeypatch, name, changed, **other):
    """The report as it comes out of a signing program in which one part does something else.

    The program's own check is left out: the hostile program would not have one.
    """
    honest = getattr(signing, name)
    monkeypatch.setattr(signing, name, lambda *given: changed(honest, *given))
    says = signing._Statement(**{**VISIT, **other})
    return signing._embedded(report(), nurse(), signing.NURSE, says)


def countersigned_by_hand(who=None):
    """A countersignature that nobody checked before it was handed over."""
    says = signing._Statement(**VISIT)
    return signing._embedded(signed(), who or supervisor(), signing.SUPERVISOR, says)


def signed_by(own, key, root, at=SIGNED_AT):
    who = OpenCredential(key=key, certificate=own, root=root)
    return signing._embedded(report(), who, signing.NURSE, signing._Statement(at, "", ""))


# --- what is as it was signed -----------------------------------------------------------------


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


# --- one byte changed -------------------------------------------------------------------------


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
    chance = random.Random(400)  # noqa: S311  (which bytes to damage, the same every time)
    places = chance.sample(range(len(pdf)), min(FLIPS // share, len(pdf)))
    for place in places:
        assert_named(pdf, place, pdf[place] ^ chance.randrange(1, 256))


@pytest.mark.parametrize(("made", "step"), [(signed, 8), (countersigned, 64)])
def test_a_changed_digit_of_the_signature_itself_is_named(made, step):
    """One digit in ``step``, or every one where KETACHART_FLIPS asks for the whole file."""
    pdf = made()
    chance = random.Random(16)  # noqa: S311  (which digit to put, the same every time)
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


# --- bytes added, moved or cut off ------------------------------------------------------------


@pytest.mark.parametrize("made", [signed, countersigned])
@pytest.mark.parametrize("tail", [b"\n", b"\0", b"% a comment\n", b"%%EOF\n"])
def test_bytes_after_the_last_signature_are_named(made, tail):
    assert codes(made() + tail) == ["TRAILING_BYTES"]


def test_bytes_before_the_report_are_named():
    assert "HEADER" in codes(b"\n" + signed())


def test_a_report_cut_short_is_named():
    assert codes(signed()[:-200]) == ["BYTERANGE_POS"]
    assert codes(countersigned()[:-200]) == ["BYTERANGE_POS"]


def test_a_report_without_its_countersignature_is_the_nurses_again():
    assert codes(countersigned()[: len(signed())]) == []


def updated(pdf, change):
    """The file saved again, the ordinary way, after it was signed."""
    keep_offline()
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def another_first_page(writer):
    writer.root["/Pages"]["/Kids"][0]["/Rotate"] = writer.root["/Pages"]["/Count"]
    writer.update_container(writer.root["/Pages"]["/Kids"][0])


def another_title(writer):
    from pyhanko.pdf_utils.generic import pdf_string

    info = writer.trailer["/Info"]
    info["/Title"] = pdf_string("Nothing happened")
    writer.update_container(info)


@pytest.mark.parametrize("made", [signed, countersigned])
@pytest.mark.parametrize("change", [another_first_page, another_title])
def test_a_report_saved_again_after_signing_is_named(made, change):
    assert codes(updated(made(), change)) == ["REVISION_COUNT", "COVERAGE"]


def test_a_change_between_the_two_signatures_is_named():
    between = updated(signed(), another_title)
    says = signing._Statement(**VISIT)
    pdf = signing._embedded(between, supervisor(), signing.SUPERVISOR, says)
    assert "REVISION_COUNT" in codes(pdf)
    _, faults = find_signatures(pdf)
    assert [fault.code for fault in faults] == ["REVISION_COUNT"]


def test_pyhanko_would_have_noticed_the_other_page_too():
    keep_offline()
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(updated(signed(), another_first_page)))
    (signature,) = reader.embedded_signatures
    chain = verify_objects.Chain(nurse().certificate, nurse().root)
    (fault,) = verify_objects._opinion(signature, chain)
    assert fault.code == "MODIFIED"


def test_pyhanko_is_asked_for_the_clinics_word_and_no_one_elses():
    keep_offline()
    from pyhanko.pdf_utils.reader import PdfFileReader

    (signature,) = PdfFileReader(BytesIO(signed())).embedded_signatures
    elsewhere = open_credential(clinic("Southside").pkcs12, SECRET).root
    chain = verify_objects.Chain(nurse().certificate, elsewhere)
    (fault,) = verify_objects._opinion(signature, chain)
    assert fault.code == "SECOND_OPINION"


def test_a_signature_moved_to_another_report_does_not_hold_there():
    other = sign(report(words="Ketamine 82.50 mg"), nurse(), **VISIT)
    assert codes(with_blob(other, blob_of(signed()))) == ["DIGEST_MISMATCH"]


def test_a_gap_wider_than_the_signature_is_named():
    """Bytes smuggled into the gap, and the numbers moved along (universal forgery)."""
    (place,), _ = find_signatures(signed())
    smuggled = b" (Nothing happened)"
    pdf = signed()[: place.resumes] + smuggled + signed()[place.resumes :]
    numbers = b"/ByteRange [0 %d %d %d]" % (
        place.gap,
        place.resumes + len(smuggled),
        place.end - place.resumes,
    )
    pdf = re.sub(rb"/ByteRange \[[0-9 ]+\]", numbers, pdf)
    assert "BYTERANGE_GAP" in codes(pdf)


def with_numbers(pdf, which, *numbers):
    """The file with other numbers in one of its /ByteRange, and nothing moved."""
    found = list(re.finditer(rb"/ByteRange \[[0-9 ]+\] *", pdf))[which]
    told = b"/ByteRange [%d %d %d %d]" % numbers
    return pdf[: found.start()] + told.ljust(len(found[0])) + pdf[found.end() :]


def test_a_gap_that_holds_another_signature_is_named():
    first, second = find_signatures(countersigned())[0]
    pdf = with_numbers(countersigned(), 1, 0, first.gap, first.resumes, second.end - first.resumes)
    assert "BYTERANGE_GAP" in codes(pdf)


def test_a_gap_that_is_not_the_contents_is_named():
    pdf = signed().replace(b"/Contents <", b"/Content5 <")
    assert codes(pdf)[0] == "BYTERANGE_GAP"


def test_a_signature_that_stops_short_is_named():
    (one,) = find_signatures(signed())[0]
    pdf = with_numbers(signed(), 0, 0, one.gap, one.resumes, one.end - one.resumes - 5)
    assert "COVERAGE" in codes(pdf)


def test_signatures_that_overlap_are_named():
    first, _ = find_signatures(countersigned())[0]
    whole = len(countersigned()) - first.resumes
    pdf = with_numbers(countersigned(), 0, 0, first.gap, first.resumes, whole)
    assert "COVERAGE" in codes(pdf)


def test_a_gap_inside_what_an_earlier_signature_covers_is_named():
    """Both end with a revision, but the second was prepared before the first was made."""
    place = b"/Contents <AA>\n/ByteRange [0 %03d %03d %03d]\n"
    end = b"startxref\n0\n%%EOF\n"
    head = b"%PDF-1.7\n"
    width = len(place % (0, 0, 0))
    first = len(head) + len(b"/Contents ")
    second = first + width
    inner = len(head) + 2 * width + 2 * len(end)
    pdf = (
        head
        + place % (first, first + 4, inner - first - 4)
        + place % (second, second + 4, inner + len(end) - second - 4)
        + end * 3
    )
    sealed, faults = find_signatures(pdf)
    assert [one.end for one in sealed] == [inner, len(pdf)]
    assert [fault.code for fault in faults] == ["COVERAGE"]


@pytest.mark.parametrize("numbers", ["1 2 3 4", "0 0 0 0", "0 9 1 1", "0 10 20 999999999", "x"])
def test_numbers_that_cannot_be_are_named(numbers):
    pdf = re.sub(rb"/ByteRange \[[0-9 ]+\]", b"/ByteRange [%s]" % numbers.encode(), signed())
    assert codes(pdf) == ["BYTERANGE_POS"]


def test_a_second_gap_that_no_place_knows_is_named():
    extra = signed() + b"/ByteRange [0 1 2 3]"
    assert "BYTERANGE_POS" not in codes(signed())
    assert "BYTERANGE_GAP" in codes(extra)


# --- the signature blob -----------------------------------------------------------------------


def loaded(pdf):
    content = cms.ContentInfo.load(blob_of(pdf))
    signed_data = content["content"]
    return content, signed_data, signed_data["signer_infos"][0]


def test_something_after_the_signature_in_its_place_is_named():
    assert codes(with_blob(signed(), blob_of(signed()) + b"\1")) == ["CMS_PADDING"]


def test_an_added_certificate_is_named():
    content, signed_data, _ = loaded(signed())
    stranger = cms.CertificateChoices.load(
        supervisor().certificate.public_bytes(encoding=signing.serialization.Encoding.DER)
    )
    signed_data["certificates"].append(stranger)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CERT_BAG"]


def test_another_certificate_for_the_same_key_is_named():
    """The same key under another name: the signature would fit, the person would not."""
    other = a_certificate(key=nurse().key, name="Mallory")
    content, signed_data, signer = loaded(signed())
    der = signing.serialization.Encoding.DER
    root = cms.CertificateChoices.load(nurse().root.public_bytes(der))
    signed_data["certificates"] = [cms.CertificateChoices.load(other.public_bytes(der)), root]
    signer["sid"].chosen["serial_number"] = other.serial_number
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CERT_BAG"]


def test_an_attribute_nobody_signed_is_named():
    content, _, signer = loaded(signed())
    note = {
        "type": "signing_time",
        "values": [cms.Time({"utc_time": datetime(2026, 1, 1, tzinfo=UTC)})],
    }
    signer["unsigned_attrs"] = [note]
    assert codes(with_blob(signed(), content.dump(force=True))) == ["UNSIGNED_ATTRS"]


def test_a_second_signer_in_one_signature_is_named():
    content, signed_data, signer = loaded(signed())
    signed_data["signer_infos"].append(signer)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CMS_SHAPE"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data, _: data.__setitem__("version", "v3"),
        lambda data, _: data.__setitem__("digest_algorithms", [{"algorithm": "sha512"}]),
        lambda _, signer: signer.__setitem__("version", "v3"),
        lambda _, signer: signer["sid"].chosen.__setitem__("serial_number", 5),
    ],
)
def test_what_no_signature_covers_may_not_change_either(change):
    content, signed_data, signer = loaded(signed())
    change(signed_data, signer)
    assert codes(with_blob(signed(), content.dump(force=True))) == ["CMS_SHAPE"]


def test_a_signature_by_another_key_is_named(monkeypatch):
    def forged(honest, signer, digest):
        key = ec.generate_private_key(ec.SECP256R1())
        return honest(OpenCredential(key, signer.certificate, signer.root), digest)

    assert codes(signed_with(monkeypatch, "_cms", forged)) == ["SIGNATURE_INVALID"]


@pytest.mark.parametrize("digest", ["sha1", "sha3_256"])
def test_a_digest_that_can_be_forged_or_is_unknown_is_named(monkeypatch, digest):
    monkeypatch.setattr(signing, "_DIGEST", digest)
    says = signing._Statement(**VISIT)
    assert codes(signing._embedded(report(), nurse(), signing.NURSE, says)) == ["DIGEST_ALGO"]


def test_a_signature_that_signs_other_things_is_named(monkeypatch):
    """Not PAdES: the certificate is not signed along, so another could take its place."""
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

    def bare(honest, signer, digest):
        plain = SimpleSigner.async_sign
        monkeypatch.setattr(
            SimpleSigner, "async_sign", lambda self, *given, **_: plain(self, *given)
        )
        return honest(signer, digest)

    assert codes(signed_with(monkeypatch, "_cms", bare)) == ["CMS_SHAPE"]


def test_a_key_too_short_to_trust_is_named():
    key = ec.generate_private_key(ec.SECP192R1())
    assert codes(signed_by(a_certificate(key=key), key, nurse().root)) == ["DIGEST_ALGO"]


@pytest.mark.parametrize("junk", [b"", b"\x30\x82\xff\xff", b"\x30\x82\x00\x00", b"MII" * 9])
def test_junk_in_the_place_of_the_signature_is_named(junk):
    assert codes(with_blob(signed(), junk)) == ["CMS_SHAPE"]


# --- what the hostile program of a true signer leaves in the file -----------------------------


def test_an_object_replaced_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        another_title(writer)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_another_page_turned_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        another_first_page(writer)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_object_added_along_with_the_signature_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import pdf_string

        honest(writer)
        writer.add_object(pdf_string("for later"))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


@pytest.mark.parametrize(
    ("entry", "value"),
    [("/PageMode", "/FullScreen"), ("/Extensions", "/None"), ("/Version", "/2.0")],
)
def test_a_catalog_that_does_more_is_named(monkeypatch, entry, value):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import pdf_name

        honest(writer)
        writer.root[pdf_name(entry)] = pdf_name(value)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_another_start_of_the_file_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        writer.set_info(writer.root["/Pages"]["/Kids"].raw_get(1))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_annotation_beside_the_places_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"].append(writer.root["/Pages"]["/Kids"].raw_get(1))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_a_list_of_annotations_written_over_another_page_is_named(monkeypatch):
    """The second page vanishes, although every object seems to be one that may be written."""

    def prepared(honest, writer):
        honest(writer)
        first = writer.root["/Pages"]["/Kids"][0]
        second = writer.root["/Pages"]["/Kids"].raw_get(1)
        writer.objects[(second.generation, second.idnum)] = first["/Annots"]
        first["/Annots"] = second

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["OVERWRITE"]


def test_an_object_replaced_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        writer = honest(pdf)
        another_title(writer)
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_an_object_added_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        from pyhanko.pdf_utils.generic import pdf_string

        writer = honest(pdf)
        writer.add_object(pdf_string("for later"))
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_a_place_altered_along_with_the_countersignature_is_named(monkeypatch):
    honest = signing._quiet_writer

    def changing(pdf):
        writer = honest(pdf)
        form = writer.root["/AcroForm"]
        form["/Fields"][1]["/F"] = form["/SigFlags"]
        return writer

    monkeypatch.setattr(signing, "_quiet_writer", changing)
    assert codes(countersigned_by_hand()) == ["OVERWRITE"]


def test_a_supervisor_who_takes_over_the_certification_is_named(monkeypatch):
    honest = signing._signature_object
    changed = with_permission(1)
    monkeypatch.setattr(signing, "_signature_object", lambda *given: changed(honest, *given))
    assert codes(countersigned_by_hand()) == ["DOCMDP", "OVERWRITE"]


def test_a_place_that_shows_something_on_the_page_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/Rect"][2] = field["/F"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_place_that_does_something_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        form = writer.root["/AcroForm"]
        form["/Fields"][1]["/AA"] = form["/SigFlags"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_form_that_does_more_is_named(monkeypatch):
    def prepared(honest, writer):
        honest(writer)
        writer.root["/AcroForm"]["/CO"] = writer.root["/AcroForm"]["/Fields"]

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_usage_rights_beside_the_certification_are_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name

        honest(writer)
        rights = DictionaryObject({pdf_name("/UR3"): pdf_name("/None")})
        writer.root[pdf_name("/Perms")] = rights

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["DOCMDP"]


def cross_checked(*sealed):
    """What is found where the reader of the PDF sees other signatures than these."""
    chain = verify_objects.Chain(nurse().certificate, nurse().root)
    structure = verify_objects.read_structure(signed(), sealed, (chain,) * len(sealed))
    return [fault.code for fault in structure.faults]


def test_the_reader_must_see_the_signatures_that_the_bytes_show():
    (one,), _ = find_signatures(signed())
    assert cross_checked(one) == []
    assert cross_checked(replace(one, resumes=7)) == ["BYTERANGE_POS"]
    assert cross_checked(replace(one, blob=b"another")) == ["CONTENTS_NOT_IN_GAP"]
    assert cross_checked() == ["REVISION_COUNT", "FIELD_NAMES"]


def test_another_field_beside_the_signatures_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.sign.fields import SigFieldSpec, append_signature_field

        honest(writer)
        append_signature_field(writer, SigFieldSpec("Prescriber"))

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["FIELD_NAMES"]


def test_a_nurse_in_the_supervisors_place_is_named(monkeypatch):
    def swapped(honest, writer):
        honest(writer)
        first, second = writer.root["/AcroForm"]["/Fields"]
        first.get_object()["/T"], second.get_object()["/T"] = (
            second.get_object()["/T"],
            first.get_object()["/T"],
        )

    assert codes(signed_with(monkeypatch, "_prepare", swapped)) == ["FIELD_NAMES"]


def with_permission(level, *, certify=True):
    def made(honest, *given):
        from pyhanko.sign.fields import MDPPerm

        asked = honest(*given)
        rules = replace(asked.mdp_setup, docmdp_perms=MDPPerm(level), certify=certify)
        return replace(asked, mdp_setup=rules)

    return made


@pytest.mark.parametrize("level", [1, 3])
def test_a_signature_that_allows_other_changes_is_named(monkeypatch, level):
    assert codes(signed_with(monkeypatch, "_signature_object", with_permission(level))) == [
        "DOCMDP"
    ]


def test_a_signature_that_does_not_certify_is_named(monkeypatch):
    changed = with_permission(2, certify=False)
    assert set(codes(signed_with(monkeypatch, "_signature_object", changed))) == {"DOCMDP"}


def test_a_place_for_the_supervisor_that_leaves_the_file_open_is_named(monkeypatch):
    def prepared(honest, writer):
        from pyhanko.pdf_utils.generic import NumberObject

        honest(writer)
        writer.root["/AcroForm"]["/Fields"][1]["/Lock"]["/P"] = NumberObject(2)

    assert codes(signed_with(monkeypatch, "_prepare", prepared)) == ["DOCMDP"]


@pytest.mark.parametrize(
    ("entry", "value"), [("/SubFilter", "/adbe.pkcs7.detached"), ("/Changes", "/None")]
)
def test_a_signature_of_another_kind_is_named(monkeypatch, entry, value):
    def made(honest, *given):
        from pyhanko.pdf_utils.generic import pdf_name

        asked = honest(*given)
        asked.sig_placeholder[pdf_name(entry)] = pdf_name(value)
        return asked

    assert codes(signed_with(monkeypatch, "_signature_object", made)) == ["SUBFILTER"]


# --- people -----------------------------------------------------------------------------------


def a_certificate(*, key, name="Jane Roe", **change):
    """A nurse's certificate by the real authority, with one thing in it different."""
    authority = open_credential(clinic().pkcs12, SECRET)
    genuine = nurse().certificate
    builder = x509.CertificateBuilder(
        issuer_name=authority.certificate.subject,
        subject_name=x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=genuine.not_valid_before_utc,
        not_valid_after=genuine.not_valid_after_utc,
    )
    for extension in genuine.extensions:
        if type(extension.value).__name__ in change:
            continue
        builder = builder.add_extension(extension.value, critical=extension.critical)
    for value in change.values():
        if value is not None:
            builder = builder.add_extension(value, critical=True)
    return builder.sign(authority.key, change.get("digest", hashes.SHA384()))


def usage(**change):
    names = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**{**dict.fromkeys(names, False), **change})


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


# --- what cannot be read ----------------------------------------------------------------------


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


def test_nothing_of_what_pyhanko_says_reaches_the_terminal_or_the_log(capfd):
    heard = []
    ours = logging.Handler()
    ours.emit = heard.append
    logging.getLogger().addHandler(ours)
    test_pyhanko_is_asked_for_the_clinics_word_and_no_one_elses()
    logging.getLogger().removeHandler(ours)
    out, err = capfd.readouterr()
    assert (out, err, heard) == ("", "", [])


def test_a_countersigned_report_survives_the_round_trip():
    again = countersign(signed(), supervisor(), **VISIT)
    assert codes(again) == []

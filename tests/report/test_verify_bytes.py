"""Nothing may be added to, cut from or moved within a signed report."""

import logging
import re
from io import BytesIO

import pytest

from ketachart.report import signing, verify_objects
from ketachart.report.authority import open_credential
from ketachart.report.offline import keep_offline
from ketachart.report.signing import sign
from ketachart.report.verify_bytes import find_signatures
from tests.report.hostile_reports import (
    VISIT,
    another_first_page,
    another_title,
    blob_of,
    codes,
    updated,
    with_blob,
)
from tests.report.signed_reports import (
    SECRET,
    clinic,
    countersigned,
    nurse,
    report,
    signed,
    supervisor,
)


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


def test_nothing_of_what_pyhanko_says_reaches_the_terminal_or_the_log(capfd):
    heard = []
    ours = logging.Handler()
    ours.emit = heard.append
    logging.getLogger().addHandler(ours)
    test_pyhanko_is_asked_for_the_clinics_word_and_no_one_elses()
    logging.getLogger().removeHandler(ours)
    out, err = capfd.readouterr()
    assert (out, err, heard) == ("", "", [])


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

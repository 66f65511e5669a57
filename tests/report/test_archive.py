"""The report is a file for the archive: PDF/A-3b, and it stays one through both signatures."""

import re
from datetime import timedelta
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from ketachart.report import archive, signing
from tests.report.charted_visits import charted, crowded, printed, rendered
from tests.report.signed_reports import SIGNED_AT, ask, nurse, supervisor

TYPICAL = "late_and_corrected"


@cache
def nurses():
    """A whole report with the nurse's signature."""
    return signing.sign(
        rendered(TYPICAL).content, nurse(), at=SIGNED_AT, reason="I charted it", place="Home"
    )


@cache
def both():
    """The same with the supervisor's after it."""
    later = SIGNED_AT + timedelta(days=1)
    return signing.countersign(nurses(), supervisor(), at=later, reason="Reviewed", place="Clinic")


def changed(content, change):
    """The file after somebody's change, saved as it is."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def verdict(content, tmp_path):
    file = tmp_path / "archived.pdf"
    file.write_bytes(content)
    return validate_written(file, "3b")


def bare(pdf):
    """Without what only a form has: the check of PDF/A that we have judges no form."""
    for name in ("/AcroForm", "/Perms", "/Extensions"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        if "/Annots" in page:
            assert all(not any(map(int, widget.Rect)) for widget in page.Annots)  # show nothing
            del page.Annots


# ------------------------------------------------------------------ PDF/A


@pytest.mark.parametrize("content", [lambda: rendered(TYPICAL), lambda: printed(crowded)])
def test_a_report_is_a_pdf_a(content, tmp_path):
    said = verdict(content().content, tmp_path)
    assert said.passed, said.violations
    assert not said.unsupported


@pytest.mark.parametrize("content", [nurses, both])
def test_a_signed_report_is_still_one_but_for_its_form(content, tmp_path):
    said = verdict(changed(content(), bare), tmp_path)
    assert said.passed, said.violations


def no_profile(pdf):
    del pdf.Root.OutputIntents


def no_metadata(pdf):
    del pdf.Root.Metadata


def a_borrowed_letter(pdf):
    pdf.pages[0].Resources.Font["/F9"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].contents_add(b"BT /F9 8 Tf (x) Tj ET")


def a_file_without_its_relation(pdf):
    for spec in pdf.Root.AF:
        del spec.AFRelationship


@pytest.mark.parametrize(
    "spoil", [no_profile, no_metadata, a_borrowed_letter, a_file_without_its_relation]
)
def test_the_check_sees_a_report_that_is_none(spoil, tmp_path):
    assert not verdict(changed(rendered(TYPICAL).content, spoil), tmp_path).passed


# ------------------------------------------------------------------ what the file says of itself


def test_both_places_say_the_same_of_the_file():
    _, now = charted(TYPICAL)
    with pikepdf.open(BytesIO(rendered(TYPICAL).content)) as pdf:
        info, xmp = pdf.docinfo, pdf.open_metadata(update_docinfo=False)
        assert xmp["dc:title"] == str(info.Title) == "Ketamine infusion record, 22 Nov 2026"
        assert xmp["dc:creator"] == [str(info.Author)]
        assert xmp["xmp:CreatorTool"] == str(info.Creator)
        assert xmp["pdf:Producer"] == str(info.Producer)
        assert xmp["xmp:CreateDate"] == now.isoformat(timespec="seconds")
        assert str(info.CreationDate) == f"D:{now:%Y%m%d%H%M%S}-07'00'"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
        assert str(pdf.Root.Lang) == "en-US"
        assert "/Filter" not in pdf.Root.Metadata


def test_a_title_with_the_signs_of_xml_stays_a_title():
    _, now = charted(TYPICAL)
    said = archive.metadata(archive.Described("One <two> & three", now))
    assert "One &lt;two&gt; &amp; three" in said


def test_no_page_moves_and_every_page_has_its_parts():
    with pikepdf.open(BytesIO(rendered(TYPICAL).content)) as pdf:
        assert [int(page.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))
        assert not [page for page in pdf.pages if "/Trans" in page]
        assert pdf.trailer.ID[0] == pdf.trailer.ID[1]


@pytest.mark.parametrize("content", [nurses, both])
def test_a_signature_leaves_what_the_file_says_of_itself(content):
    """One copy of each in the whole file, so no later one takes its place."""
    written = content()
    assert written.startswith(rendered(TYPICAL).content)
    behind = written[len(rendered(TYPICAL).content) :]
    for trace in (b"<x:xmpmeta", b"/Producer", b"/CreationDate", b"/StructTreeRoot <<"):
        assert trace not in behind
    with (
        pikepdf.open(BytesIO(written)) as signed,
        pikepdf.open(BytesIO(rendered(TYPICAL).content)) as drawn,
    ):
        assert signed.Root.Metadata.read_bytes() == drawn.Root.Metadata.read_bytes()
        assert {k: str(v) for k, v in signed.docinfo.items()} == {
            k: str(v) for k, v in drawn.docinfo.items()
        }


# ------------------------------------------------------------------ what other programs say


@pytest.mark.parametrize("content", [nurses, both])
def test_a_signed_file_is_well_formed_and_brings_its_own_letters(content, tmp_path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(content())
    said = ask("qpdf", "--check", file)
    assert "WARNING" not in said
    assert "No syntax or stream encoding errors found" in said
    fonts = ask("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes ", line) for line in fonts)
    assert "Tagged:          yes" in ask("pdfinfo", file)

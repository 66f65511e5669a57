"""The page that says how Acrobat comes to trust the clinic's certificate."""

import pypdfium2
import pytest
from cryptography import x509

from ketachart.errors import CannotPrint
from ketachart.report.authority import fingerprint
from ketachart.report.guide import groups, guide_pdf
from tests.report.signed_reports import MORNING, ask, root_of

LONGEST = "Wide Meadows Women's and Men's Ketamine Infusion Center, Winslow"  # 64 letters


def guide(name="Northside Clinic", paper="letter"):
    root = x509.load_pem_x509_certificate(root_of())
    return guide_pdf(clinic=name, root=root, now=MORNING, paper=paper, practice=True)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_is_one_page_with_the_whole_fingerprint_in_groups(paper):
    assert len(LONGEST) == 64
    root = x509.load_pem_x509_certificate(root_of())
    made = pypdfium2.PdfDocument(guide(LONGEST, paper))
    assert len(made) == 1
    text = made[0].get_textpage().get_text_bounded()
    assert fingerprint(root).upper() in "".join(text.split())
    for words in ("clinic-root.cer", "trusted root", "Certified documents", "KetaChart authority"):
        assert words in " ".join(text.split())


def test_the_same_certificate_gives_the_same_bytes(tmp_path):
    assert guide() == guide()
    (tmp_path / "guide.pdf").write_bytes(guide())
    fonts = ask("pdffonts", tmp_path / "guide.pdf").splitlines()[2:]
    assert fonts
    assert all("IBMPlex" in line and " yes yes yes " in line for line in fonts)


def test_a_name_that_cannot_be_printed_is_refused_by_its_field():
    with pytest.raises(CannotPrint):
        guide("北 Clinic")


def test_a_fingerprint_is_two_lines_of_groups_of_four():
    assert groups(bytes(range(20))) == (
        "0001  0203  0405  0607  0809",
        "0A0B  0C0D  0E0F  1011  1213",
    )

"""No letter is ever lost: what the fonts lack is refused, what they hold is read back."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from ketachart import house
from ketachart.errors import CannotPrint
from ketachart.report import fonts
from ketachart.report.painter import paint
from ketachart.report.sheet import Sheet
from ketachart.report.styles import PAPERS, TABLE
from ketachart.report.text import extract

# Signs that the drawing library has been seen to drop without a word (signing.md, section 1).
SIGNS = "RASS −2, ≥ 90, ≤ 10, ↑ ↓ →, × ÷ ±, µg, SpO₂, 36.7 °C, ½ “so” – — … • ñ é ő Ж α"


def printed(text, weight="regular"):
    """The text as it is read back from a page."""
    fonts.load()
    out = BytesIO()
    canvas = Canvas(out, initialFontName=fonts.FACES["regular"])
    sheet = Sheet(PAPERS["letter"])
    sheet.write(40, 100, text, TABLE.heavier(weight))
    paint(sheet, canvas)
    canvas.save()
    return extract(out.getvalue()).strip()


@pytest.mark.parametrize("weight", fonts.FACES)
def test_every_sign_of_the_chart_is_printed_and_read_back(weight):
    assert printed(SIGNS, weight) == SIGNS


@pytest.mark.parametrize("letter", ["漢", "字", "ع", "😀", "■", "☐", "●", "\x00", "\x07", "\u200b"])
@pytest.mark.parametrize("weight", fonts.FACES)
def test_a_letter_that_is_lacking_is_refused_by_name(letter, weight):
    with pytest.raises(CannotPrint) as refused:
        fonts.width(f"Anna {letter}", 8, weight, field="family name")
    assert refused.value.character == letter
    assert refused.value.field == "family name"
    assert "family name" in str(refused.value)


def test_every_letter_that_may_be_charted_can_be_printed():
    letters = house.printable_letters()
    for first, last in letters.ranges:
        for point in range(first, last + 1):
            for weight in fonts.FACES:
                assert fonts.width(chr(point), 8, weight) >= 0


def test_a_text_is_as_wide_as_its_letters():
    single = fonts.width("0", 10)
    assert fonts.width("0000", 10) == pytest.approx(4 * single)
    assert fonts.width("0", 20) == pytest.approx(2 * single)
    assert fonts.width("WWW", 10, "bold") > fonts.width("WWW", 10, "regular")


def test_figures_are_all_equally_wide():
    for weight in fonts.FACES:
        assert len({fonts.width(figure, 8, weight) for figure in "0123456789"}) == 1


def test_a_text_that_runs_past_the_margin_is_refused():
    sheet = Sheet(PAPERS["letter"], about="a test")
    with pytest.raises(CannotPrint, match="no room for a test"):
        sheet.write(500, 100, "far too long for what is left of this line", TABLE)
    sheet.write_right(PAPERS["letter"].right, 100, "just at the margin", TABLE)


def test_what_is_cut_ends_in_an_ellipsis_and_fits():
    sheet = Sheet(PAPERS["letter"])
    cut = sheet.fitted("a sentence that is too long", TABLE, 60)
    assert cut.endswith("…")
    assert sheet.width(cut, TABLE) <= 60
    assert sheet.fitted("short", TABLE, 60) == "short"

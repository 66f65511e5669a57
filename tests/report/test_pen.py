"""What the pen writes is what another program reads: letters, shapes, and each look said once."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ketachart.report import fonts
from ketachart.report.pen import Pen, number
from ketachart.report.text import extract

BLACK, RED = (0.0, 0.0, 0.0), (0.8, 0.0, 0.0)


def page(draw):
    """A page of 200 by 200 points that something was drawn on."""
    fonts.load()
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=(200, 200), initialFontName=fonts.FACES["regular"], pageCompression=0
    )
    draw(Pen(canvas))
    canvas.save()
    return out.getvalue()


def ink(content, x, y):
    """How dark the page is at a point, 0 white to 255 black."""
    with pypdfium2.PdfDocument(content) as document:
        sheet = document[0]
        picture = sheet.render(scale=4, grayscale=True).to_pil()
        sheet.close()
    return 255 - picture.getpixel((int(x * 4), int((200 - y) * 4)))


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.0001, "0"), (0.0004, "0"), (0.0005, "0.001"), (12.0, "12"), (-1.5, "-1.5"),
     (100, "100"), (0.12345, "0.123"), (1e-9, "0"), (123456.789, "123456.789")],
)  # fmt: skip
def test_a_number_is_written_short_and_never_with_an_exponent(value, written):
    assert number(value) == written


def test_more_letters_than_one_part_of_a_type_holds_are_all_read_back():
    letters = [chr(code) for code in fonts.face("regular").face.charToGlyph if 0x21 <= code < 0x500]
    letters = [one for one in letters if one.isalpha() and not one.isspace()][:400]
    assert len(letters) > 300
    lines = ["".join(letters[at : at + 20]) for at in range(0, len(letters), 20)]

    def draw(pen):
        for place, line in enumerate(lines):
            pen.text(5, 190 - 9 * place, line, "regular", 6)

    said = extract(page(draw)).split()
    assert said == lines


def test_what_has_a_meaning_in_the_page_s_language_is_a_letter_all_the_same():
    said = extract(page(lambda pen: pen.text(5, 100, "(a\\b) )c( %", "bold", 9)))
    assert said.strip() == "(a\\b) )c( %"


def test_a_look_is_said_once_while_it_stays():
    def draw(pen):
        for place in range(3):
            pen.stroke(RED, 1.5)
            pen.path(((10, 10 + place), (50, 10 + place)), stroke=True, fill=False)
        pen.stroke(BLACK, 1.5, dash=(3, 2))
        pen.path(((10, 60), (50, 60)), stroke=True, fill=False)

    content = page(draw)
    assert content.count(b"0.8 0 0 RG") == 1
    assert content.count(b"1.5 w") == 1
    assert content.count(b"[3 2] 0 d") == 1


def test_shapes_are_filled_inside_and_open_outside():
    def draw(pen):
        pen.fill(BLACK)
        pen.rounded((20, 20, 60, 40), 10, stroke=False, fill=True)
        pen.circle((150, 150), 20, stroke=False, fill=True)
        pen.stroke(BLACK, 2)
        pen.circle((150, 50), 20, stroke=True, fill=False)

    content = page(draw)
    assert ink(content, 50, 40) == 255
    assert ink(content, 21, 21) == 0  # the corner is round
    assert ink(content, 25, 25) == 255
    assert ink(content, 150 + 13.5, 150 + 13.5) == 255
    assert ink(content, 150 + 15, 150 + 15) == 0
    assert ink(content, 150, 50) == 0
    assert ink(content, 150, 70) > 200

"""Golden pictures: page one and the timeline of each story, small and in grey, kept as PNG.

A picture is alike where hardly a point is much lighter or darker: another way of smoothing letters
passes, a line that moved by a point does not.
"""

from functools import cache
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from ketachart.domain.facts import ReportSigned, VisitSigned
from ketachart.domain.infusion import last_moment
from ketachart.domain.visit import fold
from ketachart.report import fonts, pdf
from ketachart.report.document import document_of, text
from ketachart.report.painter import paint

DPI = 50
GREYS = 8
MUCH = 72  # of 255: by how much a point has to differ to count
FEW = 40  # points of a page that may differ so much


@cache
def document_as_charted(played):
    """What the report of a story says, before its signature: nothing in it is made by chance."""
    entries = [
        e for e in played.visit.entries if not isinstance(e.fact, (VisitSigned, ReportSigned))
    ]
    visit = fold(entries)
    return document_of(visit, now=last_moment(visit))


def text_as_charted(played):
    """The same as lines of text."""
    return text(document_as_charted(played))


@cache
def pictures(played):
    """Page one and the first page of the timeline, in a few greys."""
    fonts.load()
    sheets = pdf.lay_out(document_as_charted(played), "letter").sheets[:2]
    out = BytesIO()
    canvas = Canvas(out, pagesize=(sheets[0].paper.width, sheets[0].paper.height), invariant=1)
    for sheet in sheets:
        paint(sheet, canvas)
        canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    made = tuple(_image(document[number]) for number in range(len(sheets)))
    document.close()
    return made


def _image(page):
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    image = bitmap.to_pil().convert("L").quantize(GREYS).convert("L")
    bitmap.close()
    return image


def png(image):
    """A picture as it is kept."""
    out = BytesIO()
    image.quantize(GREYS).save(out, "PNG", optimize=True)
    return out.getvalue()


def opened(content):
    """A picture that was kept."""
    return Image.open(BytesIO(content)).convert("L")


def apart(was, now):
    """How many points of two pictures differ much; all of them where the sizes differ."""
    if was.size != now.size:
        return max(was.width * was.height, now.width * now.height)
    return sum(ImageChops.difference(was, now).histogram()[MUCH:])


def alike(was, now):
    """Whether two pictures show the same page."""
    return apart(was, now) <= FEW

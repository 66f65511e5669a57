"""What the report's benchmarks are held against, and the visits they are taken of."""

import io
from functools import cache
from xml.sax.saxutils import escape

from ketachart.report import fonts
from ketachart.report.sections.pieces import Divider, Table, words_of
from ketachart.report.spoken import spoken

SIZE, LEADING = 8, 10


def bare_render(document):
    """The report's words as reportlab lays them out by itself: the same sections, rows and cells.

    The words are there already, and laid out as anyone would first do it: a SimpleDocTemplate with
    a Paragraph for each line of text and a Table for each table, where every cell is a Paragraph
    that wraps, the head is repeated on each page and the font is embedded. It has no timeline, no
    page one in boxes, no page n of N, no tags, no attachments, and loses a letter that the font
    lacks without a word.
    """
    from reportlab.lib import pagesizes
    from reportlab.platypus import SimpleDocTemplate

    fonts.load()
    out = io.BytesIO()
    SimpleDocTemplate(
        out, pagesize=pagesizes.letter, leftMargin=40, rightMargin=40, invariant=1
    ).build([*_front(document), *(part for s in _sections(document) for part in _section(s))])
    return out.getvalue()


def cells_of(document):
    """How many rows and cells the tables of the report have."""
    rows = [
        row
        for table in _sections(document)
        if isinstance(table, Table)
        for row in table.rows
        if not isinstance(row, Divider)
    ]
    return len(rows), sum(len(row.cells) for row in rows)


def _sections(document):
    return (document.flags, *document.sections)


@cache
def _style(weight):
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(weight, fontName=fonts.FACES[weight], fontSize=SIZE, leading=LEADING)


def _paragraph(text, weight="regular"):
    from reportlab.platypus import Paragraph

    return Paragraph(escape(text), _style(weight))


def _front(document):
    first = spoken(document).split(f"## {document.flags.heading}")[0]
    return [_paragraph(line) for line in first.splitlines() if line]


def _section(section):
    yield _paragraph(section.heading, "bold")
    if isinstance(section, Table):
        yield _table(section) if section.rows else _paragraph(section.empty)
    elif hasattr(section, "paragraphs"):
        yield from (_paragraph(words_of(paragraph)) for paragraph in section.paragraphs)
    else:
        yield _paragraph(words_of(section.words))


def _table(table):
    from reportlab.platypus import Table as Grid

    width = 530 / len(table.columns)
    rows = [[_paragraph(column.head, "semibold") for column in table.columns]]
    for row in table.rows:
        cells = [row.text] if isinstance(row, Divider) else [words_of(cell) for cell in row.cells]
        cells += [""] * (len(table.columns) - len(cells))
        rows.append([_paragraph(text) for text in cells])
    return Grid(rows, colWidths=[width] * len(table.columns), repeatRows=1)


def own_validation(content, root_pem):
    """What pyHanko says of a signed file by itself: its signature, its chain, its revisions."""
    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    root = x509.Certificate.load(pem.unarmor(root_pem)[2])
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def bare_pages(pages):
    """As many pages with as many lines of text as a table page holds."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 8)
        for line in range(60):
            canvas.drawString(38, 750 - 12 * line, f"page {page} line {line} 128/82 78 98 14 0 5 0")
        canvas.showPage()
    canvas.save()
    return file.getvalue()

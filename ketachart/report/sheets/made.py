"""A sheet as PDF: the same visit, language, paper and moment give the same bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from ketachart.domain.sheets.before import PreVisit
from ketachart.domain.sheets.handout import Handout
from ketachart.domain.sheets.lines import Language
from ketachart.report import fonts
from ketachart.report.attach import pdf_date
from ketachart.report.painter import paint
from ketachart.report.sheet import Sheet
from ketachart.report.sheets.large import GAP, Large
from ketachart.report.sheets.parts import set_card, set_flags, set_phones
from ketachart.report.styles import PaperName

TONGUES: dict[Language, str] = {"en": "en-US", "es": "es-US"}


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """The file: its bytes, how many pages, and their digest."""

    content: bytes = field(repr=False)
    pages: int
    sha256: str


def handout_pdf(sheet: Handout, *, now: datetime, foot: str, paper: PaperName) -> MadeSheet:
    """The sheet that is left: what to do and when to call on the front, the card on the back.

    Raises:
        CannotPrint: a letter cannot be printed; the sentence names its field.
    """
    fonts.load()
    page = Large(paper, sheet.practice)
    page.title(sheet.title, sheet.about)
    for rule in sheet.rules:
        page.row(rule.when, rule.what, "instruction")
    set_flags(page, sheet.flags)
    set_phones(page, sheet.phones)
    page.turn()
    if sheet.adult:
        page.paragraph(sheet.adult, "responsible adult")
    page.heading(sheet.life_heading)
    for line in sheet.life:
        page.paragraph(line, "the days after")
        page.y += 3
    page.y += GAP
    set_card(page, sheet.card_title, sheet.card_says, sheet.card)
    page.foot(foot)
    return made(page.sheets, sheet.title, TONGUES[sheet.language], now)


def pre_visit_pdf(sheet: PreVisit, *, now: datetime, foot: str, paper: PaperName) -> MadeSheet:
    """The sheet before the visit, on one page.

    Raises:
        CannotPrint: a letter cannot be printed; the sentence names its field.
    """
    fonts.load()
    page = Large(paper, sheet.practice)
    page.title(sheet.title, sheet.about)
    if sheet.when:
        page.heading(sheet.when)
    for part in sheet.parts:
        page.heading(part.heading)
        for line in part.lines:
            page.paragraph(line, part.heading)
            page.y += 3
    page.y += GAP
    set_phones(page, sheet.phones)
    page.foot(foot)
    return made(page.sheets, sheet.title, TONGUES[sheet.language], now)


def made(sheets: Sequence[Sheet], title: str, tongue: str, now: datetime) -> MadeSheet:
    """The sheets as one file, pages in their order; the same bytes every time."""
    paper = sheets[0].paper
    out = BytesIO()
    rl_config.useA85 = 0
    canvas = Canvas(
        out,
        pagesize=(paper.width, paper.height),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=fonts.FACES["regular"],
        lang=tongue,
    )
    canvas.setTitle(title)  # no patient's name: a viewer shows this in its list
    canvas.setAuthor("KetaChart")
    canvas.setCreator("KetaChart")
    canvas.setProducer("KetaChart with ReportLab")
    canvas.setDateFormatter(lambda *_parts: pdf_date(now))
    catalog = canvas._doc.Catalog  # noqa: SLF001 - reportlab has no other way to its catalog
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    for sheet in sheets:
        paint(sheet, canvas)
        canvas.showPage()
    canvas.save()
    content = out.getvalue()
    return MadeSheet(content, len(sheets), hashlib.sha256(content).hexdigest())

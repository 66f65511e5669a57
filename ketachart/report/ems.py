"""The emergency sheet for the ambulance crew: one page, stamped UNSIGNED, from any visit.

Nothing may stop it: a letter that cannot be printed becomes a question mark, a text that is too
long ends in “…”, and what is not known is said not to be known.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from ketachart.domain.handover import handover
from ketachart.domain.visit import Visit
from ketachart.report import fonts
from ketachart.report.attach import pdf_date
from ketachart.report.ems_page import TITLE, EmsPage
from ketachart.report.painter import paint
from ketachart.report.sheet import Sheet
from ketachart.report.styles import PAPERS, PaperName


@dataclass(frozen=True, slots=True)
class EmsSheet:
    """The sheet's bytes, and how many earlier lines found no room on it."""

    content: bytes
    left_out: int


def render(visit: Visit, *, now: datetime, paper: PaperName = "letter") -> EmsSheet:
    """The sheet of a visit as it stands at that moment, aware."""
    fonts.load()
    sheet = Sheet(PAPERS[paper], about="the emergency sheet")
    told = handover(visit, now)
    left_out = EmsPage(sheet).fill(told)
    out = BytesIO()
    rl_config.useA85 = 0
    canvas = Canvas(
        out,
        pagesize=(sheet.paper.width, sheet.paper.height),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.FACES["regular"],
        lang="en-US",
    )
    canvas.setTitle(TITLE)  # no patient's name: a viewer shows it in its list of files
    canvas.setAuthor("KetaChart")
    canvas.setCreator("KetaChart")
    canvas.setProducer("KetaChart with ReportLab")
    canvas.setDateFormatter(lambda *_parts: pdf_date(now))
    paint(sheet, canvas)
    canvas.showPage()
    canvas.save()
    return EmsSheet(out.getvalue(), left_out)

"""The report of a visit as a PDF: the same visit, moment and paper give the same bytes.

Layout first, without a canvas: the tables find their pages, then page one can name them, then
every page learns how many there are. Only then is anything drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from ketachart.domain.visit import Visit
from ketachart.report import fonts
from ketachart.report.archive import CREATOR, LANGUAGE, PRODUCER, SUBJECT, Described, archived
from ketachart.report.attach import attach, attachments, pdf_date
from ketachart.report.document import TITLE, document_from
from ketachart.report.flow import Flow, Rect
from ketachart.report.frame import draw_foot, start_page
from ketachart.report.grid import set_timeline
from ketachart.report.page_one import left_out, page_one
from ketachart.report.page_one_looks import Whereabouts
from ketachart.report.painter import paint, paint_marked
from ketachart.report.passages import set_sections
from ketachart.report.pen import said_in
from ketachart.report.sections.record import Record
from ketachart.report.sections.whole import Document
from ketachart.report.sheet import Sheet
from ketachart.report.styles import PAPERS, Paper, PaperName
from ketachart.report.tags import Node, Update, tree_of
from ketachart.report.unswept import unswept


@dataclass(frozen=True, slots=True)
class Rendered:
    """The report's bytes, how many pages it has, and where each entry's row stands.

    ``row_places`` gives for an entry's id the page (from 1) and the row's place on it, in points
    from the page's top left corner. ``said`` is every string on the pages, as it was drawn.
    """

    content: bytes = field(repr=False)
    pages: int
    row_places: Mapping[str, tuple[int, Rect]]
    said: tuple[str, ...] = field(repr=False)


def render(visit: Visit, *, now: datetime, paper: PaperName = "letter") -> Rendered:
    """The report of a visit, signed by the nurse or as an unsigned draft.

    Args:
        visit: the record so far.
        now: the moment of the report, aware; it is the file's creation date.
        paper: US Letter, or A4.

    Raises:
        CannotPrint: a letter cannot be printed, or page one cannot hold what it must.
    """
    return prepared(visit, now=now, paper=paper).whole()


def prepared(visit: Visit, *, now: datetime, paper: PaperName = "letter") -> "Prepared":
    """The same report laid out and not drawn yet, for a window that shows its first page first.

    Raises:
        CannotPrint: as for ``render``; what can be laid out can be drawn.
    """
    if now.tzinfo is None:
        raise ValueError("a moment needs its offset")
    fonts.load()
    with unswept():
        record = Record(visit, now)
        document = document_from(record)
        return Prepared(record, document, lay_out(document, paper), now, paper)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """All pages, ready to be drawn, and what stands where."""

    sheets: tuple[Sheet, ...]
    places: Mapping[str, tuple[int, Rect]]
    outline: tuple[tuple[str, int, float], ...]
    tree: Node


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that is laid out; its drawing takes as long again."""

    record: Record
    document: Document
    laid: LaidOut
    now: datetime
    paper: PaperName

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.laid.sheets)

    def front(self) -> bytes:
        """A file with the first page alone: to be looked at, never to be kept."""
        front, out = self.laid.sheets[0], BytesIO()
        with unswept():
            canvas = _canvas(out, front.paper, packed=False)
            paint(front, canvas)
            canvas.showPage()
            canvas.save()
        return out.getvalue()

    def whole(self) -> Rendered:
        """The report."""
        with unswept():
            content, said = _drawn(
                self.document, self.laid, self.record, now=self.now, paper=self.paper
            )
        return Rendered(content, self.pages, self.laid.places, said)


def lay_out(document: Document, paper_name: PaperName) -> LaidOut:
    """Every page of the document on that paper."""
    paper, head = PAPERS[paper_name], document.head
    crowded = left_out(paper, head, document.front)
    extra = [t for t in (document.all_looks, document.all_effects) if t.code in crowded]
    sections = (*extra, *document.sections)
    flow = Flow(paper, lambda: start_page(paper, head), first=2)
    set_timeline(flow, document.timeline, document.flags, paper_name)
    set_sections(flow, sections)
    where = Whereabouts(
        rows={entry: page for entry, (page, _) in flow.places.items()},
        sections={code: page for code, (page, _) in flow.sections.items()},
        flags=document.numbers,
    )
    front = page_one(paper, head, document.front, where)
    sheets = (front, *flow.sheets)
    for number, sheet in enumerate(sheets, 1):
        draw_foot(sheet, head, number, len(sheets))
    names = {section.code: section.heading for section in (document.flags, *sections)}
    names["timeline"] = "Timeline"
    outline = [("Summary", 1, 0.0)]
    outline += [(names[code], page, y) for code, (page, y) in flow.sections.items()]
    tree = Node("Document", kids=[*front.tree.kids, *flow.tree.kids])
    return LaidOut(sheets, flow.places, tuple(outline), tree)


def _drawn(
    document: Document, laid: LaidOut, record: Record, *, now: datetime, paper: PaperName
) -> tuple[bytes, tuple[str, ...]]:
    size = laid.sheets[0].paper
    out = BytesIO()
    canvas = _canvas(out, size, packed=True)
    _describe(canvas, document, now)
    marks: list[list[Node]] = []
    for number, sheet in enumerate(laid.sheets, 1):
        for place, (name, page, y) in enumerate(laid.outline):
            if page == number:
                key = f"part-{place}"
                canvas.bookmarkPage(key, fit="XYZ", top=size.height - max(y - 12, 0))
                canvas.addOutlineEntry(name, key, level=0)
        marks.append(paint_marked(sheet, canvas))
        canvas.showPage()
    held = attachments(record.visit, now=record.now, rendered_at=now, paper=paper)
    attach(canvas, held, now=now)
    canvas.save()
    drawn = out.getvalue()
    tags, described = _tags(canvas, laid.tree, marks, drawn), Described(_title(document), now)
    return archived(drawn, tags, described), said_in(canvas)


def _canvas(out: BytesIO, size: Paper, *, packed: bool) -> Canvas:
    rl_config.useA85 = 0  # pages as plain compressed bytes: a fifth smaller, and quicker
    return Canvas(
        out,
        pagesize=(size.width, size.height),
        pageCompression=int(packed),
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=fonts.FACES["regular"],
        lang=LANGUAGE,
    )


def _tags(canvas: Canvas, tree: Node, marks: list[list[Node]], drawn: bytes) -> Update:
    places = canvas._doc.idToObjectNumberAndVersion  # noqa: SLF001 - where the pages came to stand
    pages = [places[f"Page{number}"][0] for number in range(1, len(marks) + 1)]
    return tree_of(tree, marks, pages=pages, drawn=drawn)


def _title(document: Document) -> str:
    return f"{TITLE}, {document.head.day}"


def _describe(canvas: Canvas, document: Document, now: datetime) -> None:
    """Title, date and language; no patient's name, since a viewer shows these in its list."""
    canvas.setTitle(_title(document))
    canvas.setAuthor(CREATOR)
    canvas.setCreator(CREATOR)
    canvas.setProducer(PRODUCER)
    canvas.setSubject(SUBJECT)
    canvas.setDateFormatter(lambda *_parts: pdf_date(now))
    catalog = canvas._doc.Catalog  # noqa: SLF001 - reportlab has no other way to its catalog
    catalog.PageMode = pdfdoc.PDFName("UseOutlines")
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})

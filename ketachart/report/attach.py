"""The files inside the PDF: the visit as it stands, every entry as it was written, and the report.

`report.json` says what a verifier needs to draw the same pages again, and names the other two by
their hash. They are signed with the pages, since they are part of the same bytes (PDF 2.0 and
PDF/A-3, ISO 19005-3, 6.8: an embedded file with its relationship to the document).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

import reportlab
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from ketachart import __version__
from ketachart.domain.addenda import version_of
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.folded.whole import folded
from ketachart.domain.shape import moment_text
from ketachart.domain.visit import Visit
from ketachart.report.styles import PaperName

FORMAT = "ketachart-report-1"
PROGRAM = f"KetaChart {__version__}"
REPORT, ENTRIES, VISIT = "report.json", "entries.jsonl", "visit.json"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file to travel inside the report."""

    name: str
    kind: str
    says: str
    content: bytes


def attachments(
    visit: Visit, *, now: datetime, rendered_at: datetime | None = None, paper: PaperName = "letter"
) -> tuple[Attachment, ...]:
    """The three files, the same bytes for the same visit, moment and paper.

    ``now`` is as of when open things are judged; ``rendered_at`` the moment of the report, where it
    is another one.
    """
    whole = json.dumps(folded(visit, now=now), ensure_ascii=False, indent=1, sort_keys=True)
    rows = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in entry_rows(visit))
    entries = Attachment(
        ENTRIES,
        "application/jsonl",
        "Every entry as it was written, one a line",
        "".join(f"{row}\n" for row in rows).encode(),
    )
    stands = Attachment(
        VISIT,
        "application/json",
        "The visit as it stands, worked out from the entries",
        f"{whole}\n".encode(),
    )
    return (entries, _report(visit, (entries, stands), rendered_at or now, paper), stands)


def drawn_with() -> str:
    """The library that drew the pages: another version may break a line elsewhere."""
    return f"ReportLab {reportlab.Version}"


def _report(
    visit: Visit, files: tuple[Attachment, ...], rendered_at: datetime, paper: PaperName
) -> Attachment:
    told = {
        "format": FORMAT,
        "program": PROGRAM,
        "drawn_with": drawn_with(),
        "rendered_at": moment_text(rendered_at),
        "paper": paper,
        "version": version_of(visit),
        "visit": visit.entries[0].stream if visit.entries else "",
        "number": visit.opened.visit if visit.opened else "",
        "head": visit.head,
        "files": {file.name: hashlib.sha256(file.content).hexdigest() for file in files},
    }
    whole = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    return Attachment(
        REPORT,
        "application/json",
        "What the pages were drawn from, and the hash of the other files",
        f"{whole}\n".encode(),
    )


class _Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    """A catalog that may name its associated files (/AF), which reportlab's cannot."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "AF"]  # noqa: RUF012 - reportlab's own way
    __Refs__ = [*pdfdoc.PDFCatalog.__Refs__]  # noqa: RUF012


def attach(canvas: Canvas, files: tuple[Attachment, ...], *, now: datetime) -> None:
    """Puts files into the document of a canvas; call before it is saved.

    The names stand in the order of their letters, as a name tree asks (ISO 32000-1, 7.9.6).
    """
    document = canvas._doc  # noqa: SLF001 - reportlab has no other way to its objects
    stamp = pdfdoc.PDFString(pdf_date(now))
    names: list[object] = []
    specs: list[object] = []
    for file in sorted(files, key=lambda file: file.name):
        stream = pdfdoc.PDFStream(content=file.content)
        stream.filters = [pdfdoc.PDFZCompress]
        stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
        # a name may not hold a bare slash (ISO 32000-1, 7.3.5), and reportlab leaves it in
        stream.dictionary["Subtype"] = "/" + file.kind.replace("/", "#2F")
        stream.dictionary["Params"] = pdfdoc.PDFDictionary(
            {"Size": len(file.content), "ModDate": stamp, "CreationDate": stamp}
        )
        held = document.Reference(stream, f"embedded:{file.name}")
        spec = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(file.name),
                "UF": pdfdoc.PDFString(file.name),
                "Desc": pdfdoc.PDFString(file.says),
                "AFRelationship": pdfdoc.PDFName("Data"),
                "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
            }
        )
        reference = document.Reference(spec, f"filespec:{file.name}")
        names += [pdfdoc.PDFString(file.name), reference]
        specs.append(reference)
    catalog = document.Catalog
    catalog.__class__ = _Catalog
    catalog.Names = pdfdoc.PDFDictionary(
        {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})}
    )
    catalog.AF = pdfdoc.PDFArray(specs)


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it (ISO 32000-1, 7.9.4): D:20261122173600-07'00'."""
    offset = f"{moment:%z}"[:5]
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"

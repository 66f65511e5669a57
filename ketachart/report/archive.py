"""Makes the drawn pages a file for the archive: PDF/A-3b (ISO 19005-3), tagged.

A record of a Schedule III drug is read years later, on a machine that nobody knows yet. So the file
carries its own letters and what its colours mean, says what it is, and refers to nothing outside.
The pages are parsed once here and written once, the same bytes for the same pages and moment.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zlib import compress

from ketachart import resources
from ketachart.report.tags import Update

if TYPE_CHECKING:
    from pikepdf import Pdf

CREATOR = "KetaChart"
PRODUCER = "KetaChart with ReportLab and QPDF"
SUBJECT = "Visit report"
LANGUAGE = "en-US"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
   </dc:description>
   <dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{made}</xmp:CreateDate>
   <xmp:ModifyDate>{made}</xmp:ModifyDate>
   <xmp:MetadataDate>{made}</xmp:MetadataDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True, slots=True)
class Described:
    """What the file says of itself; its title names no patient, since a viewer lists it."""

    title: str
    made: datetime


def archived(drawn: bytes, tags: Update, described: Described) -> bytes:
    """The drawn pages as PDF/A-3b.

    Args:
        drawn: the file as the drawing library wrote it, its attachments inside.
        tags: what each part of the pages is, to be joined to the file.
        described: the title and the moment of the report, as in the file's information.
    """
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(drawn + tags.written)) as pdf:
        _tag(pdf, tags)
        _describe(pdf, described)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,  # they are; what is not must stay readable
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            recompress_flate=False,
            force_version="1.7",
        )
    return out.getvalue()


def _tag(pdf: "Pdf", tags: Update) -> None:
    from pikepdf import Dictionary, Name

    for number, page in enumerate(pdf.pages):
        if "/Trans" in page:
            del page.Trans  # an empty one, which the drawing library gives every page
        page.Tabs = Name.S
        page.StructParents = number
    pdf.Root.StructTreeRoot = pdf.get_object(tags.root, 0)
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _describe(pdf: "Pdf", described: Described) -> None:
    """What the colours mean, and the metadata; it stays uncompressed, for any program to find."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    profile = Stream(pdf, b"", N=3)
    profile.write(_profile(), filter=Name.FlateDecode)
    words = "sRGB IEC61966-2.1"
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String(words),
                RegistryName=String("http://www.color.org"),
                Info=String(words),
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )
    xmp = Stream(pdf, metadata(described).encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(xmp)


@cache
def _profile() -> bytes:
    return compress(resources.path("icc", "sRGB.icc").read_bytes())


def metadata(described: Described) -> str:
    """The file's information once more, as XMP: what a PDF/A is known by."""
    return _XMP.format(
        title=escape(described.title),
        subject=escape(SUBJECT),
        creator=escape(CREATOR),
        producer=escape(PRODUCER),
        language=LANGUAGE,
        made=described.made.isoformat(timespec="seconds"),
    )

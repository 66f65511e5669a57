"""The file is saved again after it was signed: shadows, incremental saving, evil annotations.

Mainka, Mladenov and Rohlmann, Shadow Attacks (NDSS 2021): hide, replace, hide-and-replace.
Mladenov and others, 1 Trillion Dollar Refund (CCS 2019): incremental saving. Rohlmann and others,
Breaking the Specification: PDF Certification (S&P 2021): evil annotation, sneaky signature.
"""

from tests.report.attacks import attack
from tests.report.attacks.raw import body_of, last_table, saved_again, stream, words
from tests.report.hostile_reports import blob_of
from tests.report.signed_reports import countersigned, report, signed

FONT, PAGE, ROOT, INFO, PAGES, CONTENT, OTHER = 2, 3, 5, 6, 7, 8, 9
"""The numbers that the small report's objects have."""

NEW = 1900
LIE = b"Ketamine 0 mg delivered"


def _page(pdf, **change):
    body = body_of(pdf, PAGE)
    for name, value in change.items():
        body = body.replace(b"/" + name.encode(), b"/Was%s" % name.encode())
        body = body[:-2] + b"/%s %s >>" % (name.encode(), value)
    return body


def _root(pdf, **change):
    body = body_of(pdf, ROOT)
    for name, value in change.items():
        body = body.replace(b"/%s " % name.encode(), b"/Was%s " % name.encode())
        body = body[:-2] + b"/%s %s >>" % (name.encode(), value)
    return body


def _white(kind, more=b""):
    return (
        b"<< /Type /Annot /Subtype /%s /Rect [0 0 600 800] /F 4 /C [1 1 1] /IC [1 1 1] "
        b"/Contents (0 mg) %s >>" % (kind, more)
    )


def _laid(pdf, kind, more=b""):
    note = {NEW: _white(kind, more), PAGE: _page(pdf, Annots=b"[1900 0 R]")}
    face = stream(b"1 g 0 0 600 800 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    return note | ({NEW + 1: face} if more else {})


CHANGES = {
    "hide: page emptied": lambda pdf: {NEW: stream(b""), PAGE: _page(pdf, Contents=b"1900 0 R")},
    "hide: content taken away": lambda _: {CONTENT: b""},
    "hide: white box drawn over": lambda pdf: {
        NEW: stream(b"1 g 0 0 600 800 re f"),
        PAGE: _page(pdf, Contents=b"[8 0 R 1900 0 R]"),
    },
    "hide: white note laid over": lambda pdf: _laid(pdf, b"Square"),
    "hide: stamp with a face laid over": lambda pdf: _laid(pdf, b"Stamp", b"/AP << /N 1901 0 R >>"),
    "hide: a layer switched off": lambda pdf: {
        NEW: b"<< /Type /OCG /Name (x) >>",
        ROOT: _root(pdf, OCProperties=b"<< /OCGs [1900 0 R] /D << /OFF [1900 0 R] >> >>"),
    },
    "replace: content": lambda _: {CONTENT: words(LIE)},
    "replace: font": lambda _: {
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol /Name /F1 >>"
    },
    "replace: letters": lambda _: {
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Name /F1 "
        b"/Encoding << /Differences [48 /nine /eight /seven /six] >> >>"
    },
    "replace: what the letters are read as": lambda _: {
        NEW: stream(b"1 beginbfchar <34> <0030> endbfchar"),
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Name /F1 "
        b"/ToUnicode 1900 0 R >>",
    },
    "replace: a form within the page": lambda pdf: {
        NEW: stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
        PAGE: _page(pdf, Resources=b"<< /XObject << /X 1900 0 R >> >>"),
    },
    "replace: title": lambda _: {INFO: b"<< /Title (Nothing happened) >>"},
    "replace: metadata": lambda pdf: {
        NEW: stream(b"<x:xmpmeta/>", b"/Type /Metadata /Subtype /XML"),
        ROOT: _root(pdf, Metadata=b"1900 0 R"),
    },
    "hide and replace: another tree of pages": lambda pdf: {
        NEW: b"<< /Type /Pages /Count 1 /Kids [1901 0 R] >>",
        NEW + 1: b"<< /Type /Page /Parent 1900 0 R /MediaBox [0 0 600 800] /Contents 1902 0 R >>",
        NEW + 2: words(LIE),
        ROOT: _root(pdf, Pages=b"1900 0 R"),
    },
    "hide and replace: another page among the pages": lambda _: {
        NEW: b"<< /Type /Page /Parent 7 0 R /MediaBox [0 0 600 800] /Contents 1902 0 R >>",
        NEW + 2: words(LIE),
        PAGES: b"<< /Type /Pages /Count 2 /Kids [1900 0 R 4 0 R] >>",
    },
    "a page left out": lambda _: {PAGES: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"},
    "a page twice": lambda _: {PAGES: b"<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>"},
    "pages in another order": lambda _: {PAGES: b"<< /Type /Pages /Count 2 /Kids [4 0 R 3 0 R] >>"},
    "evil annotation: words over the page": lambda pdf: _laid(pdf, b"FreeText"),
    "an action at opening": lambda pdf: {
        ROOT: _root(pdf, OpenAction=b"<< /S /JavaScript /JS (app.alert(1)) >>")
    },
    "a program launched": lambda pdf: {
        ROOT: _root(pdf, OpenAction=b"<< /S /Launch /F (calc.exe) >>")
    },
    "another file opened": lambda pdf: {
        ROOT: _root(pdf, OpenAction=b"<< /S /GoToR /F (other.pdf) /D [0 /Fit] >>")
    },
    "rich media laid over": lambda pdf: _laid(pdf, b"RichMedia"),
    "a three-dimensional thing laid over": lambda pdf: _laid(pdf, b"3D"),
    "a certification taken away": lambda pdf: {ROOT: _root(pdf, Perms=b"<< >>")},
    "a security store added": lambda pdf: {ROOT: _root(pdf, DSS=b"<< >>")},
    "an empty update": lambda _: {},
}


def _endings():
    lie = {CONTENT: words(LIE)}
    pdf = signed()
    blob = blob_of(pdf).hex().upper().encode()
    copied = b"<< /Type /Sig /Filter /Adobe.PPKLite /Contents <%s>\n/ByteRange [0 1 2 3] >>" % blob
    yield "incremental saving 1: table and trailer", saved_again(pdf, lie)
    yield "incremental saving 2: no trailer", saved_again(pdf, lie, trailer=b"", end=b"")
    yield (
        "incremental saving 3: the body alone",
        saved_again(pdf, lie, table=b"", trailer=b"", end=b""),
    )
    yield "incremental saving 4: with a copied signature", saved_again(pdf, lie | {NEW: copied})
    yield (
        "incremental saving: an end that only some readers see",
        saved_again(pdf, lie, end=b"startxref %%x\n%d\n%%%%EOF\n" % len(pdf)),
    )
    yield (
        "incremental saving: a table that sends page 1 to page 2",
        saved_again(pdf, {}, table=b"xref\n8 1\n%010d 00000 n \n" % pdf.index(b"\n9 0 obj")),
    )
    yield (
        "incremental saving: another root",
        saved_again(pdf, {NEW: body_of(report(), ROOT)}, root=b"1900 0 R"),
    )
    yield "incremental saving: no way back to what was signed", saved_again(pdf, lie, previous=0)
    yield "incremental saving: a circle of tables", saved_again(pdf, lie, previous=len(pdf))
    table = last_table(pdf)
    hybrid = b"trailer\n<< /Size 2000 /Root 5 0 R /Prev %d /XRefStm %d >>\n" % (table, table)
    yield "incremental saving: a hybrid table", saved_again(pdf, lie, trailer=hybrid)


def _of(change, made):
    return lambda: saved_again(made(), change(made()))


def _tail(tail, made=signed):
    return lambda: made() + tail


_ENDINGS = [
    "incremental saving 1: table and trailer",
    "incremental saving 2: no trailer",
    "incremental saving 3: the body alone",
    "incremental saving 4: with a copied signature",
    "incremental saving: an end that only some readers see",
    "incremental saving: a table that sends page 1 to page 2",
    "incremental saving: another root",
    "incremental saving: no way back to what was signed",
    "incremental saving: a circle of tables",
    "incremental saving: a hybrid table",
]

TAILS = {
    "white space": b" \r\n\t",
    "one zero byte": b"\0",
    "an end once more": b"%%EOF\n",
    "a comment": b"% reviewed\n",
    "an archive": b"PK\5\6" + b"\0" * 18,
    "a web page": b"<html><script>1</script></html>",
    "a whole other report": report(words="Ketamine 0 mg"),
}

ATTACKS = [
    *(
        attack(f"{name}, {made.__name__}", _of(change, made), "REVISION_COUNT", "saved again")
        for made in (signed, countersigned)
        for name, change in CHANGES.items()
    ),
    *(
        attack(
            name,
            lambda name=name: dict(_endings())[name],
            "REVISION_COUNT TRAILING_BYTES BYTERANGE_POS BYTERANGE_GAP",
            "",
        )
        for name in _ENDINGS
    ),
    *(
        attack(f"after the end: {name}", _tail(tail), "TRAILING_BYTES REVISION_COUNT", "after the")
        for name, tail in TAILS.items()
    ),
    *(
        attack(f"before the start: {name}", lambda tail=tail: tail + signed(), "HEADER", "start")
        for name, tail in TAILS.items()
        if b"%PDF" not in tail
    ),
]

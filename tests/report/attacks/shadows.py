"""The holder of the key hides another report in the file before it is signed.

Every one of these is signed rightly: only how the file is built gives it away. The first two are
holes that this verifier had: the pages that it compared were not the pages that a reader shows.
"""

import hashlib
import re
from functools import cache

import pikepdf

from ketachart.report import signing
from tests.report import whole_reports as whole
from tests.report.attacks import attack
from tests.report.attacks.raw import body_of, last_table, saved_again, stream, words
from tests.report.hostile_reports import countersigned_by_hand
from tests.report.signed_reports import nurse, report, signed

_HELD = re.compile(rb"/Contents (<[0-9A-F]{2000,}>)\n(/ByteRange \[[0-9 ]+\] *)")
_ROW = re.compile(rb"\d{10} 00000 n")


def resealed(pdf):
    """The file with a fresh signature by the nurse over its bytes as they are now."""
    held = list(_HELD.finditer(pdf))[-1]
    gap, resumes = held.span(1)
    told = b"/ByteRange [0 %d %d %d]" % (gap, resumes, len(pdf) - resumes)
    pdf = pdf[: held.start(2)] + told.ljust(len(held[2])) + pdf[held.end(2) :]
    digest = hashlib.sha256(pdf[:gap] + pdf[resumes:]).digest()
    proof = signing._cms(nurse(), digest).hex().upper().encode()
    return pdf[: gap + 1] + proof.ljust(resumes - gap - 2, b"0") + pdf[resumes - 1 :]


@cache
def _signing_objects(unsigned):
    """What the nurse's signature adds to a report: objects by number."""
    added = whole.by_hand(unsigned)[len(unsigned) :]
    return {int(n): body_of(added, int(n)) for n in re.findall(rb"(?m)^(\d+) 0 obj", added)}


def signed_raw(unsigned, base=None, more=None, **other):
    """Signed as the nurse's program does it, by hand: over ``base``, with ``more`` objects."""
    objects = _signing_objects(unsigned) | (more or {})
    return resealed(saved_again(base or unsigned, objects, **other))


@cache
def _lying():
    return whole.lying(whole.told(heart_rate=147), whole.visit())


def decoy():
    """The honest report stands first, and nobody reads it: the tables lead past it to another."""
    honest, lie = whole.printed(), _lying()
    moved = _ROW.sub(lambda row: b"%010d 00000 n" % (int(row[0][:10]) + len(honest)), lie)
    behind = moved[: moved.rindex(b"startxref")]
    return signed_raw(lie, honest + behind, previous=last_table(lie) + len(honest))


def beyond():
    """The report's table sends a reader to an object that stands behind it."""
    honest = whole.printed()
    with pikepdf.open(whole.BytesIO(honest)) as opened:
        page = opened.pages[2].Contents.objgen[0]
    over = saved_again(honest, {}, table=b"", trailer=b"", end=b"%d 0 obj\n" % page)
    behind = over + stream(b"BT ET") + b"\nendobj\n"
    table = honest[last_table(honest) :]
    rows = list(re.finditer(rb"\d{10} \d{5} [nf]", table))
    place = last_table(honest) + rows[page].start()
    base = honest[:place] + b"%010d" % len(honest) + behind[place + 10 :]
    return signed_raw(honest, base)


def taken_away():
    """Along with the signature a page's content is taken away."""
    return signed_raw(report(), more={8: b""})


def twice_listed():
    """One table, one number, two places: some readers go to the first, others to the last."""
    objects = _signing_objects(report())
    again = b"3 1\n%010d 00000 n \n" % report().index(b"\n4 0 obj")
    pdf = saved_again(report(), objects)
    at = last_table(pdf)
    pdf = pdf.replace(b"xref\n3 1\n", b"xref\n" + again + b"3 1\n")
    assert last_table(pdf) == at
    return resealed(pdf)


def said_twice():
    """A dictionary that says two things under one name."""
    pages = body_of(report(), 5)
    root = _signing_objects(report())[5]
    assert b"/Pages" in pages
    return signed_raw(
        report(), more={5: root.replace(b"/Pages 7 0 R", b"/Pages 7 0 R /Pages 4 0 R")}
    )


def between():
    """An object for later stands between two others, and no table lists it yet."""
    objects = _signing_objects(report())
    first = next(iter(objects))
    hidden = objects[first] + b"\nendobj\n8 0 obj\n" + words(b"Ketamine 0 mg")
    return signed_raw(report(), more={first: hidden})


def comment():
    """An archive within a comment, for programs that read from the end."""
    base = report().replace(b"trailer\n", b"% PK\5\6\ntrailer\n")
    return signed_raw(report(), base)


def other_number():
    """The table's place for an object holds one of another number."""
    base = bytearray(report())
    at = report().index(b"\n8 0 obj") + 1
    base[at : at + 1] = b"9"
    return signed_raw(report(), bytes(base))


def hybrid():
    at = last_table(report())
    trailer = b"trailer\n<< /Size 2000 /Root 5 0 R /Info 6 0 R /Prev %d /XRefStm %d /ID [] >>\n"
    return signed_raw(report(), trailer=trailer % (at, at))


def circle():
    return signed_raw(report(), previous=len(report()) + 500)


def no_way_back():
    return signed_raw(report(), previous=0)


def packed():
    """The objects of the report in a packed stream, its table as well."""
    out = whole.BytesIO()
    with pikepdf.open(whole.BytesIO(report())) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.by_hand(out.getvalue())


def encrypted():
    """A report that opens without a password, and is encrypted all the same."""
    out = whole.BytesIO()
    with pikepdf.open(whole.BytesIO(report())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user="", R=6))
    base = out.getvalue()
    return resealed(saved_again(base, {}) + signed()[len(report()) :])


def slipped(change):
    """The program does one thing more while it prepares the places for signatures."""

    def make():
        honest = signing._prepare

        def prepared(writer):
            honest(writer)
            change(writer)

        signing._prepare = prepared
        try:
            return whole.by_hand(report())
        finally:
            signing._prepare = honest

    return make


def slipped_in_second(change):
    """The same, while the supervisor signs."""

    def make():
        honest = signing._quiet_writer

        def writing(pdf):
            writer = honest(pdf)
            change(writer)
            return writer

        base = signed()
        signing._quiet_writer = writing
        try:
            return countersigned_by_hand() if base else b""
        finally:
            signing._quiet_writer = honest

    return make


def _page_turned(writer):
    from pyhanko.pdf_utils.generic import NumberObject, pdf_name

    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Rotate")] = NumberObject(180)
    writer.update_container(page)


def _content_replaced(writer):
    from pyhanko.pdf_utils.generic import StreamObject

    place = writer.root["/Pages"]["/Kids"][0].raw_get("/Contents")
    writer.objects[(place.generation, place.idnum)] = StreamObject(stream_data=b"BT ET")


def _for_later(writer):
    from pyhanko.pdf_utils.generic import pdf_string

    writer.add_object(pdf_string("for later"))


def _title(writer):
    from pyhanko.pdf_utils.generic import pdf_string

    writer.trailer["/Info"]["/Title"] = pdf_string("Nothing happened")
    writer.update_container(writer.trailer["/Info"])


SLIPPED = {
    "a page turned": _page_turned,
    "content replaced": _content_replaced,
    "an object for later": _for_later,
    "another title": _title,
}
TABLE = {
    "an object taken away": (taken_away, "takes an object away"),
    "an object listed twice": (twice_listed, "lists an object twice"),
    "an object between two others": (between, "belong to no object"),
    "an archive in a comment": (comment, "the table of its objects is not where"),
    "an object of another number": (other_number, "does not stand where"),
    "a hybrid table": (hybrid, "the trailer sends"),
    "a circle of tables": (circle, "the trailer sends"),
    "no way back": (no_way_back, "the trailer sends"),
    "packed objects": (packed, "the table of its objects is not where"),
}

ATTACKS = [
    attack("another report behind the honest one", decoy, "OBJECT_TABLE", numbers=True),
    attack("an object behind the report", beyond, "OBJECT_TABLE", numbers=True),
    *(
        attack(f"key holder: {name}", make, "OBJECT_TABLE", says)
        for name, (make, says) in TABLE.items()
    ),
    attack("key holder: one name said twice", said_twice, "OVERWRITE PARSE_ERROR"),
    attack("key holder: encrypted", encrypted, "OBJECT_TABLE REVISION_COUNT PARSE_ERROR OVERWRITE"),
    *(
        attack(f"key holder, signing: {name}", slipped(change), "OVERWRITE")
        for name, change in SLIPPED.items()
    ),
    *(
        attack(f"key holder, countersigning: {name}", slipped_in_second(change), "OVERWRITE")
        for name, change in SLIPPED.items()
    ),
]

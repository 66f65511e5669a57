"""The holder of the key lies: pages, data and the record no longer say the same, or hide something.

Each file is signed rightly, by a program that checks nothing. What is drawn or hidden without a
word of the pages changing is tried for a report of this version, and for one that claims another.
"""

import hashlib
import json
from functools import cache
from unittest.mock import patch

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ketachart.errors import CannotRead
from ketachart.report import signing
from tests.report import whole_reports as whole
from tests.report.attacks import attack
from tests.report.signed_reports import report

_OTHER_PULSE = {"heart_rate": 147}


@cache
def _lying():
    return whole.lying(whole.told(**_OTHER_PULSE), whole.visit())


def _by_hand(change, content=None):
    """The report after someone laid hands on it, signed by a program that looks at no file."""
    edited = whole.edited(change, content)
    try:
        return whole.by_hand(edited)
    except CannotRead:
        with patch.object(signing, "files_in", lambda _: whole.honest()):
            return whole.by_hand(edited)


def _lying_in_the_visit():
    """Pages that claim another version, and the number of their lie put into the attached visit."""
    visit = whole.honest()["visit.json"] + b"\n147\n"
    names = {**json.loads(whole.honest()["report.json"])["files"]}
    names["visit.json"] = hashlib.sha256(visit).hexdigest()
    told = whole.retold(program="KetaChart 0.0.9", files=names)
    return whole.by_hand(whole.with_files({"visit.json": visit, "report.json": told}, _lying()))


def _rows(change):
    lines = [json.loads(line) for line in whole.honest()["entries.jsonl"].decode().splitlines()]
    entries = "".join(f"{json.dumps(row)}\n" for row in change(lines)).encode()
    names = {**json.loads(whole.honest()["report.json"])["files"]}
    names["entries.jsonl"] = hashlib.sha256(entries).hexdigest()
    files = {"entries.jsonl": entries, "report.json": whole.retold(files=names)}
    return whole.by_hand(whole.with_files(files))


def _with_files(**files):
    named = {name.replace("_", "."): content for name, content in files.items()}
    return whole.by_hand(whole.with_files(named))


def _names(opened):
    return opened.Root.Names.EmbeddedFiles.Names


def _renamed(opened):
    _names(opened)[0] = String("Entries.jsonl")


def _one_more(opened):
    opened.attachments["more.json"] = pikepdf.AttachedFileSpec(opened, b"{}")


def _one_less(opened):
    del _names(opened)[:2]
    del opened.Root.AF[0]


def _twice(opened):
    second = opened.make_indirect(Dictionary(_names(opened)[1]))
    second.EF = Dictionary(F=opened.make_indirect(opened.make_stream(b"{}")))
    second.EF.UF = second.EF.F
    _names(opened).insert(0, _names(opened)[0])
    _names(opened).insert(1, second)
    opened.Root.AF.insert(0, second)


def _thousands(opened):
    held = opened.make_indirect(opened.make_stream(b"0" * 9))
    for number in range(300):
        spec = Dictionary(F=String(f"z{number:04}"), UF=String(f"z{number:04}"))
        spec.EF = Dictionary(F=held, UF=held)
        place = opened.make_indirect(spec)
        _names(opened).append(String(f"z{number:04}"))
        _names(opened).append(place)
        opened.Root.AF.append(place)


def drawn(code, page=0):
    """More on a page: a piece of its drawing language."""

    def change(opened):
        opened.pages[page].contents_add(opened.make_stream(code))

    return change


def _font(opened):
    fonts = opened.pages[0].resources["/Font"]
    return fonts[next(iter(fonts.keys()))]


def _letters(opened):
    held = _font(opened).FontDescriptor.FontFile2
    held.write(held.read_bytes() + b"\0")


def _read_otherwise(opened):
    held = _font(opened).ToUnicode
    held.write(held.read_bytes().replace(b"beginbfchar", b"beginbfchar ", 1) + b"\n% \n")


def _drawings_for_letters(opened):
    _font(opened)["/Subtype"] = Name.Type3


def _form(opened):
    face = opened.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    opened.pages[0].resources["/XObject"] = Dictionary(X=face)


def _shading(opened):
    opened.pages[0].resources["/Pattern"] = Dictionary()


def _see_through(opened):
    opened.pages[0].resources["/ExtGState"] = Dictionary(G=Dictionary(ca=0))


def _layers(opened):
    opened.Root.OCProperties = Dictionary(OCGs=Array())


def _entry(name, value):
    def change(opened):
        opened.Root[name] = value

    return change


def _page(name, value):
    def change(opened):
        opened.pages[0].obj[name] = value

    return change


def _laid(kind, **more):
    def change(opened):
        note = Dictionary(Subtype=Name(kind), Rect=[0, 0, 9, 9], **more)
        opened.pages[0].Annots = Array([opened.make_indirect(note)])

    return change


def _bookmark(opened):
    opened.Root.Outlines.First.A = Dictionary(S=Name.URI, URI="https://example.org")


def _bookmarks_without_end(opened):
    opened.Root.Outlines.First.Next = opened.Root.Outlines.First


def _scripts(opened):
    opened.Root.Names.JavaScript = Dictionary(Names=Array())


def _title(opened):
    opened.docinfo["/Title"] = "Reviewed and approved"


def _pages(change):
    return lambda opened: change(opened.pages)


def _turned_around(pages):
    pages.reverse()


def _one_page_twice(pages):
    pages.append(pages[0])


def _last_cut(pages):
    del pages[-1]


def _tree_says(opened):
    opened.Root.Pages.CropBox = Array([0, 0, 300, 300])


def _page_is_a_bomb(opened):
    """Half a page of zeros unpacks to more than the memory should hold."""
    import zlib

    held = opened.make_stream(b"")
    held.write(zlib.compress(b" " * 70_000_000, 9), filter=Name.FlateDecode)
    opened.pages[0].Contents = held


def _packed_twice(opened):
    import zlib

    held = opened.make_stream(b"")
    twice = zlib.compress(zlib.compress(b" " * 70_000_000, 9))
    held.write(twice, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    opened.pages[0].Contents = held


JS = Dictionary(S=Name.JavaScript, JS="app.alert(1)")

DRAWN = {
    "white sheet": drawn(b"q 1 g 40 40 300 300 re f Q"),
    "words without ink": drawn(b"q BT 3 Tr ET Q"),
    "white words": drawn(b"q BT 1 g /F1 8 Tf 72 72 Td ET Q"),
    "tiny words": drawn(b"q BT /F1 0.01 Tf 72 72 Td ET Q"),
    "words beside the page": drawn(b"q BT /F1 8 Tf 9000 9000 Td ET Q"),
    "words clipped away": drawn(b"q 0 0 0 0 re W n Q"),
    "other letters": _letters,
    "letters read as others": _read_otherwise,
    "title": _title,
    "a page that is packed to burst": _page_is_a_bomb,
    "a page packed twice": _packed_twice,
}
REFUSED_UNDRAWN = {
    "a form within the page": _form,
    "a pattern": _shading,
    "see-through ink": _see_through,
    "drawings for letters": _drawings_for_letters,
    "layers": _layers,
    "a program at opening": _entry("/OpenAction", JS),
    "a program at closing": _entry("/AA", Dictionary(WC=JS)),
    "an address": _entry("/URI", Dictionary(Base="https://example.org")),
    "a portfolio": _entry("/Collection", Dictionary()),
    "threads": _entry("/Threads", Array()),
    "a security store": _entry("/DSS", Dictionary()),
    "a page with a program": _page("/AA", Dictionary(O=JS)),
    "a page cropped": _page("/CropBox", Array([0, 0, 300, 300])),
    "a page with other units": _page("/UserUnit", 9),
    "a link that runs a program": _laid("/Link", A=JS),
    "a link that launches": _laid("/Link", A=Dictionary(S=Name.Launch, F="calc.exe")),
    "a link to another file": _laid("/Link", A=Dictionary(S=Name.GoToR, F="other.pdf")),
    "a line drawn by a link": _laid("/Link", Border=Array([0, 0, 9])),
    "rich media": _laid("/RichMedia"),
    "a three-dimensional thing": _laid("/3D"),
    "a note": _laid("/FreeText", Contents="0 mg"),
    "a bookmark that acts": _bookmark,
    "scripts by name": _scripts,
    "a tree that crops its pages": _tree_says,
    "bookmarks without end": _bookmarks_without_end,
}
PAGES = {
    "pages in another order": _pages(_turned_around),
    "a page twice": _pages(_one_page_twice),
    "a page left out": _pages(_last_cut),
}
FILES = {
    "an entry altered": (lambda: _rows(lambda rows: [*rows[:-1], {**rows[-1], "author": "x"}]), ""),
    "a word beside an entry": (
        lambda: _rows(lambda rows: [{**rows[0], "x": 1}, *rows[1:]]),
        "Line",
    ),
    "an entry left out": (lambda: _rows(lambda rows: [*rows[:4], *rows[5:]]), "entry"),
    "the last entry cut off": (lambda: _rows(lambda rows: rows[:-1]), "does not end"),
    "entries in another order": (lambda: _rows(lambda rows: rows[::-1]), ""),
    "entries edited alone": (
        lambda: _with_files(entries_jsonl=whole.honest()["entries.jsonl"] + b"\n"),
        "not the one",
    ),
    "the visit edited alone": (lambda: _with_files(visit_json=b"{}"), "not the one"),
    "another number": (lambda: _with_files(report_json=whole.retold(number="1")), "says number"),
    "another version": (lambda: _with_files(report_json=whole.retold(version=2)), "says version"),
    "another visit": (lambda: _with_files(report_json=whole.retold(visit="x")), "says visit"),
    "another last hash": (lambda: _with_files(report_json=whole.retold(head="0" * 64)), "end"),
    "a file renamed": (lambda: _by_hand(_renamed), "attached"),
    "a file added": (lambda: _by_hand(_one_more), "attached"),
    "a file taken away": (lambda: _by_hand(_one_less), "attached"),
    "two files of one name": (lambda: _by_hand(_twice), "attached"),
    "hundreds of files": (lambda: _by_hand(_thousands), "attached"),
}


def _unsealed(change):
    """The signature says something else of the data, or nothing."""

    def make():
        with patch.object(signing, "seal_of", change):
            return whole.by_hand(whole.printed())

    return make


def _sealed():
    return {"/KETA_Head": "0" * 64, "/KETA_Digest": "0" * 64}


def _recomputed():
    """The record made anew as a whole, pages with it: nothing in the file contradicts it."""
    from ketachart.report import pdf

    return whole.by_hand(pdf.render(whole.told(**_OTHER_PULSE), now=whole.LATER).content)


def _other_program():
    """Pages of this version that claim to be of another: compared number by number only."""
    return whole.by_hand(whole.older())


_DATA = "DATA_DIGEST DATA_HEAD DATA_OTHER DATA_UNREADABLE AUDIT_CHAIN ATTACHMENTS"

ALIKE = {
    "an entry left out",
    "entries in another order",
    "the visit edited alone",
    "another version",
    "another visit",
    "a file renamed",
    "a file added",
    "two files of one name",
}
"""Tried by test_verify_data as well."""

ON_WHOLE = ("a bookmark that acts", "bookmarks without end", "scripts by name")
"""The small report has no bookmarks and no files."""

ATTACKS = [
    attack("lie: pages of another record", lambda: whole.by_hand(_lying()), "PAGE_NUMBERS", "147",
           numbers=True),
    *(attack(f"lie: {name}", lambda c=c: _by_hand(c), "PAGE_NUMBERS", "page", numbers=True,
             long=True) for name, c in PAGES.items()),
    *(attack(f"data: {name}", make, _DATA, says, long=name in ALIKE)
      for name, (make, says) in FILES.items()),
    attack("data: the signature names none", _unsealed(lambda _: {}), "DATA_DIGEST"),
    attack("data: the signature names another", _unsealed(lambda _: _sealed()), "DATA_DIGEST"),
    *(attack(f"hidden: {name}", lambda c=c: _by_hand(c), "PAGE_DRAWN PAGE_NUMBERS TOO_BIG",
             numbers=True, long=name != "tiny words")
      for name, c in DRAWN.items()),
    *(attack(f"holds: {name}",
             lambda c=c, name=name: _by_hand(c, None if name in ON_WHOLE else report()),
             "BANNED_FEATURE ANNOTATION PARSE_ERROR ATTACHMENTS", "")
      for name, c in REFUSED_UNDRAWN.items()),
    *(attack(f"claims another version: {name}", lambda c=c: _by_hand(c, whole.older()),
             "PAGE_DRAWN PAGE_NUMBERS TOO_BIG BANNED_FEATURE", numbers=True,
             long=name != "words without ink")
      for name, c in {**DRAWN, **REFUSED_UNDRAWN}.items()
      if name in ("words without ink", "a form within the page", "drawings for letters",
                  "a page that is packed to burst")),
    attack("claims another version: a lie that the attached visit repeats", _lying_in_the_visit,
           "PAGE_NUMBERS", numbers=True),
    attack("a record made up as a whole", _recomputed, "", numbers=True, long=True),
    attack("claims another version: nothing else", _other_program, "", numbers=True, long=True),
]  # fmt: skip

"""The report for whom it is read out: what each part of the pages is, in the order of reading."""

import ctypes
import re
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from ketachart.domain import facts as f
from ketachart.report.alternatives import timeline_words
from ketachart.report.document import document_of
from ketachart.report.opening import opened
from ketachart.report.sections.pieces import Divider, Table
from ketachart.report.sheet import Mark, Words
from ketachart.report.tags import Node, tree_of
from tests.report.charted_visits import (
    LONG_NOTE,
    charted,
    crowded,
    printed,
    rendered,
    signed,
    wordy,
)
from tests.report.signed_reports import ask
from tests.report.test_pdf import laid_out

TYPICAL = "late_and_corrected"


@cache
def words_of_marks(content):
    """The words of each marked stretch, by page and number, as the pages' own reader finds them."""
    found = {}
    with opened(content) as document:
        for page in range(len(document)):
            sheet = document[page]
            text = sheet.get_textpage()
            for one in sheet.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
                mark = raw.FPDFPageObj_GetMarkedContentID(one.raw)
                long = raw.FPDFTextObj_GetText(one.raw, text.raw, None, 0)
                letters = (ctypes.c_ushort * (long // 2))()
                raw.FPDFTextObj_GetText(one.raw, text.raw, letters, long)
                said = bytes(letters).decode("utf-16-le").rstrip("\0")
                found[page, mark] = found.get((page, mark), "") + said
            text.close()
            sheet.close()
    return found


@cache
def read(content):
    """The tree in the order of reading: “TH”, “P”, …, each with the words inside it."""
    words = words_of_marks(content)
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def visit(one):
            found.append((str(one.S)[1:], ""))
            for kid in kids_of(one):
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    visit(kid)
                    continue
                whole = isinstance(kid, pikepdf.Dictionary)
                page, mark = (kid.Pg, int(kid.MCID)) if whole else (one.Pg, kid)
                kind, text = found[-1]
                found[-1] = (kind, text + words.get((pages[page.objgen], mark), ""))

        visit(pdf.Root.StructTreeRoot.K)
    return [(kind, text.strip()) for kind, text in found]


def kids_of(one):
    """What is inside a part: parts, numbers of stretches, stretches on another page."""
    kids = one.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def kinds(content):
    return [kind for kind, _ in read(content)]


def elements(pdf):
    """Every part of a file's tree."""
    left = [pdf.Root.StructTreeRoot.K]
    while left:
        one = left.pop()
        yield one
        left += [kid for kid in kids_of(one) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


# ------------------------------------------------------------------ the tree as others read it


def test_the_headings_are_those_of_the_bookmarks():
    content = rendered(TYPICAL).content
    heads = [words for kind, words in read(content) if kind in ("H1", "H2")]
    document = pypdfium2.PdfDocument(content)
    marks = [item.get_title() for item in document.get_toc()]
    document.close()
    assert heads[0] == "Ketamine infusion record"
    assert kinds(content).count("H1") == 1
    assert heads[-len(marks) + 1 :] == marks[1:]  # behind page one, which is the summary


def test_another_reader_finds_the_same_tree(tmp_path):
    content = rendered(TYPICAL).content
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    lines = ask("pdfinfo", "-struct", file).splitlines()
    theirs = [line.split()[0].rstrip(":") for line in lines if re.match(r" *[A-Z]", line)]
    assert theirs == kinds(content)


def test_every_table_has_header_cells_and_every_row_its_cells():
    visit, now = charted(TYPICAL)
    tables = [
        part
        for part in document_of(visit, now=now).sections
        if isinstance(part, Table) and part.rows
    ]
    rows = sum(len(table.rows) for table in tables)
    found = kinds(rendered(TYPICAL).content)
    assert found.count("Table") >= len(tables) + 3  # two on page one, and the flags
    assert found.count("TR") > rows
    for place, kind in enumerate(found):
        if kind == "Table":
            assert found[place + 1 : place + 3] == ["TR", "TH"]


def test_a_header_cell_says_what_it_is_the_header_of():
    with pikepdf.open(BytesIO(rendered(TYPICAL).content)) as pdf:
        heads = [one for one in elements(pdf) if one.S == "/TH"]
        assert heads
        assert all(one.A.O == "/Table" and one.A.Scope in ("/Column", "/Row") for one in heads)
        dividers = [one for one in heads if "/ColSpan" in one.A]
        assert all(one.A.Scope == "/Row" for one in dividers)


def test_a_table_over_many_pages_is_one_table_with_one_row_of_headers():
    """Its head on the next page is for the eye; so is “continued”, and the head of each page."""
    found = read(printed(crowded).content)
    words = [text for _, text in found]
    assert sum(text == "Vitals" for text in words) == 1
    assert not [text for text in words if "continued" in text]
    assert not [text for text in words if re.search(r"page \d+ of \d+", text)]
    assert not [text for text in words if "UNSIGNED" in text]
    visit = crowded()
    vitals = next(
        part
        for part in document_of(visit, now=visit.entries[-1].recorded_at).sections
        if isinstance(part, Table) and part.heading == "Vitals"
    )
    start = words.index("Vitals")
    end = next(n for n in range(start + 1, len(found)) if found[n][0] == "H2")
    inside = [kind for kind, _ in found[start:end]]
    dividers = sum(isinstance(row, Divider) for row in vitals.rows)
    assert inside.count("Table") == 1
    assert inside.count("TR") == 1 + len(vitals.rows)
    assert inside.count("TH") == len(vitals.columns) + dividers


def test_every_drawing_is_told_in_words():
    with pikepdf.open(BytesIO(signed().report.content)) as pdf:
        told = [str(one.Alt) for one in elements(pdf) if one.S == "/Figure"]
        assert len(told) == sum(one.S == "/Figure" for one in elements(pdf))
    timeline = next(words for words in told if words.startswith("Timeline from"))
    assert "lowest" in timeline
    assert "mmHg" in timeline
    assert any(words.startswith("Signature in ink, patient") for words in told)
    assert "met:" in told


def test_the_words_of_the_timeline_are_the_furthest_readings_of_the_visit():
    visit, now = charted(TYPICAL)
    taken = [entry.fact.systolic for entry in visit.of(f.VitalsTaken) if entry.fact.systolic]
    said = timeline_words(document_of(visit, now=now).timeline)
    assert re.search(rf"lowest {min(taken)}/\d+ mmHg", said)
    assert re.search(rf"highest {max(taken)}/\d+ mmHg", said)


# ------------------------------------------------------------------ how it is made


@pytest.mark.parametrize("content", [lambda: rendered(TYPICAL), lambda: printed(crowded)])
def test_every_stretch_of_a_page_has_one_owner_and_says_so(content):
    """The marks in a page, the parts that name them, and the way back agree one to one."""
    with pikepdf.open(BytesIO(content().content)) as pdf:
        owners = {}
        for one in elements(pdf):
            for kid in kids_of(one):
                if isinstance(kid, int):
                    owners[(one.Pg.objgen, kid)] = one.objgen
                elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                    owners[(kid.Pg.objgen, int(kid.MCID))] = one.objgen
        back = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page in enumerate(pdf.pages):
            text = page.Contents.read_bytes()
            marked = [int(found) for found in re.findall(rb"/MCID (\d+)>> BDC", text)]
            listed = [one.objgen for one in back[2 * number + 1]]
            assert marked == list(range(len(listed)))
            assert listed == [owners[(page.objgen, mark)] for mark in marked]
            assert text.count(b"BDC") + text.count(b"BMC") == text.count(b"EMC")


def test_all_words_of_a_page_but_its_head_and_foot_belong_to_a_part():
    laid = laid_out(charted(TYPICAL)[0])
    for sheet in laid.sheets[1:]:
        node, loose = None, []
        for op in sheet.ops:
            if isinstance(op, Mark):
                node = op.node
            elif isinstance(op, Words) and node is None:
                loose.append(op)
        body = [op.text for op in loose if 85 < op.y < sheet.paper.foot and not op.angle]
        again = [text for text in body if "continued" not in text]
        assert len(again) <= 20, again  # the headings and heads of tables that go on


def test_what_was_never_drawn_is_left_out_but_for_empty_cells():
    document = Node("Document")
    shown, _hidden = document.add("P"), document.add("P")
    row = document.add("Table").add("TR")
    filled, _empty = row.add("TD"), row.add("TD", across=2)
    file = (
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 5 /Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )
    update = tree_of(document, [[shown, filled]], pages=[3], drawn=file)
    text = update.written.decode()
    assert text.count("/S/P/") == 1
    assert text.count("/S/TD/") == 2
    assert "/ColSpan 2" in text
    assert "/Prev 9 /Root 1 0 R" in text
    assert f"{update.root} 0 obj\n<</Type/StructTreeRoot" in text


def test_a_row_that_is_longer_than_a_page_stays_one_row():
    visit = wordy()
    tables = {
        part.heading: part
        for part in document_of(visit, now=visit.entries[-1].recorded_at).sections
        if isinstance(part, Table)
    }
    found = read(printed(wordy).content)
    start = found.index(("H2", "Events and medicines"))
    end = next(n for n in range(start + 1, len(found)) if found[n][0] == "H2")
    inside = found[start:end]
    assert [kind for kind, _ in inside].count("TR") == 1 + len(tables["Events and medicines"].rows)
    assert max(len("".join(text.split())) for _, text in inside) > 60 * len(
        "".join(LONG_NOTE.split())
    )

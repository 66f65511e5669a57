"""How rows are set: broken into lines without losing a word, shared out over columns and pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketachart.report import fonts
from ketachart.report.flow import Flow
from ketachart.report.passages import set_section
from ketachart.report.rows import LEAD, PAD, broken, frame_of, measure, share
from ketachart.report.sections.pieces import Column, Divider, Passage, Row, Run, Table, plain
from ketachart.report.sheet import Sheet, Words
from ketachart.report.styles import PAPERS, TABLE
from ketachart.report.tables import height_of, set_table
from ketachart.report.wrap import lines_of, looks

PAPER = PAPERS["letter"]
LETTERS = st.text(st.sampled_from("abcdefghij −≥.,-/W"), min_size=1, max_size=400)


def flow():
    return Flow(PAPER, lambda: (Sheet(PAPER), 100.0), first=2)


def table(count, *, words="something that happened", across=1, **values):
    return Table(
        code="t",
        heading="Things",
        says="in order",
        columns=(Column("time", 30), Column("what")),
        rows=tuple(
            Row(cells=(plain(f"{n:02d}:00"), plain(f"{words} {n}")), entry=f"e{n}")
            for n in range(count)
        ),
        across=across,
        **values,
    )


def words_on(sheet):
    return [op.text for op in sheet.ops if isinstance(op, Words)]


# ------------------------------------------------------------------ breaking lines


@settings(max_examples=60, deadline=None)
@given(text=LETTERS, width=st.integers(30, 300))
def test_no_letter_is_lost_and_no_line_is_too_wide(text, width):
    lines = lines_of((Run(text),), looks(TABLE), width, field="note")
    said = "".join(piece.text for line in lines for piece in line.pieces)
    assert "".join(said.split()) == "".join(text.split())
    assert all(line.width <= width + 0.01 for line in lines)
    for line in lines:
        for piece in line.pieces:
            drawn = fonts.width(piece.text, piece.style.size, piece.style.weight)
            assert drawn == pytest.approx(piece.width, abs=0.01)


def test_a_line_break_of_the_writer_is_kept():
    lines = lines_of((Run("one\ntwo  three\n\nfour"),), looks(TABLE), 300, field="note")
    assert [" ".join(p.text for p in line.pieces) for line in lines] == [
        "one", "two three", "", "four",
    ]  # fmt: skip


def test_words_that_belong_together_are_not_parted():
    lines = lines_of((Run("oriented ×\u00a04 today"),), looks(TABLE), 62, field="note")
    first = " ".join(piece.text for piece in lines[0].pieces)
    assert first.endswith("×\u00a04") or first == "oriented"


# ------------------------------------------------------------------ sharing out


@pytest.mark.parametrize("count", [1, 2, 40, 55, 56, 57, 58, 130])
def test_every_row_is_set_once_and_in_order(count):
    pages = flow()
    set_table(pages, table(count))
    times = [text for sheet in pages.sheets for text in words_on(sheet) if text.endswith(":00")]
    assert times == [f"{n:02d}:00" for n in range(count)]
    assert list(pages.places) == [f"e{n}" for n in range(count)]


@pytest.mark.parametrize("count", [2, 7, 80, 111, 240])
def test_a_table_beside_itself_is_read_down_one_side_and_then_the_other(count):
    pages = flow()
    set_table(pages, table(count, across=2))
    times = [text for sheet in pages.sheets for text in words_on(sheet) if text.endswith(":00")]
    assert times == [f"{n:02d}:00" for n in range(count)]


@pytest.mark.parametrize("count", range(50, 62))
def test_no_page_holds_one_row_of_a_long_table(count):
    pages = flow()
    set_table(pages, table(count))
    for sheet in pages.sheets:
        assert sum(text.endswith(":00") for text in words_on(sheet)) >= 3


def test_the_columns_of_a_table_beside_itself_are_even():
    pages = flow()
    set_table(pages, table(20, across=2))
    rights = [op for op in pages.sheet.ops if isinstance(op, Words) and op.text.endswith(":00")]
    assert sum(op.x < PAPER.width / 2 for op in rights) == 10


def test_a_heading_is_never_parted_from_its_first_rows():
    for start in range(600, 745, 5):
        pages = flow()
        pages.y = float(start)
        set_table(pages, table(60))
        for sheet in pages.sheets:
            words = words_on(sheet)
            if any(text.startswith("Things") for text in words):
                assert sum(text.endswith(":00") for text in words) >= 2


def test_a_small_table_is_not_split():
    pages = flow()
    pages.y = PAPER.bottom - 80
    set_table(pages, table(7))
    assert len(pages.sheets) == 2
    assert words_on(pages.sheets[0]) == []


@pytest.mark.parametrize("start", range(100, 150, 4))
def test_a_divider_never_ends_a_page(start):
    rows = []
    for n in range(150):
        if n % 3 == 0:
            rows.append(Divider(f"part {n}"))
        rows.append(Row(cells=(plain(f"{n}:00"), plain("x")), entry=f"e{n}"))
    columns = (Column("a", 30), Column("b"))
    pages = flow()
    pages.y = float(start)
    set_table(pages, Table(code="t", heading="T", columns=columns, rows=tuple(rows)))
    for sheet in pages.sheets[:-1]:
        body = [text for text in words_on(sheet) if not text.startswith("continued")]
        assert not body[-1].startswith("part")


def test_a_row_that_is_higher_than_a_page_is_cut_into_pages():
    pages = flow()
    words = " ".join(f"word{n}" for n in range(4000))
    set_table(pages, table(1, words=words))
    assert len(pages.sheets) >= 3
    said = " ".join(" ".join(words_on(sheet)) for sheet in pages.sheets)
    assert all(f"word{n}" in said for n in range(0, 4000, 37))
    assert list(pages.places) == ["e0"]
    assert pages.places["e0"][0] == 2


def test_a_closing_stands_with_its_table():
    pages = flow()
    closing = plain("It closes.")
    set_table(pages, table(3, closing=closing))
    assert "It closes." in words_on(pages.sheet)


def test_a_table_without_rows_says_so():
    pages = flow()
    set_table(pages, table(0, empty="Nothing was corrected."))
    assert "Nothing was corrected." in words_on(pages.sheet)


def test_the_height_of_a_table_is_what_it_takes():
    for across in (1, 2):
        pages = flow()
        made = table(21, across=across)
        high = height_of(pages, made)
        set_table(pages, made)
        assert pages.y - 100 == pytest.approx(high, abs=1.0)


def test_rows_are_as_high_as_their_longest_cell():
    made = table(1, words="word " * 200)
    frame = frame_of(made.columns, PAPER.left, PAPER.right)
    (row,) = measure(made, broken(made, frame), 600)
    assert row.height == pytest.approx(len(row.cells[1]) * LEAD + 2 * PAD)
    assert share([row], 1, 600, closing=0) == [[row]]


def test_a_passage_is_not_split():
    pages = flow()
    pages.y = PAPER.bottom - 40
    set_section(pages, Passage(code="p", heading="P", paragraphs=(plain("word " * 200),)))
    assert len(pages.sheets) == 2
    assert words_on(pages.sheets[0]) == []

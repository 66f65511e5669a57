"""Small tables stand side by side, passages stay together, and page one counts what it leaves."""

from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.infusion import last_moment
from ketachart.errors import CannotPrint
from ketachart.report import fonts, pdf
from ketachart.report.document import document_of
from ketachart.report.flow import Flow
from ketachart.report.frame import allergy_lines
from ketachart.report.passages import set_sections
from ketachart.report.sections.pieces import Column, Passage, Row, Table, plain
from ketachart.report.sheet import Sheet, Words
from ketachart.report.styles import PAPERS, TABLE
from ketachart.report.text import extract
from ketachart.report.wrap import looks
from tests.helpers.story import Story
from tests.report.charted_visits import changed, charted, more, render

PAPER = PAPERS["letter"]


@pytest.fixture(autouse=True)
def _letters():
    fonts.load()


def flow():
    return Flow(PAPER, lambda: (Sheet(PAPER), 100.0), first=2)


def half(name, count):
    rows = tuple(
        Row(cells=(plain(f"{n}:00"), plain(f"{name} {n}")), entry=f"{name}{n}")
        for n in range(count)
    )
    columns = (Column("time", 30), Column("what"))
    return Table(code=name, heading=name, columns=columns, rows=rows, half=True)


def places(sheet, name):
    return [op for op in sheet.ops if isinstance(op, Words) and op.text.startswith(name)]


def test_two_halves_stand_beside_each_other_and_the_longer_one_counts():
    pages = flow()
    set_sections(pages, (half("left", 5), half("right", 9)))
    left, right = places(pages.sheet, "left")[0], places(pages.sheet, "right")[0]
    assert left.y == right.y
    assert left.x < PAPER.width / 2 < right.x
    assert pages.y > places(pages.sheet, "right 8")[0].y
    assert pages.paper is PAPER is pages.sheet.paper
    assert pages.sections["left"] == pages.sections["right"] == (2, 100.0)
    assert pages.places["right8"][1].left > PAPER.width / 2


@pytest.mark.parametrize("count", [44, 60])  # of rows; a page takes 47 below a heading
def test_halves_that_are_too_long_for_a_page_follow_one_another(count):
    pages = flow()
    set_sections(pages, (half("left", 3), half("right", count)))
    beside = places(pages.sheets[0], "left")[0].y == places(pages.sheets[0], "right")[0].y
    assert beside is (count == 44)
    whole = {name for name in pages.places if name.startswith("right")}
    assert len(whole) == count


def test_a_half_alone_takes_the_whole_width():
    pages = flow()
    set_sections(pages, (half("left", 3),))
    assert pages.places["left0"][1].right == PAPER.right


@pytest.mark.parametrize(("room", "pages_needed"), [(200, 1), (60, 2)])
def test_passages_that_follow_one_another_stay_on_one_page(room, pages_needed):
    pages = flow()
    pages.y = PAPER.bottom - room
    both = [Passage(code=c, heading=c, paragraphs=(plain("word " * 40),)) for c in ("one", "two")]
    set_sections(pages, both)
    assert len(pages.sheets) == pages_needed
    assert pages.sections["one"][0] == pages.sections["two"][0]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["late_and_corrected", "screening_refuses"])
def test_a_usual_visit_takes_no_more_than_nine_pages(name, paper):
    visit, now = charted(name)
    assert len(pdf.lay_out(document_of(visit, now=now), paper).sheets) <= 9


# ------------------------------------------------------------------ what does not fit is counted


@pytest.mark.parametrize(("count", "ending"), [(1, "0"), (6, "5"), (30, "visit stands on”")])
def test_allergies_end_whole_or_with_how_many_more_there_are(count, ending):
    visit = Story().patient().visit()
    allergies = tuple(f.Allergy(substance=f"substance {n}", reaction="hives") for n in range(count))
    head = document_of(
        changed(visit, f.PatientRecorded, allergies=allergies), now=last_moment(visit)
    ).head
    lines = allergy_lines(head, looks(TABLE), 250, most=4)
    said = " ".join(piece.text for line in lines for piece in line.pieces)
    assert len(lines) <= 4
    shown = said.count("ubstance ")
    assert said.endswith(ending) or shown == count
    if shown < count:
        assert f"AND {count - shown} MORE" in said


def test_the_worst_side_effect_is_told_first_and_the_rest_counted():
    visit, _ = charted("quiet_hour")
    start = visit.of(f.InfusionStarted)[0].at
    told = [
        f.EffectNoted(at=start + timedelta(minutes=n), effect=code, grade=grade)
        for n, (code, grade) in enumerate((("floating", 1), ("nausea", 3), ("dizziness", 2)))
    ]
    rows = document_of(more(visit, *told), now=last_moment(visit)).front.effects
    assert [row.effect[-1] for row in rows[:3]] == ["3", "2", "1"]


def test_the_paper_says_what_was_so_when_it_was_printed():
    visit, now = charted("quiet_hour")
    document = document_of(visit, now=now)
    assert "open when printed" in document.head.review
    supervisor = document.front.signatures[-1]
    assert "when this was printed" in supervisor.instead
    assert not supervisor.name
    strip = document.front.strip
    assert strip.figures[0][1] == "written within 5 min"
    assert strip.remark == "no sleep, no restart, laptop clock never set"


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("family", "given"),
    [("Nguyễn", "Thị Hường"), ("Núñez de Ávila", "María José"), ("O’Brien-Łukasz", "Zoë")],
)
def test_names_of_many_languages_are_printed_as_they_are_written(family, given):
    visit = Story().patient().visit()
    named = changed(visit, f.PatientRecorded, family_name=family, given_name=given)
    assert named.patient.listed_name in extract(render(named).content)


@pytest.mark.parametrize(("name", "letter"), [("محمد", "م"), ("李", "李"), ("Rivera 🙂", "🙂")])
def test_an_older_chart_with_a_name_that_cannot_be_printed_names_the_field(name, letter):
    visit = Story().patient().visit()
    named = changed(visit, f.PatientRecorded, family_name=name)
    with pytest.raises(CannotPrint) as refused:
        render(named)
    assert refused.value.character == letter
    assert "patient" in refused.value.field
    assert refused.value.field in str(refused.value)


def test_a_name_of_sixty_letters_is_signed_whole():
    visit, _ = charted("quiet_hour")
    name = "Julia Maria Alejandra Alvarez de la Fuente y Castellanos-Ruiz"
    named = changed(visit, f.NurseRecorded, name=name, credential="MSN, APRN, FNP-C, CCRN")
    sheet = pdf.lay_out(document_of(named, now=last_moment(named)), "letter").sheets[0]
    said = " ".join(op.text for op in sheet.ops if isinstance(op, Words))
    assert f"{name}, MSN, APRN, FNP-C, CCRN, AZ 184220" in said

"""The timeline on paper: every part as a vector, every word selectable, every shape told apart."""

import io
import re
from itertools import combinations
from typing import get_args

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ketachart.domain import facts as f
from ketachart.errors import CannotPrint
from ketachart.report import fonts, plot
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.scene import Scene, build, pages
from ketachart.timeline.scene_parts import (
    Box,
    Layers,
    Lines,
    Marks,
    Poly,
    Rect,
    Shape,
    Text,
)
from tests.helpers.stories import STORIES
from tests.timeline.test_lanes import told
from tests.timeline.told import PAPER, drawn

FRAME, TOP = (536, 640), 732


def blank_page(out):
    fonts.load()
    letters = fonts.FACES["regular"]
    return Canvas(out, pagesize=(612, 792), invariant=1, pageCompression=0, initialFontName=letters)


def page_of(scene, *, x=38, y=TOP):
    """A page of US Letter with a scene on it, as the bytes of a file."""
    out = io.BytesIO()
    canvas = blank_page(out)
    plot.draw(canvas, scene, x, y)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def of_parts(*parts):
    """A scene of a few parts."""
    whole = build(drawn("quiet_hour"), FRAME, PAPER)
    return Scene(
        width=100, height=100, parts=parts, clock=Layers(), places=(),
        columns=whole.columns, lanes=whole.lanes, manner=PAPER,
    )  # fmt: skip


def grey(content, *, scale=4.0):
    """The page in greys, as a picture."""
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0]
        picture = page.render(scale=scale, grayscale=True).to_pil()
        page.close()
    return picture


def words_of(content):
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded()
        text_page.close()
        page.close()
    return text


def mark(shape, *, x=50, y=50, size=20):
    return Marks(shape=shape, points=((x, y),), size=size, colour="text", width=1)


@pytest.mark.parametrize("name", STORIES)
def test_every_word_of_a_story_can_be_selected(name):
    scene = build(pages(drawn(name), PAPER)[0], FRAME, PAPER)
    text = " ".join(words_of(page_of(scene)).split())
    said = [part.text for part in scene.all if isinstance(part, Text)]
    assert len(said) > 60
    assert [words for words in said if words not in text] == []


def test_a_story_is_drawn_in_vectors_and_in_the_shipped_letters():
    content = page_of(build(drawn("paused_for_nausea"), FRAME, PAPER))
    assert not re.search(rb"/Subtype\s*/Image", content)
    assert b"IBMPlexSans" in content
    assert b"Helvetica" not in content


@pytest.mark.parametrize(
    ("part", "operators"),
    [
        (Rect(box=Box(10, 10, 20, 30), fill="grid"), rb"10 70 10 20 re f\*?"),
        (Rect(box=Box(10, 10, 20, 30), line="text", width=1), rb"10 70 10 20 re S"),
        (Rect(box=Box(10, 10, 20, 30), fill="grid", radius=2), rb"l( \S+){6} c h f"),
        (Lines(ends=((1, 2, 3, 4),), colour="text", width=1), rb"\n1 98 m 3 96 l S"),
        (Lines(ends=((1, 2, 3, 4),), colour="text", width=1, dash=(3, 2)), rb"\[3 2\] 0 d"),
        (Poly(points=((1, 2), (3, 4), (5, 2)), line="text", width=1), rb"1 98 m 3 96 l 5 98 l\s+S"),
        (Poly(points=((1, 2), (3, 4), (5, 2)), fill="text"), rb"1 98 m 3 96 l 5 98 l h\s+f"),
        (
            Text(
                x=5, y=20, text="mmHg", size=8, weight=400, colour="text", anchor="start",
                box=Box(5, 14, 30, 22),
            ),
            rb"BT 5 80 Td",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_part_is_drawn_where_it_says(part, operators):
    stream = page_of(of_parts(part), x=0, y=100)
    assert re.search(operators, stream), stream[stream.find(b"stream") :][:600]


def test_a_dash_does_not_reach_the_next_part():
    dashed = Lines(ends=((1, 2, 3, 4),), colour="text", width=1, dash=(3, 2))
    stream = page_of(of_parts(dashed, Lines(ends=((5, 6, 7, 8),), colour="text", width=1)))
    assert stream.index(b"[] 0 d") > stream.index(b"[3 2] 0 d")


def test_every_shape_is_told_from_every_other_in_grey():
    pictures = {}
    for shape in get_args(Shape):
        picture = grey(page_of(of_parts(mark(shape)), x=0, y=100), scale=2.0)
        pictures[shape] = picture.crop((40, 1384 - 0, 160, 1584)).tobytes()
    blank = grey(page_of(of_parts(), x=0, y=100), scale=2.0).crop((40, 1384, 160, 1584)).tobytes()
    assert all(picture != blank for picture in pictures.values())

    def apart(one, other):
        return sum(a != b for a, b in zip(one, other, strict=True))

    alike = [
        (one, other)
        for one, other in combinations(pictures, 2)
        if apart(pictures[one], pictures[other]) < 60
    ]
    assert alike == []


def test_a_mark_stands_on_its_point():
    picture = grey(page_of(of_parts(mark("dot", x=50, y=30, size=6)), x=0, y=100), scale=1.0)
    assert picture.getpixel((50, 792 - 70)) < 60
    assert picture.getpixel((50, 792 - 70 + 8)) > 250


def test_the_canvas_is_left_as_it_was():
    canvas = blank_page(io.BytesIO())
    before = canvas._fillColorObj, canvas._strokeColorObj, canvas._fontname, canvas._lineWidth
    plot.draw(canvas, build(drawn("quiet_hour"), FRAME, PAPER), 38, TOP)
    after = canvas._fillColorObj, canvas._strokeColorObj, canvas._fontname, canvas._lineWidth
    assert after == before
    assert canvas._code.count("q") == canvas._code.count("Q")


def test_the_same_timeline_gives_the_same_bytes():
    scenes = [build(drawn("paused_for_nausea"), FRAME, PAPER) for _ in range(2)]
    assert page_of(scenes[0]) == page_of(scenes[1])


def test_a_letter_that_the_paper_lacks_stops_it_and_is_named():
    story = told().effect(2, "心悸", 1)
    timeline = timeline_of(story.visit(), story.at(10))
    with pytest.raises(CannotPrint, match="心"):
        build(timeline, FRAME, PAPER)


def test_a_place_of_the_scene_is_found_on_the_page():
    assert plot.place_on_page(Box(10, 20, 30, 50), 38, 700) == (48, 650, 68, 680)


def test_both_papers_are_as_wide_as_their_frame():
    assert (plot.manner("letter").sizes.page, plot.manner("a4").sizes.page) == (536, 519)


def test_no_red_is_needed_to_read_it():
    """Red marks lines only, never a word: in grey it prints lighter than black."""
    scene = build(drawn("pressure_climbs"), FRAME, PAPER)
    inks = {plot.INKS[part.colour] for part in scene.all if isinstance(part, Text)}
    assert plot.INKS["danger_line"] not in inks
    dashed = [p for p in scene.all if isinstance(p, Lines) and p.colour == "danger_line"]
    assert dashed
    assert all(line.dash for line in dashed)


def test_an_open_visit_prints_its_moment():
    story = told().start_pump(0, "8.6").full(10)
    story.tell(f.NoteWritten(at=story.at(11), text="so far"))
    scene = build(timeline_of(story.visit(), story.at(12)), FRAME, PAPER)
    assert "12:12" in words_of(page_of(scene))


def test_all_weights_of_the_scene_have_a_font():
    weights = {part.weight for part in build(drawn("quiet_hour"), FRAME, PAPER).all
               if isinstance(part, Text)}  # fmt: skip
    assert {fonts.FACES[plot.WEIGHTS[weight]] for weight in weights}

"""What one set more costs the drawing of a long visit: that set, wherever it is looked at."""

from unittest.mock import patch

from ketachart.timeline import draw_dots, draw_pressure, lanes, series
from ketachart.timeline.kept import Kept
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.rows import line_row, marks_row
from ketachart.timeline.scene import Building
from ketachart.timeline.scene_parts import Box
from tests.helpers.story import Story
from tests.timeline.told import SCREEN

SIZE = (790.0, 358.0)
SET = {"systolic": 124, "diastolic": 76, "heart_rate": 71, "spo2": 97, "pain": 2}


def watched(module, name, done):
    work = getattr(module, name)
    return patch.object(module, name, lambda *how: done.append(name) or work(*how))


def test_a_set_more_is_told_and_placed_alone():
    story = Story().patient().order().start_pump(0, "8.6")
    for minute in range(1, 30):
        story.vitals(minute, **SET)
    kept, now, visit = Kept(), story.at(31), story.visit()
    Building(timeline_of(visit, now), SIZE, SCREEN, kept).scene()
    story.vitals(30, **SET)
    grown = visit.with_more(story.entries[-1:])
    done = []
    with (
        watched(series, "_spot", done),
        watched(series, "_pressure", done),
        watched(series, "_done", done),
        watched(lanes, "sentence_of", done),
        watched(draw_pressure, "_placed", done),
        watched(draw_dots, "_placed", done),
    ):
        scene = Building(timeline_of(grown, now), SIZE, SCREEN, kept).scene()
        # four signs, one pressure, one set; its words, and those of the start, which stand on more
        told = ["_spot"] * 4 + ["_pressure", "_done"] + ["sentence_of"] * 2
        assert sorted(done) == sorted([*told, *["_placed"] * 3])  # one pressure and two dots
        anew = Building(timeline_of(story.visit(), now), SIZE, SCREEN).scene()
        assert (scene, scene.hits) == (anew, anew.hits)
        done.clear()
        wider = Building(timeline_of(grown, now), (900.0, 358.0), SCREEN, kept).scene()
    assert done.count("_placed") == 3 * 30  # another width is another place for all of them
    assert wider == Building(timeline_of(grown, now), (900.0, 358.0), SCREEN).scene()


def test_a_label_is_held_against_all_that_is_near_it():
    points = [(x * 3.0, 40.0 + x % 7 * 4) for x in range(60)]
    marks, line = marks_row("down", points, 6.0), line_row(points, 5.0)
    for row in (marks, line):
        every = [box for number in range(len(row._things)) for box in row._places(number)]
        tried = [Box(x, y, x + 11, y + 5) for x in range(-12, 200, 5) for y in range(20, 80, 3)]
        assert [row.meets(box) for box in tried] == [any(map(box.meets, every)) for box in tried]

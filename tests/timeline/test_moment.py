"""Every minute of a visit read out, parts of it, the grid, and the last visit behind this one."""

from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.infusion import delivery
from ketachart.domain.wording import amount, clock
from ketachart.timeline.cursor import Cursor, cursor_parts, minute_at
from ketachart.timeline.ghost import ghost_of, with_ghost
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.moment import given_at, moment_of, rate_at, to_minute
from ketachart.timeline.scene import build, pages
from ketachart.timeline.scene_parts import Rect, Text
from ketachart.timeline.table import grid_of
from ketachart.timeline.zoom import LENGTHS, Zoom
from tests.timeline.test_lanes import told
from tests.timeline.told import PAPER, SCREEN, SIZES, charted, drawn

MINUTE = timedelta(minutes=1)


def said(timeline, at):
    return {known.lane: known.shown for known in moment_of(timeline, at).values}


def running():
    """Started at 0, paused from 20 to 25, still running at 40; read at 10; nausea from 12 on."""
    story = told().start_pump(0, "8.6").full(10).effect(12, "nausea", 1).pause(20)
    return story.resume(25, "5")


# ------------------------------------------------ a minute


@pytest.mark.parametrize("name", ["paused_for_nausea", "pressure_climbs"])
def test_what_was_given_by_a_minute_is_what_the_pump_gave(name):
    visit, now = charted(name)
    timeline, run = drawn(name), delivery(visit, now)
    at = timeline.start
    while at < min(now, timeline.end):
        given = given_at(timeline.drug, at)
        assert (run.mg_by(at).is_zero and given is None) or given == run.mg_by(at)
        at += 7 * MINUTE


def test_every_lane_says_its_value_and_how_old_it_is():
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    assert said(timeline, story.at(15)) == {
        "phase": "Infusion",
        "rate": "17.2 mg/h, 4.3 mg given",
        "pressure": "124/76 mmHg, 5 min before",
        "pulse": "78 /min, 5 min before",
        "spo2": "98 %, 5 min before",
        "pain": "5 of 10, 5 min before",
        "sedation": "0, 5 min before",
        "bands": "Nausea mild",
    }
    assert said(timeline, story.at(10))["pressure"] == "124/76 mmHg"
    assert "bands" not in said(timeline, story.at(11))


def test_nothing_is_said_of_what_was_not_measured_yet():
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    assert set(said(timeline, story.at(9))) == {"phase", "rate"}
    assert set(said(timeline, timeline.start)) <= {"phase"}


def test_the_rate_of_each_minute_is_the_one_that_ran():
    story = running()
    drug = timeline_of(story.visit(), story.at(40)).drug
    rates = [rate_at(drug, story.at(minute)) for minute in (-1, 0, 19, 20, 24, 25, 40)]
    assert rates == [
        "not running", "17.2 mg/h", "17.2 mg/h", "paused", "paused", "10 mg/h", "10 mg/h",
    ]  # fmt: skip
    resumed = timeline_of(story.visit(), story.at(25)).drug
    assert rate_at(resumed, story.at(25)) == "10 mg/h"
    ended = timeline_of(story.stop(40).visit(), story.at(50)).drug
    assert rate_at(ended, story.at(45)) == "stopped"


def test_what_is_still_to_come_has_no_values():
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    ahead = moment_of(timeline, story.at(41))
    assert ahead.ahead
    assert {known.lane for known in ahead.values} <= {"phase", "vitals"}
    assert "still to come" in ahead.spoken


def test_it_is_spoken_whole():
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    assert moment_of(timeline, story.at(15)).spoken == (
        "12:15, T+15 min. Phase Infusion. Ketamine 17.2 mg/h, 4.3 mg given. "
        "Blood pressure 124/76 mmHg, 5 min before. Heart rate 78 /min, 5 min before. "
        "SpO₂ 98 %, 5 min before. Pain 5 of 10, 5 min before. RASS 0, 5 min before. "
        "Side effects Nausea mild."
    )


@pytest.mark.parametrize("place", ["laptop", "wide", "large"])
def test_the_words_of_the_cursor_stay_on_the_drawing(place):
    manner, size = SIZES[place]
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    scene = build(timeline, size, manner)
    at = timeline.start
    while at <= timeline.end:
        cursor = Cursor(moment_of(timeline, at), "Enter or click: chart at this time")
        for part in cursor_parts(scene, cursor):
            if isinstance(part, Text):
                assert part.box.left >= 0
                assert part.box.right <= scene.width
        assert abs(minute_at(scene, scene.columns.x(at)) - at) <= MINUTE
        at += 9 * MINUTE


# ------------------------------------------------ a part of the visit


def test_closer_goes_down_to_a_quarter_of_an_hour_and_wider_back_to_the_whole():
    story = running()
    timeline, now = timeline_of(story.visit(), story.at(40)), story.at(40)
    zoom, spans = Zoom(), []
    while zoom.closer(timeline, now, None) != zoom:
        zoom = zoom.closer(timeline, now, None)
        spans.append(zoom.span)
        part = zoom.of(timeline, now)
        assert part.start <= now <= part.end
        assert part.end - part.start == zoom.span
    assert spans == sorted(spans, reverse=True)
    assert spans[-1] == LENGTHS[0] == 15 * MINUTE
    for _ in LENGTHS:
        zoom = zoom.wider(timeline, now, None)
    assert zoom == Zoom()
    assert zoom.of(timeline, now) is timeline


def test_the_part_goes_with_now_and_never_beyond_the_ends():
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    zoom = Zoom(15 * MINUTE)
    first, later = (zoom.of(timeline, story.at(m)) for m in (40, 44))
    assert later.start - first.start == 4 * MINUTE
    back = zoom.along(timeline, story.at(40), -1)
    assert not back.follows
    assert back.of(timeline, story.at(44)).start == back.of(timeline, story.at(40)).start
    for _ in range(40):
        back = back.along(timeline, story.at(40), -1)
    assert back.of(timeline, story.at(40)).start == timeline.start
    for _ in range(40):
        back = back.along(timeline, story.at(40), 1)
    assert back.of(timeline, story.at(40)).end == timeline.end
    seen = back.showing(timeline, story.at(40), story.at(10)).of(timeline, story.at(40))
    assert seen.start < story.at(10) < seen.end


def test_a_part_has_finer_numbers_and_keeps_the_last_values():
    story = running()
    now = story.at(40)
    timeline = timeline_of(story.visit(), now)
    part = Zoom(15 * MINUTE, story.at(20)).of(timeline, now)
    scene = build(part, (790, 358), SCREEN)
    texts = [part.text for part in scene.all if isinstance(part, Text)]
    assert {"12:22", "12:24"} <= set(texts)
    assert "124/76" in texts  # of minute 10, which is not in sight
    assert all(hit.box.right >= scene.columns.left for hit in scene.hits)


# ------------------------------------------------ the grid


def test_the_grid_holds_every_reading_in_its_minute_with_its_unit():
    timeline = drawn("late_and_corrected")
    grid = grid_of(timeline)
    rows = {row.name: row for row in grid.rows}
    for pressure in timeline.pressures:
        cell = rows["Blood pressure"].cells[grid.times.index(to_minute(pressure.at))]
        assert f"{pressure.text} mmHg" in cell.text
        assert cell.entry
    for name, unit, runs in (("Heart rate", "/min", timeline.pulse), ("SpO₂", "%", timeline.spo2)):
        filled = [cell for cell in rows[name].cells if cell.text]
        assert len(filled) == len({to_minute(spot.at) for run in runs for spot in run})
        assert all(unit in cell.text for cell in filled)
    assert all(len(row.cells) == len(grid.times) for row in grid.rows)


def test_the_grid_carries_nothing_forward_but_what_was_given():
    story = running().vitals(30, heart_rate=80)
    timeline = timeline_of(story.visit(), story.at(40))
    grid = grid_of(timeline)
    rows = {row.name: [cell.text for cell in row.cells] for row in grid.rows}
    place = grid.times.index(story.at(30))
    assert rows["Heart rate"][place] == "80 /min"
    assert rows["Blood pressure"][place] == ""
    assert rows["Pain"][place] == ""
    given = given_at(timeline.drug, story.at(30))
    assert rows["Running total"][place] == f"{amount(given, 1)} mg"
    ahead = len(grid.times) - grid.ahead
    assert all(text == "" for text in rows["Running total"][ahead:])
    assert grid.said(0, place) == f"{clock(story.at(30))} Events: nothing charted"


# ------------------------------------------------ near the baseline, and the last visit


def test_the_band_near_the_baseline_is_drawn_in_the_window_alone():
    story = told().full(-5, 120, 70).start_pump(0, "8.6").full(10)
    timeline = timeline_of(story.visit(), story.at(15))
    assert (timeline.near.low, timeline.near.high) == (96, 144)

    def bands(scene):
        return [p for p in scene.parts if isinstance(p, Rect) and p.fill == "c_expected"]

    assert len(bands(build(timeline, (790, 358), SCREEN))) == 1
    assert bands(build(pages(timeline, PAPER)[0], (536, 640), PAPER)) == []


def test_the_last_visit_begins_where_this_infusion_began():
    last, _ = charted("paused_for_nausea")
    story = running()
    timeline = timeline_of(story.visit(), story.at(40))
    ghost = ghost_of(last, timeline.begun)
    assert ghost.steps[0].start == timeline.begun
    first = drawn("paused_for_nausea")
    by = timeline.begun - first.begun
    assert [p.at for p in ghost.pressures] == [p.at + by for p in first.pressures]
    assert {band.label for band in ghost.bands} == {"Nausea"}
    assert ghost.label == f"last visit, {first.begun:%a} {first.begun.day} {first.begun:%b}"
    assert ghost_of(last, None) is None
    assert ghost_of(told().visit(), timeline.begun) is None


def test_the_last_visit_is_named_and_never_read_out_as_this_one():
    last, _ = charted("paused_for_nausea")
    story = running()
    bare = timeline_of(story.visit(), story.at(40))
    behind = with_ghost(bare, ghost_of(last, bare.begun))
    scenes = [build(timeline, (1230, 560), SCREEN) for timeline in (bare, behind)]
    hits = [{(hit.entry, hit.text) for hit in scene.hits} for scene in scenes]
    assert hits[0] == hits[1]
    texts = [part.text for part in scenes[1].all if isinstance(part, Text)]
    assert f"dashed: {behind.ghost.label}" in texts
    assert len(scenes[1].parts) > len(scenes[0].parts)
    at = story.at(15)
    assert moment_of(behind, at) == moment_of(bare, at)
    assert grid_of(behind) == grid_of(bare)


def test_paper_has_nothing_of_the_last_visit():
    last, _ = charted("paused_for_nausea")
    story = running()
    bare = timeline_of(story.visit(), story.at(40))
    behind = with_ghost(bare, ghost_of(last, bare.begun))
    one, other = (
        build(pages(timeline, PAPER)[0], (536, 640), PAPER) for timeline in (bare, behind)
    )
    assert one.all == other.all
    assert not [entry for entry in story.entries if isinstance(entry.fact, f.PastRecorded)]

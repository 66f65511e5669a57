"""Where everything stands in the drawing: on its value, on its moment, and never on another."""

from datetime import timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from ketachart.domain import facts as f
from ketachart.domain.limits import readings
from ketachart.timeline.board import Face
from ketachart.timeline.easel import mark_box
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.scales import scale_of
from ketachart.timeline.scene import build, least_height, pages
from ketachart.timeline.scene_parts import Box, Lines, Marks, Rect, Text
from ketachart.timeline.thin import thin
from tests.helpers.stories import STORIES
from tests.timeline.test_lanes import told
from tests.timeline.told import LARGE, PAPER, SCREEN, SIZES, charted, drawn

EVERY = [(name, place) for name in STORIES for place in SIZES]
SERIES = {
    "heart_rate": ("pulse", "dot"),
    "spo2": ("spo2", "square"),
    "pain": ("pain", "diamond"),
    "systolic": ("pressure", "down"),
    "diastolic": ("pressure", "up"),
}


def scene_of(timeline, place="laptop"):
    manner, size = SIZES[place]
    return build(timeline, size, manner)


def stands(story, minute, place="laptop"):
    return scene_of(timeline_of(story.visit(), story.at(minute)), place)


def texts(scene):
    return [part for part in scene.all if isinstance(part, Text)]


def said(scene):
    return [part.text for part in texts(scene)]


def marks(scene, shape):
    found = [part for part in scene.parts if isinstance(part, Marks) and part.shape == shape]
    return [point for part in found for point in part.points]


def lane(scene, name):
    return next(lane.box for lane in scene.lanes if lane.name == name)


def near(point, points):
    return any(abs(point[0] - x) < 0.01 and abs(point[1] - y) < 0.01 for x, y in points)


# ------------------------------------------------ every story in every size


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_no_words_stand_on_others_and_none_leave_the_drawing(name, place):
    scene = scene_of(drawn(name), place)
    whole = Box(0, 0, scene.width, scene.height)
    assert [t.text for t in texts(scene) if not t.box.inside(whole)] == []
    clashes = [
        (one.text, other.text)
        for one, other in combinations(texts(scene), 2)
        if one.box.meets(other.box)
    ]
    assert clashes == []


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_no_words_stand_on_a_mark(name, place):
    scene = scene_of(drawn(name), place)
    boxes = [
        mark_box(part.shape, point, part.size).wider(-0.2)
        for part in scene.parts
        if isinstance(part, Marks)
        for point in part.points
    ]
    plot = [t for t in texts(scene) if scene.columns.left <= t.box.left <= scene.columns.right]
    # the numbers of flags stand in their boxes, the names of phases in theirs: no marks there
    assert [t.text for t in plot if any(t.box.meets(box) for box in boxes)] == []


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_every_reading_of_a_story_has_its_mark_or_its_number_at_the_edge(name, place):
    visit, _ = charted(name)
    timeline = drawn(name)
    scene = scene_of(timeline, place)
    manner, _ = SIZES[place]
    for reading in readings(visit):
        if reading.sign not in SERIES:
            continue
        where, shape = SERIES[reading.sign]
        scale, box = scale_of(where, timeline, manner), lane(scene, where)
        value = float(reading.value)
        x = scene.columns.x(reading.at)
        y = box.bottom - (value - scale.low) / (scale.high - scale.low) * box.height
        if scale.low <= value <= scale.high:
            assert near((x, y), marks(scene, shape)), reading
        else:
            assert str(reading.value) in said(scene), reading


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_every_sedation_score_of_a_story_is_a_number_or_a_tick(name, place):
    visit, _ = charted(name)
    scene = scene_of(drawn(name), place)
    box = lane(scene, "sedation")
    numbers = [t.box for t in texts(scene) if t.box.inside(box.wider(9))]
    ticks = marks(scene, "tick")
    for reading in readings(visit):
        if reading.sign == "rass":
            x, y = scene.columns.x(reading.at), box.middle[1]
            assert near((x, y), ticks) or any(number.holds(x, y) for number in numbers)


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_everything_that_is_drawn_has_a_place_in_the_drawing(name, place):
    timeline = drawn(name)
    scene = scene_of(timeline, place)
    assert set(scene.row_places) == set(timeline.told)
    whole = Box(0, 0, scene.width, scene.height)
    for box in scene.row_places.values():
        assert box.inside(whole, slack=scene.manner.sizes.chevron)
    assert [hit.at for hit in scene.hits] == sorted(hit.at for hit in scene.hits)


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_no_lane_is_left_out_for_lack_of_room(name, place):
    manner, (width, height) = SIZES[place]
    full = build(drawn(name), (width, height), manner)
    squeezed = build(drawn(name), (width, 50), manner)
    assert [lane.name for lane in squeezed.lanes] == [lane.name for lane in full.lanes]
    least = least_height(drawn(name), manner, width=width)
    assert squeezed.height >= least - 0.01
    if not manner.paper:
        assert squeezed.height == pytest.approx(least)
        assert build(drawn(name), (width, least + 90), manner).height == pytest.approx(least + 90)


def test_lanes_stand_one_below_the_other():
    for place in SIZES:
        boxes = [lane.box for lane in scene_of(drawn("quiet_hour"), place).lanes]
        assert all(one.bottom <= other.top + 0.01 for one, other in pairwise(boxes))
        assert all(box.height > 0 for box in boxes)


# ------------------------------------------------ readings


def test_every_series_has_a_shape_of_its_own():
    shapes = [shape for _, shape in SERIES.values()]
    scene = scene_of(drawn("paused_for_nausea"))
    assert len(set(shapes)) == len(shapes)
    assert all(marks(scene, shape) for shape in shapes)


def test_the_tips_of_a_pressure_are_its_values():
    scene = stands(told().bp(5, 120, 80), 10)
    box = lane(scene, "pressure")
    (top,), (bottom,) = marks(scene, "down")[-1:], marks(scene, "up")[-1:]
    # the window's scale goes from 50 to 200
    assert top[1] == pytest.approx(box.bottom - (120 - 50) / 150 * box.height)
    assert bottom[1] == pytest.approx(box.bottom - (80 - 50) / 150 * box.height)
    bars = [part.ends for part in scene.parts if isinstance(part, Lines) and part.colour == "c_bp"]
    assert bars == [((top[0], top[1], bottom[0], bottom[1]),)]


def test_half_a_pressure_has_one_mark_and_no_bar():
    scene = stands(told().vitals(5, systolic=120), 10)
    alone = stands(told(), 10)
    assert len(marks(scene, "down")) == len(marks(alone, "down")) + 1
    assert len(marks(scene, "up")) == len(marks(alone, "up"))
    assert not [p for p in scene.parts if isinstance(p, Lines) and p.colour == "c_bp"]


@pytest.mark.parametrize("place", SIZES)
def test_a_reading_off_the_scale_stands_at_the_edge_with_its_number(place):
    story = told().bp(5, 262, 24).vitals(9, heart_rate=228, spo2=41).vitals(12, heart_rate=24)
    scene = stands(story, 30, place)
    for name, x, y, number in (
        ("pressure", 5, "top", "262"),
        ("pressure", 5, "bottom", "24"),
        ("pulse", 9, "top", "228"),
        ("pulse", 12, "bottom", "24"),
        ("spo2", 9, "bottom", "41"),
    ):
        box = lane(scene, name)
        shape = "arrow-up" if y == "top" else "arrow-down"
        point = scene.columns.x(story.at(x)), getattr(box, y)
        assert near(point, marks(scene, shape))
        usual = {"pressure": "down" if y == "top" else "up", "pulse": "dot", "spo2": "square"}
        assert not near(point, marks(scene, usual[name]))
        assert [t for t in texts(scene) if t.text == number and t.box.inside(box.wider(6))]


def test_a_scale_widens_to_its_readings_before_it_cuts_them_off():
    scene = stands(told().bp(5, 212, 38), 10)
    assert not marks(scene, "arrow-up")
    assert not marks(scene, "arrow-down")


def test_nothing_joins_readings_that_are_too_far_apart():
    story = told().vitals(0, heart_rate=70).vitals(10, heart_rate=72).vitals(90, heart_rate=71)
    scene = stands(story, 100)
    lines = [p.points for p in scene.parts if getattr(p, "line", "") == "c_hr"]
    assert [[round(x, 3) for x, _ in line] for line in lines] == [
        [round(scene.columns.x(story.at(minute)), 3) for minute in (0, 10)]
    ]


def test_pain_stays_level_until_it_is_told_again():
    scene = stands(told().vitals(0, pain=8).vitals(10, pain=5), 20)
    (line,) = [part.points for part in scene.parts if getattr(part, "line", "") == "c_pain"]
    assert len(line) == 3
    assert line[0][1] == line[1][1]
    assert line[1][0] == line[2][0]


def test_sedation_is_thin_at_zero_and_thick_beyond():
    story = told().vitals(0, rass=0).vitals(10, rass=-1).vitals(20, rass=-3).vitals(29, rass=0)
    scene = stands(story, 30, "letter")
    box = lane(scene, "sedation")
    level = [
        part.width
        for part in scene.parts
        if isinstance(part, Lines) and part.ends[0][1] == part.ends[0][3] == box.middle[1]
    ]
    thin_one, thick, thicker = level
    assert thin_one < thick < thicker
    assert {"0", "−1", "−3"} <= set(said(scene))


def test_a_spike_survives_thinning():
    points = [(x / 50, 80.0) for x in range(5000)]
    points[3210] = (3210 / 50, 199.0)
    points[77] = (77 / 50, 3.0)
    kept = thin(points, bucket=1.0)
    assert len(kept) <= 4 * 101
    assert points[3210] in kept
    assert points[77] in kept
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert list(kept) == sorted(kept)


def test_a_visit_of_usual_length_is_never_thinned():
    points = [(x / 50, float(x % 7)) for x in range(500)]
    assert thin(points, bucket=1.0) == tuple(points)


def test_a_spike_in_a_very_long_series_is_drawn():
    story = told()
    for number in range(1200):
        story.vitals(number / 20, heart_rate=180 if number == 611 else 70)
    scene = stands(story, 62)
    box, scale = (
        lane(scene, "pulse"),
        scale_of("pulse", timeline_of(story.visit(), story.at(62)), SCREEN),
    )
    y = box.bottom - scale.share(180) * box.height
    dots = marks(scene, "dot")
    assert near((scene.columns.x(story.at(611 / 20)), y), dots)
    assert len(dots) < 1200


# ------------------------------------------------ drug, limits, effects


def test_a_bar_is_as_high_as_its_rate_and_as_wide_as_it_ran():
    story = told().start_pump(0, "15").rate(20, "10").pause(40)
    scene = stands(story, 50, "letter")
    scale = scale_of("rate", timeline_of(story.visit(), story.at(50)), PAPER)
    box = lane(scene, "rate")
    bars = [p.box for p in scene.parts if isinstance(p, Rect) and p.fill == "c_rate_fill"]
    assert [(bar.left, bar.right) for bar in bars] == [
        (scene.columns.x(story.at(0)), scene.columns.x(story.at(20))),
        (scene.columns.x(story.at(20)), scene.columns.x(story.at(40))),
    ]
    heights = [bar.height / box.height * scale.high for bar in bars]
    assert heights == pytest.approx([30, 20])  # at 2 mg/mL


def test_a_rate_without_a_strength_is_an_outline_without_a_fill():
    from tests.helpers.story import Story

    scene = stands(Story().patient().order().weight("70").start_pump(0, "15"), 10)
    assert not [p for p in scene.parts if isinstance(p, Rect) and p.fill == "c_rate_fill"]
    assert "15 mL/h" in said(scene)


def test_a_ceiling_far_above_the_rate_does_not_press_the_bars_flat():
    from ketachart.domain.quantities import MgPerKgPerHour
    from tests.helpers.story import Story

    story = Story().patient().order(highest_rate_mg_kg_h=MgPerKgPerHour("2")).weight("70")
    story.vial().bag("3.5", "17.5").start_pump(0, "15")
    scene = stands(story, 10, "letter")
    (bar,) = [p.box for p in scene.parts if isinstance(p, Rect) and p.fill == "c_rate_fill"]
    assert bar.height > lane(scene, "rate").height / 2
    assert "highest rate in the order 140 mg/h ↑" in said(scene)


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_every_limit_on_the_scale_has_its_words_or_its_number(name, place):
    timeline = drawn(name)
    manner, _ = SIZES[place]
    scene = scene_of(timeline, place)
    for limit in timeline.limits:
        scale = scale_of(limit.lane, timeline, manner)
        if scale.low <= limit.value <= scale.high:
            words = {*limit.texts, str(limit.value)}
            assert words & set(said(scene)), limit


def test_a_band_is_as_thick_as_its_grade_and_ends_in_words():
    story = told().effect(0, "nausea", 1).effect(5, "nausea", 2).effect(10, "nausea", 3)
    story.effect(20, "nausea", 0)
    scene = stands(story, 30, "letter")
    bands = [p.box for p in scene.parts if isinstance(p, Rect) and p.fill == "c_fx"]
    inside = [band for band in bands if band.right <= scene.columns.right]
    assert [round(band.height, 1) for band in inside] == [2.4, 6.0, 9.5]
    assert "none 12:20" in said(scene)


def test_a_visit_without_side_effects_says_so():
    assert "none charted" in said(stands(told(), 5))


def test_a_life_threatening_effect_has_a_frame():
    story = told().effect(0, "breathing", 4)
    framed = [p for p in stands(story, 9).parts if isinstance(p, Rect) and p.line == "c_fx"]
    assert len(framed) == 1


def test_a_long_name_of_an_effect_takes_two_lines_and_loses_no_letter():
    story = told().effect(0, "breathing", 1)
    scene = stands(story, 9, "letter")
    box = lane(scene, "bands")
    left = [t for t in texts(scene) if t.box.inside(Box(0, box.top, box.left, box.bottom))]
    assert " ".join(t.text for t in left) == "Slow breathing, low SpO₂"
    assert len(left) == 2


# ------------------------------------------------ events


def crowd(count, *, apart):
    story = told()
    for number in range(count):
        story.tell(f.CallMade(at=story.at(5 + number * apart), to="Dr A. Okafor"))
    return story


@pytest.mark.parametrize(("count", "apart"), [(2, 0), (3, 1), (12, 2), (24, 1), (60, 1), (40, 5)])
def test_numbered_flags_never_overlap_and_their_leaders_never_cross_a_box(count, apart):
    timeline = timeline_of(crowd(count, apart=apart).visit(), told().at(230))
    scene = build(timeline, (536, 640), PAPER)
    numbers = {str(number + 1) for number in range(count)}
    inner = lane(scene, "flags")
    placed = [t for t in texts(scene) if t.text in numbers and t.box.inside(inner)]
    assert len(placed) == count
    boxes = [scene.row_places[flag.entry] for flag in timeline.flags]
    assert all(box.width == pytest.approx(PAPER.sizes.flag) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    leaders = [
        part.points
        for part in scene.parts
        if getattr(part, "line", "") == "text" and len(getattr(part, "points", ())) == 3
    ]
    assert len(leaders) == count
    drops = [Box(x - 0.01, top, x + 0.01, bend) for (x, top), (_, bend), _ in leaders]
    assert not [
        (drop, box) for drop in drops for box in boxes if drop.wider(-0.005).meets(box.wider(-0.1))
    ]
    feet = [(drop[0], foot[0]) for drop, _, foot in leaders]
    assert [foot for _, foot in sorted(feet)] == sorted(foot for _, foot in feet)


def test_lesser_events_of_a_crowd_are_ticks_that_can_be_read_out():
    story = told().start_pump(0, "8.6")
    for minute in range(30):
        story.tell(f.NoteWritten(at=story.at(minute + 1), text=f"note {minute}"))
    timeline = timeline_of(story.visit(), story.at(40))
    scene = build(timeline, (536, 640), PAPER)
    assert [hit for hit in scene.hits if hit.text.endswith("Note: note 17")]
    inner = lane(scene, "flags")
    assert [t.text for t in texts(scene) if t.box.inside(inner)] == ["1"]


def test_in_the_window_the_graver_event_gets_the_label():
    story = told().tell(f.NoteWritten(at=told().at(6), text="n"))
    for minute in (5, 5.2, 5.4, 5.6):
        story.tell(f.NoteWritten(at=story.at(minute), text="n"))
    story.start_pump(6, "8.6").pause(6.5, reasons=("nausea",))
    words = said(stands(story, 30))
    assert "Pause: nausea" in words
    assert words.count("Note") < 5


def test_medicines_close_together_take_rows():
    story = told()
    for minute in (5, 7, 9):
        story.tell(
            f.MedicineGiven(at=story.at(minute), medicine="ondansetron", dose=Decimal(4), unit="mg")
        )
    scene = stands(story, 30, "letter")
    rows = {t.y for t in texts(scene) if t.text == "ondansetron 4 mg IV"}
    assert len(rows) == 3


# ------------------------------------------------ the clock


def test_five_minutes_and_ten_mmhg_are_one_square_on_paper():
    for name in STORIES:
        scene = scene_of(drawn(name), "letter")
        scale = scale_of("pressure", drawn(name), PAPER)
        columns = scene.columns
        across = columns.x(columns.start + timedelta(minutes=5)) - columns.left
        down = lane(scene, "pressure").height / (scale.high - scale.low) * 10
        assert across == pytest.approx(down)
        assert 6.5 <= across < 10.3
        assert (columns.end - columns.start) % timedelta(minutes=5) == timedelta()


def test_a_visit_fits_on_one_page_up_to_five_hours_and_a_quarter():
    start = drawn("quiet_hour").start

    def windows(minutes):
        from ketachart.timeline.lanes import window

        return pages(window(drawn("quiet_hour"), start, start + timedelta(minutes=minutes)), PAPER)

    assert len(windows(315)) == 1
    first, second = windows(400)
    assert second.start.minute == 0
    assert second.start <= first.end - timedelta(minutes=30)
    assert second.end >= start + timedelta(minutes=400)
    assert first.end - first.start == second.end - second.start
    long = windows(1500)
    assert all(b.start <= a.end - timedelta(minutes=30) for a, b in pairwise(long))
    assert long[-1].end >= start + timedelta(minutes=1500)


def test_all_readings_of_a_long_visit_are_on_one_of_its_pages():
    story = told()
    for minute in range(0, 600, 7):
        story.full(minute)
    timeline = timeline_of(story.visit(), story.at(600))
    scenes = [build(one, (536, 640), PAPER) for one in pages(timeline, PAPER)]
    assert len(scenes) > 1
    assert len({round(scene.columns.square, 6) for scene in scenes}) == 1
    assert set().union(*(scene.row_places for scene in scenes)) == set(timeline.told)
    for scene in scenes:
        plot = Box(scene.columns.left, 0, scene.columns.right, scene.height)
        points = [p for part in scene.parts for p in getattr(part, "points", ())]
        inside = [x for x, _ in points if x > scene.columns.left - 0.01]
        assert max(inside) <= plot.right + 0.01


def test_the_line_of_now_moves_without_the_rest():
    story = told().start_pump(0, "8.6").full(10)
    scene = stands(story, 12)
    before, later = scene.at(story.at(12)), scene.at(story.at(30))
    assert before == scene.clock
    line = next(part for part in later.over if isinstance(part, Lines))
    assert line.ends[0][0] == scene.columns.x(story.at(30))
    (future,) = later.under
    assert (future.box.left, future.box.right) == (line.ends[0][0], scene.columns.right)
    # the badge says the time, and the number it would cover is not there
    badge = [part.text for part in later.over if isinstance(part, Text)]
    assert badge[-1] == "12:30"
    assert badge.count("12:30") == 1


def test_a_visit_that_is_over_has_no_line_of_now():
    scene = scene_of(drawn("quiet_hour"))
    assert scene.clock.under == ()
    assert not [part for part in scene.clock.over if isinstance(part, Lines)]


def test_labels_keep_clear_of_the_line_of_now():
    story = told().start_pump(0, "8.6").full(10)
    for minute in range(11, 60, 3):
        scene = stands(story, minute)
        x = scene.columns.x(story.at(minute))
        crossed = [
            part.text
            for part in scene.parts
            if isinstance(part, Text) and part.box.left < x < part.box.right and part.box.top > 60
        ]
        assert crossed == []


def test_a_new_day_is_named_under_its_midnight():
    scene = scene_of(drawn("across_midnight"))
    words = said(scene)
    assert {"Sat 21 Nov", "Sun 22 Nov"} <= set(words)
    assert "Sun 22 Nov" not in said(scene_of(drawn("quiet_hour")))


def test_letters_that_are_too_wide_wrap_without_losing_one():
    face = Face(LARGE, LARGE.sizes.small, 400)
    word = "W" * 40
    lines = face.wrap(f"an {word} end", 150)
    assert "".join("".join(lines).split()) == f"an{word}end"
    assert all(face.width(line) <= 150 for line in lines)

"""Paper on the report: the period, why, how many entries, by whom; copies say so in their rows."""

from ketachart.domain import facts as f
from ketachart.report.document import document_of, text
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.scene import build
from ketachart.timeline.scene_parts import Lines
from tests.helpers.story import Story
from tests.timeline.told import PAPER, SCREEN


def copied():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5").start_pump(0, "17.5")
    story.tell(
        f.PaperKept(at=story.at(2), until=story.at(22), why="battery", note="charger in the car"),
        recorded=23,
        entry_id="paper",
    )
    story.tell(f.VitalsTaken(at=story.at(5), heart_rate=81, spo2=97), recorded=24)
    story.tell(f.NoteWritten(at=story.at(6), text="calm"), recorded=26)
    story.tell(f.NoteWritten(at=story.at(30), text="asleep"))
    return story


def test_the_report_says_the_period_why_how_many_and_by_whom():
    story = copied()
    told = " ".join(text(document_of(story.visit(), now=story.at(40))).split())
    for said in (
        "ON PAPER 12:02–12:22",
        "the battery was empty; charger in the car",
        "2 entries, by JA, 12:24–12:26",
        "12:10, 12:15 and 12:20",  # due and not here
        "2 entries transcribed; 3 due sets not here",
    ):
        assert said in told, said
    assert told.count("from paper") >= 2
    assert "asleep from paper" not in told


def test_without_paper_no_word_of_it_stands_there():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5").start_pump(0, "17.5")
    told = text(document_of(story.visit(), now=story.at(40)))
    assert "paper" not in told.lower().replace("on this paper", "").replace("paper seen", "")


def test_the_period_is_hatched_by_both_painters_and_read_out():
    story = copied()
    timeline = timeline_of(story.visit(), story.at(40))
    struck = story.tell(f.EntryStruck(at=story.at(41), entry="paper", reason="slip")).visit()
    for size, manner in (((536.0, 600.0), PAPER), ((900.0, 560.0), SCREEN)):
        scene = build(timeline, size, manner)
        (hit,) = [hit for hit in scene.hits if hit.entry == "paper"]
        assert "Charted on paper" in hit.text
        slanted = [
            (x1, x2)
            for part in scene.parts
            if isinstance(part, Lines)
            for x1, y1, x2, y2 in part.ends
            if x1 != x2 and y1 != y2
        ]
        left, right = (scene.columns.x(story.at(minute)) for minute in (2, 22))
        assert slanted
        assert all(left - 0.01 <= x <= right + 0.01 for both in slanted for x in both)
        bare = build(timeline_of(struck, story.at(40)), size, manner)
        assert not [hit for hit in bare.hits if hit.entry == "paper"]

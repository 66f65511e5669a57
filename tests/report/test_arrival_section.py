"""The door on paper: what was there, what was not, whose clock says what, and the time-out."""

from datetime import date, timedelta

from ketachart.domain import facts as f
from ketachart.domain.facts.arrival import KitLine
from ketachart.report.document import document_of
from ketachart.report.sections.pieces import Divider, Row, words_of
from tests.helpers.story import Story


def table_of(story, minute):
    document = document_of(story.visit(), now=story.at(minute))
    return next((part for part in document.sections if part.code == "arrival"), None)


def lines_of(story, minute=60):
    return [
        row.text if isinstance(row, Divider) else " | ".join(words_of(cell) for cell in row.cells)
        for row in table_of(story, minute).rows
    ]


def told():
    story = Story().patient().order().weight("70")
    story.tell(f.VisitTimed(at=story.at(0), what="set-out"))
    story.tell(f.VisitTimed(at=story.at(25), what="arrived"))
    showed = story.at(26) + timedelta(minutes=7)
    story.tell(f.ClockCompared(at=story.at(26), device="pump", name="", showed=showed))
    lines = (
        KitLine(item="oxygen", present=False),
        KitLine(item="naloxone", present=True, expires=date(2026, 1, 29)),
        KitLine(item="aed", present=True, expires=date(2028, 1, 31), note="self-test passed"),
    )
    story.tell(f.KitChecked(at=story.at(27), lines=lines))
    story.tell(f.HomeChecked(at=story.at(28), hospital="Valley", travel_min=26, phone="weak"))
    return story


def test_every_part_of_the_door_is_laid_out():
    lines = lines_of(told())
    assert "12:00 | Set out | " in lines
    assert " | On the way | 25 min" in lines
    assert "12:26 | Pump showed 12:33 | 7 min ahead" in lines
    assert "12:27 | Oxygen with mask and cannula | MISSING" in lines
    assert "12:27 | Naloxone | present, EXPIRED 29 Jan 2026" in lines
    assert (
        "12:27 | AED, self-test passed, pads | present, to 31 Jan 2028, self-test passed" in lines
    )
    assert any(line.startswith(" | Not looked at | ") and "Suction" in line for line in lines)
    assert "12:28 | Emergency department | Valley, 26 min" in lines
    assert "12:28 | Phone in the room | weak" in lines
    assert "12:28 | Address and way in | NOT read out" in lines


def test_what_is_wrong_stands_in_heavy_letters():
    rows = [row for row in table_of(told(), 60).rows if isinstance(row, Row)]
    heavy = {words_of(row.cells[1]) for row in rows if row.bar}
    assert {"Oxygen with mask and cannula", "Naloxone", "Phone in the room"} <= heavy
    assert "AED, self-test passed, pads" not in heavy


def test_a_start_without_a_time_out_says_so_and_one_with_it_says_each_step():
    story = Story().patient().order().weight("70").vial().bag("2", "100")
    story.start_pump(10, "30")
    assert " | Before the start | NOT HELD" in lines_of(story)
    story = Story().patient().order().weight("70").vial().bag("2", "100")
    held = f.TimeOutHeld(at=story.at(9), steps=("identity",), open=("label",), aloud_with="Ann")
    story.tell(held)
    story.start_pump(10, "30")
    lines = lines_of(story)
    assert "12:09 | Two identifiers, said by the patient | held" in lines
    assert any(line.startswith("12:09 | Label on bag") and line.endswith("OPEN") for line in lines)


def test_a_visit_in_which_nothing_of_it_was_charted_has_no_such_section():
    assert table_of(Story().patient().order(), 5) is None

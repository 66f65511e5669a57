"""An order that was changed stands on paper as each edition of it, with what it changed."""

import re

import pytest

from ketachart.domain.quantities import MgPerKg, MgPerKgPerHour
from ketachart.report import document
from ketachart.report.charted import unsaid
from ketachart.report.sections.order import order_tables
from ketachart.report.sections.record import Record
from ketachart.report.spoken import spoken
from tests.domain.test_order_at import TIGHT, changed, running
from tests.domain.test_order_rules import FULL
from tests.report.charted_visits import render


def text_of(story):
    return spoken(document.document_of(story.visit(), now=story.at(90)))


def section(story, heading):
    text = text_of(story)
    begin = re.search(rf"^## {heading}( \(.*)?$", text, re.MULTILINE).start()
    return text[begin : text.index("\n## ", begin + 3)]


def twice(**values):
    return changed(running(note="first"), **{"dose_mg_per_kg": MgPerKg("0.6"), **values}).stop(60)


def test_each_order_stands_there_whole_with_its_time():
    story = twice(**FULL)
    first, last = story.visit().facts(type(story.visit().order))
    assert unsaid(story.visit(), first, section(story, "Order")) == ()
    assert unsaid(story.visit(), last, section(story, "Order, changed 12:30")) == ()
    assert "in force until 12:30, then changed" in section(story, "Order")


def test_what_was_changed_stands_with_both_values():
    said = section(twice(highest_rate_mg_kg_h=MgPerKgPerHour("0.6")), "Order, changed 12:30")
    assert "Dose 0.5 mg/kg → 0.6 mg/kg" in said
    assert "Highest rate 0.5 mg/kg/h → 0.6 mg/kg/h" in said


def test_page_one_says_that_it_was_changed_and_how():
    story = twice()
    found = document.document_of(story.visit(), now=story.at(90))
    order = ["".join(run.text for run in line) for line in found.front.identity.order]
    assert "Order changed 12:30" in order
    (look,) = [line for line in found.front.looks if line.kind == "Order changed"]
    assert look.sentence == "Dr A. Okafor, by telephone, read back: Dose 0.5 mg/kg → 0.6 mg/kg"
    assert (look.section, look.entry) == ("order", story.visit().entries[-2].id)


def test_both_orders_are_worked_out_and_held_against_the_protocol():
    said = section(twice(), "Arithmetic")
    assert "70 kg × 0.5 mg/kg" in said
    assert "By the order changed 12:30" in said
    assert "70 kg × 0.6 mg/kg" in said
    assert "Order of 12:30 held against" in section(twice(), "Order and protocol")


def test_an_order_that_was_not_changed_stands_there_once():
    story = running().stop(60)
    assert len(order_tables(Record(story.visit(), story.at(90)))) == 1
    assert "changed" not in section(story, "Order")
    assert "Order changed" not in text_of(story)


def test_a_reading_is_marked_by_the_limits_of_its_time():
    story = running().bp(10, 145, 80)
    changed(story, limits=(TIGHT,)).bp(31, 145, 80).stop(60)
    said = section(story, "Vitals")
    assert said.count("over 140") == 1


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_is_printed(paper):
    story = twice(**FULL)
    assert render(story.visit(), paper=paper).content.startswith(b"%PDF")

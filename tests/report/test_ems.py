"""The page for the ambulance crew: from any visit, one page, and what is not known is said."""

from contextlib import closing
from decimal import Decimal

import pypdfium2
import pytest

from ketachart.domain import facts as f
from ketachart.domain.handover import handover
from ketachart.domain.quantities import Ml
from ketachart.domain.visit import Visit
from ketachart.report import ems
from ketachart.report.text import extract
from tests.helpers.story import Story
from tests.report.charted_visits import STORIES, charted, every_kind, signed


def text_of(made):
    """The words as they are read, and that there is one page of them."""
    with closing(pypdfium2.PdfDocument(made.content)) as document:
        assert len(document) == 1
    return " ".join(extract(made.content).split())


def in_the_middle():
    """70 kg; paused, chest pain, 911; the last set is eight minutes old."""
    story = Story().patient(
        given_name="Elena M.",
        address="2148 East Palm Lane, apartment 6",
        access="gate code 4417",
        no_known_allergies=False,
        allergies=(f.Allergy(substance="Penicillin", reaction="anaphylaxis"),),
    )
    story.order().weight("70").full(-4).start_pump(0, "17.5", strength="2")
    story.full(10, 141, 86, rass=-1).full(20, 156, 94).pause(30, reasons=("pressure",))
    story.tell(
        f.MedicinesListed(
            at=story.at(0), medicines=(f.HomeMedicine(name="topiramate", dose="50 mg"),)
        )
    )
    story.effect(31, "chest-pain", 3)
    story.tell(
        f.MedicineGiven(
            at=story.at(32), medicine="ondansetron", dose=Decimal(4), unit="mg", against="emergency"
        )
    )
    story.tell(f.FluidGiven(at=story.at(33), fluid="0.9 % saline", volume_ml=Ml("250")))
    story.tell(f.EmergencyDeclared(at=story.at(34), why="chest pressure, pale"))
    story.tell(f.EmergencyStep(at=story.at(35), step="called-911"))
    story.vitals(36, systolic=188, diastolic=104, heart_rate=118, spo2=93)
    story.tell(f.VitalsTaken(at=story.at(37), spo2=96, oxygen_l_min=Decimal(10)))
    return story.stop(38, reason="emergency")


# ------------------------------------------------------------------ from any state


def test_a_visit_that_was_only_opened_says_what_is_not_known():
    text = text_of(ems.render(Story().visit(), now=Story().at(0)))
    for words in (
        "UNSIGNED",
        "Name not known",
        "Age and sex not known, weight not measured",
        "Address not known",
        "NOT KNOWN: not asked",
        "No ketamine is charted",
        "Vitals Not known: none are charted",
        "Medicines not known",
        "Last food, drink not known",
        "Prescriber not known",
    ):
        assert words in text


def test_not_even_a_protocol_is_needed():
    assert "UNSIGNED" in text_of(ems.render(Visit(), now=Story().at(0)))


def test_from_the_middle_of_an_infusion_all_that_a_crew_asks_is_there():
    story = in_the_middle()
    text = text_of(ems.render(story.visit(), now=story.at(45)))
    for words in (
        "Rivera, Elena M.",
        "40 years, female, born 14 Mar 1986, 70 kg (154.3 lb)",
        "2148 East Palm Lane, apartment 6",
        "Penicillin: anaphylaxis",
        "Chest pressure, pale, since 12:34",
        "Ketamine IV 17.5 mg (0.25 mg/kg)",
        "Last ketamine 12:30 (15 min ago)",
        "Rates: 17.5 mL/h 12:00, paused 12:30",
        "ondansetron 4 mg IV 12:32",
        "0.9 % saline 250 mL IV 12:33",
        "12:36 188/104 118 93 %",
        "12:37 — — 96 % with 10 L O₂",
        "11:56 124/76 78 98 % 14 baseline, alert and calm",
        "12:31 Chest pain: severe (grade 3)",
        "12:35 911 called",
        "topiramate 50 mg",
        "Julia Alvarez, RN",
        "Dr A. Okafor",
    ):
        assert words in text, words


def test_a_signed_visit_gives_a_sheet_that_says_so():
    visit = signed().visit
    text = text_of(ems.render(visit, now=visit.signed.at))
    assert "UNSIGNED" in text
    assert "this sheet is not signed; the record was" in text


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_story_fits_one_page_of_either_paper(paper):
    for name in STORIES:
        visit, now = charted(name)
        text_of(ems.render(visit, now=now, paper=paper))
    text_of(ems.render(every_kind(), now=every_kind().entries[-1].recorded_at, paper=paper))


# ------------------------------------------------------------------ too much, or absent


def test_forty_notes_leave_the_last_of_them_and_say_how_many_came_before():
    story = in_the_middle()
    for number in range(40):
        story.tell(f.NoteWritten(at=story.at(40), text=f"note {number} of many"))
    made = ems.render(story.visit(), now=story.at(45))
    text = text_of(made)
    assert f"and {made.left_out} earlier, in the chart" in text
    assert made.left_out + text.count("of many") == len(handover(story.visit(), story.at(45)).done)
    assert "note 39 of many" in text
    assert "note 0 of many" not in text
    assert "Julia Alvarez, RN" in text


def test_the_longest_names_and_seventy_allergies_move_nothing_off_the_page():
    story = in_the_middle().patient(
        given_name="Maximiliana Theodora " * 5,
        family_name="Featherstonehaugh-Cholmondeley " * 3,
        address="a street with a long name, " * 20,
        access="gate " * 80,
        no_known_allergies=False,
        allergies=tuple(f.Allergy(substance=f"Stuff{n}", reaction="hives") for n in range(70)),
    )
    text = text_of(ems.render(story.visit(), now=story.at(45)))
    assert "AND MORE: ask the nurse" in text
    assert "Stuff0; Stuff1" in text
    assert "Handed over to" in text


def test_a_letter_that_cannot_be_printed_does_not_stop_the_sheet():
    story = Story().patient(family_name="李", given_name="Anna")
    assert "?, Anna" in text_of(ems.render(story.visit(), now=story.at(0)))


def test_a_strength_that_is_not_on_file_is_never_a_dose_of_nothing():
    story = Story().patient().start_pump(0, "17.5")
    told = handover(story.visit(), story.at(20))
    assert told.drug == "Ketamine IV, amount not known: the strength is not on file"
    story.bolus(5, "5")
    assert handover(story.visit(), story.at(20)).drug.startswith("Ketamine IV at least 5 mg")


def test_the_last_six_sets_stand_and_the_baseline_among_them():
    story = Story().patient().order().weight("70").full(-4).start_pump(0, "17.5", strength="2")
    for minute in range(5, 60, 5):
        story.full(minute)
    rows = handover(story.visit(), story.at(60)).vitals
    assert [row.at for row in rows] == ["12:55", "12:50", "12:45", "12:40", "12:35", "11:56"]
    assert rows[-1].values[-1].startswith("baseline")


def test_what_happened_after_the_moment_is_not_on_it():
    story = in_the_middle()
    told = handover(story.visit(), story.at(33))
    assert all(at <= "12:33" for at, _ in told.done)
    assert told.vitals[0].at == "12:20"


def test_a_made_up_patient_is_marked_and_no_name_stands_in_the_files_title():
    visit, now = charted("quiet_hour")
    made = ems.render(visit, now=now)
    assert "PRACTICE" in text_of(made)
    assert visit.patient.family_name.encode() not in made.content

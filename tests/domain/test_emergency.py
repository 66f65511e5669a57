"""The script for 911 in spoken words, the steps, and what happened since."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.emergency import (
    clock_length,
    happened,
    open_emergency,
    pump_may_run,
    pump_text,
    steps,
)
from ketachart.domain.emergency_script import script
from ketachart.domain.visit import Visit
from tests.helpers.story import Story


def line(story, code, minute=60):
    return next(x.text for x in script(story.visit(), story.at(minute)) if x.code == code)


def running():
    """70 kg, 2 mg/mL at 17.5 mL/h from minute 0: 35 mg an hour."""
    return Story().patient().order().weight("68.4").start_pump(0, "17.5", strength="2")


def declared(story, minute=30, why=""):
    return story.tell(f.EmergencyDeclared(at=story.at(minute), why=why))


def test_an_empty_chart_reads_that_nothing_is_recorded_and_nothing_stops_it():
    told = script(Visit(), Story().at(0))
    assert [x.label for x in told] == [
        "Where", "Door", "Call back", "Who", "What", "Drug", "Allergy", "Vitals", "Takes",
    ]  # fmt: skip
    assert [x.text for x in told] == [
        "Not recorded.",
        "Not recorded.",
        "Not recorded. Ask for the nurse.",
        "Not recorded.",
        "Not recorded.",
        "No ketamine is charted.",
        "Not recorded.",
        "Not recorded.",
        "Not recorded.",
    ]


def test_where_and_door_are_read_as_sentences():
    story = Story().patient(address="2148 East Palm Lane, apartment 6", access="gate code 4417.")
    story.tell(
        f.AdultNamed(
            at=story.at(0), name="Marco Rivera", phone="602 555 0150", relation="husband",
            of_age=True, sober=True, stays=True,
        )
    )  # fmt: skip
    assert line(story, "where") == "2148 East Palm Lane, apartment 6."
    assert line(story, "door") == (
        "Gate code 4417. The adult with the patient is Marco Rivera, husband, 602 555 0150."
    )


def test_the_nurse_is_called_back_and_else_the_patient():
    story = Story().patient(phone="602 555 0144")
    assert line(story, "call-back") == (
        "602 555 0144, the patient's phone, for nurse Julia Alvarez."
    )
    story.tell(
        f.NurseRecorded(
            at=story.at(0), staff_id="ja", name="Julia Alvarez", credential="RN", licence="1",
            phone="602 555 0171",
        )
    )  # fmt: skip
    assert line(story, "call-back") == "602 555 0171, nurse Julia Alvarez."


@pytest.mark.parametrize(("sex", "said"), [("F", "woman"), ("M", "man"), ("X", "person")])
def test_who_is_said_with_age_and_whole_kilograms(sex, said):
    assert line(Story().patient(sex=sex).weight("68.4"), "who") == (
        f"Elena Rivera, {said}, 40 years, 68 kilograms."
    )


def test_a_weight_that_is_missing_is_said_to_be_missing():
    assert line(Story().patient(), "who").endswith("40 years, weight not measured.")


def test_what_is_happening_and_since_when():
    story = declared(running(), 30)
    assert line(story, "what") == "Not recorded. Since 12:30."
    assert line(declared(running(), 30, "hard to wake"), "what") == "Hard to wake. Since 12:30."


def test_the_drug_is_told_in_milligrams_with_what_the_pump_does():
    assert line(running(), "drug", 40) == (
        "Ketamine by vein, 23.33 milligrams in all since 12:00, 40 minutes ago. "
        "The pump is still running."
    )
    assert line(running().pause(30), "drug", 40) == (
        "Ketamine by vein, 17.5 milligrams in all since 12:00, 40 minutes ago. Paused 12:30."
    )
    assert line(running().stop(30), "drug", 40) == (
        "Ketamine by vein, 17.5 milligrams in all since 12:00, 40 minutes ago. Stopped 12:30."
    )


def test_what_the_pump_says_counts_once_it_is_stopped():
    assert "17 milligrams" in line(running().stop(30, pump="8.5"), "drug", 40)


def test_a_strength_that_is_not_on_file_makes_the_dose_unknown_and_never_zero():
    story = Story().patient().start_pump(0, "17.5")
    assert line(story, "drug", 40).startswith(
        "Ketamine by vein, amount not recorded, since 12:00, 40 minutes ago."
    )
    assert line(story.bolus(10, "5"), "drug", 40).startswith(
        "Ketamine by vein, at least 5 milligrams in all since 12:00, 40 minutes ago."
    )


def test_medicines_are_said_with_dose_route_and_time():
    story = running()
    for minute, name, dose, unit, route in (
        (20, "ondansetron", "4", "mg", "IV"),
        (25, "lorazepam", "1", "mg", "PO"),
        (26, "saline", "500", "drops", "nebuliser"),
    ):
        story.tell(
            f.MedicineGiven(
                at=story.at(minute), medicine=name, dose=Decimal(dose), unit=unit, route=route
            )
        )
    assert line(story, "drug", 30).endswith(
        "Ondansetron 4 milligrams by vein at 12:20. Lorazepam 1 milligram by mouth at 12:25. "
        "Saline 500 drops nebuliser at 12:26."
    )


def test_each_sign_is_read_with_its_own_time_the_newest_first():
    story = running().full(10, 141, 86, rass=-1, respiratory_rate=14)
    story.vitals(30, spo2=88, heart_rate=60, respiratory_rate=8)
    assert line(story, "vitals", 31) == (
        "1 minute ago: pulse 60, oxygen 88 percent, breaths 8. 12:10: pressure 141 over 86, drowsy."
    )


def test_a_pressure_of_one_number_is_said_as_one_number():
    assert line(running().vitals(5, systolic=80), "vitals") == "55 minutes ago: upper pressure 80."
    assert line(running().vitals(5, diastolic=40), "vitals") == "55 minutes ago: lower pressure 40."


def test_allergies_are_told_or_told_not_to_be_known():
    allergic = (
        f.Allergy(substance="penicillin", reaction="anaphylaxis"),
        f.Allergy(substance="morphine"),
    )
    story = Story().patient(allergies=allergic, no_known_allergies=False)
    assert line(story, "allergy") == "Penicillin, anaphylaxis. Morphine."
    assert line(Story().patient(), "allergy") == "No known allergies."
    assert line(Story().patient(no_known_allergies=False), "allergy") == "Not recorded."


def test_nothing_read_aloud_is_abbreviated():
    story = declared(running().full(10).stop(30))
    spoken = " ".join(x.text for x in script(story.visit(), story.at(40)))
    for short in (" mg", " kg", "BP", "SpO", "RASS", "IV", "%"):
        assert short not in spoken


def test_an_emergency_is_open_until_its_end_is_charted():
    story = running()
    assert open_emergency(story.visit()) is None
    declared(story, 30)
    assert open_emergency(story.visit()).at == story.at(30)
    story.tell(f.EmergencyEnded(at=story.at(50), outcome="handed over"))
    assert open_emergency(story.visit()) is None
    declared(story, 55)
    assert open_emergency(story.visit()).at == story.at(55)


def test_steps_keep_every_time_of_this_emergency_and_of_no_other():
    story = declared(running(), 10)
    story.tell(f.EmergencyStep(at=story.at(11), step="called-911"))
    story.tell(f.EmergencyEnded(at=story.at(12), outcome="false alarm"))
    declared(story, 30)
    for minute, step in ((31, "shock"), (33, "shock"), (34, "neighbour fetched")):
        story.tell(f.EmergencyStep(at=story.at(minute), step=step))
    done = {step.label: step.done for step in steps(story.visit())}
    assert done["911 called"] == ()
    assert done["Shock given"] == (story.at(31), story.at(33))
    assert list(done)[-1] == "neighbour fetched"


def test_what_happened_is_told_the_newest_first_from_the_set_before_it():
    story = declared(running().full(10).full(25), 30, "hard to wake")
    story.tell(f.EmergencyStep(at=story.at(31), step="called-911"))
    story.stop(32, reason="emergency")
    told = happened(story.visit())
    assert [(x.at, x.after) for x in told] == [
        (story.at(32), timedelta(minutes=2)),
        (story.at(31), timedelta(minutes=1)),
        (story.at(30), timedelta()),
        (story.at(25), timedelta(minutes=-5)),
    ]
    assert told[0].text.startswith("Infusion stopped: Emergency")
    assert [x.text for x in told[1:3]] == ["911 called", "Emergency: hard to wake"]
    assert told[3].text.startswith("BP 124/76")


def test_nothing_has_happened_before_an_emergency():
    assert happened(running().full(10).visit()) == ()


@pytest.mark.parametrize(
    ("seconds", "text"), [(-3, "0:00"), (0, "0:00"), (134, "2:14"), (3734, "1:02:14")]
)
def test_the_running_time_is_told_to_the_second(seconds, text):
    assert clock_length(timedelta(seconds=seconds)) == text


def test_the_pump_is_told_as_it_stands():
    for story, text, may_run in (
        (Story().patient(), "not started", False),
        (running(), "running at 17.5 mL/h", True),
        (running().pause(30), "paused 12:30", True),
        (running().stop(31), "stopped 12:31", False),
    ):
        visit, now = story.visit(), story.at(40)
        assert (pump_text(visit, now), pump_may_run(visit, now)) == (text, may_run)

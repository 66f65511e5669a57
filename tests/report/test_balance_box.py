"""The drug's balance on page one: three readings of the dose, what is missing said as missing."""

from ketachart.domain import facts as f
from ketachart.domain.quantities import Mg, Ml
from ketachart.report.sections.accounts import balance_box, signature_boxes
from ketachart.report.sections.record import Record
from tests.helpers.story import Story


def begun():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    return story.start_pump(0, "17.5")


def readings(story):
    return dict(balance_box(Record(story.visit(), story.at(90))).readings)


def test_three_readings_of_one_bag_show_how_each_was_reached():
    story = begun().stop(60, pump="18.5")
    story.tell(f.DrugReturned(at=story.at(65), amount_mg=Mg(165), source="V1", seal="S"))
    assert readings(story) == {
        "Pump read-out": "18.5 mL × 2 mg/mL = 37 mg",
        "Rates × time": "35 mg, 2 mg = 1 mL apart (0.5 mg allowed)",
        "What is left": "200 − 165 = 35 mg",
    }


def test_what_is_not_known_is_said_and_is_no_zero():
    assert readings(begun().stop(60)) == {
        "Pump read-out": "NOT READ",
        "Rates × time": "35 mg",
        "What is left": "not known: nothing is charted as left over",
    }


def test_a_pump_read_before_the_end_says_when():
    story = begun().pause(20, pump_volume_ml=Ml(6)).resume(25, "17.5").stop(55)
    assert readings(story)["Pump read-out"] == "6 mL × 2 mg/mL = 12 mg, last read 12:20"


def test_two_bags_are_summed_and_an_unread_change_is_said():
    story = begun().bag("1.75", "17.5", minute=29, name="B2")
    story.tell(f.BagChanged(at=story.at(30), bag="B2")).stop(60, pump="17.5")
    shown = readings(story)
    assert shown["Pump read-out"] == "17.5 mL = 26.25 mg"
    assert shown["Bag change"] == "12:30: pump not read, rates stand for it"


def waste(story, **values):
    return story.tell(
        f.DrugWasted(at=story.at(70), amount_mg=Mg(5), source="B1", how="pouch", **values)
    )


def witness_box(story):
    boxes = signature_boxes(Record(story.visit(), story.at(90)))
    return next(box for box in boxes if box.role == "WASTE WITNESS")


def test_a_witness_by_phone_stands_with_number_and_code():
    story = waste(
        begun().stop(30), witness="T. Brandt", witness_mode="by-phone",
        call_back="602 555 0162", witness_code="QF-41",
    )  # fmt: skip
    assert readings(story)["Waste 13:10"] == "5 mg, witness T. Brandt by phone"
    assert witness_box(story).instead == "By phone, called 602 555 0162, code QF-41"


def test_without_a_witness_the_box_asks_the_supervisor_to_measure():
    story = waste(begun().stop(30), witness_mode="none", why_none="alone", sealed_bag="SB-7")
    assert readings(story)["Waste 13:10"] == "5 mg, NO WITNESS, sealed bag SB-7"
    assert witness_box(story).meaning == "Supervisor: measure the volume in sealed bag SB-7."

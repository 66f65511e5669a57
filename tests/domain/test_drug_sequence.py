"""Waste, return and breakage: who saw it, how much it can be, and nothing before it was there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.audit import words
from ketachart.domain.counts import balance
from ketachart.domain.drug_sequence import too_early
from ketachart.domain.found.findings import findings
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour
from ketachart.domain.summary import look_at
from ketachart.errors import Refused
from tests.helpers.story import Story

NOBODY = {"witness_mode": "none", "why_none": "alone, no signal", "sealed_bag": "SB-1"}
CALLED = {
    "witness_mode": "by-phone",
    "witness": "T. Brandt",
    "call_back": "602 555 0162",
    "witness_code": "QF-41",
}


def made_up():
    """A vial of 200 mg taken out at minute 10, 35 mg of it made up in B1 at minute 20."""
    story = Story().patient().order().weight("70").vial(minute=10)
    return story.bag("3.5", "17.5", minute=20)


def chart(story, fact, minute=60):
    admit(story.visit(), fact, now=story.at(minute), letters=house.printable_letters())


def wasted(story, mg="5", source="B1", minute=40, **values):
    told = {"how": "pouch", **(values or NOBODY)}
    return f.DrugWasted(at=story.at(minute), amount_mg=Mg(mg), source=source, **told)


# ------------------------------------------------ who saw it


@pytest.mark.parametrize("told", [NOBODY, CALLED, {"witness_mode": "in-person", "witness": "A. B"}])
def test_a_waste_with_all_that_its_witness_leaves_is_charted(told):
    chart(made_up(), wasted(made_up(), **told))


@pytest.mark.parametrize(
    ("told", "lacks", "says"),
    [
        ({"witness_mode": "in-person"}, "witness", "Who witnessed"),
        (CALLED, "witness", "Who witnessed"),
        (CALLED, "call_back", "called back"),
        (CALLED, "witness_code", "code"),
        (NOBODY, "why_none", "why nobody"),
        (NOBODY, "sealed_bag", "number of the bag"),
    ],
)
def test_what_a_witness_must_leave_is_asked_for_where_it_is_missing(told, lacks, says):
    with pytest.raises(Refused, match=says) as refused:
        chart(made_up(), wasted(made_up(), **{**told, lacks: " "}))
    assert refused.value.field == lacks


@pytest.mark.parametrize(
    ("bag", "task"),
    [
        ("SB-1", "measure the volume in sealed bag SB-1"),
        ("none", "nothing was sealed, ask what became of it"),
    ],
)
def test_waste_without_a_witness_leaves_the_supervisor_a_task_on_page_one(bag, task):
    story = made_up()
    story.tell(wasted(story, **{**NOBODY, "sealed_bag": bag}))
    (line,) = (line for line in look_at(story.visit()) if line.kind == "Waste")
    assert line.decision
    assert line.sentence == (f"5 mg wasted without a witness: alone, no signal. Supervisor: {task}")
    code = f"no-witness-{len(story.entries)}"
    explained = f.FindingExplained(at=story.at(50), finding=code, reason="called from the car")
    lines = look_at(Story.visit(story.tell(explained)))
    assert [line.kind for line in lines if "witness" in line.sentence] == ["Waste"]
    assert "no signal; called from the car. Supervisor:" in lines[0].sentence
    points = {point.code: point for point in findings(story.visit(), story.at(60))}
    assert task in points[code].detail


# ------------------------------------------------ how much it can be


@pytest.mark.parametrize(
    ("source", "before", "most", "over"),
    [("B1", "0", "35", "35.01"), ("B1", "10", "25", "25.01"), ("V1", "0", "165", "165.01")],
)
def test_no_more_is_left_over_than_was_ever_in_it(source, before, most, over):
    story = made_up()
    if before != "0":
        story.tell(wasted(story, before, source))
    chart(story, wasted(story, most, source))
    with pytest.raises(Refused, match="never held") as refused:
        chart(story, wasted(story, over, source))
    assert refused.value.rule == "more left than there was"
    assert f"{over} mg" in str(refused.value)


def test_more_than_the_label_says_can_be_true_and_is_measured_again():
    # a vial may hold a little more than its label says; what was found is charted
    story = made_up()
    over = replace(wasted(story, "166", "V1"), confirmed=True)
    with pytest.raises(Refused, match="confirm it"):
        chart(story, replace(over, confirmed=False))
    chart(story, over)
    story.tell(over)
    (_, told) = words(story.visit(), over)
    assert told.endswith("; over the label, measured again")


def test_more_than_the_rates_leave_in_the_bag_is_charted_and_asked_about():
    # the pump may have given less than its rates say: 17.5 mg by the rates, 20 mg wasted of 35 mg
    story = made_up().start_pump(25, "17.5").stop(55)
    chart(story, wasted(story, "20", minute=56))
    story.tell(wasted(story, "20", minute=56))
    story.tell(f.DrugReturned(at=story.at(57), amount_mg=Mg(165), source="V1", seal="S"))
    assert balance(story.visit()).unaccounted == Mg("-2.5")
    (point,) = (p for p in findings(story.visit(), story.at(60)) if p.code == "unaccounted")
    assert point.sentence == "2.5 mg more ketamine is charted than was taken out"
    assert point.severity == "reason"


def test_a_vial_that_is_not_on_file_is_refused():
    with pytest.raises(Refused, match="not on file"):
        chart(made_up(), wasted(made_up(), source="V9"))


# ------------------------------------------------ nothing before it was there


def early(story):
    """Facts that need a vial of minute 10 or a bag of minute 20, by how they are told."""
    rate = MlPerHour("17.5")
    return {
        "waste of a bag": lambda at: wasted(story, minute=at),
        "waste of a vial": lambda at: wasted(story, source="V1", minute=at),
        "return": lambda at: f.DrugReturned(
            at=story.at(at), amount_mg=Mg(1), source="B1", seal="S"
        ),
        "breakage": lambda at: f.DrugBroken(
            at=story.at(at), amount_mg=Mg(1), source="V1", how="fell"
        ),
        "start": lambda at: f.InfusionStarted(at=story.at(at), rate_ml_h=rate, despite="told"),
        "start with its strength": lambda at: f.InfusionStarted(
            at=story.at(at), rate_ml_h=rate, strength_mg_per_ml=MgPerMl(2), despite="told"
        ),
        "bolus": lambda at: f.BolusGiven(at=story.at(at), amount_mg=Mg(1), despite="told"),
        "bag": lambda at: f.BagPrepared(
            at=story.at(at), bag="B2", vial="V1", drawn_ml=Ml(1), total_ml=Ml(5)
        ),
        "change": lambda at: f.BagChanged(at=story.at(at), bag="B1"),
    }


@pytest.mark.parametrize(
    ("what", "since", "there"),
    [
        ("waste of a bag", 20, "made up at 12:20"),
        ("waste of a vial", 10, "taken out at 12:10"),
        ("return", 20, "made up at 12:20"),
        ("breakage", 10, "taken out at 12:10"),
        ("start", 20, "made up at 12:20"),
        ("start with its strength", 10, "taken out at 12:10"),
        ("bolus", 10, "taken out at 12:10"),
        ("bag", 10, "taken out at 12:10"),
    ],
)
def test_nothing_comes_before_what_it_needs_and_both_times_are_named(what, since, there):
    story = made_up()
    make = early(story)[what]
    chart(story, make(since))
    with pytest.raises(Refused, match=there) as refused:
        chart(story, make(since - 1))
    assert f"12:{since - 1:02}" in str(refused.value)
    assert (refused.value.rule, refused.value.field) == ("before it was there", "at")


def test_a_bag_is_not_hung_before_it_was_made_up():
    story = made_up().start_pump(25, "17.5").bag("1.75", "17.5", name="B2", minute=30)
    change = f.BagChanged(at=story.at(29), bag="B2", strength_mg_per_ml=MgPerMl(1))
    with pytest.raises(Refused, match="hung at 12:29, but made up at 12:30"):
        chart(story, change)
    chart(story, f.BagChanged(at=story.at(30), bag="B2"))


def test_a_vial_charted_late_is_not_taken_out_after_it_was_given():
    story = Story().patient().order().weight("70").start_pump(30, "17.5", strength="2")
    vial = f.VialTaken(
        at=story.at(31),
        vial="V1",
        strength_mg_per_ml=MgPerMl(10),
        volume_ml=Ml(20),
        lot="L",
        expires=(story.start + timedelta(days=99)).date(),
    )
    with pytest.raises(Refused, match="start is charted for 12:30"):
        chart(story, vial)


def test_what_an_old_record_tells_out_of_order_is_asked_about_and_stands_in_nobody_s_way():
    story = Story().patient().order().weight("70").vial(minute=10).bag("3.5", "17.5", minute=5)
    assert [point.entry.kind for point in too_early(story.visit())] == ["bag-prepared"]
    code = f"too-early-{len(story.entries)}"
    assert code in {point.code for point in findings(story.visit(), story.at(60))}
    chart(story, wasted(story))

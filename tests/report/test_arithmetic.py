"""The dose on paper: each line of the chain, as the bag was made up, with drops and rounding."""

from dataclasses import replace

import pytest

from ketachart.domain import facts as f
from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour
from ketachart.report.sections.arithmetic import arithmetic_lines
from ketachart.report.sections.pieces import Divider
from tests.helpers.story import Story


def story():
    """68.4 kg × 0.5 mg/kg = 34.2 mg over 60 min, from 10 mg/mL."""
    return Story().patient().order().weight("68.4").vial()


def told(made):
    """Every line as the words of its cells."""
    return [
        (line.text,)
        if isinstance(line, Divider)
        else tuple("".join(run.text for run in cell) for cell in line.cells if cell)
        for line in arithmetic_lines(made.visit())
    ]


def test_a_vial_without_a_bag_is_printed_as_it_was_planned():
    lines = told(story())
    assert lines[0] == ("From vial V1, 10 mg/mL",)
    assert ("Draw from the vial", "34.2 mg ÷ 10 mg/mL", "3.42 mL") in lines
    assert ("Volume to infuse", "34.2 mg ÷ 2 mg/mL", "17.1 mL") in lines
    assert ("Rounding", "the dose stays 34.2 mg, in 60 min") in lines
    (beside,) = (line[1] for line in lines if line[0] == "Side by side")
    assert beside.replace("\u00a0", " ") == "17.1 mL/h = 34.2 mg/h = 0.5 mg/kg/h = 8.33 µg/kg/min"
    assert beside.count(" ") == 6  # a line ends only around the equals signs


@pytest.mark.parametrize(
    ("method", "bag", "total", "making", "strength"),
    [
        ("added-to", "50", "53.42", "50 mL bag + 3.42 mL of drug", "0.64 mg/mL"),
        (
            "withdrawn-first",
            "50",
            "50",
            "50 mL bag − 3.42 mL withdrawn + 3.42 mL of drug",
            "0.684 mg/mL",
        ),
    ],
)
def test_a_bag_is_printed_as_it_was_made_up(method, bag, total, making, strength):
    made = story()
    made.tell(
        f.BagPrepared(
            at=made.at(1),
            vial="V1",
            drawn_ml=Ml("3.42"),
            total_ml=Ml(total),
            method=method,
            bag_ml=Ml(bag),
        )
    )
    lines = told(made)
    assert lines[0] == ("From vial V1, 10 mg/mL: B1 as it was made up",)
    assert ("Make up with 0.9 % saline to", making, f"{total} mL") in lines
    assert any(line[0] == "Bag strength" and line[-1] == strength for line in lines)


def test_drops_are_printed_with_their_set_and_what_whole_drops_do():
    made = story().bag("3.42", "17.1", 1)
    made.start_pump(5, "18", by="gravity", drops_per_ml=20)
    lines = told(made)
    assert (
        "Drops of the gravity set",
        "17.1 mL/h × 20 gtt/mL ÷ 60 min = 5.7 gtt/min; whole drops run 18 mL/h",
        "6 gtt/min",
    ) in lines
    assert ("Gravity set", "20 gtt/mL, macro-drip (nursing teaching)") in lines
    assert ("Rounding", "the dose stays 34.2 mg, in 57 min, not 60 min (−3 min)") in lines


def test_the_drops_of_a_check_are_printed_before_the_start():
    made = story().bag("3.42", "17.1", 1)
    check = f.PumpChecked(
        at=made.at(2),
        reader="same-nurse",
        rate_ml_h=MlPerHour(18),
        volume_ml=Ml("17.1"),
        strength_mg_per_ml=MgPerMl(2),
        drops_per_ml=20,
    )
    assert any(line[0] == "Gravity set" for line in told(made.tell(check)))
    again = replace(check, at=made.at(3), drops_per_ml=None, rate_ml_h=MlPerHour("17.1"))
    assert not any(line[0] == "Gravity set" for line in told(made.tell(again)))


def test_what_cannot_be_worked_out_says_why():
    made = Story().patient().order().weight("0.01").vial("100")
    assert any("not worked out: Draw must be above zero" in " ".join(row) for row in told(made))


def test_without_an_order_or_a_weight_nothing_is_printed():
    assert told(Story().patient().order().vial()) == []

"""The dose worked by hand, each step with its unit; what rounding does; the lone nurse's check."""

from dataclasses import replace

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.check.expected import expected
from ketachart.domain.check.pump_check import slips
from ketachart.domain.dose.dosing import plan
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.errors import Refused
from tests.helpers.story import Story

PROTOCOL = house.shipped_protocol()
TEN, FIFTY, HUNDRED = PROTOCOL.vials


def worked(weight="68.4", vial=TEN, **values):
    told = {"start_rate_mg_kg_h": MgPerKgPerHour("0.15"), "duration_min": Minutes(120), **values}
    order = Story().order(**told).visit().order
    return plan(order, Kg(weight), vial, PROTOCOL)


def test_the_whole_chain_by_hand():
    # 68.4 kg × 0.5 mg/kg = 34.2 mg; ÷ 10 mg/mL = 3.42 mL; to 17.1 mL is 2 mg/mL;
    # 68.4 × 0.15 mg/kg/h = 10.26 mg/h; ÷ 2 = 5.13 mL/h, on a pump of 0.1: 5.1 mL/h
    sums = worked()
    assert sums.dose == Mg("34.2")
    assert sums.draw == Ml("3.42")
    assert sums.total == Ml("17.1")
    assert sums.strength == MgPerMl(2)
    assert sums.start.amount * 100 == 1026
    assert sums.rate == MlPerHour("5.1")
    assert [step.code for step in sums.steps] == [
        "dose", "draw", "total", "strength", "start", "rate", "volume",
    ]  # fmt: skip
    assert sums.steps[0].expression == "68.4 kg × 0.5 mg/kg"
    assert "to the pump's step" in sums.steps[-2].expression


def test_without_a_start_rate_the_dose_is_spread_evenly():
    sums = worked(start_rate_mg_kg_h=None, duration_min=Minutes(60))
    assert sums.start.amount == Mg("34.2").amount
    assert sums.rate == MlPerHour("17.1")


def test_what_the_syringe_cannot_mark_is_rounded_once_and_carried_through():
    # 83.4 kg × 0.3 mg/kg = 25.02 mg = 0.2502 mL of 100 mg/mL: marked 0.25 mL, 25 mg
    sums = worked("83.4", HUNDRED, dose_mg_per_kg=MgPerKg("0.3"))
    assert sums.draw_exact == Ml("0.2502")
    assert sums.draw == Ml("0.25")
    assert sums.drawn == Mg(25)
    assert sums.total == Ml("12.5")
    assert sums.to_infuse == Ml("12.5")


def test_a_draw_that_rounds_up_past_the_ceiling_is_rounded_down():
    # 37.44 mg is 0.7488 mL of 50 mg/mL: the nearest mark is 0.75 mL, 37.5 mg
    over = worked("74.88", FIFTY, ceiling_mg=Mg("37.44"))
    free = worked("74.88", FIFTY)
    assert free.drawn == Mg("37.5")
    assert over.drawn == Mg(37)
    assert free.to_infuse.at(free.strength) <= free.dose


def test_the_ceiling_holds_the_dose_and_says_so():
    sums = worked("120", ceiling_mg=Mg(50))
    assert sums.dose == Mg(50)
    assert "held to the ceiling" in sums.steps[0].expression


@pytest.mark.parametrize(
    ("weight", "values", "rule"),
    [
        ("0", {}, "weight must be above zero"),
        ("70", {"duration_min": Minutes(0), "start_rate_mg_kg_h": None}, "duration must be above"),
        ("70", {"strength_mg_per_ml": MgPerMl(0)}, "concentration must be above zero"),
    ],
)
def test_nothing_is_worked_out_from_nothing(weight, values, rule):
    with pytest.raises(Refused) as refused:
        worked(weight, **values)
    assert refused.value.rule.startswith(rule)


# ------------------------------------------------ the phone code


def test_the_phone_code_is_the_same_for_the_same_order_and_changes_with_any_field():
    story = Story().patient().order()
    patient, order = story.visit().patient, story.visit().order
    code = phone_code(patient, order, Mg(35))
    assert code == phone_code(replace(patient), replace(order), Mg(35))
    others = [
        phone_code(patient, order, Mg("35.1")),
        phone_code(replace(patient, mrn="2"), order, Mg(35)),
        phone_code(patient, replace(order, dose_mg_per_kg=MgPerKg("0.4")), Mg(35)),
        phone_code(patient, replace(order, duration_min=Minutes(61)), Mg(35)),
        phone_code(patient, replace(order, ceiling_mg=Mg(35)), Mg(35)),
        phone_code(patient, replace(order, strength_mg_per_ml=MgPerMl(2)), Mg(35)),
        phone_code(patient, replace(order, bolus_allowed=True), Mg(35)),
    ]
    assert code not in others
    assert len(set(others)) == len(others)
    assert len(code) == 7


# ------------------------------------------------ the blind check


def prepared():
    """83.4 kg × 0.3 mg/kg = 25.02 mg over 3 h: 8.34 mg/h ÷ 2 mg/mL = 4.17, set 4.2 mL/h."""
    story = (
        Story()
        .patient()
        .order(dose_mg_per_kg=MgPerKg("0.3"), duration_min=Minutes(180), goal="prevention")
    )
    return story.weight("83.4").vial().bag("2.5", "12.5")


def named(rate="4.2", volume="12.5", strength="2"):
    story = prepared()
    check = f.PumpChecked(
        at=story.at(1),
        reader="same-nurse",
        rate_ml_h=MlPerHour(rate),
        volume_ml=Ml(volume),
        strength_mg_per_ml=MgPerMl(strength),
    )
    return {slip.field: slip.rule for slip in slips(story.visit(), check)}


def test_what_should_be_read():
    should = expected(prepared().visit(), prepared().at(1))
    assert (should.rate, should.volume, should.strength) == (
        MlPerHour("4.2"), Ml("12.5"), MgPerMl(2),
    )  # fmt: skip


def test_a_check_that_agrees_names_nothing():
    assert named() == {}
    assert named(rate="4.17") == {}


@pytest.mark.parametrize(
    ("rate", "rule"),
    [
        ("42", "tenfold"),
        ("41.7", "tenfold"),
        ("0.42", "a tenth"),
        ("420", "hundredfold"),
        ("8.34", "mg/h typed as mL/h"),
        ("0.1", "mg/kg/h typed as mL/h"),
        ("12.5", "volume typed as the rate"),
        ("9.2", "pounds taken for kg"),
        ("6", "another rate"),
    ],
)
def test_a_slip_of_the_rate_is_named(rate, rule):
    assert rule in named(rate=rate)["rate_ml_h"]


@pytest.mark.parametrize(
    ("volume", "rule"),
    [("125", "tenfold"), ("25", "dose in mg typed as mL"), ("4.2", "rate typed as the volume")],
)
def test_a_slip_of_the_volume_is_named(volume, rule):
    assert rule in named(volume=volume)["volume_ml"]


@pytest.mark.parametrize(
    ("strength", "rule"), [("10", "vial's strength"), ("20", "tenfold"), ("3", "another")]
)
def test_a_slip_of_the_strength_is_named(strength, rule):
    assert rule in named(strength=strength)["strength_mg_per_ml"]


def test_a_check_with_nothing_to_compare_does_not_agree():
    story = Story()
    check = f.PumpChecked(
        at=story.at(1), reader="same-nurse", rate_ml_h=MlPerHour(1), volume_ml=Ml(1),
        strength_mg_per_ml=MgPerMl(1),
    )  # fmt: skip
    assert slips(story.visit(), check)[0].rule == "nothing to compare"

"""The weight to dose on: measured, named by the order, or worked out of height and sex."""

from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.dose.dosing_weight import (
    adjusted_weight,
    dosing_weight,
    ideal_weight,
    needs_height,
    planned_dose,
    weight_to_dose_on,
)
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.quantities import Kg, Mg
from ketachart.domain.start import against_start
from tests.helpers.story import Story

PROTOCOL = house.shipped_protocol()


def told(*, sex="F", kg="92", height=None, **order):
    story = Story().patient(sex=sex).order(**order)
    if kg is not None:
        story.weight(kg)
    if height is not None:
        story.tell(f.HeightMeasured(at=story.at(1), height_cm=Decimal(height)))
    return story.visit()


# 165 cm ÷ 2.54 = 64.9606 in: 4.9606 in over 60, worked by hand to 0.1 kg
@pytest.mark.parametrize(
    ("code", "sex", "kg"),
    [
        ("devine", "F", "56.9"),  # 45.5 + 2.3 × 4.9606 = 56.909
        ("devine", "M", "61.4"),  # 50 + 11.409 = 61.409
        ("robinson", "F", "57.4"),  # 49 + 1.7 × 4.9606 = 57.433
        ("robinson", "M", "61.4"),  # 52 + 1.9 × 4.9606 = 61.425
        ("miller", "F", "59.8"),  # 53.1 + 1.36 × 4.9606 = 59.846
        ("miller", "M", "63.2"),  # 56.2 + 1.41 × 4.9606 = 63.194
    ],
)
def test_each_formula_by_hand(code, sex, kg):
    formula = PROTOCOL.formula(code)
    assert ideal_weight(formula, sex=sex, height_cm=Decimal(165)) == Kg(kg)


def test_the_formulas_stand_at_their_base_at_sixty_inches():
    for formula in PROTOCOL.formulas:
        assert ideal_weight(formula, sex="F", height_cm=Decimal("152.4")) == Kg(formula.base_f_kg)
        assert ideal_weight(formula, sex="M", height_cm=Decimal("152.4")) == Kg(formula.base_m_kg)


def test_the_adjusted_weight_comes_out_with_a_pencil_from_what_is_shown():
    # 56.9 + 0.4 × (92 − 56.9) = 56.9 + 14.04 = 70.94
    formula = PROTOCOL.formula("devine")
    assert adjusted_weight(formula, ideal=Kg("56.9"), actual=Kg(92)) == Kg("70.9")
    visit = told(height="165", weight_basis="adjusted", weight_formula="devine")
    found = weight_to_dose_on(visit)
    assert found.kg == Kg("70.9")
    assert found.words == "adjusted by Devine 1974, 165 cm: 56.9 kg + 0.4 × (92 kg − 56.9 kg)"
    assert planned_dose(visit) == Mg("35.45")
    assert found.asks == ""


def test_the_actual_weight_is_what_the_scale_said():
    assert dosing_weight(told()) == Kg(92)
    assert weight_to_dose_on(told()).words == "actual, measured"


def test_the_prescribers_own_weight_goes_before_the_formula():
    visit = told(
        height="165", weight_basis="ideal", weight_formula="devine", dosing_weight_kg=Kg(60)
    )
    assert dosing_weight(visit) == Kg(60)
    assert not needs_height(visit.order)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"kg": None}, "weight"),
        ({"weight_basis": "ideal", "weight_formula": "devine"}, "height"),
        ({"weight_basis": "ideal", "weight_formula": "none", "height": "165"}, "formula"),
        ({"weight_basis": "ideal", "weight_formula": "devine", "height": "165", "sex": "X"}, "sex"),
        (
            {"weight_basis": "adjusted", "weight_formula": "devine", "height": "165", "kg": None},
            "weight",
        ),
    ],
)
def test_what_is_missing_is_named_and_no_dose_is_made_up(given, lacks):
    visit = told(**given)
    assert weight_to_dose_on(visit).lacks == lacks
    assert dosing_weight(visit) is None
    assert planned_dose(visit) is None


@pytest.mark.parametrize(("kg", "asks"), [("57", False), ("56.9", False), ("56.8", True)])
def test_more_than_the_patient_weighs_asks_the_prescriber(kg, asks):
    visit = told(kg=kg, height="165", weight_basis="ideal", weight_formula="devine")
    assert ("on the scale" in weight_to_dose_on(visit).asks) is asks


@pytest.mark.parametrize(("cm", "asks"), [("152.4", False), ("152.3", True)])
def test_under_sixty_inches_the_prescriber_is_asked(cm, asks):
    visit = told(height=cm, weight_basis="ideal", weight_formula="devine")
    assert ("60 inches" in weight_to_dose_on(visit).asks) is asks


# ------------------------------------------------ against the order, and before the start


@pytest.mark.parametrize(
    ("kg", "standing"), [("57", "inside"), ("56.9", "inside"), ("56.8", "reason")]
)
def test_a_dose_on_more_than_the_scale_says_asks_for_a_reason(kg, standing):
    visit = told(kg=kg, height="165", weight_basis="ideal", weight_formula="devine")
    (row,) = [r for r in dose_checks(visit, Story().at(5)) if r.code == "dosing-weight"]
    assert (row.value, row.standing) == ("56.9 kg", standing)


def test_an_order_on_the_actual_weight_has_no_such_row():
    assert "dosing-weight" not in [row.code for row in dose_checks(told(), Story().at(5))]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kg": None}, "Chart the weight to dose on"),
        ({"weight_basis": "ideal", "weight_formula": "devine"}, "Chart the height"),
        ({"weight_basis": "ideal", "weight_formula": "x", "height": "165"}, "lacks the formula"),
        (
            {"weight_basis": "ideal", "weight_formula": "devine", "height": "165", "sex": "X"},
            "women from men",
        ),
    ],
)
def test_the_start_waits_for_what_the_weight_still_lacks_and_names_it(given, sentence):
    points = against_start(told(**given), Story().at(5))
    (point,) = [p for p in points if p.code == "weight"]
    assert sentence in point.sentence
    assert point.level == "stop"

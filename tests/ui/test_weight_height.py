"""The weight sheet asks for a height only where the order works its weight out of one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.facts import HeightMeasured, WeightMeasured
from ketachart.domain.quantities import Kg
from tests.helpers.qt import cut_off
from tests.helpers.visit_window import VisitWindow
from tests.ui.test_screening_sheets import from_row, problem


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The visit was just opened; its order doses on an adjusted weight by Devine."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    order = made.visit.order
    made.desk.clock.pass_time(timedelta(minutes=1))  # a set clock makes the same ids again
    made.desk.record(
        replace(order, at=made.desk.now(), weight_basis="adjusted", weight_formula="devine")
    )
    yield made
    made.close()


@pytest.fixture
def plain(tmp_path, qapp):  # noqa: ARG001 - as above
    """The visit was just opened; its order doses on the actual weight."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    yield made
    made.close()


def test_an_order_on_the_actual_weight_asks_for_no_height(plain):
    sheet = from_row(plain, "weight-today")
    assert sheet._height.isHidden()
    plain.fill("68.4", "k", "s")
    plain.main_button()
    assert plain.last(HeightMeasured) is None


def test_height_and_weight_are_charted_in_one_act_by_keys(begun):
    sheet = from_row(begun, "weight-today")
    begun.fill("92", "k", "s", "65", "i", "m")
    assert "Dosed on 71 kg" in sheet._becomes.text()
    assert "57 kg + 0.4 × (92 kg − 57 kg)" in sheet._becomes.text()
    begun.main_button()
    height = begun.last(HeightMeasured)
    assert (height.height_cm, height.how) == (Decimal("165.1"), "measured")
    assert begun.last(WeightMeasured).weight_kg == Kg(92)
    assert dosing_weight(begun.visit) == Kg(71)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("92", "k", "s", "", "", ""), "Type height."),
        (("92", "k", "s", "165", "", ""), "Centimetres or inches?"),
        (("92", "k", "s", "165", "c", ""), "measured, or told?"),
        (("92", "k", "s", "1,65", "c", "m"), "Height: Write the decimal with a point"),
    ],
)
def test_a_height_half_told_is_asked_for_and_nothing_is_lost(begun, typed, sentence):
    sheet = from_row(begun, "weight-today")
    begun.fill(*typed)
    begun.main_button()
    assert begun.last(WeightMeasured) is None
    assert sentence in problem(sheet)
    assert sheet._read.text() == "92"


def test_confirming_the_height_does_not_confirm_the_weight(begun):
    sheet = from_row(begun, "weight-today")
    begun.fill("20", "k", "s", "65", "c", "m")
    begun.main_button()
    assert "65 in would be 165.1 cm" in problem(sheet)
    sheet._confirm.setFocus()
    begun.keys(Qt.Key.Key_Space)
    assert begun.last(WeightMeasured) is None
    assert "20 kg" in problem(sheet)
    sheet._confirm.setFocus()
    begun.keys(Qt.Key.Key_Space)
    assert (begun.last(WeightMeasured).confirmed, begun.last(HeightMeasured).confirmed) == (
        True,
        True,
    )


def test_a_second_weighing_may_leave_the_height_as_it_is_on_file(begun):
    from_row(begun, "weight-today")
    begun.fill("92", "k", "s", "165", "c", "m")
    begun.main_button()
    sheet = from_row(begun, "weight-today")
    assert "on file 165 cm" in sheet._height.number._head.hint.text()
    begun.fill("92.5", "k", "s")
    begun.main_button()
    assert begun.last(WeightMeasured).weight_kg == Kg("92.5")
    assert len(begun.visit.of(HeightMeasured)) == 1


def test_no_text_of_the_sheet_is_cut(begun):
    from_row(begun, "weight-today")
    begun.fill("92", "k", "s", "165", "c", "m")
    assert cut_off(begun.window) == []

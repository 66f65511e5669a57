"""Medicines and fluids in the real window: the order's treatments, and what stands against one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart.domain.facts import (
    Adjunct,
    FluidGiven,
    MedicineGiven,
    OrderRecorded,
    PatientRecorded,
    VitalsTaken,
)
from ketachart.domain.facts.setting import Allergy
from ketachart.domain.quantities import Minutes, Ml
from tests.helpers.bench import click, said
from tests.helpers.qt import cut_off
from tests.helpers.visit_window import VisitWindow

ADJUNCTS = (
    Adjunct(
        kind="magnesium",
        what="magnesium sulfate",
        dose="2",
        unit="g",
        route="IV",
        over_min=Minutes(20),
    ),
    Adjunct(kind="fluid", what="0.9 % saline", dose="500", unit="mL", route="IV"),
    Adjunct(kind="nerve-block", what="occipital block", where="elsewhere"),
)


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    made.desk.clock.pass_time(timedelta(minutes=40))
    order = made.visit.last(OrderRecorded)
    made.desk.correct(order.id, replace(order.fact, adjuncts=ADJUNCTS), "treatments left out")
    made.settle()
    yield made
    made.close()


def test_a_treatment_of_the_order_is_one_press_and_is_charted_against_it(window):
    sheet = window.column.open_sheet("medicine")
    assert any("Magnesium sulfate 2 g IV" in text for text in said(sheet))
    assert not any("occipital" in text for text in said(sheet))
    click(sheet, "Magnesium sulfate 2 g IV")
    assert sheet.against.chosen() == ("adjunct",)
    window.main_button()
    fact = window.last(MedicineGiven)
    assert (fact.medicine, str(fact.dose), fact.unit) == ("magnesium sulfate", "2", "g")
    assert fact.against == "adjunct"
    sheet = window.column.open_sheet("medicine")
    assert cut_off(window.column) == []
    click(sheet, "Magnesium sulfate 2 g IV")
    window.main_button()
    assert len(window.visit.of(MedicineGiven)) == 2
    assert sheet.despite.isVisible()


def test_what_stands_against_a_medicine_is_told_as_soon_as_it_is_named(window):
    at = window.desk.now()
    window.desk.record(VitalsTaken(at=at, heart_rate=56, systolic=130, diastolic=80))
    patient = window.visit.last(PatientRecorded)
    allergic = (*patient.fact.allergies, Allergy(substance="Zofran", reaction="hives"))
    window.desk.correct(patient.id, replace(patient.fact, allergies=allergic), "told later")
    window.settle()
    sheet = window.column.open_sheet("medicine")
    sheet.medicine.set_value("ondansetron")
    assert "Allergy: Zofran (hives)." in said(sheet)
    sheet.medicine.set_value("labetalol")
    assert any(text.startswith("Heart rate 56 /min at") for text in said(sheet))
    sheet.dose.set_text("10")
    sheet.route.choose("IV")
    sheet.against.choose("telephone-order")
    window.main_button()
    assert window.last(MedicineGiven).medicine == "ondansetron"
    assert sheet.despite.isVisible()
    sheet.despite.set_text("Dr A. Okafor by phone, read back")
    window.main_button()
    assert window.last(MedicineGiven).medicine == "labetalol"


def test_the_fluid_of_the_order_and_what_ran_so_far_are_told(window):
    window.desk.record(FluidGiven(at=window.desk.now(), fluid="0.9 % saline", volume_ml=Ml(250)))
    sheet = window.column.open_sheet("fluid")
    text = "Ordered: 0.9 % saline 500 mL IV. Given by vein so far: 250 mL."
    assert text in said(sheet)

"""The order of the last visit is offered and taken over by one key; an expired one asks twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ketachart.charting import NewVisit
from ketachart.domain import facts as f
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import Kg, Mg, MgPerKg, MgPerKgPerHour, Minutes, Ml
from tests.helpers.door import clinic_in, cut_off_at_rest
from tests.helpers.qt import LOOKS, all_of, press
from tests.helpers.story import Story
from tests.ui.test_new_visit import (
    ALT,
    CTRL,
    ENTER,
    chord,
    fill,
    line,
    on_the_form,
    take,
    words,
)
from ui import theme
from ui.widgets.buttons import Button

FULL = {
    "goal": "induction",
    "ceiling_mg": Mg(35),
    "start_rate_mg_kg_h": MgPerKgPerHour("0.125"),
    "highest_rate_mg_kg_h": MgPerKgPerHour("0.3"),
    "weight_basis": "adjusted",
    "weight_formula": "devine",
    "dosing_weight_kg": Kg("70.9"),
    "titration": (
        f.TitrationStep(
            after_min=Minutes(20), rate_mg_kg_h=MgPerKgPerHour("0.2"), condition="pain over 4"
        ),
    ),
    "priming": f.LinePriming(fluid="saline", volume_ml=Ml("12.5")),
    "diluent": "5 % dextrose",
    "monitoring": f.MonitoringPlan(
        vitals_every_min=5, observe_min=Minutes(90), continuous=("spo2", "etco2")
    ),
    "adjuncts": (
        f.Adjunct(kind="magnesium", what="magnesium sulfate", dose="1", unit="g", route="IV"),
        f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere", note="1 Nov"),
    ),
    "bolus_allowed": True,
    "bolus_max_mg_per_kg": MgPerKg("0.1"),
    "prn": (
        f.PrnOrder(
            medicine="ondansetron", dose="4", unit="mg", most_doses=2, interval_min=Minutes(20)
        ),
        f.PrnOrder(medicine="labetalol", dose="10", unit="mg", indication="pressure"),
    ),
    "limits": (
        Limit(
            sign="systolic",
            when="during",
            level="pause",
            above=Decimal(150),
            readings=2,
            apart_min=5,
            source="the order",
        ),
        Limit(sign="rass", when="during", level="pause", at_most=Decimal(-3), source="the order"),
    ),
    "expires_on": date(2026, 12, 20),
    "series_number": 2,
    "series_of": 5,
    "note": "Call at 30 min.",
}


def with_an_order(qtbot, tmp_path, *, days=2, look=((1366, 768), 1.0), **order):
    """The form, on a laptop that knows patient 004182 with an order of some days ago."""
    size, _ = look
    window = on_the_form(qtbot, clinic_in(tmp_path / "ledger"), width=size[0], height=size[1])
    told = Story().patient(mrn="004182").order(**order).visit()
    window.desk.new_visit(NewVisit(patient=told.patient, order=told.order))
    window.desk.clock.pass_time(timedelta(days=days))
    window.desk.close_visit()
    chord(Qt.Key.Key_N, CTRL)
    fill(window, "Medical record number", "004182")
    take(window, "Allergies, asked today: No known allergies, asked today")
    return window


def take_over():
    chord(Qt.Key.Key_F, ALT)


def shown(window):
    return [w.text() for w in all_of(window.screen_shown, QLineEdit)]


def test_the_order_on_file_is_offered_in_one_line(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, **FULL)
    assert "Dr A. Okafor, 22 Nov 2026, 0.5 mg/kg over 60 min, valid to 20 Dec 2026" in words(window)
    assert line(window, "Dose, mg/kg").text() == ""  # offered, not filled in


def test_one_key_takes_all_of_it_over_and_it_comes_out_the_same(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, **FULL)
    first = Story().order(**FULL).visit().order
    take_over()
    assert any("Read each line against the order" in said for said in words(window))
    take(window, "How the order came: Signed")  # today's matter: it is asked again
    chord(ENTER, CTRL)
    assert window.shown == "visit", words(window)
    order = window.desk.visit.order
    assert order == replace(first, at=order.at)


def test_what_was_taken_over_can_be_edited(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, **FULL)
    take_over()
    fill(window, "Dose, mg/kg", "0.4")
    fill(window, "Infusion", "3")
    take(window, "How the order came: Signed")
    chord(ENTER, CTRL)
    order = window.desk.visit.order
    assert (order.dose_mg_per_kg, order.series_number) == (MgPerKg("0.4"), 3)


def test_an_expired_order_is_not_taken_over_silently(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, days=30, **FULL)
    assert any("expired 20 Dec 2026, needs a new order" in said for said in words(window))
    take_over()
    assert any("Press again to begin the new one" in said for said in words(window))
    assert line(window, "Dose, mg/kg").text() == ""
    take_over()
    assert line(window, "Dose, mg/kg").text() == "0.5"
    days = ("Ordered on", "Expires on", "Patient evaluated on")
    assert [line(window, name).text() for name in days] == ["", "", ""]
    take(window, "How the order came: Signed")
    chord(ENTER, CTRL)
    assert window.shown == "new-visit"  # the new order's day is asked for
    assert "Fill in ordered on." in words(window)


def test_what_is_typed_already_is_replaced_only_when_pressed_again(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, **FULL)
    fill(window, "Dose, mg/kg", "0.3")
    take_over()
    assert line(window, "Dose, mg/kg").text() == "0.3"
    assert any("would be replaced" in said for said in words(window))
    take_over()
    assert line(window, "Dose, mg/kg").text() == "0.5"


def test_another_number_takes_the_order_of_the_first_out_again(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path, **FULL)
    take_over()
    fill(window, "Medical record number", "004999")
    press(ENTER)
    assert "0.5" not in shown(window)
    assert "magnesium sulfate" not in shown(window)
    assert not any("Order on file" in said for said in words(window))
    chosen = [b.accessibleName() for b in all_of(window.screen_shown, Button) if b.isChecked()]
    assert not [name for name in chosen if "Goal" in name or "Bolus" in name]


def test_vital_signs_are_never_on_file(qtbot, tmp_path):
    window = with_an_order(qtbot, tmp_path)
    take_over()
    take(window, "How the order came: Signed")
    chord(ENTER, CTRL)
    assert window.desk.visit.facts(f.VitalsTaken) == ()
    assert window.desk.visit.facts(f.WeightMeasured) == ()


@pytest.mark.parametrize("look", LOOKS)
def test_no_text_is_cut_with_an_order_on_file(qtbot, qapp, tmp_path, look):
    theme.apply(qapp, "dim", look[1])
    window = with_an_order(qtbot, tmp_path, days=30, look=look, **FULL)
    take_over()
    assert cut_off_at_rest(qtbot, window) == []
    take_over()
    assert cut_off_at_rest(qtbot, window) == []

"""Everything that an order can say is typed by keys, and stands in the record as it was typed."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart.domain import facts as f
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import Kg, MgPerKgPerHour, Minutes, Ml
from tests.helpers.door import clinic_in, cut_off_at_rest
from tests.helpers.qt import LOOKS, all_of, luminances, press, reachable, spoken_name, type_text
from tests.ui.test_new_visit import (
    ALT,
    CTRL,
    ENTER,
    TAB,
    chord,
    fill,
    fill_order,
    fill_patient,
    fresh_form,
    line,
    on_the_form,
    take,
    words,
)
from ui import theme
from ui.widgets.buttons import Button

ADDERS = (Qt.Key.Key_M, Qt.Key.Key_G, Qt.Key.Key_U, Qt.Key.Key_V, Qt.Key.Key_O, Qt.Key.Key_J)


@pytest.fixture
def window(qtbot, tmp_path):
    """The real window, unlocked, on the form, with a plain order typed."""
    window = on_the_form(qtbot, clinic_in(tmp_path / "ledger"))
    fill_patient(window)
    fill_order(window)
    return window


def typed(*keys):
    """Text is typed as it stands; anything else is a key."""
    for key in keys:
        type_text(key) if isinstance(key, str) else press(key)


def opened(window):
    chord(ENTER, CTRL)
    assert window.shown == "visit", words(window)
    return window.desk.visit.order


def at():
    return spoken_name(QApplication.focusWidget())


RIGHT, SPACE = Qt.Key.Key_Right, Qt.Key.Key_Space


def test_steps_of_the_rate_are_typed_by_keys(window):
    chord(Qt.Key.Key_G, ALT)
    typed("20", ENTER, "0.2", ENTER, "pain over 4", ENTER)
    chord(Qt.Key.Key_G, ALT)
    typed("40", ENTER, "0.1", ENTER, "any side effect over mild")
    order = opened(window)
    assert order.titration == (
        f.TitrationStep(
            after_min=Minutes(20), rate_mg_kg_h=MgPerKgPerHour("0.2"), condition="pain over 4"
        ),
        f.TitrationStep(
            after_min=Minutes(40),
            rate_mg_kg_h=MgPerKgPerHour("0.1"),
            condition="any side effect over mild",
        ),
    )


def test_the_orders_own_limits_are_typed_by_keys(window):
    chord(Qt.Key.Key_U, ALT)
    typed(SPACE, ENTER, RIGHT, RIGHT, SPACE, ENTER, SPACE, ENTER, "150", ENTER, "2", ENTER, "5")
    chord(Qt.Key.Key_U, ALT)
    # to RASS, the last of the signs; pause; this or less; minus three
    typed(*[RIGHT] * 10, SPACE, ENTER, RIGHT, RIGHT, SPACE, ENTER, *[RIGHT] * 3, SPACE, ENTER, "-3")
    order = opened(window)
    assert order.limits == (
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
    )


def test_monitoring_line_and_treatments_are_typed_by_keys(window):
    chord(Qt.Key.Key_V, ALT)
    typed("5", ENTER, "90", ENTER, SPACE, RIGHT, SPACE, ENTER)
    chord(Qt.Key.Key_O, ALT)
    typed("5 % dextrose", ENTER, "12", ENTER, RIGHT, SPACE, ENTER)
    chord(Qt.Key.Key_J, ALT)
    typed(SPACE, ENTER, "magnesium sulfate", ENTER, "1.5", ENTER, "g", ENTER, "IV", ENTER)
    typed("20", ENTER, "first", ENTER, SPACE, ENTER)
    chord(Qt.Key.Key_J, ALT)
    typed(RIGHT, RIGHT, SPACE, ENTER, "occipital block")
    order = opened(window)
    assert order.monitoring == f.MonitoringPlan(
        vitals_every_min=5, observe_min=Minutes(90), continuous=("spo2", "ecg")
    )
    assert order.priming == f.LinePriming(fluid="saline", volume_ml=Ml(12))
    assert order.diluent == "5 % dextrose"
    assert order.adjuncts == (
        f.Adjunct(
            kind="magnesium",
            what="magnesium sulfate",
            dose="1.5",
            unit="g",
            route="IV",
            over_min=Minutes(20),
            note="first",
        ),
        f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere"),
    )


def test_an_adjusted_weight_is_typed_with_its_formula_or_the_prescribers_own(window):
    take(window, "Weight to dose on: Adjusted")
    take(window, "Formula that the order names: Devine 1974")
    fill(window, "Weight to dose on, kg", "70.9")
    order = opened(window)
    assert (order.weight_basis, order.weight_formula) == ("adjusted", "devine")
    assert order.dosing_weight_kg == Kg("70.9")


def test_a_plain_order_says_nothing_of_what_was_not_typed(window):
    for key in ADDERS:
        chord(key, ALT)  # begun by nobody: empty rows count for nothing
    order = opened(window)
    assert (order.prn, order.titration, order.limits, order.adjuncts) == ((), (), (), ())
    assert (order.monitoring, order.priming) == (None, None)
    assert (order.diluent, order.weight_formula) == ("0.9 % saline", "")


def test_a_plain_form_shows_none_of_it(window):
    names = {spoken_name(w) for w in all_of(window.screen_shown, QLineEdit)}
    assert not any(name.startswith(("Step", "Limit", "Treatment", "Observe")) for name in names)
    chord(Qt.Key.Key_V, ALT)
    chord(Qt.Key.Key_V, ALT)  # there is one plan at most
    names = [spoken_name(w) for w in all_of(window.screen_shown, QLineEdit)]
    assert names.count("Observe at least, min") == 1


HALF_TYPED = (
    (Qt.Key.Key_G, ("0,5",), "with a point", "Step 1 after, min"),
    (Qt.Key.Key_G, ("20", ENTER, "0.2"), "What must hold", "Step 1, only if"),
    (Qt.Key.Key_G, ("20",), "Type step 1 to", "Step 1 to, mg/kg/h"),
    (Qt.Key.Key_U, (SPACE,), "What does the limit ask for?", "Limit 1, asks for: Ask before"),
    (
        Qt.Key.Key_U,
        (SPACE, ENTER, RIGHT, RIGHT, SPACE, ENTER, SPACE),
        "Type the number",
        "Limit 1, number",
    ),
    (
        Qt.Key.Key_U,
        (SPACE, ENTER, RIGHT, RIGHT, SPACE, ENTER, SPACE, ENTER, "900"),
        "cannot be",
        "Limit 1, sign: SBP",
    ),
    (Qt.Key.Key_V, ("61",), "1 to 60 min", "Vital signs at least every, min"),
    (Qt.Key.Key_O, (ENTER, "12"), "primed with", "Line primed with: The bag itself"),
    (Qt.Key.Key_J, (SPACE,), "What the treatment is", "Treatment 1, what"),
    (
        Qt.Key.Key_J,
        (SPACE, ENTER, "magnesium", ENTER, "1"),
        "Type the unit",
        "Treatment 1, unit",
    ),
    (
        Qt.Key.Key_J,
        (SPACE, ENTER, "magnesium"),
        "in this visit, or elsewhere",
        "Treatment 1, where: In this visit",
    ),
)


def test_a_row_that_does_not_read_is_said_at_its_field(window):
    for key, keys, sentence, there in HALF_TYPED:
        fresh_form(window)
        fill_patient(window)
        fill_order(window)
        chord(key, ALT)
        typed(*keys)
        before = [w.text() for w in all_of(window.screen_shown, QLineEdit)]
        chord(ENTER, CTRL)
        assert window.shown == "new-visit", sentence
        said = [text for text in words(window) if sentence.lower() in text.lower()]
        assert said, (sentence, words(window))
        assert (sentence, at()) == (sentence, there)
        assert [w.text() for w in all_of(window.screen_shown, QLineEdit)] == before, sentence
        assert window.desk.office.visits() == (), sentence


def test_a_formula_for_a_patient_whose_sex_is_x_asks_for_the_prescribers_weight(window):
    take(window, "Sex as recorded: X")
    take(window, "Weight to dose on: Ideal")
    take(window, "Formula that the order names: Miller 1983")
    chord(ENTER, CTRL)
    assert any("sex is on file as X" in said for said in words(window))
    assert at() == "Weight to dose on, kg"


def test_tab_goes_through_an_added_row_where_it_stands(window):
    chord(Qt.Key.Key_M, ALT)
    chord(Qt.Key.Key_J, ALT)
    chord(Qt.Key.Key_G, ALT)
    line(window, "Step 1 after, min").setFocus()
    order = []
    for _ in range(5):
        order.append(at())
        press(TAB)
    assert order == [
        "Step 1 after, min",
        "Step 1 to, mg/kg/h",
        "Step 1, only if",
        "Treatment 1, kind: Magnesium",
        "Treatment 1, what",
    ]


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_of_a_long_order_is_cut_at_any_size(qtbot, qapp, tmp_path, size, scale):
    theme.apply(qapp, "dim", scale)
    window = on_the_form(qtbot, clinic_in(tmp_path / "ledger"), width=size[0], height=size[1])
    for key in ADDERS:
        chord(key, ALT)
    take(window, "Weight to dose on: Adjusted")
    assert cut_off_at_rest(qtbot, window) == []
    assert window.width() == size[0]


def test_a_long_form_stays_dim_named_and_large_enough(window):
    for key in ADDERS:
        chord(key, ALT)
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03
    for widget in reachable(window.screen_shown):
        assert spoken_name(widget), widget
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()

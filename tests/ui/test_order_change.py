"""An order changed by phone: filled in from the one in force, listed before it is written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.facts import OrderRecorded
from ketachart.domain.found.findings import findings
from ketachart.domain.quantities import MgPerKg
from ketachart.domain.telling.order_changes import differences
from ketachart.domain.wording import clock
from tests.domain.test_order_rules import FULL
from tests.helpers.bench import Bench, focused, said
from tests.helpers.qt import (
    LOOKS,
    all_of,
    cut_off,
    luminances,
    press,
    reachable,
    spoken_name,
    type_text,
)
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.widgets.buttons import Button

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Bench(tmp_path / "l", "paused_for_nausea", until="infusion-resumed")
    yield made
    made.close()


def called(bench, **values):
    """The sheet with the prescriber taken from the file, and the dose typed anew."""
    sheet = bench.open("order-change")
    sheet.who.setFocus()
    press(Qt.Key.Key_1)
    dose(sheet, values.get("dose", "0.4"))
    sheet.form._by._read_back.setFocus()
    press(Qt.Key.Key_Y)
    QApplication.processEvents()  # what was added is shown by the event loop
    return sheet


def dose(sheet, text):
    sheet.form._dose.set_text("")
    sheet.form._dose.setFocus()
    type_text(text)


def test_the_order_in_force_is_filled_in_but_who_calls_and_reads_back_is_asked(bench):
    order = bench.visit.order
    sheet = bench.open("order-change")
    assert focused() == "Who ordered it: Dr A. Okafor"
    assert sheet.who.chosen() == ()
    typed = sheet.form.treatment(order.at)
    asked = {"prescriber": typed.prescriber, "ordered_on": typed.ordered_on}
    assert typed == replace(order, **asked, received="signed", read_back=False)
    assert typed.prescriber.name == ""
    assert "Nothing yet: every value reads as before." in said(sheet)


@pytest.mark.parametrize("full", [{}, FULL])
def test_an_order_filled_in_and_not_touched_reads_the_same_to_its_last_value(bench, full):
    bench.desk.clock.pass_time(timedelta(minutes=1))
    order = replace(bench.visit.order, at=bench.desk.now(), **full)
    bench.desk.record(order)
    sheet = bench.open("order-change")
    assert said(sheet.changes) == ["What changes", "Nothing yet: every value reads as before."]
    told = differences(bench.visit.protocol, order, sheet.form.treatment(order.at))
    assert told == ()


def test_what_changes_is_listed_before_it_is_recorded_with_the_letters_to_read_aloud(bench):
    sheet = called(bench)
    told = said(sheet.changes)
    assert told == ["What changes", "Dose", "0.5 mg/kg", "0.4 mg/kg"]
    (aloud,) = [text for text in said(sheet.aloud) if text]
    before = len(bench.visit.entries)
    (fact,) = bench.record()
    assert len(bench.visit.entries) == before + 1
    code = phone_code(bench.visit.patient, fact, planned_dose(bench.visit))
    assert aloud == f"Read it back: phone code {code}, 27.36 mg in all."


def test_it_is_recorded_at_the_time_of_the_call_as_an_order_by_telephone(bench):
    first = bench.visit.order
    sheet = called(bench)
    sheet.when.set_text("-3")
    moment = bench.desk.now().replace(second=0, microsecond=0) - timedelta(minutes=3)
    (fact,) = bench.record()
    assert isinstance(fact, OrderRecorded)
    assert fact == replace(
        first,
        at=fact.at,
        dose_mg_per_kg=MgPerKg("0.4"),
        received="telephone",
        read_back=True,
        ordered_on=moment.date(),
    )
    assert abs(fact.at - moment) < timedelta(minutes=1)
    assert bench.visit.order_at(moment - timedelta(minutes=1)) == first
    found = {one.code: one.sentence for one in findings(bench.visit, bench.desk.now())}
    assert "telephone order" in found["phone-orders"]


@pytest.mark.parametrize(
    ("lacks", "sentence"),
    [
        ("who", "Prescriber"),
        ("read_back", "Read back and confirmed: yes or no?"),
        ("dose", "The order reads as before"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(bench, lacks, sentence):
    sheet = called(bench, dose="0.5" if lacks == "dose" else "0.4")
    if lacks == "who":
        sheet.form._by._name.set_text("")
    if lacks == "read_back":
        sheet.form._by._read_back.choose()
    assert bench.record() == []
    assert any(sentence in text for text in said(sheet))
    assert sheet.form._dose.text() == ("0.5" if lacks == "dose" else "0.4")


def test_what_was_typed_stays_while_the_visit_goes_on(bench):
    sheet = bench.open("order-change")
    dose(sheet, "0.45")
    bench.column.close_sheet()
    sheet = bench.open("order-change")
    assert sheet.form._dose.text() == "0.45"


def test_the_next_change_begins_with_the_order_that_was_changed(bench):
    called(bench)
    assert len(bench.record()) == 1
    sheet = bench.open("order-change")
    assert sheet.form._dose.text() == "0.4"
    assert sheet.form._by._name.text() == ""
    assert sheet.form._by._read_back.chosen() == ()


def test_tab_goes_through_it_as_it_is_read_and_every_stop_has_a_name(bench):
    sheet = bench.open("order-change")
    assert all(spoken_name(stop) for stop in reachable(sheet.body))
    stops = [focused()]
    while stops[-1] != "When it happened; empty means now" and len(stops) < 60:
        press(Qt.Key.Key_Tab)
        stops.append(focused())
    places = [
        next(n for n, stop in enumerate(stops) if stop.startswith(name))
        for name in ("Who ordered", "Goal", "Dose", "Over", "Weight", "Prescriber", "Read back")
    ]
    assert places == sorted(places)


# ------------------------------------------------------------------ in the window


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - as above
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


def chord(key, modifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def test_its_key_opens_it_and_the_keys_of_an_order_add_rows(window):
    chord(Qt.Key.Key_P, CTRL | SHIFT)
    assert window.column.open_name == "order-change"
    chord(Qt.Key.Key_G, ALT)
    assert focused().startswith("Step 1")


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut(window, qapp, size, scale):
    theme.apply(qapp, "dim", scale)
    window.window.resize(*size)
    window.settle()
    window.frame.act("order-change")
    sheet = window.column.sheet("order-change")
    dose(sheet, "0.4")
    window.settle()
    assert cut_off(window.window) == []


def test_it_stays_dim(window):
    window.frame.act("order-change")
    window.settle()
    mean, _ = luminances(window.window.grab().toImage())
    assert mean <= 0.03


def test_a_button_on_the_order_opens_it_and_the_change_is_told_there(window):
    window.open("order")
    button = next(b for b in all_of(window.screen, Button) if b.words() == "Changed by phone")
    button.click()
    window.settle()
    assert window.column.open_name == "order-change"
    order = replace(window.visit.order, at=window.desk.now(), dose_mg_per_kg=MgPerKg("0.4"))
    window.desk.record(order)
    window.settle()
    said = window.said(window.screen)
    assert f"Changed {clock(order.at)}: Dose 0.5 mg/kg → 0.4 mg/kg" in said


def test_while_the_pump_is_read_blind_the_order_is_not_opened_beside_it(tmp_path, qapp):  # noqa: ARG001
    window = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="pump-checked")
    card = window.screen._order
    for masked in (False, True):
        card.show_visit(window.visit, window.desk.now(), masked=masked)
        assert card._change.isHidden() is masked
    window.close()

"""The set of vital signs: typed by the keypad alone, told while typing, and charted as typed."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import VitalsMissed, VitalsTaken
from ketachart.domain.limits import values_of
from ketachart.domain.ordered_monitoring import full_set
from tests.helpers.bench import Bench, click, focused, said
from tests.helpers.qt import all_of, press, spoken_name, type_text
from ui.widgets.buttons import Button
from ui.widgets.field import Standing

ENTER = Qt.Key.Key_Return


@pytest.fixture(scope="module")
def bench(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    made = Bench(
        tmp_path_factory.mktemp("ledger") / "l", "paused_for_nausea", until="infusion-resumed"
    )
    yield made
    made.close()


@pytest.fixture
def sheet(bench):
    opened = bench.open("vitals")
    opened.empty()
    opened.clear_problem()
    opened.begin()
    yield opened
    opened.empty()


def test_a_full_set_takes_seven_groups_of_keys_and_enter(bench, sheet):
    assert focused() == spoken_name(sheet.upper.editor())
    for group in ("131/79", "83", "97", "", "4", "2", "1", "-1"):
        type_text(group)
        press(ENTER)
    (fact,) = bench.record()
    assert isinstance(fact, VitalsTaken)
    read = (fact.systolic, fact.diastolic, fact.heart_rate, fact.spo2, fact.respiratory_rate)
    assert read == (131, 79, 83, 97, None)
    assert (fact.pain, fact.nausea, fact.dissociation, fact.rass) == (4, 2, 1, -1)
    assert (fact.source, fact.oriented, fact.temperature_c) == ("typed", None, None)


def test_enter_in_the_note_records_and_the_next_set_begins_empty(bench, sheet):
    type_text("128")
    sheet.note.setFocus()
    type_text("awake")
    press(ENTER)
    fact = bench.visit.last_fact(VitalsTaken)
    assert (fact.systolic, fact.note) == (128, "awake")
    assert (sheet.upper.text(), sheet.note.text()) == ("", "")


def test_both_pressures_in_one_field_go_past_the_second(sheet):
    type_text("128/82")
    assert sheet.figures["diastolic"].text() == "82"
    press(ENTER)
    assert (sheet.upper.text(), focused()) == ("128", "Heart rate, /min")


def test_one_pressure_goes_on_to_the_other(sheet):
    type_text("128")
    press(ENTER)
    assert (sheet.upper.text(), focused()) == ("128", "Diastolic, mmHg")


def test_swapped_pressures_are_named_while_they_are_typed_and_not_charted(bench, sheet):
    type_text("82")
    press(ENTER)
    type_text("128")
    judged = sheet.figures["diastolic"].judgement()
    assert (judged.standing, judged.short) == (Standing.BAD, "swapped?")
    assert bench.record() == []
    assert any("Were they swapped?" in text for text in said(sheet))
    assert sheet.upper.text() == "82"


def test_nothing_is_preselected_and_an_empty_set_is_not_charted(bench, sheet):
    assert [b.words() for b in all_of(sheet, Button) if b.isChecked()] == []
    assert bench.record() == []
    assert any("Nothing is filled in" in text for text in said(sheet))


def test_an_impossible_value_is_told_while_typing_and_not_charted(bench, sheet):
    sheet.figures["spo2"].setFocus()
    type_text("120")
    assert sheet.figures["spo2"].judgement().standing is Standing.BAD
    assert bench.record() == []
    assert focused() == "SpO₂, %"
    assert sheet.figures["spo2"].text() == "120"


def test_an_unlikely_value_is_charted_once_it_is_confirmed(bench, sheet):
    sheet.figures["heart_rate"].setFocus()
    type_text("18")
    assert bench.record() == []
    click(sheet, "Measured again, it is true")
    fact = bench.visit.last_fact(VitalsTaken)
    assert (fact.heart_rate, fact.confirmed) == (18, True)


def test_a_value_beyond_a_limit_is_told_while_typing_and_charted_as_typed(bench, sheet):
    type_text("163")
    judged = sheet.upper.judgement()
    assert judged.standing is Standing.WARN
    assert judged.sentence == "Systolic 163, over 160: pause and call"
    (fact,) = bench.record()
    assert fact.systolic == 163
    type_text("128")
    bench.record()


def test_letters_are_no_figures(bench, sheet):
    type_text("12o")
    assert sheet.upper.judgement().short == "not a number"
    assert bench.record() == []
    assert sheet.upper.text() == "12o"


def test_each_field_says_what_it_was(bench, sheet):
    type_text("133/81")
    bench.record()
    sheet = bench.open("vitals")
    assert {"was 133", "was 81"} <= set(
        said(sheet.figures["systolic"]) + said(sheet.figures["diastolic"])
    )


def test_sedation_is_told_in_words_once_it_is_chosen(sheet):
    sheet.rass.setFocus()
    type_text("-2")
    assert "light sedation" in said(sheet.rass)


def test_the_rare_values_stand_behind_one_button(bench, sheet):
    assert not sheet.figures["temperature_c"].isVisible()
    assert "−5" not in said(sheet.rass)
    click(sheet, "More")
    assert focused() == "Temperature, °C"
    type_text("36.8")
    assert {"+4", "−5"} <= set(said(sheet.rass))
    sheet.source.choose("device")
    (fact,) = bench.record()
    assert (str(fact.temperature_c), fact.source) == ("36.8", "device")
    assert not sheet.figures["temperature_c"].isVisible()


def test_a_set_of_five_minutes_ago_is_charted_then_and_the_button_says_so(bench, sheet):
    type_text("129")
    click(sheet, "More")
    sheet.when.setFocus()
    type_text("-5")
    then = bench.desk.now() - timedelta(minutes=5)
    assert sheet.primary.words() == f"Record vitals at {then:%H:%M}"
    (fact,) = bench.record()
    assert fact.at == then


def test_orientation_is_not_asked_while_the_pump_runs(sheet):
    assert not sheet.oriented.isVisible()


def test_the_same_set_again_is_asked_about(bench, sheet):
    type_text("127/77")
    bench.record()
    bench.open("vitals")
    type_text("127/77")
    assert bench.record() == []
    click(sheet, "Measured again, it is true")
    assert bench.visit.last_fact(VitalsTaken).confirmed


def test_a_set_that_is_not_done_is_charted_with_its_reason_and_due_time(bench, sheet):
    click(sheet, "Not done…")
    QApplication.processEvents()
    assert bench.column.open_name == "not_done"
    type_text("patient in the bathroom")
    press(ENTER)
    fact = bench.visit.last_fact(VitalsMissed)
    assert fact.reason == "patient in the bathroom"
    assert fact.due_at is not None


def test_every_field_is_called_by_its_whole_name(sheet):
    names = {spoken_name(field.editor()) for field in sheet.figures.values()}
    assert {"Systolic, mmHg", "Pain, 0–10", "Temperature, °C"} <= names


def test_one_key_swaps_pressures_that_were_typed_the_wrong_way_round(bench, sheet):
    type_text("82 128")
    assert "Swap the pressures" in said(sheet)
    type_text("x")
    assert (sheet.upper.text(), sheet.figures["diastolic"].text()) == ("128", "82")
    assert "Swap the pressures" not in said(sheet)
    (fact,) = bench.record()
    assert (fact.systolic, fact.diastolic) == (128, 82)


def test_a_letter_in_the_field_says_where_the_value_comes_from(bench, sheet):
    type_text("126/80d")
    press(ENTER)
    type_text("71")
    press(ENTER)
    type_text("97ee")  # taken back
    sheet.figures["pain"].setFocus()
    type_text("t3")
    assert "Pain, told" in said(sheet.figures["pain"])
    (fact,) = bench.record()
    assert (fact.systolic, fact.spo2, fact.pain, fact.source) == (126, 97, 3, "typed")
    assert [(one.sign, one.source) for one in fact.by_sign] == [
        ("systolic", "device"), ("diastolic", "device"), ("pain", "stated"),
    ]  # fmt: skip
    assert "Pain, told" not in said(sheet.figures["pain"])


def test_a_source_without_a_value_and_the_sets_own_are_not_charted(bench, sheet):
    sheet.figures["pain"].setFocus()
    type_text("t")
    sheet.figures["spo2"].setFocus()
    type_text("98d")
    sheet.source.choose("device")
    (fact,) = bench.record()
    assert (fact.spo2, fact.source, fact.by_sign) == (98, "device", ())


def test_alertness_by_one_key_and_the_visit_goes_on_with_it(bench, sheet):
    sheet.sedation.setFocus()
    type_text("-1")
    type_text("m")
    assert (sheet.rass.isVisible(), sheet.moaas.isVisible()) == (False, True)
    type_text("4")
    (fact,) = bench.record()
    assert (fact.rass, fact.moaas) == (None, 4)
    again = bench.open("vitals")
    assert again.moaas.isVisible()
    assert again.moaas.chosen() == ()
    again.moaas.setFocus()
    type_text("m")
    assert again.rass.isVisible()


def test_a_full_set_with_pain_is_seven_groups_of_typed_figures(bench, sheet):
    assert sheet.upper.editor().hasFocus()
    groups = ("131/79", "84", "97", "4", "2", "1", "-1")
    for group in groups[:3]:
        type_text(group)
        press(ENTER)
    press(ENTER)  # breaths were not counted: nothing is typed
    for group in groups[3:]:
        type_text(group)
        press(ENTER)
    (fact,) = bench.record()
    needed = full_set(bench.visit.protocol) | {"nausea", "dissociation", "pain"}
    assert needed <= set(values_of(fact))
    assert len(groups) == 7

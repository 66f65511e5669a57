"""The scales by keyboard: digits answer, items that are left out, two languages, the total live."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from ketachart.domain.facts import CallMade, ScaleScored
from ketachart.domain.scales.scoring import NOT_ASKED
from tests.helpers.bench import Bench, click, focused, said
from tests.helpers.qt import all_of, cut_off, press, type_text
from ui import theme
from ui.widgets.buttons import Button

BACK, ENTER = Qt.Key.Key_Backspace, Qt.Key.Key_Return


@pytest.fixture(scope="module")
def bench(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    made = Bench(
        tmp_path_factory.mktemp("ledger") / "l", "paused_for_nausea", until="infusion-resumed"
    )
    yield made
    made.close()


@pytest.fixture
def sheet(bench):
    opened = bench.open("scale")
    opened.empty()
    opened.clear_problem()
    yield opened
    opened.empty()


def choose(sheet, label):
    click(sheet.which, label)


def test_the_scales_that_the_goal_asks_for_come_first(sheet):
    labels = [button.words() for button in all_of(sheet.which, Button)]
    assert labels[:2] == ["HIT-6", "MIDAS"]
    assert "PHQ-9" in labels


def test_nine_digits_answer_the_phq_9_and_the_total_is_told_as_it_grows(bench, sheet):
    choose(sheet, "PHQ-9")
    assert any("Little interest" in text for text in said(sheet))
    type_text("1230")
    assert "Item 5 of 9, so far 6" in said(sheet)
    type_text("11110")
    assert "Total 10 of 27: moderate" in said(sheet)
    assert sheet.primary.hasFocus()
    (fact,) = bench.record()
    assert isinstance(fact, ScaleScored)
    assert (fact.scale, fact.total, fact.answers) == ("phq-9", 10, (1, 2, 3, 0, 1, 1, 1, 1, 0))
    assert (fact.asked_in, fact.filled_on) == ("en", None)
    assert any(text.startswith("10, moderate") for text in said_under(sheet))


def said_under(sheet):
    return [
        button.accessibleDescription() or button.sub() for button in all_of(sheet.which, Button)
    ]


def test_the_last_item_of_the_phq_9_asks_for_the_prescriber(sheet):
    choose(sheet, "PHQ-9")
    type_text("000000001")
    assert "Item 9: ask the prescriber before the start" in said(sheet)


def test_backspace_takes_the_last_answer_back(bench, sheet):
    choose(sheet, "GAD-7")
    type_text("03")
    press(BACK)
    assert "Item 2 of 7, so far 0" in said(sheet)
    type_text("100000")
    (fact,) = bench.record()
    assert fact.answers == (0, 1, 0, 0, 0, 0, 0)


def test_the_patient_reads_it_in_spanish_and_that_is_charted(bench, sheet):
    choose(sheet, "GAD-7")
    type_text("0")
    type_text("l")
    assert "No ha sido capaz de parar o controlar su preocupación" in said(sheet)
    assert "Casi todos los días" in said(sheet)
    type_text("000000")
    (fact,) = bench.record()
    assert (fact.asked_in, fact.total) == ("es", 0)
    choose(sheet, "GAD-7")
    type_text("l")  # the language stays as it was left


def test_a_no_to_item_2_of_the_screener_leaves_out_three_items(bench, sheet):
    choose(sheet, "C-SSRS screener")
    type_text("22")
    assert any("Have you ever done anything" in text for text in said(sheet))
    type_text("2")
    (fact,) = bench.record()
    assert fact.answers == (0, 0, NOT_ASKED, NOT_ASKED, NOT_ASKED, 0, NOT_ASKED)


def test_a_high_screener_leads_to_the_call_about_it(bench, sheet):
    choose(sheet, "C-SSRS screener")
    type_text("1121212")
    assert any("do not start; call about it" in text for text in said(sheet))
    opened = []
    sheet.opens.connect(opened.append)
    bench.record()
    assert opened == ["call"]
    call = bench.open("call")
    click(call, "C-SSRS: thoughts of suicide")
    call.to.set_text("Dr A. Okafor")
    call.said.set_text("crisis team comes")
    click(call.reached, "Yes")
    (fact,) = bench.record()
    assert isinstance(fact, CallMade)
    assert fact.about == "C-SSRS: thoughts of suicide"


def test_a_protected_scale_is_a_number_and_the_day_of_its_form(bench, sheet):
    choose(sheet, "HIT-6")
    assert focused() == "Total"
    type_text("63")
    assert "Total 63 of 78: severe impact" in said(sheet)
    press(ENTER)
    type_text("14 Nov 2026")
    (fact,) = bench.record()
    assert (fact.total, fact.answers, str(fact.filled_on)) == (63, (), "2026-11-14")


def test_a_total_outside_the_scale_is_not_charted_and_stays(bench, sheet):
    choose(sheet, "HIT-6")
    type_text("35")
    assert bench.record() == []
    assert any("HIT-6 is 36 to 78" in text for text in said(sheet))
    assert sheet.total.text() == "35"


def test_open_items_are_counted_and_nothing_is_lost(bench, sheet):
    choose(sheet, "PHQ-9")
    type_text("12")
    assert bench.record() == []
    assert any("7 of 9 items are still open" in text for text in said(sheet))
    assert sheet.asker.answers == (1, 2)


def test_no_scale_is_cut_at_any_size(bench, sheet, qapp):
    for scale in (1.0, 2.0):
        theme.apply(qapp, "dim", scale)
        bench.column.resize(bench.column.width(), 768)
        for label, keys in (("", ""), ("PHQ-9", "1111111"), ("C-SSRS screener", "11112"),
                            ("HIT-6", "63")):  # fmt: skip
            sheet.empty()
            if label:
                choose(sheet, label)
                type_text(keys)
            for _ in range(4):  # sizes travel up, a turn of the event loop at a time
                QApplication.processEvents()
            assert (scale, label, cut_off(bench.column)) == (scale, label, [])
            across = sheet.findChild(QScrollArea).horizontalScrollBar()
            assert (scale, label, across.maximum()) == (scale, label, 0)
    theme.apply(qapp, "dim", 1.0)

"""Corrections: the first entry stays readable, the new one stands, and every change says why."""

import dataclasses
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.commands import script
from ketachart.commands.player import open_stage
from ketachart.domain.facts import (
    FACTS,
    EffectNoted,
    EntryStruck,
    Fact,
    InfusionResumed,
    InstructionTaught,
    MeasureTaken,
    MedicineGiven,
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    RecoveryScored,
    ReportSigned,
    StockCounted,
    StockExplained,
    StockLost,
    VialMoved,
    VialReceived,
    VisitOpened,
    VitalsTaken,
    post,
    safekeeping,
)
from ketachart.domain.quantities import MgPerKg
from ketachart.domain.shape import from_plain, to_plain
from ketachart.domain.telling.order_changes import Difference, all_differences
from ketachart.domain.visit import Visit
from tests.domain.test_order_rules import FULL
from tests.helpers.bench import Bench, click, focused, said
from tests.helpers.qt import all_of, press, type_text
from tests.helpers.window import STORIES, desk_at
from tests.report.every_fact import every_fact
from ui.forms.not_retyped import _ROWS, _VALUES, IN_A_FORM, instead, kept_values
from ui.forms.parts import correctable, parts_of
from ui.screens.log_rows import Shown, log_of
from ui.widgets.buttons import Button
from ui.widgets.spans import spoken

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def bench(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Bench(tmp_path / "l", "paused_for_nausea", until="infusion-resumed")
    yield made
    made.close()


def taken(bench, kind):
    """The sheet with the last entry of a kind taken, and that entry."""
    sheet = bench.open("correct")
    entry = bench.visit.last(kind)
    sheet.take(entry.id)
    sheet.begin()
    QApplication.processEvents()
    return sheet, entry


def choose(sheet, *names):
    sheet.wrong.choose(*names)
    QApplication.processEvents()


def row_of(visit, entry_id):
    rows = {row.entry_id: row for row in log_of(visit).only(Shown.ALL)}
    return rows[entry_id]


def test_one_value_is_corrected_and_the_first_stays_readable(bench):
    sheet, entry = taken(bench, VitalsTaken)
    assert focused() == "What is wrong: Time"
    choose(sheet, "heart_rate")
    assert "82" in said(sheet._rows["heart_rate"])
    sheet._rows["heart_rate"].setFocus()
    type_text("84")
    sheet.reasons.setFocus()
    press(Qt.Key.Key_1)
    struck, fact = bench.record()
    assert isinstance(struck, EntryStruck)
    assert (struck.entry, struck.reason) == (entry.id, "Typing slip")
    assert fact == from_plain(VitalsTaken, {**to_plain(entry.fact), "heart_rate": 84})
    assert bench.visit.entry(entry.id).fact == entry.fact


def test_the_log_shows_both_values_in_one_row_with_reason_and_mark(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("84")
    sheet.why.set_text("digits swapped")
    sheet.reasons.choose("slip")
    bench.record()
    newest = bench.visit.last(VitalsTaken)
    detail = spoken(row_of(bench.visit, newest.id).cell(2))
    assert "(struck: HR 82) HR 84" in detail
    assert "C1  Typing slip; digits swapped" in detail
    assert "BP 130/80" in detail
    assert "(struck: BP" not in detail


def test_only_the_time_is_corrected(bench):
    sheet, entry = taken(bench, EffectNoted)
    choose(sheet, "at")
    sheet._rows["at"].setFocus()
    earlier = entry.at - timedelta(minutes=3)
    type_text(f"{earlier:%H:%M}")
    sheet.reasons.choose("told")
    bench.record()
    newest = bench.visit.last(EffectNoted)
    assert newest.fact == from_plain(EffectNoted, {**to_plain(entry.fact), "at": to_plain(earlier)})
    time = spoken(row_of(bench.visit, newest.id).cell(0))
    assert time == f"(struck: {entry.at:%H:%M})\n{earlier:%H:%M}"


def test_a_value_that_was_left_empty_can_be_put_in(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    assert "Temperature" not in [b.words() for b in all_of(sheet.wrong, Button)]
    click(sheet, "Values left empty")
    choose(sheet, "temperature_c")
    sheet._rows["temperature_c"].widget().set_text("36.9")
    sheet.reasons.choose("told")
    bench.record()
    assert str(bench.visit.last_fact(VitalsTaken).temperature_c) == "36.9"


def test_a_value_that_was_never_measured_can_be_taken_out(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "spo2")
    sheet.reasons.choose("row")
    bench.record()
    assert bench.visit.last_fact(VitalsTaken).spo2 is None


def test_a_value_that_has_to_be_there_cannot_be_left_out(bench):
    sheet, _entry = taken(bench, MedicineGiven)
    choose(sheet, "dose")
    sheet.reasons.choose("row")
    assert bench.record() == []
    assert any("Type the new dose." in text for text in said(sheet))


def test_words_of_a_list_are_corrected_from_the_list(bench):
    sheet, _entry = taken(bench, MeasureTaken)
    choose(sheet, "measures")
    sheet._rows["measures"].setFocus()
    press(Qt.Key.Key_1, Qt.Key.Key_3)
    sheet.reasons.choose("misread")
    bench.record()
    assert bench.visit.last_fact(MeasureTaken).measures == ("reassured", "music")


def test_a_rate_is_corrected_in_its_unit(bench):
    sheet, _entry = taken(bench, InfusionResumed)
    choose(sheet, "rate_ml_h")
    assert "8" in said(sheet._rows["rate_ml_h"])
    sheet._rows["rate_ml_h"].widget().set_text("7.5")
    sheet.reasons.choose("slip")
    bench.record()
    assert str(bench.visit.last_fact(InfusionResumed).rate_ml_h.rounded(1)) == "7.5"


def test_how_it_will_read_is_shown_before_it_is_saved(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("84")
    assert "HR 84" in sheet._reads.words()
    assert "Not saved yet." in sheet._reads.words()
    assert sheet.primary.words() == "Save correction C1"


def test_without_a_reason_nothing_is_saved_and_nothing_is_lost(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("84")
    assert bench.record() == []
    assert any("Choose why, or write it." in text for text in said(sheet))
    assert sheet._rows["heart_rate"].widget().text() == "84"


def test_the_same_value_again_is_no_correction(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("82")
    sheet.reasons.choose("slip")
    assert bench.record() == []
    assert any("Nothing is changed" in text for text in said(sheet))


def test_an_impossible_value_is_refused_here_too(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "spo2")
    sheet._rows["spo2"].widget().set_text("120")
    sheet.reasons.choose("slip")
    assert bench.record() == []
    assert any("cannot be" in text for text in said(sheet))
    assert focused() == "SpO₂, %"


def test_an_unlikely_value_is_confirmed_here_too(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("18")
    sheet.reasons.choose("slip")
    assert bench.record() == []
    click(sheet, "Measured again, it is true")
    fact = bench.visit.last_fact(VitalsTaken)
    assert (fact.heart_rate, fact.confirmed) == (18, True)


def test_two_values_are_corrected_in_one_act(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "systolic", "diastolic")
    sheet._rows["systolic"].widget().set_text("82")
    sheet._rows["diastolic"].widget().set_text("128")
    sheet.reasons.choose("slip")
    assert bench.record() == []
    assert any("Were they swapped?" in text for text in said(sheet))
    sheet._rows["systolic"].widget().set_text("128")
    sheet._rows["diastolic"].widget().set_text("82")
    bench.record()
    fact = bench.visit.last_fact(VitalsTaken)
    assert (fact.systolic, fact.diastolic) == (128, 82)


def test_a_row_is_struck_with_its_reason_once_that_is_confirmed(bench, scripted):
    sheet, entry = taken(bench, VitalsTaken)
    click(sheet, "Strike this row…")
    assert entry.id not in bench.visit.strikes
    assert any("Choose why, or write it." in text for text in said(sheet))
    sheet.reasons.choose("row")
    scripted.will("confirm", False, True)  # noqa: FBT003 - first no, then yes
    click(sheet, "Strike this row…")
    assert entry.id not in bench.visit.strikes
    click(sheet, "Strike this row…")
    assert bench.visit.strikes[entry.id].fact.reason == "Wrong row"
    assert row_of(bench.visit, entry.id).struck
    assert bench.column.open_name == ""


def test_a_row_that_was_corrected_twice_keeps_all_three_values_in_the_log(bench):
    for value in ("84", "86"):
        sheet, _entry = taken(bench, VitalsTaken)
        choose(sheet, "heart_rate")
        sheet._rows["heart_rate"].widget().set_text(value)
        sheet.reasons.choose("slip")
        bench.record()
    told = " ".join(spoken(row.cell(2)) for row in log_of(bench.visit).only(Shown.CORRECTED))
    assert all(f"HR {value}" in told for value in ("82", "84", "86"))
    assert "C1" in told
    assert "C2" in told


def test_what_the_visit_stands_on_is_corrected_but_not_struck(bench):
    sheet, _entry = taken(bench, VisitOpened)
    assert not sheet.strike_row.isVisible()
    sheet, _entry = taken(bench, PatientRecorded)
    choose(sheet, "phone")
    sheet._rows["phone"].widget().set_text("602 555 0199")
    sheet.reasons.choose("told")
    bench.record()
    assert bench.visit.patient.phone == "602 555 0199"
    assert bench.visit.patient.allergies  # what cannot be typed here stays as it was


def test_a_strike_stays(bench):
    struck = bench.visit.last(VitalsTaken)
    bench.desk.strike(struck.id, "wrong row")
    sheet = bench.open("correct")
    sheet.take(bench.visit.entries[-1].id)
    assert all_of(sheet.wrong, Button) == []
    assert not sheet.strike_row.isVisible()
    assert sheet.primary.why_closed() == "This row stays as it is"


def test_without_a_row_the_last_own_entry_is_taken(bench):
    sheet = bench.open("correct")
    assert "Infusion resumed" in sheet._which.text()


def test_another_row_leaves_nothing_of_the_one_before(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    choose(sheet, "heart_rate")
    sheet._rows["heart_rate"].widget().set_text("84")
    sheet.take(bench.visit.last(EffectNoted).id)
    assert sheet._rows == {}
    assert "Side effect" in sheet._which.text()


def test_tab_goes_from_what_is_wrong_to_the_new_value_to_the_reason(bench):
    sheet, _entry = taken(bench, VitalsTaken)
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)  # systolic, diastolic
    QApplication.processEvents()
    press(TAB)
    while focused() == "Values left empty":
        press(TAB)
    assert focused() == "Diastolic, mmHg"
    press(TAB)
    assert focused() == "Why: Typing slip"
    assert sheet.wrong.chosen() == ("diastolic",)


@pytest.fixture(scope="module")
def stories(tmp_path_factory) -> dict[str, Visit]:
    """Every story as far as it can be charted, signature and all that stands before it."""
    played = {}
    for path in sorted(STORIES.glob("*.jsonl")):
        stage = open_stage(script.read(path), tmp_path_factory.mktemp("ledger") / path.stem)
        stage.play([line for line in stage.rest if line.kind != "sign"])
        played[path.stem] = stage.room.visit
        stage.office.close()
    return played


def _every_fact(stories) -> list[tuple[Visit, Fact]]:
    return [(visit, entry.fact) for visit in stories.values() for entry in visit.entries]


def test_every_entry_of_every_story_is_taken_apart_and_put_together_the_same(stories):
    for visit, fact in _every_fact(stories):
        if isinstance(fact, ProtocolAdopted) or not correctable(fact):
            continue
        parts = parts_of(visit.protocol, fact)
        assert parts[0].name == "at"
        plain = to_plain(fact)
        again = {part.name: plain[part.name] for part in parts if part.name in plain}
        assert from_plain(type(fact), {**plain, **again}) == fact


def test_every_kind_of_entry_can_be_opened_and_shows_its_values(stories, bench):
    seen = set()
    sheet = bench.open("correct")
    for visit in stories.values():
        for entry in visit.entries:
            if entry.kind in seen or not correctable(entry.fact):
                continue
            seen.add(entry.kind)
            sheet.empty()
            sheet._entry = entry
            sheet._show_entry(entry)
            choose(sheet, *(part.name for part in sheet._parts))
            assert set(sheet._rows) == {part.name for part in sheet._parts}, entry.kind
    assert len(seen) > 40
    sheet.empty()


# ------------------------------------------------------------------ every kind


# What stands in the drug book of the clinic, never in a visit.
IN_THE_BOOK = {VialReceived, VialMoved, StockCounted, StockExplained, StockLost}


@pytest.fixture(scope="module")
def charted(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The visit that the kinds are read against, and the time: nothing is charted in it."""
    desk = desk_at(
        tmp_path_factory.mktemp("kinds") / "l", "paused_for_nausea", until="infusion-resumed"
    )
    visit, now = desk.visit, desk.now()
    desk.close()
    return visit, now


# What stands beside a visit, as sent and received, never in it either.
BESIDE = {kind for kind in FACTS if kind.__module__ in (post.__name__, safekeeping.__name__)}


@pytest.mark.parametrize(
    "kind", [k for k in FACTS if k not in IN_THE_BOOK | BESIDE], ids=lambda k: k.KIND
)
def test_every_value_of_every_kind_opens_or_says_why_not_and_what_to_do(charted, kind):
    """A value without a field of its own is named as kept, with a sentence that says what to do."""
    visit, at = charted
    samples = every_fact(at, at, last_id="e1")
    late = (
        RecoveryScored(at=at, activity=2, breathing=2, circulation=2, consciousness=2, oxygen=2),
        InstructionTaught(at=at, instruction="driving"),
        ReportSigned(at=at, sha256="0", pages=1),
    )
    every = (*samples, *(entry.fact for entry in visit.entries), *late)
    fact = next(one for one in every if type(one) is kind)
    if not correctable(fact):
        assert instead(fact)
        return
    names = {field.name for field in dataclasses.fields(kind)}
    opened = {part.name for part in parts_of(visit.protocol, fact)}
    if kind in IN_A_FORM:
        assert "at" in opened
    else:
        assert names - opened == kept_values(kind)
    assert bool(instead(fact)) is bool(kept_values(kind))


@pytest.mark.parametrize("kind", sorted({*_VALUES, *_ROWS}, key=lambda kind: kind.__name__))
def test_what_is_said_instead_names_something_to_do(kind):
    said = (_VALUES[kind][1] if kind in _VALUES else _ROWS[kind]).lower()
    does = ("chart", "strike", "write", "set", "update", "open", "changes", "count", "correct")
    assert any(word in said for word in does)


def test_a_slip_in_the_order_is_corrected_in_its_own_form(bench):
    sheet, entry = taken(bench, OrderRecorded)
    assert "Nothing yet: every value reads as before." in said(sheet)
    form = sheet._order._form
    form._dose.set_text("0.4")
    form._by._phone.set_text("602 555 0199")
    QApplication.processEvents()
    told = said(sheet._order._changes)
    assert told[1:4] == ["Dose", "0.5 mg/kg", "0.4 mg/kg"]
    assert "Prescriber" in told
    assert bench.record() == []  # why was not said; nothing is lost
    assert form._dose.text() == "0.4"
    sheet.reasons.choose("slip")
    struck, fact = bench.record()
    assert (struck.entry, struck.reason) == (entry.id, "Typing slip")
    right = replace(entry.fact.prescriber, phone="602 555 0199")
    assert fact == replace(entry.fact, dose_mg_per_kg=MgPerKg("0.4"), prescriber=right)
    assert bench.visit.order_at(entry.at) == fact  # for all times, as it keeps its own


def test_an_order_that_reads_as_before_is_not_corrected(bench):
    sheet, _entry = taken(bench, OrderRecorded)
    sheet.reasons.choose("slip")
    assert bench.record() == []
    assert any("Nothing is changed" in text for text in said(sheet))


def test_an_order_with_all_its_parts_opens_with_all_of_them(bench):
    bench.desk.clock.pass_time(timedelta(minutes=1))
    bench.desk.record(replace(bench.visit.order, at=bench.desk.now(), **FULL))
    sheet, entry = taken(bench, OrderRecorded)
    assert sheet._order.differences() == ()
    sheet._order._form._over.set_text("95")
    sheet.reasons.choose("slip")
    _struck, fact = bench.record()
    assert all_differences(bench.visit.protocol, entry.fact, fact) == (
        Difference("Over", f"{entry.fact.duration_min.rounded(0)} min", "95 min"),
    )


def test_the_time_of_a_call_is_corrected_too(bench):
    sheet, entry = taken(bench, OrderRecorded)
    choose(sheet, "at")
    sheet._rows["at"].widget().set_text(f"{entry.at - timedelta(minutes=2):%H:%M}")
    sheet.reasons.choose("slip")
    _struck, fact = bench.record()
    assert timedelta(minutes=1) < entry.at - fact.at < timedelta(minutes=3)
    assert fact == replace(entry.fact, at=fact.at)

"""The sheets of the running visit, by keyboard: what is typed is what stands in the record."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ketachart.domain.alerts import alerts
from ketachart.domain.counts import balance
from ketachart.domain.delivered import Delivery
from ketachart.domain.facts import (
    AccessChecked,
    AccessRemoved,
    AlertAnswered,
    BolusGiven,
    CallMade,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    EffectNoted,
    EntryStruck,
    FluidGiven,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    MeasureTaken,
    MedicineGiven,
    NoteWritten,
    PumpRead,
    RateSet,
    ResponseNoted,
    VitalsTaken,
)
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import Mg, Minutes, Ml, MlPerHour
from ketachart.errors import NotSaved
from tests.helpers.bench import Bench, click, focused, said
from tests.helpers.qt import all_of, press, reachable, spoken_name, type_text
from ui import theme, tokens
from ui.actions import BY_NAME
from ui.forms.registry import SHEETS
from ui.widgets.buttons import Button
from ui.widgets.words import Words

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space
MINE = (
    "vitals", "not_done", "rate", "pause", "resume", "stop", "medicine", "response", "effect",
    "measure", "note", "call", "bolus", "fluid", "access", "waste", "pump-read", "answer",
    "correct", "add", "bag-change", "flush", "marks",
)  # fmt: skip


def made(tmp_path_factory, story="paused_for_nausea", **how):
    return Bench(tmp_path_factory.mktemp("ledger") / "l", story, **how)


@pytest.fixture(scope="module")
def bench(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """A running infusion that nothing here pauses or stops."""
    bench = made(tmp_path_factory, until="infusion-resumed")
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same, where every sheet is opened, that of the pause too; nothing else is charted."""
    bench = made(tmp_path_factory, until="infusion-resumed")
    yield bench
    bench.close()


@pytest.fixture
def own(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A running infusion for one test alone."""
    bench = made(tmp_path_factory, until="infusion-resumed")
    yield bench
    bench.close()


def run_now(bench) -> Delivery:
    return delivery(bench.visit, bench.desk.now())


def one_of(facts, kind):
    found = [fact for fact in facts if isinstance(fact, kind)]
    assert len(found) == 1, facts
    return found[0]


# ------------------------------------------------------------------ what all sheets share


def test_every_act_with_a_key_has_its_sheet():
    known = set(MINE) & set(BY_NAME)
    assert known >= {"note", "medicine", "effect", "rate", "stop", "measure", "access", "waste"}
    assert set(MINE) <= set(SHEETS)


def test_every_target_is_big_enough(looked_at):
    for name in MINE:
        sheet = looked_at.open(name)
        for _ in range(3):  # sizes travel from the inmost layout outwards, a turn each
            QApplication.processEvents()
        for button in all_of(sheet, Button):
            least = theme.look().px(tokens.TARGET)
            assert min(button.width(), button.height()) >= least, (name, button.words())


def test_everything_that_takes_the_keyboard_has_a_name(looked_at):
    for name in MINE:
        sheet = looked_at.open(name)
        assert [w for w in reachable(sheet) if not spoken_name(w)] == [], name


def test_nothing_is_chosen_and_nothing_is_typed_before_the_nurse_does(looked_at):
    for name in set(MINE) - {"answer", "response"}:  # a single one there needs no choosing
        sheet = looked_at.open(name)
        assert [b.words() for b in all_of(sheet, Button) if b.isChecked()] == [], name


def test_esc_leaves_what_was_typed_on_the_sheet(bench):
    sheet = bench.open("note")
    type_text("half a sen")
    sheet.left.emit()
    assert bench.open("note").text.text() == "half a sen"
    sheet.empty()


def test_a_time_that_cannot_be_read_is_asked_again_and_nothing_is_lost(bench):
    sheet = bench.open("note")
    type_text("slept")
    press(TAB)
    type_text("25:99")
    assert sheet.primary.words() == "Record note"
    assert bench.record() == []
    assert focused() == "When it happened; empty means now"
    assert (sheet.text.text(), sheet.when.text()) == ("slept", "25:99")
    sheet.empty()


def test_what_has_not_happened_yet_is_refused_with_its_sentence(bench):
    sheet = bench.open("note")
    type_text("slept")
    press(TAB)
    later = bench.desk.now() + timedelta(minutes=30)
    type_text(f"{later:%H:%M}")
    assert bench.record() == []
    assert any("has not happened yet" in text for text in said(sheet))
    sheet.empty()


def test_a_disk_that_fails_loses_nothing_and_a_retry_charts_once(bench, monkeypatch):
    sheet = bench.open("note")
    type_text("the disk fails")
    acts = []

    def failing(*_facts, act=""):
        acts.append(act)
        raise NotSaved("The disk answered with a fault. Try again.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.desk.room, "record_all", failing)
        assert bench.record() == []
    assert sheet.text.text() == "the disk fails"
    assert any("Try again" in text for text in said(sheet))
    real = bench.desk.room.record_all
    monkeypatch.setattr(
        bench.desk.room, "record_all", lambda *f, act="": acts.append(act) or real(*f, act=act)
    )
    assert [fact.text for fact in bench.record()] == ["the disk fails"]
    assert acts[0] == acts[1] != ""
    bench.desk.notices.settle("ledger")


# ------------------------------------------------------------------ note, call, fluid, count


def test_a_note_is_charted_when_it_happened(bench):
    sheet = bench.open("note")
    type_text("Window opened; she likes the air")
    press(TAB)
    type_text("-5")
    then = bench.desk.now() - timedelta(minutes=5)
    assert sheet.primary.words() == f"Record note at {then:%H:%M}"
    assert one_of(bench.record(), NoteWritten) == NoteWritten(
        at=then, text="Window opened; she likes the air"
    )


def test_a_call_to_the_prescriber_takes_one_key_and_what_was_said(bench):
    sheet = bench.open("call")
    press(Qt.Key.Key_1)
    assert (sheet.to.text(), sheet.phone.text()) == ("Dr A. Okafor", "602 555 0188")
    sheet.reached.setFocus()
    press(Qt.Key.Key_Y, ENTER)
    type_text("nausea")
    press(ENTER)
    type_text("go on at 8 mL/h")
    press(TAB, Qt.Key.Key_Y)
    fact = one_of(bench.record(), CallMade)
    assert (fact.to, fact.phone, fact.reached) == ("Dr A. Okafor", "602 555 0188", True)
    assert (fact.about, fact.said, fact.read_back) == ("nausea", "go on at 8 mL/h", True)


def test_whether_they_were_reached_is_never_assumed(bench):
    sheet = bench.open("call")
    press(Qt.Key.Key_1)
    assert bench.record() == []
    assert any("Reached: yes or no?" in text for text in said(sheet))
    sheet.empty()


def test_fluid_is_charted_with_its_route(bench):
    bench.open("fluid")
    press(Qt.Key.Key_2, ENTER)
    type_text("water")
    press(ENTER)
    type_text("120")
    fact = one_of(bench.record(), FluidGiven)
    assert (fact.fluid, fact.volume_ml, fact.route) == ("water", Ml(120), "oral")


def test_the_site_is_looked_at(bench):
    sheet = bench.open("access")
    assert any("left forearm" in text or "forearm" in text for text in said(sheet))
    press(Qt.Key.Key_1, ENTER, Qt.Key.Key_0, ENTER, Qt.Key.Key_Y)
    fact = one_of(bench.record(), AccessChecked)
    assert (fact.grade, fact.patent) == (0, True)


def test_taking_the_cannula_out_asks_other_questions(own):
    sheet = own.open("access")
    press(Qt.Key.Key_2)
    assert sheet.primary.words().startswith("Record removal")
    assert not sheet.grade.isVisible()
    press(ENTER, Qt.Key.Key_Y)
    assert own.record() == []
    sheet.dry.setFocus()
    press(Qt.Key.Key_Y)
    fact = one_of(own.record(), AccessRemoved)
    assert (fact.catheter_whole, fact.site_dry) == (True, True)


def test_waste_shows_the_balance_as_it_will_be_and_names_its_witness(own):
    sheet = own.open("waste")
    press(Qt.Key.Key_1)
    sheet.amount.setFocus()
    type_text("12.5")
    sheet.source.choose("B1")
    shown = sheet._balance.accessibleDescription()
    assert "Wasted 12.5 mg" in shown
    assert "Open, with this" in shown
    sheet.how.set_text("waste pouch")
    sheet.mode.choose("by-phone")
    assert own.record() == []
    assert focused() == "Name of the witness"
    type_text("R. Ng")
    sheet.code.set_text("QF-57")
    assert own.record() == []
    assert focused() == "Number the witness was called back on"
    type_text("602 555 0162")
    fact = one_of(own.record(), DrugWasted)
    assert fact.call_back == "602 555 0162"
    assert (fact.amount_mg, fact.source, fact.how) == (Mg("12.5"), "B1", "waste pouch")
    assert (fact.witness, fact.witness_mode, fact.witness_code) == ("R. Ng", "by-phone", "QF-57")
    assert balance(own.visit).wasted == Mg("12.5")


def test_waste_that_nobody_saw_says_why_and_in_which_sealed_bag_it_lies(own):
    sheet = own.open("waste")
    press(Qt.Key.Key_1)
    sheet.amount.set_text("12.5")
    sheet.source.choose("B1")
    sheet.how.set_text("waste pouch")
    sheet.mode.choose("none")
    assert own.record() == []
    assert focused() == "Why nobody saw it"
    type_text("no second nurse, phone dead")
    assert own.record() == []
    assert focused() == "Number of the sealed bag with what was wasted"
    type_text("SB-20951")
    fact = one_of(own.record(), DrugWasted)
    assert (fact.why_none, fact.sealed_bag) == ("no second nurse, phone dead", "SB-20951")
    assert (fact.witness, fact.call_back, fact.witness_code) == ("", "", "")


def test_waste_before_its_bag_was_made_up_or_over_what_it_held_is_refused_and_loses_nothing(own):
    sheet = own.open("waste")
    press(Qt.Key.Key_1)
    sheet.amount.set_text("34.3")
    sheet.source.choose("B1")
    sheet.how.set_text("waste pouch")
    sheet.mode.choose("in-person")
    sheet.witness.set_text("R. Ng")
    assert own.record() == []
    assert any("B1 never held 34.3 mg: 34.2 mg could be in it" in text for text in said(sheet))
    assert sheet._confirm.isVisibleTo(sheet)
    sheet.amount.set_text("12.5")
    sheet.when.setFocus()
    type_text("13:22")
    assert own.record() == []
    early = "B1 is charted as wasted at 13:22, but it was made up at 13:23. Check both times."
    assert any(early in text for text in said(sheet))
    assert (sheet.amount.text(), sheet.witness.text()) == ("12.5", "R. Ng")
    sheet.empty()


def test_the_drug_count_shows_the_dose_in_its_three_independent_ways(own):
    shown = own.open("waste")._balance.accessibleDescription()
    for way in ("by the rates", "by the pump", "by what is left nothing charted as left"):
        assert way in shown


def test_a_sealed_bag_has_its_number_and_a_broken_vial_its_story(own):
    sheet = own.open("waste")
    press(Qt.Key.Key_2)
    sheet.amount.set_text("100")
    sheet.source.choose("V1")
    assert own.record() == []
    sheet.seal.set_text("S-118")
    assert one_of(own.record(), DrugReturned).seal == "S-118"
    sheet = own.open("waste")
    press(Qt.Key.Key_3)
    sheet.amount.set_text("5")
    sheet.source.choose("V1")
    sheet.how.set_text("dropped")
    assert one_of(own.record(), DrugBroken).how == "dropped"


# ------------------------------------------------------------------ side effects and medicines


def test_a_side_effect_and_what_was_done_are_one_act(bench):
    bench.open("effect")
    type_text("dizz")
    press(ENTER, Qt.Key.Key_2, ENTER)
    type_text("room turns")
    press(ENTER, Qt.Key.Key_1, Qt.Key.Key_5)
    noted, done = bench.record()
    assert isinstance(noted, EffectNoted)
    assert isinstance(done, MeasureTaken)
    assert (noted.effect, noted.grade, noted.note) == ("dizziness", 2, "room turns")
    assert (done.measures, done.effect) == (("reassured", "lying"), "dizziness")
    ids = [entry.id for entry in bench.visit.entries[-2:]]
    assert ids[1].startswith(ids[0])


def test_a_side_effect_that_is_not_open_cannot_be_gone(bench):
    sheet = bench.open("effect")
    type_text("headache")
    press(ENTER, Qt.Key.Key_0)
    assert bench.record() == []
    assert any("is not open" in text for text in said(sheet))
    sheet.empty()


def test_how_grave_it_is_is_never_assumed(bench):
    sheet = bench.open("effect")
    type_text("headache")
    press(ENTER)
    assert bench.record() == []
    assert any("Choose how grave it is." in text for text in said(sheet))
    sheet.empty()


def test_what_was_done_takes_figures_and_own_words(bench):
    sheet = bench.open("measure")
    press(Qt.Key.Key_3, Qt.Key.Key_0)
    sheet.other.set_text("window opened")
    fact = one_of(bench.record(), MeasureTaken)
    assert fact.measures == ("music", "stimulated", "window opened")


def test_the_dose_is_filled_in_only_by_choosing_the_medicine_of_the_order(own):
    sheet = own.open("medicine")
    assert (sheet.dose.text(), sheet.unit.text(), sheet.medicine.value()) == ("", "", "")
    press(Qt.Key.Key_1)
    assert (sheet.dose.text(), sheet.unit.text()) == ("4", "mg")
    assert sheet.medicine.value() == "ondansetron"
    press(Qt.Key.Key_1)
    assert (sheet.dose.text(), sheet.medicine.value()) == ("", "")


def test_a_dose_more_than_the_order_allows_asks_why_and_is_then_charted(own):
    sheet = own.open("medicine")  # the story gave the one dose that the order allows
    press(Qt.Key.Key_1)
    assert not sheet.despite.isVisible()
    assert own.record() == []
    assert sheet.despite.isVisible()
    assert focused() == "Why, in spite of that"
    type_text("Dr Okafor on the phone")
    sheet.over.set_text("2")
    fact = one_of(own.record(), MedicineGiven)
    assert (fact.medicine, fact.dose, fact.unit, fact.route) == (
        "ondansetron", Decimal(4), "mg", "IV",
    )  # fmt: skip
    assert (fact.despite, fact.over_min) == ("Dr Okafor on the phone", Minutes(2))
    assert (fact.against, fact.indication) == ("prn-order", "nausea")
    assert not sheet.despite.isVisible()


def test_an_allergy_stands_in_the_way_until_it_is_answered(own):
    sheet = own.open("medicine")
    sheet.medicine.setFocus()
    type_text("penicillin")
    sheet.dose.set_text("1")
    sheet.unit.set_text("g")
    sheet.route.choose("IV")
    sheet.against.choose("telephone-order")
    assert own.record() == []
    assert any("allergic to penicillin" in text for text in said(sheet))
    assert sheet.despite.isVisible()


def test_another_medicine_is_found_by_its_letters_with_its_caution(own):
    sheet = own.open("medicine")
    sheet.medicine.setFocus()
    type_text("mida")
    press(ENTER)
    assert (sheet.medicine.value(), sheet.unit.text()) == ("midazolam", "mg")
    assert sheet.dose.text() == ""
    assert any("Respiratory depression" in text for text in said(sheet))


def test_the_response_waits_for_the_medicine_that_has_none(own):
    sheet = own.open("medicine")
    press(Qt.Key.Key_1)
    sheet.despite.set_text("phone")
    given = own.record()
    assert given
    sheet = own.open("response")
    assert sheet.given.chosen() == (own.visit.last(MedicineGiven).id,)
    sheet.response.setFocus()
    type_text("nausea 4 to 1")
    fact = one_of(own.record(), ResponseNoted)
    assert (fact.entry, fact.response) == (own.visit.last(MedicineGiven).id, "nausea 4 to 1")


def test_a_bolus_that_the_order_does_not_allow_asks_why(bench):
    sheet = bench.open("bolus")
    assert any("does not allow a bolus" in text for text in said(sheet))
    assert not sheet.despite.isVisible()
    type_text("5")
    assert bench.record() == []
    assert sheet.despite.isVisible()
    assert focused() == "Why, in spite of that"
    type_text("Dr Okafor on the phone")
    fact = one_of(bench.record(), BolusGiven)
    assert (fact.amount_mg, fact.volume_ml) == (Mg(5), None)
    assert fact.despite == "Dr Okafor on the phone"


# ------------------------------------------------------------------ the pump


def test_a_change_of_rate_takes_four_keys_beside_the_digits(own):
    sheet = own.open("rate")  # 1
    assert focused() == "New rate on the pump, mL/h"
    type_text("6.8")
    press(ENTER, Qt.Key.Key_3)  # 2, 3
    assert sheet.primary.words() == f"Record 6.8 mL/h at {own.desk.now():%H:%M}"
    fact = one_of(own.record(), RateSet)  # 4
    assert (fact.rate_ml_h, fact.reason) == (MlPerHour("6.8"), "side-effect")
    assert run_now(own).rate == MlPerHour("6.8")


def test_what_the_new_rate_means_is_told_before_it_is_charted(bench):
    sheet = bench.open("rate")
    type_text("6.8")
    meaning = sheet._meaning.accessibleDescription()
    assert "mg/h 16 to 13.6" in meaning
    assert "mg/kg/h 0.234 to 0.199" in meaning
    assert sheet._verdict.words() == "Inside the order: up to 0.3 mg/kg/h"
    sheet.rate.field.set_text("12")
    assert "is over 0.3 mg/kg/h" in sheet._verdict.words()
    assert sheet._then.text().startswith("Then vitals at ")
    sheet.empty()


def test_ctrl_and_an_arrow_go_by_the_smallest_step_of_the_pump_and_an_arrow_alone_by_none(bench):
    sheet = bench.open("rate")
    held = Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert sheet.rate.field.text() == ""
    for key, becomes in (
        (Qt.Key.Key_Down, "7.9"),
        (Qt.Key.Key_Down, "7.8"),
        (Qt.Key.Key_Up, "7.9"),
    ):
        QTest.keyClick(QApplication.focusWidget(), key, held)
        assert sheet.rate.field.text() == becomes
    sheet.rate.field.set_text("0.1")
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, held)
    assert sheet.rate.field.text() == "0"
    sheet.empty()


def test_an_increase_says_why(bench):
    sheet = bench.open("rate")
    type_text("8.5")
    assert bench.record() == []
    assert any("is an increase. Say that the dose is tolerated" in text for text in said(sheet))
    assert sheet.rate.field.text() == "8.5"
    assert focused().startswith("Why: ")
    sheet.empty()


def test_what_is_known_of_the_patient_stands_with_its_age_and_asks_when_it_is_old(own):
    sheet = own.open("rate")
    known = sheet._known.accessibleDescription()
    assert "Blood pressure 130/80" in known
    assert "Side effects mild nausea" in known
    assert "ask" not in known
    own.desk.clock.pass_time(timedelta(minutes=20))
    sheet.show_visit(own.visit)
    assert known != sheet._known.accessibleDescription()
    assert "ask" in sheet._known.accessibleDescription()


def test_the_key_press_is_the_pause_and_the_sheet_completes_it(own):
    own.open("pause")
    (stamp,) = own.visit.of(InfusionPaused)[-1:]
    assert (stamp.at, stamp.fact.reasons) == (own.desk.now(), ())
    assert run_now(own).state == "paused"
    own.desk.clock.pass_time(timedelta(minutes=1))
    press(Qt.Key.Key_1, Qt.Key.Key_6, ENTER)
    type_text("5.2")
    struck, fact = own.record()
    assert isinstance(struck, EntryStruck)
    assert (struck.entry, struck.reason) == (stamp.id, "completed")
    assert fact == InfusionPaused(
        at=stamp.at, reasons=("pressure", "nausea"), pump_volume_ml=Ml("5.2")
    )


def test_a_pause_that_is_left_stays_as_it_was_stamped(own):
    sheet = own.open("pause")
    count = len(own.visit.entries)
    sheet.left.emit()
    assert run_now(own).state == "paused"
    own.open("pause")
    assert own.record() == []
    assert len(own.visit.entries) == count


def test_the_volume_expected_is_never_shown_before_it_was_read(own):
    expected = f"{float(run_now(own).infused_ml.amount):.2f}"
    for name in ("pause", "stop", "pump-read"):
        sheet = own.open(name)
        assert not any(expected in text for text in said(sheet)), name
        assert expected not in {w.text() for w in all_of(sheet, Words)}


def test_a_pause_by_mistake_is_struck_with_its_reason(own, scripted):
    own.open("pause")
    stamp = own.visit.last(InfusionPaused)
    scripted.will("ask_reason", "Wrong key")
    click(own.column, "Undo")
    assert own.visit.strikes[stamp.id].fact.reason == "Wrong key"
    assert run_now(own).state == "running"


def test_resuming_takes_the_rate_as_it_is_typed(own):
    own.open("pause")
    own.column.close_sheet()
    sheet = own.open("resume")
    assert sheet.rate.field.text() == ""
    assert "was 8 mL/h" in said(sheet)
    type_text("8")
    fact = one_of(own.record(), InfusionResumed)
    assert (fact.rate_ml_h, run_now(own).state) == (MlPerHour(8), "running")


def test_a_limit_that_stands_is_named_and_asks_what_allows_to_go_on(own):
    own.open("pause")
    own.desk.record(VitalsTaken(at=own.desk.now(), systolic=171, diastolic=98))
    sheet = own.open("resume")
    assert any(text.startswith("Systolic 171 mmHg, over 160, since") for text in said(sheet))
    type_text("8")
    assert own.record() == []
    assert focused() == "What allows it"
    type_text("Dr Okafor, by phone")
    assert one_of(own.record(), InfusionResumed).reason == "Dr Okafor, by phone"


def test_the_stop_says_why_and_what_the_pump_shows(own):
    sheet = own.open("stop")
    assert own.record() == []
    assert any("Choose why it was stopped." in text for text in said(sheet))
    press(Qt.Key.Key_1, ENTER)
    type_text("5.6")
    fact = one_of(own.record(), InfusionStopped)
    assert (fact.reason, fact.pump_volume_ml) == ("complete", Ml("5.6"))
    assert run_now(own).state == "stopped"


def test_the_rates_are_shown_beside_the_pump_only_after_it_was_read(own):
    sheet = own.open("pump-read")
    type_text("5.4")
    assert not any(text.startswith("By the rates") for text in said(sheet))
    press(ENTER)
    assert any(text.startswith("By the rates") for text in said(sheet))
    assert one_of(own.record(), PumpRead).volume_ml == Ml("5.4")


# ------------------------------------------------------------------ alerts, and what can be charted


def test_an_alert_is_answered_with_what_was_done(own):
    own.desk.record(VitalsTaken(at=own.desk.now(), systolic=171, diastolic=92))
    sheet = own.open("answer")
    assert sheet.alert.chosen() == ("systolic-pause",)
    sheet.done.setFocus()
    press(Qt.Key.Key_8, ENTER)
    type_text("measured again in 5 min")
    fact = one_of(own.record(), AlertAnswered)
    assert fact.alert == "systolic-pause"
    assert fact.action == "Infusion paused; measured again in 5 min"
    (alert,) = [a for a in alerts(own.visit, own.desk.now()) if a.code == "systolic-pause"]
    assert alert.answered


def test_all_that_can_be_charted_is_offered_with_its_key(bench):
    sheet = bench.open("add")
    button = sheet.buttons["medicine"]
    assert (button.words(), button.sub()) == ("Medicine given", "F4, last 14:04")
    assert sheet.buttons["history"].sub() == "Ctrl+Shift+B"  # not charted yet
    button.setFocus()
    press(SPACE)
    assert bench.column.open_name == "medicine"


def test_tab_goes_through_a_sheet_as_it_is_read_also_where_choices_came_later(bench):
    sheet = bench.open("call")
    stops = []
    for _ in range(8):
        stops.append(focused())
        press(TAB)
    order = ["Who: Dr A. Okafor", "Name of who was called", "Phone that was called", "Reached: Yes"]
    assert stops[:4] == order
    assert isinstance(sheet, QWidget)


def test_tab_leads_from_the_last_field_to_the_button(bench):
    sheet = bench.open("note")
    press(TAB, TAB)
    assert sheet.primary.hasFocus()

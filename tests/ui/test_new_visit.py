"""A new visit is opened from what is typed, and nothing typed is lost before it is."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart.domain.facts import Allergy, PatientRecorded, Prescriber, WeightMeasured
from ketachart.domain.quantities import Kg, Mg, MgPerKg, MgPerKgPerHour, MgPerMl, Minutes
from ketachart.errors import LedgerError
from tests.helpers.door import PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import (
    LOOKS,
    all_of,
    luminances,
    press,
    reachable,
    spoken_name,
    type_text,
)
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.words import Words

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot, tmp_path):
    """The real window, unlocked, on the empty form."""
    return on_the_form(qtbot, clinic_in(tmp_path / "ledger"))


def on_the_form(qtbot, folder, *, width=1366, height=768):
    window = window_on(qtbot, folder, width=width, height=height)
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    chord(Qt.Key.Key_N, CTRL)
    assert window.shown == "new-visit"
    return window


def fresh_form(window):
    """A new form in the same window: nothing of the last one stands in it."""
    window.show_screen("day")
    window.forget("new-visit")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    chord(Qt.Key.Key_N, CTRL)
    assert window.shown == "new-visit"


def chord(key, modifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def line(window, name):
    """The field that a screen reader calls so."""
    found = [w for w in all_of(window.screen_shown, QLineEdit) if spoken_name(w) == name]
    assert found, name
    return found[0]


def fill(window, name, text):
    field = line(window, name)
    field.setFocus()
    field.clear()
    if text.isascii():
        type_text(text)
    else:
        field.setText(text)  # Qt's test keyboard has no other letters
    press(ENTER)


def take(window, name):
    next(b for b in all_of(window.screen_shown, Button) if b.accessibleName() == name).click()


def words(window):
    QApplication.processEvents()  # what was added to a shown widget is shown by the event loop
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def fill_patient(window, mrn="004182"):
    fill(window, "Medical record number", mrn)
    fill(window, "Birth date", "14 Mar 1986")
    fill(window, "First and middle names", "Elena M.")
    fill(window, "Family name", "Rivera")
    take(window, "Sex as recorded: F")
    fill(window, "Address of the visit", "2148 East Palm Lane")
    take(window, "Allergies, asked today: No known allergies, asked today")


def fill_order(window):
    take(window, "Goal of the infusion: Acute migraine")
    fill(window, "Dose, mg/kg", "0.5")
    fill(window, "Over, min", "60")
    fill(window, "Prescriber’s name", "Dr A. Okafor")
    fill(window, "Prescriber’s phone", "602 555 0188")
    fill(window, "Ordered on", "20 Nov 2026")
    take(window, "How the order came: Signed")


def test_a_visit_is_filled_in_and_opened_by_keys_alone(window):
    keys = (
        *("004182", ENTER, "1986-03-14", ENTER, "Elena M.", ENTER, "Rivera", ENTER),
        *(
            "f",
            ENTER,
            "602 555 0144",
            ENTER,
            ENTER,
            "2148 East Palm Lane",
            ENTER,
            "Gate 4417",
            ENTER,
        ),
        *("penicillin", ENTER, "anaphylaxis", ENTER),
    )
    for key in keys:
        type_text(key) if isinstance(key, str) else press(key)
    chord(Qt.Key.Key_A, ALT)
    for key in ("morphine", ENTER, "itching", ENTER):
        type_text(key) if isinstance(key, str) else press(key)
    while spoken_name(QApplication.focusWidget()) != "Allergies, asked today: These, asked today":
        press(TAB)
    press(Qt.Key.Key_Space)
    press(ENTER)
    order = (
        *("3", ENTER, "0.5", ENTER, "120", ENTER, "35", ENTER, "2", ENTER, "0.15", ENTER),
        *("0.3", ENTER, ENTER, ENTER),
    )
    for key in order:
        type_text(key) if isinstance(key, str) else press(key)
    chord(Qt.Key.Key_M, ALT)
    for key in ("ondansetron", ENTER, "4", ENTER, "mg", ENTER, "IV", ENTER, "nausea", ENTER):
        type_text(key) if isinstance(key, str) else press(key)
    for key in ("1", ENTER, ENTER):
        type_text(key) if isinstance(key, str) else press(key)
    while spoken_name(QApplication.focusWidget()) != "Prescriber’s name":
        press(TAB)
    prescriber = (
        *("Dr A. Okafor", ENTER, "MD", ENTER, "602 555 0188", ENTER, "20 Nov 2026", ENTER),
        *("2026-12-20", ENTER, "12 Nov 2026", ENTER, "3", ENTER, "5", ENTER),
    )
    for key in prescriber:
        type_text(key) if isinstance(key, str) else press(key)
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)  # by telephone
    press(ENTER)
    type_text("y")
    press(ENTER)
    type_text("Call at 30 min.")
    chord(ENTER, CTRL)
    assert window.shown == "visit"
    visit = window.desk.visit
    patient, ordered = visit.patient, visit.order
    assert patient == PatientRecorded(
        at=patient.at,
        mrn="004182",
        given_name="Elena M.",
        family_name="Rivera",
        birth_date=date(1986, 3, 14),
        sex="F",
        address="2148 East Palm Lane",
        phone="602 555 0144",
        access="Gate 4417",
        allergies=(
            Allergy(substance="penicillin", reaction="anaphylaxis"),
            Allergy(substance="morphine", reaction="itching"),
        ),
    )
    assert (ordered.goal, ordered.dose_mg_per_kg, ordered.duration_min) == (
        "induction",
        MgPerKg("0.5"),
        Minutes(120),
    )
    assert (ordered.ceiling_mg, ordered.strength_mg_per_ml) == (Mg(35), MgPerMl(2))
    assert ordered.start_rate_mg_kg_h == MgPerKgPerHour("0.15")
    assert ordered.highest_rate_mg_kg_h == MgPerKgPerHour("0.3")
    assert ordered.prescriber == Prescriber(
        name="Dr A. Okafor", phone="602 555 0188", credential="MD"
    )
    assert (ordered.ordered_on, ordered.expires_on, ordered.evaluated_on) == (
        date(2026, 11, 20),
        date(2026, 12, 20),
        date(2026, 11, 12),
    )
    assert (ordered.series_number, ordered.series_of) == (3, 5)
    assert (ordered.received, ordered.read_back) == ("telephone", True)
    assert ordered.note == "Call at 30 min."
    (prn,) = ordered.prn
    assert (prn.medicine, prn.dose, prn.unit, prn.route) == ("ondansetron", "4", "mg", "IV")
    assert (prn.indication, prn.most_doses, prn.interval_min) == ("nausea", 1, None)
    assert (ordered.weight_basis, ordered.bolus_allowed) == ("actual", False)


def test_no_known_allergies_is_charted_only_because_it_was_pressed(window):
    fill_patient(window)
    fill_order(window)
    chord(ENTER, CTRL)
    patient = window.desk.visit.patient
    assert (patient.allergies, patient.no_known_allergies) == ((), True)


def test_the_next_visit_begins_with_an_empty_form(window):
    fill_patient(window)
    fill_order(window)
    chord(ENTER, CTRL)
    window.desk.close_visit()
    chord(Qt.Key.Key_N, CTRL)
    assert [w.text() for w in all_of(window.screen_shown, QLineEdit) if w.text()] == []
    assert not any(b.isChecked() for b in all_of(window.screen_shown, Button))


def test_what_is_typed_is_still_there_after_going_back_to_the_list(window):
    fill(window, "Medical record number", "004182")
    press(Qt.Key.Key_Escape)
    assert window.shown == "day"
    chord(Qt.Key.Key_N, CTRL)
    assert line(window, "Medical record number").text() == "004182"


UNREADABLE = (
    (lambda w: fill(w, "Family name", " "), "Fill in family name.", "Family name"),
    (lambda w: fill(w, "Birth date", "08/09/1986"), "day or the month first", "Birth date"),
    (lambda w: fill(w, "Birth date", "14 Mar 2086"), "in the future", "Birth date"),
    (lambda w: fill(w, "Family name", "李"), "cannot be printed", "Family name"),
    (lambda w: fill(w, "Dose, mg/kg", "0,5"), "with a point", "Dose, mg/kg"),
    (lambda w: fill(w, "Dose, mg/kg", "0"), "above zero", "Dose, mg/kg"),
    (lambda w: fill(w, "Never more than, mg", "lots"), "A number", "Never more than, mg"),
    (lambda w: fill(w, "Ordered on", "25 Dec 2026"), "after today", "Ordered on"),
    (lambda w: fill(w, "Infusion", "6"), "which infusion of how many", "Infusion"),
    (lambda w: fill(w, "Prescriber’s name", ""), "Fill in prescriber.", "Prescriber’s name"),
    (
        lambda w: take(w, "Weight to dose on: Ideal"),
        "Choose the formula of the ideal weight",
        "Weight to dose on, kg",
    ),
    (lambda w: take(w, "Bolus: Allowed"), "Type largest bolus.", "Largest bolus, mg/kg"),
)


def test_what_does_not_read_is_said_at_its_field_and_nothing_is_lost(window):
    for undo, sentence, at in UNREADABLE:
        fresh_form(window)
        fill_patient(window)
        fill_order(window)
        undo(window)
        before = [w.text() for w in all_of(window.screen_shown, QLineEdit)]
        chord(ENTER, CTRL)
        assert window.shown == "new-visit", sentence
        assert any(sentence in said for said in words(window)), (sentence, words(window))
        assert (sentence, spoken_name(QApplication.focusWidget())) == (sentence, at)
        assert QApplication.focusWidget().property("standing") == "bad", sentence
        assert [w.text() for w in all_of(window.screen_shown, QLineEdit)] == before, sentence
        assert window.desk.office.visits() == (), sentence


def test_allergies_are_asked_today_and_do_not_contradict(window):
    for chosen, substance, sentence in (
        ("", "", "Ask about allergies today"),
        ("These, asked today", "", "No allergy is listed"),
        ("No known allergies, asked today", "penicillin", "Which is true?"),
    ):
        fresh_form(window)
        fill_patient(window)
        fill_order(window)
        take(window, "Allergies, asked today: No known allergies, asked today")  # given back
        if chosen:
            take(window, f"Allergies, asked today: {chosen}")
        if substance:
            fill(window, "Allergy 1, substance", substance)
        chord(ENTER, CTRL)
        assert window.shown == "new-visit", sentence
        assert any(sentence in said for said in words(window)), sentence


def test_a_reaction_without_its_substance_is_asked_for(window):
    fill_patient(window)
    fill_order(window)
    fill(window, "Allergy 1, reaction", "rash")
    chord(ENTER, CTRL)
    assert any("that did “rash”" in said for said in words(window))
    assert spoken_name(QApplication.focusWidget()) == "Allergy 1, substance"


def test_a_telephone_order_says_whether_it_was_read_back(window):
    fill_patient(window)
    fill_order(window)
    take(window, "How the order came: By telephone")
    chord(ENTER, CTRL)
    assert any("Read back and confirmed: yes or no?" in said for said in words(window))
    take(window, "Read back and confirmed: No")
    chord(ENTER, CTRL)
    assert (window.desk.visit.order.received, window.desk.visit.order.read_back) == (
        "telephone",
        False,
    )


def test_a_medicine_if_needed_without_its_dose_is_asked_for(window):
    fill_patient(window)
    fill_order(window)
    chord(Qt.Key.Key_M, ALT)
    type_text("ondansetron")
    chord(ENTER, CTRL)
    assert any("Type one dose of ondansetron." in said for said in words(window))
    assert "usually mg" in words(window)
    assert spoken_name(QApplication.focusWidget()).startswith("One dose")


def with_a_visit(window, mrn="004182"):
    """A visit in which the patient was weighed, closed again."""
    fill_patient(window, mrn)
    fill_order(window)
    chord(ENTER, CTRL)
    desk = window.desk
    desk.record(WeightMeasured(at=desk.now(), weight_kg=Kg("68.4")))
    desk.clock.pass_time(timedelta(days=1))
    desk.close_visit()
    chord(Qt.Key.Key_N, CTRL)


def test_a_known_number_fills_in_the_rest_but_not_that_allergies_were_asked(window):
    with_a_visit(window)
    type_text("004182")
    press(ENTER)
    assert line(window, "Family name").text() == "Rivera"
    assert line(window, "Birth date").text() == "1986-03-14"
    assert any("Filled in from the visit of 22 Nov 2026" in said for said in words(window))
    assert [b.accessibleName() for b in all_of(window.screen_shown, Button) if b.isChecked()] == [
        "Sex as recorded: F"
    ]


def test_another_number_takes_out_what_was_filled_in_and_keeps_what_was_typed(window):
    with_a_visit(window)
    type_text("004182")
    press(ENTER)
    fill(window, "Address of the visit", "9 Other Street")
    fill(window, "Medical record number", "004999")
    assert line(window, "Family name").text() == ""
    assert line(window, "Birth date").text() == ""
    assert line(window, "Address of the visit").text() == "9 Other Street"
    assert not any("Filled in from" in said for said in words(window))


def test_what_was_typed_first_is_not_written_over(window):
    with_a_visit(window)
    fill(window, "Family name", "Rivera-Cruz")
    fill(window, "Medical record number", "004182")
    assert line(window, "Family name").text() == "Rivera-Cruz"
    assert line(window, "First and middle names").text() == "Elena M."


def test_the_usual_ranges_of_the_goal_stand_beside_with_their_source(window):
    take(window, "Goal of the infusion: Depression")
    said = words(window)
    goal = window.desk.office.protocol.goal("depression")
    assert "0.1 to 0.5 mg/kg" in said
    assert "40 to 60 min" in said
    assert "Andrade 2017, ASKP basics" in said
    assert goal.note in said


def test_where_the_sources_of_a_goal_differ_is_said_beside_it(window):
    for goal, about, says in (
        ("Induction series", "induction", "The units differ"),
        ("Acute migraine", "acute-migraine", "ASRA"),
        ("PTSD", "ptsd", "The order stands alone"),
    ):
        take(window, f"Goal of the infusion: {goal}")
        texts = window.desk.office.protocol.passages_about(about)
        assert texts, goal
        said = words(window)
        assert all(passage.text in said for passage in texts), goal
        assert any(says in text for text in said), goal
        take(window, f"Goal of the infusion: {goal}")  # given back
        assert not any(passage.text in words(window) for passage in texts), goal


def test_an_order_by_formula_makes_up_no_milligrams_from_the_last_weight(window):
    with_a_visit(window)
    type_text("004182")
    press(ENTER)
    fill_order(window)
    assert "68.4 kg" in words(window)
    take(window, "Weight to dose on: Ideal")
    take(window, "Formula that the order names: Devine 1974")
    assert "in mg once weight and height are charted" in words(window)
    assert "68.4 kg" not in words(window)


def test_the_milligrams_for_the_last_weight_are_worked_out_while_typing(window):
    with_a_visit(window)
    type_text("004182")
    press(ENTER)
    take(window, "Goal of the infusion: Acute migraine")
    fill(window, "Dose, mg/kg", "0.6")
    assert "type dose and duration" in words(window)
    fill(window, "Over, min", "60")
    said = words(window)
    assert Decimal("0.6") * Decimal("68.4") == Decimal("41.04")
    assert ("0.6 mg/kg × 68.4 kg" in said, "41.04 mg" in said) == (True, True)
    fill(window, "Never more than, mg", "35")
    said = words(window)
    assert "Held to the ceiling" in said
    assert "35 mg" in said
    assert "0.512 mg/kg" in said  # 35 mg in 68.4 kg: over the 0.5 mg/kg of this goal


def test_without_a_weight_no_milligrams_are_made_up(window):
    fill_patient(window)
    fill_order(window)
    assert "in mg once the patient is weighed" in words(window)


def test_the_phone_code_appears_when_all_is_filled_in_and_changes_with_the_order(window):
    def code():
        return words(window)[words(window).index("Phone code, before weighing") + 1]

    fill_patient(window)
    assert code() == "when all is filled in"
    fill_order(window)
    first = code()
    assert len(first.replace(" ", "")) == 6
    fill(window, "Dose, mg/kg", "0.4")
    assert code() not in (first, "when all is filled in")


def test_the_phone_code_appears_when_the_read_back_is_answered_last(window):
    fill_patient(window)
    fill_order(window)
    take(window, "How the order came: By telephone")
    assert "when all is filled in" in words(window)
    take(window, "Read back and confirmed: Yes")
    assert "when all is filled in" not in words(window)


def test_a_disk_that_refuses_is_said_and_nothing_typed_is_lost(window, monkeypatch):
    fill_patient(window)
    fill_order(window)

    def fails(_new):
        raise LedgerError("What happened, what is safe, what to do.")

    monkeypatch.setattr(window.desk.office, "new_visit", fails)
    chord(ENTER, CTRL)
    assert "What happened, what is safe, what to do." in words(window)
    assert line(window, "Family name").text() == "Rivera"


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_at_any_size(qtbot, qapp, tmp_path, size, scale):
    folder = clinic_in(tmp_path / "ledger")
    (folder / "preferences.json").write_text(json.dumps({"scale": scale}))
    theme.apply(qapp, "dim", scale)
    window = on_the_form(qtbot, folder, width=size[0], height=size[1])
    chord(Qt.Key.Key_M, ALT)
    take(window, "Goal of the infusion: Acute migraine")
    take(window, "Weight to dose on: Adjusted")
    take(window, "Bolus: Allowed")
    take(window, "How the order came: By telephone")
    chord(ENTER, CTRL)
    assert cut_off_at_rest(qtbot, window) == []
    assert window.width() == size[0]


def test_a_dim_room_stays_dim(window):
    fill_patient(window)
    fill_order(window)
    chord(Qt.Key.Key_M, ALT)
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03


def test_everything_that_takes_the_focus_has_a_name_and_is_large_enough(window):
    chord(Qt.Key.Key_M, ALT)
    for widget in reachable(window.screen_shown):
        assert spoken_name(widget), widget
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()


def test_tab_goes_through_rows_that_were_added_and_then_on(window):
    chord(Qt.Key.Key_A, ALT)  # the first row is there already
    type_text("penicillin")
    chord(Qt.Key.Key_A, ALT)
    type_text("latex")
    chord(Qt.Key.Key_A, ALT)
    line(window, "Allergy 1, substance").setFocus()
    order = []
    for _ in range(9):
        order.append(spoken_name(QApplication.focusWidget()))
        press(TAB)
    assert order == [
        *(f"Allergy {n}, {part}" for n in (1, 2, 3) for part in ("substance", "reaction")),
        "Add an allergy",
        "Allergies, asked today: These, asked today",
        "Goal of the infusion: Acute migraine",
    ]


def test_nothing_clinical_is_chosen_beforehand(window):
    assert not any(b.isChecked() for b in all_of(window.screen_shown, Button))
    assert all(w.text() == "" for w in all_of(window.screen_shown, QLineEdit))

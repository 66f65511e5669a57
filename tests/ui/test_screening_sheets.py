"""The sheets of the screening, filled in by keys in the real window and read back from disk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from ketachart.charting import NewVisit
from ketachart.domain.facts import (
    AdultNamed,
    IdentityConfirmed,
    InfusionNotStarted,
    IntakeRecorded,
    OverrideAuthorised,
    PatientRecorded,
    ScreeningConcluded,
    WeightMeasured,
)
from ketachart.domain.quantities import Kg
from tests.helpers.looked_at import nothing_recorded, standing
from tests.helpers.qt import all_of, luminances, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from ui import theme, tokens
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.field import LineField
from ui.widgets.text_field import NoteField

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
SHEETS = ("identity", "allergies", "adult", "weight", "intake", "override", "not-started")


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The visit was just opened."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "screening", before="identity-confirmed")


@pytest.fixture
def unwritten(shared):
    """The visit was just opened, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared)


@pytest.fixture
def missed(tmp_path, qapp):  # noqa: ARG001 - as above
    """Everything answered; one answer asks the prescriber."""
    made = VisitWindow(
        tmp_path / "l", "late_and_corrected", "screening", before="override-authorised"
    )
    yield made
    made.close()


@pytest.fixture
def refused(tmp_path, qapp):  # noqa: ARG001 - as above
    """A screening with a stop that nobody can authorise."""
    made = VisitWindow(
        tmp_path / "l", "screening_refuses", "screening", before="screening-concluded"
    )
    yield made
    made.close()


def from_row(window, code):
    """Open a sheet from the question that rests on it, by Enter."""
    window.screen._list._rows[code].take_focus()
    window.keys(ENTER)
    return window.column.sheet(window.column.open_name)


def problem(sheet):
    """Why it was not recorded."""
    return sheet._problem_words.text() if sheet._problem.isVisible() else ""


# ------------------------------------------------------------------ identity


def test_two_identifiers_by_key_and_the_next_question_has_the_focus(begun):
    from_row(begun, "identity")
    assert begun.focused() == "Identifiers that agree: Name"
    begun.type("12")
    begun.keys(TAB)
    begun.type("p")
    begun.main_button()
    said = begun.last(IdentityConfirmed)
    assert (said.identifiers, said.said_by) == (("name", "birth-date"), "patient")
    assert begun.column.open_name == ""
    assert begun.screen.isAncestorOf(begun.window.focusWidget())
    assert begun.focused() != "Two identifiers, said by the patient or the adult"


def test_what_is_on_file_is_shown_to_compare(unwritten):
    said = unwritten.said(from_row(unwritten, "identity"))
    assert {"Elena M. Rivera", "14 Mar 1986", "004182", "602 555 0144"} <= set(said)


@pytest.mark.parametrize(
    ("agree", "said_by", "sentence"),
    [
        ("1", "p", "Two different identifiers"),
        ("", "p", "Two different identifiers"),
        ("13", "", "Who said them: the patient, or the adult?"),
    ],
)
def test_less_than_two_identifiers_are_not_enough(unwritten, agree, said_by, sentence):
    sheet = from_row(unwritten, "identity")
    unwritten.fill(agree, said_by)
    unwritten.main_button()
    assert unwritten.last(IdentityConfirmed) is None
    assert sentence in problem(sheet)
    assert len(sheet._which.chosen()) == len(agree)


def test_an_identifier_is_given_back_by_the_same_key(unwritten):
    sheet = from_row(unwritten, "identity")
    unwritten.type("122")
    assert sheet._which.chosen() == ("name",)


# ------------------------------------------------------------------ weight


@pytest.mark.parametrize(
    ("typed", "kilograms", "pounds", "how"),
    [
        (("68.4", "k", "s"), "68.4", None, "measured"),
        (("150.8", "l", "s"), "68.4", "150.8", "measured"),
        (("70", "k", "t"), "70", None, "stated"),
    ],
)
def test_a_weight_by_keys_in_the_unit_of_the_scale(begun, typed, kilograms, pounds, how):
    sheet = from_row(begun, "weight-today")
    assert sheet._unit.chosen() == ()
    begun.fill(*typed)
    assert sheet.primary.words() == f"Record {kilograms} kg at 13:30"
    begun.main_button()
    weighed = begun.last(WeightMeasured)
    assert (weighed.weight_kg, weighed.how) == (Kg(kilograms), how)
    assert weighed.read_lb == (Decimal(pounds) if pounds else None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "k", "s"), "Type what the scale says."),
        (("68,4", "k", "s"), "What the scale says: Write the decimal with a point"),
        (("68.4", "", "s"), "Kilograms or pounds? Read it from the scale."),
        (("68.4", "k", ""), "Weighed on a scale, or told?"),
        (("0", "k", "s"), "weight"),
    ],
)
def test_a_weight_that_cannot_be_is_asked_again_and_kept(unwritten, typed, sentence):
    sheet = from_row(unwritten, "weight-today")
    unwritten.fill(*typed)
    unwritten.main_button()
    assert unwritten.last(WeightMeasured) is None
    assert sentence.lower() in problem(sheet).lower()
    assert sheet._read.text() == typed[0]


def test_a_weight_far_from_the_last_is_asked_about_and_can_be_confirmed_by_key(begun):
    from_row(begun, "weight-today")
    begun.fill("68.4", "k", "s")
    begun.main_button()
    patient, order = begun.visit.patient, begun.visit.order
    begun.desk.close_visit()
    begun.desk.clock.pass_time(timedelta(days=1))
    begun.desk.new_visit(NewVisit(patient=patient, order=order))
    begun.frame = begun.window.screen_shown
    begun.open("screening")
    sheet = from_row(begun, "weight-today")
    begun.fill("150.8", "k", "s")
    begun.main_button()
    assert begun.last(WeightMeasured) is None
    assert "were pounds typed as kilograms?" in problem(sheet)
    sheet._confirm.setFocus()
    begun.keys(Qt.Key.Key_Space)
    assert begun.last(WeightMeasured).confirmed is True


# ------------------------------------------------------------------ food and drink


def test_food_and_drink_by_keys_with_yesterday_understood(begun):
    sheet = from_row(begun, "fasting")
    begun.fill("6:30", "yesterday 22:00")
    begun.type("-90")
    assert "12:00, 1 h 30 min ago. needs 2 h" in begun.said(sheet)
    begun.keys(ENTER)  # the last field: Enter records
    intake = begun.last(IntakeRecorded)
    times = (intake.solid_at, intake.fatty_at, intake.clear_at)
    assert [f"{moment:%d %H:%M}" for moment in times] == ["22 06:30", "21 22:00", "22 12:00"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((), "Type when the patient last ate or drank."),
        (("at noon",), "time"),
        (("6:30", "25:00"), "time"),
    ],
)
def test_a_meal_that_cannot_be_read_is_asked_again_and_kept(unwritten, typed, sentence):
    sheet = from_row(unwritten, "fasting")
    unwritten.fill(*typed)
    unwritten.main_button()
    assert unwritten.last(IntakeRecorded) is None
    assert sentence in problem(sheet)
    kept = [field.text() for field in sheet._times.values()]
    assert kept[: len(typed)] == list(typed)


# ------------------------------------------------------------------ adult, allergies


def test_the_adult_by_keys(begun):
    from_row(begun, "home-adult")
    begun.fill("Marco Rivera", "602 555 0150", "husband", "y", "y", "y")
    begun.main_button()
    adult = begun.last(AdultNamed)
    assert (adult.name, adult.phone, adult.relation) == ("Marco Rivera", "602 555 0150", "husband")
    assert (adult.of_age, adult.sober, adult.stays) == (True, True, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "602 555 0150", "", "y", "y", "y"), "Fill in full name of the adult."),
        (("Marco Rivera", "", "", "y", "y", "y"), "Fill in phone of the adult."),
        (("Marco Rivera", "602 555 0150", "", "", "y", "y"), "18 or older: yes or no?"),
        (("Marco Rivera", "602 555 0150", "", "y", "y", ""), "Stays until tomorrow morning: yes"),
    ],
)
def test_an_adult_half_told_is_asked_for_and_kept(unwritten, typed, sentence):
    sheet = from_row(unwritten, "home-adult")
    unwritten.fill(*typed)
    unwritten.main_button()
    assert unwritten.last(AdultNamed) is None
    assert sentence in problem(sheet)
    assert (sheet._name.text(), sheet._phone.text()) == typed[:2]


def test_an_adult_who_does_not_stay_is_charted_and_stands_in_the_way(begun):
    from_row(begun, "home-adult")
    begun.fill("Marco Rivera", "602 555 0150", "", "y", "y", "n")
    begun.main_button()
    assert begun.last(AdultNamed).stays is False
    row = begun.screen._list._rows["home-adult"]
    assert "Clear" not in begun.said(row)


def test_allergies_by_keys(begun):
    from_row(begun, "allergies")
    begun.type("a")
    begun.keys(TAB)
    begun.type("latex: hives")
    begun.keys(ENTER)
    begun.type("penicillin")
    begun.main_button()
    asked = begun.last(PatientRecorded)
    assert [(a.substance, a.reaction) for a in asked.allergies] == [
        ("latex", "hives"),
        ("penicillin", ""),
    ]
    assert "Allergy: latex (hives)" in " ".join(begun.said(begun.window.strip))


def test_no_known_allergy_is_an_answer_of_its_own(begun):
    sheet = from_row(begun, "allergies")
    begun.main_button()
    assert problem(sheet) == "Are there allergies, or none known?"
    begun.type("0")
    begun.main_button()
    asked = begun.last(PatientRecorded)
    assert (asked.allergies, asked.no_known_allergies) == ((), True)


# ------------------------------------------------------------------ the call, the end


def test_the_call_by_keys_from_the_verdict(missed):
    missed.main_button()
    assert missed.column.open_name == "override"
    missed.keys(Qt.Key.Key_D)
    missed.fill("", "", "", "y", "well under 140/90 at rest", "pause at 160")
    missed.main_button()
    call = missed.last(OverrideAuthorised)
    assert (call.about, call.by, call.phone) == (
        "pressure-medicine",
        "Dr A. Okafor",
        "602 555 0188",
    )
    assert (call.read_back, call.reason) == (True, "well under 140/90 at rest")
    assert call.condition == "pause at 160"
    assert "pause at 160" in missed.said(missed.screen.panel())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", "", "y", "fine"), "Fill in who authorised it."),
        (("", "Dr B. Lund", "", "", "fine"), "Read back and confirmed: yes or no?"),
        (("", "Dr B. Lund", "", "y", ""), "Write why it is acceptable."),
    ],
)
def test_a_call_half_told_is_asked_for_and_kept(unanswered, typed, sentence):
    unanswered.main_button()
    sheet = unanswered.column.sheet("override")
    unanswered.fill(*typed)
    unanswered.main_button()
    assert unanswered.last(OverrideAuthorised) is None
    assert problem(sheet) == sentence
    assert (sheet._by.text(), sheet._why.text()) == (typed[1], typed[4])


def test_a_visit_that_is_not_started_is_ended_by_keys(refused):
    refused.screen.panel()._end.setFocus()
    refused.keys(Qt.Key.Key_Space)
    assert refused.column.open_name == "not-started"
    sheet = refused.column.sheet("not-started")
    assert any("the screening is closed as “no go”" in words for words in refused.said(sheet))
    refused.main_button()
    assert problem(sheet) == "Who decided: you, the prescriber, or the patient?"
    refused.fill("d", "new aneurysm; referred")
    refused.main_button()
    ended = refused.last(InfusionNotStarted)
    assert (ended.decided_by, ended.reason) == ("prescriber", "new aneurysm; referred")
    assert refused.last(ScreeningConcluded).verdict == "no-go"


def test_a_patient_who_does_not_want_it_ends_the_visit_without_a_verdict(begun):
    begun.screen.panel()._end.setFocus()
    begun.keys(Qt.Key.Key_Space)
    begun.fill("p", "would rather wait")
    begun.main_button()
    assert begun.last(InfusionNotStarted).decided_by == "patient"
    assert begun.last(ScreeningConcluded) is None


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("identity", ("1",)),
        ("weight-today", ("68.4",)),
        ("fasting", ("6:30",)),
        ("home-adult", ("Marco Rivera",)),
        ("allergies", ("a",)),
    ],
)
def test_escape_keeps_what_was_typed_and_records_nothing(unwritten, code, typed):
    before = len(unwritten.visit.entries)
    sheet = from_row(unwritten, code)
    unwritten.fill(*typed)
    kept = [f.text() for f in sheet.findChildren(LineField)]
    chosen = [c.chosen() for c in sheet.findChildren(Choices)]
    unwritten.keys(ESC)
    assert unwritten.column.open_name == ""
    assert from_row(unwritten, code) is sheet
    assert [f.text() for f in sheet.findChildren(LineField)] == kept
    assert [c.chosen() for c in sheet.findChildren(Choices)] == chosen
    assert len(unwritten.visit.entries) == before


# ------------------------------------------------------------------ how they look


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A window in which nothing is charted, with an open ask."""
    folder = tmp_path_factory.mktemp("ledger") / "l"
    made = VisitWindow(folder, "late_and_corrected", "screening", before="override-authorised")
    yield made
    made.close()


@pytest.fixture
def unanswered(looked_at):
    """The same, in front, with empty sheets."""
    yield from nothing_recorded(looked_at)


def opened(window, name):
    if name == "override":
        window.screen._call("pressure-medicine")
    else:
        window.column.open_sheet(name)
    window.settle()
    return window.column.sheet(name)


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_on_a_sheet_is_filled_in_and_all_of_it_is_named(unanswered, qapp, name):
    theme.apply(qapp, "dim", 1.0)
    unanswered.window.resize(1366, 768)
    sheet = opened(unanswered, name)
    assert {field.text() for field in sheet.findChildren(LineField)} <= {""}
    assert {field.text() for field in sheet.findChildren(NoteField)} <= {""}
    assert {choices.chosen() for choices in sheet.findChildren(Choices)} <= {()}
    assert [repr(w) for w in reachable(sheet) if not spoken_name(w)] == []
    buttons = all_of(sheet, Button)
    assert [b.words() for b in buttons if min(b.width(), b.height()) < tokens.TARGET] == []
    mean, _ = luminances(unanswered.window.grab().toImage())
    assert mean <= 0.03
    unanswered.column.close_sheet()

"""The series in the real window: what came before is read, told, and asked about by keys alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from ketachart.domain import facts as f
from ketachart.domain.quantities import Kg, Mg, MgPerKg
from tests.helpers.looked_at import nothing_recorded
from tests.helpers.qt import LOOKS, all_of, cut_off
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.screens.door_panel import DoorPanel
from ui.screens.order_reference import OrderReference
from ui.widgets.buttons import Button
from ui.widgets.field import LineField
from ui.widgets.key_value import KeyValues

TAB, RETURN = Qt.Key.Key_Tab, Qt.Key.Key_Return
LONG_EFFECT = "Dizziness with a feeling of falling when the head is turned"


def past(at):
    """Two infusions of the series, 6 and 3 days ago; nausea of grade 2 at the second."""

    def gave(days, number, mg, per_kg, pain, **values):
        end = at - timedelta(days=days)
        return f.PastInfusion(
            visit=f"V{number}",
            on=end.date(),
            goal="induction",
            started_at=end - timedelta(hours=2),
            ended_at=end,
            delivered_mg=Mg(mg),
            dosing_weight_kg=Kg("68.4"),
            delivered_mg_per_kg=MgPerKg(per_kg),
            pain_start=pain[0],
            pain_end=pain[1],
            series_number=number,
            charted="signed",
            **values,
        )

    return f.PastRecorded(
        at=at,
        infusions=(
            gave(6, 1, "27.36", "0.4", (9, 6)),
            gave(3, 2, "30.78", "0.45", (8, 4), worst_effect="Nausea", worst_grade=2),
        ),
        visits_here=3,
    )


@pytest.fixture
def third(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The third infusion of five, all made up, the pump not read yet."""
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "order", before="pump-checked")
    made.desk.record(past(made.desk.now()))
    made.settle()
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same, for all the tests that record nothing more."""
    folder = tmp_path_factory.mktemp("third") / "l"
    made = VisitWindow(folder, "paused_for_nausea", "order", before="pump-checked")
    made.desk.record(past(made.desk.now()))
    made.settle()
    yield made
    made.close()


@pytest.fixture
def seen(shared):
    """The third infusion of five, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared, lambda window: window.open("order"))


def card(window):
    return window.said(window.screen._order)


def test_the_order_shows_place_days_and_what_came_before(seen):
    said = card(seen)
    assert "Series: infusion 3 of 5" in said
    assert "3 days since the last" in said
    assert said[said.index("16 Nov 2026") :][:4] == ["16 Nov 2026", "27.36", "0.4", "9 to 6"]
    assert said[said.index("19 Nov 2026\nNausea, grade 2") :][:4] == [
        "19 Nov 2026\nNausea, grade 2",
        "30.78",
        "0.45",
        "8 to 4",
    ]
    assert "2 infusions, 58.14 mg" in said


def test_with_nothing_before_it_says_so_and_offers_to_chart_one(tmp_path, qapp):  # noqa: ARG001
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "order", before="pump-checked")
    assert any("No earlier infusion is on file here" in words for words in card(made))
    button = next(
        b for b in all_of(made.screen._order, Button) if b.words() == "Infusion elsewhere"
    )
    assert button._key == "Ctrl+O"
    button.click()
    made.settle()
    assert made.column.open_name == "elsewhere"
    made.close()


def test_what_is_outside_stands_before_the_order_and_the_series_after_it(seen):
    said = card(seen)
    places = [said.index(words) for words in ("1 outside", "Goal", "9 inside", "16 Nov 2026")]
    assert places == sorted(places)
    named = [button.accessibleName() for button in all_of(seen.screen._order, Button)]
    reason = next(n for n, words in enumerate(named) if words.startswith("Give the reason"))
    assert named[reason].startswith("Give the reason: Against the last dose")
    assert reason < named.index("Infusion elsewhere")


def test_a_rise_after_an_effect_asks_and_a_reason_by_keys_settles_it(third):
    assert any("no rise over 0.45 mg/kg after nausea of grade 2" in words for words in card(third))
    explain = next(
        b
        for b in all_of(third.screen._order, Button)
        if b.accessibleName().startswith("Give the reason: Against the last dose")
    )
    explain.setFocus()
    third.keys(Qt.Key.Key_Space)
    third.settle()
    third.type("Dr A. Okafor: pain came back within a day")
    third.main_button()
    assert third.last(f.FindingExplained).finding == "dose-rise"
    assert "Reason: Dr A. Okafor: pain came back within a day" in card(third)


# ------------------------------------------------ an infusion elsewhere


def elsewhere(window):
    window.keys(Qt.Key.Key_O, ctrl=True)
    window.settle()
    return window.column.sheet("elsewhere")


def test_an_infusion_elsewhere_is_charted_by_keys_alone(third):
    elsewhere(third)
    third.fill("20 Nov 2026", "letter of the clinic", "34.2", "0.5", "8", "3")
    third.type("naus")
    third.keys(RETURN)  # takes Nausea, and goes on to the grade
    third.keys(Qt.Key.Key_3)
    third.main_button()
    told = third.last(f.InfusionElsewhere)
    assert told.told_by == "letter of the clinic"
    assert told.infusion == f.PastInfusion(
        on=date(2026, 11, 20),
        delivered_mg=Mg("34.2"),
        delivered_mg_per_kg=MgPerKg("0.5"),
        pain_start=8,
        pain_end=3,
        worst_effect="Nausea",
        worst_grade=3,
    )
    said = card(third)
    assert "20 Nov 2026\nNausea, grade 3, elsewhere" in said
    assert "3 infusions, 92.34 mg" in said
    assert any("2 days since the last" in words for words in said)


def test_what_is_not_known_stays_empty(third):
    elsewhere(third)
    third.fill("20 Nov 2026", "the patient")
    third.main_button()
    told = third.last(f.InfusionElsewhere).infusion
    assert (told.delivered_mg, told.pain_start, told.worst_effect) == (None, None, "")
    assert any(words == "—" for words in card(third))


def test_its_place_counts_for_the_series_of_this_order(third):
    sheet = elsewhere(third)
    third.fill("20 Nov 2026", "the patient")
    sheet.number.set_text("3")
    third.main_button()
    told = third.last(f.InfusionElsewhere).infusion
    assert (told.series_number, told.goal) == (3, third.visit.order.goal)
    assert any("4, after infusion 3 on Fri 20 Nov" in words for words in card(third))


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("", "the patient"), "Fill in day it was given."),
        (("23 Nov 2026", "the patient"), "has not been yet"),
        (("20 Nov 2026", ""), "Fill in who or what says so."),
        (("20 Nov 2026", "the patient", "34.2", "5"), "do not fit a patient of"),
        (("20 Nov 2026", "the patient", "3,4x"), "Dose"),
        (("20 Nov 2026", "the patient", "", "", "11"), "Pain runs from 0 to 10."),
    ],
)
def test_bad_input_gets_one_sentence_and_loses_nothing(seen, texts, words):
    count = len(seen.visit.entries)
    sheet = elsewhere(seen)
    seen.fill(*texts)
    seen.main_button()
    assert words in sheet._problem_words.text()
    assert len(seen.visit.entries) == count
    typed = [field.text() for field in all_of(sheet, LineField)]
    assert [text for text in texts if text] == [text for text in typed if text][: len(texts)]


def test_an_effect_without_a_grade_is_asked_for(seen):
    sheet = elsewhere(seen)
    seen.fill("20 Nov 2026", "the patient", "", "", "", "")
    seen.type("naus")
    seen.keys(RETURN)
    seen.main_button()
    assert "Choose the grade" in sheet._problem_words.text()


# ------------------------------------------------ at the door, and beside a new order


def test_the_door_tells_place_and_last_infusion_in_one_line(seen):
    panel = DoorPanel()
    panel.show_visit(seen.visit, seen.desk.now())
    said = " ".join(kv.accessibleDescription() for kv in all_of(panel, KeyValues))
    assert "3 of 5, last Thu 19 Nov: 30.78 mg, pain 8 to 4, Nausea, grade 2" in said
    panel.deleteLater()


def test_a_new_order_shows_how_often_and_how_long_a_series_usually_is(seen):
    reference = OrderReference(seen.visit.protocol)
    reference.show_goal("induction")
    said = " ".join(kv.accessibleDescription() for kv in all_of(reference, KeyValues))
    assert "3 to 5 infusions" in said
    reference.show_goal("prevention")
    said = " ".join(kv.accessibleDescription() for kv in all_of(reference, KeyValues))
    assert "every two weeks or monthly" in said
    reference.deleteLater()


# ------------------------------------------------ every look


def test_nothing_is_cut_at_any_size(third, qapp):
    told = past(third.desk.now())
    long = replace(told.infusions[0], worst_effect=LONG_EFFECT, worst_grade=2, charted="not-signed")
    third.desk.record(replace(told, infusions=(long, *told.infusions)))
    for size, scale in LOOKS:
        third.column.close_sheet()
        theme.apply(qapp, "dim", scale)
        third.window.resize(*size)
        third.settle()
        assert cut_off(third.screen._order) == [], (size, scale)
        elsewhere(third)
        assert cut_off(third.column.sheet("elsewhere")) == [], (size, scale)
    theme.apply(qapp, "dim", 1.0)

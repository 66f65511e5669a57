"""Order and dose in the real window: the order, the arithmetic, and the vial that is asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import (
    AccessPlaced,
    BagPrepared,
    FindingExplained,
    InfusionStarted,
    OrderRecorded,
    PatientRecorded,
    Prescriber,
    PumpChecked,
    VialTaken,
)
from ketachart.domain.quantities import MgPerKg, MgPerMl, Minutes, Ml
from tests.helpers.looked_at import nothing_recorded, standing
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from ui import theme, tokens
from ui.screens.arithmetic import StepRow
from ui.widgets.buttons import Button
from ui.widgets.field import LineField

TAB, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Escape

GIVEN, FAMILY = "Wilhelmina-Alexandra Konstantina", "Featherstonehaugh-Papadimitrakopoulos"
PRESCRIBER = "Dr Oluwaseun Adebayo-Fitzwilliam de la Torre"
LONG_NOTE = "Slow the pump at the first nausea, and call before any second dose of anything."


def steps(window):
    """What each step of the arithmetic says, as a screen reader hears it."""
    return [row.accessibleName() for row in all_of(window.screen, StepRow)]


def points(window):
    """What stands against the start, as the panel shows it."""
    return [button.words() for button in window.screen._panel._points._buttons]


def order_again(window, **values):
    """The prescriber changes the order."""
    order = window.visit.order
    window.desk.record(replace(order, at=window.desk.now(), **values))
    window.settle()


def take_vial(window, key="1"):
    window.keys(getattr(Qt.Key, f"Key_{key}"))
    window.fill("4K21877", "2028-03", "55120")
    window.main_button()


@pytest.fixture
def no_vial(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The order is there, nothing is taken out yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="vial-taken")
    yield made
    made.close()


@pytest.fixture
def made_up(tmp_path, qapp):  # noqa: ARG001 - as above
    """Vial, bag, line and baseline are charted; the pump is not read yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="pump-checked")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared_no_vial(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """Nothing is taken out yet, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "order", before="vial-taken")


@pytest.fixture(scope="module")
def shared_made_up(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """All but the pump is charted, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "order", before="pump-checked")


@pytest.fixture
def still_no_vial(shared_no_vial):
    """Nothing is taken out, and nothing is recorded."""
    yield from nothing_recorded(shared_no_vial, lambda window: window.open("order"))


@pytest.fixture
def still_made_up(shared_made_up):
    """All but the pump is charted, and nothing is recorded."""
    yield from nothing_recorded(shared_made_up, lambda window: window.open("order"))


# ------------------------------------------------------------------ the vial


def test_no_vial_is_chosen_beforehand_and_the_focus_waits_on_the_first(still_no_vial):
    assert still_no_vial.screen._arithmetic.vials.chosen() == ()
    assert still_no_vial.focused() == "Which vial is in your hand: 10 mg/mL"
    said = still_no_vial.said(still_no_vial.screen)
    assert "nothing is chosen for you" in said
    assert "A wrong vial strength is a five- or tenfold dose." in said


def test_what_the_vial_decides_waits_for_it(still_no_vial):
    assert steps(still_no_vial) == [
        "Dose: 34.2 mg",
        "Draw from the vial: waits for the vial",
        "Make up to: waits for the vial",
        "Bag strength: waits for the vial",
        "Start rate, drug: 34.2 mg/h",
        "Pump rate: waits for the vial",
        "Volume to infuse: waits for the vial",
    ]


@pytest.mark.parametrize(
    ("key", "strength", "volume", "drawn"),
    [("1", 10, 20, "3.42 mL"), ("2", 50, 10, "0.68 mL"), ("3", 100, 5, "0.34 mL")],
)
def test_a_key_takes_the_vial_and_its_label_is_typed(no_vial, key, strength, volume, drawn):
    no_vial.keys(getattr(Qt.Key, f"Key_{key}"))
    assert no_vial.column.open_name == "vial"
    assert no_vial.last(VialTaken) is None
    assert no_vial.screen._arithmetic.vials.chosen() == ()  # shown as chosen once it is on disk
    assert no_vial.focused() == "Lot on the label"
    no_vial.fill("4K21877", "03/2028", "55120")
    no_vial.main_button()
    vial = no_vial.last(VialTaken)
    assert (vial.vial, vial.strength_mg_per_ml) == ("V1", MgPerMl(strength))
    assert (vial.volume_ml, vial.lot, vial.seal) == (Ml(volume), "4K21877", "55120")
    assert vial.expires == date(2028, 3, 31)
    assert no_vial.screen._arithmetic.vials.chosen() == (f"{strength} mg/mL",)
    assert f"Draw from the vial: {drawn}" in steps(no_vial)


def test_every_step_is_shown_with_its_units_once_the_vial_is_known(no_vial):
    take_vial(no_vial)
    assert steps(no_vial) == [
        "Dose: 34.2 mg",
        "Draw from the vial: 3.42 mL",
        "Make up with 0.9 % saline to: 17.1 mL",
        "Bag strength: 2 mg/mL",
        "Start rate, drug: 34.2 mg/h",
        "Pump rate: 17.1 mL/h",
        "Volume to infuse: 17.1 mL",
    ]
    assert [row.accessibleDescription() for row in all_of(no_vial.screen, StepRow)] == [
        "68.4 kg × 0.5 mg/kg",
        "34.2 mg ÷ 10 mg/mL",
        "34.2 mg at 2 mg/mL",
        "34.2 mg ÷ 17.1 mL",
        "34.2 mg in 60 min",
        "34.2 mg/h ÷ 2 mg/mL",
        "34.2 mg ÷ 2 mg/mL",
    ]
    assert "In V1 now: 200 mg, for the drug count" in no_vial.said(no_vial.screen)


def test_a_vial_pressed_and_left_again_is_not_chosen(still_no_vial):
    still_no_vial.keys(Qt.Key.Key_2, ESC)
    assert still_no_vial.screen._arithmetic.vials.chosen() == ()
    assert still_no_vial.last(VialTaken) is None
    assert still_no_vial.focused() == "Which vial is in your hand: 50 mg/mL"
    assert "Draw from the vial: waits for the vial" in steps(still_no_vial)


def test_a_second_vial_has_its_own_name_and_the_first_stays(no_vial):
    take_vial(no_vial)
    no_vial.screen._arithmetic.vials.setFocus()
    take_vial(no_vial, "2")
    taken = [(fact.vial, fact.strength_mg_per_ml) for fact in no_vial.visit.facts(VialTaken)]
    assert taken == [("V1", MgPerMl(10)), ("V2", MgPerMl(50))]


def test_what_is_in_the_vial_is_counted_when_the_bag_was_drawn(still_made_up):
    assert "In V1 now: 165.8 mg, for the drug count" in still_made_up.said(still_made_up.screen)


def test_an_undiluted_bag_of_the_strongest_vial_is_a_stop(no_vial):
    assert "100 mg/mL is never given undiluted" in no_vial.said(no_vial.screen)
    take_vial(no_vial, "3")
    no_vial.main_button()
    no_vial.fill("", "0.342", "f", "0.342", "", "none", "y")
    no_vial.main_button()
    bag = no_vial.last(BagPrepared)
    assert (bag.drawn_ml, bag.total_ml) == (Ml("0.342"), Ml("0.342"))
    assert any(p.startswith("100 mg/mL is never given undiluted: make") for p in points(no_vial))


def test_the_arithmetic_shows_the_bag_as_it_was_made_and_not_as_it_was_planned(no_vial):
    take_vial(no_vial)
    no_vial.main_button()
    no_vial.fill("", "3.42", "f", "20", "", "0.9 % saline", "y")
    no_vial.main_button()
    said = steps(no_vial)
    assert "Bag strength: 1.71 mg/mL" in said
    assert "Pump rate: 20 mL/h" in said
    assert "as charted for B1; worked out 17.1 mL" in no_vial.said(no_vial.screen)


def test_without_a_weight_everything_waits_for_it(tmp_path, qapp):  # noqa: ARG001 - as above
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="weight-measured")
    assert set(steps(made)) == {
        f"{name}: waits for the weight"
        for name in (
            "Dose",
            "Draw from the vial",
            "Make up to",
            "Bag strength",
            "Start rate, drug",
            "Pump rate",
            "Volume to infuse",
        )
    }
    assert "wait for the weight" in made.said(made.screen)
    made.close()


def meaning(window):
    """What the rate gives and what rounding does, as the foot of the arithmetic says it."""
    card = window.screen._arithmetic
    return [w.text() for w in (card._given, card._rounding) if w.isVisible()]


def test_the_rate_stands_in_every_unit_side_by_side_and_rounding_in_one_line(still_made_up):
    assert meaning(still_made_up) == [
        "17.1 mL/h = 34.2 mg/h = 0.5 mg/kg/h = 8.33 µg/kg/min",
        "Rounding: the dose stays 34.2 mg, in 60 min",
    ]


def test_what_syringe_and_pump_do_to_the_dose_is_told_in_mg_per_cent_and_minutes(no_vial):
    order_again(no_vial, dose_mg_per_kg=MgPerKg("0.333"), duration_min=Minutes(90))
    take_vial(no_vial, "2")
    # 22.7772 mg = 0.456 mL of 50 mg/mL, marked 0.46: 23 mg in 11.5 mL; 7.59 set 7.6 mL/h
    assert meaning(no_vial)[1] == (
        "Rounding: 22.6 mg goes in, not 22.78 mg (−0.18 mg, −0.8 %), in 89.2 min, not 90 min "
        "(−0.8 min)"
    )


def test_a_gravity_set_is_never_assumed_and_its_drops_are_whole(still_made_up):
    gravity = still_made_up.screen._arithmetic.gravity.choices
    assert gravity.chosen() == ()
    assert not any(name.startswith("Drops") for name in steps(still_made_up))
    gravity.setFocus()
    still_made_up.keys(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert gravity.chosen() == ("20",)
    assert "20 gtt/mL, macro-drip" in still_made_up.said(still_made_up.screen)
    assert "Drops of the gravity set: 6 gtt/min" in steps(still_made_up)
    said = still_made_up.said(still_made_up.screen)
    assert "17.1 mL/h × 20 gtt/mL ÷ 60 min = 5.7 gtt/min; whole drops run 18 mL/h" in said
    assert meaning(still_made_up) == [
        "18 mL/h = 36 mg/h = 0.526 mg/kg/h = 8.77 µg/kg/min",
        "Rounding: the dose stays 34.2 mg, in 57 min, not 60 min (−3 min)",
    ]
    still_made_up.keys(Qt.Key.Key_Space)  # given back: a pump again
    assert gravity.chosen() == ()
    assert not any(name.startswith("Drops") for name in steps(still_made_up))


# ------------------------------------------------------------------ the order


def test_all_of_the_order_stands_there_with_its_limits_and_their_sources(still_no_vial):
    said = still_no_vial.said(still_no_vial.screen._order)
    for words in (
        "Dr A. Okafor, signed 20 Nov 2026, ends 20 Dec 2026, patient evaluated 12 Nov 2026",
        "0.5 mg/kg IV",
        "34.2 mg, never more",
        "35 mg",
        "60 min",
        "0.6 mg/kg/h",
        "68.4 kg (150.8 lb), actual, measured",
        "not allowed",
        "4 mg IV, once for nausea",
        "all inside",
    ):
        assert words in said
    checks = dose_checks(still_no_vial.visit, still_no_vial.desk.now())
    assert len(checks) == 5
    for row in checks:
        assert row.source
        short = still_no_vial.visit.protocol.cited(row.source).short
        assert {row.label, row.value, f"{row.bound}: {short}"} <= set(said)
    assert any(len(word) == 7 and word[3] == " " for word in said)  # the phone code


def test_the_series_is_told_by_words_and_dots(tmp_path, qapp):  # noqa: ARG001 - as above
    made = VisitWindow(tmp_path / "l", "late_and_corrected", "order", before="vial-taken")
    assert "Series: infusion 3 of 5" in made.said(made.screen._order)
    made.close()


def test_a_telephone_order_that_was_not_read_back_says_so(no_vial):
    order_again(no_vial, received="telephone", read_back=False)
    assert any("NOT read back" in words for words in no_vial.said(no_vial.screen._order))


def test_a_dose_outside_the_protocol_asks_for_a_reason_and_keeps_it(made_up):
    order_again(made_up, dose_mg_per_kg=MgPerKg("0.6"), ceiling_mg=None)
    said = made_up.said(made_up.screen._order)
    assert "1 outside" in said
    reason = next(b for b in all_of(made_up.screen, Button) if b.words() == "Give the reason")
    assert reason.accessibleName() == "Give the reason: Dose 0.6 mg/kg"
    reason.setFocus()
    made_up.keys(Qt.Key.Key_Space)
    sheet = made_up.column.sheet("explain-check")
    assert any("says 0.1 to 0.5 mg/kg" in words for words in made_up.said(sheet))
    made_up.main_button()
    assert made_up.last(FindingExplained).finding != "dose-range"
    assert "Write the reason." in made_up.said(sheet)
    made_up.type("two visits at 0.5 without relief")
    made_up.main_button()
    kept = made_up.last(FindingExplained)
    assert (kept.finding, kept.reason) == ("dose-range", "two visits at 0.5 without relief")
    said = made_up.said(made_up.screen._order)
    assert "Reason: two visits at 0.5 without relief" in said
    assert "Give the reason" not in said


def test_an_anaesthetic_dose_is_a_stop_that_no_reason_settles(made_up):
    order_again(made_up, dose_mg_per_kg=MgPerKg("1.2"), ceiling_mg=None)
    stop = [b for b in made_up.screen._panel._points._buttons if "Not an anaesthetic" in b.words()]
    assert [b.sub() for b in stop] == ["Only another order settles this"]
    assert not stop[0].isEnabled()


# ------------------------------------------------------------------ the way on


def test_the_main_button_leads_from_vial_to_bag_to_who_reads(no_vial):
    panel = no_vial.screen._panel
    assert panel.primary.why_closed() == "Choose the vial first"
    no_vial.main_button()
    assert no_vial.column.open_name == "vial"
    no_vial.keys(Qt.Key.Key_1)
    no_vial.fill("", "4K21877", "2028-03")
    no_vial.main_button()
    assert panel.primary.why_closed() == "Chart the bag first"
    no_vial.main_button()
    assert no_vial.column.open_name == "bag"
    no_vial.fill("", "3.42", "f", "17.1", "", "0.9 % saline", "y")
    no_vial.main_button()
    assert panel.primary.why_closed() == "Choose who reads the pump"
    no_vial.main_button()
    assert no_vial.focused() == "Who reads the pump: Second person"
    assert no_vial.last(PumpChecked) is None


def test_the_key_of_the_iv_charts_a_new_one_while_there_is_none(tmp_path, qapp):  # noqa: ARG001
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="access-placed")
    made.keys(Qt.Key.Key_F12)
    assert made.column.open_name == "place-access"
    made.fill("l", "forearm", "22", "1", "y", "5", "y")
    made.main_button()
    assert made.last(AccessPlaced).patent is True
    made.keys(Qt.Key.Key_F12)
    assert made.column.open_name == "access"  # from now on it is looked at
    made.close()


# ------------------------------------------------------------------ how it looks


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A window in which nothing is charted; its order asks for a reason."""
    folder = tmp_path_factory.mktemp("ledger") / "l"
    made = VisitWindow(folder, "late_and_corrected", "order", before="pump-checked")
    order_again(made, dose_mg_per_kg=MgPerKg("0.6"), ceiling_mg=None, note=LONG_NOTE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def long_names(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same with names as long as names can be."""
    folder = tmp_path_factory.mktemp("ledger") / "l"
    made = VisitWindow(folder, "late_and_corrected", "order", before="pump-checked")
    named = replace(made.visit.patient, at=made.desk.now(), given_name=GIVEN, family_name=FAMILY)
    made.desk.record(named)
    order_again(made, prescriber=Prescriber(name=PRESCRIBER, phone="602 555 0188"))
    yield made
    made.close()


def both_sides_uncut(window, size, scale):
    theme.apply(QApplication.instance(), "dim", scale)
    window.window.resize(*size)
    window.settle()
    assert (window.window.width(), window.window.height()) == size
    for side in ("actions", "chart"):
        window.frame._turn(side)
        window.settle()
        assert cut_off(window.window) == []


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_is_cut_at_any_size(looked_at, size, scale):
    if size == (1024, 700) and scale > 1.5:
        pytest.skip("the patient's strip alone is higher than that window")
    both_sides_uncut(looked_at, size, scale)


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_long_names_wrap_and_are_not_cut(long_names, size, scale):
    if size[1] / scale < 500:
        pytest.skip("the patient's strip alone is higher than that window")
    both_sides_uncut(long_names, size, scale)
    said = " ".join(long_names.said())
    assert f"{GIVEN} {FAMILY}" in said
    assert PRESCRIBER in said


def test_the_dim_room_stays_dim(looked_at, qapp):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    mean, _ = luminances(looked_at.window.grab().toImage())
    assert mean <= 0.03


def test_every_stop_has_a_name_and_every_button_its_size(looked_at, qapp):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    looked_at.settle()
    for root in (looked_at.screen, looked_at.screen.panel()):
        assert [repr(w) for w in reachable(root) if not spoken_name(w)] == []
        buttons = all_of(root, Button)
        assert [b.words() for b in buttons if min(b.width(), b.height()) < tokens.TARGET] == []


def test_tab_reaches_everything_that_can_be_pressed(looked_at, qapp):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    looked_at.window.activateWindow()  # another window may have had the keyboard meanwhile
    QTest.qWaitForWindowActive(looked_at.window)
    looked_at.open("order")
    stops, wanted = set(), {"Give the reason: Dose 0.6 mg/kg", "Who reads the pump: Second person"}
    wanted |= {"Which vial is in your hand: 10 mg/mL", "It was started already: record it"}
    for _ in range(40):
        looked_at.keys(TAB)
        stops.add(looked_at.focused())
    assert wanted - stops == set()


def test_nothing_that_is_clinical_is_filled_in_beforehand(looked_at):
    assert {field.text() for field in all_of(looked_at.window, LineField)} <= {""}
    panel = looked_at.screen._panel
    assert panel.who.choices.chosen() == ()
    assert looked_at.last(InfusionStarted) is None
    assert isinstance(looked_at.last(PatientRecorded), PatientRecorded)
    assert looked_at.last(OrderRecorded).dose_mg_per_kg == MgPerKg(Decimal("0.6"))


def test_the_order_does_not_repeat_the_limits_that_stand_beside_it(no_vial):
    limits = no_vial.frame._limits_card
    for size in ((1920, 1080), (1366, 768)):
        no_vial.window.resize(*size)
        no_vial.settle()
        told = "While it runs" in no_vial.said(no_vial.screen._order)
        assert told is limits.isHidden()

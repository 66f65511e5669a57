"""The sheets of order and dose, filled in by keys in the real window, read back from disk."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import (
    AccessPlaced,
    BagPrepared,
    InfusionStarted,
    LineFlushed,
    VialTaken,
)
from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour
from ketachart.errors import DiskFull
from tests.helpers.looked_at import nothing_recorded, standing
from tests.helpers.qt import all_of, luminances, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from ui import theme, tokens
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.field import LineField, Standing
from ui.widgets.text_field import NoteField

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
SHEETS = ("vial", "bag", "place-access", "flush", "started-already", "explain-check")


@pytest.fixture
def no_vial(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The order is there, nothing is taken out yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="vial-taken")
    yield made
    made.close()


@pytest.fixture
def no_bag(tmp_path, qapp):  # noqa: ARG001 - as above
    """A vial is on the table."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="bag-prepared")
    yield made
    made.close()


@pytest.fixture
def primed(tmp_path, qapp):  # noqa: ARG001 - as above
    """The bag is made up."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", until="bag-prepared")
    yield made
    made.close()


@pytest.fixture
def no_cannula(tmp_path, qapp):  # noqa: ARG001 - as above
    """No vein is punctured yet."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="access-placed")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared_no_vial(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """Nothing is taken out yet, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "order", before="vial-taken")


@pytest.fixture(scope="module")
def shared_no_bag(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A vial is on the table, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "order", before="bag-prepared")


@pytest.fixture
def still_no_vial(shared_no_vial):
    """Nothing is taken out, and nothing is recorded."""
    yield from nothing_recorded(shared_no_vial, come_back)


@pytest.fixture
def still_no_bag(shared_no_bag):
    """A vial is on the table, and nothing is recorded."""
    yield from nothing_recorded(shared_no_bag, come_back)


def come_back(window):
    """Into the phase, with the keyboard where it begins."""
    window.open("order")


def opened(window, name):
    """A sheet, with the focus in its first field."""
    sheet = window.column.open_sheet(name)
    window.settle()
    return sheet


def anew(window, name):
    """A sheet with nothing typed in it, the focus in its first field."""
    window.column.close_sheet()
    window.column.sheet(name).empty()
    return opened(window, name)


def press(window, words):
    """Go to a button by Tab and press it."""
    for _ in range(60):
        there = window.screen.window().focusWidget()
        if isinstance(there, Button) and there.words() == words:
            break
        window.keys(TAB)
    else:
        pytest.fail(f"Tab does not reach {words!r}")
    window.keys(Qt.Key.Key_Space)
    window.settle()


# ------------------------------------------------------------------ vial


def test_enter_goes_down_the_label_of_the_vial(still_no_vial):
    still_no_vial.keys(Qt.Key.Key_1)
    stops = [still_no_vial.focused()]
    for _ in range(4):
        still_no_vial.keys(ENTER)
        stops.append(still_no_vial.focused())
    assert stops == [
        "Lot on the label",
        "Last day of use on the label",
        "Seal or serial number",
        "National drug code, NDC",
        "When it happened; empty means now",
    ]


HALF_READ = (
    (("", "03/2028"), "Fill in lot on the label."),
    (("4K21877", ""), "Type the last day of use from the label."),
    (("4K21877", "08/09/2027"), "08/2027"),
)


def test_a_label_half_read_is_asked_for_and_kept(still_no_vial):
    still_no_vial.keys(Qt.Key.Key_1)
    for typed, sentence in HALF_READ:
        sheet = anew(still_no_vial, "vial")
        still_no_vial.keys(Qt.Key.Key_1, TAB)
        still_no_vial.fill(*typed)
        still_no_vial.main_button()
        said = still_no_vial.said(sheet)
        assert still_no_vial.last(VialTaken) is None, typed
        assert still_no_vial.column.open_name == "vial", typed
        assert any(sentence in words for words in said), (typed, said)
        assert (sheet._lot.text(), sheet._expires.text()) == typed


def test_a_vial_without_a_strength_is_refused(still_no_vial):
    sheet = opened(still_no_vial, "vial")
    assert sheet._strength.chosen() == ()
    still_no_vial.fill("", "4K21877", "03/2028")
    still_no_vial.main_button()
    assert still_no_vial.last(VialTaken) is None
    assert "Which vial is in your hand? Read the label." in still_no_vial.said(sheet)
    assert still_no_vial.focused() == "Which vial is in your hand: 10 mg/mL"


def test_an_expired_vial_is_named_while_typing_charted_and_stands_against_the_start(no_vial):
    no_vial.keys(Qt.Key.Key_1)
    no_vial.fill("4K21877", "10/2026")
    sheet = no_vial.column.sheet("vial")
    assert sheet._expires.judgement().standing is Standing.BAD
    assert "Expired 31 Oct 2026" in no_vial.said(sheet)
    no_vial.main_button()
    assert no_vial.last(VialTaken).expires == date(2026, 10, 31)
    no_vial.main_button()
    no_vial.fill("", "3.42", "f", "17.1", "", "0.9 % saline", "y")
    no_vial.main_button()
    points = no_vial.said(no_vial.screen._panel._points)
    assert any("Vial V1, lot 4K21877, expired 31 Oct 2026" in words for words in points)
    assert "Take another vial" in points


def test_the_button_repeats_what_will_be_written(still_no_vial):
    still_no_vial.keys(Qt.Key.Key_3)
    sheet = still_no_vial.column.sheet("vial")
    assert sheet.primary.words() == "Record V1, 100 mg/mL, at 13:50"
    still_no_vial.fill("", "", "", "", "-5")
    assert sheet.primary.words() == "Record V1, 100 mg/mL, at 13:45"


def test_a_vial_that_was_not_saved_stays_on_the_sheet(no_vial, monkeypatch):
    def full(*_facts, **_how):
        raise DiskFull("The disk is full. Nothing was lost.")

    no_vial.keys(Qt.Key.Key_1)
    no_vial.fill("4K21877", "03/2028")
    monkeypatch.setattr(no_vial.desk, "record_all", full)
    no_vial.main_button()
    sheet = no_vial.column.sheet("vial")
    assert "The disk is full. Nothing was lost." in no_vial.said(sheet)
    assert (sheet._lot.text(), sheet._expires.text()) == ("4K21877", "03/2028")
    monkeypatch.undo()
    no_vial.main_button()
    assert no_vial.last(VialTaken).lot == "4K21877"


def test_what_was_typed_comes_back_with_the_sheet(still_no_vial):
    still_no_vial.keys(Qt.Key.Key_1)
    still_no_vial.fill("4K21877")
    still_no_vial.keys(ESC)
    assert still_no_vial.column.open_name == ""
    opened(still_no_vial, "vial")
    assert still_no_vial.column.sheet("vial")._lot.text() == "4K21877"


# ------------------------------------------------------------------ bag


def test_the_arithmetic_stands_beside_the_fields_and_never_in_them(still_no_bag):
    sheet = opened(still_no_bag, "bag")
    assert sheet._vial.chosen() == ("V1",)  # there is no other that it could be
    assert (sheet._drawn.text(), sheet._total.text(), sheet._diluent.text()) == ("", "", "")
    assert sheet._method.chosen() == ()
    said = set(still_no_bag.said(sheet))
    assert {"worked out 3.42 mL", "to 17.1 mL", "a bag of 13.68 mL"} <= said
    assert "a bag of 17.1 mL, 3.42 mL out" in said
    assert "worked out 17.1 mL" not in said  # the volume is asked once the way is chosen


def test_a_bag_is_typed_and_its_strength_is_told_before_it_is_recorded(no_bag):
    sheet = opened(no_bag, "bag")
    no_bag.fill("", "3.42", "f", "17.1")
    assert "B1: 34.2 mg in 17.1 mL, 2 mg/mL" in no_bag.said(sheet)
    no_bag.keys(Qt.Key.Key_Space)  # the ordered diluent, by one press
    no_bag.fill("", "", "y")
    no_bag.main_button()
    bag = no_bag.last(BagPrepared)
    assert (bag.bag, bag.vial, bag.drawn_ml, bag.total_ml) == ("B1", "V1", Ml("3.42"), Ml("17.1"))
    assert (bag.diluent, bag.label_written) == ("0.9 % saline", True)
    assert "ketamine 34.2 mg in 17.1 mL (2 mg/mL)" in no_bag.said(no_bag.screen.panel())


def test_the_same_draw_again_at_once_is_asked_about_and_can_be_confirmed(no_bag):
    for _ in range(2):
        sheet = opened(no_bag, "bag")
        no_bag.fill("", "3.42", "f", "17.1", "", "0.9 % saline", "y")
        no_bag.main_button()
    assert any("3.42 mL from V1 is charted at" in words for words in no_bag.said(sheet))
    assert [fact.bag for fact in no_bag.desk.visit.facts(BagPrepared)] == ["B1"]
    sheet._confirm.click()
    drawn = [(fact.bag, fact.confirmed) for fact in no_bag.desk.visit.facts(BagPrepared)]
    assert drawn == [("B1", False), ("B2", True)]


CANNOT_BE = (
    (("", "", "f", "17.1"), "Type drawn from the vial."),
    (("", "3.42", "f", ""), "Type made up to."),
    (("", "3.42", "a", ""), "Type the bag held before."),
    (("", "3.42", "w", "5O"), "The bag held before:"),
    (("", "3,42", "f", "17.1"), "Drawn from the vial: Write the decimal with a point"),
    (("", "3.42", "f", "17.1"), "Fill in made up with."),
    (("", "3.42", "f", "17.1", "", "0.9 % saline"), "Label written"),
    (("", "17.1", "f", "3.42", "", "0.9 % saline", "y"), "The bag cannot hold 3.42 mL"),
    (("", "3.42", "w", "3.4", "", "0.9 % saline", "y"), "cannot hold 3.4 mL"),
    (("", "34.2", "f", "40", "", "0.9 % saline", "y"), "V1"),
    (("", "3.42", "f", "17.1", "", "0.9 % saline", "y", "soon"), "14:05"),
)


def test_a_bag_that_cannot_be_is_asked_again_and_kept(still_no_bag):
    for typed, sentence in CANNOT_BE:
        sheet = anew(still_no_bag, "bag")
        still_no_bag.fill(*typed)
        still_no_bag.main_button()
        assert still_no_bag.last(BagPrepared) is None, typed
        assert sentence in sheet._problem_words.text(), typed
        assert sheet._drawn.text() == typed[1], typed
        volume = sheet._total if typed[2] == "f" else sheet._bag
        assert volume.text() == typed[3], typed


def test_how_a_bag_is_made_up_is_asked_and_never_assumed(still_no_bag):
    sheet = opened(still_no_bag, "bag")
    still_no_bag.fill("", "3.42", "", "", "0.9 % saline", "y")
    still_no_bag.main_button()
    assert still_no_bag.last(BagPrepared) is None
    assert "Filled up, added to a full bag, or withdrawn first? Choose." in still_no_bag.said(sheet)


@pytest.mark.parametrize(
    ("key", "method", "total", "told"),
    [
        ("a", "added-to", "53.42", "B1: 34.2 mg in 53.42 mL, 0.64 mg/mL"),
        ("w", "withdrawn-first", "50", "B1: 34.2 mg in 50 mL, 0.684 mg/mL"),
    ],
)
def test_a_full_bag_comes_to_its_own_strength(no_bag, key, method, total, told):
    sheet = opened(no_bag, "bag")
    no_bag.fill("", "3.42", key, "50")
    assert told in no_bag.said(sheet)
    no_bag.fill("", "0.9 % saline", "y", "14:50")
    no_bag.main_button()
    bag = no_bag.last(BagPrepared)
    assert (bag.method, bag.bag_ml, bag.total_ml) == (method, Ml(50), Ml(total))
    assert f"{bag.use_by:%H:%M}" == "14:50"
    assert any(words.endswith(", use by 14:50") for words in no_bag.said(no_bag.screen.panel()))
    making = {"a": "50 mL bag + 3.42 mL of drug", "w": "50 mL bag − 3.42 mL withdrawn"}[key]
    assert any(words.startswith(making) for words in no_bag.said(no_bag.screen._arithmetic))


def test_what_cannot_be_made_is_told_before_it_is_recorded(still_no_bag):
    sheet = opened(still_no_bag, "bag")
    still_no_bag.fill("", "3.42", "w", "3")
    assert any(
        w.startswith("3.42 mL cannot be withdrawn from a bag") for w in still_no_bag.said(sheet)
    )


def test_without_a_vial_the_bag_says_what_comes_first(still_no_vial):
    sheet = opened(still_no_vial, "bag")
    assert "No vial on file yet: chart the vial first." in still_no_vial.said(sheet)
    still_no_vial.main_button()
    assert "Chart the vial first." in still_no_vial.said(sheet)
    assert still_no_vial.last(BagPrepared) is None


def test_of_two_vials_none_is_chosen(no_bag):
    no_bag.screen._arithmetic.vials.setFocus()
    no_bag.keys(Qt.Key.Key_2)
    no_bag.fill("5M0042", "05/2027")
    no_bag.main_button()
    sheet = opened(no_bag, "bag")
    assert sheet._vial.chosen() == ()
    no_bag.fill("", "3.42", "f", "17.1", "", "0.9 % saline", "y")
    no_bag.main_button()
    assert "Which vial was it drawn from?" in no_bag.said(sheet)
    assert no_bag.last(BagPrepared) is None


def test_an_unlabelled_bag_is_charted_and_shows_as_unlabelled(no_bag):
    opened(no_bag, "bag")
    no_bag.fill("", "3.42", "f", "17.1", "", "0.9 % saline", "n")
    no_bag.main_button()
    assert no_bag.last(BagPrepared).label_written is False
    assert any("NO label" in words for words in no_bag.said(no_bag.screen.panel()))


# ------------------------------------------------------------------ IV, line


def test_a_cannula_is_charted_with_everything_that_was_asked(tmp_path, qapp):  # noqa: ARG001
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="access-placed")
    made.keys(Qt.Key.Key_F12)
    made.fill("r", "back of the hand", "24", "2", "left hand", "n", "3", "y", "first vein blew")
    made.main_button()
    placed = made.last(AccessPlaced)
    made.close()
    assert (placed.side, placed.site, placed.gauge) == ("right", "back of the hand", 24)
    assert (placed.attempts, placed.blood_return, placed.flushed_ml) == (2, False, Ml(3))
    assert (placed.patent, placed.tried, placed.note) == (True, ("left hand",), "first vein blew")


HALF_CHARTED = (
    (("", "forearm", "22", "1", "y", "5", "y"), "Left or right?"),
    (("l", "", "22", "1", "y", "5", "y"), "Fill in site of the cannula."),
    (("l", "forearm", "", "1", "y", "5", "y"), "Type the gauge."),
    (("l", "forearm", "22", "", "y", "5", "y"), "Type the attempts."),
    (("l", "forearm", "22", "1", "", "5", "y"), "Blood came back: yes or no?"),
    (("l", "forearm", "22", "1", "y", "5", ""), "Flushes freely, no pain, no swelling: yes"),
    (("l", "forearm", "22", "2", "", "y", "5", "y"), "Name the 1 site tried before"),
    (("l", "forearm", "22", "3", "left hand, left hand", "y", "5", "y"), "note why"),
)


def test_a_cannula_half_charted_is_asked_for_and_kept(no_cannula):
    no_cannula.keys(Qt.Key.Key_F12)
    assert no_cannula.column.open_name == "place-access"
    for typed, sentence in HALF_CHARTED:
        sheet = anew(no_cannula, "place-access")
        no_cannula.fill(*typed)
        no_cannula.main_button()
        assert no_cannula.last(AccessPlaced) is None, typed
        assert sentence in sheet._problem_words.text(), typed
        assert sheet._site.text() == typed[1], typed


def test_a_cannula_that_does_not_flush_is_charted_and_stands_against_the_start(tmp_path, qapp):  # noqa: ARG001
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="access-placed")
    made.keys(Qt.Key.Key_F12)
    made.fill("l", "forearm", "22", "1", "y", "", "n")
    made.main_button()
    placed, said = made.last(AccessPlaced), made.said(made.screen._panel._points)
    made.close()
    assert (placed.patent, placed.flushed_ml) == (False, None)
    assert any("Chart a cannula that flushes freely" in words for words in said)


def test_the_priming_of_the_line_is_charted_with_what_is_in_it(primed):
    press(primed, "Chart the line's priming")
    sheet = primed.column.sheet("flush")
    primed.fill("1.2")
    primed.main_button()
    assert primed.last(LineFlushed) is None
    assert "Fill in with what." in primed.said(sheet)
    assert primed.focused() == "With what"
    primed.keys(Qt.Key.Key_Backtab)
    primed.type("d")
    primed.main_button()
    flushed = primed.last(LineFlushed)
    assert (flushed.volume_ml, flushed.fluid) == (Ml("1.2"), "drug from the bag")
    assert "Chart the line's priming" not in primed.said(primed.screen.panel())


# ------------------------------------------------------------------ started already


def test_a_pump_that_runs_already_is_charted_with_the_bag_on_file(primed):
    press(primed, "It was started already: record it")
    sheet = primed.column.sheet("started-already")
    assert not sheet._strength.isVisible()
    primed.fill("", "17.1", "7731", "patient in great pain; vitals taken just after")
    primed.main_button()
    start = primed.last(InfusionStarted)
    assert (start.rate_ml_h, start.pump, start.strength_mg_per_ml) == (
        MlPerHour("17.1"),
        "7731",
        None,
    )
    assert start.despite == "patient in great pain; vitals taken just after"


HALF_TOLD = (
    (("", "", "2", "17.1", "", "on paper"), "Type rate on the pump."),
    (("", "17.1", "2", "17.1", "", ""), "Write why it was started before."),
    (("", "17,1", "2", "17.1", "", "on paper"), "Rate on the pump: Write the decimal"),
)


def test_a_start_half_told_is_asked_for_and_kept(still_no_vial):
    for typed, sentence in HALF_TOLD:
        sheet = anew(still_no_vial, "started-already")
        still_no_vial.fill(*typed)
        still_no_vial.main_button()
        assert still_no_vial.last(InfusionStarted) is None, typed
        assert sentence in sheet._problem_words.text(), typed
        assert sheet._rate.text() == typed[1], typed


def test_a_gravity_set_that_runs_already_is_charted_by_its_drops(primed):
    sheet = opened(primed, "started-already")
    assert sheet._set.chosen() == ()
    primed.keys(Qt.Key.Key_Right, Qt.Key.Key_Space, TAB)  # 15 gtt/mL
    primed.main_button()
    assert "Type drops counted in a minute." in primed.said(sheet)
    assert primed.focused() == "Drops counted in a minute, gtt/min"
    primed.type("4")
    assert "4 gtt/min run 16 mL/h" in primed.said(sheet)
    primed.keys(TAB)
    primed.type("the pump's battery was flat")
    primed.main_button()
    start = primed.last(InfusionStarted)
    assert (start.by, start.drops_per_ml, start.pump) == ("gravity", 15, "")
    assert start.rate_ml_h == MlPerHour(16)


def test_where_no_bag_is_on_file_the_label_is_read(no_vial):
    opened(no_vial, "started-already")
    no_vial.fill("", "17.1", "2", "17.1", "", "laptop was flat")
    no_vial.main_button()
    start = no_vial.last(InfusionStarted)
    assert (start.strength_mg_per_ml, start.volume_ml) == (MgPerMl(2), Ml("17.1"))


# ------------------------------------------------------------------ how they look


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """A window in which nothing is charted."""
    yield from standing(tmp_path_factory, "order", until="bag-prepared")


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_on_a_sheet_is_filled_in_and_all_of_it_is_named(looked_at, qapp, name):
    theme.apply(qapp, "dim", 1.0)
    looked_at.window.resize(1366, 768)
    sheet = opened(looked_at, name)
    assert {field.text() for field in sheet.findChildren(LineField)} <= {""}
    assert {field.text() for field in sheet.findChildren(NoteField)} <= {""}
    single = {("V1",)} if name == "bag" else set()  # the one vial there is
    assert {choices.chosen() for choices in sheet.findChildren(Choices)} <= {(), *single}
    assert [repr(w) for w in reachable(sheet) if not spoken_name(w)] == []
    buttons = all_of(sheet, Button)
    assert [b.words() for b in buttons if min(b.width(), b.height()) < tokens.TARGET] == []
    mean, _ = luminances(looked_at.window.grab().toImage())
    assert mean <= 0.03
    looked_at.column.close_sheet()

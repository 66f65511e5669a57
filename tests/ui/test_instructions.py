"""Instructions in the real window: said back, the sheet, the calls; read back from the disk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ketachart.domain.facts import (
    AdultNamed,
    FollowUpPlanned,
    HandoutGiven,
    InkDeclined,
    InstructionTaught,
)
from ketachart.domain.instructions import proposed_follow_ups, told
from ketachart.errors import DiskFull
from tests.helpers.closing import Closing, Flashes
from tests.helpers.looked_at import nothing_recorded
from tests.helpers.qt import LOOKS, luminances, reachable, spoken_name

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SIZES = tuple((scale, *size) for size, scale in LOOKS)


@pytest.fixture
def teaching(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The needle is out; nothing was told yet."""
    made = Closing(tmp_path / "l", "quiet_hour", "instructions", before="instruction-taught")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """Nothing was told yet, for all the tests that record nothing."""
    folder = tmp_path_factory.mktemp("teaching") / "l"
    made = Closing(folder, "quiet_hour", "instructions", before="instruction-taught")
    yield made
    made.close()


@pytest.fixture
def untold(shared):
    """Nothing was told yet, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared, lambda window: window.open("instructions"))


@pytest.fixture(scope="module")
def shared_told(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """Every instruction was said back, for all the tests that record nothing."""
    folder = tmp_path_factory.mktemp("told") / "l"
    made = Closing(folder, "quiet_hour", "instructions", before="handout-given")
    yield made
    made.close()


@pytest.fixture
def unplanned(shared_told):
    """Every instruction was said back, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared_told, lambda window: window.open("instructions"))


@pytest.fixture
def told_all(tmp_path, qapp):  # noqa: ARG001 - as above
    """Every instruction was said back; nothing was left or signed yet."""
    made = Closing(tmp_path / "l", "quiet_hour", "instructions", before="handout-given")
    yield made
    made.close()


def row(window, code):
    return window.screen._rows[code]


def down(window, code):
    """Who is marked in a row, and how, as its buttons show it."""
    return {
        who: how
        for who, pair in row(window, code)._pairs.items()
        for how, button in pair.buttons.items()
        if button.isChecked()
    }


def box(window, role):
    return window.screen.panel().boxes[role]


def heard(window, code):
    found = next(item for item in told(window.visit) if item.instruction.code == code)
    return found.patient, found.adult


def full(*_facts, **_how):
    raise DiskFull("The disk is full. Free some room, then record again.")


# ------------------------------------------------------------------ saying it back


def test_every_instruction_stands_once_with_its_time_and_what_to_ask(untold):
    items = told(untold.visit)
    assert len(untold.screen._rows) == len(items) == 9
    for item in items:
        said = untold.said(row(untold, item.instruction.code))
        assert item.instruction.sentence in said
        assert f"Ask them: {item.instruction.question}" in said
        assert f"{item.when[:1].upper()}{item.when[1:]}" in said
    assert "Until Mon 23 Nov 15:00, and after a night's sleep" in untold.said()


def test_nothing_is_marked_or_signed_beforehand(untold):
    assert all(down(untold, code) == {} for code in untold.screen._rows)
    assert all(box(untold, role).pad.strokes() == () for role in ("patient", "adult"))
    assert untold.last(InstructionTaught) is None
    assert "0 of 9 said back" in untold.said(untold.screen)
    assert untold.focused() == told(untold.visit)[0].instruction.sentence


def test_enter_marks_that_both_said_it_and_goes_on_to_the_next(teaching):
    teaching.keys(ENTER)
    assert heard(teaching, "driving") == ("said", "said")
    assert down(teaching, "driving") == {"patient": "said", "adult": "said"}
    assert teaching.focused() == told(teaching.visit)[1].instruction.sentence
    teaching.keys(*[ENTER] * 8)
    assert "9 of 9 said back" in teaching.said(teaching.screen)
    assert len(teaching.visit.facts(InstructionTaught)) == 9


@pytest.mark.parametrize(
    ("key", "patient", "adult"),
    [
        (Qt.Key.Key_1, "said", None),
        (Qt.Key.Key_2, "helped", None),
        (Qt.Key.Key_3, None, "said"),
        (Qt.Key.Key_4, None, "helped"),
    ],
)
def test_a_digit_marks_one_person_at_once(teaching, key, patient, adult):
    teaching.keys(key)
    taught = teaching.last(InstructionTaught)
    assert (taught.instruction, taught.patient, taught.adult) == ("driving", patient, adult)
    assert taught.at == teaching.desk.now()
    assert "1 of 9 said back" in " ".join(teaching.said(teaching.screen))


@pytest.mark.parametrize("order", [(Qt.Key.Key_2, Qt.Key.Key_3), (Qt.Key.Key_3, Qt.Key.Key_2)])
def test_what_was_heard_from_one_stays_when_the_other_is_marked(teaching, order):
    for key in order:
        teaching.keys(key)
    assert heard(teaching, "driving") == ("helped", "said")
    assert down(teaching, "driving") == {"patient": "helped", "adult": "said"}
    assert "1 of 9 said back, 1 with help" in teaching.said(teaching.screen)


def test_the_last_answer_stands(teaching):
    teaching.keys(Qt.Key.Key_2)
    teaching.keys(Qt.Key.Key_1)
    assert heard(teaching, "driving") == ("said", None)
    assert down(teaching, "driving") == {"patient": "said"}


def test_a_button_marks_as_its_digit_does(teaching):
    row(teaching, "food")._pairs["adult"].buttons["helped"].click()
    assert heard(teaching, "food") == (None, "helped")


def test_alt_and_a_digit_marks_that_row_from_anywhere(teaching):
    for number, code in enumerate(["driving", "alcohol", "decisions"], start=1):
        teaching.screen.panel().primary.setFocus()
        assert heard(teaching, code) == (None, None), code
        teaching.alt(Qt.Key.Key_0 + number)
        assert heard(teaching, code) == ("said", "said"), code


def test_every_row_prints_the_key_that_marks_it(untold):
    printed = [one._key.text() for one in untold.screen._rows.values()]
    assert printed == [f"Alt+{n}" for n in range(1, 10)]


def test_the_arrows_go_from_row_to_row(untold):
    items = told(untold.visit)
    untold.keys(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert untold.focused() == items[1].instruction.sentence


def test_where_no_adult_is_named_only_the_patient_is_marked(teaching):
    adult = teaching.visit.of(AdultNamed)[0]
    teaching.desk.strike(adult.id, "somebody else came")
    teaching.settle()
    row(teaching, "driving").setFocus()
    teaching.keys(ENTER)
    assert heard(teaching, "driving") == ("said", None)
    assert teaching.button("Sheet left with the patient").isVisible()
    teaching.alt(Qt.Key.Key_H)
    assert teaching.last(HandoutGiven).to == ("patient",)


def test_a_full_disk_marks_nothing_and_says_so(teaching, monkeypatch):
    monkeypatch.setattr(teaching.desk.room, "record_all", full)
    teaching.keys(ENTER)
    assert down(teaching, "driving") == {}
    said = teaching.said(teaching.screen)
    assert "That is not recorded" in said
    assert "The disk is full. Free some room, then record again." in said
    assert teaching.focused() == told(teaching.visit)[0].instruction.sentence
    monkeypatch.undo()
    teaching.keys(ENTER)
    assert down(teaching, "driving") == {"patient": "said", "adult": "said"}
    assert "That is not recorded" not in teaching.said(teaching.screen)


def test_ctrl_z_strikes_the_last_mark_with_a_reason(teaching):
    teaching.keys(ENTER)
    teaching.control(Qt.Key.Key_Z)
    teaching.keys(Qt.Key.Key_4, ENTER)  # Wrong row
    assert heard(teaching, "driving") == (None, None)
    assert down(teaching, "driving") == {}
    assert len(teaching.visit.strikes) == 1


# ------------------------------------------------------------------ the sheet and the calls


def test_the_sheet_is_left_once_with_both(told_all):
    assert "The sheet is not left yet" in told_all.said(told_all.screen)
    told_all.alt(Qt.Key.Key_H)
    assert told_all.last(HandoutGiven).to == ("patient", "adult")
    assert "Sheet left 16:04 with patient and adult" in told_all.said(told_all.screen)
    told_all.alt(Qt.Key.Key_H)
    assert len(told_all.visit.facts(HandoutGiven)) == 1


def test_one_key_plans_the_calls_that_the_protocol_asks_for(told_all):
    wanted = proposed_follow_ups(told_all.visit)
    assert f"The protocol asks for calls {times(wanted)}" in told_all.said(told_all.screen)
    told_all.alt(Qt.Key.Key_C)
    planned = told_all.visit.facts(FollowUpPlanned)
    assert tuple(fact.due_at for fact in planned) == wanted
    assert f"Calls planned {times(wanted)}" in told_all.said(told_all.screen)


def times(moments):
    return " and ".join(f"{moment:%a} {moment.day} {moment:%b %H:%M}" for moment in moments)


def test_a_call_at_a_time_of_its_own_is_typed(told_all):
    told_all.alt(Qt.Key.Key_C)
    told_all.alt(Qt.Key.Key_C)
    assert told_all.column.open_name == "follow_up"
    assert told_all.focused() == "Day of the call"
    told_all.type("25 Nov 2026")
    told_all.keys(TAB)
    told_all.type("10:30")
    told_all.keys(TAB)
    told_all.type("the site of the IV")
    told_all.main_button()
    call = told_all.last(FollowUpPlanned)
    assert f"{call.due_at:%d %H:%M}" == "25 10:30"
    assert call.about == "the site of the IV"
    assert told_all.column.open_name == ""


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("21 Nov 2026", "10:30", "Sat 21 Nov 10:30 is past: it is 16:04. Choose a later time."),
        ("25 Nov 2026", "half past", "A time such as 14:00 or 2:00p."),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_keeps_what_was_typed(unplanned, day, time, sentence):
    unplanned.window.act("other-call")
    sheet = unplanned.column.sheet("follow_up")
    sheet.day.set_text(day)
    sheet.time.set_text(time)
    unplanned.main_button()
    assert sentence in unplanned.said(unplanned.column)
    assert sheet.time.text() == time
    assert unplanned.last(FollowUpPlanned) is None


# ------------------------------------------------------------------ the way on


def test_the_main_button_goes_on_to_sign_whatever_is_missing(untold):
    assert "Not signed yet: the patient and the adult." in untold.said(untold.column)
    untold.main_button()
    assert untold.frame.phase == "sign"


# ------------------------------------------------------------------ how it looks


def test_nothing_is_cut_off(told_all):
    told_all.sign(box(told_all, "patient").pad)
    for size in SIZES:
        told_all.wear(*size)
        assert told_all.cut_off() == [], size


def test_long_names_and_reasons_wrap(told_all):
    at = told_all.desk.now()
    told_all.desk.record(
        AdultNamed(
            at=at, name="Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Rivera " * 2,
            phone="1", of_age=True, sober=False, stays=False,
        )
    )  # fmt: skip
    told_all.desk.record(
        InkDeclined(at=at, role="patient", name="Elena M. Rivera", reason="hand in a cast, " * 12)
    )
    told_all.settle()
    for scale, width, height in SIZES[:3]:
        told_all.wear(scale, width, height)
        assert told_all.cut_off() == []


def test_everything_that_takes_the_keyboard_has_a_name_and_is_reached_by_tab(told_all):
    told_all.sign(box(told_all, "patient").pad)
    wanted = set(reachable(told_all.screen)) | set(reachable(told_all.screen.panel()))
    for widget in wanted:
        assert spoken_name(widget), widget
    met: set[QWidget] = set()
    for _ in range(80):
        met.add(QApplication.focusWidget())
        told_all.keys(TAB)
    assert [spoken_name(widget) for widget in wanted - met] == []


def test_the_dim_room_stays_dim(unplanned):
    mean, _ = luminances(unplanned.window.grab().toImage())
    assert mean <= 0.03


def test_no_window_flashes_up_while_the_rows_are_made(tmp_path, qapp):  # noqa: ARG001 - as above
    window = Closing(tmp_path / "l", "quiet_hour", "observation", before="instruction-taught")
    flashes = Flashes()
    window.open("instructions")
    window.keys(ENTER)
    flashes.stop()
    window.close()
    assert flashes.seen == []

"""The sheets of the door, filled in by keys in the real window and read back from disk."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import (
    ClockCompared,
    HomeChecked,
    InfusionStarted,
    KitChecked,
    NoteWritten,
    PumpRead,
    TimeOutHeld,
    VisitTimed,
)
from ketachart.domain.facts.arrival import KitLine
from ketachart.domain.screening import screening
from tests.helpers.visit_window import VisitWindow

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
SHEETS = ("visit-times", "clock", "home", "kit", "time-out")


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The visit was just opened."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    yield made
    made.close()


def opened(window, name):
    """The sheet of that key."""
    window.frame.act(name)
    window.settle()
    return window.column.sheet(name)


def problem(sheet):
    """Why it was not recorded."""
    return sheet._problem_words.text() if sheet._problem.isVisible() else ""


def answer_of(window, code):
    state = screening(window.visit, window.desk.now())
    return next(one for one in state.items if one.item.code == code)


def test_one_press_keeps_the_moment_of_the_visit(begun):
    sheet = opened(begun, "visit-times")
    pressed = begun.desk.now()
    begun.type("2")
    begun.pass_time(minutes=3)
    assert begun.last(VisitTimed) is None
    begun.main_button()
    fact = begun.last(VisitTimed)
    assert (fact.what, fact.at) == ("arrived", pressed)
    opened(begun, "visit-times")
    begun.main_button()
    assert "set out, arrived or left" in problem(sheet)


def test_a_pump_seven_minutes_fast_is_seen_while_typing_and_kept_to_the_minute(begun):
    sheet = opened(begun, "clock")
    now = begun.desk.now()
    begun.type("1")
    begun.keys(TAB, TAB)
    begun.type(f"{now + timedelta(minutes=7):%H:%M}")
    assert "7 min ahead" in sheet.showed.judgement().sentence
    begun.pass_time(seconds=40)
    begun.main_button()
    fact = begun.last(ClockCompared)
    assert (fact.device, fact.showed - fact.at.replace(second=0, microsecond=0)) == (
        "pump",
        timedelta(minutes=7),
    )
    assert fact.at == now


def test_a_home_without_a_phone_stops_the_start(begun):
    sheet = opened(begun, "home")
    begun.fill("Valley Medical Center", "26", "y")
    assert sheet.travel.judgement().short == "ask"
    begun.type("3")
    begun.main_button()
    assert "Light" in problem(sheet)
    assert begun.last(HomeChecked) is None
    sheet.light.setFocus()
    begun.fill("1", "1", "a dog, in the yard", "", "y", "")
    begun.main_button()
    home = begun.last(HomeChecked)
    assert (home.hospital, home.travel_min, home.phone) == ("Valley Medical Center", 26, "none")
    assert (home.others_out, home.light, home.address_read) == (True, "dim", True)
    assert answer_of(begun, "home-phone").answer == "stop"
    assert answer_of(begun, "home-hospital").answer == "ask"
    row = begun.screen._list._rows["home-phone"].row
    assert "no call gets out" in row.accessibleName() + row.accessibleDescription()


def test_all_is_present_by_one_key_and_each_last_day_is_typed(begun):
    sheet = opened(begun, "kit")
    begun.frame.act("all-present")
    assert begun.focused().startswith("Epinephrine: last day")
    begun.fill("03/2027")
    sheet.rows["naloxone"].expires.setFocus()
    begun.fill("01/2026")
    assert "Expired" in sheet.rows["naloxone"].expires.judgement().sentence
    begun.main_button()
    assert "Flumazenil: type the last day" in problem(sheet)
    assert begun.last(KitChecked) is None
    for code in ("flumazenil", "antiemetic", "aed"):
        sheet.rows[code].expires.set_text("Aug 2027")
    sheet.rows["suction"].found.setFocus()
    begun.type("m")
    sheet.rows["oxygen"].note.set_text("1900 psi")
    begun.main_button()
    lines = {line.item: line for line in begun.last(KitChecked).lines}
    assert lines["epinephrine"].expires == date(2027, 3, 31)
    assert (lines["oxygen"].note, lines["suction"].present) == ("1900 psi", False)
    assert "Naloxone expired 31 Jan 2026" in answer_of(begun, "kit-medicines").note
    assert answer_of(begun, "kit-airway").answer == "stop"
    again = opened(begun, "kit")
    assert all(row.is_open() for row in again.rows.values())


def test_the_last_visits_days_are_offered_and_none_is_taken_by_itself(begun, monkeypatch):
    at = begun.desk.now()
    lines = (
        KitLine(item="epinephrine", present=True, expires=date(2027, 3, 31)),
        KitLine(item="naloxone", present=False),
    )
    begun.desk.record(KitChecked(at=at, lines=lines))
    office, stream = begun.desk.office, begun.desk.room.stream
    days = office.last_kit()
    assert days == {"epinephrine": date(2027, 3, 31)}
    assert office.last_kit(before=stream) == {}  # this visit is not its own last one
    monkeypatch.setattr(type(office), "last_kit", lambda _self, before: days if before else {})
    sheet = opened(begun, "kit")
    row = sheet.rows["epinephrine"]
    assert row.is_open()
    assert not row._as_before.isVisible()  # it was not said that it is there
    begun.frame.act("all-present")
    begun.settle()
    assert row.expires.text() == ""
    assert row._as_before.words() == "Label still says 31 Mar 2027"
    assert not sheet.rows["naloxone"]._as_before.isVisible()
    row._as_before.click()
    begun.settle()
    assert row.line().expires == date(2027, 3, 31)
    assert not row._as_before.isVisible()
    row.expires.set_text("")
    assert row.line().expires is None


def test_the_answer_of_the_nurse_stays_hers_beside_what_the_chart_says(begun):
    opened(begun, "home")
    begun.fill("Valley Medical Center", "26", "y", "1", "1", "1", "", "", "", "")
    begun.main_button()
    begun.pass_time(seconds=20)
    begun.screen._list.go_to_item("home-hospital")
    begun.type("1")
    found = answer_of(begun, "home-hospital")
    assert (found.said, found.answer) == ("clear", "ask")


def test_nothing_starts_before_the_time_out_and_its_open_step_is_told(tmp_path, qapp):  # noqa: ARG001
    window = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="time-out-held")
    panel = window.screen.panel()
    assert panel.primary.words().startswith("Time-out before the start")
    window.main_button()
    assert window.last(InfusionStarted) is None
    sheet = window.column.sheet("time-out")
    assert window.column.open_name == "time-out"
    window.main_button()
    assert "Label on bag" in problem(sheet)
    window.type("n")
    window.keys(TAB)
    window.type("p")
    window.main_button()
    held = window.last(TimeOutHeld)
    assert held.open == ("label",)
    assert len(held.steps) == 8
    window.main_button()
    assert window.last(InfusionStarted) is not None
    window.close()


def test_a_time_read_from_the_pump_is_turned_into_ours_and_kept_as_it_showed(tmp_path, qapp):  # noqa: ARG001
    window = VisitWindow(tmp_path / "l", "quiet_hour", "infusion", until="infusion-started")
    now = window.desk.now()
    window.desk.record(ClockCompared(at=now, device="pump", showed=now + timedelta(minutes=7)))
    window.pass_time(minutes=20)
    happened = window.desk.now() - timedelta(minutes=5)
    sheet = opened(window, "pump-read")
    window.type("4.2")
    sheet.when.setFocus()
    window.type(f"{happened + timedelta(minutes=7):%H:%M}")
    assert f"by the pump's clock: {happened:%H:%M}" in " ".join(window.said(sheet))
    window.keys(Qt.Key.Key_Up)
    assert sheet.when.text() == f"{happened:%H:%M}"
    assert "by the pump's clock" not in " ".join(window.said(sheet))
    window.main_button()
    read = window.last(PumpRead)
    assert f"{read.at:%H:%M}" == f"{happened:%H:%M}"
    said = window.last(NoteWritten).text
    assert f"it showed {happened + timedelta(minutes=7):%H:%M}" in said
    assert f"charted as {happened:%H:%M}" in said
    opened(window, "note")
    assert "by the pump's clock" not in " ".join(window.said(window.column))
    window.close()

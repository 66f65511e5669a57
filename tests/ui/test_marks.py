"""Mark now, tell later: one press keeps the second, and the sheet that tells it takes it over."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import (
    EffectNoted,
    InfusionPaused,
    InfusionStopped,
    MomentMarked,
    MomentTold,
    NoteWritten,
)
from ketachart.domain.marks import open_marks
from tests.helpers.qt import all_of, cut_off
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.notices import Message
from ui.widgets.buttons import Button

DOWN, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


def mark(window):
    window.keys(Qt.Key.Key_M, ctrl=True)
    window.settle()


def banner(window):
    return dict(window.desk.notices.standing()).get("marks")


def test_one_press_keeps_the_second_and_a_doubled_press_is_one(window):
    before = len(window.visit.entries)
    mark(window)
    mark(window)
    window.desk.clock.pass_time(timedelta(seconds=2))
    mark(window)
    assert len(window.visit.entries) == before + 1
    assert window.last(MomentMarked).at == window.desk.now() - timedelta(seconds=2)
    assert banner(window).happened == "1 marked moment to tell: 14:21"
    assert any("1 marked moment to tell: 14:21" in text for text in window.said())
    window.pass_time(minutes=3)
    mark(window)
    assert banner(window).happened == "2 marked moments to tell: 14:21 and 14:24"


def test_at_200_percent_the_banner_leaves_every_allergy_in_sight(window, qapp):
    theme.apply(qapp, "dim", 2.0)
    mark(window)
    window.settle()
    allergies = window.window.strip._allergy_words
    assert allergies.visibleRegion().boundingRect() == allergies.rect()
    assert cut_off(window.window.strip) == []
    # five banners, an open sheet and the keys on the screen take nothing of them either
    for n in range(4):
        window.desk.notices.say(f"more-{n}", Message("danger", f"Notice {n}", "Do it.", "Do"))
    window.column.open_sheet("vitals")
    window.window.act("touch-keys")
    window.settle()
    assert "and 4 more" in {b.words() for b in all_of(window.window, Button)}
    assert allergies.visibleRegion().boundingRect() == allergies.rect()
    assert cut_off(window.window.strip) == []
    theme.apply(qapp, "dim", 1.0)


def test_the_sheet_that_tells_a_mark_takes_its_second_and_both_are_one_act(window):
    mark(window)
    (marked,) = open_marks(window.visit)
    window.pass_time(minutes=4, seconds=7)
    sheet = window.column.open_sheet("note")
    assert "↓ takes 14:21" in sheet.when.editor().accessibleDescription()
    window.type("retched once")
    sheet.when.setFocus()
    window.keys(DOWN)
    assert sheet.primary.words() == "Record note at 14:21"
    window.main_button()
    note, told = window.visit.entries[-2:]
    assert isinstance(note.fact, NoteWritten)
    assert note.at == marked.at
    assert (told.fact.mark, told.fact.entry, told.fact.reason) == (marked.id, note.id, "")
    assert open_marks(window.visit) == ()
    assert banner(window) is None
    assert sheet.when.text() == ""


def test_down_walks_the_marks_and_a_time_typed_over_one_tells_none(window):
    mark(window)
    window.pass_time(minutes=2)
    mark(window)
    first, second = open_marks(window.visit)
    window.pass_time(minutes=2)
    sheet = window.column.open_sheet("note")
    sheet.when.setFocus()
    window.keys(DOWN)
    assert sheet.when.moment() == first.at
    window.keys(DOWN)
    assert sheet.when.moment() == second.at
    window.keys(DOWN)
    assert sheet.when.text() == ""
    window.keys(DOWN)
    sheet.when.set_text("14:22")
    sheet.text.setFocus()
    window.type("slept")
    window.main_button()
    assert isinstance(window.visit.entries[-1].fact, NoteWritten)
    assert len(open_marks(window.visit)) == 2


def test_a_mark_that_was_nothing_says_why(window):
    mark(window)
    window.pass_time(minutes=1)
    window.keys(Qt.Key.Key_Escape)
    window.window.act("marks")
    window.settle()
    assert window.focused() == "Why there is nothing to tell"
    window.main_button()
    assert len(open_marks(window.visit)) == 1
    window.type("pressed by accident")
    window.keys(ENTER)
    assert window.last(MomentTold).reason == "pressed by accident"
    assert open_marks(window.visit) == ()
    assert banner(window) is None


def test_of_several_marks_the_one_that_was_nothing_is_chosen(window):
    mark(window)
    window.pass_time(minutes=1)
    mark(window)
    window.window.act("marks")
    window.settle()
    window.keys(Qt.Key.Key_2)
    window.column.sheet("marks").reason.setFocus()
    window.type("twice")
    window.main_button()
    assert [m.at.minute for m in open_marks(window.visit)] == [21]


def test_a_side_effect_with_what_was_done_is_the_entry_that_tells_a_mark(window):
    mark(window)
    window.pass_time(minutes=3)
    sheet = window.column.open_sheet("effect")
    sheet.effect.set_value("nausea")
    sheet.grade.choose("1")
    sheet.measures.choose("reassured")
    sheet.when.setFocus()
    window.keys(DOWN)
    window.main_button()
    told = window.last(MomentTold)
    assert isinstance(window.visit.entry(told.entry).fact, EffectNoted)


def test_the_marks_of_one_visit_are_not_seen_after_it(window):
    mark(window)
    window.desk.close_visit()
    assert banner(window) is None


def test_the_stop_keeps_the_moment_of_its_key_and_a_second_press_does_not_move_it(window):
    window.window.act("stop")
    pressed = window.desk.now()
    window.pass_time(seconds=50)
    window.window.act("stop")  # doubled
    sheet = window.column.sheet("stop")
    assert sheet.when.moment() == pressed
    sheet.reasons.choose("complete")
    window.main_button()
    assert window.last(InfusionStopped).at == pressed
    stops = len(window.visit.of(InfusionStopped))
    window.main_button()
    assert len(window.visit.of(InfusionStopped)) == stops


def test_a_stop_that_was_left_is_stamped_anew_and_a_typed_time_stays(window):
    window.window.act("stop")
    window.keys(Qt.Key.Key_Escape)
    window.pass_time(minutes=9)
    window.window.act("stop")
    sheet = window.column.sheet("stop")
    assert sheet.when.moment() == window.desk.now()
    sheet.when.set_text("-3")
    window.keys(Qt.Key.Key_Escape)
    window.window.act("stop")
    assert sheet.when.text() == "-3"


def test_a_pause_is_one_key_and_doubled_it_is_charted_once(window):
    before = len(window.visit.of(InfusionPaused))
    window.keys(Qt.Key.Key_F7)
    window.keys(Qt.Key.Key_F7)
    window.settle()
    assert len(window.visit.of(InfusionPaused)) == before + 1


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 700)])
def test_no_text_is_cut_on_the_sheet_or_the_banner(window, size):
    mark(window)
    window.pass_time(minutes=1)
    mark(window)
    window.window.resize(*size)
    window.window.act("marks")
    window.settle()
    assert cut_off(window.window) == []

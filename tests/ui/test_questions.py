"""The clinic's questions and planned visits, as the nurse meets them in the window."""

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.facts import VisitOpened
from tests.charting.test_room import PASSPHRASE
from tests.helpers import post_window
from tests.helpers.post_window import PINNED, QUESTION, PostWindow
from tests.helpers.qt import LOOKS, cut_off
from ui import theme
from ui.widgets.visit_line import HeadLine, VisitLine

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def opened(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = []

    def make(name, staff_id, *takes, **how):
        folder = tmp_path / f"window{len(made)}"
        folder.mkdir()
        made.append(PostWindow(folder, name, staff_id, **how))
        for one in takes:
            made[-1].take(one)
        made[-1].show("day")
        return made[-1]

    yield make
    for one in made:
        one.close()


def lines(window):
    return window.screen._list._visits.lines()


def heads(window):
    return [line.title for line in lines(window) if isinstance(line, HeadLine)]


def choose(window, sign):
    """The line with that sign, chosen; its words."""
    line = next(each for each in lines(window) if isinstance(each, VisitLine) and each.sign == sign)
    window.screen._list.choose(line.key)
    window.screen._list.setFocus()
    window.rest()
    return line


# ------------------------------------------------------------------ how far a report came


def test_the_list_tells_how_far_each_report_came(opened):
    laptop = opened("laptop", "ja")
    (line,) = (each for each in lines(laptop) if isinstance(each, VisitLine))
    assert (line.sign, line.status) == ("check", "Signed, not packed yet")
    laptop.take("receipt")
    laptop.show("day")
    (line,) = (each for each in lines(laptop) if isinstance(each, VisitLine))
    assert line.status.startswith("Received ")
    assert "Received" in laptop.words(laptop.screen._door)


# ------------------------------------------------------------------ questions


def test_a_question_is_answered_from_the_list_by_keys_alone(opened):
    laptop = opened("laptop", "ja", "questions")
    assert heads(laptop) == ["The clinic asks"]
    line = choose(laptop, "notebook-pen")
    assert "2 questions" in line.status
    choose_asked(laptop)
    laptop.press(ENTER)
    sheet = laptop.screen.action_column.sheet("answer-question")
    assert laptop.screen.action_column.open_name == "answer-question"
    said = laptop.words(sheet)
    assert QUESTION in said
    assert PINNED in said
    assert sheet.text.editor().hasFocus()
    laptop.act("primary")  # nothing is written yet
    assert "Write the answer." in laptop.words(sheet)
    laptop.say("It was 82, typed wrong.")
    sheet.passphrase.set_text("wrong words here now")
    laptop.act("primary")
    assert sheet.text.text() == "It was 82, typed wrong."  # nothing typed is lost
    sheet.passphrase.set_text(PASSPHRASE)
    laptop.act("primary")
    threads = {each.words: each for each in laptop.desk.post.threads(laptop.world.stream)}
    assert (threads[QUESTION].state, threads[QUESTION].answered_in) == ("answered", 2)
    assert laptop.screen.action_column.open_name == ""
    card = laptop.words(laptop.screen._screens["sign"].signed)
    assert "Answered in version 2" in card
    assert "Your answer: It was 82, typed wrong." in card
    laptop.act("answer-question")  # the other one
    assert "Who stayed the night?" in laptop.words(sheet)
    assert sheet.text.text() == ""


def choose_asked(laptop):
    key = next(
        each.key for each in lines(laptop) if each.spoken() and "#asks#" in getattr(each, "key", "")
    )
    laptop.screen._list.choose(key)
    laptop.rest()
    assert laptop.screen._door.open.words() == "Open, to answer"


def test_without_a_question_there_is_nothing_to_answer(opened):
    laptop = opened("laptop", "ja")
    laptop.desk.open_visit(laptop.world.stream)
    laptop.rest()
    signed = laptop.screen._screens["sign"].signed
    assert signed.answer.isHidden()
    laptop.act("answer-question")
    sheet = laptop.screen.action_column.sheet("answer-question")
    assert "No question" in sheet.primary.why_closed()


def test_nothing_of_questions_and_answers_is_cut(opened):
    laptop = opened("laptop", "ja", "questions")
    laptop.desk.open_visit(laptop.world.stream)
    laptop.rest()
    for size, scale in LOOKS:
        theme.apply(theme.QApplication.instance(), "dim", scale)
        laptop.window.resize(*size)
        laptop.screen.action_column.close_sheet()
        laptop.rest()
        assert cut_off(laptop.screen) == [], (size, scale, "signed")
        laptop.act("answer-question")
        assert cut_off(laptop.screen) == [], (size, scale, "answer")


# ------------------------------------------------------------------ planned visits


def planned(laptop):
    """The clinic's plan came, and the list shows it."""
    asked = post_window.plan()
    post_window.planned(laptop.desk, asked)
    laptop.show("day")
    return asked


def test_a_planned_visit_fills_the_form_and_nothing_is_written_before_it_is_opened(opened):
    laptop = opened("laptop", "ja")
    plan = planned(laptop)
    assert heads(laptop) == ["Tomorrow's visits"]
    line = choose(laptop, "calendar")
    assert "Ortega" in line.patient
    assert line.status == "Planned. Gate code changed"
    assert laptop.screen._door.open.words() == "Open as a new visit"
    before = len(laptop.desk.office.visits())
    laptop.press(ENTER)
    form = laptop.screen
    assert laptop.window.shown == "new-visit"
    now = laptop.desk.now()
    patient = form._patient._fields
    assert patient["family_name"].text() == "Ortega"
    order = form._order.sketch(now)
    assert order is not None
    assert order.dose_mg_per_kg == plan.order.dose_mg_per_kg
    assert form._patient.allergies.asked.chosen() == ()  # asked anew
    assert "Planned for" in form._trouble.said()
    assert len(laptop.desk.office.visits()) == before
    laptop.act("back")
    laptop.act("new-visit")
    assert patient["family_name"].text() == "Ortega"  # Esc keeps it


def test_what_is_typed_is_not_replaced_unasked_and_an_opened_plan_is_gone(opened):
    laptop = opened("laptop", "ja")
    plan = planned(laptop)
    laptop.act("new-visit")
    form = laptop.screen
    form._patient._fields["family_name"].set_text("Nguyen")
    laptop.act("back")
    choose(laptop, "calendar")
    laptop.press(ENTER)
    assert form._patient._fields["family_name"].text() == "Nguyen"
    assert "not filled in" in form._trouble.said()
    assert form._fill.hasFocus()
    laptop.press(Qt.Key.Key_Space)
    assert form._patient._fields["family_name"].text() == "Ortega"
    form._patient.allergies.asked.choose("none")
    form._order._by.show_received(plan.order)
    laptop.act("primary")
    assert laptop.window.shown == "visit", form._trouble.said()
    (entry,) = laptop.desk.visit.of(VisitOpened)
    assert entry.fact.plan == "p1"
    laptop.desk.close_visit()
    laptop.show("day")
    assert "Tomorrow's visits" not in heads(laptop)

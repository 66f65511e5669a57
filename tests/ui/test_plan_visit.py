"""The supervisor plans visits in the window, and they come to the nurse's list of visits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ketachart.errors import LedgerError
from tests.helpers import post_window
from tests.helpers.post_window import PostWindow
from tests.helpers.qt import LOOKS, all_of, cut_off, press, spoken_name, wait_until_active
from tests.helpers.two_ledgers import packed
from ui import theme
from ui.widgets.visit_line import HeadLine, VisitLine

ENTER = Qt.Key.Key_Return
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = []

    def make(name, staff_id):
        folder = tmp_path / f"window{len(made)}"
        folder.mkdir()
        made.append(PostWindow(folder, name, staff_id))
        made[-1].show("day")
        return made[-1]

    yield make
    for one in made:
        one.close()


def fill(form, asked, *, allergies="none"):
    """Types all that a plan needs but the day and the nurse, as a referral says it."""
    form._patient.show_planned(asked.patient, "a referral")
    form._patient.allergies.show_known(())
    form._patient.allergies.asked.choose(allergies)
    form._order.show_record(asked.order)


def rows(window):
    """The planned visits on the post: how each stands."""
    return [(row.what, row.value, row.mark) for row in window.screen.plans.list.model().rows]


def plan_lines(window):
    lines = window.screen._list._visits.lines()
    return [
        (line.patient, line.status)
        for line in lines
        if isinstance(line, VisitLine) and line.key.startswith("#plan#")
    ], [line.title for line in lines if isinstance(line, HeadLine)]


def test_a_visit_is_planned_by_keys_once_it_says_who_and_when(opened):
    clinic, asked = opened("clinic", "sp"), post_window.plan()
    QTest.keyClick(clinic.window.focusWidget(), Qt.Key.Key_X, CTRL | SHIFT)
    form = clinic.screen
    assert clinic.window.shown == "plan-visit"
    assert form._wanted.day.editor().hasFocus()
    assert form._wanted.nurse.chosen() == ()  # nobody is chosen beforehand
    fill(form, asked)
    today = clinic.desk.now().date()
    for day, nurse, sentence, field in (
        ("", (), "Fill in day of the visit", "day"),
        ("someday", (), "Day of the visit:", "day"),
        ((today - timedelta(days=1)).isoformat(), ("ja",), "is over", "day"),
        (today.isoformat(), (), "Choose who goes", "nurse"),
    ):
        form._wanted.day.set_text(day)
        form._wanted.nurse.choose(*nurse)
        clinic.act("primary")
        assert sentence in form._trouble.said(), (day, nurse)
        pointed = getattr(form._wanted, field)
        assert pointed.isAncestorOf(clinic.window.focusWidget()), (day, nurse)
        assert clinic.desk.post.planned() == ()
        assert form._patient.mrn() == asked.patient.mrn  # nothing typed is lost
    form._wanted.day.set_text((today + timedelta(days=1)).isoformat())
    form._wanted.nurse.choose("ja")
    form._wanted.note.set_text("Gate code changed")
    clinic.act("back", "plan-visit")
    assert form._wanted.note.text() == "Gate code changed"  # Esc keeps it
    clinic.act("primary")
    assert clinic.window.shown == "post"
    assert "1 plan waits for" in clinic.words(clinic.screen.plans)
    ((what, nurse, mark),) = rows(clinic)
    assert asked.patient.full_name in what
    assert clinic.window.show_screen("plan-visit") is not form  # emptied once it was on the disk
    assert (nurse, mark) == (clinic.desk.post.nurses()[0][1], "Not packed yet")
    (planned,) = clinic.desk.post.planned()
    assert planned.plan.order == replace(asked.order, at=planned.plan.order.at)


def test_the_laptop_follows_a_plan_that_is_changed_and_taken_back(opened):
    clinic, asked = opened("clinic", "sp"), post_window.plan()
    name = asked.patient.full_name
    clinic.desk.mail(lambda post: post.plan(asked))
    laptop = opened("laptop", "ja")
    give(clinic, laptop)
    ((line, status),), heads = plan_lines(laptop)
    assert (name in line, status, heads) == (
        True, "Planned. Gate code changed", ["Tomorrow's visits"],
    )  # fmt: skip
    clinic.show("post")
    assert rows(clinic)[0][2] == "Packed, not known to have arrived"
    clinic.desk.mail(lambda post: post.take(packed(laptop.desk.office, note=False)))
    clinic.show("post")
    assert rows(clinic)[0][2] == "Arrived on the laptop"

    open_the_plan(clinic)
    changed = clinic.screen
    assert changed._patient.mrn() == asked.patient.mrn
    assert changed._primary.words() == "Save the change"
    changed._wanted.note.set_text("Gate 7")
    clinic.act("primary")
    give(clinic, laptop)
    assert plan_lines(laptop)[0] == [(line, "Changed. Gate 7")]

    open_the_plan(clinic)
    clinic.act("take-back")
    assert rows(clinic)[0][2] == "Taken back, not packed yet"
    give(clinic, laptop)
    assert plan_lines(laptop)[0] == [(line, "Taken back by the clinic")]
    front(laptop)
    laptop.screen._list.choose("#plan#p1")
    laptop.screen._list.setFocus()
    laptop.press(ENTER)
    assert laptop.window.shown == "day"
    assert "took this planned visit back" in laptop.words()


def test_a_plan_that_changed_while_it_was_filled_in_is_said_once(opened):
    laptop, asked = opened("laptop", "ja"), post_window.plan()
    laptop.desk.office.register(asked)
    form = laptop.window.show_screen("new-visit")
    form.offer_plan(asked)
    form._patient.allergies.asked.choose("none")
    form._order._by.show_received(asked.order)
    for edition, change, said in (
        (2, {"note": "Gate 7"}, "The clinic changed this plan"),
        (3, {"withdrawn": True}, "The clinic took this plan back"),
    ):
        laptop.desk.office.register(replace(asked, edition=edition, **change))
        laptop.act("primary")
        assert laptop.window.shown == "new-visit"
        assert said in form._trouble.said()
        assert form._fill.isVisible() == ("note" in change)
    laptop.act("primary")
    assert laptop.window.shown == "visit", form._trouble.said()


def front(window):
    """That window has the keys, of the two."""
    window.window.activateWindow()
    wait_until_active(window.window)


def open_the_plan(clinic):
    front(clinic)
    clinic.screen.plans.list.setFocus()
    clinic.press(ENTER)


def give(clinic, laptop):
    """The clinic's package goes to the laptop; both lists as they are now."""
    content = packed(clinic.desk.office)
    laptop.desk.mail(lambda post: post.take(content))
    laptop.show("day")


def test_who_may_not_plan_is_told_and_a_full_disk_loses_nothing(opened, monkeypatch):
    laptop = opened("laptop", "ja")
    laptop.act("plan-visit")
    assert laptop.window.shown == "day"
    assert "Only a supervisor plans visits" in laptop.words()
    assert "Plan a visit" not in laptop.words(laptop.show("post"))
    clinic, asked = opened("clinic", "sp"), post_window.plan()
    form = clinic.window.show_screen("plan-visit")
    fill(form, asked)
    form._wanted.day.set_text(asked.day.isoformat())
    form._wanted.nurse.choose("ja")
    with monkeypatch.context() as broken:
        broken.setattr(
            "ketachart.storage.ledger.Ledger.append", lambda *_, **__: refuse("The disk is full.")
        )
        clinic.act("primary")
    assert clinic.window.shown == "plan-visit"
    assert "The disk is full." in form._trouble.said()
    assert form._patient.mrn() == asked.patient.mrn
    clinic.act("primary")
    assert [each.plan.patient.mrn for each in clinic.desk.post.planned()] == [asked.patient.mrn]
    again = clinic.window.show_screen("plan-visit")
    again._patient._mrn.set_text(asked.patient.mrn)  # known from the plan
    again._patient._mrn.editor().editingFinished.emit()
    assert again._patient._fields["family_name"].text() == asked.patient.family_name
    assert again._patient.allergies.asked.chosen() == ()
    (planned,) = clinic.desk.post.planned()
    again.change(planned)  # what is typed is not replaced unasked
    assert "not filled in" in again._trouble.said()
    assert again._primary.words() == "Plan this visit"
    press(Qt.Key.Key_Space)
    assert again._primary.words() == "Save the change"


def refuse(why):
    raise LedgerError(why)


def test_nothing_of_a_plan_is_cut(opened, qapp):
    clinic = opened("clinic", "sp")
    asked = post_window.plan()
    clinic.desk.mail(lambda post: post.plan(asked))
    for size, scale in LOOKS:
        theme.apply(qapp, "dim", scale)
        clinic.window.resize(*size)
        clinic.show("plan-visit").change(clinic.desk.post.planned()[0])
        clinic.rest()
        assert cut_off(clinic.screen) == [], (size, scale, "plan")
        assert all(spoken_name(field) for field in all_of(clinic.screen, QLineEdit))
        if scale > 1:
            clinic.show("post")
            assert cut_off(clinic.screen) == [], (size, scale, "post")

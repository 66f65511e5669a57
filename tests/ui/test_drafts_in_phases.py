"""What is typed in a phase of the visit, and on no sheet, is offered back as well."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.domain.facts import ScreeningAnswered
from tests.helpers.visit_window import VisitWindow
from tests.helpers.window import desk_at
from ui.screens.screening_rows import QuestionRow
from ui.screens.sign_card import SignCard


@pytest.fixture
def at(tmp_path, qapp):  # noqa: ARG001 - a look has to stand first
    """The real window on a story, in a phase; locked and unlocked as after a crash."""
    opened = []

    def window(story, phase, **more):
        opened.append(VisitWindow(tmp_path / "ledger", story, phase, **more))
        return opened[-1]

    yield window
    for each in opened:
        each.close()


def again(typed):
    """Locked in the middle of a word, and unlocked."""
    typed.desk.drafts.look()
    stream, proof = typed.desk.room.stream, typed.desk.office._ledger.unwrapped
    typed.window.act("lock")
    typed.desk._open_office(charting.enter(typed.desk.folder, proof, typed.desk.clock))
    if not typed.desk.has_visit:
        typed.desk.open_visit(stream)
    typed.frame = typed.window.screen_shown
    typed.settle()
    return [one.title for one in typed.desk.office.keeping.drafts.all()]


def put_back(typed):
    typed.window.act("drafts")
    typed.main_button()
    typed.settle()


def shown(qtbot, desk):
    card = SignCard(desk)
    qtbot.addWidget(card)
    card.show()
    return card


def test_the_reason_for_signing_incomplete_comes_back_and_no_passphrase(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    typed = shown(qtbot, desk)
    QTest.keyClicks(typed.passphrase.editor(), "secret words")
    desk.drafts.look()
    assert desk.office.keeping.drafts.all() == ()  # a passphrase is no draft
    typed.turn_incomplete()
    QTest.keyClicks(typed.reason.editor(), "taken to hosp")
    desk.drafts.look()
    (draft,) = desk.office.keeping.drafts.all()
    assert (draft.form, draft.title) == ("phase/sign", "Why it is not complete")
    assert "secret words" not in str(draft.content)
    desk.drafts._visit_closed()  # its forms go, and what was typed in them waits
    desk.drafts.want(draft)
    back = shown(qtbot, desk)
    assert desk.drafts.taken()
    assert (back.is_incomplete(), back.reason.text()) == (True, "taken to hosp")
    assert back.reason.isVisible()
    assert back.resume()
    assert not back.resume()  # once
    desk.drafts.over(back)
    assert desk.office.keeping.drafts.all() == ()
    desk.close()


def rows(typed):
    return [row for row in typed.screen._list._rows.values() if isinstance(row, QuestionRow)]


def test_a_note_of_the_screening_comes_back_for_the_answer_it_waited_for(at):
    typed = at("quiet_hour", "screening", until="identity-confirmed")
    row = next(row for row in rows(typed) if row.needs_answer())
    row.take_focus()
    QTest.keyClick(row.row, Qt.Key.Key_2)  # ask: waits for a note
    QTest.keyClicks(row.note.editor(), "took her own")
    code, entries = row.code, len(typed.visit.entries)
    assert again(typed) == ["Screening notes"]
    put_back(typed)
    (same,) = [row for row in rows(typed) if row.code == code]
    assert typed.frame.phase == "screening"
    assert (same.note.text(), same.typed_for()) == ("took her own", "ask")
    assert QApplication.focusWidget() is same.note.editor()
    assert len(typed.visit.entries) == entries  # nothing is charted by itself
    QTest.keyClicks(same.note.editor(), " tablets")
    QTest.keyClick(same.note.editor(), Qt.Key.Key_Return)
    told = typed.last(ScreeningAnswered)
    assert (told.item, told.answer, told.note) == (code, "ask", "took her own tablets")
    typed.desk.drafts.look()
    assert typed.desk.office.keeping.drafts.all() == ()
    same._open_note()  # what is recorded stands there, to be looked at: nothing is typed
    assert same.note.text() == "took her own tablets"
    typed.desk.drafts.look()
    assert typed.desk.office.keeping.drafts.all() == ()

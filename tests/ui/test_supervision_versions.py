"""Versions, twins, notices and packages in the supervisor's window, by keyboard."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.errors import NotSaved
from tests.helpers.qt import all_of, press
from tests.helpers.review_desk import PASSPHRASE, Nurse, folder_of, request_for, signed, take_in
from tests.ui.test_supervision import ENTER, SHORT, opened
from ui.screens.supervision import judged
from ui.screens.supervision.versions import hash_groups
from ui.widgets.buttons import Button

__all__ = ["opened"]  # the fixture is used by its name
WORDS = "Was this before or after the pause?"


@pytest.fixture
def nurse(tmp_path):
    made = Nurse(tmp_path / "laptop", SHORT)
    made.record_at_once()
    yield made
    made.office.close()


def sees():
    """What has the keyboard, which has to be in sight."""
    there = QApplication.focusWidget()
    assert there is not None
    assert there.isVisible()
    assert there.visibleRegion().boundingRect().height() > 0, there
    return there


def again(review):
    """Leaves the review and comes back, as after a package was taken in elsewhere."""
    review.act("queue", "back")
    assert review.window.shown == "day"
    review.act("review")


def even_vitals_are_told_with_their_rate(review):
    """Neutral words, how often chance does it, and a way to the first of the rows."""
    view, verdict = review.screen.view, review.screen.verdict
    told = review.words(verdict.notices)
    assert "readings in a row differ by at most" in told
    assert "fewer than 1 in 100 visits" in told
    assert "no verdict" in told
    first = next(b for b in all_of(verdict.notices, Button) if b.words() == "Show first row")
    first.click()
    review.rest()
    (even, *_rest) = review.screen._report.notices
    assert view.chosen_row()[0] == even.entries[0]


def the_answer_is_read(review):
    """It stands in the queue, above the pages, and under its question."""
    again(review)
    assert review.names()[0][0] == "Elena M. Rivera"
    queue = review.screen.queue
    queue.filter.choose("answered")
    assert len(review.names()) == 1
    queue.filter.choose("all")
    queue.begin()
    review.press(ENTER)
    view, verdict = review.screen.view, review.screen.verdict
    assert view.changes.said().startswith("Version 2 adds 1 addendum")
    assert "After the pause." in review.words(verdict.questions)
    assert "answered in version 2" in review.words(verdict.questions)
    assert view.versions.choice.chosen() == ("2",)


def test_an_answer_comes_as_a_version_and_two_files_of_one_stand_beside_each_other(opened, nurse):
    first = nurse.sign()
    review = opened(first)
    review.press(ENTER)
    even_vitals_are_told_with_their_rate(review)
    review.act("ask")
    review.say(WORDS)
    review.act("primary")
    (thread,) = review.desk.supervision.threads(nurse.stream)
    nurse.clock.pass_time(timedelta(hours=20))
    take_in(review.desk, nurse.answer(thread.item, "After the pause.", question=WORDS))
    the_answer_is_read(review)
    view, verdict = review.screen.view, review.screen.verdict
    other = signed(SHORT)[0]
    take_in(review.desk, other)
    assert not view.twins.isVisible()
    view.versions.choice.choose("1")
    review.rest()
    assert review.screen._report.version == 1
    assert review.primary() == "Version 2 is here"
    assert not verdict.may_ask
    files = [hashlib.sha256(content).hexdigest() for content in (first, other)]
    shown = [button.words() for button in all_of(view.twins, Button)]
    assert shown == [f"{hash_groups(sha256)}, good" for sha256 in files]
    view.twins.choice.choose(files[1])
    review.rest()
    assert review.screen._report.sha256 == files[1]
    assert verdict.notices.isHidden()
    the_reviewer_s_own_part(review)


def the_reviewer_s_own_part(review):
    """Who charted in it sees who may review, and no field; a witness is told and may."""
    report = review.screen._report
    newest = {"versions": report.versions[:1], "version": report.versions[0].version}
    verdict = review.screen.verdict
    review.screen._show_report(replace(report, own="You charted in this visit.", **newest))
    assert "You charted in this visit." in verdict.conflict.said()
    assert review.primary() == "Another reviewer signs this"
    assert not verdict.passphrase.isVisible()
    review.act("ask")
    assert not review.screen.page.asks
    review.screen._report = None
    verdict.show_report(None, ())
    review.screen._show_report(replace(report, witness="You saw the waste.", **newest))
    assert "You saw the waste." in verdict.conflict.said()
    assert review.primary() == "Choose a verdict"
    assert verdict.may_ask


# ------------------------------------------------------------------ keys, and what stays


def test_few_keys_from_the_queue_to_the_signature_and_the_file_is_saved(
    opened, scripted, tmp_path, monkeypatch
):
    review = opened(signed(SHORT)[0])
    verdict = review.screen.verdict
    keys = 0
    for step in (lambda: review.press(ENTER), lambda: review.act("verdict"),
                 lambda: review.say("r")):  # fmt: skip
        step()
        sees()
        keys += 1
    assert verdict.passphrase.isAncestorOf(sees())
    scale = review.screen.view.pages._leaves[0].scale()
    assert 7.4 * scale >= 12  # the smallest words of a page, in pixels of this window
    review.say("half of it")
    review.act("trends", "back")
    assert verdict.passphrase.text() == ""
    assert verdict.verdict.chosen() == ("reviewed",)
    verdict.passphrase.setFocus()
    review.say(PASSPHRASE)
    review.press(ENTER)
    assert keys + 1 <= 6
    assert set(review.states().values()) == {"reviewed"}
    assert "Nothing waits for you" in review.words(review.screen.page)
    assert sees() is review.screen.queue.list
    the_countersigned_file_is_saved(review, scripted, tmp_path, monkeypatch)


def the_countersigned_file_is_saved(review, scripted, tmp_path, monkeypatch):
    """By the key that saves signed reports; where it lies is said, and why not if not."""
    stream = review.screen.queue.list.current_key()
    review.act("save-report")  # no report is read: nothing to save
    review.press(ENTER)
    card = review.screen.verdict.done
    path = tmp_path / "reviewed.pdf"
    scripted.will("ask_save_path", None, path, path)
    review.act("save-report")  # thought better of it
    assert card.saved.said() == ""

    def broken(*_given):
        raise NotSaved("The stick was pulled out.")

    with monkeypatch.context() as patched:
        patched.setattr(judged, "save_file", broken)
        review.act("save-report")
    assert "The stick was pulled out." in card.saved.said()
    review.act("save-report")
    assert card.saved.said().startswith("Saved")
    assert "reviewed.pdf" in card.saved.said()
    assert path.read_bytes() == review.desk.supervision.countersigned(stream)[1]


# ------------------------------------------------------------------ packages beside reports


def test_packages_of_a_folder_are_taken_in_and_reading_can_be_stopped(opened, tmp_path):
    review = opened()
    stick = folder_of(tmp_path / "stick")
    (stick / "join.keta").write_bytes(request_for(review.desk, tmp_path / "laptop"))
    (stick / "torn.keta").write_bytes(b"KETAPACK1\n")
    note = review.screen.page.note
    review.screen.intake.read(stick)
    assert note.cancel.isVisible()
    note.cancel.click()
    review.rest()
    assert note.result.said().startswith("Reading was stopped")
    assert review.desk.post.requests() == ()
    review.screen.intake.read(stick)
    review.rest()
    said = note.result.said()
    assert said.startswith("1 package taken in")
    assert "Mara Bell, RN, asks to join" in said
    assert "torn.keta: " in said
    assert len(review.desk.post.requests()) == 1
    press(Qt.Key.Key_Tab)
    review.screen.intake.read(stick / "join.keta")
    review.rest()
    assert "1 here already" in note.result.said()
    assert len(review.desk.post.requests()) == 1

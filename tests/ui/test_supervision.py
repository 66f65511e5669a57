"""The supervisor's window by keyboard: a stick is read, a report is read, asked about, signed."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.errors import DiskFull
from tests.helpers.qt import (
    LOOKS,
    all_of,
    cut_off,
    luminances,
    press,
    rest,
    type_text,
    wait_until_active,
)
from tests.helpers.review_desk import PASSPHRASE, folder_of, review_desk, signed, take_in
from ui import theme
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.buttons import Button
from ui.widgets.leaf import _ACROSS, _DOWN, Leaf
from ui.widgets.words import Words

ENTER, ESC, LEFT, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right
LONG, SHORT = "late_and_corrected", "paused_for_nausea"


class Review:
    """The real window on the clinic's ledger, at the review."""

    def __init__(self, folder, *contents):
        self.desk = review_desk(folder)
        if contents:
            take_in(self.desk, *contents)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.window.resize(1366, 768)
        self.window.show()
        wait_until_active(self.window)
        self.screen = self.window.show_screen("review")
        self.rest()

    def rest(self):
        """Until the workers are done and what they answered is shown."""
        rest(self.desk)

    def act(self, *names):
        for name in names:
            assert self.window.act(name), name
            self.rest()

    def press(self, *keys):
        press(*keys)
        self.rest()

    def say(self, text):
        type_text(text)
        self.rest()

    def names(self):
        return [(row.name, row.age) for row in self.screen.queue.list.rows()]

    def states(self):
        return {line.stream: line.state for line in self.desk.supervision.queue()}

    def words(self, root=None):
        return " ".join(w.text() for w in all_of(root or self.window, Words))

    def primary(self):
        return self.screen.verdict.primary.words()

    def close(self):
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def opened(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = []

    def make(*contents):
        made.append(Review(tmp_path / f"clinic{len(made)}", *contents))
        return made[-1]

    yield make
    for one in made:
        one.close()


def full(*_told, **_named):
    raise DiskFull("There is no room on this disk.")


def reports(*stories):
    return [signed(story)[0] for story in stories]


def damaged(content):
    """The same report with one letter of its pages changed after it was signed."""
    at = content.index(b"/MediaBox") + 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


# ------------------------------------------------------------------ a stick is read


def drop(review, folder):
    """Drops a folder on the screen, as with a pointer."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    review.screen.dropEvent(event)
    review.rest()


def test_an_empty_queue_says_what_to_do_and_a_stick_or_a_drop_fills_it(
    opened, scripted, tmp_path, monkeypatch
):
    review = opened()
    assert "No report waits here" in review.words()
    stick = folder_of(tmp_path / "stick", LONG)
    (stick / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    scripted.will("ask_folder", stick, stick, None)
    review.act("primary")
    note = review.screen.page.note.result.said()
    assert note.startswith("1 report taken in")
    assert "letter.pdf: " in note
    assert review.names() == [("Elena M. Rivera", "0 min")]
    assert review.screen.queue.list.hasFocus()
    review.act("open-folder")
    assert "1 here already" in review.screen.page.note.result.said()
    review.act("open-folder")  # thought better of it
    with monkeypatch.context() as patched:
        patched.setattr(review.desk.supervision, "keep", full)
        drop(review, folder_of(tmp_path / "other", SHORT))
    assert "There is no room" in review.screen.page.note.result.said()
    assert len(review.names()) == 1
    drop(review, tmp_path / "other")
    assert len(review.names()) == 2
    queue_in_words(review)


def queue_in_words(review):
    """Flags, filters with counts, the median wait."""
    queue = review.screen.queue
    flags = {flag.words for row in queue.list.rows() for flag in row.flags}
    assert {"3 corrections", "paused"} <= flags
    subs = {b.words(): b.sub() for b in all_of(queue.filter, Button)}
    assert subs == {"All": "2", "Flagged": "2", "Answered": "0", "Mine": "0"}
    assert "Median wait" in review.words(queue)
    queue.filter.choose("answered")
    assert review.names() == []
    assert "No answer came" in review.words(queue)


# ------------------------------------------------------------------ a report is read


def signature_first(review):
    """The sentence, the first page drawn, the rest behind a key; Esc goes to the queue and back."""
    view = review.screen.view
    assert view.signature.said().startswith("Signed by Julia Alvarez, RN on Sun 22 Nov 1")
    assert view.pages.page_count() >= 5
    assert next(leaf.number for leaf in all_of(view, Leaf) if leaf.has_picture) == 1
    assert review.screen.queue.list.folded
    assert view.pages.is_read()
    review.act("details")
    assert "Certificate (SHA-256): " in review.words(view.signature)
    review.press(ESC)
    assert review.screen.queue.list.hasFocus()
    assert not review.screen.queue.list.folded
    review.act("read")


def test_a_file_that_was_changed_is_refused_and_readable_and_can_only_have_errors(opened):
    review = opened(damaged(signed(SHORT)[0]))
    review.press(ENTER)
    view, verdict = review.screen.view, review.screen.verdict
    assert view.signature.said().startswith("Do not rely on this file.")
    assert view.signature.tone() == "danger"
    assert view.pages.page_count() >= 5
    shown = [b.words() for b in all_of(verdict.verdict, Button)]
    assert shown == ["Has errors, needs an addendum"]
    verdict.verdict.choose("has errors")
    assert review.primary() == "Write what is wrong"
    verdict.words.set_text("The file was changed after it was signed.")
    verdict.passphrase.set_text(PASSPHRASE)
    assert review.primary() == "Keep verdict, next"
    review.act("primary")
    assert verdict._trouble.said() == ""
    assert set(review.states().values()) == {"has errors"}
    assert review.desk.supervision.countersigned(review.screen._stream) is None


# ------------------------------------------------------------------ questions


def parts_by_key(review, view):
    """The tables, then the data: struck and late rows are seen, the sum and the points too."""
    review.act("row-3")
    assert view.pages.page() >= 2
    assert view.parts.chosen() == ("Tables",)
    review.act("row-6")
    rows = view.chart.table._entries._rows
    assert any(row.struck for row in rows)
    assert any(row.late for row in rows)
    view.chart.part.choose("drug")
    assert "taken out" in review.words(view.chart)
    view.chart.part.choose("points")
    assert view.chart.points.isVisible()


def row_by_click(review, view):
    """A row that is pressed on the page is what a question would be about."""
    entry, place = next(iter(view.pages._places.items()))
    review.act("row-3")
    view.pages.show_row(entry)
    leaf = view.pages._leaves[place.page - 1]
    across, down = place.left + 9 - _ACROSS, (place.top + place.bottom) / 2 - _DOWN
    point = QPointF(across, down) * leaf.scale()
    QTest.mouseClick(leaf, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert view.chosen_row()[0] == entry
    review.act("ask")
    assert view.chart.words_of(entry) in review.words(review.screen.sheet)
    review.press(ESC)


def test_parts_rows_and_a_question_that_is_pinned_outlined_and_taken_back(opened, monkeypatch):
    heeded = []
    monkeypatch.setattr("ui.screens.supervision.report_view.heed_visit", heeded.append)
    review = opened(*reports(LONG))
    review.press(ENTER)
    view = review.screen.view
    assert heeded[-1].patient.full_name == "Elena M. Rivera"  # no word of the report is translated
    parts_by_key(review, view)
    row_by_click(review, view)
    review.act("row-6")
    view.chart.part.choose("vitals")
    view.chart.begin()
    entry = view.chart.chosen_entry()
    review.press(Qt.Key.Key_Q)
    assert review.screen.page.asks
    review.say("Before or after the call?")
    review.press(ESC)  # what was typed stays on the sheet
    review.act("ask")
    assert review.screen.sheet.words.text() == "Before or after the call?"
    with monkeypatch.context() as patched:
        patched.setattr(review.desk.supervision, "ask", full)
        review.act("primary")
    assert "There is no room" in review.words(review.screen.sheet)
    assert review.screen.sheet.words.text() == "Before or after the call?"
    review.act("primary")
    (thread,) = review.desk.supervision.threads(review.screen._stream)
    assert (thread.entry, thread.words) == (entry, "Before or after the call?")
    assert thread.row
    assert review.screen.sheet.words.text() == ""
    pinned = [pin.label for leaf in view.pages._leaves for _place, pin in leaf._outlines]
    assert "Q1" in pinned
    assert "Q1" in review.words(review.screen.verdict)
    taken = next(b for b in all_of(review.screen.verdict, Button) if b.words() == "Take back")
    taken.click()
    review.rest()
    assert review.desk.supervision.threads(review.screen._stream)[0].state == "taken back"
    assert [
        pin.label for leaf in view.pages._leaves for _p, pin in leaf._outlines if pin.label
    ] == []


# ------------------------------------------------------------------ the verdict


def test_a_report_is_read_the_button_says_what_is_missing_and_signing_goes_to_the_next(opened):
    review = opened(*reports(LONG, SHORT))
    review.press(ENTER)
    signature_first(review)
    first, verdict = review.screen._stream, review.screen.verdict
    typed_stays(review)
    assert review.primary() == "Choose a verdict"
    review.act("verdict")
    review.say("w")
    assert review.primary() == "Ask a question first"
    review.act("verdict")
    review.say("e")
    assert review.primary() == "Write what is wrong"
    assert verdict.words.isAncestorOf(QApplication.focusWidget())
    review.act("verdict")
    review.say("r")
    assert review.primary() == "Type your passphrase"
    verdict.passphrase.set_text("not the passphrase")
    review.act("primary")
    assert "passphrase" in verdict._trouble.said()
    assert verdict.passphrase.text() == "not the passphrase"
    assert set(review.states().values()) == {"waiting"}
    verdict.passphrase.set_text(PASSPHRASE)
    order = review.screen.queue.list.keys_shown()
    review.act("primary")
    assert review.states()[first] == "reviewed"
    assert review.screen.queue.list.keys_shown() == order  # nothing jumps while one reads
    assert review.screen._stream != first
    assert (verdict.passphrase.text(), verdict.verdict.chosen()) == ("", ())
    keys = review.screen.queue.list.keys_shown()
    there, back = (LEFT, RIGHT) if keys.index(first) == 0 else (RIGHT, LEFT)
    review.screen.view.pages.setFocus()
    review.press(there)
    assert review.screen._stream == first
    review.press(there)  # there is no third
    assert review.screen._stream == first
    assert "countersigned" in review.words(verdict)
    assert "Reviewed and countersigned by Kofi Osei, RN." in review.words(review.screen.view)
    assert review.primary() == "Next report"
    review.screen.view.pages.setFocus()
    review.press(back)
    with_an_open_question(review)


def typed_stays(review):
    """What was begun of one report is not taken over to another, and is there again."""
    first, sheet, verdict = review.screen._stream, review.screen.sheet, review.screen.verdict
    review.act("ask")
    review.say("Half a question")
    review.act("back", "verdict")
    review.say("e")
    review.say("The weight is wrong.")
    report = review.screen._report
    review.screen.asking.say_opening("another")
    assert (sheet.words.text(), verdict.words.text(), verdict.verdict.chosen()) == ("", "", ())
    review.screen.asking.say_opening(first)
    review.screen.asking.show_report(report)
    assert sheet.words.text() == "Half a question"
    assert verdict.words.text() == "The weight is wrong."
    assert verdict.verdict.chosen() == ("has errors",)
    verdict.forget()
    sheet.settle()


def with_an_open_question(review):
    """Only a review with questions can be signed."""
    stream, verdict = review.screen._stream, review.screen.verdict
    review.act("ask")
    review.say("Why was it paused?")
    review.act("primary")
    verdict.verdict.choose("reviewed")
    assert review.primary() == "1 question still open"
    verdict.verdict.choose("question")
    verdict.passphrase.set_text(PASSPHRASE)
    review.act("primary")
    assert review.states()[stream] == "asked"
    assert "Nothing waits for you" in review.words(review.screen.page)
    assert review.desk.supervision.countersigned(stream) is not None


# ------------------------------------------------------------------ who, and how it looks


def test_a_nurse_is_told_who_reviews_and_sees_no_button(tmp_path, qapp):  # noqa: ARG001
    from tests.helpers.window import desk_at

    desk = desk_at(tmp_path / "l", SHORT)
    desk.close_visit()
    window = MainWindow(desk, unlock=Screen(desk))
    window.show()
    day = window.show_screen("day")
    assert not desk.supervision.allowed
    assert not day._page.review.isVisible()
    window.act("review")
    assert window.shown == "day"
    told = " ".join(message.detail for _key, message in desk.notices.standing())
    assert "Only a supervisor reviews reports" in told
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def test_nothing_is_cut_and_a_dim_room_stays_dim(opened):
    review = opened(*reports(SHORT))
    window = review.window
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03
    faults = {}
    for size, scale in LOOKS:
        window.wear("dim", scale)
        window.resize(*size)
        review.screen._to_queue()
        review.rest()
        faults |= cut_in(review, "queue", size, scale)
        if not review.screen._stream:
            review.press(ENTER)
        places = ("report", "verdict") if review.screen.page.narrow else ("report",)
        for place in places:
            review.screen.page.fold(folded=True)
            review.screen.page.turn(place)
            review.rest()
            faults |= cut_in(review, place, size, scale)
    theme.apply(QApplication.instance(), "dim", 1.0)
    assert faults == {}


def cut_in(review, place, size, scale):
    found = cut_off(review.screen)
    return {(place, size, scale): found} if found else {}

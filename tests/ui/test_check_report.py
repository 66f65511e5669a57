"""A signed report is checked in the window: with the charts open, shut, or on a bare machine."""

import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ketachart.charting.checked import Verdict
from ketachart.charting.checking import Checked, CheckTask, beside_ledger, read_trust
from ketachart.clock import SetClock
from ketachart.domain.post.standing import SignedVersion
from ketachart.errors import CannotRead, Fault
from tests.helpers.qt import (
    LOOKS,
    cut_off,
    luminances,
    press,
    reachable,
    rest,
    spoken_name,
    wait_until_active,
)
from tests.helpers.review_desk import MONDAY, folder_of, review_desk, signed
from tests.report.signed_reports import root_of
from tests.report.signed_reports import signed as small_signed
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.check.words import OUTCOMES, summary
from ui.screens.unlock import UnlockScreen
from ui.widgets.buttons import Button

STORY = "paused_for_nausea"


def opened(desk):
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    window.resize(1366, 768)
    window.show()
    wait_until_active(window)
    window.show_screen("unlock")
    return window


def closed(window):
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def bare(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The window on a machine that has no ledger."""
    window = opened(Desk(tmp_path / "none", SetClock(MONDAY)))
    yield window
    closed(window)


@pytest.fixture
def unlocked(tmp_path, qapp):  # noqa: ARG001 - as above
    window = opened(review_desk(tmp_path / "clinic"))
    yield window
    closed(window)


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.screen_shown.dropEvent(event)
    rest(window.desk)


def said(window):
    return window.screen_shown.result.answer.said()


def small(folder):
    """A signed file that holds no data, and the trust file of its clinic."""
    report, trust = folder / "small.pdf", folder / "trust.pem"
    report.write_bytes(small_signed())
    trust.write_bytes(root_of())
    return report, trust


def test_a_bare_machine_checks_a_file_and_says_what_it_could_not_check(bare, scripted, tmp_path):
    report, trust = small(tmp_path)
    bare.act("check")
    assert (bare.shown, bare.screen_shown.page.shows) == ("check", "drop")
    assert "No trust file yet" in bare.screen_shown.side.trust._said.text()
    scripted.will("ask_files", (report,), (report,), (trust,), ())
    bare.act("primary")
    rest(bare.desk)
    assert said(bare).startswith("Not as it was signed. Do not rely on this file. Data: ")
    scripted.will("ask_save_path", tmp_path / "found.json", tmp_path / "no such" / "f.json", None)
    bare.act("save-check")
    found = json.loads((tmp_path / "found.json").read_text())
    assert (found["file"], found["good"]) == ("small.pdf", False)
    bare.act("save-check")
    assert "not saved" in bare.screen_shown.result.trouble.said()
    bare.act("save-check")  # thought better of it
    bare.act("choose-trust")  # a report is no trust file
    assert "not a trust file" in bare.screen_shown.page.note.result.said()
    bare.act("choose-trust")
    rest(bare.desk)
    side = bare.screen_shown.side.trust
    assert (side._who.text(), side.own.isHidden()) == ("Northside Clinic", True)
    assert "telephone" in side._groups.text()
    bare.act("choose-trust")  # thought better of it
    press(Qt.Key.Key_Escape) if QApplication.focusWidget() else bare.act("back")
    assert bare.shown == "unlock"


def test_the_answer_comes_first_and_everything_behind_it_is_told_and_copied(
    unlocked, scripted, tmp_path, monkeypatch
):
    stick = folder_of(tmp_path / "stick", STORY)
    unlocked.act("check")
    scripted.will("ask_files", (stick / f"{STORY}.pdf",))
    unlocked.act("primary")
    rest(unlocked.desk)
    assert said(unlocked).startswith("Good. This report is exactly as it was signed by Julia Alv")
    unlocked.act("copy-check")
    text = QApplication.clipboard().text()
    for words in (
        "Nurse: Julia Alvarez, RN",
        "numbers on",
        "chain whole",
        "Withdrawn certificates",
    ):
        assert words in text
    assert "as the laptop's clock said" in text
    assert "This laptop: Nothing of this visit is on this laptop." in text
    other = SignedVersion(1, "0" * 64, MONDAY)
    with monkeypatch.context() as patched:  # the ledger keeps another file as this version
        patched.setattr(unlocked.desk.post, "versions", lambda _stream: (other,))
        unlocked.screen_shown._begin({})
        rest(unlocked.desk)
    assert said(unlocked).startswith("Not as it was signed.")
    assert "it keeps another file as version 1" in said(unlocked)


def test_what_the_ledger_knows_of_a_visit_is_told_beside_the_answer():
    one = Checked(path=Path("a.pdf"), verdict=_about("v", 2), sentence="", sha256="b" * 64)
    table = (
        ({}, "Nothing of this visit", False),
        ({2: "b" * 64}, "No newer version", False),
        ({2: "c" * 64}, "No newer version", True),
        ({1: "a" * 64}, "is version 1 only; this one is newer", False),
        ({2: "b" * 64, 3: "d" * 64}, "A newer version, 3,", False),
    )
    for known, words, again in table:
        versions = [SignedVersion(version, sha256, MONDAY) for version, sha256 in known.items()]
        (told,), expected = beside_ledger((one,), lambda _stream, found=versions: found)
        assert words in told.kept
        assert expected == ({one.path: known} if again else {})


def _about(stream, version):
    """A verdict about a report of that visit and version."""
    report = SimpleNamespace(visit=stream, version=version)
    return SimpleNamespace(report=report)


def test_esc_leads_back_the_whole_way_from_screen_to_screen(unlocked):
    unlocked.show_screen("day")
    unlocked.act("certificates")
    unlocked.act("check")
    unlocked.act("keys")
    way = []
    for _ in range(4):
        unlocked.act("back")
        way.append(unlocked.shown)
    assert way == ["check", "certificates", "day", "day"]


def test_each_outcome_has_its_own_word():
    def checked(*codes, intact=False, trusted=None):
        faults = tuple(Fault(code, "What was found.") for code in codes)
        verdict = Verdict(intact, trusted, "Said.", (), faults, ())
        return Checked(path=Path("a.pdf"), verdict=verdict, sentence="Said.")

    table = (
        (checked(intact=True, trusted=True), "good"),
        (checked(intact=True), "unchecked"),
        (checked("WITHDRAWN", intact=True, trusted=False), "withdrawn"),
        (checked("SAME_SIGNER", intact=True, trusted=False), "not trusted"),
        (checked("NO_SIGNATURE"), "not signed"),
        (checked("MODIFIED"), "bad"),
        (Checked(path=Path("a.pdf"), sentence="Said."), "unread"),
    )
    assert [one.outcome for one, _ in table] == [outcome for _, outcome in table]
    assert {outcome for _, outcome in table} == set(OUTCOMES)
    assert len({word for word, _tone, _sign in OUTCOMES.values()}) == len(OUTCOMES)
    told = summary(tuple(one for one, _ in table))
    assert told == (
        "7 files, 1 good, 1 signer not checked, 4 not to be relied on, 1 could not be checked"
    )


def test_of_a_folder_each_file_has_its_word_and_the_first_bad_one_is_in_sight(unlocked, tmp_path):
    stick = folder_of(tmp_path / "stick")
    content = signed(STORY)[0]
    at = content.index(b"/MediaBox") + 2
    (stick / "b-changed.pdf").write_bytes(content[:at] + b"?" + content[at + 1 :])
    (stick / "c-letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    (stick / "d-word.pdf").write_bytes(b"a letter")
    (stick / "e-package.pdf").write_bytes(b"KETAPACK1\n{}")
    (stick / "f-empty.pdf").write_bytes(b" ")
    unlocked.act("check")
    drop(unlocked, stick)
    files = unlocked.screen_shown.side.files
    assert files.isVisible()
    rows = {row.what: row.mark for row in files.list._rows.rows}
    assert rows == {
        "b-changed.pdf": "Changed",
        "c-letter.pdf": "Not signed",
        "d-word.pdf": "Not checked",
        "e-package.pdf": "Not checked",
        "f-empty.pdf": "Not checked",
    }
    assert said(unlocked).startswith("Not as it was signed.")
    files.list.choose("3")
    assert "post's own screen" in said(unlocked)
    (tmp_path / "nothing").mkdir()
    drop(unlocked, tmp_path / "nothing")
    assert "There is no PDF in nothing" in unlocked.screen_shown.page.note.result.said()
    drop(unlocked, tmp_path / "gone.pdf")
    assert "cannot be read" in said(unlocked)


def test_a_check_can_be_stopped(unlocked, tmp_path, monkeypatch):
    stopped = []

    def waits(_task, _step, cancelled):
        while not cancelled():
            time.sleep(0.001)
        stopped.append(1)
        return ()

    monkeypatch.setattr(CheckTask, "work", waits)
    unlocked.act("check")
    unlocked.screen_shown.check(tmp_path)
    unlocked.act("back")
    rest(unlocked.desk)
    assert stopped
    assert unlocked.shown == "check"
    assert "The check was stopped" in unlocked.screen_shown.page.note.result.said()
    unlocked.act("back")
    assert unlocked.shown == "unlock"


def test_a_trust_file_names_its_clinic_and_nonsense_is_none():
    trust = read_trust(root_of())
    assert (trust.who, len(trust.groups[0].split())) == ("Northside Clinic", 16)
    assert trust.lists == "No list of withdrawn certificates yet."
    with pytest.raises(CannotRead):
        read_trust(b"nonsense")


def test_nothing_is_cut_all_has_names_and_a_dim_room_stays_dim(bare, tmp_path):
    report, _trust = small(tmp_path)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    bare.act("check")
    bare.screen_shown.check(report, tmp_path / "letter.pdf")
    rest(bare.desk)
    assert luminances(bare.grab().toImage())[0] <= 0.03
    for widget in reachable(bare.screen_shown):
        assert spoken_name(widget), widget
        if isinstance(widget, Button):
            assert min(widget.width(), widget.height()) >= 44, widget.words()
    faults = {}
    for size, scale in LOOKS:
        bare.wear("dim", scale)
        bare.resize(*size)
        for page in ((), bare.screen_shown._every):
            bare.screen_shown.page.show_files(page)
            for _ in range(6):
                QApplication.processEvents()
            found = cut_off(bare.screen_shown)
            faults |= {(size, scale, len(page)): found} if found else {}
    theme.apply(QApplication.instance(), "dim", 1.0)
    assert faults == {}

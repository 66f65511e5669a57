"""A ledger that was altered is named soon after it is unlocked, and charting goes on."""

import shutil
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ketachart import charting
from ketachart.charting import NewVisit
from ketachart.clock import SetClock
from ketachart.commands import player
from ketachart.domain.facts.safekeeping import LedgerChecked
from ketachart.errors import LedgerDamaged, LedgerReadOnly
from ketachart.storage.ballast import ballast_file
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_to_read
from tests.helpers.door import NOON, settled, window_on
from tests.helpers.qt import all_of, press, type_text
from ui import checkup
from ui.demo_clinic import SceneClock, add_story
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

PAGE = 4096
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def charted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("charted") / "ledger"
    add_story(folder, "screening_refuses", NOON)
    return folder


def unlocked(qtbot, folder):
    window = window_on(qtbot, folder)
    type_text(player.PASSPHRASE)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    return window


def shown_words(window):
    return [each.text() for each in all_of(window, QLabel)]


def said(window):
    banners = all_of(window, Banner)
    return [f"{each.accessibleName()}. {each.accessibleDescription()}" for each in banners]


def test_a_whole_ledger_is_looked_at_without_a_word(qtbot, tmp_path, charted):
    shutil.copytree(charted, tmp_path / "ledger")
    window = unlocked(qtbot, tmp_path / "ledger")
    assert window.shown == "day"
    assert said(window) == []


def flipped(folder, offset):
    file = folder / "ledger.db"
    content = bytearray(file.read_bytes())
    content[offset] ^= 1
    file.write_bytes(content)


def is_unreadable(ledger, stream):
    try:
        ledger.stream(stream)
    except LedgerDamaged:
        return True
    return False


def damaged_below_its_visit(folder):
    """Flips a bit on a page that holds entries of the one visit; gives the page's number."""
    whole = (folder / "ledger.db").read_bytes()
    proof = charting.prove(folder, "ja", player.PASSPHRASE, SetClock(NOON))
    for page in range(len(whole) // PAGE, 0, -1):
        flipped(folder, page * PAGE - 200)
        with Ledger.open(folder, proof) as ledger, suppress(LedgerDamaged):
            (line,) = ledger.shelf()
            ledger.stream("clinic")
            if is_unreadable(ledger, line.stream):
                return page
        (folder / "ledger.db").write_bytes(whole)
    raise AssertionError("the visit stands on no page of its own")


def test_a_damaged_page_makes_the_chart_one_to_be_read_and_the_banner_stays(
    qtbot, tmp_path, charted
):
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    page = damaged_below_its_visit(folder)
    before = (folder / "ledger.db").read_bytes()
    window = unlocked(qtbot, folder)
    (words,) = said(window)
    assert "This ledger can only be read: it is not as it was written" in words
    assert f"Page {page} of ledger.db" in words
    assert "Chart on paper" in words
    assert "restore the last good backup" in words
    assert window.shown == "day"
    (row,) = window.desk.office.visits()
    with pytest.raises(LedgerDamaged, match="Other visits are not touched"):
        window.desk.open_visit(row.stream)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):  # opens the visit of the list
        press(key)
    settled(qtbot, window)
    assert "This visit could not be opened" in " ".join(shown_words(window))
    new = NewVisit(patient=None, order=None)
    with pytest.raises(LedgerReadOnly, match="Chart on paper"):
        window.desk.new_visit(new)
    assert said(window) == [words], "what the banner says is not said a second time"
    window.desk.lock()
    settled(qtbot, window)
    assert said(window) == []
    assert (folder / "ledger.db").read_bytes() == before


def test_the_whole_ledger_is_read_once_a_week_and_written_down(qtbot, tmp_path, charted):
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    flipped(folder, 3)  # the salt: in no page's seal, and nothing rests on it
    window = unlocked(qtbot, folder)
    checks = window.desk.keeping.checks
    assert (said(window), checks.last()) == ([], None)
    now = window.desk.now()
    made = datetime.fromisoformat(window.desk.office._ledger.meta.made_at)
    for after, due in ((timedelta(days=7) - SECOND, False), (timedelta(days=7), True)):
        assert checks.due(made + after) is due
    assert checks.due(made - SECOND), "a clock that was set back puts no check off"
    window.checkup.begin()
    window.checkup.begin()
    settled(qtbot, window)
    (words,) = said(window)
    assert "The ledger is not as it was written" in words
    assert "The first 16 bytes of ledger.db" in words
    assert "restore the last good backup" in words
    (fault,) = checks.last().fact.faults
    assert fault.startswith("The first 16 bytes")
    assert not checks.due(now)
    assert checks.due(now + timedelta(days=7))


def test_a_check_shows_how_far_it_is_and_can_be_broken_off(qtbot, tmp_path, charted, monkeypatch):
    monkeypatch.setattr(checkup, "_LONG", 1)
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    window = unlocked(qtbot, folder)
    far, ended = [], []
    window.checkup.progress.connect(lambda done, of: far.append((done, of)))
    window.checkup.ended.connect(lambda: ended.append(True))
    window.checkup.begin()
    window.checkup._stepped(1, 4)
    (words,) = said(window)
    assert "25 % of 4 entries" in words
    (stop,) = (each for each in all_of(window, Button) if each.words() == "Stop reading")
    stop.click()
    settled(qtbot, window)
    assert (said(window), ended, window.checkup.running) == ([], [True], False)
    assert window.desk.keeping.checks.last() is None
    window.checkup.begin()
    settled(qtbot, window)
    assert far[-1][0] == far[-1][1] > 10
    assert window.desk.keeping.checks.last().fact.faults == ()


def test_what_was_freed_and_what_is_missing_is_said_until_it_was_seen(qtbot, tmp_path, charted):
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    old = (folder / "ledger.db").read_bytes()
    office = charting.unlock(folder, "ja", player.PASSPHRASE, SceneClock(NOON))
    office.keeping.record(LedgerChecked(at=office.time.now(), head_seq=1))
    office.close()
    (folder / "ledger.db").write_bytes(old)
    window = unlocked(qtbot, folder)
    (words,) = said(window)
    assert "Newer entries are missing" in words
    assert "so 1 entry is not here" in words
    window.desk.office._ledger.free_reserve()
    assert len(said(window)) == 1, "there was no reserve in a practice ledger"
    ballast_file(folder).write_bytes(b"reserve")
    window.desk.office._ledger.free_reserve()
    standing = [message.detail for _key, message in window.desk.notices.standing()]
    assert any("Finish this visit, then free space" in words for words in standing)


def test_what_is_missing_is_settled_by_whoever_read_the_whole_ledger(qtbot, tmp_path, charted):
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    for _ in range(2):  # the last of the two is missing; after the first no check is due
        old = (folder / "ledger.db").read_bytes()
        office = charting.unlock(folder, "ja", player.PASSPHRASE, SceneClock(NOON))
        office.keeping.record(LedgerChecked(at=NOON - timedelta(hours=1), head_seq=1))
        office.close()
    (folder / "ledger.db").write_bytes(old)
    window = unlocked(qtbot, folder)

    def seen():
        (button,) = (each for each in all_of(window, Button) if each.words() == "I have seen it")
        button.click()
        settled(qtbot, window)

    seen()
    (words,) = said(window)
    assert "told again at the next unlocking" in words
    assert "Read the whole ledger first" in words
    seen()
    assert said(window) == []
    window.desk.lock()
    settled(qtbot, window)
    type_text(player.PASSPHRASE)
    press(Qt.Key.Key_Return)
    settled(qtbot, window)
    assert "Newer entries are missing" in said(window)[0]
    window.checkup.begin()
    settled(qtbot, window)
    seen()
    assert said(window) == []
    assert window.desk.keeping.checks.noticed() == ()


def test_where_the_list_is_damaged_the_day_still_shows_the_visits(qtbot, tmp_path, charted):
    folder = tmp_path / "ledger"
    shutil.copytree(charted, folder)
    proof = charting.prove(folder, "ja", player.PASSPHRASE, SceneClock(NOON))
    with open_to_read(folder / "ledger.db", proof.key_hex96).conn as opened:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'shelf'"
        ((root,),) = opened.execute(sql).fetchall()
    flipped(folder, root * PAGE - 200)
    window = unlocked(qtbot, folder)
    assert f"Page {root} of ledger.db" in said(window)[0]
    (row,) = window.desk.office.visits()
    assert row.patient in " ".join(shown_words(window))
    assert window.desk.office.open_visit(row.stream).visit.patient.full_name == row.patient

"""A ledger that was altered is named soon after it is unlocked, and charting goes on."""

import shutil

import pytest
from PySide6.QtCore import Qt

from ketachart.commands import player
from tests.helpers.door import NOON, settled, window_on
from tests.helpers.qt import all_of, press, type_text
from ui.demo_clinic import add_story
from ui.widgets.banner import Banner

PAGE = 4096
# No words stand in the clear in an encrypted ledger: pages from the middle hold earlier entries.
PLACES = {"salt": 3, "an early page": 9 * PAGE + 100, "the last page": -200}


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


def said(window):
    banners = all_of(window, Banner)
    return [f"{each.accessibleName()}. {each.accessibleDescription()}" for each in banners]


def test_a_whole_ledger_is_looked_at_without_a_word(qtbot, tmp_path, charted):
    shutil.copytree(charted, tmp_path / "ledger")
    window = unlocked(qtbot, tmp_path / "ledger")
    assert window.shown == "day"
    assert said(window) == []


@pytest.mark.parametrize("where", PLACES)
def test_a_flipped_bit_is_named_on_the_window(qtbot, tmp_path, charted, where):
    shutil.copytree(charted, tmp_path / "ledger")
    file = tmp_path / "ledger" / "ledger.db"
    content = bytearray(file.read_bytes())
    content[PLACES[where]] ^= 1
    file.write_bytes(content)
    window = unlocked(qtbot, tmp_path / "ledger")
    (words,) = said(window)
    assert "The ledger is not as it was written" in words
    assert "ledger.db" in words
    assert "restore the last good backup" in words


def test_locking_breaks_the_look_off_and_takes_its_words_away(qtbot, tmp_path, charted):
    shutil.copytree(charted, tmp_path / "ledger")
    file = tmp_path / "ledger" / "ledger.db"
    content = bytearray(file.read_bytes())
    content[3] ^= 1
    file.write_bytes(content)
    window = unlocked(qtbot, tmp_path / "ledger")
    assert said(window) != []
    window.desk.lock()
    settled(qtbot, window)
    assert said(window) == []

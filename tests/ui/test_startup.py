"""The first paint is the unlock screen, with little imported for it; the rest comes in steps."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.helpers.door import NOON, PASSPHRASE, clinic_in, settled
from tests.helpers.qt import all_of, type_text, wait_until_active
from ui import actions, app, first_paint, numbers, preferences, remembered
from ui.demo_clinic import SceneClock
from ui.screens import unlock
from ui.widgets.boxes import Scroller
from ui.widgets.buttons import Button
from ui.widgets.patient_strip import PatientStrip
from ui.widgets.words import Words

ROOT = Path(__file__).parent.parent.parent
# Each was measured to slow the first paint down (look.md, section 2, REQ-UI-05).
HEAVY = (
    *("numpy", "pydantic", "sqlite_utils", "sqlcipher3", "reportlab", "pyhanko", "aiohttp"),
    *("PIL", "lxml", "cryptography", "ketachart.domain", "ketachart.charting"),
    # and each of these by one to five hundredths of a bare window's start
    *("dataclasses", "json", "tomllib", "secrets", "zoneinfo", "subprocess", "ui.actions"),
    *("datetime", "ui.icons", "PySide6.QtSvg"),
    *("ui.notices", "ui.preferences", "ui.workers", "ui.drafts", "ui.veil", "ui.alerting"),
    *("ui.widgets.patient_strip", "ui.widgets.status_bar", "ui.widgets.choices"),
)
OWN = 38  # modules of ours before the first paint, at most; each takes about a four-hundredth

FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6 import QtCore, QtWidgets
from ketachart.clock import SystemClock
from ui import app
from ui.sweeper import Sweeper

app.application()
sweeper = Sweeper()
sweeper.begin()  # as a real run does
window = app.build(Path(sys.argv[1]), SystemClock())
painted = window.screen_shown.painted
painted.disconnect()

def told():
    made = {*vars(QtCore), *vars(QtWidgets)} & {"Qt", "QStyle"}
    print("PAINTED", *made, file=sys.stderr, flush=True)
    if sys.argv[2] == "first":
        app.application().quit()
    else:
        window.furnish_slowly()

painted.connect(told)
window.resize(1366, 768)
window.show()
QtCore.QTimer.singleShot(4000, app.application().quit)
app.application().exec()
window.close()
"""


def imported(folder, until):
    """The modules in the order of their import, and what Qt had made by the first paint."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", FIRST_PAINT, str(folder), until],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "HOME": str(folder)},
        timeout=60,
        check=True,
    )
    names = []
    for line in run.stderr.splitlines():
        found = re.match(r"import time:.*\|\s*([\w.]+)$", line)
        names.append(found[1] if found else line.strip())
    (told,) = [name for name in names if name.startswith("PAINTED")]
    place = names.index(told)
    return names[:place], names[place:], told.split()[1:]


def heavy_among(names):
    return sorted({n for n in names for heavy in HEAVY if n == heavy or n.startswith(f"{heavy}.")})


def test_little_is_imported_before_the_first_paint(tmp_path):
    before, _, made = imported(clinic_in(tmp_path / "ledger"), "first")
    assert heavy_among(before) == []
    assert "ui.screens.unlock" in before
    own = {name for name in before if name.partition(".")[0] in {"ui", "ketachart"}}
    assert len(own) <= OWN, sorted(own)
    assert made == []  # neither all of Qt's names nor its styles: `ui/numbers.py`


@pytest.mark.slow
def test_what_is_heavy_is_imported_right_after_it(tmp_path):
    before, after, _ = imported(clinic_in(tmp_path / "ledger"), "all")
    # and so the search above would have found them
    assert heavy_among(before) == []
    assert {"sqlcipher3", "ketachart.charting", "dataclasses"} <= set(heavy_among(after))


@pytest.fixture
def bare(qtbot, tmp_path):
    """The window as it stands at its first paint, nothing else made yet."""
    window = app.build(clinic_in(tmp_path / "ledger"), SceneClock(NOON))
    qtbot.addWidget(window)
    window.screen_shown.painted.disconnect()
    window.resize(1366, 768)
    window.show()
    wait_until_active(window)
    yield window
    window.close()


def test_the_first_paint_is_a_screen_that_can_be_typed_in(qtbot, bare):
    shown = {w.text() for w in all_of(bare.screen_shown, Words) if w.text()}
    assert {"Who is charting?", "Open the charts", "Passphrase"} <= shown
    pressed = {b.words() for b in all_of(bare.screen_shown, Button)}
    assert {"Unlock", "Show what you type", "Check a signed report"} <= pressed
    assert bare.findChildren(PatientStrip) == []
    line = bare.findChild(QLineEdit)
    assert QApplication.focusWidget() is line
    type_text("four plain")
    bare.furnish_slowly()
    type_text(" words here")  # between the steps
    QTest.keyClick(line, Qt.Key.Key_Return)  # before it is read who may unlock
    qtbot.waitUntil(lambda: bare.is_furnished, timeout=20_000)
    assert line.text() == PASSPHRASE
    settled(qtbot, bare)
    qtbot.waitUntil(lambda: bare.desk.is_unlocked, timeout=20_000)
    settled(qtbot, bare)


def test_nothing_moves_when_the_rest_comes(bare):
    card = bare.findChild(QLineEdit)
    place = card.mapTo(bare, card.rect().topLeft())
    bare.furnish()
    QApplication.processEvents()
    assert card.mapTo(bare, card.rect().topLeft()) == place


def test_a_key_that_comes_before_the_key_map_does_its_act(bare):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert bare.shown == "keys"


def test_the_numbers_and_the_keys_of_the_door_are_what_they_stand_for(qtbot):
    align, label = Qt.AlignmentFlag, QLabel("<b>bold</b>")
    qtbot.addWidget(label)
    assert align.AlignLeft.value == numbers.ALIGN_LEFT
    assert Qt.TextFlag.TextWordWrap.value == numbers.WRAP_WORDS
    assert (Qt.ColorScheme.Dark.value, Qt.ColorScheme.Light.value) == numbers.SCHEMES
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    numbers.show_plainly(label)
    numbers.take_no_focus(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert {name: actions.key_of(name) for name in unlock.KEYS} == unlock.KEYS


def test_a_preferences_file_is_read_the_same_with_and_without_pythons_own_reader(tmp_path):
    preferences.write(tmp_path, preferences.Preferences(last_staff="ja", scale=1.25))
    text = (tmp_path / remembered.FILE).read_text(encoding="utf-8")
    assert remembered._plain(text) == json.loads(text)
    for other in (
        "",
        "{}",
        '{\n "a": "x\\n"\n}',
        '{\n "a": 1..2\n}',
        '{\n "a": [1]\n}',
        "{\n a: 1\n}",
    ):
        assert remembered._plain(other) is None  # left to that reader
    (tmp_path / remembered.FILE).write_text('{"theme": "light"}', encoding="utf-8")
    assert remembered.look_in(remembered.read_file(tmp_path)) == ("light", 1.0)


def test_what_waits_for_the_first_paint_is_done_once_it_is_over(bare):
    done = []
    first_paint.after(bare, lambda: done.append("then"))
    gone = QLabel()
    first_paint.after(gone, lambda: done.append("never"))
    shiboken6.delete(gone)
    assert done == []
    bare.furnish()
    assert done == ["then"]
    first_paint.after(bare, lambda: done.append("at once"))
    assert done == ["then", "at once"]
    (page,) = [one for one in bare.screen_shown.findChildren(Scroller) if one.isVisible()][:1]
    assert page.viewport().testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)


def test_signs_come_with_the_first_step_after_the_first_paint(bare):
    box = next(b for b in all_of(bare.screen_shown, Button) if b.words() == "Practise")
    before = box.grab().toImage()
    bare.furnish()
    QApplication.processEvents()
    after = box.grab().toImage()
    assert before != after
    assert before.size() == after.size()

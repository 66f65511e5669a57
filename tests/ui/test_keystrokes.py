"""How many presses a nurse's common acts take, and that each of them is in the record then."""

import pytest
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE as SIGNER
from tests.helpers.closing import Closing
from tests.helpers.door import PASSPHRASE, clinic_in, settled, window_on
from tests.helpers.keystrokes import PAGE, RUNNING, SIGN, UNLOCK, press, table
from tests.helpers.visit_window import VisitWindow


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """A pump that runs, a side effect that is open, a medicine in the order."""
    folder = tmp_path_factory.mktemp("running") / "l"
    made = VisitWindow(folder, "paused_for_nausea", "infusion", before="infusion-paused")
    yield made
    made.close()


@pytest.mark.parametrize("act", RUNNING, ids=lambda act: act.name)
def test_the_act_is_recorded_by_these_keys(running, act):
    running.pass_time(minutes=act.minutes)
    before = len(running.visit.entries)
    for key in act.keys:
        press(running.window, key)
    assert act.holds(running), running.said(running.column)
    assert len(running.visit.entries) > before
    assert running.focused() == "Systolic, mmHg"  # where the next act begins


def test_enter_unlocks_after_the_passphrase(qtbot, tmp_path):
    window = window_on(qtbot, clinic_in(tmp_path / "ledger"))
    press(window, f"“{PASSPHRASE}”")
    for key in UNLOCK.keys:
        press(window, key)
    settled(qtbot, window)
    assert UNLOCK.holds(window)


def test_a_key_and_enter_sign_with_the_passphrase(tmp_path, qapp):  # noqa: ARG001 - as above
    clear = Closing(tmp_path / "l", "quiet_hour", "instructions")
    first, last = SIGN.keys
    press(clear.window, first)
    clear.settle()
    press(clear.window, f"“{SIGNER}”")
    press(clear.window, last)
    clear.work_done()
    assert SIGN.holds(clear)
    clear.close()
    QApplication.processEvents()


def test_the_page_says_the_same():
    assert PAGE.read_text(encoding="utf-8") == table(), "python3 dev.py keystrokes writes it anew"

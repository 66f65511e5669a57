"""Pictures of the protocol: its values, a draft of it, its editions."""

from dataclasses import replace

from tests.shot_stage import room


def _supervisor(desk):
    """Whoever is unlocked may change the protocol."""
    desk.office.register(replace(desk.office.nurse, at=desk.now(), role="supervisor"))


def _to_protocol(hand):
    hand.act("protocol")


@room("protocol", visit=False, ready=_supervisor)
def _protocol(hand):
    _to_protocol(hand)


PAUSE = "limits/systolic/during/pause/high"


def _open_row(hand, section, row):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.helpers.qt import all_of
    from ui.widgets.row_list import RowList

    hand.window.screen_shown.arrive()
    QTest.keyClicks(QApplication.focusWidget(), section)
    hand.key("Return")
    (rows,) = all_of(hand.window.screen_shown, RowList)
    rows.choose(row)
    rows.setFocus()
    hand.rest()


@room("protocol-value", visit=False, ready=_supervisor)
def _protocol_value(hand):
    _to_protocol(hand)
    _open_row(hand, "3", PAUSE)
    hand.key("Return")
    hand.write("Over", "170")


def _drafted(hand):
    _to_protocol(hand)
    _open_row(hand, "3", PAUSE)
    hand.key("Return")
    hand.write("Over", "170")
    hand.write("Source of it", "Desert Bloom policy 12, 3 Nov 2026")
    hand.key("Ctrl+Return")


@room("protocol-draft", visit=False, ready=_supervisor)
def _protocol_draft(hand):
    _drafted(hand)


@room("protocol-adopt", visit=False, ready=_supervisor)
def _protocol_adopt(hand):
    _drafted(hand)
    hand.key("Ctrl+Return")


@room("protocol-editions", visit=False, ready=_supervisor)
def _protocol_editions(hand):
    _drafted(hand)
    hand.key("Ctrl+Return")
    hand.write("Why the protocol changes", "The medical director asks for it.")
    hand.key("Ctrl+Return")

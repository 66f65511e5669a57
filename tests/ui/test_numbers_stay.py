"""No wheel and no arrow changes what stands in a field, in any sheet there is."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox

from tests.helpers.window import desk_at
from ui.forms.happened_at import HappenedAt
from ui.forms.registry import SHEETS
from ui.screens.stock.side import SHEETS as STOCK
from ui.widgets.field import LineField

UI = Path(__file__).parent.parent.parent / "ui"
# A box that a wheel or an arrow turns, made or made into something of ours.
MADE = re.compile(r"\b(?:Q(?:Double)?SpinBox|QComboBox|QDial|QSlider|Q(?:Date|Time)+Edit)\b[(),]")


@pytest.fixture(scope="module")
def desk(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    made = desk_at(tmp_path_factory.mktemp("d") / "l", "quiet_hour", until="infusion-started")
    yield made
    made.close()


def turn(editor):
    """A notch of the wheel each way, the four arrows and the keys of a page, over an editor."""
    for notch in (120, -120):
        QApplication.sendEvent(
            editor,
            QWheelEvent(
                QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, notch),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt's own signature
            ),
        )  # fmt: skip
    keys = Qt.Key
    for key in (keys.Key_Up, keys.Key_Down, keys.Key_PageUp, keys.Key_PageDown, keys.Key_Left):
        QTest.keyClick(editor, key)


@pytest.mark.parametrize("group", [SHEETS, STOCK], ids=["visit", "stock"])
def test_no_field_of_any_sheet_is_changed_by_wheel_or_arrows(desk, group):
    seen = 0
    for name, make in group.items():
        sheet = make(desk)
        sheet.show_visit(desk.visit)
        assert not sheet.findChildren(QAbstractSpinBox), name
        assert not sheet.findChildren(QComboBox), name
        for field in sheet.findChildren(LineField):
            if isinstance(field, HappenedAt):
                continue  # Down takes a marked moment; without a mark it does nothing: below
            with QSignalBlocker(field):  # what follows from a number is not asked here
                field.set_text("7")
                before = field.text()
                turn(field.editor())
            assert field.text() == before, (name, field.kept_name())
            seen += 1
        sheet.deleteLater()
    assert seen > 10


def test_without_a_marked_moment_no_arrow_changes_a_time(desk):
    when = HappenedAt(desk, from_pump=True)
    when.set_text("-5")
    turn(when.editor())
    assert when.text() == "-5"
    when.deleteLater()


def test_nothing_that_turns_is_made_anywhere():
    for file in UI.rglob("*.py"):
        assert not MADE.search(file.read_text("utf-8")), file

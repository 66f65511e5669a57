"""All widgets together: names, targets, rings, nothing cut, and dark enough for a migraine."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.helpers.qt import (
    all_of,
    colours,
    cut_off,
    laid_out,
    press,
    reachable,
    show,
    spoken_name,
)
from ui import theme, tokens
from ui.gallery import WIDTH, Gallery
from ui.widgets.entry_table import EntryTable
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.ink_pad import InkPad
from ui.widgets.stepper import Stepper
from ui.widgets.words import Words


@pytest.fixture(scope="module")
def shown(qapp):
    """One gallery for the tests that leave it as it was; in dim, at 100 %."""
    theme.apply(qapp, "dim", 1.0)
    made = laid_out(Gallery(), WIDTH)
    yield made
    made.close()
    made.deleteLater()


def test_everything_that_is_pressed_or_typed_into_has_a_name_and_44_pixels(shown):
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    controls = [w for kind in kinds for w in all_of(shown, kind)]
    assert len(controls) > 60
    assert [repr(w) for w in controls if not spoken_name(w)] == []
    small = [w for w in controls if min(w.width(), w.height()) < tokens.TARGET]
    assert [(spoken_name(w), w.size()) for w in small] == []


def test_everything_that_takes_the_focus_has_a_name_and_a_ring(shown):
    stops = reachable(shown)
    assert len(stops) > 40
    assert [repr(w) for w in stops if not spoken_name(w)] == []
    ring = tokens.DIM.focus
    bare = []
    for stop in stops:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if stop.hasFocus() and ring not in colours(stop.grab().toImage()):
            bare.append(spoken_name(stop))
    assert bare == []


def test_tab_reaches_a_stop_in_every_card_and_comes_back(shown):
    first = QApplication.focusWidget()
    assert shown.isAncestorOf(first)
    seen = []
    for _ in range(200):
        press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is first:
            break
    assert seen[-1] is first
    names = " ".join(spoken_name(w) for w in seen)
    for stop in ("Systolic", "Passphrase", "Sedation", "Vial", "Entries", "Aneurysm"):
        assert stop in names
    steppers = all_of(shown, Stepper)  # each has one stop: the phase that had the keyboard last
    assert len(steppers) == 2
    assert all(any(one.isAncestorOf(stop) for stop in seen) for one in steppers)


def state_of(root):
    """Everything a wheel might change."""
    texts = [w.text() for w in all_of(root, QLineEdit)]
    notes = [w.toPlainText() for w in all_of(root, QPlainTextEdit)]
    checked = [w.isChecked() for w in all_of(root, QAbstractButton)]
    chosen = [w.current_id() for w in all_of(root, EntryTable)]
    ink = [w.strokes() for w in all_of(root, InkPad)]
    return texts, notes, checked, chosen, ink


def test_the_wheel_changes_nothing(shown):
    before = state_of(shown)
    down = QPoint(0, -120)
    for widget in all_of(shown, QWidget):
        spot = QPointF(widget.rect().center())
        turn = QWheelEvent(
            spot,
            QPointF(widget.mapToGlobal(spot)),
            down,
            down,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's own signature
        )
        QApplication.sendEvent(widget, turn)
    assert state_of(shown) == before


def test_a_label_that_is_cut_would_be_seen(qtbot):
    room = QWidget()
    cut = Words("Ketamine 34.2 mg over 2 h", wraps=False)
    cut.setParent(room)
    cut.resize(40, 20)
    assert len(cut_off(show(qtbot, room, width=300, height=100))) == 1


def test_every_field_and_flow_was_in_the_gallery(shown):
    assert len(all_of(shown, Field)) >= 13
    assert any(isinstance(w.layout(), Flow) for w in all_of(shown, QWidget))

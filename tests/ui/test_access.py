"""Read, heard and found by whoever sees little, listens, or sits in the dark."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

import ui
from ketachart.domain.course import PHASES
from tests.helpers import pixels
from tests.helpers.access import misbooked, too_small, unheard
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.announcing import announce
from ui.dialogs import _Question
from ui.forms.registry import SHEETS
from ui.widgets.boxes import Scroller

UI = Path(ui.__file__).parent
# Every scene in every light is measured by `python3 dev.py shots`.
WHERE = {
    "dim": ("effect", "instructions", "infusion", "day", "emergency"),
    "light": ("infusion",),
}


@pytest.fixture(scope="module")
def paused(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """An infusion that is paused for nausea."""
    folder = tmp_path_factory.mktemp("access") / "l"
    made = VisitWindow(folder, "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


def places(window, names):
    """The window at each of some places, one after the other."""
    for name in names:
        if name in SHEETS:
            window.column.open_sheet(name)
        elif name in PHASES:
            window.open(name)
        else:
            window.window.show_screen(name)
        yield name
    window.window.show_screen("visit")
    window.column.close_sheet()
    window.open("infusion")


def caret_of(window):
    return pixels.place_of(QApplication.focusWidget(), window)


def test_what_is_written_can_be_read_and_a_dim_screen_stays_dim(paused, qapp):
    said = []
    for name, seen in WHERE.items():
        theme.apply(qapp, name, 1.0)
        for place in places(paused, seen):
            paused.settle()
            image, written = pixels.picture_of(paused.window)
            found = pixels.faint(paused.window, image, written)
            if name != "light":
                found += pixels.too_bright(image, caret=caret_of(paused.window))
            said += [f"{name}, {place}: {line}" for line in found]
    assert said == []


def test_faint_letters_and_bright_pixels_are_found(qapp):  # noqa: ARG001 - as above
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#1c1812"))
    assert pixels.too_bright(image) == []
    image.setPixelColor(4, 4, QColor("#807159"))
    _, _, seen = pixels.inks_in(image, image.rect())
    assert 3 < seen < pixels.TEXT
    image.setPixelColor(5, 5, QColor("#ffffff"))
    assert pixels.too_bright(image) == ["a pixel of 1.00"]
    image.fill(QColor("#453c2e"))
    assert pixels.too_bright(image)[0].startswith("mean luminance 0.04")


def test_whatever_has_the_focus_shows_it_and_lets_it_go_on(paused):
    window = paused.window
    paused.open("infusion")
    first, met, unseen = QApplication.focusWidget(), [], []
    before = window.grab().toImage()
    for _ in range(80):
        paused.keys(Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        assert there is not None
        assert window.isAncestorOf(there)
        paused.settle()
        after = window.grab().toImage()
        seen = ring_seen(before, after, caret_of(window))
        if not seen and not ring_seen(without_focus(paused, there), after, caret_of(window)):
            unseen.append(f"{there!r} {there.accessibleName()}")
        before = after
        met.append(there)
        if there is first:
            break
    assert there is first, "Tab never comes round"
    assert unseen == []
    assert len(set(met)) == len(met)


def without_focus(window, widget):
    """The window while nothing has the keyboard: what scrolls may lay one ring on another."""
    widget.clearFocus()
    window.settle()
    image = window.window.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    window.settle()
    return image


def ring_seen(before, after, place):
    """Whether some of what is round a widget stands off from what was there before."""
    around = place.adjusted(-4, -4, 4, 4).intersected(after.rect())
    changed = 0
    for y in (around.top(), around.center().y(), *range(around.top(), around.top() + 9)):
        for x in range(around.left(), around.right() + 1):
            old, new = before.pixel(x, y), after.pixel(x, y)
            changed += old != new and pixels.ratio(old, new) >= pixels.GRAPHIC
    return changed >= 8


def test_after_a_sheet_the_focus_is_somewhere_to_be_seen(paused):
    paused.open("infusion")
    for sheet in ("effect", "note", "pause"):
        paused.column.open_sheet(sheet)
        paused.settle()
        assert paused.column.isAncestorOf(QApplication.focusWidget())
        paused.keys(Qt.Key.Key_Escape)
        paused.settle()
        there = QApplication.focusWidget()
        assert there is not None
        assert there.isVisible()
        assert not there.visibleRegion().isEmpty()


def test_what_is_not_said_or_too_small_is_found(qtbot):
    bare = QWidget()
    qtbot.addWidget(bare)
    button = QPushButton(bare)
    button.setAccessibleName("F9")
    button.resize(20, 20)
    painted = QWidget(bare)
    painted.setAccessibleName("Plot")
    painted.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare.show()
    assert (
        unheard(bare)
        == [
            "QWidget 'Plot' is painted and says nothing of what it shows",
            "QPushButton is called by a key or a sign: 'F9'",
        ]
        or len(unheard(bare)) == 2
    )
    assert too_small(bare) == ["QPushButton 'F9' is 20x20"]


def test_no_screen_is_held_for_a_part_of_itself(paused):
    paused.column.open_sheet("effect")
    paused.window.show_screen("day")
    paused.window.show_screen("visit")
    paused.settle()
    assert misbooked(paused.window) == []


def test_an_alert_a_record_and_a_refusal_are_said_by_a_screen_reader(tmp_path, monkeypatch, qapp):  # noqa: ARG001 - as above
    heard = []
    made = VisitWindow(tmp_path / "l", "quiet_hour", "infusion", until="infusion-started")
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: (
            isinstance(event, QAccessibleAnnouncementEvent)
            and heard.append((event.message(), event.politeness().name))
        ),
    )
    beeps = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    made.main_button()  # nothing was typed
    assert any(how == "Assertive" for _, how in heard)
    heard.clear()
    made.fill("172", "95")
    made.main_button()
    assert ("Alert: Systolic 172 mmHg, over 160: pause and call", "Assertive") in heard
    assert any(said.startswith("Recorded ") and how == "Polite" for said, how in heard)
    heard.clear()
    made.pass_time(minutes=20)
    assert any("overdue" in said for said, _ in heard)
    heard.clear()
    made.window.veil.fall()
    announce(made.window.status, "a patient's name")
    assert "a patient's name" not in [said for said, _ in heard]
    assert beeps == []  # and nothing of it is heard by the patient
    made.close()


def test_nothing_moves_or_blinks(qapp):
    moves = re.compile(r"QPropertyAnimation|QVariantAnimation|QMovie|QTimeLine|QGraphicsEffect")
    assert [f.name for f in UI.rglob("*.py") if moves.search(f.read_text("utf-8"))] == []
    assert qapp.cursorFlashTime() == 0
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo):
        assert not qapp.isEffectEnabled(effect)


def test_the_first_frame_of_a_window_and_of_a_question_is_as_dim_as_the_theme(qtbot, monkeypatch):
    asked = _Question(None, "Stop the infusion?", sentence="It can be begun again.", yes="Stop")
    qtbot.addWidget(asked)
    monkeypatch.setattr(QDialog, "exec", lambda _self: 0)
    image = asked.grab().toImage()  # before any style or layout had its turn
    assert pixels.light(image)[0] <= pixels.MEAN_DIM
    assert asked.palette().window().color().name() == theme.look().colour("bg").name()
    bare = QWidget()
    qtbot.addWidget(bare)
    assert pixels.light(bare.grab().toImage())[0] <= pixels.MEAN_DIM


def test_a_part_that_is_not_there_any_more_is_answered_with_nothing(paused):
    """Qt's own answer is a crash: what scrolled has one part less once it does not."""
    for scroller in paused.window.findChildren(Scroller):
        told = QAccessible.queryAccessibleInterface(scroller)
        assert told.text(QAccessible.Text.Name) == scroller.accessibleName()
        assert told.childCount() >= 1
        assert told.child(told.childCount()) is None

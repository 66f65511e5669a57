"""Buttons say what they do, wrap rather than cut, and say why they are closed."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.helpers.qt import colours, middle, show, spoken_name
from ui import theme, tokens
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_both_enters_press(qtbot, key):
    button = show(qtbot, Button("Pause"))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_words_wrap_where_there_is_no_room(qtbot):
    button = Button("Pump corrected, read all three values again")
    show(qtbot, button)
    narrow = button.minimumSizeHint().width()
    assert narrow < button.sizeHint().width() / 2
    assert button.heightForWidth(narrow) > button.sizeHint().height()


def test_the_spoken_name_may_say_more_than_the_words(qtbot):
    button = show(qtbot, Button("Clear: Chest pain", words="Clear"))
    assert (spoken_name(button), button.words()) == ("Clear: Chest pain", "Clear")


def test_a_button_is_called_by_what_is_written_on_it_now(qtbot):
    primary = show(qtbot, PrimaryButton("Record vitals at 15:28"))
    primary.set_words("Record vitals at 15:29")
    assert spoken_name(primary) == "Record vitals at 15:29"
    fixed = show(qtbot, Button("Clear: Chest pain", words="Clear"))
    fixed.set_words("Cleared")
    assert spoken_name(fixed) == "Clear: Chest pain"


def test_a_chosen_button_keeps_its_size(qtbot):
    button = show(qtbot, Button("Nausea"))
    button.setCheckable(True)
    before = (button.sizeHint(), button.heightForWidth(90))
    button.setChecked(True)
    assert (button.sizeHint(), button.heightForWidth(90)) == before


def test_a_closed_primary_says_why_and_cannot_be_pressed(qtbot):
    primary = show(qtbot, PrimaryButton("Sign and lock", key="Ctrl+Enter"), width=320)
    pressed, refused = [], []
    primary.clicked.connect(lambda: pressed.append(1))
    primary.refused.connect(refused.append)
    height = primary.height()
    primary.close_because("3 points to settle first")
    QTest.mouseClick(primary, Qt.MouseButton.LeftButton, pos=middle(primary))
    primary.press()
    assert (pressed, refused) == ([], ["3 points to settle first"])
    assert primary.accessibleDescription() == primary.sub() == "3 points to settle first"
    assert primary.heightForWidth(320) == height == 50
    primary.set_words("Settle 3 points")
    assert primary.sub() == "3 points to settle first"
    primary.reopen()
    primary.press()
    assert (pressed, primary.sub()) == ([1], "")


@pytest.mark.parametrize("name", list(tokens.THEMES))
@pytest.mark.parametrize("kind", list(Kind))
def test_the_ring_is_seen_on_every_kind_in_every_theme(qapp, qtbot, name, kind):
    theme.apply(qapp, name, 1.0)
    button = show(qtbot, Button("Go on", kind=kind), width=200, height=60)
    button.setFocus()
    image = button.grab().toImage()
    # two pixels in from the middle of the left edge is ring, not ground
    assert image.pixelColor(QPoint(1, 30)).name() == theme.look().palette.focus
    ringed = colours(image)
    button.clearFocus()
    bare = colours(button.grab().toImage())
    assert ringed != bare
    if kind is Kind.PRIMARY:
        assert image.pixelColor(QPoint(2, 30)).name() == theme.look().palette.on_cta


def test_a_round_button_is_round(qtbot):
    button = show(qtbot, Button("Nausea", kind=Kind.DANGER), width=120, height=44)
    corner = QPoint(4, 4)
    assert button.grab().toImage().pixelColor(corner).name() == tokens.DIM.danger_bg
    button.set_round()
    assert button.grab().toImage().pixelColor(corner).name() == tokens.DIM.bg

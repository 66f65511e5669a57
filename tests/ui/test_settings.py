"""Settings: each explains itself, holds at once, stays after a restart; before unlocking, too."""

import json
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.door import PASSPHRASE, clinic_in, cut_off_at_rest, settled, window_on
from tests.helpers.qt import LOOKS, luminances, press, type_text
from ui import preferences, theme
from ui.language import spoken
from ui.light import FOLLOW, Light, theme_for
from ui.preferences import Preferences
from ui.widgets.touch_keys import TouchKeys

K = Qt.Key
DARK, BRIGHT, UNKNOWN = Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown


@pytest.fixture
def folder(tmp_path):
    return clinic_in(tmp_path / "ledger")


@pytest.fixture(autouse=True)
def _dim_again():
    yield
    theme.apply(QApplication.instance(), "dim", 1.0)


def settings_of(window):
    """The key of the settings, wherever the focus is."""
    QTest.keyClick(window, K.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.shown == "settings"
    return window.screen_shown


def unlock(qtbot, window):
    type_text(PASSPHRASE)
    press(K.Key_Return)
    settled(qtbot, window)


def kept(folder):
    return json.loads((folder / preferences.FILE).read_text(encoding="utf-8"))


class FakeHints(QObject):
    """A system that goes from day to night when it is told to."""

    colorSchemeChanged = Signal(object)  # noqa: N815 - Qt's own names

    def __init__(self, scheme):
        super().__init__()
        self.scheme = scheme
        self.left_alone = 0

    def colorScheme(self):  # noqa: N802
        return self.scheme

    def unsetColorScheme(self):  # noqa: N802
        self.left_alone += 1

    def turn(self, scheme):
        self.scheme = scheme
        self.colorSchemeChanged.emit(scheme)


class FakeDesk:
    def __init__(self, chosen):
        self.preferences = chosen

    def prefer(self, chosen):
        self.preferences = chosen


@pytest.mark.parametrize(
    ("chosen", "follows", "scheme", "worn"),
    [
        ("light", False, DARK, "light"),
        ("dim-green", False, BRIGHT, "dim-green"),
        ("dim-green", True, DARK, "dim-green"),
        ("light", True, DARK, "dim"),
        ("dim-green", True, BRIGHT, "light"),
        ("dim-green", True, UNKNOWN, "dim-green"),
    ],
)
def test_the_theme_for_a_choice_and_a_system(chosen, follows, scheme, worn):
    assert theme_for(Preferences(theme=chosen, follow_system=follows), scheme) == worn


def test_day_and_night_are_followed_while_it_is_asked_for_and_not_after(qtbot):
    del qtbot
    desk, hints = FakeDesk(Preferences(theme="dim-green")), FakeHints(DARK)
    light = Light(desk, hints)
    hints.turn(BRIGHT)
    assert (theme.look().name, hints.left_alone) == ("dim", 0)  # nobody asked to follow
    light.choose(FOLLOW)
    assert theme.look().name == "light"
    assert hints.left_alone  # the system is heard again after the theme asked for its own
    hints.turn(DARK)
    assert theme.look().name == "dim-green"  # the dark one that was chosen
    light.set_scale(1.5)
    assert (desk.preferences.follow_system, theme.look().scale) == (True, 1.5)
    light.choose("dim")
    hints.turn(BRIGHT)
    assert (theme.look().name, desk.preferences.follow_system) == ("dim", False)


def test_a_laptop_that_follows_starts_as_the_system_is(qtbot, folder, monkeypatch):
    preferences.write(folder, Preferences(theme="dim-green", follow_system=True))
    hints = FakeHints(BRIGHT)
    monkeypatch.setattr("ui.light.QGuiApplication", SimpleNamespace(styleHints=lambda: hints))
    window = window_on(qtbot, folder)
    assert theme.look().name == "light"
    hints.turn(DARK)
    assert (theme.look().name, window.desk.preferences.theme) == ("dim-green", "dim-green")


def test_before_unlocking_light_and_size_hold_at_once_and_after_a_restart(qtbot, folder):
    window = window_on(qtbot, folder)
    type_text("four plain")
    shown = settings_of(window)
    assert shown.later.isVisible()
    assert not shown.lock.isVisible()  # nobody makes the lock wait longer from outside
    press(K.Key_3)
    assert (theme.look().name, kept(folder)["theme"]) == ("light", "light")
    assert "bright room" in shown.light.line.text()
    shown.text_size.choices.setFocus()
    press(K.Key_2)
    assert (theme.look().scale, kept(folder)["scale"]) == (1.25, 1.25)
    assert "125 %" in shown.text_size.line.text()
    press(K.Key_2)  # taken once more: one of them always holds
    assert shown.text_size.choices.chosen() == ("1.25",)
    shown.language.choices.setFocus()
    press(K.Key_2)
    assert (spoken(), kept(folder)["language"]) == ("es", "es")
    QTest.keyClick(window, K.Key_Period, Qt.KeyboardModifier.AltModifier)
    assert window.shown == "help"
    press(K.Key_Escape)
    shown.language.choices.setFocus()
    press(K.Key_1)
    assert (spoken(), kept(folder)["language"]) == ("en", "en")
    press(K.Key_Escape)
    assert window.shown == "unlock"
    assert QApplication.focusWidget().text() == "four plain"
    again = window_on(qtbot, folder)
    assert (theme.look().name, theme.look().scale) == ("light", 1.25)
    assert again.desk.preferences.theme == "light"


def test_a_key_of_the_window_changes_what_the_settings_show(qtbot, folder):
    window = window_on(qtbot, folder)
    shown = settings_of(window)
    window.light.choose(FOLLOW)
    qtbot.waitUntil(lambda: shown.light.choices.chosen() == (FOLLOW,))
    QTest.keyClick(window, K.Key_F9)
    qtbot.waitUntil(lambda: shown.light.choices.chosen() != (FOLLOW,))
    assert not window.desk.preferences.follow_system
    assert shown.light.choices.chosen() == (theme.look().name,)


def test_keys_on_the_screen_stay_until_they_are_put_away(qtbot, folder):
    window = window_on(qtbot, folder)
    shown = settings_of(window)
    shown.touch_keys.choices.setFocus()
    press(K.Key_2)
    assert window.findChild(TouchKeys).isVisible()
    assert shown.touch_keys.choices.chosen() == ("on",)
    again = window_on(qtbot, folder)
    assert again.findChild(TouchKeys).isVisible()
    QTest.keyClick(again, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not again.findChild(TouchKeys).isVisible()
    assert kept(folder)["touch_keys"] is False


def test_inside_cover_lock_and_sound_hold_at_once_and_esc_goes_back(qtbot, folder):
    window = window_on(qtbot, folder)
    unlock(qtbot, window)
    shown = settings_of(window)
    assert not shown.later.isVisible()
    for setting, key, name, value in (
        (shown.cover, K.Key_1, "veil_after", 1),
        (shown.lock, K.Key_4, "lock_after", 60),
    ):
        setting.choices.setFocus()
        press(key)
        assert (kept(folder)[name], f"{value} min" in setting.line.text()) == (value, True)
    shown.sound.choices.setFocus()
    press(K.Key_2)
    assert window.signs.sounds
    assert "heard" in shown.sound.line.text()
    shown.backup.button.click()
    assert window.shown == "laptop"
    press(K.Key_Escape)
    assert window.shown == "settings"
    press(K.Key_Escape)
    assert window.shown == "day"


def test_every_setting_explains_itself_and_nothing_is_cut_at_any_size(qtbot, folder):
    window = window_on(qtbot, folder)
    unlock(qtbot, window)
    shown = settings_of(window)
    for setting in (shown.light, shown.text_size, shown.touch_keys, shown.sound, shown.cover):
        assert setting.line.text().count(".") >= 2, setting.accessibleName()
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03
    for size, scale in LOOKS[1::2]:  # the two that leave the least room
        window.light.set_scale(scale)
        window.resize(*size)
        assert cut_off_at_rest(qtbot, window) == [], (size, scale)

"""Changes the language of the window, from the start or while it runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.language import LANGUAGES, Language, heed_visit, speak, spoken
from ui.language.saying import say_again
from ui.theme import Dressed

if TYPE_CHECKING:
    from ui.desk import Desk

NAMES: Final[dict[Language, str]] = {"en": "English", "es": "Español"}
_qt: Final[list[QTranslator]] = []  # of the buttons and menus that are Qt's own


def begin(app: QApplication, code: Language) -> None:
    """Speak so from the start, before anything is shown."""
    if code != spoken():
        _speak(app, code)


def choose(desk: Desk, code: Language) -> None:
    """Say everything that stands in this language, at once, and keep the choice on this laptop."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and code != spoken():
        widgets = app.allWidgets()
        say_again(widgets, lambda: _begin_with(app, desk, code))
        look = theme.look()
        for widget in widgets:
            if isinstance(widget, Dressed):
                widget.dress(look)
    desk.prefer(replace(desk.preferences, language=spoken()))


def turn(desk: Desk) -> None:
    """The other language."""
    following = (LANGUAGES.index(spoken()) + 1) % len(LANGUAGES)
    choose(desk, LANGUAGES[following])


def _begin_with(app: QApplication, desk: Desk, code: Language) -> None:
    _speak(app, code)
    if desk.has_visit:
        heed_visit(desk.visit)


def _speak(app: QApplication, code: Language) -> None:
    """The window's words and Qt's own; English where the catalogue is not installed."""
    try:
        speak(code)
    except FileNotFoundError:
        speak("en")
    for old in _qt:
        app.removeTranslator(old)
    _qt.clear()
    if spoken() != "en":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        own = QTranslator()
        if own.load(f"qtbase_{spoken()}", folder):
            app.installTranslator(own)
            _qt.append(own)

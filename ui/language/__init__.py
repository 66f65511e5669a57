"""The window's second language: what is shown passes through here, what is recorded never does.

The record, the paper and every file stay in English. A widget of the kit keeps the English words
it was given and shows what ``shown`` makes of them; in English that is the very same text, and
nothing is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ketachart.domain.visit import Visit
    from ui.language.heeding import Heeding
    from ui.language.voice import Voice

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")

_voice: Final[list[Voice]] = []  # empty while English is spoken
_heeding: Final[list[Heeding]] = []
_typed: Final[list[frozenset[str]]] = [frozenset()]


def language_of(kept: str) -> Language:
    """The language that is kept on this laptop, or the system's where none is."""
    for code in LANGUAGES:
        if code == kept:
            return code
    from PySide6.QtCore import QLocale

    return "es" if QLocale.system().language() == QLocale.Language.Spanish else "en"


def speak(code: Language) -> None:
    """Say everything in this language from now on; what stands already is said again by
    ``ui.language.saying.say_again``.

    Raises:
        FileNotFoundError: the catalogue of the language is not installed.
    """
    _voice.clear()
    if code != "en":
        from ui.language.voice import Voice

        voice = Voice(code)
        voice.heed(_typed[0])
        _voice.append(voice)


def spoken() -> Language:
    """The language the window speaks."""
    return _voice[0].code if _voice else "en"


def shown(text: str) -> str:
    """A text as the window shows it; what somebody typed, and what is not known, stays as it is."""
    return _voice[0].shown(text) if _voice else text


def labelled(text: str) -> str:
    """The same for what only the program writes: a button, a heading, the name of a field.

    A note that happens to say “Vitals” does not turn the button back into English.
    """
    return _voice[0].labelled(text) if _voice else text


def heed(typed: Iterable[str]) -> None:
    """These are somebody's words, from the record that is open: they are shown as they stand."""
    _typed[0] = frozenset(typed)
    if _voice:
        _voice[0].heed(_typed[0])


def heed_visit(visit: Visit) -> None:
    """What stands in the visit that is open in somebody's own words; nothing to do in English."""
    if _voice:
        from ui.language.heeding import Heeding

        if not _heeding:
            _heeding.append(Heeding())
        heed(_heeding[0].typed_in(visit))


def missed() -> tuple[str, ...]:
    """What was shown and is not in the catalogue, or not wholly; for tests."""
    return _voice[0].missed() if _voice else ()

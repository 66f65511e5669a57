"""In which looks a scene is seen: theme, text size, window and language."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Shown:
    """One look; ``name`` is also the end of the picture's file name."""

    theme: str
    scale: float
    size: tuple[int, int]
    language: str = "en"

    @property
    def name(self):
        wide = f"{self.size[0]}_{round(self.scale * 100)}"
        return f"{self.theme}_{wide}_{self.language}"


LAPTOP, OFFICE, SMALL = (1366, 768), (1920, 1080), (1024, 600)
# In this order each is only a step from the one before: the dear steps are text size and theme.
EVERYWHERE = (
    Shown("dim", 1.0, LAPTOP),
    Shown("dim", 1.0, SMALL),
    Shown("dim", 1.0, LAPTOP, "es"),
    Shown("light", 1.0, OFFICE, "es"),
    Shown("light", 1.0, OFFICE),
    Shown("dim", 2.0, LAPTOP),
    Shown("dim", 2.0, LAPTOP, "es"),
)
_SIZES = tuple(
    Shown(theme, 1.0, size, language)
    for theme in ("dim", "light")
    for language in ("en", "es")
    for size in (LAPTOP, OFFICE, SMALL)
)
STORIES = (
    *_SIZES,
    Shown("dim-green", 1.0, LAPTOP),
    Shown("dim", 2.0, LAPTOP),
    Shown("dim", 2.0, LAPTOP, "es"),
    Shown("light", 2.0, OFFICE),
)
QUICK = (EVERYWHERE[0], EVERYWHERE[5])


def looks_of(scene, *, quick=False):
    """The looks of a scene; a moment of a story is seen in all of them."""
    if quick:
        return QUICK
    return STORIES if scene.module == "tests.shot_stories" else EVERYWHERE


@cache
def languages():
    """The languages whose catalogue is there."""
    from ui import language

    try:
        language.speak("es")
    except FileNotFoundError:
        return ("en",)
    language.speak("en")
    return language.LANGUAGES


def speak(app, code):
    """Has the window speak a language; whoever calls this dresses the widgets anew."""
    from ui import speaking
    from ui.language import saying, spoken

    if spoken() != code:
        saying.say_again(app.allWidgets(), lambda: speaking._speak(app, code))


_worn: list[Shown] = []


def begin(app):
    """Before a scene: English, dim, 100 %."""
    from ui import theme

    speak(app, "en")
    theme.apply(app, "dim", 1.0)
    _worn[:] = [EVERYWHERE[0]]


def wear(app, window, shown):
    """The window in a look, at rest; without a window, what is made next."""
    from tests.shot_stage import settle
    from ui import theme

    if not _worn:
        begin(app)
    spoken = _worn[0].language
    if spoken != shown.language:
        speak(app, shown.language)
    if theme.look() != theme.look_of(shown.theme, shown.scale) or spoken != shown.language:
        theme.apply(app, shown.theme, shown.scale)
    _worn[:] = [shown]
    if window is not None:
        window.resize(*shown.size)
    settle(app)

"""Where somebody is when they ask for help, closest first: the sheet, the phase, the screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def places_of(window: "MainWindow") -> tuple[str, ...]:
    """The names that a page of the help may be for: ``sheet:vitals``, ``infusion``, ``visit``."""
    from ui.screens.visit import VisitScreen

    screen = window.screen_shown
    if not isinstance(screen, VisitScreen):
        return (window.shown,)
    sheet = screen.action_column.open_name
    inner = (f"sheet:{sheet}",) if sheet else ()
    return (*inner, screen.phase, window.shown)


def open_help(window: "MainWindow") -> None:
    """Shows the help at the page for where one is; the screen before keeps what was typed."""
    from ui.screens.help.screen import HelpScreen

    places = places_of(window)
    screen = window.show_screen("help")
    if isinstance(screen, HelpScreen):
        screen.open_at(places)

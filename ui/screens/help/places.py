"""Where somebody is when they ask for help, closest first: the sheet, the phase, the screen."""

from ui.screens.base import Screen, Window


def places_of(screen: Screen, name: str) -> tuple[str, ...]:
    """The names that a page of the help may be for: ``sheet:vitals``, ``infusion``, ``visit``."""
    from ui.screens.visit import VisitScreen

    if not isinstance(screen, VisitScreen):
        return (name,)
    sheet = screen.action_column.open_name
    inner = (f"sheet:{sheet}",) if sheet else ()
    return (*inner, screen.phase, name)


def open_help(window: Window, name: str) -> None:
    """Shows the help at the page for the screen of that name, which keeps what was typed."""
    from ui.screens.help.screen import HelpScreen

    places = places_of(window.screen_shown, name)
    screen = window.show_screen("help")
    if isinstance(screen, HelpScreen):
        screen.open_at(places)

"""Which screens there are, and where each is made; imported once the ledger is unlocked."""

from collections.abc import Callable

from ui.desk import Desk
from ui.screens.base import Screen, Window


def make(name: str, desk: Desk, window: Window) -> Screen:
    """The screen of that name.

    Raises:
        KeyError: there is no such screen.
    """
    return _MAKERS[name](desk, window)


def _day(desk: Desk, window: Window) -> Screen:
    from ui.screens.day import DayScreen

    return DayScreen(desk, window)


def _new_visit(desk: Desk, window: Window) -> Screen:
    from ui.screens.new_visit import NewVisitScreen

    return NewVisitScreen(desk, window)


def _first_start(desk: Desk, window: Window) -> Screen:
    from ui.screens.first_start import FirstStartScreen

    return FirstStartScreen(desk, window)


def _visit(desk: Desk, _window: Window) -> Screen:
    from ui.screens.visit import VisitScreen

    return VisitScreen(desk)


def _emergency(desk: Desk, window: Window) -> Screen:
    from ui.screens.emergency import EmergencyScreen

    return EmergencyScreen(desk, window)


def _help(desk: Desk, window: Window) -> Screen:
    from ui.screens.help.screen import HelpScreen

    return HelpScreen(desk, window)


def _keys(desk: Desk, window: Window) -> Screen:
    from ui.screens.keys import KeysScreen

    return KeysScreen(desk, window)


def _settings(desk: Desk, window: Window) -> Screen:
    from ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(desk, window)


def _stock(desk: Desk, window: Window) -> Screen:
    from ui.screens.stock.screen import StockScreen

    return StockScreen(desk, window)


def _protocol(desk: Desk, window: Window) -> Screen:
    from ui.screens.protocol.screen import ProtocolScreen

    return ProtocolScreen(desk, window)


def _review(desk: Desk, window: Window) -> Screen:
    from ui.screens.supervision.screen import ReviewScreen

    return ReviewScreen(desk, window)


def _trends(desk: Desk, window: Window) -> Screen:
    from ui.screens.supervision.trends import TrendsScreen

    return TrendsScreen(desk, window)


def _check(desk: Desk, window: Window) -> Screen:
    from ui.screens.check.screen import CheckScreen

    return CheckScreen(desk, window)


def _certificates(desk: Desk, window: Window) -> Screen:
    from ui.screens.certificates.screen import CertificatesScreen

    return CertificatesScreen(desk, window)


def _drafts(desk: Desk, window: Window) -> Screen:
    from ui.screens.drafts import DraftsScreen

    return DraftsScreen(desk, window)


def _post(desk: Desk, window: Window) -> Screen:
    from ui.screens.post.screen import PostScreen

    return PostScreen(desk, window)


def _plan_visit(desk: Desk, window: Window) -> Screen:
    from ui.screens.plans.screen import PlanVisitScreen

    return PlanVisitScreen(desk, window)


def _privacy(desk: Desk, window: Window) -> Screen:
    from ui.screens.privacy import PrivacyScreen

    return PrivacyScreen(desk, window)


def _laptop(desk: Desk, window: Window) -> Screen:
    from ui.screens.laptop.screen import LaptopScreen

    return LaptopScreen(desk, window)


def _restore(desk: Desk, window: Window) -> Screen:
    from ui.screens.laptop.restore import RestoreScreen

    return RestoreScreen(desk, window)


def _people(desk: Desk, window: Window) -> Screen:
    from ui.screens.people.screen import PeopleScreen

    return PeopleScreen(desk, window)


def _recover(desk: Desk, window: Window) -> Screen:
    from ui.screens.people.recover import RecoverScreen

    return RecoverScreen(desk, window)


def _update(desk: Desk, window: Window) -> Screen:
    from ui.screens.update.screen import UpdateScreen

    return UpdateScreen(desk, window)


_MAKERS: dict[str, Callable[[Desk, Window], Screen]] = {
    "certificates": _certificates,
    "check": _check,
    "day": _day,
    "drafts": _drafts,
    "new-visit": _new_visit,
    "first-start": _first_start,
    "visit": _visit,
    "emergency": _emergency,
    "help": _help,
    "keys": _keys,
    "laptop": _laptop,
    "people": _people,
    "plan-visit": _plan_visit,
    "post": _post,
    "privacy": _privacy,
    "protocol": _protocol,
    "restore": _restore,
    "recover": _recover,
    "review": _review,
    "settings": _settings,
    "stock": _stock,
    "trends": _trends,
    "update": _update,
}

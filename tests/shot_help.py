"""Pictures of the help and of the settings, for `tests/shots.py`: they enter themselves there."""

from tests.shot_rooms import room


def _show(hand, *, page=""):
    hand.act("help")
    if page:
        hand.window.screen_shown._follow(page)
        hand.rest()


@room("help-vitals", until="infusion-started")
def _help_vitals(hand):
    hand.act("phase-3", "vitals")
    _show(hand)


@room("help-search", visit=False)
def _help_search(hand):
    _show(hand)
    hand.write("Search the help", "pressure")


@room("help-nothing", visit=False)
def _help_nothing(hand):
    _show(hand)
    hand.write("Search the help", "zebra")


@room("help-trouble", visit=False)
def _help_trouble(hand):
    _show(hand, page="trouble")


@room("settings", visit=False)
def _settings(hand):
    hand.act("settings")


@room("settings-locked", visit=False)
def _settings_locked(hand):
    hand.act("lock", "settings")

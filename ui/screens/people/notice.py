"""Reminds of the recovery key until there is one, or the clinic said that it goes without."""

from collections.abc import Callable
from typing import Final

from ketachart.errors import LedgerError
from ui.desk import Desk
from ui.notices import Message

KEY: Final = "recovery-key"
_NONE: Final = (
    "If every passphrase is forgotten, its charts stay closed for ever. Make the key before the "
    "first patient, or say why the clinic goes without. Charting goes on."
)


def tell(desk: Desk, show: Callable[[], None]) -> None:
    """Says so on the list of visits; ``show`` opens the people at the recovery key."""
    try:
        people = desk.keeping.people
        asked = (
            not desk.office.practice
            and desk.office.read_only is None
            and people.recovery() is None
            and people.declined() is None
        )
    except LedgerError:  # the look at the whole ledger names what is damaged
        return
    if not asked:
        settle(desk)
        return
    desk.notices.say(
        KEY,
        Message("warn", "This ledger has no recovery key", _NONE, act="Recovery key", on_act=show),
    )


def settle(desk: Desk) -> None:
    """It is being looked at."""
    desk.notices.settle(KEY)

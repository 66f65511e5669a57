"""Tells a person in time what is to be done about the own certificate; it never interrupts."""

from collections.abc import Callable

from ui.desk import Desk
from ui.notices import Message
from ui.screens.certificates.own import SAID, next_of

_KEY = "certificate"


def tell(desk: Desk, show: Callable[[], None]) -> None:
    """Says what comes next, where anything does; ``show`` opens the certificates."""
    coming = next_of(desk)
    warning = desk.certificates.warning()
    said = SAID[coming] if coming in {"complete", "send"} else warning or SAID[coming]
    if not said:
        desk.notices.settle(_KEY)
        return
    first, _, rest = said.partition(". ")
    happened = f"{first.removesuffix('.')}."
    message = Message("warn", happened, rest, act="Certificates", on_act=show)
    desk.notices.say(_KEY, message)


def settle(desk: Desk) -> None:
    """The certificates are being looked at."""
    desk.notices.settle(_KEY)

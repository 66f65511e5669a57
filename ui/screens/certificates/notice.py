"""Tells a person in time what is to be done about the own certificate; it never interrupts."""

from collections.abc import Callable

from ketachart.errors import LedgerDamaged
from ui.desk import Desk
from ui.notices import Message
from ui.screens.certificates.own import SAID, next_of

_KEY = "certificate"


def tell(desk: Desk, show: Callable[[], None]) -> None:
    """Says what comes next, where anything does; ``show`` opens the certificates."""
    try:
        if desk.office.certificate_at_rest:
            desk.notices.settle(_KEY)
            return
        coming, warning = next_of(desk), desk.certificates.warning()
    except LedgerDamaged:  # the look at the whole ledger names what is damaged
        return
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

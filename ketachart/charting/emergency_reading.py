"""Somebody comes in with the recovery key, and nothing may be written: the chart can be read.

A damaged or full laptop must not keep the chart from whoever needs it (45 CFR 164.312(a)(2)(ii)):
nobody is given a new passphrase then, and who came in is written down at the next unlocking that
can write.
"""

from contextlib import suppress
from datetime import datetime
from typing import Final

from ketachart.charting.people_office import Office
from ketachart.domain.facts.safekeeping import EmergencyAccess
from ketachart.errors import LedgerError
from ketachart.storage import unsaid
from ketachart.storage.keyring import Emergency
from ketachart.storage.ledger import Ledger

READING: Final = (
    "You came in with the recovery key, to read only: you were given no new passphrase, and need "
    "the key again next time. "
)
WAITS: Final = (
    "That you came in stands beside the ledger, and in its book once it can be written again."
)
NOWHERE: Final = (
    "That you came in could not be written down anywhere: tell your supervisor today, with the "
    "time and the reason."
)
_ONLY_READ: Final = " (the ledger could only be read; no new passphrase was given)"


def read_in(office: Office, ledger: Ledger, used: Emergency) -> None:
    """Lets them read, keeps who it was for the book, and says so where it says that it is read."""
    now = office.time.now()
    told = {
        "act": office.time.new_id(),
        "at": now.isoformat(),
        "staff_id": used.slot.staff_id,
        "name": used.name,
        "reason": used.reason,
        "fingerprint": used.fingerprint,
    }
    try:
        unsaid.add(office.folder, ledger.unwrapped, told)
    except LedgerError:
        ledger.say_beside(READING + NOWHERE)
    else:
        ledger.say_beside(READING + WAITS)


def tell(office: Office, ledger: Ledger) -> None:
    """Puts in the book who came in while it could not be written.

    Raises:
        LedgerError: they wait for the next time.
    """
    known = {entry.id for entry in office.keeping.entries()}
    waiting = unsaid.waiting(office.folder, ledger.unwrapped)
    for told in waiting:
        if told["act"] not in known:
            office.keeping.record(_fact(told), act=told["act"])
    if waiting:
        with suppress(LedgerError):
            unsaid.forget(office.folder)


def _fact(told: unsaid.Told) -> EmergencyAccess:
    return EmergencyAccess(
        at=datetime.fromisoformat(told["at"]),
        staff_id=told["staff_id"],
        name=told["name"],
        reason=told["reason"] + _ONLY_READ,
        fingerprint=told["fingerprint"],
    )

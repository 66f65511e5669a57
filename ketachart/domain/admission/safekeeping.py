"""What may be written of a laptop's ledger itself: never in a visit, and never without a reason."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.admission.post import beside
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import (
    BackupMade,
    EmergencyAccess,
    KeyRenewed,
    LedgerChecked,
    LedgerRenewed,
    LedgerRestored,
    PassphraseChanged,
    RecoveryDeclined,
    RecoveryKeySet,
    RecoveryRehearsed,
    RestoreRehearsed,
    RetentionSet,
    StaffAdmitted,
    StaffShutOut,
    VisitLeft,
)
from ketachart.domain.visit import Visit
from ketachart.errors import Refused

LEAST_DAYS, MOST_DAYS = 7, 3650
"""A week, so that a question of the clinic still finds its visit; ten years."""


def emergency(register: Visit, fact: EmergencyAccess, now: datetime) -> None:
    """Who and why are asked of whoever comes in without a passphrase."""
    beside(register, fact, now)
    if not fact.name.strip() or not fact.reason.strip():
        raise Refused(
            "Say who you are and why you open the ledger with the recovery key: it is kept.",
            rule="emergency without reason",
            field="reason" if fact.name.strip() else "name",
        )


def retention(register: Visit, fact: RetentionSet, now: datetime) -> None:
    """A number of days that leaves time for a question."""
    beside(register, fact, now)
    if fact.days is not None and not LEAST_DAYS <= fact.days <= MOST_DAYS:
        raise Refused(
            f"Give {LEAST_DAYS} to {MOST_DAYS} days, or let visits stay.",
            rule="retention days",
            field="days",
        )


SAFEKEEPING_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    StaffAdmitted: beside,
    StaffShutOut: beside,
    PassphraseChanged: beside,
    RecoveryKeySet: beside,
    RecoveryRehearsed: beside,
    RecoveryDeclined: beside,
    KeyRenewed: beside,
    EmergencyAccess: emergency,
    BackupMade: beside,
    LedgerChecked: beside,
    LedgerRestored: beside,
    RestoreRehearsed: beside,
    LedgerRenewed: beside,
    RetentionSet: retention,
    VisitLeft: beside,
}

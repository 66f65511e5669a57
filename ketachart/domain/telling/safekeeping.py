"""The words for how one laptop's ledger is kept."""

from collections.abc import Callable
from typing import Any

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
from ketachart.domain.wording import count, day_and_clock, file_size

Words = tuple[str, str]


def admitted(_visit: Visit, fact: StaffAdmitted) -> Words:
    """Who may unlock."""
    return "May unlock", f"{fact.name} ({fact.staff_id})"


def shut_out(_visit: Visit, fact: StaffShutOut) -> Words:
    """Who may not any more."""
    return "May unlock no longer", f"{fact.name} ({fact.staff_id}): {fact.reason}"


def changed(_visit: Visit, fact: PassphraseChanged) -> Words:
    """A new passphrase."""
    return "Passphrase changed", fact.staff_id


def recovery(_visit: Visit, fact: RecoveryKeySet) -> Words:
    """The clinic's recovery key."""
    return "Recovery key", f"key {fact.fingerprint[:8]}"


def rehearsed(_visit: Visit, fact: RecoveryRehearsed) -> Words:
    """It was tried."""
    return "Recovery rehearsed", f"key {fact.fingerprint[:8]} opens this ledger"


def declined(_visit: Visit, fact: RecoveryDeclined) -> Words:
    """It is done without."""
    return "No recovery key", fact.reason


def new_key(_visit: Visit, fact: KeyRenewed) -> Words:
    """The ledger's own key."""
    return "New key for the ledger", f"opens for {count(fact.people, 'person', 'people')}"


def emergency(_visit: Visit, fact: EmergencyAccess) -> Words:
    """It was used."""
    who = f"{fact.name} ({fact.staff_id})"
    return "OPENED WITH THE RECOVERY KEY", f"{who}: {fact.reason}; key {fact.fingerprint[:8]}"


def backup(_visit: Visit, fact: BackupMade) -> Words:
    """A copy."""
    return "Backup", f"verified to entry {fact.head_seq}, {file_size(fact.size)} ({fact.why})"


def checked(_visit: Visit, fact: LedgerChecked) -> Words:
    """The whole ledger was read."""
    found = "; ".join(fact.faults) or "nothing wrong"
    return "Ledger checked", f"to entry {fact.head_seq}: {found}"


def restored(_visit: Visit, fact: LedgerRestored) -> Words:
    """From a backup."""
    more = f" and {count(fact.regained, 'later entry', 'later entries')}" if fact.regained else ""
    why = f": {fact.reason}" if fact.reason else ""
    made = day_and_clock(fact.made_at)
    return "LEDGER RESTORED", f"backup of {made}, to entry {fact.head_seq}{more}{why}"


def restore_rehearsed(_visit: Visit, fact: RestoreRehearsed) -> Words:
    """A restore was tried."""
    return "Restore rehearsed", f"backup read whole, to entry {fact.head_seq}; nothing was changed"


def renewed(_visit: Visit, fact: LedgerRenewed) -> Words:
    """To a newer shape."""
    return "Ledger renewed", f"version {fact.from_version} to {fact.to_version}, {fact.program}"


def retention(_visit: Visit, fact: RetentionSet) -> Words:
    """How long a visit stays."""
    if fact.days is None:
        return "Visits stay on this laptop", "no limit"
    more = ", reviewed or not" if fact.unreviewed else ""
    return "Visits leave this laptop", f"{count(fact.days, 'day')} after they were signed{more}"


def left(_visit: Visit, fact: VisitLeft) -> Words:
    """A visit that is here no longer."""
    entries = count(fact.entries, "entry", "entries")
    return "Visit left this laptop", f"{fact.visit}, {entries}; receipt and backup are kept"


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    StaffAdmitted: admitted,
    StaffShutOut: shut_out,
    PassphraseChanged: changed,
    RecoveryKeySet: recovery,
    RecoveryRehearsed: rehearsed,
    RecoveryDeclined: declined,
    KeyRenewed: new_key,
    EmergencyAccess: emergency,
    BackupMade: backup,
    LedgerChecked: checked,
    LedgerRestored: restored,
    RestoreRehearsed: restore_rehearsed,
    LedgerRenewed: renewed,
    RetentionSet: retention,
    VisitLeft: left,
}

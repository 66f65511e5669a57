"""People and keys in words: who unlocks, since when, and how the recovery key stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import day
from ui.screens.certificates.words import in_fours
from ui.tokens import Tone
from ui.widgets.key_value import KeyValue
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.people import PersonRow, Recovery
    from ketachart.domain.facts.safekeeping import RecoveryDeclined

RECOVERY, KEY = "recovery", "key"
NONE_SET: Final = (
    "If every passphrase is forgotten, this ledger stays closed for ever. A recovery key, kept by "
    "the clinic away from this laptop, opens it then. Make it before the first patient."
)


def day_of(moment: datetime, now: datetime) -> str:
    """The day of a moment, where the nurse is."""
    return day(moment.astimezone(now.tzinfo).date())


def named(person: "PersonRow") -> str:
    """Name and letters."""
    return f"{person.name}, {person.credential}" if person.credential else person.name


def _standing(person: "PersonRow", now: datetime) -> tuple[str, Tone, str]:
    since = f" since {day_of(person.since, now)}" if person.since else ""
    if person.may_unlock:
        return f"May unlock{since}", "ok", "circle-check"
    if person.shut_out:
        when = f" {day_of(person.since, now)}" if person.since else ""
        return f"Shut out{when}: {person.shut_out}", "muted", "lock"
    return "Does not unlock this laptop", "muted", "lock"


def row_of_person(person: "PersonRow", now: datetime) -> ListRow:
    """One person in the list."""
    words, tone, sign = _standing(person, now)
    return ListRow(
        key=f"person:{person.staff_id}",
        what=named(person) + (" (you)" if person.you else ""),
        value=person.role,
        mark=words,
        sign=sign,
        tone=tone,
        names=True,
    )


def facts_of_person(person: "PersonRow", now: datetime) -> tuple[KeyValue, ...]:
    """Everything that is known of a person here."""
    words, tone, _sign = _standing(person, now)
    number = f"{person.licence} {person.licence_state}".strip()
    return (
        KeyValue("Here", words, "text" if tone == "muted" else tone),
        KeyValue("Role", person.role),
        KeyValue("Licence", number or "not on file", "text" if number else "warn"),
        _until(person, now),
        KeyValue("Staff id", person.staff_id),
    )


def _until(person: "PersonRow", now: datetime) -> KeyValue:
    ends = person.licence_expires
    if ends is None:
        return KeyValue("Valid until", "no last day on file", "warn")
    ended = ends < now.date()
    return KeyValue(
        "Valid until", day(ends) + (": ended" if ended else ""), "danger" if ended else "text"
    )


def row_of_recovery(
    kept: "Recovery | None", declined: "RecoveryDeclined | None", now: datetime
) -> ListRow:
    """The recovery key in the list."""
    words, tone, sign = _stands(kept, declined, now)
    return ListRow(
        RECOVERY,
        "Recovery key",
        "kept by the clinic",
        mark=words,
        sign=sign,
        tone=tone,
        names=True,
    )


def _stands(
    kept: "Recovery | None", declined: "RecoveryDeclined | None", now: datetime
) -> tuple[str, Tone, str]:
    if kept is not None and kept.fault:
        return "Not as it was set", "danger", "octagon-alert"
    if kept is not None and kept.rehearsed_at is None:
        return "Set, never rehearsed", "warn", "triangle-alert"
    if kept is not None and kept.rehearsed_at is not None:
        return f"Rehearsed {day_of(kept.rehearsed_at, now)}", "ok", "circle-check"
    if declined is not None:
        return "The clinic goes without it", "muted", "lock"
    return "None yet", "warn", "triangle-alert"


def facts_of_recovery(
    kept: "Recovery | None", declined: "RecoveryDeclined | None", now: datetime
) -> tuple[KeyValue, ...]:
    """How the recovery key stands."""
    if kept is None:
        if declined is None:
            return ()
        return (KeyValue("Gone without", f"since {day_of(declined.at, now)}: {declined.reason}"),)
    tried = day_of(kept.rehearsed_at, now) if kept.rehearsed_at else "never"
    return (
        KeyValue("Set", day_of(kept.set_at, now) if kept.set_at else "not in this book"),
        KeyValue("Rehearsed", tried, "text" if kept.rehearsed_at else "warn"),
        KeyValue("Key", in_fours(kept.fingerprint)),
    )

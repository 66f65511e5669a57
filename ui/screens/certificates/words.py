"""Certificates in words: how each stands, until when, and its fingerprint in groups."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import day
from ui.tokens import Tone
from ui.widgets.key_value import KeyValue
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.certificates import Issued
    from ketachart.charting.post_shapes import JoinRequest

STATES: Final[dict[str, tuple[str, Tone, str]]] = {
    "valid": ("In force", "ok", "circle-check"),
    "ends soon": ("Ends soon", "warn", "triangle-alert"),
    "ended": ("Ended", "danger", "octagon-alert"),
    "withdrawn": ("Withdrawn", "danger", "octagon-alert"),
}


def in_fours(digits: str) -> str:
    """A fingerprint in groups of four, as it is read out."""
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def row_of_certificate(one: "Issued", now: datetime, *, own: bool) -> ListRow:
    """One certificate in the list."""
    word, tone, sign = STATES[one.state]
    return ListRow(
        key=f"certificate:{one.serial}",
        what=f"{one.name}, {one.credential}" + (" (you)" if own else ""),
        value=f"until {day(one.until.astimezone(now.tzinfo).date())}",
        mark=f"{word}: {one.reason}" if one.reason else word,
        sign=sign,
        tone=tone,
        names=True,
    )


def row_of_request(one: "JoinRequest") -> ListRow:
    """One laptop that asks."""
    return ListRow(
        key=f"request:{one.item}",
        what=f"{one.fact.name}, {one.fact.credential}",
        value="asks for a certificate",
        mark="Compare by telephone",
        sign="phone",
        tone="warn",
        names=True,
    )


def standing_facts(one: "Issued", now: datetime) -> tuple[KeyValue, ...]:
    """Everything about a certificate."""
    word, tone, _sign = STATES[one.state]
    here = "on this laptop" if one.here else "on another laptop, or on a token"
    return (
        KeyValue("Name", f"{one.name}, {one.credential}"),
        KeyValue("Staff number", one.staff_id),
        KeyValue("Stands", f"{word}: {one.reason}" if one.reason else word, tone),
        KeyValue("From", day(one.since.astimezone(now.tzinfo).date())),
        KeyValue("Until", day(one.until.astimezone(now.tzinfo).date())),
        KeyValue("Its key", here),
        KeyValue("Number", in_fours(one.serial)),
        KeyValue("Fingerprint", in_fours(one.fingerprint)),
    )

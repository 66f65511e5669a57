"""Whether a signed visit may leave the laptop: only what the clinic has, and nothing here needs.

Never before its receipt, a verified backup and the days of the policy (features.md, row 116); and
never while its infusion still counts for the patient's limits (`earlier/past.py`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ketachart.domain.earlier.past import COPIED_DAYS
from ketachart.domain.post.standing import StandingState
from ketachart.domain.wording import count, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How long visits stay: so many days after signing; ``days`` None: for ever.

    ``unreviewed``: also those leave that the clinic received and has not reviewed.
    """

    days: int | None = None
    unreviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What must be known of a signed visit before it leaves.

    ``version`` is the last version of its report and ``state`` how far that came; ``has_receipt``
    that the clinic said it has that very file. ``questions``, ``orders`` (by phone, not signed by
    their prescriber) and ``calls`` (planned, not made) are those still open; ``backed_up`` that a
    verified backup holds all of its entries.
    """

    day: date
    signed_on: date
    infused: bool
    state: StandingState
    version: int
    has_receipt: bool
    conflict: bool = False
    questions: int = 0
    orders: int = 0
    calls: int = 0
    backed_up: bool = False


def why_it_stays(known: Whereabouts, policy: Policy, today: date) -> str:
    """The first reason why a visit must stay, in words; empty where it may leave."""
    return (
        for_now(known.signed_on, policy, today)
        or _at_the_clinic(known, policy)
        or _open(known)
        or _still_counts(known, today)
        or ("" if known.backed_up else "No verified backup holds all of it yet. Make a backup.")
    )


def for_now(signed_on: date, policy: Policy, today: date) -> str:
    """Why it stays by the policy alone: no days are set, or they have not passed."""
    if policy.days is None:
        return "Visits stay on this laptop: no supervisor set a number of days."
    until = signed_on + timedelta(days=policy.days)
    if today < until:
        return f"It stays until {day(until)}, {count(policy.days, 'day')} after it was signed."
    return ""


def _at_the_clinic(known: Whereabouts, policy: Policy) -> str:
    if known.conflict:
        return "Two different reports claim to be the same version. Ask the clinic which counts."
    if not known.has_receipt:
        return f"The clinic has not said that it has version {known.version} of the report."
    if known.questions:
        return f"{count(known.questions, 'question')} of the clinic not answered yet."
    if known.state in {"questions", "has errors"}:
        return f"The clinic found something in version {known.version}: read its verdict."
    if known.state != "reviewed" and not policy.unreviewed:
        return f"The clinic has not reviewed version {known.version} yet."
    return ""


def _open(known: Whereabouts) -> str:
    if known.orders:
        return f"{count(known.orders, 'order')} by phone not signed by the prescriber yet."
    if known.calls:
        return f"{count(known.calls, 'planned call')} to the patient not made yet."
    return ""


def _still_counts(known: Whereabouts, today: date) -> str:
    until = known.day + timedelta(days=COPIED_DAYS)
    if known.infused and today <= until:
        return f"Its infusion counts for the patient's limits until {day(until)}."
    return ""

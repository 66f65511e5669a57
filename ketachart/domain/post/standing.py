"""How far a visit's report has come, honestly: a package that was written has not arrived.

Draft, signed, packed, received (only a receipt says so), then what the supervisor found
(features.md row 115).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.facts.post import (
    SIGNED_HERE,
    ConflictSeen,
    ReceiptTaken,
    ReportSent,
    ReportTaken,
    VerdictGiven,
)
from ketachart.domain.post.acknowledgement import post_words
from ketachart.domain.post.threads import Thread
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, day_and_clock

StandingState = Literal[
    "draft", "signed", "packed", "received", "questions", "reviewed", "has errors"
]


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """One signed version of the report; ``at`` is when it was signed."""

    version: int
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened on the way, with its time and version."""

    state: StandingState
    version: int
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the newest version stands, since when, and the whole way there.

    ``at`` is None for a draft. ``conflict`` says that two different reports claim one version.
    """

    state: StandingState
    words: str
    version: int = 0
    at: datetime | None = None
    steps: tuple[Step, ...] = ()
    open_questions: int = 0
    conflict: bool = False


DRAFT = Standing(state="draft", words="Not signed yet")


def taken_versions(post: Visit) -> tuple[SignedVersion, ...]:
    """The versions that came in here, for a ledger that does not hold the visit itself."""
    return tuple(
        SignedVersion(fact.report, fact.sha256, fact.signed_at) for fact in post.facts(ReportTaken)
    )


def standing(
    versions: Sequence[SignedVersion], post: Visit, threads: Sequence[Thread] = ()
) -> Standing:
    """Where a visit stands.

    Args:
        versions: its signed versions.
        post: what stands beside the visit.
        threads: the supervisor's questions.
    """
    if not versions:
        return DRAFT
    newest = max(versions, key=lambda one: one.version)
    steps = sorted(
        (step for one in versions for step in _way(one, post)),
        key=lambda step: (step.version, _ORDER.index(step.state), step.at),
    )
    open_questions = sum(thread.open for thread in threads)
    last = [step for step in steps if step.version == newest.version][-1]
    state, words = last.state, _now(last)
    if open_questions and state != "has errors":
        asked = count(open_questions, "question")
        state, words = "questions", f"{asked} to answer; version {newest.version} {_low(last)}"
    orders = post_words(post)
    return Standing(
        state=state,
        words=f"{words}. {orders}" if orders else words,
        version=newest.version,
        at=last.at,
        steps=tuple(steps),
        open_questions=open_questions,
        conflict=bool(post.of(ConflictSeen)),
    )


_ORDER: tuple[StandingState, ...] = (
    "draft", "signed", "packed", "received", "questions", "reviewed", "has errors",
)  # fmt: skip
_MISSING = {"signed": "; not packed yet", "packed": "; no receipt yet"}


def _now(step: Step) -> str:
    """The last step, and what has not happened yet."""
    return f"{step.words}{_MISSING.get(step.state, '')}"


def _low(step: Step) -> str:
    words = _now(step)
    return words[0].lower() + words[1:]


def _way(one: SignedVersion, post: Visit) -> list[Step]:
    """Every step of one version; a fact counts where it names the same file."""
    steps = [Step("signed", one.version, one.at, f"Signed {day_and_clock(one.at)}")]
    sent = [entry for entry in post.of(ReportSent) if entry.fact.sha256 == one.sha256]
    if sent:
        at = sent[-1].fact.at
        words = f"Packed {day_and_clock(at)} for {sent[-1].fact.name}"
        steps.append(Step("packed", one.version, at, words))
    for at, by in _arrivals(one, post)[:1]:
        words = f"Received {day_and_clock(at)} by {by}" if by else f"Received {day_and_clock(at)}"
        steps.append(Step("received", one.version, at, words))
    verdicts = [fact for fact in post.facts(VerdictGiven) if fact.sha256 == one.sha256]
    if verdicts:
        steps.append(_verdict(one, max(verdicts, key=lambda fact: (fact.given_at, fact.item))))
    return steps


def _arrivals(one: SignedVersion, post: Visit) -> list[tuple[datetime, str]]:
    receipts = [(r.taken_at, r.by) for r in post.facts(ReceiptTaken) if r.sha256 == one.sha256]
    here = [
        (t.at, "")
        for t in post.facts(ReportTaken)
        if t.sha256 == one.sha256 and t.item != SIGNED_HERE
    ]
    return sorted(receipts + here)


def _verdict(one: SignedVersion, fact: VerdictGiven) -> Step:
    when = f"{day_and_clock(fact.given_at)} by {fact.by}"
    if fact.verdict == "has errors":
        return Step("has errors", one.version, fact.given_at, f"Errors {when}: {fact.words}")
    if fact.verdict == "question":
        return Step("questions", one.version, fact.given_at, f"Reviewed with questions {when}")
    signed = " and countersigned" if fact.countersigned else ""
    return Step("reviewed", one.version, fact.given_at, f"Reviewed{signed} {when}")

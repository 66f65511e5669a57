"""How a visit's reports stand with the supervisor: versions, questions, verdicts; folded, not kept.

The facts stand beside the visit, in a stream of their own; they may come out of order and twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.facts.post import (
    ConflictSeen,
    ReportTaken,
    VerdictGiven,
)
from ketachart.domain.post.threads import threads
from ketachart.domain.visit import Visit

State = Literal["waiting", "asked", "answered", "reviewed", "has errors", "not good"]
SETTLED: tuple[State, ...] = ("reviewed", "has errors")
STATE_WORDS: dict[State, str] = {
    "waiting": "waiting for review",
    "asked": "question open",
    "answered": "question answered",
    "reviewed": "reviewed",
    "has errors": "has errors",
    "not good": "signature not good",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One report as it came in: the fact, and when it was taken in here."""

    fact: ReportTaken
    at: datetime


def reports(post: Visit) -> tuple[Taken, ...]:
    """Every report that came in, each file once, by version and then by when it came."""
    found: dict[str, Taken] = {}
    for entry in sorted(post.of(ReportTaken), key=lambda one: one.number):
        found.setdefault(entry.fact.sha256, Taken(entry.fact, entry.recorded_at))
    return tuple(sorted(found.values(), key=lambda one: (one.fact.report, one.at)))


def newest(post: Visit) -> Taken | None:
    """The report that is reviewed: the newest version, a good one before one that is not.

    A file that is not good never takes the place of one that is, whatever version it claims.
    """
    every = reports(post)
    good = [one for one in every if one.fact.good]
    if not every:
        return None
    known = good or every
    last = max(one.fact.report for one in known)
    return next(one for one in known if one.fact.report == last)


def of_version(post: Visit, version: int) -> Taken | None:
    """The report of one version: a good one before one that is not, then the first that came."""
    found = [one for one in reports(post) if one.fact.report == version]
    return min(found, key=lambda one: not one.fact.good, default=None)


def conflicts(post: Visit) -> tuple[ConflictSeen, ...]:
    """Versions of which two different files came."""
    return post.facts(ConflictSeen)


def in_turn(post: Visit) -> tuple[VerdictGiven, ...]:
    """Every verdict in the order in which they were given, whenever they came."""
    return tuple(sorted(post.facts(VerdictGiven), key=lambda fact: (fact.given_at, fact.item)))


def verdict_on(post: Visit, sha256: str) -> VerdictGiven | None:
    """The verdict on one file that was given last, whenever it came; None where there is none."""
    given = [fact for fact in in_turn(post) if fact.sha256 == sha256]
    return given[-1] if given else None


def state_of(post: Visit, visit: Visit | None) -> State:
    """How the newest report stands.

    While the visit was not read again (None) its answers are not known: then a question that was
    asked before the verdict counts as settled by it.
    """
    last = newest(post)
    if last is None:
        return "waiting"
    asked = threads(post, visit)
    verdict = verdict_on(post, last.fact.sha256)
    if verdict is not None and verdict.verdict == "has errors":
        return "has errors"
    if not last.fact.good:
        return "not good"
    since = verdict.given_at if visit is None and verdict is not None else None
    if any(one.open and (since is None or one.asked_at > since) for one in asked):
        return "asked"
    if verdict is not None and verdict.verdict == "reviewed":
        return "reviewed"
    if any(thread.state == "answered" for thread in asked):
        return "answered"
    return "waiting"

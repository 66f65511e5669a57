"""What the chart makes of medicines at home, of treatments tried before, and of the symptoms."""

from collections.abc import Callable
from datetime import datetime

from ketachart.domain.course import started_at, stopped_at
from ketachart.domain.facts import HistoryTaken, MedicinesListed, SymptomsNoted
from ketachart.domain.facts.arrival import Tried
from ketachart.domain.judgements import Judged
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import count, listed

FAILED = frozenset({"some", "none", "not-tolerated"})
"""Outcomes after which a treatment was not enough."""

OUTCOMES: dict[str, str] = {
    "helped": "helped", "some": "helped a little", "none": "no help",
    "not-tolerated": "not tolerated", "not-said": "outcome not said",
}  # fmt: skip


def tried_words(one: Tried) -> str:
    """“sumatriptan 100 mg (no help)”."""
    return f"{one.name} ({OUTCOMES[one.outcome]})"


def judge_medicines(visit: Visit, _now: datetime) -> Judged:
    """The list of today is needed; what stands in it raises its own questions."""
    told = visit.last_fact(MedicinesListed)
    if told is None:
        return Judged(None, "today's medicines are needed")
    if not told.medicines:
        return Judged("clear", "none, asked today")
    names = listed([one.name.strip() for one in told.medicines])
    return Judged("clear", f"{count(len(told.medicines), 'medicine')}: {names}")


def judge_tried(visit: Visit, _now: datetime) -> Judged:
    """Acute use is for when other treatments failed; where none did, the prescriber is asked."""
    told = visit.last_fact(HistoryTaken)
    if told is None:
        return Judged(None, "the history is needed")
    if not told.tried:
        return Judged("ask", "no treatment tried before is charted")
    words = listed([tried_words(one) for one in told.tried])
    if any(one.outcome in FAILED for one in told.tried):
        return Judged("clear", words)
    return Judged("ask", f"none of them is charted as failed: {words}")


def symptoms_before(visit: Visit) -> Entry[SymptomsNoted] | None:
    """The last note up to the start; every note where the pump was never started."""
    start = started_at(visit)
    notes = [entry for entry in visit.of(SymptomsNoted) if start is None or entry.at <= start]
    return notes[-1] if notes else None


def symptoms_after(visit: Visit) -> Entry[SymptomsNoted] | None:
    """The last note after the stop; while it still runs, the last one since the start."""
    start, stop = started_at(visit), stopped_at(visit)
    since = stop or start
    if since is None:
        return None
    notes = [entry for entry in visit.of(SymptomsNoted) if entry.at >= since and entry.at != start]
    return notes[-1] if notes else None


REVIEW_JUDGES: dict[str, Callable[[Visit, datetime], Judged]] = {
    "medicines": judge_medicines,
    "tried": judge_tried,
}
"""The questions that the chart answers from the medical review."""

"""What of a visit stands out in the supervisor's queue: a word and a picture each, worst first.

Every flag is worked out from the visit again; none is stored, and none is a verdict.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.addenda import addenda, as_signed
from ketachart.domain.after.calls import calls
from ketachart.domain.alerts import alert_history
from ketachart.domain.audit import completions, late_lines, log
from ketachart.domain.care.serious import serious
from ketachart.domain.counts import balance
from ketachart.domain.facts import (
    DrugWasted,
    InfusionPaused,
    OverrideAuthorised,
    PatientReleased,
)
from ketachart.domain.found.drug import unaccounted_sentence
from ketachart.domain.infusion import last_moment
from ketachart.domain.post.acknowledgement import (
    acknowledgements,
    needs,
    open_words,
    refused_words,
)
from ketachart.domain.quantities import Mg
from ketachart.domain.supervision.flat import notices
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count, with_unit


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that stands out: its code, a few words, its picture, and whether it is grave.

    ``entry`` is the entry that tells it, where one does.
    """

    code: str
    words: str
    icon: str
    grave: bool = False
    entry: str = ""


def flags_of(
    visit: Visit, now: datetime, post: Visit | None = None, *, known: bool = True
) -> tuple[Flag, ...]:
    """Everything that stands out, grave things first.

    Args:
        visit: the visit as the report tells it, with its addenda.
        now: the reviewer's time; a planned call is overdue by it.
        post: what stands beside it: which phone orders were signed since.
        known: whether that is known here; a folder without a ledger does not know it.
    """
    if not visit.standing:
        return ()
    found = (*_orders(visit, post or Visit(), known=known), *steady(visit), *_since(visit, now))
    return tuple(sorted(found, key=lambda flag: not flag.grave))


def _orders(visit: Visit, post: Visit, *, known: bool) -> Iterator[Flag]:
    """Orders by phone that nobody signed yet, and those that the prescriber refused to sign."""
    every = acknowledgements(visit, post)
    refused = [one.needs.entry for one in every if one.state == "refused"]
    waits = [one.needs.entry for one in every if one.state == "open"]
    for words in refused_words(every):
        yield Flag("order-refused", words, "circle-x", grave=True, entry=refused[0])
    for words in open_words(every, known=known):
        yield Flag("order-unsigned", words, "phone", entry=waits[0])


def steady(visit: Visit) -> tuple[Flag, ...]:
    """What stands out whatever the time is; worked out once for a visit, best in a worker."""
    needs(visit)  # the flags of the phone orders rest on it
    return visit.once("flags", lambda whole: tuple(_steady(as_signed(whole))))


def _steady(visit: Visit) -> Iterator[Flag]:
    yield from _serious(visit)
    yield from _release(visit)
    yield from _limits(visit)
    yield from _drug(visit)
    yield from _course(visit)
    yield from _kept(visit)


def _serious(visit: Visit) -> Iterator[Flag]:
    for one in serious(visit):
        yield Flag("serious", one.words, "siren", grave=True, entry=one.entry)


def _release(visit: Visit) -> Iterator[Flag]:
    left = visit.last(PatientReleased)
    if left is not None and left.fact.outcome == "against-advice":
        yield Flag("against-advice", "left against advice", "log-out", grave=True, entry=left.id)
    if left is not None and left.fact.outcome == "with-reason":
        yield Flag("with-reason", "released with a reason", "log-out", entry=left.id)
    signed = visit.signed
    if signed is not None and signed.fact.incomplete:
        words = f"signed incomplete: {signed.fact.incomplete}"
        yield Flag("incomplete", words, "circle-dot", grave=True, entry=signed.id)


def _limits(visit: Visit) -> Iterator[Flag]:
    passed = [a for a in alert_history(visit, last_moment(visit)) if a.level != "attention"]
    if passed:
        emergency = any(alert.level == "emergency" for alert in passed)
        words = f"{count(len(passed), 'limit')} passed"
        yield Flag("limit", words, "triangle-alert", grave=emergency)
    overrides = visit.of(OverrideAuthorised)
    if overrides:
        words = f"{count(len(overrides), 'override')} by phone"
        yield Flag("override", words, "phone", entry=overrides[0].id)


def _drug(visit: Visit) -> Iterator[Flag]:
    unseen = [entry for entry in visit.of(DrugWasted) if entry.fact.witness_mode == "none"]
    if unseen:
        much = with_unit(sum((entry.fact.amount_mg for entry in unseen), Mg.zero()))
        yield Flag(
            "unseen-waste", f"{much} wasted unseen", "eye-off", grave=True, entry=unseen[0].id
        )
    sums = balance(visit)
    if not sums.out.is_zero and not sums.closes:
        yield Flag("balance", unaccounted_sentence(sums), "scale", grave=True)


def _course(visit: Visit) -> Iterator[Flag]:
    pauses = visit.of(InfusionPaused)
    if pauses:
        times = "" if len(pauses) == 1 else f" {len(pauses)} times"
        yield Flag("paused", f"paused{times}", "circle-pause", entry=pauses[0].id)


def _kept(visit: Visit) -> Iterator[Flag]:
    done = completions(visit)
    struck = [line for line in log(visit) if line.struck and line.entry.id not in done]
    if struck:
        words = count(len(struck), "correction")
        yield Flag("corrections", words, "pencil", entry=struck[0].entry.id)
    late = late_lines(visit)
    if late:
        words = count(len(late), "late entry", "late entries")
        yield Flag("late", words, "clock-alert", entry=late[0].entry.id)
    for notice in notices(visit):
        yield Flag(notice.code, notice.short, "info", entry=notice.entries[0])


def _since(visit: Visit, now: datetime) -> Iterator[Flag]:
    overdue = [call for call in calls(visit) if call.state(now) == "overdue"]
    if overdue:
        yield Flag("call-overdue", count(len(overdue), "call") + " overdue", "phone")
    added = addenda(visit)
    if added:
        words = count(len(added), "addendum", "addenda")
        yield Flag("addenda", words, "notebook-pen", entry=added[-1].id)

"""A visit is charted in any order that makes sense: late, early, from the end to the beginning."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart.domain.admission.door import admit
from ketachart.domain.counts import balance
from ketachart.domain.course import started_at
from ketachart.domain.facts import EntryStruck, VisitSigned
from ketachart.domain.infusion import delivery
from ketachart.domain.release import release
from ketachart.domain.screening import screening
from ketachart.domain.visit import fold
from ketachart.errors import Refused
from tests.helpers.stories import STORIES
from tests.report.charted_visits import charted

SHUFFLES = 2


def entries_of(name):
    """What a story charted and let stand, without the signature."""
    visit, now = charted(name)
    struck = set(visit.strikes)
    kept = [
        entry
        for entry in visit.entries
        if not isinstance(entry.fact, (VisitSigned, EntryStruck))
        and entry.kind != "report-signed"
        and entry.id not in struck
    ]
    return kept, now


def chart(order, *, now):
    """Charts the entries one after the other; what is refused waits until something else is there.

    Answers the visit, or says what was never taken.
    """
    visit, waiting = fold(()), list(order)
    while waiting:
        left, said = [], ""
        for entry in waiting:
            try:
                admit(visit, entry.fact, now=now)
            except Refused as refusal:
                left.append(entry)
                said = f"{entry.kind}: {refusal}"
            else:
                number = len(visit.entries) + 1
                visit = fold((*visit.entries, replace(entry, number=number, recorded_at=now)))
        assert len(left) < len(waiting), said
        waiting = left
    return visit


@pytest.mark.parametrize("name", STORIES)
def test_a_story_charted_in_another_order_comes_to_the_same(name):
    kept, now = entries_of(name)
    later = now + timedelta(minutes=5)
    told = fold(tuple(kept))
    first, rest = kept[:6], kept[6:]  # clinic, nurse, patient, order, protocol and visit are opened
    for seed in range(SHUFFLES):
        dice = random.Random(f"{name} {seed}")
        shuffled = [*rest]
        dice.shuffle(shuffled)
        if seed == 0:
            shuffled = rest[::-1]
        visit = chart([*first, *shuffled], now=later)
        assert same(visit, later) == same(told, later)


def same(visit, now):
    """What must not depend on the order of writing."""
    run = delivery(visit, now)
    return (
        run.total_mg, run.infused_ml, run.state, started_at(visit), balance(visit, now),
        [(state.item.code, state.answer) for state in screening(visit, now).items],
        [(state.criterion.code, state.state) for state in release(visit, now).criteria],
        sorted(entry.id for entry in visit.standing),
    )  # fmt: skip

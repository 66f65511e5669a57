"""Chooses how slow one guess at a passphrase is on this laptop: half a second, and never less.

Measured here, since a laptop bought in three years guesses faster than any number written today.
"""

import math
import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ketachart.storage.kdf import (
    CEILING_KIB,
    FAST_FOR_TESTS,
    FLOOR_KIB,
    MOST_PASSES,
    MOST_WORK,
    STANDARD,
    KdfParameters,
    stretch,
)

LEAST_S = 0.5
"""Seconds of one guess, at least (storage.md, section 2)."""

_MARGIN = 1.15  # a measurement is a little different each time
_STEPS = 8
_PASSES_FIRST = 10  # up to here passes are raised, after that memory, which costs a thief more

Measure = Callable[[KdfParameters], float]


def chosen(*, practice: bool) -> KdfParameters:
    """The cost that a passphrase is locked with here; measured once in each run. Slow: a worker.

    Raises:
        LedgerError: there is not even the memory for the least.
    """
    return FAST_FOR_TESTS if practice else _measured_once()


def needs_stronger(cost: KdfParameters, *, practice: bool) -> bool:
    """Whether a slot was locked with less than the standard, so that it should be locked anew."""
    return not practice and cost.work < STANDARD.work


def choose(measure: Measure, *, free_kib: int) -> KdfParameters:
    """The least cost, from the standard upwards, whose guess takes half a second.

    Args:
        measure: seconds that one guess takes with that cost.
        free_kib: memory that is free now, KiB; a guess takes half of it at most, so that
            unlocking goes on while other programs run. The work of the standard is kept then by
            more passes.
    """
    roof = max(FLOOR_KIB, min(CEILING_KIB, free_kib // 2))
    cost = _within(STANDARD, roof)
    took = measure(cost)
    for _ in range(_STEPS):
        if took >= LEAST_S:
            break
        raised = _raised(cost, took, roof)
        if raised == cost:
            break
        cost, took = raised, measure(raised)
    return replace(cost, took_ms=round(took * 1000))


def _within(cost: KdfParameters, roof: int) -> KdfParameters:
    """The same work, or more, with no more memory than there is."""
    if cost.m_kib <= roof:
        return cost
    return KdfParameters(m_kib=roof, t=math.ceil(cost.work / roof), p=cost.p)


def _raised(cost: KdfParameters, took: float, roof: int) -> KdfParameters:
    """More passes, then more memory, then passes again, up to the ceiling of `fits`."""
    factor = max(_MARGIN, LEAST_S * _MARGIN / max(took, 0.001))
    wanted = math.ceil(cost.t * factor)
    if wanted > _PASSES_FIRST and cost.m_kib * 2 <= roof:
        return KdfParameters(m_kib=cost.m_kib * 2, t=max(cost.t, _PASSES_FIRST // 2), p=cost.p)
    passes = min(wanted, MOST_PASSES, MOST_WORK // cost.m_kib)
    return KdfParameters(m_kib=cost.m_kib, t=max(cost.t, passes), p=cost.p)


@cache
def _measured_once() -> KdfParameters:
    import psutil

    free = int(psutil.virtual_memory().available) // 1024
    return choose(_seconds, free_kib=free)


def _seconds(cost: KdfParameters) -> float:
    """How long one guess takes on a laptop that does nothing else.

    Worked out from what the processors did: by the clock on the wall a busy laptop looks slow, and
    would be given too low a cost.
    """
    begun, worked = time.perf_counter(), time.process_time()
    stretch("how long does one guess take here", salt=bytes(16), cost=cost)
    lanes = min(cost.p, os.cpu_count() or 1)
    return min(time.perf_counter() - begun, (time.process_time() - worked) / lanes)

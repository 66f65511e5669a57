"""Blood pressures that are more even than readings usually are, and sets written in one go.

A neutral hint for whoever reads the report, never a judgement (features.md, idea 11): an arterial
line, a very calm patient or a page of notes copied in after an emergency look just like it.

What chance does is measured on made-up series without any drift of the patient's own, which makes
them more even than real ones. A reading scatters by 4.2 mmHg (systolic) and 3.1 mmHg (diastolic),
one standard deviation: half of 1,800 simultaneous pairs of an automatic cuff (Dinamap PRO 100, 60
volunteers) were within 4 and 3 mmHg of each other, and for a normal scatter the half lies within
0.954 standard deviations of one reading. Of 4,000 series each of 8 to 49 readings, read to 1, 2 or
5 mmHg, fewer than 1 in 100 are flagged. Where patient and cuff scatter half as much it is up to 4
in 100, and up to 15 in 100 if such a cuff is read to 2 or 5 mmHg only.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from ketachart.domain.facts import VitalsTaken
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import count, length

WITHIN = 2  # mmHg between the highest and the lowest of a run
RUN, LONG_RUN = 6, 8  # so many in a row are told; the longer run where there are many readings
MANY = 12  # readings; the more there are, the longer a run comes by chance
STEPS, STEP_BELOW = 8, 1.5  # readings from which successive differences are told, and below what
SAME = 3  # sets in a row with the same pressure and heart rate
ROUND = 6  # readings that all end in 0
AT_ONCE, SPREAD, BATCH = timedelta(minutes=2), timedelta(minutes=15), 4
IN_A_HUNDRED, IN_A_HUNDRED_CALM, IN_A_HUNDRED_COARSE = 1, 4, 15

_OFTEN = "Often there is a reason; ask if it matters."
_BY_CHANCE = (
    f"By chance fewer than {IN_A_HUNDRED} in 100 visits show it (4,000 made-up series of 8 to 49 "
    "readings, with the scatter that an automatic cuff had in 1,800 pairs of readings); with a "
    f"cuff that scatters half as much, up to {IN_A_HUNDRED_CALM} in 100, and up to "
    f"{IN_A_HUNDRED_COARSE} in 100 if it is read to 2 or 5 mmHg only."
)
_SAME_RATE_UNKNOWN = (
    "How often it comes by chance was not measured: it depends on how steady the heart rate is, "
    "and a patient at rest, or an arterial line, can show it."
)
_NOT_BY_CHANCE = (
    "It says only when the sets were written, not how they were measured: sets that are caught up "
    "on after a busy time look like this. No rate by chance is known."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing worth asking about: in words, in a few words for the queue, and how often it is so.

    ``entries`` are the ids of the sets that it is about, in the order of their times; ``help`` says
    how often an ordinary visit shows it by chance.
    """

    code: str
    sentence: str
    short: str
    help: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pressure:
    """One set with both pressures, mmHg; the heart rate is None where it was not measured."""

    systolic: int
    diastolic: int
    heart_rate: int | None = None
    entry: str = ""


def notices(visit: Visit) -> tuple[Notice, ...]:
    """What is more even, or more at once, than usual; none in most visits."""
    return visit.once("even or at once", lambda whole: tuple(_notices(whole)))


def _notices(visit: Visit) -> Iterator[Notice]:
    sets = visit.of(VitalsTaken)
    read = [
        Pressure(e.fact.systolic, e.fact.diastolic, e.fact.heart_rate, e.id)
        for e in sets
        if e.fact.systolic is not None and e.fact.diastolic is not None
    ]
    batch = _batch(sets)
    even = even_run(read)
    if even:
        yield _even(even, batch)
    elif small_steps(read):
        yield Notice(
            "even",
            f"From one reading to the next the pressure changes by about 1 mmHg ({len(read)} "
            f"readings). {_OFTEN}",
            "even pressures",
            _BY_CHANCE,
            tuple(one.entry for one in read),
        )
    same = _same_run(read)
    if len(same) >= SAME:
        first = same[0]
        yield Notice(
            "same",
            f"{len(same)} sets in a row say {first.systolic}/{first.diastolic}, heart rate "
            f"{first.heart_rate}. {_OFTEN}",
            f"{len(same)} equal sets",
            _SAME_RATE_UNKNOWN,
            tuple(one.entry for one in same),
        )
    if all_round(read):
        yield Notice(
            "round",
            f"All {len(read)} pressures end in 0. Some cuffs are read that way; ask if it matters.",
            "pressures end in 0",
            "A cuff that shows single mmHg practically never does this by chance.",
            tuple(one.entry for one in read),
        )
    if batch and not even:
        yield Notice(
            "batch", f"{_batch_words(batch)} {_OFTEN}", "sets written at once", _NOT_BY_CHANCE,
            tuple(entry.id for entry in batch),
        )  # fmt: skip


def _even(run: Sequence[Pressure], batch: Sequence[Entry[VitalsTaken]]) -> Notice:
    most = max(_range(run, "systolic"), _range(run, "diastolic"))
    apart = f"differ by at most {most} mmHg" if most else "are all the same"
    words = f"{len(run)} readings in a row {apart}."
    if batch:
        words = f"{words} {_batch_words(batch)}"
    return Notice(
        "even",
        f"{words} {_OFTEN}",
        "even pressures",
        f"{_BY_CHANCE} {_NOT_BY_CHANCE}" if batch else _BY_CHANCE,
        tuple(one.entry for one in run),
    )


def even_run(read: Sequence[Pressure]) -> Sequence[Pressure]:
    """The longest run of readings within 2 mmHg of each other, where it is long; else none.

    Readings that all end in 0 are told apart: there one step is 10 mmHg.
    """
    if all_round(read):
        return ()
    best: Sequence[Pressure] = ()
    for start in range(len(read)):
        end = start + 1
        while end < len(read) and _within(read[start : end + 1]):
            end += 1
        if end - start > len(best):
            best = read[start:end]
    return best if len(best) >= (LONG_RUN if len(read) > MANY else RUN) else ()


def small_steps(read: Sequence[Pressure]) -> bool:
    """Whether both pressures change by less than 1.5 mmHg from reading to reading.

    The root of the mean squared successive differences; a slow drift does not enlarge it.
    """
    if len(read) < STEPS or all_round(read):
        return False
    return all(_rmssd(read, name) < STEP_BELOW for name in ("systolic", "diastolic"))


def all_round(read: Sequence[Pressure]) -> bool:
    """Whether every pressure of at least six readings ends in 0."""
    return len(read) >= ROUND and all(
        one.systolic % 10 == 0 and one.diastolic % 10 == 0 for one in read
    )


def _within(run: Sequence[Pressure]) -> bool:
    return _range(run, "systolic") <= WITHIN and _range(run, "diastolic") <= WITHIN


def _range(run: Sequence[Pressure], name: str) -> int:
    values = [int(getattr(one, name)) for one in run]
    return max(values) - min(values)


def _rmssd(read: Sequence[Pressure], name: str) -> float:
    values = [int(getattr(one, name)) for one in read]
    steps = [(later - earlier) ** 2 for earlier, later in pairwise(values)]
    return math.sqrt(sum(steps) / len(steps))


def _same_run(read: Sequence[Pressure]) -> list[Pressure]:
    """The longest run of sets with the same pressure and the same heart rate."""
    best: list[Pressure] = []
    run: list[Pressure] = []
    for one in read:
        if one.heart_rate is None:
            run = []
            continue
        if run and _three(run[0]) != _three(one):
            run = []
        run.append(one)
        best = max(best, list(run), key=len)
    return best


def _three(one: Pressure) -> tuple[int, int, int | None]:
    return one.systolic, one.diastolic, one.heart_rate


def _batch(sets: Sequence[Entry[VitalsTaken]]) -> Sequence[Entry[VitalsTaken]]:
    """The most sets that were written within 2 minutes though they were taken over 15 or more."""
    written = sorted(sets, key=lambda entry: (entry.recorded_at, entry.number))
    best: Sequence[Entry[VitalsTaken]] = ()
    for start, first in enumerate(written):
        group = [e for e in written[start:] if e.recorded_at - first.recorded_at <= AT_ONCE]
        if len(group) > len(best) and _spread(group) >= SPREAD:
            best = group
    return sorted(best, key=lambda entry: entry.at) if len(best) >= BATCH else ()


def _spread(group: Sequence[Entry[VitalsTaken]]) -> timedelta:
    return max(e.at for e in group) - min(e.at for e in group)


def _batch_words(batch: Sequence[Entry[VitalsTaken]]) -> str:
    within = max(e.recorded_at for e in batch) - min(e.recorded_at for e in batch)
    span = length(max(within, timedelta(minutes=1)))
    return (
        f"{count(len(batch), 'set')} taken over {length(_spread(batch))} were written within "
        f"{span}."
    )

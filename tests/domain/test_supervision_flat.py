"""Even pressures and sets written at once: told where they are, not where there is only scatter."""

import random

import pytest

from ketachart.domain.supervision.flat import (
    IN_A_HUNDRED,
    IN_A_HUNDRED_CALM,
    IN_A_HUNDRED_COARSE,
    Pressure,
    even_run,
    notices,
    small_steps,
)
from tests.helpers.story import Story

SYSTOLIC_SD, DIASTOLIC_SD = 4.2, 3.1  # mmHg, as flat.py says where they are from


def noisy(chance, length, *, step=1, scatter=1.0):
    systolic, diastolic = chance.uniform(105, 150), chance.uniform(60, 95)
    return [
        Pressure(
            step * round(chance.gauss(systolic, scatter * SYSTOLIC_SD) / step),
            step * round(chance.gauss(diastolic, scatter * DIASTOLIC_SD) / step),
        )
        for _ in range(length)
    ]


def flagged(series):
    return bool(even_run(series)) or small_steps(series)


@pytest.mark.parametrize("step", [1, 2, 5])
@pytest.mark.parametrize("length", [8, 20, 49])
def test_scatter_alone_is_told_no_more_often_than_is_stated(step, length):
    chance = random.Random(20261122)
    told = sum(flagged(noisy(chance, length, step=step)) for _ in range(250))
    assert told / 250 < IN_A_HUNDRED / 100


@pytest.mark.parametrize(
    ("length", "step", "stated"),
    [(12, 1, IN_A_HUNDRED_CALM), (49, 1, IN_A_HUNDRED_CALM), (49, 2, IN_A_HUNDRED_COARSE)],
)
def test_a_calm_cuff_is_told_no_more_often_than_is_stated(length, step, stated):
    chance = random.Random(20261122)
    told = sum(flagged(noisy(chance, length, step=step, scatter=0.5)) for _ in range(250))
    assert 0 < told / 250 <= stated / 100


def story(pressures, *, every=5, recorded=None):
    told = Story()
    for place, (systolic, diastolic, *pulse) in enumerate(pressures):
        told.vitals(
            place * every,
            recorded=None if recorded is None else recorded(place),
            systolic=systolic,
            diastolic=diastolic,
            heart_rate=pulse[0] if pulse else None,
        )
    return told.visit()


def codes(visit):
    return [notice.code for notice in notices(visit)]


FLAT = [(120, 80), (121, 79), (119, 80), (120, 81), (121, 80), (120, 79), (119, 81)]
TAIL = [(134, 91), (111, 70), (128, 86), (118, 76)]


@pytest.mark.parametrize(
    ("pressures", "expected"),
    [
        ([], []),
        (FLAT[:5] + TAIL, []),
        (FLAT[:6] + TAIL, ["even"]),
        (FLAT[:6], ["even"]),
        ([(120, 80)] * 5 + [(123, 80)], []),
        ([(120, 80)] * 5 + [(122, 80)], ["even"]),
        (FLAT[:6] + TAIL + TAIL[:2], ["even"]),
        (FLAT[:7] + TAIL + TAIL[:2], []),  # 13 readings: so many have a longer run by chance
        ([*FLAT, (120, 80), *TAIL, TAIL[0]], ["even"]),
        ([(120 + n, 80 + n) for n in range(8)], ["even"]),  # a drift, a step at a time
        ([(120 + n, 80 + n) for n in range(5)], []),
        ([(120 + 2 * n, 80 + n) for n in range(8)], []),
        ([(120, 80), (140, 90), (130, 80), (120, 70), (110, 70), (130, 90)], ["round"]),
        ([(120, 80), (140, 90), (130, 80), (120, 70), (110, 70)], []),
        ([(124, 81, 71), (124, 81, 71), (124, 81, 71), (140, 90, 80)], ["same"]),
        ([(124, 81, 71), (124, 81, 71), (124, 81, 72), (140, 90, 80)], []),
        ([(124, 81), (124, 81), (124, 81), (140, 90)], []),
    ],
)  # fmt: skip
def test_what_is_more_even_than_usual_is_told(pressures, expected):
    assert codes(story(pressures)) == expected


@pytest.mark.parametrize(
    ("sets", "every", "within", "expected"),
    [
        (4, 5, 2, ["batch"]),
        (4, 5, 2.1, []),
        (3, 10, 1, []),
        (4, 4.9, 1, []),
        (5, 5, 0, ["batch"]),
    ],
)
def test_sets_that_were_written_at_once_are_told(sets, every, within, expected):
    pressures = TAIL[:sets] if sets <= len(TAIL) else [*TAIL, (101, 66)]
    last = every * (sets - 1)
    visit = story(pressures, every=every, recorded=lambda n: last + within * n / (sets - 1))
    assert codes(visit) == expected


def test_the_words_accuse_nobody_and_state_how_often_chance_does_it():
    visit = story(FLAT[:6], recorded=lambda _place: 30)
    (notice,) = notices(visit)
    assert notice.sentence == (
        "6 readings in a row differ by at most 2 mmHg. 6 sets taken over 25 min were written "
        "within 1 min. Often there is a reason; ask if it matters."
    )
    assert "fewer than 1 in 100 visits" in notice.help
    assert notice.entries == tuple(e.id for e in visit.entries[3:])
    for word in ("fals", "fake", "forg", "implausib", "copied", "suspic"):
        assert word not in f"{notice.sentence} {notice.help}".lower()


def test_a_struck_reading_does_not_count():
    told = Story()
    for place, (systolic, diastolic) in enumerate(FLAT[:6]):
        told.bp(5 * place, systolic, diastolic)
    assert codes(told.visit()) == ["even"]
    told.strike(told.last_id)
    assert codes(told.visit()) == []


def test_three_equal_sets_claim_no_rate_that_was_not_measured():
    (notice,) = notices(story([(124, 81, 71)] * 3 + [(140, 90, 80)]))
    assert notice.code == "same"
    assert "not measured" in notice.help
    assert " in 100" not in notice.help

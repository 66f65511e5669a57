"""Files from outside, damaged at random: a sentence or a value comes back, never a traceback.

At length, and with limits of time and memory: `python3 dev.py torment --fuzz SECONDS`.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketachart.errors import CannotRead
from tests.fuzz import mutate
from tests.fuzz.table import TARGETS
from tests.fuzz.target import Target, knock

IN_SUITE = [target for target in TARGETS.values() if target.in_suite]


@pytest.mark.parametrize("target", IN_SUITE, ids=lambda target: target.name)
def test_a_damaged_file_is_taken_or_refused_in_a_sentence(target):
    seeds = target.seeds()

    @settings(
        max_examples=target.in_suite,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds), st.randoms(use_true_random=True), st.integers(0, 2**32))
    def damaged(seed, chance, start):
        chance.seed(start)
        knock(target, mutate.mutated(target.form, seed, chance)[: target.longest])

    damaged()


def test_what_is_not_damaged_is_taken():
    for target in IN_SUITE:
        assert [knock(target, seed) for seed in target.seeds()[:1]] == [""], target.name


@pytest.mark.parametrize(
    "raised", [ValueError("x"), RecursionError(), CannotRead(""), CannotRead("KeyError: 'sha256'")]
)
def test_a_door_that_falls_over_or_helps_nobody_is_noticed(raised):
    def door(_content):
        raise raised

    target = Target(name="a door", form="bytes", seeds=lambda: (b"x",), door=door)
    with pytest.raises((AssertionError, ValueError, RecursionError)):
        knock(target, b"x")


def test_wounds_suit_the_kind_of_file_and_come_again_with_the_same_chance():
    seed = json.dumps({"a": [1, {"b": "c"}], "d": True}).encode()
    wounds = [mutate.mutated("json", seed, mutate.Chance(number)) for number in range(300)]
    assert wounds == [mutate.mutated("json", seed, mutate.Chance(n)) for n in range(300)]
    assert len(set(wounds)) > 200
    for sign in (b"[" * mutate.DEEP, b"NaN", b"1e999", b"\\ud800", b"\\u202e", b"9" * 5_000):
        assert any(sign in wound for wound in wounds), sign


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("count of guesses", b"[" * mutate.DEEP),
        ("known head", b"[" * mutate.DEEP),
        ("known head", b'{"seq":1e999,"link":"","seal":""}'),
        ("drafts, sealed", b"[" * mutate.DEEP),
        ("drafts, sealed", b'{"version":1,"drafts":[{"saved_at":"2026-03-02T09","content":1}]}'),
        ("preferences", b"[" * mutate.DEEP),
        ("open visits", b'{"v":["2026-03-02T09",true]}'),
        ("veil's PIN", b"{}"),
        ("package", b"KETAPACK1\n" + b"[" * mutate.DEEP + b"\n"),
        ("script, one line", b'{"kind":' + b"9e" + b"9" * 200 + b"}"),
        ("script, one line", b'{"kind":"weight-measured","weight_kg":1e999999999}'),
        ("dose vectors", b'{"vectors":[{"given":{"weight_kg":"1e999999999"}}]}'),
        ("tables of the protocol", b"= 1"),
        ("typed text", b"1 a" + b" " * 30_000 + b": as"),
    ],
)
def test_what_once_fell_over_or_never_ended_does_so_no_more(name, content):
    knock(TARGETS[name], content)

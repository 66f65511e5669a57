"""The exact pump agrees with a naive one that walks second by second, on ten thousand infusions."""

from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

from ketachart.domain.delivered import PumpAct
from ketachart.domain.pump import run
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour
from tests.domain.slow_pump import walk
from tests.helpers.story import NOON

INFUSIONS = 10_000
ROUNDS = 20
HOUR = 3600
# One in twenty is as long as a real visit; the rest are dense, so that acts meet dry bags.
LONG, SHORT = (HOUR // 2, 6 * HOUR), (20, 20 * 60)
STRENGTHS = ("0.5", "1", "2", "2.5", "10", "350/1007")
KINDS = ("start", "rate", "rate", "pause", "resume", "stop", "bag", "bolus")
# What a nurse does, most of the time: an act that fits. The rest is anything, allowed or not.
FITTING = {
    "not-started": ("start",),
    "running": ("rate", "rate", "pause", "bag", "bolus", "stop"),
    "paused": ("resume", "resume", "bag", "stop"),
    "stopped": ("start", "bag"),
}
AFTER = {"start": "running", "pause": "paused", "resume": "running", "stop": "stopped"}


def infusion(dice):
    """Acts at whole seconds, in the order in which they were done, and how long it is watched."""
    length = dice.randint(*(LONG if dice.random() < 0.05 else SHORT))
    moments = sorted(dice.randint(0, length) for _ in range(dice.randint(1, 12)))
    state, acts = "not-started", []
    for number, second in enumerate(moments):
        kind = dice.choice(KINDS if dice.random() < 0.25 else FITTING[state])
        if kind in FITTING[state]:
            state = AFTER.get(kind, state)
        acts.append(act(dice, kind, second, f"e{number}"))
    return acts, length


def act(dice, kind, second, entry):
    values = {}
    if kind in ("start", "rate", "resume"):
        values["rate"] = MlPerHour(Fraction(dice.choice([0, dice.randint(1, 9999)]), 10))
    if (kind == "start" and dice.random() < 0.8) or kind == "bag":
        values["strength"] = MgPerMl(dice.choice(STRENGTHS))
        values["volume"] = dice.choice([None, Ml(Fraction(dice.randint(1, 1000), 10))])
    if kind == "bolus":
        amount = Fraction(dice.randint(1, 100), 10)
        values |= dice.choice([{"mg": Mg(amount)}, {"volume": Ml(amount)}])
    return PumpAct(at=NOON + timedelta(seconds=second), kind=kind, entry=entry, **values)


def compared(fast, slow):
    """Both answers to the same questions, side by side."""
    left = None if fast.bag_left is None else fast.bag_left.amount
    return (
        ("volume", fast.infused_ml.amount, slow.ml),
        ("drug", fast.total_mg.amount, slow.mg),
        ("boluses", fast.bolus_mg.amount, slow.boluses),
        ("left in the bag", left, slow.left_ml),
        ("state", fast.state, slow.state),
        ("paused", fast.seconds_in("paused"), slow.paused_s),
        ("running or dry", fast.seconds_in("running", "dry"), slow.on_s),
        ("refused", [problem.act.entry for problem in fast.problems], slow.refused),
    )


@pytest.mark.parametrize("part", range(ROUNDS))
def test_the_pump_agrees_with_one_second_steps_on_ten_thousand_infusions(part):
    dice = Random(part)
    for number in range(INFUSIONS // ROUNDS):
        acts, length = infusion(dice)
        fast = run(acts, NOON + timedelta(seconds=length))
        for name, quick, stepped in compared(fast, walk(acts, NOON, length)):
            assert quick == stepped, f"infusion {number} of part {part}: {name}"


def test_the_random_infusions_meet_everything_that_can_happen():
    dice = Random(0)
    seen = {"dry": 0, "refused": 0, "second strength": 0, "restarted": 0, "bolus": 0, "paused": 0}
    for _ in range(INFUSIONS // ROUNDS):
        acts, length = infusion(dice)
        fast = run(acts, NOON + timedelta(seconds=length))
        seen["dry"] += fast.ran_dry_at is not None
        seen["refused"] += bool(fast.problems)
        seen["second strength"] += len({s.strength for s in fast.segments if s.delivering}) > 1
        seen["restarted"] += sum(each.kind == "start" for each in acts) > 1
        seen["bolus"] += bool(fast.boluses)
        seen["paused"] += fast.seconds_in("paused") > 0
    assert min(seen.values()) >= 25, seen

"""One guess at a passphrase takes half a second on this laptop, whatever laptop it is."""

import pytest

from ketachart.storage import calibrate
from ketachart.storage.calibrate import LEAST_S, choose
from ketachart.storage.kdf import FAST_FOR_TESTS, MIB, STANDARD, KdfParameters

GIB = 1024 * MIB
PLENTY = 16 * GIB


class Laptop:
    """Measures with a timer of its own: so many seconds for one GiB gone over once."""

    def __init__(self, seconds_per_gib):
        self.speed = seconds_per_gib
        self.asked = []

    def __call__(self, cost):
        self.asked.append(cost)
        return cost.work / GIB * self.speed


@pytest.mark.parametrize("speed", [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.66, 0.67, 1.0, 5.0])
@pytest.mark.parametrize("free", [64 * MIB, 300 * MIB, 512 * MIB, GIB, 2 * GIB, PLENTY])
def test_a_guess_takes_half_a_second_and_never_less_work_than_the_standard(speed, free):
    laptop = Laptop(speed)
    cost = choose(laptop, free_kib=free)
    assert cost.fits(practice=False)
    assert cost.work >= STANDARD.work
    assert cost.m_kib <= max(64 * MIB, free // 2)
    # Only a laptop that is fast and has no memory free cannot be slowed so far.
    ceiling = free < GIB and cost.t == 40
    assert laptop(cost) >= LEAST_S or ceiling or cost.work == 10 * GIB
    assert cost.took_ms == round(laptop(cost) * 1000)
    assert len(laptop.asked) <= 11


def test_a_slow_laptop_keeps_the_standard_and_a_fast_one_goes_no_further_than_needed():
    assert choose(Laptop(1.0), free_kib=PLENTY) == STANDARD
    fast = choose(Laptop(0.3), free_kib=PLENTY)
    assert fast.m_kib == STANDARD.m_kib
    assert LEAST_S <= Laptop(0.3)(fast) <= 1.5 * LEAST_S
    faster = choose(Laptop(0.05), free_kib=PLENTY)
    assert faster.m_kib == GIB


def test_a_practice_ledger_is_not_slowed_and_nothing_is_measured(monkeypatch):
    monkeypatch.setattr(calibrate, "stretch", None)
    assert calibrate.chosen(practice=True) == FAST_FOR_TESTS


@pytest.mark.parametrize(
    ("cost", "weak"),
    [
        (STANDARD, False),
        (KdfParameters(m_kib=256 * MIB, t=2), True),
        (KdfParameters(m_kib=64 * MIB, t=12), False),
        (KdfParameters(m_kib=64 * MIB, t=11), True),
    ],
)
def test_a_slot_under_the_standard_is_to_be_locked_anew(cost, weak):
    assert calibrate.needs_stronger(cost, practice=False) == weak
    assert not calibrate.needs_stronger(cost, practice=True)


def test_a_guess_is_measured_by_the_work_of_the_processors(monkeypatch):
    clocks = {"perf_counter": [0.0, 9.0], "process_time": [1.0, 3.0]}  # busy: 9 s for 2 s of work
    for name, told in clocks.items():
        monkeypatch.setattr(calibrate.time, name, lambda told=told: told.pop(0))
    monkeypatch.setattr(calibrate.os, "cpu_count", lambda: 2)
    assert calibrate._seconds(KdfParameters(m_kib=64, t=1, p=4)) == pytest.approx(1.0)

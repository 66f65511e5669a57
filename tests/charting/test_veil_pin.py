"""The PIN lifts the veil three times at most by guessing, and opens nothing else."""

import pytest

from ketachart import charting
from ketachart.charting.veil_pin import VeilPin, pin_fault
from ketachart.clock import SetClock
from ketachart.errors import Refused
from tests.charting.test_room import new_clinic
from tests.helpers.story import NOON


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("veil") / "ledger"
    office = charting.create(folder, new_clinic(), SetClock(NOON))
    yield office
    office.close()


@pytest.fixture
def pin(office):
    made = VeilPin(office._ledger)
    made.set("4711")
    return made


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("471", False), ("4711", True), ("47110815", True), ("471108159", False), ("", False),
        ("47 1", False), ("47a1", False), ("٤٧١١", False), ("0000", False), ("77777", False),
        ("1234", False), ("7890", False), ("4321", False), ("0987", False), ("1235", True),
    ],
)  # fmt: skip
def test_a_pin_is_four_to_eight_digits_and_no_run(pin, typed, fits):
    assert (pin_fault(typed) == "") == fits
    if not fits:
        with pytest.raises(Refused):
            pin.set(typed)
        assert pin.check("4711")


def test_after_three_wrong_tries_only_the_passphrase_lifts_the_veil(pin):
    assert [pin.check("9999") for _ in range(2)] == [False, False]
    assert pin.check("4711")  # a right one begins the count again
    assert [pin.check("9999") for _ in range(3)] == [False, False, False]
    assert not pin.check("4711")
    assert pin.tries_left() == 0
    pin.passphrase_given()
    assert pin.check("4711")


@pytest.mark.usefixtures("pin")
def test_the_pin_is_kept_for_the_next_time_and_can_be_forgotten(office):
    again = VeilPin(office._ledger)
    assert again.is_set()
    assert again.check("4711")
    assert "4711" not in office._ledger.setting("veil-pin:ja")
    again.forget()
    assert not again.is_set()
    assert not again.check("4711")
    assert not VeilPin(office._ledger).is_set()


def test_a_real_ledger_pays_for_each_guess(pin, office, monkeypatch):
    real = office._ledger.unwrapped.__class__
    monkeypatch.setattr(real, "practice", False, raising=False)
    assert '"m_kib": 65536' in pin.locked("8642")

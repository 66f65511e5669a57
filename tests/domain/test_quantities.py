"""Amounts are exact, and never mix."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
    half_away,
)


def test_a_float_is_never_a_dose():
    with pytest.raises(TypeError, match="float"):
        Mg(0.1)


def test_milligrams_and_millilitres_do_not_mix():
    with pytest.raises(TypeError, match="do not mix"):
        Mg(1) + Ml(1)
    with pytest.raises(TypeError):
        _ = Mg(1) < Ml(2)
    assert Mg(1) != Ml(1)


def test_an_amount_of_zero_is_not_an_absence():
    with pytest.raises(TypeError, match="still an amount"):
        bool(Mg(0))


def test_the_pound_is_exact():
    assert Kg.from_lb("154").amount == Fraction("69.85322498")
    assert Kg.from_lb("154").rounded(1) == Decimal("69.9")


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.0005", "0.001"), ("1.2345", "1.235"), ("2.3455", "2.346"), ("-0.0005", "-0.001")],
)
def test_rounding_is_half_away_from_zero(value, rounded):
    assert half_away(Fraction(value), 3) == Decimal(rounded)


def test_a_rate_over_a_time_at_a_strength_is_a_dose():
    # 30 mL/h × 20 min = 10 mL; 10 mL × 2 mg/mL = 20 mg
    from datetime import timedelta

    assert MlPerHour(30).over(timedelta(minutes=20)).at(MgPerMl(2)) == Mg(20)


def test_mg_kg_h_and_micrograms_agree():
    # clinical.md vector U03: 1 mg/kg/h is 50/3 µg/kg/min
    per_minute = MgPerKgPerHour(1).per_minute
    assert per_minute.amount == Fraction(50, 3)
    assert per_minute.per_hour == MgPerKgPerHour(1)


def test_a_pump_is_set_to_its_own_step():
    assert MlPerHour("5.13").rounded_to(MlPerHour("0.1")) == MlPerHour("5.1")
    assert MlPerHour("5.15").rounded_to(MlPerHour("0.1")) == MlPerHour("5.2")
    assert MlPerHour("5.19").floored_to(MlPerHour("0.1")) == MlPerHour("5.1")


amounts = st.fractions(min_value=Fraction(1, 1000), max_value=1000)


@given(dose=amounts, strength=amounts, minutes=amounts)
def test_a_volume_run_in_its_time_holds_the_dose(dose, strength, minutes):
    volume = Mg(dose).volume_at(MgPerMl(strength))
    rate = volume.in_(Minutes(minutes))
    assert rate.at(MgPerMl(strength)).amount * Fraction(minutes) / 60 == dose

"""The drug balance: what was taken out is given, wasted, returned, broken, or missing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart.domain import facts as f
from ketachart.domain.counts import balance, left_over
from ketachart.domain.quantities import Mg, Ml
from ketachart.errors import Refused
from tests.helpers.story import Story


def visit_of(pump=None, wasted="0", returned="0", broken="0"):
    """One vial of 200 mg; 35 mg made up to 17.5 mL; 30 min at 17.5 mL/h gives 17.5 mg."""
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "17.5").stop(31, pump=pump)
    for amount, fact in (
        (wasted, f.DrugWasted),
        (returned, f.DrugReturned),
        (broken, f.DrugBroken),
    ):
        if amount != "0":
            more = {
                f.DrugWasted: {"how": "pouch", "witness_mode": "none"},
                f.DrugReturned: {"seal": "S"},
                f.DrugBroken: {"how": "fell"},
            }[fact]
            story.tell(fact(at=story.at(40), amount_mg=Mg(amount), source="V1", **more))
    return story.visit()


def test_the_identity_of_a_vial():
    # 200 = 17.5 given + 17.5 wasted + 165 returned
    sums = balance(visit_of(wasted="17.5", returned="165"))
    assert sums.closes
    assert sums.drawn == Mg(35)
    assert sums.by_remainder == Mg("17.5")


def test_what_is_nowhere_is_unaccounted_for():
    assert balance(visit_of(wasted="17.5", returned="160")).unaccounted == Mg(5)


def test_more_than_was_there_is_below_zero_and_not_hidden():
    assert balance(visit_of(wasted="20", returned="165")).unaccounted == Mg("-2.5")


def test_the_pump_s_volume_is_the_dose_once_it_was_read_at_the_stop():
    sums = balance(visit_of(pump="9", wasted="17", returned="165"))
    assert (sums.given, sums.given_by) == (Mg(18), "pump")
    assert (sums.by_rates, sums.by_pump) == (Mg("17.5"), Mg(18))
    assert sums.apart() == Mg("0.5")
    assert sums.closes


def test_without_a_reading_the_rates_are_the_dose():
    sums = balance(visit_of())
    assert (sums.given, sums.given_by, sums.apart()) == (Mg("17.5"), "rates", None)


def test_breakage_is_kept_apart_from_waste():
    sums = balance(visit_of(broken="165", wasted="17.5"))
    assert sums.broken == Mg(165)
    assert sums.closes


def test_a_pump_volume_over_two_strengths_is_no_dose():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "17.5")
    from ketachart.domain.quantities import MgPerMl

    story.tell(f.BagChanged(at=story.at(10), strength_mg_per_ml=MgPerMl(1), volume_ml=Ml(50)))
    sums = balance(story.stop(31, pump="8.75").visit())
    assert sums.by_pump is None
    assert sums.given_by == "rates"


def test_more_cannot_be_given_than_was_drawn():
    with pytest.raises(Refused, match="More is charted"):
        left_over(Mg(30), Mg("30.5"))
    assert left_over(Mg("37.4"), Mg("30.25")) == Mg("7.15")


amounts = st.integers(0, 20000).map(lambda n: Fraction(n, 100))


@given(wasted=amounts, returned=amounts, broken=amounts)
def test_the_parts_always_add_up_to_what_was_taken_out(wasted, returned, broken):
    story = Story().patient().order().weight("70").vial()
    story.tell(
        f.DrugWasted(
            at=story.at(1), amount_mg=Mg(wasted), source="V1", how="p", witness_mode="none"
        )
    )
    story.tell(f.DrugReturned(at=story.at(1), amount_mg=Mg(returned), source="V1", seal="S"))
    story.tell(f.DrugBroken(at=story.at(1), amount_mg=Mg(broken), source="V1", how="h"))
    sums = balance(story.visit())
    whole = sums.given + sums.wasted + sums.returned + sums.broken + sums.unaccounted
    assert whole == sums.out == Mg(200)

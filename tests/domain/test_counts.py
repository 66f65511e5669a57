"""The drug balance: what was taken out is given, wasted, returned, broken, or missing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart.domain import facts as f
from ketachart.domain.counts import balance, left_over
from ketachart.domain.quantities import Mg, Ml
from ketachart.domain.totals import pump_total
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


def two_bags(change=None, *, cleared=False, stop=None, pause=None):
    """17.5 mL/h of 2 mg/mL from 0 to 30 min, then of 1 mg/mL to 60 min: 17.5 + 8.75 mg."""
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.bag("1.75", "17.5", name="B2")
    story.start_pump(0, "17.5", strength="2", volume="17.5")
    if pause is not None:
        story.pause(30, pump_volume_ml=Ml(pause))
    at = 30 if pause is None else 35
    story.tell(
        f.BagChanged(
            at=story.at(at),
            bag="B2",
            pump_volume_ml=None if change is None else Ml(change),
            pump_cleared=cleared,
        )
    )
    if pause is not None:
        story.resume(35, "17.5")
    return story.stop(at + 30, pump=stop).visit()


@pytest.mark.parametrize(
    ("told", "ml", "mg", "unread"),
    [
        # read at the change: 8.5 × 2 + (17.6 − 8.5) × 1
        ({"change": "8.5", "stop": "17.6"}, "17.6", "26.1", 0),
        # read, then set to zero: 8.5 × 2 + 9 × 1
        ({"change": "8.5", "cleared": True, "stop": "9"}, "17.5", "26", 0),
        # not read at the change: 8.75 by the rates × 2 + (17.6 − 8.75) × 1
        ({"stop": "17.6"}, "17.6", "26.35", 1),
        # not read and set to zero: 8.75 by the rates × 2 + 9 × 1
        ({"cleared": True, "stop": "9"}, "17.75", "26.5", 1),
        # not read at the change, and at the stop it shows less than the rates say till then
        ({"stop": "8"}, "8", "16", 1),
        # read when it was paused; nothing went through before the change
        ({"pause": "8.5", "stop": "17.6"}, "17.6", "26.1", 0),
    ],
)
def test_the_pump_s_volume_is_counted_bag_by_bag_with_each_bag_s_strength(told, ml, mg, unread):
    pump = pump_total(two_bags(**told))
    assert (pump.ml, pump.mg, len(pump.unread)) == (Ml(ml), Mg(mg), unread)
    assert (pump.rates_ml, pump.rates_mg) == (Ml("17.5"), Mg("26.25"))
    assert pump.whole


def test_a_reading_before_the_end_is_compared_with_the_rates_up_to_then():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").pause(20, pump_volume_ml=Ml(6)).resume(25, "17.5")
    sums = balance(story.stop(50).visit())
    # 17.5 mL/h × 20 min = 35/6 mL; 6 mL × 2 mg/mL = 12 mg; by rates to the end 45 min = 26.25 mg
    assert (sums.given, sums.given_by) == (Mg("26.25"), "rates")
    assert sums.pump.mg == Mg(12)
    assert sums.pump.rates_ml == Ml(Fraction(35, 6))
    assert sums.apart() == Mg(Fraction(1, 3))
    assert not sums.pump.whole


def test_a_bolus_out_of_the_bag_is_in_the_pump_s_volume():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").bolus(10, "5")
    pump = pump_total(story.stop(30, pump="11.25").visit())
    # 8.75 mL by the rate and 5 mg ÷ 2 mg/mL = 2.5 mL
    assert (pump.rates_ml, pump.mg, pump.apart_ml) == (Ml("11.25"), Mg("22.5"), Ml(0))


def test_a_pump_that_was_not_read_has_no_total_and_not_a_total_of_nothing():
    assert pump_total(visit_of()) is None
    assert balance(visit_of()).by_pump is None


def test_a_volume_of_unknown_strength_is_no_dose():
    story = Story().patient().order().weight("70").start_pump(0, "17.5")
    pump = pump_total(story.stop(60, pump="17.5").visit())
    assert (pump.ml, pump.mg, pump.apart) == (Ml("17.5"), None, None)


def test_what_is_left_tells_no_dose_before_anything_is_charted_as_left():
    assert balance(visit_of()).by_remainder is None
    assert balance(visit_of(returned="165")).by_remainder == Mg(35)


def test_a_waste_that_was_corrected_counts_once():
    story = Story().patient().order().weight("70").vial()
    waste = {"source": "V1", "how": "pouch", "witness_mode": "none"}
    story.tell(f.DrugWasted(at=story.at(1), amount_mg=Mg(20), **waste))
    wrong = story.last_id
    story.tell(f.DrugWasted(at=story.at(1), amount_mg=Mg(2), **waste))
    visit = story.strike(wrong, replaced_by=story.last_id).visit()
    assert balance(visit).wasted == Mg(2)
    assert visit.entry(wrong).fact.amount_mg == Mg(20)


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

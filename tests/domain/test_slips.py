"""Every slip of the lone nurse's check is called by its name, with what it would have done."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.check.expected import expected
from ketachart.domain.check.pump_check import rate_slip, slips
from ketachart.domain.dose.dosing import plan
from ketachart.domain.quantities import Kg, MgPerKg, MgPerKgPerHour, MgPerMl, Minutes, Ml, MlPerHour
from tests.helpers.story import Story

PROTOCOL = house.shipped_protocol()


def made_up(vial="10", drawn="2.5", total="12.5", kg="83.4", **order):
    """83.4 kg × 0.3 mg/kg = 25.02 mg over 3 h; 25 mg in 12.5 mL; 8.34 mg/h ÷ 2: 4.2 mL/h."""
    told = {
        "dose_mg_per_kg": MgPerKg("0.3"),
        "duration_min": Minutes(180),
        "goal": "prevention",
        **order,
    }
    return Story().patient().order(**told).weight(kg).vial(vial).bag(drawn, total)


def stepwise():
    """68.4 kg, 0.5 mg/kg = 34.2 mg, 0.15 mg/kg/h: 10.26 mg/h ÷ 2 mg/mL = 5.13, set 5.1 mL/h."""
    return made_up(
        drawn="3.42",
        total="17.1",
        kg="68.4",
        dose_mg_per_kg=MgPerKg("0.5"),
        duration_min=Minutes(120),
        start_rate_mg_kg_h=MgPerKgPerHour("0.15"),
    )


def read(story, rate="4.2", volume="12.5", strength="2", drops=None):
    check = f.PumpChecked(
        at=story.at(1),
        reader="same-nurse",
        rate_ml_h=MlPerHour(rate),
        volume_ml=Ml(volume),
        strength_mg_per_ml=MgPerMl(strength),
        drops_per_ml=drops,
    )
    return {slip.field: slip for slip in slips(story.visit(), check)}


def rate(reading, story=None):
    return read(story or made_up(), rate=reading)["rate_ml_h"].rule


# ------------------------------------------------ the rate


@pytest.mark.parametrize(
    ("reading", "first"),
    [
        ("42", "tenfold: the decimal point moved one place"),
        ("41.7", "tenfold: the decimal point moved one place"),
        ("420", "hundredfold: the decimal point moved two places"),
        ("417", "hundredfold: the decimal point moved two places"),
        ("0.4", "a tenth: the decimal point moved one place"),
        ("0.42", "a tenth: the decimal point moved one place"),
        ("0.042", "a hundredth: the decimal point moved two places"),
        ("8.34", "the drug's mg/h typed as mL/h"),
        ("8.3", "the drug's mg/h typed as mL/h"),
        ("25", "the dose in mg typed as mL/h"),
        ("12.5", "the whole dose's mg/kg taken for mg/kg/h"),
        ("1.4", "the mg/kg/h taken for the whole dose's mg/kg"),
        ("2.5", "the mL drawn from the vial typed as the rate"),
        ("9.2", "pounds taken for kg"),
        ("9.19", "pounds taken for kg"),
        ("1.9", "kg taken for pounds"),
        ("0.1", "the mg/kg/h typed as mL/h"),
        ("0.3", "the mg/kg typed as mL/h"),
        ("1.7", "the µg/kg/min typed as mL/h"),
        ("2", "the bag's mg/mL typed as mL/h"),
        ("83.4", "two slips at once, tenfold and the drug's mg/h typed as mL/h"),
        ("91.9", "two slips at once, tenfold and pounds taken for kg"),
        ("18.9", "two slips at once, tenfold and kg taken for pounds"),
        ("6", "it is another rate"),
    ],
)
def test_a_wrong_rate_is_named(reading, first):
    assert rate(reading).split("; or ")[0] == first


@pytest.mark.parametrize(
    ("vial", "drawn", "reading", "named"),
    [
        ("10", "2.5", "0.8", "50 mg/mL taken for the vial's 10 mg/mL"),
        ("10", "2.5", "0.42", "100 mg/mL taken for the vial's 10 mg/mL"),
        ("50", "0.5", "20.9", "10 mg/mL taken for the vial's 50 mg/mL"),
        ("50", "0.5", "2.1", "100 mg/mL taken for the vial's 50 mg/mL"),
        ("100", "0.25", "41.7", "10 mg/mL taken for the vial's 100 mg/mL"),
        ("100", "0.25", "8.34", "50 mg/mL taken for the vial's 100 mg/mL"),
    ],
)
def test_a_rate_reckoned_with_another_vial_is_named(vial, drawn, reading, named):
    assert named in rate(reading, made_up(vial, drawn)).split("; or ")


def test_the_vials_strength_reckoned_with_for_the_bags_is_named():
    # 8.34 mg/h ÷ 50 mg/mL = 0.1668 mL/h
    assert "the vial's strength reckoned with" in rate("0.2", made_up("50", "0.5"))


def test_where_two_slips_fit_the_moved_point_comes_first_and_the_vial_is_told_too():
    assert rate("41.7", made_up("100", "0.25")) == (
        "tenfold: the decimal point moved one place; or 10 mg/mL taken for the vial's 100 mg/mL"
    )
    both = rate("12.5")
    assert both.startswith("the whole dose's mg/kg taken for mg/kg/h; or ")
    assert "the volume typed as the rate" in both


@pytest.mark.parametrize(
    ("reading", "named"),
    [
        ("17.1", "the whole dose's mg/kg taken for mg/kg/h"),
        ("2.6", "the mg/kg/h taken for the whole dose's mg/kg"),
        ("10.3", "the drug's mg/h typed as mL/h"),
    ],
)
def test_a_start_rate_of_its_own_and_the_dose_are_told_apart(reading, named):
    found = read(stepwise(), rate=reading, volume="17.1")
    assert found["rate_ml_h"].rule.split("; or ")[0] == named


def test_what_the_rate_would_have_done_is_told_in_time():
    told = read(made_up(), rate="41.7")["rate_ml_h"].told
    assert told == (
        "The pump says 41.7 mL/h. The order gives 4.2 mL/h. Tenfold: the decimal point moved one "
        "place. At 41.7 mL/h all 25.02 mg would be in after 18 min, not 3 h."
    )


def test_a_rate_read_at_the_step_or_at_the_exact_figure_agrees():
    for reading in ("4.2", "4.17", "4.15", "4.25"):
        assert read(made_up(), rate=reading) == {}
    assert "rate_ml_h" in read(made_up(), rate="4.14")
    assert "rate_ml_h" in read(made_up(), rate="4.26")


# ------------------------------------------------ volume and strength


@pytest.mark.parametrize(
    ("reading", "first", "does"),
    [
        ("125", "tenfold: the decimal", "would not stop by itself before the bag is empty"),
        ("1250", "hundredfold: the decimal", "The bag holds 12.5 mL"),
        ("1.25", "a tenth: the decimal", "would stop after 2.5 mg, not 25 mg"),
        ("25", "the dose in mg typed as mL", "The bag holds 12.5 mL"),
        ("4.2", "the rate typed as the volume", "would stop after 8.4 mg, not 25 mg"),
        ("27.6", "pounds taken for kg", "The bag holds 12.5 mL"),
        ("5.7", "kg taken for pounds", "would stop after 11.4 mg"),
        ("180", "the minutes typed as mL", "The bag holds 12.5 mL"),
        ("250", "two slips at once, tenfold and the dose in mg", "The bag holds 12.5 mL"),
        ("7", "it is another volume", "would stop after 14 mg"),
    ],
)
def test_a_wrong_volume_is_named_with_what_it_would_have_given(reading, first, does):
    slip = read(made_up(), volume=reading)["volume_ml"]
    assert slip.rule.startswith(first)
    assert does in slip.consequence


@pytest.mark.parametrize(
    ("vial", "drawn", "reading", "named"),
    [
        ("10", "2.5", "2.5", "50 mg/mL taken for the vial's 10 mg/mL"),
        ("50", "0.5", "62.5", "10 mg/mL taken for the vial's 50 mg/mL"),
        ("100", "0.25", "25", "50 mg/mL taken for the vial's 100 mg/mL"),
        ("100", "0.25", "125", "10 mg/mL taken for the vial's 100 mg/mL"),
    ],
)
def test_a_volume_reckoned_with_another_vial_is_named(vial, drawn, reading, named):
    found = read(made_up(vial, drawn), volume=reading)["volume_ml"].rule
    assert named in found.split("; or ")


def test_the_whole_bag_typed_where_it_holds_more_than_the_dose_is_named():
    # 3 mL of 10 mg/mL in 15 mL: 2 mg/mL; the dose of 25.02 mg is 12.5 mL of it
    found = read(made_up(drawn="3", total="15"), volume="15")
    assert "the bag's whole volume" in found["volume_ml"].rule


@pytest.mark.parametrize(
    ("vial", "drawn", "reading", "named"),
    [
        ("10", "2.5", "10", "the vial's strength read for the bag's"),
        ("50", "0.5", "50", "the vial's strength read for the bag's"),
        ("100", "0.25", "100", "the vial's strength read for the bag's"),
        ("10", "2.5", "10", "50 mg/mL taken for the vial's 10 mg/mL"),
        ("10", "2.5", "20", "100 mg/mL taken for the vial's 10 mg/mL"),
        ("50", "0.5", "0.4", "10 mg/mL taken for the vial's 50 mg/mL"),
        ("50", "0.5", "4", "100 mg/mL taken for the vial's 50 mg/mL"),
        ("100", "0.25", "0.2", "10 mg/mL taken for the vial's 100 mg/mL"),
        ("100", "0.25", "1", "50 mg/mL taken for the vial's 100 mg/mL"),
        ("10", "2.5", "20", "tenfold: the decimal point moved one place"),
        ("10", "2.5", "0.2", "a tenth: the decimal point moved one place"),
        ("10", "2.5", "200", "hundredfold: the decimal point moved two places"),
        ("10", "2.5", "0.02", "a hundredth: the decimal point moved two places"),
        ("10", "2.5", "50", "the strength of another vial, 50 mg/mL, on the label"),
        ("10", "2.5", "12.5", "the bag's volume read as mg/mL"),
        ("10", "2.5", "25", "the dose in mg read as mg/mL"),
        ("10", "2.5", "4.41", "pounds taken for kg"),
        ("10", "2.5", "0.91", "kg taken for pounds"),
        ("10", "2.5", "3", "it is another strength"),
    ],
)
def test_a_wrong_strength_is_named(vial, drawn, reading, named):
    found = read(made_up(vial, drawn), strength=reading)["strength_mg_per_ml"].rule
    assert named in found.split("; or ")


def test_what_a_wrong_strength_means_is_told_in_milligrams():
    slip = read(made_up(), strength="20")["strength_mg_per_ml"]
    assert slip.rule.startswith("tenfold")
    assert slip.consequence == ("Reckoned with 20 mg/mL the bag would hold 250 mg; it holds 25 mg.")


def test_two_values_off_are_both_named():
    found = read(made_up(), rate="42", strength="10")
    assert found["rate_ml_h"].rule.startswith("tenfold")
    assert found["strength_mg_per_ml"].rule.startswith("the vial's strength")


# ------------------------------------------------ any order


@given(
    kg=st.integers(350, 1500),
    per_kg=st.integers(10, 60),
    minutes=st.integers(40, 240),
    place=st.sampled_from(range(len(PROTOCOL.vials))),
)
def test_what_was_worked_out_always_agrees_and_ten_times_is_always_named_first(
    kg, per_kg, minutes, place
):
    vial = PROTOCOL.vials[place]
    story = Story().patient()
    story.order(dose_mg_per_kg=MgPerKg(Fraction(per_kg, 100)), duration_min=Minutes(minutes))
    story.weight(Fraction(kg, 10))
    worked = plan(story.visit().order, Kg(Fraction(kg, 10)), vial, PROTOCOL)
    story.vial(vial.strength_mg_per_ml.amount, "20")
    story.bag(worked.draw.amount, worked.total.amount)
    figures = (worked.rate.amount, worked.to_infuse.amount, worked.strength.amount)
    assert read(story, *figures) == {}
    for position, field in enumerate(("rate_ml_h", "volume_ml", "strength_mg_per_ml")):
        for factor, name in ((10, "tenfold"), (100, "hundredfold")):
            wrong = [f * factor if n == position else f for n, f in enumerate(figures)]
            slip = read(story, *wrong)[field]
            assert name in slip.rule
            assert slip.rule.startswith((name, "the vial's strength read for the bag's"))
            assert field == slip.field


# ------------------------------------------------ drops, and the start


def test_drops_are_compared_as_whole_drops():
    # 4.17 mL/h × 60 gtt/mL ÷ 60 = 4.17, counted 4 gtt/min, which runs 4 mL/h
    story = made_up()
    assert expected(story.visit(), story.at(1), 60).rate == MlPerHour(4)
    assert read(story, rate="4", drops=60) == {}
    slip = read(story, rate="40", drops=60)["rate_ml_h"]
    assert slip.sentence.startswith("The drops counted are 40 gtt/min (40 mL/h). The order gives 4")
    assert slip.rule.startswith("tenfold")
    assert read(story, rate="4.5", drops=60) == {}  # nobody counts half a drop
    assert read(story, rate="4.6", drops=60)["rate_ml_h"].rule == "it is another rate"


def test_the_drops_of_another_set_are_named():
    # 20 gtt/mL: 4.17 × 20 ÷ 60 = 1.39, counted 1 gtt/min = 3 mL/h
    found = read(made_up(), rate="1", drops=20)["rate_ml_h"].rule
    assert "the drops a minute typed as mL/h" in found.split("; or ")


def test_a_start_at_another_rate_is_named_like_a_reading():
    story = made_up()
    should = expected(story.visit(), story.at(1))
    assert rate_slip(should, MlPerHour("4.2"), says="Started at") is None
    slip = rate_slip(should, MlPerHour(42), says="Started at")
    assert slip.sentence == (
        "Started at 42 mL/h. The order gives 4.2 mL/h. Tenfold: the decimal point moved one place."
    )


def test_a_check_with_nothing_to_compare_does_not_agree():
    story = Story()
    found = read(story, rate="1", volume="1", strength="1")
    assert found["rate_ml_h"].rule == "nothing to compare"


def test_a_check_is_held_against_the_bag_there_was_then():
    story = made_up()
    story.tell(
        f.BagPrepared(
            at=story.start + timedelta(minutes=5),
            bag="B2",
            vial="V1",
            drawn_ml=Ml("2.5"),
            total_ml=Ml(25),
        )
    )
    assert read(story) == {}

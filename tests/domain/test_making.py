"""Three ways of making up a bag, drops of a gravity set, rounding, and what is wrong with a bag."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.bag_faults import bag_faults, undiluted
from ketachart.domain.dose.gravity import DropsPerMinute, drip, drip_words, rate_of
from ketachart.domain.dose.making import bag_for, check_making, making_words, total_of
from ketachart.domain.dose.rounding import rounding
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import Mg, MgPerHour, MgPerMl, Minutes, Ml, MlPerHour
from ketachart.domain.start import against_start
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

# ------------------------------------------------ three ways


@pytest.mark.parametrize(
    ("method", "bag", "total"),
    [("made-up-to", "50", "50"), ("added-to", "50", "53.42"), ("withdrawn-first", "50", "50")],
)
def test_each_way_comes_to_its_own_volume(method, bag, total):
    drawn = Ml("3.42")
    assert total_of(method, bag=Ml(bag), drawn=drawn) == Ml(total)
    assert bag_for(method, total=Ml(total), drawn=drawn) == Ml(bag)


def test_a_bag_to_add_to_never_holds_less_than_nothing():
    assert bag_for("added-to", total=Ml(2), drawn=Ml(3)) == Ml(0)


def made(method, drawn, total, bag=None):
    return f.BagPrepared(
        at=NOON,
        vial="V1",
        drawn_ml=Ml(drawn),
        total_ml=Ml(total),
        method=method,
        bag_ml=None if bag is None else Ml(bag),
    )


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (made("made-up-to", "3.42", "17.1"), "3.42 mL of drug, filled up to 17.1 mL"),
        (made("added-to", "3.42", "53.42", "50"), "50 mL bag + 3.42 mL of drug"),
        (
            made("withdrawn-first", "3.42", "50", "50"),
            "50 mL bag − 3.42 mL withdrawn + 3.42 mL of drug",
        ),
        (made("withdrawn-first", "50", "50", "50"), "50 mL bag − 50 mL withdrawn"),
    ],
)
def test_what_can_be_made_is_taken_and_told(fact, words):
    check_making(fact)
    assert making_words(fact).startswith(words)


@pytest.mark.parametrize(
    ("fact", "rule", "field"),
    [
        (made("made-up-to", "3.42", "17.1", "50"), "bag volume without a bag", "bag_ml"),
        (made("added-to", "3.42", "53.42"), "bag volume missing", "bag_ml"),
        (made("withdrawn-first", "3.42", "50"), "bag volume missing", "bag_ml"),
        (made("added-to", "3.42", "3.42", "0"), "bag volume missing", "bag_ml"),
        (made("withdrawn-first", "50.01", "50", "50"), "more withdrawn than", "bag_ml"),
        (made("added-to", "3.42", "50", "50"), "total is another", "total_ml"),
        (made("withdrawn-first", "3.42", "53.42", "50"), "total is another", "total_ml"),
    ],
)
def test_what_cannot_be_made_is_asked_again(fact, rule, field):
    with pytest.raises(Refused) as refused:
        check_making(fact)
    assert refused.value.rule.startswith(rule)
    assert refused.value.field == field


def test_the_sentence_says_what_the_volumes_make():
    with pytest.raises(Refused, match=r"50 mL bag \+ 3.42 mL of drug make 53.42 mL, not 50 mL"):
        check_making(made("added-to", "3.42", "50", "50"))


def test_the_way_changes_the_strength():
    strengths = []
    for method, total, bag in (
        ("made-up-to", "50", None),
        ("added-to", "53.42", "50"),
        ("withdrawn-first", "50", "50"),
    ):
        story = Story().vial()
        story.tell(replace(made(method, "3.42", total, bag), at=story.at(1)))
        strengths.append(bag_before(story.visit(), story.at(2)).strength)
    assert [strength.amount for strength in strengths] == [
        MgPerMl("0.684").amount,
        (MgPerMl("34.2").amount / Ml("53.42").amount),
        MgPerMl("0.684").amount,
    ]


# ------------------------------------------------ drops


@pytest.mark.parametrize(
    ("rate", "factor", "exact", "counted", "runs"),
    [
        ("60", 20, "20", 20, "60"),
        ("17.1", 60, "17.1", 17, "17"),
        ("17.1", 20, "5.7", 6, "18"),
        ("17.1", 15, "4.275", 4, "16"),
        ("17.1", 10, "2.85", 3, "18"),
        ("4.5", 20, "1.5", 2, "6"),
        ("1", 10, "1/6", 0, "0"),
    ],
)
def test_whole_drops_are_counted_and_run_their_own_rate(rate, factor, exact, counted, runs):
    found = drip(MlPerHour(rate), factor)
    assert found.exact == DropsPerMinute(exact)
    assert found.counted == DropsPerMinute(counted)
    assert found.runs == MlPerHour(runs) == rate_of(found.counted, factor)


def test_how_drops_are_worked_out_is_told():
    assert drip_words(drip(MlPerHour(60), 20), MlPerHour(60)) == "60 mL/h × 20 gtt/mL ÷ 60 min"
    assert drip_words(drip(MlPerHour("17.1"), 20), MlPerHour("17.1")) == (
        "17.1 mL/h × 20 gtt/mL ÷ 60 min = 5.7 gtt/min; whole drops run 18 mL/h"
    )
    assert drip(MlPerHour("17.1"), 20).seconds_a_drop == 10
    assert drip(MlPerHour(1), 10).seconds_a_drop == 0


# ------------------------------------------------ rounding


def test_what_the_marks_do_to_the_dose_is_told_in_mg_per_cent_and_minutes():
    # 25.02 mg planned, 12.5 mL × 2 mg/mL = 25 mg; 12.5 ÷ 4.2 × 60 = 178.57 min, planned 180
    found = rounding(
        Mg("25.02"),
        MgPerHour("8.34"),
        volume=Ml("12.5"),
        strength=MgPerMl(2),
        rate=MlPerHour("4.2"),
    )
    assert found.more == Mg("-0.02")
    assert found.words == (
        "25 mg goes in, not 25.02 mg (−0.02 mg, −0.1 %), in 178.6 min, not 180 min (−1.4 min)"
    )


def test_where_nothing_is_rounded_the_line_says_that_the_dose_stays():
    found = rounding(
        Mg("34.2"),
        MgPerHour("34.2"),
        volume=Ml("17.1"),
        strength=MgPerMl(2),
        rate=MlPerHour("17.1"),
    )
    assert found.words == "the dose stays 34.2 mg, in 60 min"
    assert found.longer == Minutes(0)


def test_a_change_too_small_for_a_tenth_of_a_per_cent_is_not_told_as_nothing():
    found = rounding(
        Mg("34.21"),
        MgPerHour("34.21"),
        volume=Ml("17.1"),
        strength=MgPerMl(2),
        rate=MlPerHour("17.1"),
    )
    assert "(−0.01 mg, −0.03 %)" in found.words


# ------------------------------------------------ what is wrong with a bag


def bag_of(drawn, total, vial="10", **values):
    """The dose is 70 kg × 0.5 mg/kg = 35 mg."""
    story = Story().patient().order().weight("70").vial(vial)
    fact = made("made-up-to", drawn, total)
    return story.tell(replace(fact, at=story.at(1), **values))


def faults(story, minute=2):
    visit = story.visit()
    return {
        fault.code: fault
        for fault in bag_faults(visit, bag_before(visit, story.at(minute)), story.at(minute))
    }


@pytest.mark.parametrize(
    ("vial", "drawn", "total", "stops"),
    [
        ("100", "0.35", "0.35", True),
        ("100", "0.35", "0.351", False),
        ("100", "0.35", "17.5", False),
        ("50", "0.7", "0.7", False),
    ],
)
def test_a_hundred_mg_per_ml_is_never_given_undiluted(vial, drawn, total, stops):
    assert ("undiluted" in faults(bag_of(drawn, total, vial))) is stops


@pytest.mark.parametrize(
    ("strength", "stops"), [("99.9", False), ("100", True), ("100.1", True), ("115", True)]
)
def test_a_strength_said_without_a_bag_is_held_against_the_same_bound(strength, stops):
    story = Story().patient().order().weight("70")
    assert bool(list(undiluted(story.visit(), MgPerMl(strength)))) is stops
    start = f.InfusionStarted(
        at=story.at(5), rate_ml_h=MlPerHour(1), strength_mg_per_ml=MgPerMl(strength)
    )
    codes = [point.code for point in against_start(story.visit(), story.at(5), start)]
    assert ("undiluted" in codes) is stops


@pytest.mark.parametrize(("minute", "old"), [(29, False), (30, False), (31, True)])
def test_a_bag_past_its_use_by_stands_against_the_start(minute, old):
    story = bag_of("3.5", "17.5", use_by=NOON + timedelta(minutes=30))
    assert ("bag-old" in faults(story, minute)) is old


@pytest.mark.parametrize(
    ("vial", "drawn", "named"),
    [
        ("10", "0.7", "as if 50 mg/mL stood on the vial of 10 mg/mL"),
        ("10", "0.35", "as if 100 mg/mL stood on the vial of 10 mg/mL"),
        ("50", "3.5", "as if 10 mg/mL stood on the vial of 50 mg/mL"),
        ("50", "0.35", "as if 100 mg/mL stood on the vial of 50 mg/mL"),
        ("100", "3.5", "as if 10 mg/mL stood on the vial of 100 mg/mL"),
        ("100", "0.7", "as if 50 mg/mL stood on the vial of 100 mg/mL"),
        ("50", "7", "the point moved: tenfold of the draw"),
        ("50", "0.07", "the point moved: a tenth of the draw"),
    ],
)
def test_a_draw_that_fits_another_vial_asks_for_a_reason(vial, drawn, named):
    fault = faults(bag_of(drawn, "17.5", vial))["bag-drawn"]
    assert named in fault.sentence
    assert fault.level == "reason"


@pytest.mark.parametrize("drawn", ["3.5", "3.49", "3.51", "4", "1.75"])
def test_any_other_draw_is_the_nurses_affair(drawn):
    assert "bag-drawn" not in faults(bag_of(drawn, "17.5"))


def test_a_reason_given_settles_the_draw():
    story = bag_of("3.5", "17.5", "100")

    def codes():
        return [point.code for point in against_start(story.visit(), story.at(9))]

    assert "bag-drawn" in codes()
    story.tell(f.FindingExplained(at=story.at(8), finding="bag-drawn", reason="two doses"))
    assert "bag-drawn" not in codes()


@pytest.mark.parametrize(
    ("hung", "codes"),
    [
        ({"bag": "B2"}, {"undiluted", "bag-old"}),
        ({"strength_mg_per_ml": MgPerMl(100)}, {"undiluted"}),
        ({"strength_mg_per_ml": MgPerMl("99.9")}, set()),
        ({"bag": "B1"}, set()),
    ],
)
def test_a_bag_hung_during_the_infusion_is_charted_and_asks_for_the_reason(hung, codes):
    story = bag_of("0.35", "17.5", "100").start_pump(5, "17.5")
    second = made("made-up-to", "0.35", "0.35")
    story.tell(replace(second, at=story.at(6), bag="B2", use_by=story.at(7)))
    story.tell(f.BagChanged(at=story.at(8), volume_ml=Ml(10), **hung), entry_id="hung")
    visit = story.visit()
    found = [x for x in findings(visit, story.at(9)) if x.entry == "hung"]
    assert {x.code.rpartition("-")[0] for x in found} == codes
    assert all(x.severity == "reason" and x.sentence.startswith("Hung at 12:08: ") for x in found)


def test_a_start_by_gravity_asks_for_the_drop_factor():
    story = bag_of("3.5", "17.5")
    check = f.PumpChecked(
        at=story.at(3), reader="same-nurse", rate_ml_h=MlPerHour(18), volume_ml=Ml("17.5"),
        strength_mg_per_ml=MgPerMl(2), drops_per_ml=20,
    )  # fmt: skip
    story.tell(check)

    def codes(rate, drops):
        start = f.InfusionStarted(
            at=story.at(5), rate_ml_h=MlPerHour(rate), by="gravity", drops_per_ml=drops
        )
        found = against_start(story.visit(), story.at(5), start)
        return {p.code for p in found} & {"drop-factor", "start-rate", "pump-check:rate_ml_h"}

    assert codes(18, None) == {"drop-factor"}
    assert codes(18, 20) == set()
    assert codes(180, 20) == {"start-rate"}

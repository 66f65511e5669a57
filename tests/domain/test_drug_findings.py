"""The three totals of the drug: compared two by two, never adjusted, a missing one told as such."""

from dataclasses import replace

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.counts import balance
from ketachart.domain.found.drug import three_totals
from ketachart.domain.found.findings import findings
from ketachart.domain.quantities import Mg, Ml
from ketachart.domain.summary import look_at
from tests.helpers.story import Story


def hour(pump=None, *, drawn="3.5", returned="165", wasted="0", **setting):
    """17.5 mL/h for an hour out of 17.5 mL; the rest of the vial is charted as told."""
    story = Story(**setting).patient().order().weight("70").vial().bag(drawn, "17.5")
    story.start_pump(1, "17.5").stop(61, pump=pump)
    if wasted != "0":
        story.tell(
            f.DrugWasted(
                at=story.at(64), amount_mg=Mg(wasted), source="B1", how="pouch",
                witness="A", witness_mode="in-person",
            )
        )  # fmt: skip
    story.tell(f.DrugReturned(at=story.at(65), amount_mg=Mg(returned), source="V1", seal="S"))
    return story


def point(story, code):
    found = findings(story.visit(), story.at(70))
    return next((each for each in found if each.code == code), None)


def balance_lines(story):
    return [line.sentence for line in look_at(story.visit()) if line.kind == "Balance"]


def test_totals_that_agree_say_nothing():
    story = hour("17.5")
    assert balance(story.visit()).closes
    assert point(story, "pump-and-rates") is None
    assert point(story, "left-and-rates") is None
    assert balance_lines(story) == []


@pytest.mark.parametrize("pump", ["16.5", "18.5"])
def test_a_millilitre_between_pump_and_rates_stands_on_page_one_with_its_explanation(pump):
    story = hour(pump)
    says = f"Pump says {2 * float(pump):g} mg, rates say 35 mg"
    assert point(story, "pump-and-rates").severity == "reason"
    assert point(story, "pump-and-rates").sentence == says
    assert f"{says}. NOT EXPLAINED" in balance_lines(story)
    story.tell(
        f.FindingExplained(
            at=story.at(66), finding="pump-and-rates", reason="the pump counts its own priming"
        )
    )
    assert point(story, "pump-and-rates").settled
    assert f"{says}. Explained: the pump counts its own priming" in balance_lines(story)


def test_the_point_names_what_is_apart_what_is_allowed_and_the_third_total():
    detail = point(hour("18.5"), "pump-and-rates").detail
    assert detail.startswith("2 mg and 1 mL apart, 0.5 mg allowed. What is left says 35 mg.")


@pytest.mark.parametrize(("pump", "severity"), [("18.4", "know"), ("18.5", "reason")])
def test_a_millilitre_always_asks_however_weak_the_bag(pump, severity):
    # 1.75 mg in 17.5 mL is 0.1 mg/mL: a millilitre is 0.1 mg, far under the half milligram allowed
    assert (
        point(hour(pump, drawn="0.175", returned="198.25"), "pump-and-rates").severity == severity
    )


def test_a_protocol_from_before_that_rule_is_held_to_its_own_words():
    shipped = house.shipped_protocol()
    kept = tuple(value for value in shipped.values if value.code != "balance.volume")
    older = replace(shipped, values=kept)
    story = hour("18.5", drawn="0.175", returned="198.25", protocol=older)
    assert point(story, "pump-and-rates").severity == "know"


@pytest.mark.parametrize(("returned", "asks"), [("164.5", False), ("164.4", True)])
def test_what_is_left_is_held_against_the_rates_too(returned, asks):
    # pump 17.7 mL = 35.4 mg, within 0.5 mg of the rates; what is left says up to 35.6 mg
    story = hour("17.7", returned=returned)
    assert point(story, "pump-and-rates").severity == "know"
    found = point(story, "left-and-rates")
    assert (found is not None) == asks
    if asks:
        assert found.severity == "reason"
        assert found.sentence == "What is left says 35.6 mg, rates say 35 mg"
        assert any("What is left says 35.6 mg" in line for line in balance_lines(story))


def test_what_is_nowhere_stands_on_page_one_with_its_explanation():
    story = hour("17.5", returned="160")
    assert "5 mg of ketamine unaccounted for. NOT EXPLAINED" in balance_lines(story)


def test_a_total_that_is_missing_is_told_as_missing_and_never_as_nothing():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "17.5").stop(61)
    assert three_totals(balance(story.visit())) == (
        ("Given, by the rates", "35 mg"),
        ("Given, by the pump", "not read"),
        ("Given, by what is left", "nothing charted as left"),
    )
    assert point(story, "pump-not-read").severity == "know"
    assert "never" in point(story, "pump-not-read").detail
    assert point(story, "pump-and-rates") is None


def test_a_pump_read_only_at_a_pause_is_told_up_to_then():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").pause(20, pump_volume_ml=Ml(9)).resume(25, "17.5").stop(55)
    assert three_totals(balance(story.visit()))[1] == ("Given, by the pump", "18 mg up to 12:20")
    assert point(story, "pump-and-rates").sentence == (
        "Pump says 18 mg, rates say 11.67 mg up to 12:20"
    )
    assert "last at 12:20" in point(story, "pump-not-read").detail


def test_a_gravity_set_has_no_pump_that_could_be_read():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "17.5", by="gravity", drops_per_ml=60).stop(61)
    assert point(story, "pump-not-read") is None


def test_a_bag_change_at_which_nobody_read_the_pump_is_said():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").bag("1.75", "17.5", minute=29, name="B2")
    story.tell(f.BagChanged(at=story.at(30), bag="B2")).stop(60, pump="18.5")
    detail = point(story, "pump-and-rates").detail
    assert "At the bag change 12:30 the pump was not read" in detail


def test_a_correction_of_a_reading_keeps_the_old_one_and_the_totals_follow():
    story = hour("18.5")
    wrong = next(e for e in story.visit().entries if isinstance(e.fact, f.InfusionStopped))
    story.tell(replace(wrong.fact, pump_volume_ml=Ml("17.5")))
    visit = story.strike(wrong.id, replaced_by=story.last_id).visit()
    assert balance(visit).by_pump == Mg(35)
    assert visit.entry(wrong.id).fact.pump_volume_ml == Ml("18.5")
    assert point(story, "pump-and-rates") is None


def test_a_counter_that_went_back_is_no_dose_and_is_asked_about():
    # 12 mL at minute 40, then 3 mL at the stop: set to zero, or read wrong
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "17.5")
    story.tell(f.PumpRead(at=story.at(40), volume_ml=Ml(12))).stop(61, pump="3")
    sums = balance(story.visit())
    assert (sums.by_pump, sums.given_by, sums.given) == (None, "rates", Mg(35))
    asked = point(story, "pump-went-back")
    assert asked.severity == "reason"
    assert asked.sentence == "The pump showed less at 13:01 than before"
    assert dict(three_totals(sums))["Given, by the pump"] == "not known: it went back at 13:01"
    assert "The pump showed less at 13:01 than before. NOT EXPLAINED" in balance_lines(story)


def test_a_counter_set_to_zero_at_a_bag_change_went_on_and_not_back():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").bag("3.5", "17.5", minute=29, name="B2")
    story.tell(
        f.BagChanged(at=story.at(30), bag="B2", pump_volume_ml=Ml("8.75"), pump_cleared=True)
    )
    story.stop(60, pump="8.75")
    assert balance(story.visit()).by_pump == Mg(35)
    assert point(story, "pump-went-back") is None

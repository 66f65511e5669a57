"""The visits about the drug, replayed: three totals, two bags, an empty bag, both clock changes."""

from fractions import Fraction

import pytest

from tests.commands.test_replay_stories import DELIVERED, clock, of
from tests.helpers.stories import MORE_STORIES

# Lines that are refused because the story is about their refusal, by the story.
REFUSED = {"refused_then_authorised": ["refused", "half"]}
# Stories in which the patient leaves with the crew: signed with the reason that they are not whole.
INCOMPLETE = {"anaphylaxis_to_911": "Emergency: the patient was handed over to EMS"}


def decimals(story, *names):
    return [story[name]["dec"] for name in names]


def finding(visit, code):
    return next((each for each in visit["findings"] if each["code"] == code), None)


@pytest.mark.parametrize("name", MORE_STORIES)
def test_every_line_is_charted_and_the_visit_is_signed_with_nothing_left_unsaid(replayed, name):
    answer, _folder = replayed(name)
    visit = of(replayed, name)
    assert [refusal["id"] for refusal in answer.json["refusals"]] == REFUSED.get(name, [])
    assert (visit["signature"]["incomplete"] or "").startswith(INCOMPLETE.get(name, ""))
    assert (visit["signature"]["incomplete"] is None) is (name not in INCOMPLETE)
    assert visit["balance"]["closes"]
    assert visit["infusion"]["problems"] == []


def test_the_steps_of_the_order_are_the_rates_of_the_pump(replayed):
    visit = of(replayed, "stepwise_titration")
    rates = [(clock(part["from"]), part["rate"]["dec"]) for part in visit["infusion"]["segments"]]
    assert rates == [("09:40", "6"), ("10:00", "8"), ("10:20", "10"), ("10:40", "12")]
    # 80 kg: each step's mg/kg/h × 80 kg ÷ 2 mg/mL
    steps = [step["rate_mg_kg_h"] for step in visit["order"]["titration"]]
    assert [Fraction(step) * 80 / 2 for step in steps] == [8, 10, 12]


def test_two_pauses_give_nothing_and_are_both_counted(replayed):
    infusion = of(replayed, "two_pauses")["infusion"]
    paused = [part for part in infusion["segments"] if part["state"] == "paused"]
    assert [(clock(part["from"]), clock(part["to"])) for part in paused] == [
        ("14:25", "14:30"),
        ("14:50", "15:00"),
    ]
    assert infusion["paused_s"]["frac"] == f"{15 * 60}/1"
    assert {part["drug"]["dec"] for part in paused} == {"0"}


def test_the_pump_is_counted_bag_by_bag(replayed):
    visit = of(replayed, "second_bag_weaker")
    pump = visit["balance"]["pump"]
    # 10 mL × 2 mg/mL, set to zero, 19.8 mL × 1 mg/mL
    assert decimals(visit["balance"], "by_pump", "given", "wasted") == ["39.8", "39.8", "0.2"]
    assert (pump["volume"]["dec"], pump["whole"], pump["bag_changes_not_read"]) == (
        "29.8", True, [],
    )  # fmt: skip
    assert pump["apart"]["frac"] == "1/30"
    assert [part["strength"]["dec"] for part in visit["infusion"]["segments"]] == ["2", "1", "1"]


def test_a_bag_that_ran_dry_gives_no_more_and_leaving_counts_from_there(replayed):
    visit = of(replayed, "ran_dry_before_the_stop")
    infusion = visit["infusion"]
    assert clock(infusion["ran_dry_at"]) == clock(infusion["last_drug_at"]) == "12:00"
    assert clock(infusion["stopped_at"]) == "12:07"
    assert clock(visit["release"]["earliest"]) == "13:00"
    assert infusion["bag_left_ml"]["dec"] == "0"


def test_a_millilitre_apart_is_explained_and_stands_so(replayed):
    visit = of(replayed, "pump_a_millilitre_apart")
    assert decimals(visit["balance"], "by_rates", "by_pump", "by_remainder") == ["40", "38", "38"]
    point = finding(visit, "pump-and-rates")
    assert point["severity"] == "reason"
    assert point["sentence"] == "Pump says 38 mg, rates say 40 mg"
    assert point["explained"].startswith("Occlusion alarm at 13:52")


def test_waste_that_nobody_saw_is_explained_and_leaves_the_supervisor_a_task(replayed):
    visit = of(replayed, "waste_without_a_witness")
    (point,) = (each for each in visit["findings"] if each["code"].startswith("no-witness"))
    assert "measure the volume in sealed bag SB-21067" in point["detail"]
    assert point["explained"]


@pytest.mark.parametrize(
    ("name", "times", "minutes"),
    [
        ("clocks_go_forward", ("01:20:00-05:00", "03:20:00-04:00"), 60),
        ("clocks_go_back", ("01:20:00-04:00", "01:25:00-05:00"), 65),
    ],
)
def test_over_a_change_of_the_clock_the_hour_is_an_hour(replayed, name, times, minutes):
    infusion = of(replayed, name)["infusion"]
    shown = tuple(infusion[key][11:19] + infusion[key][-6:] for key in ("started_at", "stopped_at"))
    assert shown == times
    assert infusion["elapsed_s"]["frac"] == f"{minutes * 60}/1"
    assert Fraction(infusion["total_mg"]["frac"]) == DELIVERED[name] == 40

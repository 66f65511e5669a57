"""Every limit of the dose, row by row of C3: below, at, above, and where it is missing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.judgements import JUDGES
from ketachart.domain.quantities import Kg, MgPerKg, MgPerKgPerHour, MgPerMl, Minutes, Ml
from ketachart.domain.start import against_start
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

SHIPPED = house.shipped_protocol()


def ordered(goal="acute-migraine", dose="0.5", minutes=60, rate=None, **values):
    """70 kg, so that a ten-thousandth of a mg/kg is still a dose of its own."""
    highest = None if rate is None else MgPerKgPerHour(rate)
    told = {
        "goal": goal,
        "dose_mg_per_kg": MgPerKg(dose),
        "duration_min": Minutes(minutes),
        "highest_rate_mg_kg_h": highest,
        **values,
    }
    return Story().patient().order(**told).weight("70")


def standing(story, code):
    """How one row of the checks stands; None where the protocol has no such row."""
    rows = {row.code: row.standing for row in dose_checks(story.visit(), NOON)}
    return rows.get(code)


# ------------------------------------------------------------------ the goal's own range


@pytest.mark.parametrize(
    ("goal", "low", "high"),
    [
        ("acute-migraine", "0.1", "0.5"), ("prevention", "0.2", "0.3"), ("induction", "0.1", "0.5"),
        ("maintenance", "0.1", "0.5"), ("booster", "0.1", "0.5"), ("depression", "0.1", "0.5"),
    ],
)  # fmt: skip
def test_a_dose_below_at_and_above_each_goals_range(goal, low, high):
    step = MgPerKg("0.0001")
    rows = [
        (MgPerKg(low) - step, "reason"), (MgPerKg(low), "inside"), (MgPerKg(low) + step, "inside"),
        (MgPerKg(high) - step, "inside"), (MgPerKg(high), "inside"),
        (MgPerKg(high) + step, "reason"),
    ]  # fmt: skip
    for dose, said in rows:
        story = ordered(goal, minutes=60, dose_mg_per_kg=dose)
        assert standing(story, "dose-range") == said, dose


@pytest.mark.parametrize(
    ("goal", "short", "long"),
    [
        ("acute-migraine", 60, 240), ("prevention", 60, 240), ("induction", 60, 240),
        ("maintenance", 60, 240), ("booster", 60, 240), ("depression", 40, 60),
    ],
)  # fmt: skip
def test_a_duration_below_at_and_above_each_goals_range(goal, short, long):
    rows = [
        (short - 1, "reason"), (short, "inside"), (short + 1, "inside"),
        (long - 1, "inside"), (long, "inside"), (long + 1, "reason"),
    ]  # fmt: skip
    for minutes, said in rows:
        assert standing(ordered(goal, "0.25", minutes), "duration") == said, minutes


@pytest.mark.parametrize("goal", ["ptsd", "anxiety", "chronic-pain"])
def test_a_goal_without_a_settled_dose_has_no_range_but_the_absolute_ones(goal):
    story = ordered(goal, "0.9", 300)
    assert standing(story, "dose-range") is None
    assert standing(story, "duration") is None
    assert standing(story, "dose-absolute") == "inside"


def test_every_goal_of_the_protocol_is_in_the_tables_above():
    ranged = {goal.code for goal in SHIPPED.goals if goal.dose_from is not None}
    assert ranged == {
        "acute-migraine", "prevention", "induction", "maintenance", "booster", "depression",
    }  # fmt: skip


# ------------------------------------------------------------------ whatever the goal


@pytest.mark.parametrize(
    ("dose", "said"), [("0.9999", "inside"), ("1", "stop"), ("1.0001", "stop")]
)
def test_an_anaesthetic_dose_begins_at_one_milligram_per_kilogram(dose, said):
    assert standing(ordered(dose=dose), "dose-absolute") == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (None, "inside"), ("0.9999", "inside"), ("1", "inside"), ("1.0001", "reason"),
        ("1.4999", "reason"), ("1.5", "reason"), ("1.5001", "stop"),
    ],
)  # fmt: skip
def test_the_highest_rate_of_an_order(rate, said):
    assert standing(ordered(rate=rate), "rate-highest") == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(30, "inside"), (29, "reason"), (20, "reason"), (19, "stop")]
)
def test_the_rate_that_dose_and_duration_come_to_counts_as_well(minutes, said):
    """0.5 mg/kg in 30 min are 1 mg/kg/h, in 20 min 1.5 mg/kg/h."""
    assert standing(ordered(minutes=minutes), "rate-highest") == said


def test_no_reason_goes_round_a_stop_and_one_settles_the_rest():
    story = ordered(dose="1", rate="1.2")
    for code in ("dose-absolute", "dose-range", "rate-highest"):
        story.tell(f.FindingExplained(at=NOON, finding=code, reason="specialist's advice"))
    codes = {point.code for point in against_start(story.visit(), NOON)}
    assert "dose-absolute" in codes
    assert not codes & {"dose-range", "rate-highest"}


def test_without_a_weight_there_is_no_row_and_the_start_says_so():
    story = Story().patient().order()
    assert dose_checks(story.visit(), NOON) == ()
    assert "weight" in {point.code for point in against_start(story.visit(), NOON)}


# ------------------------------------------------------------------ weight and order


def judged(name, story):
    return JUDGES[name](story.visit(), NOON).answer


@pytest.mark.parametrize(
    ("kg", "last", "answer"),
    [
        ("77", "70", "clear"), ("77.1", "70", "ask"), ("76.9", "70", "clear"),
        ("63", "70", "clear"), ("62.9", "70", "ask"), ("63.1", "70", "clear"),
        ("90", None, "clear"),
    ],
)  # fmt: skip
def test_a_weight_that_changed_by_more_than_a_tenth_asks(kg, last, answer):
    story = Story().weight(kg, last_weight_kg=None if last is None else Kg(last))
    assert judged("weight", story) == answer


@pytest.mark.parametrize(("how", "answer"), [("measured", "clear"), ("stated", "ask")])
def test_a_weight_of_today_is_measured_or_asked_about(how, answer):
    assert judged("weight", Story().weight("70", how=how)) == answer
    assert judged("weight", Story()) is None


@pytest.mark.parametrize(
    ("days", "expires_in", "answer"),
    [
        (0, None, "clear"), (29, None, "clear"), (30, None, "clear"), (31, None, "stop"),
        (-1, None, "stop"),  # dated tomorrow
        (5, 0, "clear"), (5, -1, "stop"), (31, 10, "stop"),
    ],
)  # fmt: skip
def test_an_order_is_valid_for_thirty_days_or_for_less(days, expires_in, answer):
    until = None if expires_in is None else (NOON + timedelta(days=expires_in)).date()
    story = Story().order(ordered_on=(NOON - timedelta(days=days)).date(), expires_on=until)
    assert judged("order", story) == answer
    assert judged("order", Story()) is None


# ------------------------------------------------------------------ told twice


@pytest.mark.parametrize(("minute", "asked"), [(0, True), (1.9, True), (2, False), (2.1, False)])
def test_the_same_set_within_two_minutes_is_asked_about(minute, asked):
    story = Story().bp(0, 124, 76)
    again = f.VitalsTaken(at=story.at(minute), systolic=124, diastolic=76)
    if asked:
        with pytest.raises(Refused, match="same values"):
            admit(story.visit(), again, now=again.at)
        again = replace(again, confirmed=True)
    admit(story.visit(), again, now=again.at)


@pytest.mark.parametrize(
    ("minute", "drawn", "vial", "asked"),
    [
        (0, "3.5", "V1", True), (1.9, "3.5", "V1", True), (2, "3.5", "V1", False),
        (2.1, "3.5", "V1", False), (1, "3.6", "V1", False), (1, "3.5", "V2", False),
    ],
)  # fmt: skip
def test_the_same_draw_within_two_minutes_is_asked_about(minute, drawn, vial, asked):
    story = Story().vial().vial(name="V2").bag("3.5", "17.5", 0)
    again = f.BagPrepared(
        at=story.at(minute), bag="B2", vial=vial, drawn_ml=Ml(drawn), total_ml=Ml("17.5")
    )
    if asked:
        with pytest.raises(Refused, match=r"as B1\. If it was drawn once more, confirm it"):
            admit(story.visit(), again, now=again.at)
        again = replace(again, confirmed=True)
    admit(story.visit(), again, now=again.at)


def test_a_vial_is_never_taken_out_twice():
    story = Story().vial()
    taken = story.entries[-1].fact
    again = replace(taken, at=story.at(1), strength_mg_per_ml=MgPerMl(10))
    with pytest.raises(Refused, match="V1"):
        admit(story.visit(), again, now=again.at)

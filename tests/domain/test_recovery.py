"""How long the observation still is, and the signs beside what they were."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from ketachart.domain import facts as f
from ketachart.domain.recovery import back_to_baseline, criterion_state, observation
from tests.helpers.story import Story


def ended():
    """Stopped at minute 60 after a full set at minute -5."""
    story = Story().patient().order().weight("70").full(-5, 124, 76)
    return story.start_pump(0, "17.5", strength="2").stop(60)


def test_while_the_pump_may_still_run_no_observation_has_begun():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    assert observation(story.visit(), story.at(30)) is None
    assert observation(story.pause(30).visit(), story.at(40)) is None


def test_without_ketamine_there_is_nothing_to_wait_for():
    assert observation(Story().patient().visit(), Story().at(0)) is None


def test_the_observation_is_told_in_minutes_and_as_a_part():
    seen = observation(ended().visit(), ended().at(106))
    assert seen.sentence == "46 of 60 min since the last ketamine 13:00"
    assert (seen.earliest, seen.left) == (ended().at(120), timedelta(minutes=14))
    assert seen.part == Fraction(46, 60)


def test_minutes_that_are_not_whole_are_not_rounded_up():
    assert observation(ended().visit(), ended().at(119.99)).sentence.startswith("59 of 60 min")


def test_past_its_time_the_part_is_whole_and_nothing_is_left():
    seen = observation(ended().visit(), ended().at(300))
    assert (seen.part, seen.left) == (Fraction(1), timedelta())
    assert seen.sentence == "4 h, 60 min needed, since the last ketamine 13:00"


def test_a_reversal_medicine_moves_the_time_and_is_named():
    story = ended()
    story.tell(
        f.MedicineGiven(
            at=story.at(70), medicine="naloxone", dose=Decimal("0.4"), unit="mg",
            against="emergency",
        )
    )  # fmt: skip
    seen = observation(story.visit(), story.at(100))
    assert seen.earliest == story.at(190)
    assert seen.sentence == "30 of 120 min since the reversal medicine 13:10"


def test_a_reversal_medicine_that_is_long_past_moves_nothing():
    story = ended()
    story.tell(
        f.MedicineGiven(
            at=story.at(-10), medicine="naloxone", dose=Decimal("0.4"), unit="mg",
            against="emergency",
        )
    )  # fmt: skip
    assert observation(story.visit(), story.at(100)).earliest == story.at(120)


def test_a_change_too_small_to_be_written_is_the_same():
    story = Story().patient().order().weight("70").vitals(-5, heart_rate=249)
    story.start_pump(0, "17.5", strength="2").stop(60).vitals(75, heart_rate=250)
    (row,) = back_to_baseline(story.visit(), most=1).rows
    assert row.change == "same"


def test_signs_stand_beside_what_they_were_with_their_change():
    story = ended().full(75, 130, 80, heart_rate=78, spo2=97, rass=-1, pain=3)
    story.full(90, 126, 78, heart_rate=76, spo2=98, rass=0, pain=0)
    table = back_to_baseline(story.visit(), most=4)
    assert table.times == ("13:15", "13:30")
    rows = {row.label: (row.before, row.since, row.change) for row in table.rows}
    assert rows["Blood pressure"] == ("124/76", ("130/80", "126/78"), "+2 %")
    assert rows["Heart rate"] == ("78", ("78", "76"), "−3 %")
    assert rows["SpO₂"] == ("98", ("97", "98"), "same")
    assert rows["RASS"] == ("0", ("−1", "0"), "same")
    assert rows["Pain"] == ("5", ("3", "0"), "−5")


def test_what_was_not_measured_is_a_dash_and_what_never_was_has_no_row():
    story = Story().patient().order().weight("70").bp(-5, 124, 76)
    story.start_pump(0, "17.5", strength="2").stop(60).vitals(75, spo2=97)
    rows = {row.label: row for row in back_to_baseline(story.visit(), most=4).rows}
    assert (rows["SpO₂"].before, rows["SpO₂"].since, rows["SpO₂"].change) == ("—", ("97",), "—")
    assert rows["Blood pressure"].since == ("—",)
    assert "Pain" not in rows


def test_only_the_last_sets_are_shown_but_the_change_is_of_the_last_value():
    story = ended()
    for minute in (65, 75, 85):
        story.full(minute, 124 + minute, 76)
    table = back_to_baseline(story.visit(), most=2)
    assert table.times == ("13:15", "13:25")
    assert back_to_baseline(story.visit(), most=0).times == ()


def test_sets_of_the_infusion_are_no_part_of_the_recovery():
    assert back_to_baseline(ended().full(30, 150, 90).visit(), most=4).times == ()


def test_a_criterion_is_found_by_its_code():
    story = ended()
    assert criterion_state(story.visit(), story.at(70), "gait").state == "open"
    assert criterion_state(story.visit(), story.at(70), "nothing") is None

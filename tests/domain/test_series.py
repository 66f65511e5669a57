"""What came before, held against the order: too soon, too many, too much more, out of turn."""

import json
from datetime import UTC, date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from ketachart.domain import facts as f
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.earlier.series import (
    days_since,
    earlier,
    gap_since,
    pain_answer,
    pain_words,
    position_words,
    since_words,
    total_words,
    totals,
)
from ketachart.domain.earlier.series_checks import first_words, series_checks
from ketachart.domain.quantities import Kg, Mg, MgPerKg
from ketachart.domain.start import against_start
from tests.helpers.story import NOON, Story

VECTORS = Path(__file__).parent / "dose_vectors.json"
HOUR = timedelta(hours=1)


def gave(days=3, *, hours=0, mg="35", per_kg="0.5", **values):
    """An infusion of an hour that ended so long before noon of the visit."""
    end = NOON - timedelta(days=days, hours=hours)
    told = {
        "visit": f"V{days}",
        "on": end.date(),
        "goal": "induction",
        "started_at": end - HOUR,
        "ended_at": end,
        "delivered_mg": None if mg is None else Mg(mg),
        "delivered_mg_per_kg": None if per_kg is None else MgPerKg(per_kg),
        "pain_start": 8,
        "pain_end": 4,
        "charted": "signed",
    }
    return f.PastInfusion(**{**told, **values})


def story(*past, dose="0.5", kg=70, goal="induction", at=None, **order):
    told = Story().patient().weight(kg)
    told.order(goal=goal, dose_mg_per_kg=MgPerKg(dose), **order)
    return told.tell(f.PastRecorded(at=at or NOON, infusions=past))


def check(told, code, at=NOON):
    visit = told.visit() if isinstance(told, Story) else told
    return next((row for row in series_checks(visit, at) if row.code == code), None)


def standing(told, code, at=NOON):
    row = check(told, code, at)
    return row.standing if row else None


# ------------------------------------------------ position, days, pain, sums


def test_the_order_names_the_place_in_the_series():
    told = story(gave(3), series_number=3, series_of=5)
    assert position_words(told.visit()) == "infusion 3 of 5"
    assert since_words(told.visit(), NOON) == "3 days since the last"


def test_without_a_number_no_place_is_made_up():
    assert position_words(story(gave(3)).visit()) == ""


def test_with_nothing_before_no_days_are_told():
    assert (days_since(story().visit(), NOON), since_words(story().visit(), NOON)) == (None, "")


def test_days_are_counted_on_the_patients_calendar():
    late = gave(1, hours=-11)  # ended at 23:00 of the day before
    assert days_since(story(late).visit(), NOON) == 1
    assert since_words(story(gave(0, hours=3)).visit(), NOON) == "the last one the same day"


def test_once_started_the_start_counts_however_late_one_looks():
    visit = story(gave(3)).start_pump(10, 20, strength=2, volume=50).visit()
    assert days_since(visit, NOON + timedelta(days=9)) == 3


def test_pain_answers_as_the_vectors_say():
    (vector,) = [v for v in json.loads(VECTORS.read_text())["vectors"] if v["id"] == "S02"]
    for letter, (start, end) in zip("ab", vector["given"]["pairs"], strict=True):
        answer = pain_answer(gave(pain_start=int(start), pain_end=int(end)))
        assert answer.points == Fraction(vector["expect"][f"{letter}_points"]["frac"])
        assert answer.percent == Fraction(vector["expect"][f"{letter}_percent"]["frac"])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (9, 4, "9 to 4, −56 %"),
        (8, 8, "8 to 8, 0 %"),
        (4, 6, "4 to 6, +50 %"),
        (0, 2, "0 to 2"),
        (8, None, "8 to —"),
        (None, None, ""),
    ],
)
def test_pain_is_told_with_its_change(start, end, words):
    assert pain_words(gave(pain_start=start, pain_end=end)) == words


def test_an_infusion_elsewhere_counts_like_any_other():
    told = story(gave(9))
    told.tell(f.InfusionElsewhere(at=NOON, infusion=gave(2, visit=""), told_by="letter"))
    assert [one.visit for one in earlier(told.visit())] == ["V9", ""]
    assert days_since(told.visit(), NOON) == 2


def test_a_struck_infusion_elsewhere_is_as_if_never_told():
    told = story(gave(9))
    told.tell(f.InfusionElsewhere(at=NOON, infusion=gave(2), told_by="letter"))
    assert days_since(told.strike(told.last_id).visit(), NOON) == 9


def test_a_later_telling_of_the_past_stands_whatever_its_time():
    told = story(gave(9))
    told.tell(f.PastRecorded(at=NOON - HOUR, infusions=(gave(4),)))
    assert days_since(told.visit(), NOON) == 4


@pytest.mark.parametrize(("days", "short", "long"), [(29, 1, 1), (30, 0, 1), (364, 0, 1)])
def test_sums_run_over_thirty_and_three_hundred_and_sixty_five_days(days, short, long):
    sums = totals(story(gave(days)).visit(), NOON)
    assert [(one.days, one.infusions) for one in sums] == [(30, short), (365, long)]


def test_sums_add_every_dose_and_name_what_has_none():
    told = story(gave(20, mg="34.2"), gave(9, mg=None), gave(3, mg="35.05"))
    short = totals(told.visit(), NOON)[0]
    assert (short.infusions, short.mg, short.without_dose) == (3, Mg("69.25"), 1)
    assert total_words(short) == "3 infusions, 69.25 mg, 1 of them without a dose on file"


def test_sums_take_this_infusion_in_once_it_is_started():
    told = story(gave(3, mg="35")).start_pump(0, 17, strength=2, volume=50).stop(60)
    assert totals(told.visit(), NOON)[0].mg == Mg(69)


def test_sums_of_a_record_that_was_cut_say_at_least():
    told = story(*(gave(day) for day in range(60, 0, -1)))
    assert total_words(totals(told.visit(), NOON)[1]).startswith("at least 60 infusions")
    assert not totals(told.visit(), NOON)[0].at_least


# ------------------------------------------------ too soon


@pytest.mark.parametrize(("seconds", "expected"), [(-1, "reason"), (0, "inside"), (1, "inside")])
def test_twenty_hours_between_two_infusions(seconds, expected):
    assert (
        standing(story(gave(0, hours=20)), "series-interval", NOON + timedelta(seconds=seconds))
        == expected
    )


def test_where_only_the_day_is_known_the_least_that_can_be_counts():
    """Yesterday, no hours: as late as midnight, so 12 hours at noon; the day before: 36."""
    bare = {"started_at": None, "ended_at": None}
    yesterday = story(gave(1, **bare)).visit()
    assert gap_since(yesterday, NOON).length == 12 * HOUR
    assert check(yesterday, "series-interval").value == "at least 12 h"
    assert standing(yesterday, "series-interval") == "reason"
    assert standing(story(gave(2, **bare)), "series-interval") == "inside"
    today = story(gave(0, **bare)).visit()
    assert check(today, "series-interval").value == "the same day"
    assert standing(today, "series-interval") == "reason"


def test_the_clock_change_does_not_shorten_the_time_between():
    """1 Nov 2026: clocks go back in New York, so 16:00 to 11:00 is 20 hours, not 19."""
    told = story(at=NOON)
    told.tell(f.VisitOpened(at=NOON, visit="1", zone="America/New_York", program="t"))
    end = NOON.astimezone(UTC).replace(month=10, day=31, hour=20, minute=0)  # 16:00 EDT
    told.tell(
        f.PastRecorded(
            at=NOON, infusions=(gave(on=date(2026, 10, 31), started_at=end - HOUR, ended_at=end),)
        )
    )
    begin = end + 20 * HOUR  # 11:00 EST
    assert standing(told, "series-interval", begin) == "inside"
    assert standing(told, "series-interval", begin - timedelta(seconds=1)) == "reason"


@pytest.mark.parametrize(("days", "expected"), [(13, "reason"), (14, "inside"), (15, "inside")])
@pytest.mark.parametrize("goal", ["prevention", "maintenance"])
def test_a_goals_days_between_two_infusions(goal, days, expected):
    told = story(gave(days), goal=goal, dose="0.3")
    assert standing(told, "series-apart") == expected


def test_a_goal_without_days_of_its_own_has_the_hours_alone():
    assert check(story(gave(2)), "series-apart") is None


# ------------------------------------------------ too many


@pytest.mark.parametrize(("before", "expected"), [(3, "inside"), (4, "inside"), (5, "reason")])
def test_more_than_five_in_seven_days_ask_for_a_reason(before, expected):
    told = story(*(gave(day + 1) for day in range(before)))
    assert standing(told, "series-count") == expected


@pytest.mark.parametrize(("oldest", "expected"), [(6, "reason"), (7, "inside")])
def test_the_seven_days_end_after_today(oldest, expected):
    told = story(gave(oldest), *(gave(day + 1) for day in range(4)))
    assert standing(told, "series-count") == expected


@pytest.mark.parametrize(("place", "expected"), [(4, None), (5, None), (6, "reason")])
def test_an_infusion_past_the_end_of_the_series_asks(place, expected):
    assert standing(story(series_number=place, series_of=5), "series-number") == expected


@pytest.mark.parametrize(
    ("of", "expected"), [(2, "reason"), (3, "inside"), (5, "inside"), (6, "reason")]
)
def test_a_series_of_three_to_five(of, expected):
    assert standing(story(series_number=1, series_of=of), "series-length") == expected


def test_a_goal_without_a_series_has_no_length_to_keep():
    assert check(story(goal="booster", series_number=1, series_of=9), "series-length") is None


# ------------------------------------------------ more than last time


@pytest.mark.parametrize(
    ("dose", "expected"), [("0.479", "inside"), ("0.48", "inside"), ("0.481", "reason")]
)
def test_a_rise_of_more_than_twenty_percent_asks(dose, expected):
    assert standing(story(gave(per_kg="0.4"), dose=dose), "dose-rise") == expected


@pytest.mark.parametrize(
    ("grade", "dose", "expected"),
    [
        (1, "0.401", "inside"),
        (2, "0.399", "inside"),
        (2, "0.4", "inside"),
        (2, "0.401", "reason"),
        (3, "0.401", "reason"),
    ],
)
def test_after_a_grade_two_effect_any_rise_asks(grade, dose, expected):
    before = gave(per_kg="0.4", worst_effect="Nausea", worst_grade=grade)
    assert standing(story(before, dose=dose), "dose-rise") == expected


def test_an_effect_of_the_time_before_last_no_longer_counts():
    told = story(gave(6, worst_effect="Nausea", worst_grade=3), gave(3, per_kg="0.4"), dose="0.44")
    assert standing(told, "dose-rise") == "inside"


def test_what_the_pumps_step_took_off_is_no_rise():
    """33.3 mL/h for 33.333: 0.4995 mg/kg is written 0.5, and 0.5 is ordered again."""
    before = gave(per_kg="0.5", worst_effect="Nausea", worst_grade=2)
    assert standing(story(before, dose="0.5"), "dose-rise") == "inside"


def test_a_ceiling_is_counted_as_what_will_be_given():
    told = story(gave(per_kg="0.4"), dose="0.6", kg=70, ceiling_mg=Mg(28))
    assert standing(told, "dose-rise") == "inside"


def test_without_a_dose_on_file_there_is_nothing_to_compare():
    assert check(story(gave(per_kg=None)), "dose-rise") is None
    older = story(gave(6, per_kg="0.4"), gave(3, per_kg=None), dose="0.5")
    assert standing(older, "dose-rise") == "reason"


# ------------------------------------------------ out of turn


@pytest.mark.parametrize(
    ("place", "expected"), [(1, "reason"), (2, "reason"), (3, "inside"), (4, "reason")]
)
def test_the_number_follows_the_last_one(place, expected):
    told = story(gave(3, series_number=2), series_number=place, series_of=5)
    assert standing(told, "series-number") == expected


@pytest.mark.parametrize(("days", "expected"), [(6, "reason"), (7, "inside")])
def test_a_new_series_begins_once_the_days_of_the_last_are_over(days, expected):
    told = story(gave(days, series_number=4), series_number=1, series_of=5)
    assert standing(told, "series-number") == expected


def test_a_number_of_another_goal_is_another_series():
    told = story(gave(3, series_number=4, goal="booster"), series_number=1, series_of=5)
    assert check(told, "series-number") is None


# ------------------------------------------------ reasons, references, older protocols


def test_a_reason_settles_a_check_and_nothing_is_ever_stopped():
    told = story(gave(0, hours=5), dose="0.9", series_number=9, series_of=7)
    rows = series_checks(told.visit(), NOON)
    assert {row.standing for row in rows} <= {"inside", "reason"}
    asked = {row.code for row in rows if row.standing == "reason"}
    assert asked == {"series-interval", "dose-rise", "series-number", "series-length"}
    points = {point.code: point.level for point in against_start(told.visit(), NOON)}
    assert {points[code] for code in asked} == {"reason"}
    for code in asked:
        told.tell(f.FindingExplained(at=NOON, finding=code, reason="Dr A. Okafor, by phone"))
    left = {point.code for point in against_start(told.visit(), NOON)}
    assert not asked & left
    said = {row.code: row.explained for row in dose_checks(told.visit(), NOON)}
    assert said["dose-rise"] == "Dr A. Okafor, by phone"


def test_a_first_infusion_over_the_low_end_is_told_and_not_checked():
    told = story(dose="0.5", series_number=1, series_of=5)
    words = first_words(told.visit(), NOON)
    assert "begins at 0.1 mg/kg, the order says 0.5 mg/kg." in words
    assert all(row.standing == "inside" for row in series_checks(told.visit(), NOON))
    assert first_words(story(dose="0.1").visit(), NOON) == ""
    assert first_words(story(gave(3), dose="0.5").visit(), NOON) == ""


def test_the_word_for_twice_a_week_or_every_two_is_never_written():
    for goal in Story().visit().protocol.goals:
        assert "biweekly" not in f"{goal.apart_words} {goal.note}".lower()


def test_weights_are_of_no_concern_to_the_days():
    told = (
        Story()
        .patient()
        .order(series_number=1)
        .tell(f.PastRecorded(at=NOON, infusions=(gave(0, hours=2, dosing_weight_kg=Kg(70)),)))
    )
    assert standing(told, "series-interval") == "reason"

"""Text as it is typed in gloves: read once, or said to be unreadable; never guessed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ketachart.domain.typed import (
    Blank,
    Pressure,
    TwoTimes,
    Unreadable,
    blood_pressure,
    decimal_number,
    expiry_typed,
    past_time_typed,
    temperature,
    time_typed,
    weight_typed,
    whole_number,
)
from tests.helpers.story import NOON


@pytest.mark.parametrize(("text", "value"), [("128", 128), (" 7 ", 7), ("−1", -1), ("+2", 2)])
def test_whole_numbers(text, value):
    assert whole_number(text) == value


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_not_zero(text):
    assert whole_number(text) == Blank()
    assert decimal_number(text) == Blank()


@pytest.mark.parametrize("text", ["12.5", "1e3", "١٢٠", "12a", "--1"])
def test_what_is_no_whole_number_is_said_to_be_none(text):
    assert isinstance(whole_number(text), Unreadable)


@pytest.mark.parametrize(
    ("text", "value"), [("17.1", "17.1"), (".5", "0.5"), ("5.", "5"), ("05", "5"), ("0", "0")]
)
def test_decimals(text, value):
    assert decimal_number(text) == Decimal(value)


def test_a_comma_is_never_read_as_a_point_nor_left_out():
    read = decimal_number("0,5")
    assert isinstance(read, Unreadable)
    assert "point" in read.sentence


@pytest.mark.parametrize("text", ["-1", "1.2.3", "1e2", "nan", "inf", "½"])
def test_what_is_no_decimal_is_said_to_be_none(text):
    assert isinstance(decimal_number(text), Unreadable)


@pytest.mark.parametrize("text", ["128/82", "128 82", " 128 / 82 ", "128-82", "128−82"])
def test_a_pressure_in_one_field(text):
    assert blood_pressure(text) == Pressure(128, 82)


@pytest.mark.parametrize("text", ["128", "128--82", "128/82/1", "a/b"])
def test_half_a_pressure_is_asked_again(text):
    assert isinstance(blood_pressure(text), Unreadable)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("11:45", -15), ("1145", -15), ("11:45a", -15), ("-5", -5), ("-5m", -5), ("12:00", 0),
        ("2:15p", 135), ("11pm", 11 * 60), ("0:10", -11 * 60 - 50),
    ],
)  # fmt: skip
def test_times_near_now(text, minutes):
    assert time_typed(text, NOON) == NOON + timedelta(minutes=minutes)


def test_a_time_late_last_evening_is_yesterday_s():
    just_after_midnight = NOON.replace(hour=0, minute=10)
    assert time_typed("23:50", just_after_midnight) == just_after_midnight - timedelta(minutes=20)


def test_just_after_midnight_typed_just_before_is_tomorrow_s():
    just_before = NOON.replace(hour=23, minute=50)
    assert time_typed("00:10", just_before) == just_before + timedelta(minutes=20)


@pytest.mark.parametrize("text", ["25:00", "12:60", "7", "13pm", "noon", "1:2:3:4", "12:5"])
def test_what_is_no_time_is_said_to_be_none(text):
    assert isinstance(time_typed(text, NOON), Unreadable)


@pytest.mark.parametrize(
    ("text", "hours_ago"),
    [
        ("6:00", 6),
        ("22:00", 14),
        ("12:00", 0),
        ("12:01", 24 - 1 / 60),
        ("yesterday 22:00", 14),
        ("y 6:00", 30),
        ("today 6:00", 6),
        ("y 10p", 14),
        ("-90", 1.5),
    ],
)
def test_a_time_that_is_over_is_never_read_as_one_to_come(text, hours_ago):
    assert past_time_typed(text, NOON) == NOON - timedelta(hours=hours_ago)


@pytest.mark.parametrize("text", ["breakfast", "yesterday", "y -5", "25:00"])
def test_what_is_no_time_that_is_over_is_said_to_be_none(text):
    assert isinstance(past_time_typed(text, NOON), Unreadable)


@pytest.mark.parametrize("text", ["08/2027", "8/2027", "2027-08", "Aug 2027", "AUG. 2027"])
def test_a_month_on_a_label_lasts_to_its_last_day(text):
    assert expiry_typed(text) == date(2027, 8, 31)


@pytest.mark.parametrize("text", ["31 Aug 2027", "31 August 2027", "2027-08-31"])
def test_a_day_on_a_label_is_that_day(text):
    assert expiry_typed(text) == date(2027, 8, 31)


@pytest.mark.parametrize(
    "text", ["08/09/2027", "13/2027", "00/2027", "31 Sep 2027", "soon", "8/27"]
)
def test_a_date_that_could_be_two_days_or_none_is_asked_again(text):
    assert isinstance(expiry_typed(text), Unreadable)


def test_the_last_month_of_a_year_ends_in_that_year():
    assert expiry_typed("12/2027") == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("14.15", -5), ("2.15p", -5), ("2:15 pm", -5), ("1415", -5), ("now", 0), ("+0", 0),
        ("-2h", -120), ("5 min ago", -5), ("-5 min", -5), ("4:30", -590), ("14:15:30", -4.5),
    ],
)  # fmt: skip
def test_times_typed_the_short_way(text, minutes):
    now = NOON.replace(hour=14, minute=20)
    assert time_typed(text, now) == now + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "hour", "asked"),
    [
        ("2:15", 14, "02:15 or 14:15? Type 2:15a or 2:15p."),
        ("215", 14, "02:15 or 14:15? Type 2:15a or 2:15p."),
        ("12:15", 0, "00:15 or 12:15? Type 12:15a or 12:15p."),
        ("02:15", 14, ""),  # four figures are the clock of 24 hours
        ("1115", 23, ""),
        ("2:15", 3, ""),
        ("10:30", 17, ""),  # the evening of it has not come
    ],
)
def test_what_could_be_morning_or_evening_is_asked(text, hour, asked):
    read = time_typed(text, NOON.replace(hour=hour, minute=20))
    assert (read.sentence if isinstance(read, TwoTimes) else "") == asked


def test_a_planned_time_asks_wherever_the_day_could_be_either():
    assert isinstance(time_typed("2:00", NOON, ahead=timedelta(hours=12)), TwoTimes)
    assert time_typed("2:00p", NOON, ahead=timedelta(hours=12)) == NOON + timedelta(hours=2)


DENVER = ZoneInfo("America/Denver")  # -6 in summer, -7 in winter; both changes at 02:00


@pytest.mark.parametrize(
    ("now", "text", "was"),
    [
        # set forward: 02:00 to 03:00
        (datetime(2026, 3, 8, 3, 10, tzinfo=DENVER), "1:50", "2026-03-08T01:50:00-07:00"),
        (datetime(2026, 3, 8, 3, 10, tzinfo=DENVER), "-30", "2026-03-08T01:40:00-07:00"),
        (datetime(2026, 3, 8, 3, 10, tzinfo=DENVER), "23:50", "2026-03-07T23:50:00-07:00"),
        # set back: 02:00 to 01:00
        (datetime(2026, 11, 1, 1, 10, tzinfo=DENVER, fold=1), "1:50", "2026-11-01T01:50:00-06:00"),
        (datetime(2026, 11, 1, 2, 10, tzinfo=DENVER), "-30", "2026-11-01T01:40:00-07:00"),
        (datetime(2026, 11, 1, 2, 10, tzinfo=DENVER), "0:50", "2026-11-01T00:50:00-06:00"),
    ],
)
def test_a_night_in_which_the_clocks_are_set(now, text, was):
    assert time_typed(text, now).isoformat() == was


def test_an_hour_that_was_twice_or_never_is_asked_again():
    twice = time_typed("1:50", datetime(2026, 11, 1, 2, 10, tzinfo=DENVER))
    never = time_typed("2:30", datetime(2026, 3, 8, 3, 10, tzinfo=DENVER))
    assert "01:50 was twice" in twice.sentence
    assert "no 02:30" in never.sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [("37.2", "37.2"), ("37.2 C", "37.2"), ("98.6F", "37.0"), ("100.4 °f", "38.0"), ("32F", "0.0")],
)
def test_a_temperature_in_either_unit(text, value):
    assert temperature(text) == Decimal(value)


@pytest.mark.parametrize(("text", "said"), [("98.6", "98.6F"), ("50.1", "50.1F"), ("warm", "12.5")])
def test_a_temperature_that_cannot_be_is_asked_for_its_unit(text, said):
    assert said in temperature(text).sentence


def test_fifty_degrees_are_left_to_the_limits_and_nothing_is_nothing():
    assert (temperature("50"), temperature(" ")) == (Decimal(50), Blank())


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("150lb", "150", "lb"), ("68.4 kg", "68.4", "kg"), ("150", "150", ""), ("150l", "150l", "")],
)
def test_a_weight_may_bring_its_unit(text, number, unit):
    assert weight_typed(text) == (number, unit)


@pytest.mark.parametrize("text", ["12 mL", "3mg/h", "98%"])
def test_a_unit_behind_a_number_is_refused_plainly(text):
    assert "the number alone" in decimal_number(text).sentence

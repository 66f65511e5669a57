"""Text as it is typed in gloves: read once, or said to be unreadable; never guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ketachart.domain.typed import (
    Blank,
    Pressure,
    Unreadable,
    blood_pressure,
    decimal_number,
    expiry_typed,
    past_time_typed,
    time_typed,
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


@pytest.mark.parametrize("text", ["128/82", "128 82", " 128 / 82 "])
def test_a_pressure_in_one_field(text):
    assert blood_pressure(text) == Pressure(128, 82)


@pytest.mark.parametrize("text", ["128", "128-82", "128/82/1", "a/b"])
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

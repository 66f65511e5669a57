"""A day as it was typed is read in one way only, or asked again."""

from datetime import date

import pytest

from ketachart.domain.typed import Blank, Unreadable
from ketachart.domain.typed_day import DAY_EXAMPLES, UNSURE, day_typed


@pytest.mark.parametrize(
    "text",
    [
        "14 Mar 1986",
        "14 march 1986",
        "14Mar1986",
        "14-Mar-1986",
        "Mar 14, 1986",
        "March 14 1986",
        "1986-03-14",
        "1986-3-14",
        "03/14/1986",
        "14/03/1986",
        " 14 Mar. 1986 ",
    ],
)
def test_every_clear_way_of_writing_a_day_is_read(text):
    assert day_typed(text) == date(1986, 3, 14)


def test_a_day_that_could_be_two_days_is_asked_again():
    assert day_typed("08/09/1986") == Unreadable(UNSURE)
    assert day_typed("08/08/1986") == date(1986, 8, 8)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_is_blank(text):
    assert day_typed(text) == Blank()


@pytest.mark.parametrize("text", ["31 Feb 2027", "2027-13-01", "13/13/2027", "0 Mar 2027"])
def test_a_day_that_is_not_in_the_calendar_is_said(text):
    assert day_typed(text) == Unreadable(f"There is no such day. {DAY_EXAMPLES}")


@pytest.mark.parametrize(
    "text", ["14 Mar 86", "3/14/86", "yesterday", "Mar 1986", "14 Foo 1986", "١٤ Mar 1986", "1986"]
)
def test_what_is_no_whole_day_is_asked_again(text):
    assert day_typed(text) == Unreadable(DAY_EXAMPLES)

"""A visit leaves the laptop only where nothing speaks against it, and each reason is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ketachart.domain.earlier.past import COPIED_DAYS
from ketachart.domain.leaving import Policy, Whereabouts, why_it_stays

DAY = date(2026, 11, 22)
THIRTY = Policy(days=30)
KNOWN = Whereabouts(
    day=DAY, signed_on=DAY, infused=False, state="reviewed", version=2, has_receipt=True,
    backed_up=True,
)  # fmt: skip
LATE = DAY + timedelta(days=1000)


def test_with_everything_there_it_may_leave():
    assert why_it_stays(KNOWN, THIRTY, LATE) == ""


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"has_receipt": False}, "has not said that it has version 2"),
        ({"conflict": True}, "Two different reports"),
        ({"questions": 1}, "1 question of the clinic not answered yet"),
        ({"questions": 2}, "2 questions"),
        ({"state": "received"}, "has not reviewed version 2"),
        ({"state": "signed"}, "has not reviewed version 2"),
        ({"state": "has errors"}, "found something in version 2"),
        ({"state": "questions"}, "found something in version 2"),
        ({"orders": 1}, "1 order by phone"),
        ({"calls": 2}, "2 planned calls"),
        ({"backed_up": False}, "No verified backup"),
    ],
)
def test_each_thing_that_is_missing_is_named(other, words):
    assert words in why_it_stays(replace(KNOWN, **other), THIRTY, LATE)


@pytest.mark.parametrize(("days", "stays"), [(29, True), (30, False), (31, False)])
def test_the_days_count_from_the_signature(days, stays):
    signed = DAY + timedelta(days=1)
    known = replace(KNOWN, signed_on=signed)
    said = why_it_stays(known, THIRTY, signed + timedelta(days=days))
    assert bool(said) == stays
    assert not stays or "until 23 Dec 2026, 30 days after" in said


def test_without_a_number_of_days_all_stay():
    assert "no supervisor set" in why_it_stays(KNOWN, Policy(), LATE)


@pytest.mark.parametrize(
    ("days", "infused", "stays"),
    [
        (COPIED_DAYS - 1, True, True),
        (COPIED_DAYS, True, True),
        (COPIED_DAYS + 1, True, False),
        (COPIED_DAYS, False, False),
    ],
)
def test_an_infusion_that_counts_for_the_patients_limits_stays(days, infused, stays):
    known = replace(KNOWN, infused=infused)
    said = why_it_stays(known, THIRTY, DAY + timedelta(days=days))
    assert bool(said) == stays
    assert not stays or "until 22 Nov 2027" in said


def test_what_was_not_reviewed_leaves_only_where_the_policy_says_so():
    received = replace(KNOWN, state="received")
    assert why_it_stays(received, Policy(days=30, unreviewed=True), LATE) == ""
    for grave in ("has errors", "questions"):
        known = replace(KNOWN, state=grave)
        assert why_it_stays(known, Policy(days=30, unreviewed=True), LATE)

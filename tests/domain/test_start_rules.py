"""People, place and the time-out before the start, row by row of C2, C4 and C5."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.limits import typing_fault
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.screening import screening
from ketachart.domain.start import against_start
from tests.domain.test_screening import codes, ready
from tests.helpers.story import NOON, Story

SHIPPED = house.shipped_protocol()


# ------------------------------------------------------------------ C2: what is a reading at all


@pytest.mark.parametrize(
    ("sign", "low", "high", "step"),
    [
        ("systolic", "40", "300", "1"), ("diastolic", "20", "200", "1"),
        ("heart_rate", "20", "250", "1"), ("spo2", "50", "100", "1"),
        ("respiratory_rate", "0", "70", "1"), ("temperature_c", "30", "43", "0.1"),
    ],
)  # fmt: skip
def test_readings_at_the_ends_are_believed_and_beyond_are_read_again(sign, low, high, step):
    def fault(value):
        return typing_fault(SHIPPED, sign, value, confirmed=False)

    low, high, step = Decimal(low), Decimal(high), Decimal(step)
    for inside in (low, low + step, high - step, high):
        assert fault(inside) == "", inside
    for outside in (low - step, high + step):
        assert fault(outside), outside


# ------------------------------------------------------------------ C4: people and place


@pytest.mark.parametrize(
    "item",
    ["prescriber-reached", "second-person", "home-room", "home-others", "home-phone",
     "home-hospital"],
)  # fmt: skip
@pytest.mark.parametrize(("answer", "open_"), [(None, True), ("ask", True), ("clear", False)])
def test_a_question_of_people_and_place_is_open_until_it_is_clear(item, answer, open_):
    story = Story().patient()
    if answer:
        story.tell(f.ScreeningAnswered(at=NOON, item=item, answer=answer, note="n"))
    still = {state.item.code for state in screening(story.visit(), story.at(1)).open}
    assert (item in still) is open_


def test_being_alone_is_settled_once_the_prescriber_knows():
    story = Story().patient()
    story.tell(f.ScreeningAnswered(at=NOON, item="second-person", answer="ask", note="alone"))
    told = f.OverrideAuthorised(
        at=NOON, about="second-person", by="Dr A. Okafor", phone="602 555 0188", read_back=True,
        reason="first visit went well",
    )  # fmt: skip
    still = {state.item.code for state in screening(story.tell(told).visit(), NOON).open}
    assert "second-person" not in still


# ------------------------------------------------------------------ C5: the time-out


@pytest.mark.parametrize(
    ("identifiers", "stands"),
    [
        ((), True), (("name",), True), (("name", "name"), True),
        (("name", "birth-date"), False), (("mrn", "photo-id", "name"), False),
    ],
)  # fmt: skip
def test_two_different_identifiers(identifiers, stands):
    story = ready()
    story.entries = [
        replace(entry, fact=replace(entry.fact, identifiers=identifiers))
        if isinstance(entry.fact, f.IdentityConfirmed)
        else entry
        for entry in story.entries
    ]
    assert ("identity" in codes(story)) is stands


@pytest.mark.parametrize(
    "item",
    ["consent-signed", "consent-off-label", "contra-pregnant", "contra-allergy", "heart-angina",
     "kit-airway", "kit-aed"],
)  # fmt: skip
def test_each_question_that_nobody_answered_stands_against_the_start(item):
    story = ready()
    story.entries = [e for e in story.entries if getattr(e.fact, "item", "") != item]
    assert codes(story) == [f"screening:{item}"]


@pytest.mark.parametrize(
    ("list_", "code"), [(f.MedicinesListed, "medicines-listed"), (f.HistoryTaken, "history-tried")]
)
def test_a_list_that_was_not_taken_stands_against_the_start(list_, code):
    story = ready()
    story.entries = [e for e in story.entries if not isinstance(e.fact, list_)]
    assert [found for found in codes(story) if found.startswith("screening:")] == [
        f"screening:{code}"
    ]


@pytest.mark.parametrize(
    ("rate", "stands"),
    [("17.5", []), ("17.4", ["start-rate"]), ("17.6", ["start-rate"])],
)
def test_the_pump_is_started_at_the_rate_that_was_read_and_compared(rate, stands):
    story = ready()
    start = f.InfusionStarted(at=story.at(20), rate_ml_h=MlPerHour(rate))
    assert [p.code for p in against_start(story.visit(), story.at(20), start)] == stands


@pytest.mark.parametrize(("patent", "stands"), [(True, False), (False, True)])
def test_a_cannula_that_does_not_flush_is_none(patent, stands):
    story = ready()
    story.entries = [
        replace(entry, fact=replace(entry.fact, patent=patent))
        if isinstance(entry.fact, f.AccessPlaced)
        else entry
        for entry in story.entries
    ]
    assert ("access" in codes(story)) is stands

"""The order of the last visit as the next one may take it over: until when, and which number."""

from datetime import date, timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.order_on_file import order_on_file, valid_until
from tests.helpers.story import Story

PROTOCOL = house.shipped_protocol()
TODAY = date(2026, 12, 20)


def last(*, started=False, **order):
    story = Story().patient().order(**order)
    story.tell(f.VisitOpened(at=story.start, visit="261122-01", zone="", program="t"))
    if started:
        story.weight("70").start_pump(5, "10", "1", "50").stop(65)
    return story.visit()


@pytest.mark.parametrize(
    ("expires", "until"),
    [
        (None, date(2026, 12, 22)),  # 22 Nov and the protocol's 30 days
        (date(2026, 12, 20), date(2026, 12, 20)),
        (date(2027, 6, 1), date(2026, 12, 22)),
    ],
)
def test_an_order_holds_to_its_own_day_and_never_longer_than_the_protocols_age(expires, until):
    assert valid_until(last(expires_on=expires).order, PROTOCOL) == until


@pytest.mark.parametrize(("days", "expired"), [(-1, False), (0, False), (1, True)])
def test_an_order_is_expired_from_the_day_after_its_last(days, expired):
    visit = last(expires_on=TODAY)
    found = order_on_file(visit, PROTOCOL, today=TODAY + timedelta(days=days))
    assert found.expired is expired
    told = "needs a new order" if expired else "valid to 20 Dec 2026"
    assert found.words.endswith(told)
    assert found.words.startswith("Dr A. Okafor, 22 Nov 2026, 0.5 mg/kg over 60 min")


@pytest.mark.parametrize(
    ("number", "started", "following"),
    [(2, True, 3), (2, False, 2), (None, True, None)],
)
def test_the_number_goes_on_only_where_an_infusion_was_started(number, started, following):
    visit = last(started=started, series_number=number, series_of=number and 5)
    assert order_on_file(visit, PROTOCOL, today=TODAY).next_number == following


def test_a_visit_without_an_order_offers_none():
    assert order_on_file(Story().patient().visit(), PROTOCOL, today=TODAY) is None

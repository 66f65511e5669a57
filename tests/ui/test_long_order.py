"""A long order on the Order screen: all of it is said, and nothing of it is cut."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.test_order_rules import FULL
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.widgets.words import Words


@pytest.fixture
def ordered(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The order is on the screen, and it is a long one."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="vial-taken")
    made.desk.clock.pass_time(timedelta(minutes=1))  # a set clock makes the same ids again
    order = made.visit.order
    made.desk.record(replace(order, at=made.desk.now(), **FULL))
    made.settle()
    yield made
    made.close()


def said(window):
    return [words.text() for words in all_of(window.screen, Words)]


def test_the_card_says_every_part_and_whose_limits_they_are(ordered):
    told = said(ordered)
    for title, line in (
        ("Steps of the rate", "after 20 min to 0.2 mg/kg/h if pain over 4"),
        ("Line primed with", "12 mL of the bag itself"),
        ("Treatments beside it", "occipital block, done elsewhere"),
        ("Limits, by the order", "Systolic over 150 mmHg: pause"),
    ):
        assert title in told
        assert line in told
    assert any("observed at least 90 min" in line for line in told)


def test_a_plain_order_shows_no_empty_headings(tmp_path, qapp):  # noqa: ARG001 - as above
    window = VisitWindow(tmp_path / "l", "quiet_hour", "order", before="vial-taken")
    told = said(window)
    assert not {"Steps of the rate", "Limits, by the order", "Ketamine from elsewhere"} & set(told)
    window.close()


def test_the_infusion_screen_says_what_the_order_asks(ordered):
    ordered.open("infusion")
    ordered.settle()
    assert any("This order asks: full set at least every 5 min" in line for line in said(ordered))


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut(ordered, qapp, size, scale):
    theme.apply(qapp, "dim", scale)
    ordered.window.resize(*size)
    ordered.settle()
    assert cut_off(ordered.window) == []


def test_it_stays_dim(ordered):
    mean, _ = luminances(ordered.window.grab().toImage())
    assert mean <= 0.03

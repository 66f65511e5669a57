"""Whatever is charted is on the paper: random visits, and each is looked at in two ways."""

import random
import re
from dataclasses import fields, is_dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.quantities import Quantity
from ketachart.report import pdf
from ketachart.report.text import extract, missing_values
from tests.domain.random_visit import Nurse, practice_clinic
from tests.helpers.story import NOON, Story
from tests.report.charted_visits import more

FIRST, VISITS, ACTS = 9000, 12, 45
# Told in other words: ink is drawn, codes stand for words, and a laptop's seconds are rounded.
NOT_LOOKED_FOR = (f.InkSigned, f.ProtocolAdopted, f.LaptopSlept, f.ClockStepped)


@pytest.fixture(scope="module")
def clock():
    return SetClock(NOON)


@pytest.fixture(scope="module")
def office(tmp_path_factory, clock):
    opened = practice_clinic(tmp_path_factory.mktemp("random") / "ledger", clock)
    yield opened
    opened.close()


def numbers_in(text):
    """Every number of a text, as it is worth; a minus is a minus however it is drawn."""
    bare = text.replace("\u2212", "-")
    return {Decimal(found) for found in re.findall(r"-?\d+(?:\.\d+)?", bare)} | {
        Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", bare)
    }


def numbers_of(value):
    """Every number that stands in a fact, however deep."""
    if isinstance(value, Quantity):
        yield value.amount
    elif isinstance(value, bool):
        return
    elif isinstance(value, (int, Decimal)):
        yield Decimal(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from numbers_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from numbers_of(one)


def unprinted(visit, content):
    """The numbers of the facts that the extracted text does not hold, by their facts."""
    printed = numbers_in(extract(content))
    return [
        (entry.kind, number)
        for entry in visit.entries
        if not isinstance(entry.fact, NOT_LOOKED_FOR)
        for number in numbers_of(entry.fact)
        if number not in printed
    ]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + VISITS))
def test_every_value_that_was_charted_can_be_read_on_the_paper(office, clock, seed):
    dice = random.Random(seed)
    clock.pass_time(timedelta(hours=30))
    nurse = Nurse(office, clock, dice, name=f"MRN-{seed}")
    for _ in range(ACTS):
        nurse.act()
    visit, now = nurse.room.visit, nurse.room.now()
    content = pdf.render(visit, now=now, paper=dice.choice(("letter", "a4"))).content
    assert missing_values(visit, content) == ()
    assert unprinted(visit, content) == []


def test_a_number_that_was_not_printed_is_found_by_both():
    visit = Story().patient().order().full(5).visit()
    content = pdf.render(visit, now=NOON).content
    later = f.VitalsTaken(at=NOON, systolic=199, diastolic=88, heart_rate=177)
    added = more(visit, later)
    assert {number for _, number in unprinted(added, content)} >= {199, 177}
    assert any("199" in words for words in missing_values(added, content))

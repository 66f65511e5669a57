"""What an order says is told in one line, with every part of it and nothing where it is silent."""

from datetime import date
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.limits import limits_in_force
from ketachart.domain.policy import Limit
from ketachart.domain.telling.order import order as order_words
from ketachart.domain.telling.order_parts import limit_text, other_texts, weight_text
from tests.domain.test_order_rules import FULL
from tests.helpers.story import Story


def words(**order):
    visit = Story().patient().order(**order).visit()
    return order_words(visit, visit.order)[1]


def test_every_part_of_an_order_is_told():
    told = words(**FULL, weight_basis="ideal", weight_formula="devine")
    for part in (
        "after 20 min to 0.2 mg/kg/h if pain over 4",
        "line primed with 12 mL of the bag itself",
        "Systolic over 150 mmHg: pause",
        "Systolic under 95 mmHg: pause",
        "Systolic 175 mmHg or more: emergency",
        "full set at least every 5 min, observed at least 90 min, SpO₂ without a break",
        "magnesium sulfate 1.5 g IV",
        "occipital block, done elsewhere",
        "ideal weight by Devine 1974",
        "if needed ondansetron 4 mg IV",
    ):
        assert part in told, part


def test_a_plain_order_tells_none_of_it():
    assert words() == (
        "Acute migraine; 0.5 mg/kg IV over 60 min; no PRN; Dr A. Okafor, 22 Nov 2026, signed"
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"received": "telephone", "read_back": True}, "telephone, read back"),
        ({"received": "telephone"}, "telephone, NOT read back"),
    ],
)
def test_a_telephone_order_says_whether_it_was_read_back(values, told):
    assert words(**values).endswith(told)


def test_a_limit_of_several_readings_is_told_whole():
    protocol = Story().visit().protocol
    limit = Limit(
        sign="rass", when="during", level="pause", at_most=Decimal(-3), readings=2, apart_min=5
    )
    assert limit_text(protocol, limit) == (
        "Sedation (RASS) −3 or less, 2 readings 5 min apart: pause"
    )


def test_the_orders_limit_stands_in_place_of_the_protocols_with_the_order_as_its_source():
    limit = Limit(sign="systolic", when="during", level="pause", above=Decimal(150))
    visit = Story().patient().order(limits=(limit,)).visit()
    mine = [
        x
        for x in limits_in_force(visit)
        if (x.sign, x.level) == ("systolic", "pause") and x.above is not None
    ]
    assert [(x.above, x.source) for x in mine] == [(Decimal(150), "the order")]
    shipped = [x for x in limits_in_force(Story().patient().order().visit()) if x.source]
    assert any((x.sign, x.above) == ("systolic", Decimal(160)) for x in shipped)


def test_the_weight_and_other_ketamine_are_told():
    story = Story().patient().order().weight("68.4")
    story.tell(
        f.OtherKetamine(
            at=story.start,
            route="oral",
            product="ketamine troche",
            amount="100 mg",
            last_on=date(2026, 11, 5),
            from_whom="not-said",
        )
    )
    assert weight_text(story.visit()) == "68.4 kg (150.8 lb), actual, measured"
    (line,) = other_texts(story.visit())
    assert line.startswith("ketamine troche, oral, 100 mg, last 5 Nov 2026")

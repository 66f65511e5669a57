"""The order on paper: every value of it, and ketamine from elsewhere with what the sources say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.quantities import Kg, Minutes
from ketachart.report import document, pdf
from ketachart.report.charted import unsaid
from ketachart.report.sections.order import order_table
from ketachart.report.sections.record import Record
from ketachart.report.spoken import spoken
from tests.domain.test_order_rules import FULL
from tests.helpers.story import NOON, Story


def story(**order):
    return Story().patient().order(**order).weight("92", 1)


def words(told):
    """The order's section as it is read out."""
    found = order_table(Record(told.visit(), NOON))
    text = spoken(document.document_of(told.visit(), now=NOON))
    begin = text.index(f"## {found.heading}")
    return text[begin : text.index("\n## ", begin + 3)]


def test_every_value_of_a_long_order_stands_in_its_section():
    told = story(**FULL, note="Call at 30 min.", received="telephone", read_back=True)
    assert unsaid(told.visit(), told.visit().order, words(told)) == ()


@pytest.mark.parametrize(
    ("part", "gone"),
    [
        ("titration", "if pain over 4"),
        ("priming", "12 mL of the bag itself"),
        ("monitoring", "full set at least every 5 min"),
        ("adjuncts", "occipital block"),
        ("limits", "over 150"),
    ],
)
def test_each_part_stands_there_because_it_was_ordered(part, gone):
    empty = {"titration": (), "priming": None, "monitoring": None, "adjuncts": (), "limits": ()}
    assert gone in words(story(**FULL))
    assert gone not in words(story(**{**FULL, part: empty[part]}))


def test_a_weight_by_formula_is_printed_with_its_arithmetic():
    told = story(weight_basis="adjusted", weight_formula="devine")
    told.tell(f.HeightMeasured(at=told.at(2), height_cm=Decimal(165)))
    said = words(told)
    by = "adjusted by Devine 1974, 165 cm: 56.9 kg + 0.4 × (92 kg − 56.9 kg)"
    assert f"70.9 kg (156.3 lb), {by}" in said


def test_other_ketamine_is_printed_with_the_conflict_of_its_route():
    told = story()
    fact = f.OtherKetamine(
        at=told.at(2),
        route="intranasal",
        product="esketamine spray",
        amount="56 mg",
        how_often="weekly",
        last_on=date(2026, 11, 5),
        from_whom="prescribed",
        prescriber="Dr B. Chen",
        note="told by the adult",
    )
    assert "Ketamine from elsewhere" not in words(told)
    told.tell(fact)
    said = words(told)
    assert unsaid(told.visit(), fact, said) == ()
    assert "28 mg of esketamine in two sprays" in said


def test_a_report_of_the_longest_order_can_be_set():
    many = {
        **FULL,
        "titration": tuple(
            replace(FULL["titration"][0], after_min=Minutes(n), condition="word " * 40)
            for n in range(1, 12)
        ),
        "adjuncts": FULL["adjuncts"] * 8,
    }
    told = story(**many, dosing_weight_kg=Kg("70.9"), weight_basis="ideal")
    assert pdf.render(told.visit(), now=told.at(5)).content.startswith(b"%PDF")

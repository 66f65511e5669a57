"""A weight that is hard to believe is asked about, and mixed-up units are named."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.dose.weighing import check_weight
from ketachart.domain.quantities import Kg
from ketachart.domain.start import against_start
from ketachart.errors import Refused
from tests.helpers.story import Story


def weighed(kg, *, height=None, last=None, lb=None):
    story = Story().patient().order()
    if height is not None:
        story.tell(f.HeightMeasured(at=story.at(0), height_cm=Decimal(height)))
    fact = f.WeightMeasured(
        at=story.at(1),
        weight_kg=Kg(kg),
        read_lb=None if lb is None else Decimal(lb),
        last_weight_kg=None if last is None else Kg(last),
    )
    return story, fact


def refusal(kg, **known):
    """What is said to a weight; empty where it is taken."""
    story, fact = weighed(kg, **known)
    try:
        check_weight(story.visit(), fact)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("kg", ["30", "68.4", "250"])
def test_a_believable_weight_of_which_nothing_else_is_known_is_taken(kg):
    assert refusal(kg) == ""


@pytest.mark.parametrize(
    ("kg", "hint"),
    [
        ("29.9", "65.9 kg would be 145.3 lb: were kilograms typed as pounds?"),
        ("250.1", "250.1 lb would be 113.4 kg: were pounds typed as kilograms?"),
        ("10", ""),
        ("700", ""),
    ],
)
def test_beyond_what_is_believable_the_other_unit_is_named_where_it_would_fit(kg, hint):
    said = refusal(kg)
    assert "is hard to believe (30 to 250 kg)" in said
    assert said.endswith("Weigh again; if it is true, confirm it.")
    assert hint in said
    assert ("typed as" in said) is bool(hint)


@pytest.mark.parametrize(
    ("kg", "height", "asked"),
    [
        ("40.9", "165", False),  # index 15.02
        ("40.8", "165", True),  # index 14.99
        ("122.5", "165", False),  # index 44.996
        ("122.6", "165", True),  # index 45.03
    ],
)
def test_a_weight_is_held_against_the_height(kg, height, asked):
    said = refusal(kg, height=height)
    assert ("is a body mass index of" in said) is asked


def test_pounds_that_only_the_height_gives_away_are_named():
    said = refusal("151", height="165")
    assert "151 lb would be 68.5 kg: were pounds typed as kilograms?" in said
    assert "151 kg (332.9 lb) at 165 cm is a body mass index of 55.5" in said


def test_kilograms_taken_for_pounds_are_named_by_the_height_and_by_the_last_visit():
    # 68.4 was read as pounds: 31 kg
    assert "were kilograms typed as pounds?" in refusal("31", lb="68.4", height="165")
    assert "were kilograms typed as pounds?" in refusal("31", lb="68.4", last="68")


def test_pounds_are_named_by_the_last_visit():
    assert "154 lb would be 69.9 kg: were pounds typed" in refusal("154", last="70")


def test_a_jump_that_no_unit_explains_is_only_asked_about():
    said = refusal("90", last="70")
    assert "differs from the last visit (70 kg (154.3 lb)) by more than 10 %." in said
    assert "typed as" not in said


@pytest.mark.parametrize(
    ("kg", "lb", "fits"),
    [("68.4", "150.8", True), ("68.4", "150.9", True), ("68.4", "151", False)],
)
def test_pounds_and_kilograms_of_one_reading_agree_to_half_a_tenth(kg, lb, fits):
    assert (refusal(kg, lb=lb) == "") is fits


def test_pounds_written_as_kilograms_are_named_and_no_confirming_helps():
    story, fact = weighed("150.8", lb="150.8")
    for again in (fact, replace(fact, confirmed=True)):
        with pytest.raises(Refused, match="Were pounds typed as kilograms") as r:
            check_weight(story.visit(), again)
        assert "The scale said 150.8 lb, which is 68.4 kg, not 150.8 kg." in str(r.value)


def test_what_was_read_again_is_taken():
    story, fact = weighed("151", height="165", last="70")
    check_weight(story.visit(), replace(fact, confirmed=True))


def test_a_height_that_came_after_the_weight_asks_before_the_start():
    story = Story().patient().order().weight("151")

    def found():
        points = against_start(story.visit(), story.at(9))
        return [p for p in points if p.code == "weight-height"]

    assert found() == []
    story.tell(f.HeightMeasured(at=story.at(2), height_cm=Decimal(165)))
    (point,) = found()
    assert point.level == "reason"
    assert "were pounds typed as kilograms?" in point.sentence
    story.tell(f.FindingExplained(at=story.at(8), finding="weight-height", reason="weighed twice"))
    assert found() == []


def test_an_edition_that_does_not_say_asks_about_the_last_visit_only():
    story, fact = weighed("151", height="165")
    protocol = story.visit().protocol
    bare = replace(
        protocol,
        values=tuple(v for v in protocol.values if not v.code.startswith(("bmi", "weight.l"))),
    )
    story.tell(f.ProtocolAdopted(at=story.at(0), protocol=bare))
    check_weight(story.visit(), fact)

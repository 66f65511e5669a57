"""The three figures at the bedside: what is in, what is left, when the ceiling is near."""

from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.dose_alerts import ceiling_of
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import MgPerMl, Ml
from tests.helpers.story import Story
from ui.screens.infusion_tiles import TONES, InfusionTiles


@pytest.fixture
def tiles(qapp):  # noqa: ARG001 - the application has to be there first
    made = InfusionTiles()
    yield made
    made.deleteLater()


def running(rate="17.5", volume=None):
    """35 mg ordered for 70 kg, 35 mg/h from minute 0 on."""
    return Story().patient().order().weight("70").start_pump(0, rate, strength="2", volume=volume)


def shown(tiles, story, minute):
    tiles.show_visit(story.visit(), story.at(minute))
    return tiles


@pytest.mark.parametrize(
    ("minute", "given", "told", "tone"),
    [
        (30, "17.5 of 35 mg", "17.5 mg left   0.25 mg/kg   8.75 mL", "text"),
        (53.95, "31.47 of 35 mg", "3.53 mg left   0.45 mg/kg   15.74 mL", "text"),
        (54, "31.5 of 35 mg", "over 90 %, 3.5 mg left   0.45 mg/kg   15.75 mL", "warn"),
        (60, "35 of 35 mg", "all that was ordered is in   0.5 mg/kg   17.5 mL", "danger"),
        (60.8, "35.47 of 35 mg", "all that was ordered is in   0.507 mg/kg   17.73 mL", "danger"),
        (61, "35.58 of 35 mg", "0.58 mg over   0.508 mg/kg   17.79 mL", "danger"),
    ],
)
def test_the_ceiling_is_seen_coming_reached_and_passed(tiles, minute, given, told, tone):
    # 90 % of 35 mg is 31.5 mg, in after 54 min; the pump's tolerance is 0.5 mg
    story = running()
    shown(tiles, story, minute)
    assert tiles.given.accessibleName() == f"Given: {given}"
    assert tiles.given.accessibleDescription() == told
    standing = ceiling_of(story.visit(), delivery(story.visit(), story.at(minute)))
    assert TONES[standing] == tone


@pytest.mark.parametrize(
    ("minute", "told"),
    [
        (9.9, "Ends about 12:10"),
        (10.1, "The bag must be empty since 12:10"),
        (40, "The bag must be empty since 12:10"),
    ],
)
def test_a_bag_that_must_be_empty_is_told_while_the_pump_is_charted_as_running(tiles, minute, told):
    shown(tiles, running("60", volume="10"), minute)
    assert tiles.infusing.accessibleDescription() == told


def test_a_new_bag_or_the_stop_ends_that(tiles):
    story = running("60", volume="10")
    story.tell(
        f.BagChanged(at=story.at(12), bag="B2", strength_mg_per_ml=MgPerMl(1), volume_ml=Ml(30))
    )
    assert "empty" not in shown(tiles, story, 13).infusing.accessibleDescription()
    stopped = running("60", volume="10").stop(12)
    assert "empty" not in shown(tiles, stopped, 13).infusing.accessibleDescription()


def test_what_is_due_first_beside_the_vitals_is_told_with_its_key(tiles):
    story = running()
    assert shown(tiles, story, 5).due.words() == "Site check due 12:30 (F12)"
    story.tell(
        f.MedicineGiven(
            at=story.at(6), medicine="ondansetron", dose=Decimal(4), unit="mg", against="emergency"
        )
    )
    told = "Response to ondansetron due 12:21 (Shift+F4)"
    assert shown(tiles, story, 21).due.words() == told
    late = "Response to ondansetron overdue since 12:21 (Shift+F4)"
    assert shown(tiles, story, 21.1).due.words() == late
    assert shown(tiles, story, 31).due.words() == f"{late}, 1 more overdue"
    assert shown(tiles, running().stop(40), 41).due.words() == ""

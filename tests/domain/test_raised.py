"""What the chart makes of an answer: graver, never milder; nothing charted raises nothing."""

from datetime import date, timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.facts.arrival import KitLine
from ketachart.domain.screening import screening
from tests.helpers.story import NOON, Story

TODAY = NOON.date()
TODAY_LINES = {
    "oxygen": {},
    "bag-mask": {},
    "suction": {},
    "oximeter": {},
    "cuff": {},
    "pump": {},
    "epinephrine": {"expires": date(2027, 3, 31)},
    "naloxone": {"expires": date(2027, 1, 31)},
    "aed": {"expires": date(2028, 1, 31)},
}


def said(story, code, answer, note="", minute=1):
    fact = f.ScreeningAnswered(at=story.at(minute), item=code, answer=answer, note=note)
    story.tell(fact)
    return story


def kit(story, minute=2, **changed):
    lines = {**TODAY_LINES, **{k.replace("_", "-"): v for k, v in changed.items()}}
    story.tell(
        f.KitChecked(
            at=story.at(minute),
            lines=tuple(
                KitLine(item=item, present=values.get("present", True), **_rest(values))
                for item, values in lines.items()
            ),
        )
    )
    return story


def _rest(values):
    return {name: value for name, value in values.items() if name != "present"}


def home(story, minute=2, **values):
    told = {"hospital": "Valley Medical Center", "address_read": True, **values}
    story.tell(f.HomeChecked(at=story.at(minute), **told))
    return story


def item(story, code, minute=30):
    found = screening(story.visit(), story.at(minute)).items
    return next(one for one in found if one.item.code == code)


@pytest.mark.parametrize(
    ("changed", "code", "answer", "note"),
    [
        ({}, "kit-airway", None, ""),
        ({"oxygen": {"present": False}}, "kit-airway", "stop", "Oxygen with mask"),
        ({"naloxone": {"expires": TODAY}}, "kit-medicines", None, ""),
        ({"naloxone": {"expires": TODAY - timedelta(days=1)}}, "kit-medicines", "stop",
         "Naloxone expired 21 Nov 2026"),
        ({"naloxone": {"expires": TODAY + timedelta(days=1)}}, "kit-medicines", None, ""),
        ({"naloxone": {}}, "kit-medicines", "ask", "Naloxone: expiry not read"),
        ({"flumazenil": {"present": False}}, "kit-medicines", None, ""),
        ({"flumazenil": {"expires": TODAY - timedelta(days=1)}}, "kit-medicines", "ask",
         "Flumazenil expired 21 Nov 2026"),
        ({"thermometer": {"present": False}}, "kit-monitor", None, ""),
        ({"cuff": {"present": False}}, "kit-monitor", "stop", "missing"),
        ({"aed": {"present": False, "expires": None}}, "kit-aed", "stop", "AED"),
    ],
)  # fmt: skip
def test_a_kit_at_its_last_day_and_what_is_missing(changed, code, answer, note):
    found = item(kit(Story(), **changed), code)
    assert found.answer == answer
    assert note in found.note


@pytest.mark.parametrize(
    ("values", "code", "answer", "note"),
    [
        ({"travel_min": 19}, "home-hospital", None, ""),
        ({"travel_min": 20}, "home-hospital", None, ""),
        ({"travel_min": 21}, "home-hospital", "ask", "21 min away, over 20 min"),
        ({"travel_min": 0}, "home-hospital", None, ""),
        ({}, "home-hospital", None, ""),
        ({"phone": "good"}, "home-phone", None, ""),
        ({"phone": "landline"}, "home-phone", None, ""),
        ({"phone": "weak"}, "home-phone", "ask", "weak"),
        ({"phone": "none"}, "home-phone", "stop", "no call"),
        ({"address_read": False}, "home-phone", "ask", "address not read out"),
        ({"light": "can-be-dimmed"}, "home-room", None, ""),
        ({"light": "bright"}, "home-room", "ask", "bright"),
        ({"noise": "some"}, "home-room", None, ""),
        ({"noise": "loud"}, "home-room", "ask", "loud"),
        ({"pets": "a dog, in the yard", "others_out": True}, "home-others", None, ""),
        ({"pets": "a dog"}, "home-others", None, ""),
        ({"pets": "a dog", "others_out": False}, "home-others", "ask", "a dog"),
    ],
)
def test_a_home_that_asks_or_stops(values, code, answer, note):
    found = item(home(Story(), **values), code)
    assert found.answer == answer
    assert note in found.note


@pytest.mark.parametrize(
    ("own", "phone", "answer"),
    [
        ("clear", "weak", "ask"),
        ("ask", "weak", "ask"),
        ("stop", "weak", "stop"),
        ("stop", "none", "stop"),
        ("ask", "none", "stop"),
        ("stop", "good", "stop"),
        ("ask", "good", "ask"),
    ],
)
def test_the_graver_of_the_two_stands(own, phone, answer):
    story = home(said(Story(), "home-phone", own, "as she said"), phone=phone)
    found = item(story, "home-phone")
    assert found.answer == answer
    assert found.said == own
    assert "as she said" in found.note or answer != own


def test_nothing_charted_raises_nothing():
    assert {one.answer for one in screening(Story().visit(), NOON).items if one.item.raised_by} == {
        None
    }


def test_what_is_found_missing_after_the_start_does_not_change_what_was_started():
    story = Story().patient().order().weight("70").vial().bag("2", "100").start_pump(5, "30")
    assert item(kit(story, minute=20, oxygen={"present": False}), "kit-airway").answer is None


def test_an_older_protocol_without_these_tables_raises_nothing():
    from dataclasses import replace

    shipped = Story().visit().protocol
    old = replace(
        shipped, kit=(), values=tuple(v for v in shipped.values if v.code != "travel.most")
    )
    story = home(Story(protocol=old), travel_min=200)
    assert item(story, "home-hospital").answer is None

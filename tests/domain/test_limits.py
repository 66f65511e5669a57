"""Where a value stands (C2): each shipped limit just inside, at and beyond; what is no reading."""

from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.alerts import alerts
from ketachart.domain.limits import LEVELS, Reading, hits, typing_fault
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

SHIPPED = house.shipped_protocol()


def level(sign, when, value, baseline=None):
    """The gravest limit that one reading stands beyond; empty where none does."""
    limits = [x for x in SHIPPED.limits if (x.sign, x.when) == (sign, when)]
    read = [Reading(sign, Decimal(value), NOON, "e1")]
    found = hits(limits, read, None if baseline is None else Decimal(baseline))
    return max((hit.level for hit in found), key=LEVELS.index, default="")


# sign, when: what is free, then each value with what it asks for, at and beyond every limit
BEFORE = [
    ("systolic", {90: "", 140: "", 141: "ask-before", 160: "ask-before", 161: "no-start",
                  89: "no-start"}),
    ("diastolic", {40: "", 90: "", 91: "ask-before", 100: "ask-before", 101: "no-start"}),
    ("heart_rate", {55: "", 54: "ask-before", 50: "ask-before", 49: "no-start", 100: "",
                    101: "ask-before", 120: "ask-before", 121: "no-start"}),
    ("spo2", {100: "", 95: "", 94: "ask-before", 92: "ask-before", 91: "no-start"}),
    ("respiratory_rate", {12: "", 11: "ask-before", 10: "ask-before", 9: "no-start", 24: "",
                          25: "ask-before", 30: "ask-before", 31: "no-start"}),
    ("rass", {0: "", -1: "", 1: "ask-before", 4: "ask-before", -2: "no-start", -5: "no-start"}),
    ("moaas", {5: "", 4: "ask-before", 3: "no-start", 0: "no-start"}),
    ("nausea", {0: "", 4: "", 5: "ask-before", 10: "ask-before"}),
    ("temperature_c", {"38": "", "38.1": "ask-before", "38.5": "ask-before", "38.6": "no-start"}),
    ("pain", {0: "", 10: ""}),
    ("dissociation", {0: "", 10: ""}),
]  # fmt: skip
DURING = [
    ("systolic", {80: "", 160: "", 161: "pause", 179: "pause", 180: "pause"}),  # once: no more
    ("diastolic", {40: "", 100: "", 101: "pause", 109: "pause", 110: "pause"}),
    ("heart_rate", {50: "", 49: "pause", 40: "pause", 39: "emergency", 120: "", 121: "pause",
                    150: "pause", 151: "emergency"}),
    ("spo2", {92: "", 91: "pause", 90: "pause", 89: "emergency"}),
    ("respiratory_rate", {10: "", 9: "pause", 8: "pause", 7: "emergency", 0: "emergency", 40: ""}),
    ("rass", {0: "", -1: "", 1: "", -2: "pause", -3: "emergency", 2: "pause", 4: "pause"}),
    ("moaas", {5: "", 4: "", 3: "pause", 2: "emergency", 0: "emergency"}),
    ("dissociation", {7: "", 8: "pause", 10: "pause"}),
    ("nausea", {6: "", 7: "pause", 10: "pause"}),
    ("temperature_c", {"40": ""}),
    ("pain", {10: ""}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sign", "when", "value", "asks"),
    [(sign, "before", v, asks) for sign, rows in BEFORE for v, asks in rows.items()]
    + [(sign, "during", v, asks) for sign, rows in DURING for v, asks in rows.items()],
)
def test_each_limit_below_at_and_above(sign, when, value, asks):
    assert level(sign, when, value) == asks


def test_every_shipped_limit_is_in_the_tables_above():
    told = {(sign, "before") for sign, _ in BEFORE} | {(sign, "during") for sign, _ in DURING}
    assert {(x.sign, x.when) for x in SHIPPED.limits} <= told
    assert all(SHIPPED.cited(x.source).short for x in SHIPPED.limits)


# ------------------------------------------------------------------ against the baseline
@pytest.mark.parametrize(
    ("baseline", "value", "asks"),
    [(100, 129, ""), (100, 130, ""), (100, 131, "pause"), (120, 156, ""), (120, 157, "pause"),
     (None, 157, ""), (140, 161, "pause")],
)  # fmt: skip
def test_thirty_percent_over_the_baseline(baseline, value, asks):
    assert level("systolic", "during", value, baseline) == asks


def running(**base):
    story = Story().patient().order().weight("70").full(-5, **base)
    return story.start_pump(0, "8.75", strength="2")


def codes(story, minute):
    return {a.code for a in alerts(story.visit(), story.at(minute))}


@pytest.mark.parametrize(
    ("first", "second", "minute", "stands"),
    [
        (180, 180, 15, True), (180, 180, 14.9, False), (179, 180, 15, False),
        (180, 179, 15, False), (200, 200, 16, True), (180, None, 15, False),
    ],
)  # fmt: skip
def test_an_emergency_pressure_is_two_readings_five_minutes_apart(first, second, minute, stands):
    story = running().bp(10, first, 90)
    story.vitals(minute, systolic=second, diastolic=90 if second else None, spo2=98)
    assert ("systolic-emergency" in codes(story, 16)) is stands


@pytest.mark.parametrize(
    ("first", "second", "minute", "stands"),
    [(110, 110, 15, True), (110, 110, 14.9, False), (109, 110, 15, False), (110, 109, 15, False)],
)
def test_so_is_the_lower_pressure(first, second, minute, stands):
    story = running().bp(10, 150, first).bp(minute, 150, second)
    assert ("diastolic-emergency" in codes(story, 16)) is stands


def test_what_was_not_measured_is_over_no_limit():
    assert not codes(running().vitals(4, pain=3), 4)


def test_the_sentence_names_the_value_the_limit_and_its_source():
    story = running().bp(4, 161, 90)
    (alert,) = [a for a in alerts(story.visit(), story.at(4)) if a.code == "systolic-pause"]
    assert "161" in alert.sentence
    assert "over 160" in alert.sentence
    assert alert.source == "C2; K15"


def test_a_repeat_reading_is_kept_and_none_is_averaged():
    story = running().bp(4, 171, 95).bp(5, 151, 91)
    taken = [(v.systolic, v.diastolic) for v in story.visit().facts(f.VitalsTaken)][1:]
    assert taken == [(171, 95), (151, 91)]
    assert "systolic-pause" not in codes(story, 5)


# ------------------------------------------------------------------ what is a reading at all
@pytest.mark.parametrize("sign", [sign.code for sign in SHIPPED.signs])
def test_the_edges_of_what_can_be_and_of_what_can_be_believed(sign):
    row = SHIPPED.sign(sign)
    step = Decimal("0.1") if row.decimals else Decimal(1)

    def fault(value, *, confirmed=False):
        return typing_fault(SHIPPED, sign, value, confirmed=confirmed)

    for inside in (row.believable_low, row.believable_high):
        assert fault(inside) == ""
    for far, possible in (
        (row.believable_low - step, row.possible_low), (row.believable_high + step,
                                                        row.possible_high),
    ):  # fmt: skip
        if row.possible_low <= far <= row.possible_high:
            assert "hard to believe" in fault(far)
            assert fault(far, confirmed=True) == ""
        beyond = possible - step if possible == row.possible_low else possible + step
        assert "cannot be" in fault(beyond, confirmed=True)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "sentence"),
    [(81, 82, "swapped"), (82, 82, "swapped"), (83, 82, "")],
)
def test_swapped_pressures_are_named(systolic, diastolic, sentence):
    story = running()
    fact = f.VitalsTaken(at=story.at(4), systolic=systolic, diastolic=diastolic)
    if not sentence:
        admit(story.visit(), fact, now=story.at(4))
        return
    with pytest.raises(Refused, match=sentence):
        admit(story.visit(), fact, now=story.at(4))

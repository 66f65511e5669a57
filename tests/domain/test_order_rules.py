"""What an order can say, and what is sent back to be typed again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import Kg, MgPerKg, MgPerKgPerHour, Minutes, Ml
from ketachart.errors import Refused
from tests.helpers.story import Story

RATE = MgPerKgPerHour


def step(after, rate, condition="pain over 4"):
    return f.TitrationStep(after_min=Minutes(after), rate_mg_kg_h=RATE(rate), condition=condition)


def limit(**values):
    told = {"sign": "systolic", "when": "during", "level": "pause"}
    return Limit(**{**told, **{k: Decimal(v) if k in BOUNDS else v for k, v in values.items()}})


BOUNDS = {"above", "at_least", "below", "at_most", "above_baseline_percent"}


def admitted(sex="F", **values):
    story = Story().patient(sex=sex)
    fact = Story().order(**values).visit().order
    admit(story.visit(), fact, now=story.start)


FULL = {
    "highest_rate_mg_kg_h": RATE("0.3"),
    "titration": (step("20", "0.2"), step("40", "0.3"), step("60", "0.1")),
    "priming": f.LinePriming(fluid="drug", volume_ml=Ml("12")),
    "monitoring": f.MonitoringPlan(
        vitals_every_min=5, observe_min=Minutes(90), continuous=("spo2",)
    ),
    "limits": (limit(above="150"), limit(below="95"), limit(level="emergency", at_least="175")),
    "adjuncts": (
        f.Adjunct(kind="magnesium", what="magnesium sulfate", dose="1.5", unit="g", route="IV"),
        f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere"),
    ),
    "prn": (f.PrnOrder(medicine="ondansetron", dose="4", unit="mg", interval_min=Minutes(20)),),
    "bolus_allowed": True,
    "bolus_max_mg_per_kg": MgPerKg("0.1"),
}


def test_an_order_with_everything_in_it_is_taken():
    admitted(**FULL)


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"titration": (step("0", "0.2"),)}, "titration", "no time"),
        ({"titration": (step("1", "0"),)}, "titration", "no rate"),
        ({"titration": (step("1", "0.2", " "),)}, "titration", "what must hold"),
        ({"titration": (step("20", "0.1"), step("20", "0.2"))}, "titration", "not later"),
        ({"titration": (step("20", "0.301"),)}, "titration", "above the highest rate"),
        ({"start_rate_mg_kg_h": RATE("0.301")}, "start_rate_mg_kg_h", "above its own highest"),
        ({"monitoring": f.MonitoringPlan()}, "monitoring", "says nothing"),
        ({"monitoring": f.MonitoringPlan(vitals_every_min=0)}, "monitoring", "1 to 60"),
        ({"monitoring": f.MonitoringPlan(vitals_every_min=61)}, "monitoring", "1 to 60"),
        ({"monitoring": f.MonitoringPlan(observe_min=Minutes(0))}, "monitoring", "more than 0"),
        ({"monitoring": f.MonitoringPlan(observe_min=Minutes(1441))}, "monitoring", "1440"),
        ({"limits": (limit(above="351"),)}, "limits", "cannot be"),
        ({"limits": (limit(below="19"),)}, "limits", "cannot be"),
        ({"limits": (limit(),)}, "limits", "one number"),
        ({"limits": (limit(above="150", below="90"),)}, "limits", "one number"),
        ({"limits": (limit(above="150"), limit(at_least="151"))}, "limits", "two limits"),
        ({"limits": (limit(level="no-start", above="150"),)}, "limits", "not asked for while"),
        ({"limits": (limit(when="before", above="150"),)}, "limits", "not asked for before"),
        ({"limits": (limit(above_baseline_percent="0"),)}, "limits", "above zero"),
        ({"prn": (f.PrnOrder(medicine="ondansetron", dose="four", unit="mg"),)}, "prn", "number"),
        ({"prn": (f.PrnOrder(medicine="ondansetron", dose="0", unit="mg"),)}, "prn", "above zero"),
        ({"prn": (f.PrnOrder(medicine=" ", dose="4", unit="mg"),)}, "prn", "no name"),
        (
            {"prn": (f.PrnOrder(medicine="x", dose="4", unit="mg", most_doses=0),)},
            "prn",
            "how many",
        ),
        ({"adjuncts": (f.Adjunct(kind="other", what=""),)}, "adjuncts", "no name"),
        ({"adjuncts": (f.Adjunct(kind="fluid", what="s", dose="1"),)}, "adjuncts", "with its unit"),
        ({"adjuncts": (f.Adjunct(kind="fluid", what="s", dose="1,5", unit="L"),)}, "adjuncts", "n"),
        (
            {"adjuncts": (f.Adjunct(kind="nerve-block", what="block"),)},
            "adjuncts",
            "done elsewhere",
        ),
        ({"bolus_allowed": False}, "bolus_max_mg_per_kg", "no bolus is allowed"),
        ({"evaluated_on": date(2026, 11, 23)}, "evaluated_on", "after today"),
        ({"series_number": 0}, "series_number", "from 1"),
    ],
)
def test_what_cannot_be_meant_is_sent_back_by_the_name_of_its_field(values, field, says):
    with pytest.raises(Refused, match=says) as refused:
        admitted(**{**FULL, **values})
    assert refused.value.field == field


@pytest.mark.parametrize(
    "values",
    [
        {"titration": (step("20", "0.3"),)},
        {"start_rate_mg_kg_h": RATE("0.3")},
        {"monitoring": f.MonitoringPlan(vitals_every_min=1)},
        {"monitoring": f.MonitoringPlan(vitals_every_min=60)},
        {"monitoring": f.MonitoringPlan(observe_min=Minutes(1440))},
        {"limits": (limit(above="350"), limit(below="20"))},
        {"evaluated_on": date(2026, 11, 22)},
    ],
)
def test_just_inside_is_taken(values):
    admitted(**{**FULL, **values})


@pytest.mark.parametrize("name", ["ceiling_mg", "dosing_weight_kg", "bolus_max_mg_per_kg"])
def test_no_amount_of_an_order_is_nothing(name):
    kind = {"ceiling_mg": f.order.Mg, "dosing_weight_kg": Kg, "bolus_max_mg_per_kg": MgPerKg}[name]
    with pytest.raises(Refused, match="above zero"):
        admitted(**{**FULL, "weight_basis": "ideal", name: kind(0)})


def test_a_primed_line_holds_something():
    with pytest.raises(Refused, match="Volume of the line"):
        admitted(priming=f.LinePriming(fluid="saline", volume_ml=Ml(0)))


# ------------------------------------------------ the weight to dose on


@pytest.mark.parametrize(
    ("sex", "values", "says"),
    [
        ("F", {"weight_basis": "ideal"}, "doses on ideal weight"),
        ("F", {"weight_basis": "ideal", "weight_formula": "hamwi"}, "not a formula"),
        ("X", {"weight_basis": "adjusted", "weight_formula": "devine"}, "sex is on file as X"),
        ("F", {"weight_formula": "devine"}, "actual weight"),
        ("F", {"dosing_weight_kg": Kg(60)}, "actual weight"),
    ],
)
def test_a_weight_that_cannot_be_worked_out_is_asked_for(sex, values, says):
    with pytest.raises(Refused, match=says):
        admitted(sex, **values)


def test_the_prescribers_own_weight_needs_no_formula_and_no_sex():
    admitted("X", weight_basis="ideal", dosing_weight_kg=Kg(60))
    admitted("F", weight_basis="adjusted", weight_formula="miller")


# ------------------------------------------------ height and ketamine from elsewhere


@pytest.mark.parametrize(
    ("cm", "says"),
    [("0", "above zero"), ("119.9", "hard to believe"), ("220.1", "hard to believe")],
)
def test_a_height_hard_to_believe_is_asked_about(cm, says):
    story = Story()
    fact = f.HeightMeasured(at=story.start, height_cm=Decimal(cm))
    with pytest.raises(Refused, match=says):
        admit(story.visit(), fact, now=story.start)


def test_inches_typed_for_centimetres_are_named():
    story = Story()
    fact = f.HeightMeasured(at=story.start, height_cm=Decimal(65))
    with pytest.raises(Refused, match=r"65 in would be 165\.1 cm"):
        admit(story.visit(), fact, now=story.start)
    admit(story.visit(), replace(fact, confirmed=True), now=story.start)


@pytest.mark.parametrize("cm", ["120", "220"])
def test_the_ends_of_the_range_of_heights_are_believed(cm):
    story = Story()
    admit(story.visit(), f.HeightMeasured(at=story.start, height_cm=Decimal(cm)), now=story.start)


def test_other_ketamine_is_history_and_not_the_future():
    story = Story()
    told = f.OtherKetamine(
        at=story.start,
        route="oral",
        product="ketamine troche",
        last_on=story.start.date(),
        from_whom="prescribed",
        prescriber="Dr B. Chen",
    )
    admit(story.visit(), told, now=story.start)
    tomorrow = story.start.date() + timedelta(days=1)
    with pytest.raises(Refused, match="after today"):
        admit(story.visit(), replace(told, last_on=tomorrow), now=story.start)
    with pytest.raises(Refused, match="does not stand as prescribed"):
        admit(story.visit(), replace(told, from_whom="not-said"), now=story.start)

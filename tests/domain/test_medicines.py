"""A medicine: by any of its names, against the order, and against what was read last."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.audit import words
from ketachart.domain.medicines import adjuncts_here, against_signs, allergy_to
from ketachart.domain.quantities import Minutes
from ketachart.errors import Refused
from tests.helpers.story import Story

MAGNESIUM = f.Adjunct(
    kind="magnesium", what="Magnesium sulfate", dose="2", unit="g", route="IV", over_min=Minutes(20)
)
BLOCK = f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere", note="on 20 Nov")
SALINE = f.Adjunct(kind="fluid", what="0.9 % saline", dose="500", unit="mL", route="IV")


def allergic(*substances):
    allergies = tuple(f.Allergy(substance=one, reaction="rash") for one in substances)
    return Story().patient(allergies=allergies, no_known_allergies=False).order().weight("70")


def given(story, medicine, dose, unit="mg", minute=30, **values):
    told = {"against": "telephone-order", **values}
    return f.MedicineGiven(
        at=story.at(minute), medicine=medicine, dose=Decimal(dose), unit=unit, **told
    )


def chart(story, fact):
    admit(story.visit(), fact, now=fact.at, letters=house.printable_letters())


@pytest.mark.parametrize(
    ("allergy", "medicine", "stands"),
    [
        ("Zofran", "ondansetron", True),
        ("zofran (ondansetron) tablets", "ondansetron", True),
        ("NSAIDs", "ketorolac", True),
        ("aspirin", "ketorolac", True),
        ("benzodiazepines", "midazolam", True),
        ("Benzodiazepine", "lorazepam", True),
        ("beta blockers", "labetalol", True),
        ("paracetamol", "acetaminophen", True),
        ("magnesium", "magnesium sulfate", True),
        ("morphine", "Morphine", True),
        ("penicillins", "penicillin V", True),
        ("sulfa", "magnesium sulfate", False),
        ("sulfa drugs", "magnesium sulfate", False),
        ("penicillin", "ondansetron", False),
        ("aspirin", "acetaminophen", False),
        ("latex", "ketorolac", False),
        ("", "ketorolac", False),
    ],
)
def test_an_allergy_is_known_by_brand_and_family_and_by_whole_words(allergy, medicine, stands):
    story = allergic("peanuts", allergy)
    found = allergy_to(story.visit(), medicine)
    assert (found is not None) is stands
    fact = given(story, medicine, "1")
    if not stands:
        chart(story, fact)
        return
    with pytest.raises(Refused, match="allergic to") as refused:
        chart(story, fact)
    assert refused.value.rule == "allergy"
    chart(story, replace(fact, despite="tolerated before, prescriber knows"))


@pytest.mark.parametrize(
    ("values", "against"),
    [
        ({"heart_rate": 60, "systolic": 120, "diastolic": 80}, ()),
        ({"heart_rate": 59, "systolic": 150, "diastolic": 80}, ("Heart rate 59",)),
        ({"heart_rate": 70, "systolic": 119, "diastolic": 80}, ("Systolic 119",)),
        ({"heart_rate": 50, "systolic": 100, "diastolic": 60}, ("Heart rate 50", "Systolic 100")),
        ({"spo2": 97}, ()),
    ],
)
def test_labetalol_is_asked_about_where_pulse_or_pressure_is_low(values, against):
    story = allergic("latex").vitals(20, **values)
    found = against_signs(story.visit(), "labetalol", story.at(30))
    assert [said in one for said, one in zip(against, found, strict=True)] == [True] * len(against)
    fact = given(story, "labetalol", "10")
    if not against:
        chart(story, fact)
        return
    with pytest.raises(Refused, match="If it was given, say why") as refused:
        chart(story, fact)
    assert (refused.value.rule, refused.value.field) == ("reading against it", "despite")
    chart(story, replace(fact, despite="Dr A. Okafor by phone"))


def test_only_the_last_reading_by_then_counts():
    story = allergic("latex").vitals(10, heart_rate=50).vitals(20, heart_rate=70)
    assert against_signs(story.visit(), "labetalol", story.at(30)) == ()
    assert against_signs(story.visit(), "labetalol", story.at(15)) != ()
    assert against_signs(story.visit(), "ondansetron", story.at(15)) == ()


def test_another_route_than_the_order_names_needs_a_reason():
    prn = f.PrnOrder(medicine="ondansetron", dose="4", unit="mg", route="IV")
    story = Story().patient().order(prn=(prn,)).weight("70")
    fact = given(story, "ondansetron", "4", against="prn-order", route="oral")
    with pytest.raises(Refused, match="ondansetron IV, not oral"):
        chart(story, fact)
    chart(story, replace(fact, despite="no vein any more"))
    chart(story, replace(fact, route="IV"))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({}, ""),
        ({"dose": Decimal("2.1")}, "over the ordered dose"),
        ({"unit": "mg"}, "over the ordered dose"),
        ({"route": "oral"}, "another route than ordered"),
        ({"medicine": "famotidine"}, "not ordered"),
        ({"medicine": "0.9 % saline"}, "not ordered"),
        ({"medicine": "occipital block"}, "not ordered"),
    ],
)
def test_a_treatment_of_the_order_is_given_as_it_is_ordered(values, rule):
    story = Story().patient().order(adjuncts=(MAGNESIUM, BLOCK, SALINE)).weight("70")
    fact = replace(given(story, "magnesium sulfate", "2", "g", against="adjunct"), **values)
    if not rule:
        chart(story, fact)
        assert "treatment of the order" in words(story.visit(), fact)[1]
        return
    with pytest.raises(Refused) as refused:
        chart(story, fact)
    assert refused.value.rule == rule


def test_a_treatment_of_the_order_is_given_once():
    story = Story().patient().order(adjuncts=(MAGNESIUM,)).weight("70")
    fact = given(story, "magnesium sulfate", "2", "g", against="adjunct")
    story.tell(fact)
    with pytest.raises(Refused, match="once"):
        chart(story, replace(fact, at=story.at(60)))
    chart(story, replace(fact, at=story.at(60), despite="half was spilled"))


def test_what_was_done_elsewhere_is_not_offered_here():
    story = Story().patient().order(adjuncts=(MAGNESIUM, BLOCK, SALINE)).weight("70")
    assert adjuncts_here(story.visit(), "nerve-block") == ()
    assert adjuncts_here(story.visit(), "magnesium", "other") == (MAGNESIUM,)
    assert adjuncts_here(story.visit(), "fluid") == (SALINE,)
    assert adjuncts_here(Story().visit(), "fluid") == ()

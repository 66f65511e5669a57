"""A bolus: off unless clinic, state and order allow it, and never over the strictest limit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.policy_drug import StateRule
from ketachart.domain.quantities import Mg, MgPerKg, Ml
from ketachart.domain.scope import bolus_forbidden, bolus_most, state_code
from ketachart.errors import Refused
from tests.helpers.story import Story


def protocol(*, rn_bolus="by-order", most=None, clinic="0.35", state="AZ"):
    """The shipped protocol with one state's rule and the clinic's largest bolus."""
    shipped = house.shipped_protocol()
    values = tuple(
        replace(value, value=Decimal(clinic)) if value.code == "bolus.most" else value
        for value in shipped.values
    )
    rule = StateRule(
        state=state,
        rn_bolus=rn_bolus,
        bolus_most=None if most is None else MgPerKg(most),
        words="told for a test",
        source="B4.11",
    )
    return replace(shipped, values=values, states=(rule,))


def running(protocol, **order):
    story = Story(protocol=protocol).patient().order(**{"bolus_allowed": True, **order})
    return story.weight("64").start_pump(1, "10", strength="2")


def chart(story, **bolus):
    fact = f.BolusGiven(at=story.at(5), **bolus)
    admit(story.visit(), fact, now=story.at(5), letters=house.printable_letters())


@pytest.mark.parametrize(
    ("told", "order", "by", "sentence"),
    [
        ({"clinic": "0"}, {}, ["clinic"], "The clinic's protocol does not allow a bolus."),
        ({"rn_bolus": "no"}, {}, ["state"], "AZ does not allow a nurse to give a bolus."),
        ({"rn_bolus": "not-said"}, {}, ["state"], "The rule for AZ does not say"),
        ({"state": "PA"}, {}, ["state"], "No rule is on file for AZ, so a bolus is not allowed."),
        ({}, {"bolus_allowed": False}, ["order"], "This order does not allow a bolus."),
        (
            {"clinic": "0", "rn_bolus": "no"},
            {"bolus_allowed": False},
            ["clinic", "state", "order"],
            "This order does not allow a bolus. If it was given, say why.",
        ),
    ],
)
def test_whoever_does_not_allow_a_bolus_is_named_and_one_that_was_given_is_charted(
    told, order, by, sentence
):
    story = running(protocol(**told), **order)
    assert [point.by for point in bolus_forbidden(story.visit())] == by
    with pytest.raises(Refused) as refused:
        chart(story, amount_mg=Mg(5))
    assert sentence in str(refused.value)
    assert refused.value.field == "despite"
    chart(story, amount_mg=Mg(5), despite="given by EMS")


def test_where_all_three_allow_it_nothing_is_asked():
    story = running(protocol())
    assert bolus_forbidden(story.visit()) == ()
    chart(story, amount_mg=Mg(5))


def test_the_shipped_rule_of_arizona_keeps_a_bolus_off():
    story = running(house.shipped_protocol())
    assert [point.by for point in bolus_forbidden(story.visit())] == ["state"]
    assert state_code(story.visit()) == "AZ"


# by hand, for 64 kg: 0.35 mg/kg is 22.4 mg (clinical.md vector L03), 0.3 is 19.2, 0.25 is 16
@pytest.mark.parametrize(
    ("state", "order", "by", "inside", "over"),
    [
        (None, None, "clinic", "22.4", "22.5"),
        ("0.5", None, "clinic", "22.4", "22.41"),
        ("0.3", None, "state", "19.2", "19.3"),
        ("0.3", "0.25", "order", "16", "16.1"),
    ],
)
def test_the_strictest_of_three_limits_counts_and_is_inclusive(state, order, by, inside, over):
    given = {} if order is None else {"bolus_max_mg_per_kg": MgPerKg(order)}
    story = running(protocol(most=state), **given)
    assert bolus_most(story.visit()).by == by
    chart(story, amount_mg=Mg(inside))
    with pytest.raises(Refused, match="is over"):
        chart(story, amount_mg=Mg(over))
    chart(story, amount_mg=Mg(over), despite="Dr A. Okafor asked for it, read back")


def test_a_bolus_in_ml_is_held_against_the_same_limit():
    story = running(protocol())
    chart(story, volume_ml=Ml("11.2"))  # × 2 mg/mL = 22.4 mg
    with pytest.raises(Refused, match="is over"):
        chart(story, volume_ml=Ml("11.25"))


def test_ten_times_the_bolus_before_is_looked_at_again():
    story = running(protocol()).bolus(3, "2")
    with pytest.raises(Refused, match=r"20 mg after 2 mg is ten times .* confirm it"):
        chart(story, amount_mg=Mg(20))
    chart(story, amount_mg=Mg(20), confirmed=True)
    chart(story, amount_mg=Mg(19))


def test_ten_times_the_largest_bolus_is_looked_at_again_whatever_the_reason():
    story = running(protocol())
    with pytest.raises(Refused, match="confirm it"):
        chart(story, amount_mg=Mg(224), despite="x")
    chart(story, amount_mg=Mg(224), despite="x", confirmed=True)

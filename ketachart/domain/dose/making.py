"""How a bag comes to its volume: filled up, added to a full bag, or as much taken out first.

The three ways give the same drug another strength, which is the commonest fault of bags made by
hand (clinical.md B1.14); so the way is always said and never assumed.
"""

from typing import Final, Literal

from ketachart.domain.facts import BagPrepared
from ketachart.domain.quantities import Ml
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused

Method = Literal["made-up-to", "added-to", "withdrawn-first"]
# What each way is called, in the order in which it is asked.
METHODS: Final[dict[Method, str]] = {
    "made-up-to": "Drug first, filled up to",
    "added-to": "Added to a full bag",
    "withdrawn-first": "As much withdrawn first",
}


def total_of(method: Method, *, bag: Ml, drawn: Ml) -> Ml:
    """The final volume, drug included, when so much drug goes into a bag that held so much.

    For ``made-up-to`` the bag is the volume that it was filled up to.
    """
    return bag + drawn if method == "added-to" else bag


def bag_for(method: Method, *, total: Ml, drawn: Ml) -> Ml:
    """What the bag must hold beforehand so that it comes to that total; never less than nothing."""
    return max(total - drawn, Ml.zero()) if method == "added-to" else total


def check_making(fact: BagPrepared) -> None:
    """The volumes are those that this way of making up a bag gives.

    Raises:
        Refused: the bag's own volume is missing, less is in it than is withdrawn, or the total is
            another than both volumes make.
    """
    if fact.method == "made-up-to":
        if fact.bag_ml is not None:
            raise Refused(
                "A bag that is filled up has one volume. Leave out what it held before.",
                rule="bag volume without a bag",
                field="bag_ml",
            )
        return
    held = fact.bag_ml
    if held is None or not held.above_zero:
        raise Refused(
            "What did the bag hold before? Read it from the bag.",
            rule="bag volume missing",
            field="bag_ml",
        )
    if fact.method == "withdrawn-first" and fact.drawn_ml > held:
        raise Refused(
            f"{with_unit(fact.drawn_ml)} cannot be withdrawn from a bag of {with_unit(held)}. "
            "Read both volumes again.",
            rule="more withdrawn than the bag holds",
            field="bag_ml",
        )
    should = total_of(fact.method, bag=held, drawn=fact.drawn_ml)
    if fact.total_ml != should:
        raise Refused(
            f"{making_words(fact)} make {with_unit(should, 4)}, not {with_unit(fact.total_ml, 4)}. "
            "Read the volumes again.",
            rule="total is another than the volumes make",
            field="total_ml",
        )


def making_words(fact: BagPrepared) -> str:
    """The volumes as a pencil writes them: “50 mL bag + 3.42 mL of drug”."""
    drawn = with_unit(fact.drawn_ml)
    if fact.method == "made-up-to" or fact.bag_ml is None:
        return f"{drawn} of drug, filled up to {with_unit(fact.total_ml)}"
    if fact.method == "added-to":
        return f"{with_unit(fact.bag_ml)} bag + {drawn} of drug"
    return f"{with_unit(fact.bag_ml)} bag − {drawn} withdrawn + {drawn} of drug"

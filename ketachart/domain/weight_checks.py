"""The weight to dose on, held against the scale and against what its formula was made for."""

from collections.abc import Iterator

from ketachart.domain.check_row import DoseCheck, check_row
from ketachart.domain.dose.dosing_weight import Lack, weight_to_dose_on
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit

# What to chart, or to ask for, where the weight to dose on is not known yet.
WHAT_LACKS: dict[Lack, str] = {
    "": "Chart the weight to dose on",
    "weight": "Chart the weight to dose on",
    "height": "Chart the height: the order's weight to dose on is worked out of it",
    "formula": "Ask the prescriber for the weight to dose on: this protocol lacks the formula",
    "sex": "Ask the prescriber for the weight to dose on: the formulas tell women from men",
}


def weight_checks(visit: Visit) -> Iterator[DoseCheck]:
    """A row where the order doses on another weight than the actual one; it asks for a reason."""
    order, found = visit.order, weight_to_dose_on(visit)
    if order is None or order.weight_basis == "actual" or found.kg is None:
        return
    formula = visit.protocol.formula(order.weight_formula)
    bound = f"{order.weight_basis}, not over the scale's"
    if found.asks:
        bound = "ask which weight is meant" if "scale" in found.asks else "from 60 inches up"
    yield check_row(
        "dosing-weight",
        "Weight to dose on",
        with_unit(found.kg),
        bound,
        formula.source if formula and order.dosing_weight_kg is None else "the order",
        inside=not found.asks,
    )


def what_lacks(visit: Visit) -> str:
    """What to chart before a dose can be worked out, as a sentence without its full stop."""
    return WHAT_LACKS[weight_to_dose_on(visit).lacks]

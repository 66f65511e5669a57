"""The series and what came before as plain JSON: place, days, each infusion, the sums."""

from datetime import datetime
from typing import Any

from ketachart.domain.earlier.address import often_here
from ketachart.domain.earlier.series import days_since, earlier, known_past, pain_answer, totals
from ketachart.domain.facts import PastInfusion
from ketachart.domain.folded.plain import exact, quantity
from ketachart.domain.shape import to_plain
from ketachart.domain.visit import Visit


def series_json(visit: Visit, now: datetime) -> dict[str, Any]:
    """What came before this infusion, as this visit's own copy tells it."""
    order, past = visit.order, known_past(visit)
    return {
        "number": order.series_number if order else None,
        "of": order.series_of if order else None,
        "days_since_last": days_since(visit, now),
        "earlier": [_one(one) for one in earlier(visit)],
        "totals": [
            {
                "days": total.days,
                "infusions": total.infusions,
                "mg": quantity(total.mg),
                "without_dose": total.without_dose,
                "at_least": total.at_least,
            }
            for total in totals(visit, now)
        ],
        "visits_here": past.visits_here if past else None,
        "visits_here_flag": often_here(visit) or None,
    }


def _one(one: PastInfusion) -> dict[str, Any]:
    answer = pain_answer(one)
    percent = answer.percent if answer is not None else None
    return {
        **to_plain(one),
        "pain_points": answer.points if answer is not None else None,
        "pain_percent": exact(percent) if percent is not None else None,
    }

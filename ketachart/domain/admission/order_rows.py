"""Rules for the rows of an order: steps of the rate, limits, medicines, treatments, monitoring."""

from decimal import Decimal

from ketachart.domain.dose.dosing import above_zero
from ketachart.domain.facts import OrderRecorded
from ketachart.domain.limits import bound_of, sign_text
from ketachart.domain.policy import Limit
from ketachart.domain.shape import DECIMAL
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused

LONGEST_INTERVAL_MIN = 60
LONGEST_OBSERVATION_MIN = 24 * 60
MOST_READINGS = 10
LONGEST_APART_MIN = 60
MOST_ROWS = 60  # more of one sort than any order has; a list beyond it was pasted or repeated
LEVELS_WHEN = {"before": ("ask-before", "no-start"), "during": ("pause", "emergency")}


def not_too_many(fact: OrderRecorded) -> None:
    """No list of the order is longer than one can be meant."""
    lists = {
        "titration": fact.titration,
        "limits": fact.limits,
        "prn": fact.prn,
        "adjuncts": fact.adjuncts,
    }
    for field, rows in lists.items():
        if len(rows) > MOST_ROWS:
            raise _row(
                f"The order has {len(rows)} rows of one sort; at most {MOST_ROWS} can be charted. "
                "Type only those that the prescriber wrote.",
                field,
            )


def titration(fact: OrderRecorded) -> None:
    """Steps may rise or fall; their times ascend, and none goes over the order's highest rate."""
    highest = fact.highest_rate_mg_kg_h
    for number, step in enumerate(fact.titration, 1):
        what = f"Step {number}"
        if not step.after_min.above_zero:
            raise _row(f"{what} has no time after the start. Type its minutes.", "titration")
        if not step.rate_mg_kg_h.above_zero:
            raise _row(f"{what} has no rate. Type it in mg/kg/h; to stop is no step.", "titration")
        if highest is not None and step.rate_mg_kg_h > highest:
            raise _row(
                f"{what} goes to {with_unit(step.rate_mg_kg_h)}, above the highest rate of the "
                f"order, {with_unit(highest)}. Ask the prescriber which one holds.",
                "titration",
            )
        if not step.condition.strip():
            raise _row(
                f"{what} does not say what must hold for it. Type the order's words.", "titration"
            )
        if number > 1 and step.after_min <= fact.titration[number - 2].after_min:
            raise _row(
                f"{what} comes after {with_unit(step.after_min)}, not later than the step before "
                "it. Type the steps in their order.",
                "titration",
            )


def limits(visit: Visit, fact: OrderRecorded) -> None:
    """Each limit has one number that its sign can have, and a level that fits its time."""
    seen = set()
    for limit in fact.limits:
        label = visit.protocol.sign(limit.sign).label
        if limit.level not in LEVELS_WHEN[limit.when]:
            when = "before the start" if limit.when == "before" else "while it runs"
            raise _row(
                f"{label}: “{limit.level}” is not asked for {when}. Choose another level, or "
                "another time.",
                "limits",
            )
        _limit_number(visit, limit, label)
        key = (limit.sign, limit.when, limit.level, bound_of(limit))
        if key in seen:
            raise _row(
                f"{label} has two limits of the same kind. Keep the one that the order says.",
                "limits",
            )
        seen.add(key)


def _limit_number(visit: Visit, limit: Limit, label: str) -> None:
    numbers = [
        value
        for value in (limit.above, limit.at_least, limit.below, limit.at_most)
        if value is not None
    ]
    percent = limit.above_baseline_percent
    kinds = len(numbers) + (percent is not None) + bool(limit.not_in)
    _limit_repeats(limit, label)
    if kinds != 1:
        raise _row(f"{label}: a limit has one number, above or below. Type it again.", "limits")
    if percent is not None and percent <= 0:
        raise _row(f"{label}: the percentage over the baseline must be above zero.", "limits")
    sign = visit.protocol.sign(limit.sign)
    low, high = sign.possible_low, sign.possible_high
    for value in (*numbers, *limit.not_in):
        if not low <= value <= high:
            raise _row(
                f"{label}: a limit of {sign_text(sign, value)} {sign.unit} cannot be "
                f"({sign_text(sign, low)} to {sign_text(sign, high)}). Type it again.",
                "limits",
            )


def _limit_repeats(limit: Limit, label: str) -> None:
    if not 1 <= limit.readings <= MOST_READINGS or not 0 <= limit.apart_min <= LONGEST_APART_MIN:
        raise _row(
            f"{label}: a limit stands after 1 to {MOST_READINGS} readings, 0 to "
            f"{LONGEST_APART_MIN} min apart. Type both again.",
            "limits",
        )


def monitoring(fact: OrderRecorded) -> None:
    """A set at least every 1 to 60 min; an observation of at most a day; not an empty plan."""
    plan = fact.monitoring
    if plan is None:
        return
    every = plan.vitals_every_min
    if every is not None and not 1 <= every <= LONGEST_INTERVAL_MIN:
        raise _row(
            f"Vital signs every {every} min: type 1 to {LONGEST_INTERVAL_MIN} min.", "monitoring"
        )
    observe = plan.observe_min
    if observe is not None and not 0 < observe.amount <= LONGEST_OBSERVATION_MIN:
        raise _row(
            f"An observation of {with_unit(observe)}: type more than 0 and at most "
            f"{LONGEST_OBSERVATION_MIN} min.",
            "monitoring",
        )
    if every is None and observe is None and not plan.continuous:
        raise _row("The monitoring plan says nothing. Fill it in, or leave it out.", "monitoring")


def prn(fact: OrderRecorded) -> None:
    """Each medicine has a name, one dose above zero with its unit, and at least one dose."""
    for medicine in fact.prn:
        name = medicine.medicine.strip()
        if not name:
            raise _row("A medicine if needed has no name. Type it, or take the row out.", "prn")
        if not medicine.unit.strip() or not _above_zero(medicine.dose):
            raise _row(
                f"{name}: one dose is a number above zero with its unit, such as 4 mg.", "prn"
            )
        if medicine.most_doses < 1:
            raise _row(f"{name}: type how many doses at most, 1 or more.", "prn")
        if medicine.interval_min is not None:
            above_zero(medicine.interval_min, f"time between two doses of {name}")


def adjuncts(fact: OrderRecorded) -> None:
    """Each treatment has a name, and a dose that can be read where it has one."""
    for adjunct in fact.adjuncts:
        name = adjunct.what.strip()
        if not name:
            raise _row("A treatment has no name. Type it, or take the row out.", "adjuncts")
        if adjunct.dose and (not _above_zero(adjunct.dose) or not adjunct.unit.strip()):
            raise _row(
                f"{name}: the amount is a number above zero with its unit, such as 1 g.", "adjuncts"
            )
        if adjunct.over_min is not None:
            above_zero(adjunct.over_min, f"time over which {name} is given")
        if adjunct.kind == "nerve-block" and adjunct.where == "here":
            raise _row(
                f"{name}: a nerve block is not done in this visit. Chart it as done elsewhere.",
                "adjuncts",
            )


def _above_zero(text: str) -> bool:
    return bool(DECIMAL.match(text)) and Decimal(text) > 0


def _row(sentence: str, field: str) -> Refused:
    return Refused(sentence, rule=f"{field}: value does not fit", field=field)

"""What the drug's balance asks before signing: what is nowhere, unseen, or told in two ways.

None of it blocks: each asks for an explanation that is printed on page 1 beside the numbers.
"""

from collections.abc import Iterator

from ketachart.domain.counts import Balance, balance
from ketachart.domain.drug_sequence import too_early
from ketachart.domain.facts import DrugWasted, FindingExplained, InfusionStarted, InfusionStopped
from ketachart.domain.finding import Finding
from ketachart.domain.quantities import Mg, Ml
from ketachart.domain.totals import PumpTotal
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, listed, with_unit

PUMP_AND_RATES, LEFT_AND_RATES = "pump-and-rates", "left-and-rates"
PUMP_WENT_BACK = "pump-went-back"
UNSEEN = "no-witness-"  # and the number of the waste's entry


def drug_findings(visit: Visit) -> Iterator[Finding]:
    """Every point about the drug."""
    if not visit.standing:
        return
    sums = balance(visit)
    yield from _whereabouts(sums)
    yield from totals_apart(visit, sums)
    yield from _pump_missing(visit, sums)
    yield from _unseen(visit)
    for point in too_early(visit):
        yield Finding(
            code=f"too-early-{point.entry.number}",
            severity="reason",
            sentence=point.sentence.removesuffix("."),
            detail="Correct the time that is wrong, or say why.",
            phase="order",
            entry=point.entry.id,
        )


def _whereabouts(sums: Balance) -> Iterator[Finding]:
    if not sums.out.is_zero and not sums.closes:
        yield Finding(
            code="unaccounted",
            severity="reason",
            sentence=unaccounted_sentence(sums),
            detail="Chart waste, return or breakage, or say why."
            if sums.unaccounted.above_zero
            else "Check dose, waste and return, or say why.",
            phase="sign",
            source="B11.2, B11.4",
        )
    if sums.out.is_zero and sums.by_rates.above_zero:
        yield Finding(
            code="no-vial",
            severity="reason",
            sentence="No vial is charted",
            detail="The drug that was given has no source in this record.",
            phase="order",
        )


def unaccounted_sentence(sums: Balance) -> str:
    """What is missing, or how much more is charted than was there."""
    if sums.unaccounted.above_zero:
        return f"{with_unit(sums.unaccounted)} of ketamine unaccounted for"
    return f"{with_unit(abs(sums.unaccounted))} more ketamine is charted than was taken out"


# ------------------------------------------------------------------ the three totals


def three_totals(sums: Balance) -> tuple[tuple[str, str], ...]:
    """The dose in its three independent ways, each in words; a missing one says that it is."""
    left = sums.by_remainder
    return (
        ("Given, by the rates", with_unit(sums.by_rates)),
        ("Given, by the pump", _pump_words(sums.pump)),
        ("Given, by what is left", "nothing charted as left" if left is None else with_unit(left)),
    )


def _pump_words(pump: PumpTotal | None) -> str:
    if pump is None:
        return "not read"
    if pump.back:
        return f"not known: it went back at {listed([clock(at) for at in pump.back])}"
    dose = "strength not on file" if pump.mg is None else with_unit(pump.mg)
    return dose if pump.whole else f"{dose} up to {clock(pump.read_at)}"


def totals_apart(visit: Visit, sums: Balance) -> Iterator[Finding]:
    """The pairs of totals that are not the same; beyond what is allowed they ask for a reason.

    What was left against what counts as given is what is unaccounted for, and stands there.
    """
    pump = sums.pump
    if pump is not None and not pump.back and not _same(pump):
        over = _over(visit, pump)
        yield Finding(
            code=PUMP_AND_RATES,
            severity="reason" if over else "know",
            sentence=_pump_sentence(pump),
            detail=" ".join(_pump_details(visit, sums, pump, over=over)),
            phase="sign",
        )
        if over:
            return
    left, allowed = sums.by_remainder, visit.protocol.balance_tolerance
    if sums.given_by == "pump" and left is not None and abs(left - sums.by_rates) > allowed:
        yield Finding(
            code=LEFT_AND_RATES,
            severity="reason",
            sentence=f"What is left says {with_unit(left)}, rates say {with_unit(sums.by_rates)}",
            detail=f"{with_unit(abs(left - sums.by_rates))} apart, {with_unit(allowed)} allowed. "
            "Check what is left, the times and the rates, or say why.",
            phase="sign",
        )


def _same(pump: PumpTotal) -> bool:
    return pump.apart_ml.is_zero and (pump.apart is None or pump.apart.is_zero)


def _over(visit: Visit, pump: PumpTotal) -> bool:
    """Beyond the protocol's tolerance in drug, or in volume where the protocol has one."""
    most = visit.protocol.balance_volume
    if most is not None and pump.apart_ml >= most:
        return True
    return pump.apart is not None and pump.apart > visit.protocol.balance_tolerance


def _pump_sentence(pump: PumpTotal) -> str:
    until = "" if pump.whole else f" up to {clock(pump.read_at)}"
    if pump.mg is None:
        return f"Pump says {with_unit(pump.ml)}, rates say {with_unit(pump.rates_ml)}{until}"
    return f"Pump says {with_unit(pump.mg)}, rates say {with_unit(pump.rates_mg)}{until}"


def _pump_details(visit: Visit, sums: Balance, pump: PumpTotal, *, over: bool) -> Iterator[str]:
    apart = " and ".join(_amounts(pump.apart, pump.apart_ml))
    yield f"{apart} apart, {with_unit(visit.protocol.balance_tolerance)} allowed."
    if pump.unread:
        times = listed([clock(at) for at in pump.unread])
        yield (
            f"At the bag change {times} the pump was not read: what the rates give stands for it."
        )
    if over:
        left = sums.by_remainder
        yield f"What is left says {'nothing yet' if left is None else with_unit(left)}."
        yield "Check the times, the rates and the reading, or say why."


def _amounts(mg: Mg | None, ml: Ml) -> Iterator[str]:
    if mg is not None:
        yield with_unit(mg)
    yield with_unit(ml)


def _reason_for(visit: Visit, code: str) -> str:
    """The last explanation of one point; empty where there is none."""
    said = [fact.reason for fact in visit.facts(FindingExplained) if fact.finding == code]
    return said[-1] if said else ""


def _pump_missing(visit: Visit, sums: Balance) -> Iterator[Finding]:
    """One of the three totals is missing, and is told as missing."""
    if sums.pump is not None and sums.pump.back:
        times = listed([clock(at) for at in sums.pump.back])
        yield Finding(
            code=PUMP_WENT_BACK,
            severity="reason",
            sentence=f"The pump showed less at {times} than before",
            detail="Was it set to zero, or read wrong? Correct the reading that is wrong, chart "
            "the bag change with which it was set to zero, or say what happened.",
            phase="infusion",
        )
    by_pump = any(fact.by == "pump" for fact in visit.facts(InfusionStarted))
    stopped = visit.last(InfusionStopped)
    if by_pump and stopped is not None and (sums.pump is None or not sums.pump.whole):
        last = "never" if sums.pump is None else f"last at {clock(sums.pump.read_at)}"
        yield Finding(
            code="pump-not-read",
            severity="know",
            sentence="The pump was not read at the stop",
            detail=f"It was read {last}: one of the three totals is missing. If it still shows "
            "its volume, chart it.",
            phase="infusion",
            entry=stopped.id,
        )


# ------------------------------------------------------------------ waste


def _unseen(visit: Visit) -> Iterator[Finding]:
    for entry in visit.of(DrugWasted):
        if entry.fact.witness_mode == "none":
            yield Finding(
                code=f"{UNSEEN}{entry.number}",
                severity="reason",
                sentence=f"{with_unit(entry.fact.amount_mg)} wasted without a witness",
                detail=f"{supervisor_task(entry.fact)}.",
                phase="sign",
                entry=entry.id,
                source="B11.2, B11.3",
            )


NO_BAG = ("", "none", "no")


def supervisor_task(fact: DrugWasted) -> str:
    """What the supervisor is asked to do about waste that nobody saw."""
    if fact.sealed_bag.strip().lower() in NO_BAG:
        return "Supervisor: nothing was sealed, ask what became of it"
    return f"Supervisor: measure the volume in sealed bag {fact.sealed_bag}"


# ------------------------------------------------------------------ page 1

# Points whose explanations stand on page 1 with the numbers that they explain.
TOLD_WITH_THE_DRUG = ("unaccounted", PUMP_AND_RATES, LEFT_AND_RATES, PUMP_WENT_BACK, UNSEEN)


def sums_told(visit: Visit) -> Iterator[str]:
    """Every sum of the drug that does not come out, with the nurse's explanation behind it."""
    sums = balance(visit)
    points = (*_whereabouts(sums), *totals_apart(visit, sums), *_pump_missing(visit, sums))
    for point in points:
        if point.severity == "reason" and point.code.startswith(TOLD_WITH_THE_DRUG):
            said = _reason_for(visit, point.code)
            yield f"{point.sentence}. {f'Explained: {said}' if said else 'NOT EXPLAINED'}"


def unseen_told(visit: Visit, waste: Entry[DrugWasted]) -> str:
    """Waste that nobody saw: how much, why, and what the supervisor is asked to do."""
    why = [waste.fact.why_none, _reason_for(visit, f"{UNSEEN}{waste.number}")]
    because = "; ".join(filter(None, why)) or "NOT EXPLAINED"
    much = with_unit(waste.fact.amount_mg)
    return f"{much} wasted without a witness: {because}. {supervisor_task(waste.fact)}"

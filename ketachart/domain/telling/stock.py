"""The words for what became of the drug: wasted, returned, broken, moved, counted, lost."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.facts import (
    CountLine,
    DrugBroken,
    DrugReturned,
    DrugWasted,
    Fact,
    StockCounted,
    StockExplained,
    StockLost,
    VialMoved,
    VialReceived,
)
from ketachart.domain.quantities import Mg
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, count, day, listed, with_unit

Words = tuple[str, str]
WHEN = {"start": "start of the day", "end": "end of the day", "other": "between"}
LOST = {"broken": "broken", "missing": "MISSING", "expired": "expired"}


def wasted(_visit: Visit, fact: DrugWasted) -> Words:
    """Waste with its witness."""
    modes = {"in-person": "in person", "by-phone": "by phone", "none": ""}
    who = ", ".join(filter(None, [fact.witness, fact.witness_role, modes[fact.witness_mode]]))
    more = [
        f"witness {who}" if fact.witness else "NO witness",
        f"code {fact.witness_code}" if fact.witness_code else "",
        f"called on {fact.call_back}" if fact.call_back else "",
        f"sealed bag {fact.sealed_bag}" if fact.sealed_bag else "",
        fact.why_none,
    ]
    seen = ", ".join(filter(None, more))
    return "Wasted", f"{_mg(fact.amount_mg)} from {fact.source}, {fact.how}; {seen}{_again(fact)}"


def returned(_visit: Visit, fact: DrugReturned) -> Words:
    """Sealed for return."""
    again = _again(fact)
    return "Sealed for return", f"{_mg(fact.amount_mg)} from {fact.source}, seal {fact.seal}{again}"


def broken(_visit: Visit, fact: DrugBroken) -> Words:
    """Broken or spilled."""
    again = _again(fact)
    return "Broken or spilled", f"{_mg(fact.amount_mg)} from {fact.source}: {fact.how}{again}"


def _again(fact: DrugWasted | DrugReturned | DrugBroken) -> str:
    """That more was left than the label says was there, and that it was looked at twice."""
    return "; over the label, measured again" if fact.confirmed else ""


def _mg(value: Mg) -> str:
    return f"{amount(value)} mg ketamine"


def received(_visit: Visit, fact: VialReceived) -> Words:
    """A vial with its label."""
    parts = [
        f"{fact.vial}: ketamine {with_unit(fact.strength_mg_per_ml)}, {with_unit(fact.volume_ml)}",
        f"lot {fact.lot}",
        f"exp {day(fact.expires)}",
        f"NDC {fact.ndc}" if fact.ndc else "",
        f"from {fact.from_whom}" if fact.from_whom else "",
        f"to the {fact.place}",
    ]
    return "Vial received", ", ".join(filter(None, parts))


def moved(_visit: Visit, fact: VialMoved) -> Words:
    """Vials on their way."""
    seals = "seals whole" if fact.seals_whole else "a seal NOT whole"
    way = f"{listed(list(fact.vials))} from {fact.from_place} to {fact.to_place}"
    witness = f"witness {fact.witness}" if fact.witness else "no witness"
    return "Vials moved", ", ".join(filter(None, [way, seals, f"by {fact.by}", witness, fact.note]))


def counted(_visit: Visit, fact: StockCounted) -> Words:
    """What a count found."""
    found = [_line(line) for line in fact.lines] or ["nothing"]
    witness = f"with {fact.witness}" if fact.witness else "no witness"
    return "Drug counted", f"{WHEN[fact.when]}: {'; '.join(found)}; by {fact.by}, {witness}"


def _line(line: CountLine) -> str:
    opened = f" and {with_unit(line.opened_mg)} opened" if line.opened_mg.above_zero else ""
    vials = count(line.sealed, "sealed vial")
    return f"{with_unit(line.strength_mg_per_ml)} lot {line.lot} {vials}{opened}"


def explained(_visit: Visit, fact: StockExplained) -> Words:
    """Why count and book differ."""
    told = f"; told {fact.told}" if fact.told else ""
    return "Count explained", f"{fact.reason}{told}"


def lost(_visit: Visit, fact: StockLost) -> Words:
    """Drug that is gone."""
    witness = f"witness {fact.witness}" if fact.witness else "no witness"
    what = f"{with_unit(fact.amount_mg)} of {fact.vial} {LOST[fact.what]}"
    return "Drug lost", f"{what}: {fact.how}; {witness}"


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    DrugWasted: wasted,
    DrugReturned: returned,
    DrugBroken: broken,
    VialReceived: received,
    VialMoved: moved,
    StockCounted: counted,
    StockExplained: explained,
    StockLost: lost,
}

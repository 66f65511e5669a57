"""The lone nurse's independent check: what pump and label say, against what the order gives.

A difference is named for what it most likely is, and for what it would have done: a decimal point
that moved, a dose typed as a rate, a vial's strength read for the bag's (clinical.md B1.13, B1.14;
features.md rows 25, 26).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from ketachart.domain.check.expected import Expected, expected_of
from ketachart.domain.check.slips import name_of, rate_guesses, strength_guesses, volume_guesses
from ketachart.domain.dose.dosing import even_time
from ketachart.domain.dose.gravity import drops_of
from ketachart.domain.facts import PumpChecked, VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import MgPerMl, Minutes, Ml, MlPerHour, Quantity, length_of
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import length, with_unit

STRENGTH_STEP = MgPerMl("0.01")  # a label's strength is written to two decimals
A_YEAR = Minutes(365 * 24 * 60)  # past it a time is no longer worth telling, and may have no date


@dataclass(frozen=True, slots=True)
class Slip:
    """One reading that differs: named for what it looks like, and what it would have done."""

    field: str
    rule: str
    sentence: str
    consequence: str = ""

    @property
    def told(self) -> str:
        """The sentence with what it would have done."""
        return " ".join(filter(None, (self.sentence, self.consequence)))


def slips(visit: Visit, check: PumpChecked, *, at: datetime | None = None) -> tuple[Slip, ...]:
    """Every reading of that check that does not agree with the order; none means it agrees.

    Args:
        visit: the record.
        check: what was read, and when.
        at: the moment whose order it is held against; without one, that of the check itself, so
            that an order changed later never makes a check wrong that was right.
    """
    ordered = visit.ordered_at(at or check.at)
    should = expected_of(ordered, bag_before(visit, check.at), check.drops_per_ml)
    if should is None:
        return (
            Slip(
                "rate_ml_h", "nothing to compare", "Chart order, weight and bag before the check."
            ),
        )
    found = [
        rate_slip(should, check.rate_ml_h, says=_says(check)),
        _volume_slip(should, check.volume_ml),
        _strength_slip(visit, should, check.strength_mg_per_ml),
    ]
    return tuple(slip for slip in found if slip is not None)


def last_check(visit: Visit, before: datetime) -> Entry[PumpChecked] | None:
    """The last check that was made by then."""
    made = [entry for entry in visit.of(PumpChecked) if entry.at <= before]
    return made[-1] if made else None


def rate_slip(should: Expected, read: MlPerHour, *, says: str) -> Slip | None:
    """A rate against the one that should be; None where they agree.

    Args:
        should: what the order gives.
        read: the rate that was read or set.
        says: how the sentence begins, as “The pump says”.
    """
    if _close(read, should.rate, should.rate_step.amount):
        return None
    named = name_of(read, should.rate, rate_guesses(should), step=should.rate_step)
    named = named or "it is another rate"
    gives = rate_words(should.rate, should.drops_per_ml)
    sentence = (
        f"{says} {rate_words(read, should.drops_per_ml)}. The order gives {gives}. "
        f"{_sentence(named)}"
    )
    return Slip("rate_ml_h", named, sentence, _time_of(should, read))


def rate_words(rate: MlPerHour, drops_per_ml: int | None) -> str:
    """A rate as it is read: mL/h, and before it the drops where drops are counted."""
    if not drops_per_ml:
        return with_unit(rate)
    return f"{with_unit(drops_of(rate, drops_per_ml))} ({with_unit(rate)})"


def _says(check: PumpChecked) -> str:
    return "The drops counted are" if check.drops_per_ml else "The pump says"


def _volume_slip(should: Expected, read: Ml) -> Slip | None:
    if _close(read, should.volume, should.volume_step.amount):
        return None
    named = name_of(read, should.volume, volume_guesses(should), step=should.volume_step)
    named = named or "it is another volume"
    says = "What was read is" if should.drops_per_ml else "The pump says"
    sentence = (
        f"{says} {with_unit(read)} to infuse. The order gives {with_unit(should.volume)}. "
        f"{_sentence(named)}"
    )
    return Slip("volume_ml", named, sentence, _drug_of(should, read))


def _strength_slip(visit: Visit, should: Expected, read: MgPerMl) -> Slip | None:
    if _close(read, should.strength, STRENGTH_STEP.amount):
        return None
    taken = tuple(vial.strength_mg_per_ml for vial in visit.facts(VialTaken))
    guesses = strength_guesses(should, taken)
    named = name_of(read, should.strength, guesses, step=STRENGTH_STEP) or "it is another strength"
    sentence = (
        f"The label says {with_unit(read)}. The bag was made up to {with_unit(should.strength)}. "
        f"{_sentence(named)}"
    )
    holds, held = should.bag.volume.at(read), should.bag.drug
    consequence = (
        f"Reckoned with {with_unit(read)} the bag would hold {with_unit(holds)}; it holds "
        f"{with_unit(held)}."
    )
    return Slip("strength_mg_per_ml", named, sentence, consequence)


def _time_of(should: Expected, read: MlPerHour) -> str:
    """What the pump would do at the rate that was read; empty where it changes no minute."""
    if not read.above_zero:
        return ""
    ordered, rate = length_of(should.over.seconds), rate_words(read, should.drops_per_ml)
    minutes = even_time(should.dose, read.at(should.strength))
    if minutes > A_YEAR:
        return f"At {rate} it would take more than a year, not {length(ordered)}."
    takes = length_of(minutes.seconds)
    if abs(takes - ordered) < timedelta(minutes=1):
        return ""
    return (
        f"At {rate} all {with_unit(should.dose)} would be in after {length(takes)}, "
        f"not {length(ordered)}."
    )


def _drug_of(should: Expected, read: Ml) -> str:
    """What the pump would give before it stops at the volume that was read."""
    if read > should.bag.volume:
        return (
            f"The bag holds {with_unit(should.bag.volume)}: the pump would not stop by itself "
            "before the bag is empty."
        )
    gives = with_unit(read.at(should.strength))
    return f"The pump would stop after {gives}, not {with_unit(should.volume.at(should.strength))}."


def _close(read: Quantity, should: Quantity, step: Fraction) -> bool:
    return abs(read.amount - should.amount) * 2 <= step


def _sentence(named: str) -> str:
    return f"{named[0].upper()}{named[1:]}."

"""How pain went over the series: before, at the end, a day and two days after each infusion.

It tells what was charted and promises nothing: a score that nobody asked for stays a gap.
"""

from dataclasses import dataclass
from datetime import date

from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.earlier.series import earlier
from ketachart.domain.facts import PastInfusion
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Visit
from ketachart.domain.wording import listed, short_day

MOMENTS = ("before", "end", "24 h", "48 h")
NO_BREAK = "\u00a0"
DRAWN = 6  # the infusions that are drawn: more of them could not be read


@dataclass(frozen=True, slots=True)
class Outcome:
    """One infusion: the pain at each of the four moments, None where nobody asked."""

    on: date
    pain: tuple[int | None, int | None, int | None, int | None]
    this: bool = False


def outcomes(visit: Visit) -> tuple[Outcome, ...]:
    """The last infusions with a pain score, this one last; none where there is nothing to compare.

    A single infusion is drawn once something is known of the days after it.
    """
    found = [_outcome(one) for one in earlier(visit)]
    this = past_infusion(visit)
    if this is not None:
        found.append(_outcome(this, this=True))
    found = [one for one in found if any(score is not None for score in one.pain)]
    alone = len(found) == 1 and found[0].pain[2:] == (None, None)
    return () if alone else tuple(found[-DRAWN:])


def _outcome(one: PastInfusion, *, this: bool = False) -> Outcome:
    return Outcome(one.on, (one.pain_start, one.pain_end, one.pain_24h, one.pain_48h), this)


# ------------------------------------------------------------------ in words


def outcome_words(one: Outcome) -> str:
    """“19 Nov: 8 before, 4 at the end, 5 after 24 h”; what nobody asked is left out."""
    where = ("before", "at the end", "after 24 h", "after 48 h")
    told = [f"{score} {at}" for score, at in zip(one.pain, where, strict=True) if score is not None]
    day = "this infusion" if one.this else short_day(one.on)
    return f"{day}: {listed(told)}"


def after_words(one: PastInfusion) -> str:
    """What was told at the calls: “24 h 5, 48 h 6”; nothing where nobody was asked."""
    told = (("24 h", one.pain_24h), ("48 h", one.pain_48h))
    kept = (f"{when} {score}".replace(" ", NO_BREAK) for when, score in told if score is not None)
    return ", ".join(kept)


def measures_words(protocol: Protocol, one: PastInfusion) -> str:
    """Headache days and totals of scales: “12 headache days, HIT-6 60”."""
    days = one.headache_days
    told = [f"{days} headache days"] if days is not None else []
    for kept in one.scales:
        known = protocol.score(kept.scale)
        label = known.label if known is not None else kept.scale
        told.append(f"{label} {kept.total}")
    return ", ".join(told)

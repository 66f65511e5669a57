"""What was charted on paper while there was no screen: the period, and what was copied from it.

A copy is an entry that happened in the period and was written once it was over. Which entries are
copies is worked out from their two times; nobody says so, and nobody can leave it out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ketachart.domain.facts import EntryStruck, Fact, PaperKept
from ketachart.domain.facts.keeping import BY_THE_LAPTOP
from ketachart.domain.finding import Finding
from ketachart.domain.monitoring import Due, due
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count, length, listed

WHYS: Mapping[str, str] = {
    "battery": "the battery was empty",
    "ended": "KetaChart ended by itself",
    "slept": "the laptop slept or was shut",
    "broken": "the laptop was broken or not there",
    "safety": "no hand was free for the laptop",
    "other": "another reason",
}
FROM_PAPER = "from paper"
_NO_COPY: tuple[type[Fact], ...] = (PaperKept, EntryStruck, *BY_THE_LAPTOP)


@dataclass(frozen=True, slots=True)
class PaperPeriod:
    """A time on paper, what was copied from it, and the sets that were due and are not told."""

    entry: Entry[PaperKept]
    copied: tuple[Entry[Fact], ...]
    untold: tuple[Due, ...]

    @property
    def words(self) -> str:
        """“14:05–14:40”."""
        return period_words(self.entry.fact)

    @property
    def lasted(self) -> timedelta:
        """How long paper was kept."""
        return self.entry.fact.until - self.entry.at


def period_words(fact: PaperKept) -> str:
    """“14:05–14:40”."""
    return f"{clock(fact.at)}–{clock(fact.until)}"


def why_words(fact: PaperKept) -> str:
    """Why, with the note: “the battery was empty; the charger was in the car”."""
    if fact.why == "other" and fact.note:
        return fact.note
    return "; ".join(filter(None, (WHYS[fact.why], fact.note)))


def paper_at(visit: Visit, moment: datetime) -> Entry[PaperKept] | None:
    """The period on paper that a moment lies in, its two ends included."""
    return next((p for p in visit.of(PaperKept) if p.at <= moment <= p.fact.until), None)


def from_paper(visit: Visit, entry: Entry[Fact]) -> bool:
    """Whether the entry was copied from paper: it happened in the period, and was written after."""
    if isinstance(entry.fact, _NO_COPY) or entry.at >= entry.recorded_at:
        return False
    period = paper_at(visit, entry.at)
    return period is not None and entry.recorded_at >= period.fact.until


def paper_periods(visit: Visit, now: datetime) -> tuple[PaperPeriod, ...]:
    """Every period on paper by its time, with what was copied and what is still untold."""
    return tuple(_periods(visit, now))


def _periods(visit: Visit, now: datetime) -> Iterator[PaperPeriod]:
    for entry in visit.of(PaperKept):
        here = (e for e in visit.standing if entry.at <= e.at <= entry.fact.until)
        copied = tuple(e for e in here if from_paper(visit, e))
        untold = tuple(
            item
            for item in due(visit, now)
            if entry.at <= item.at <= entry.fact.until
            and item.state in ("soon", "overdue", "missed")
        )
        yield PaperPeriod(entry, copied, untold)


def paper_findings(visit: Visit, now: datetime) -> Iterator[Finding]:
    """Before signing: sets that were due on paper and are not here; and that paper was kept."""
    for place, period in enumerate(paper_periods(visit, now), start=1):
        number = f"-{place}" if place > 1 else ""
        if period.untold:
            sets, were = _sets(len(period.untold))
            yield Finding(
                code=f"paper-sets{number}",
                severity="reason",
                sentence=f"{sets} {were} due while paper was kept",
                detail=f"Due {listed([clock(item.at) for item in period.untold])}, on paper "
                f"{period.words}. Transcribe, or say why not.",
                phase="infusion",
                entry=period.entry.id,
            )
        copied, why = count(len(period.copied), "entry", "entries"), why_words(period.entry.fact)
        yield Finding(
            code=f"paper-kept{number}",
            severity="know",
            sentence=f"Charted on paper {period.words}",
            detail=f"{length(period.lasted)}, {why}; {copied} transcribed.",
            phase="sign",
            entry=period.entry.id,
        )


def _sets(many: int) -> tuple[str, str]:
    return count(many, "set"), "was" if many == 1 else "were"

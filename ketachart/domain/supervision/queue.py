"""The supervisor's queue: one line for each visit whose report came in, what waits first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from ketachart.domain.supervision.flags import Flag
from ketachart.domain.supervision.standing import SETTLED, State

_STAYS = "order-"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One visit in the queue, as its newest report stands.

    ``conflict`` says that two different reports claim one version; ``mine`` that the reviewer asked
    or judged in it; ``own`` why this reviewer may not review it, empty where nothing is against it;
    ``known`` is False while the report was not opened again since the ledger was unlocked.
    """

    stream: str
    number: str
    patient: str
    mrn: str
    nurse: str
    day: date | None
    version: int
    sha256: str
    signed_at: datetime
    taken_at: datetime
    state: State
    flags: tuple[Flag, ...] = ()
    good: bool = True
    fault: str = ""
    conflict: str = ""
    open_questions: int = 0
    mine: bool = False
    own: str = ""
    known: bool = True

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do with it."""
        return self.state in SETTLED

    @property
    def grave(self) -> bool:
        """Whether something grave stands out."""
        return not self.good or bool(self.conflict) or any(flag.grave for flag in self.flags)

    @property
    def standing_flags(self) -> tuple[Flag, ...]:
        """What is still to be looked at: a phone order that nobody signed outlasts the review."""
        if not self.settled:
            return self.flags
        return tuple(flag for flag in self.flags if flag.code.startswith(_STAYS))

    @property
    def flagged(self) -> bool:
        """Whether something stands out that is still to be looked at."""
        return bool(self.standing_flags) or (self.grave and not self.settled)

    def age(self, now: datetime) -> timedelta:
        """How long it has been here."""
        return now - self.taken_at


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines each filter shows, and the median wait of those that are still to be done.

    ``behind`` is how many wait beside those in the lines, ``older`` whether there may be others
    that were reviewed longer ago.
    """

    all: int
    open: int
    flagged: int
    answered: int
    mine: int
    wait: timedelta | None
    behind: int = 0
    older: bool = False


def in_order(lines: Iterable[QueueLine]) -> tuple[QueueLine, ...]:
    """What is to be done first: grave ones, then the oldest; what is settled stands last."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.settled,
                line.state == "asked",
                not line.grave,
                line.taken_at,
                line.stream,
            ),
        )
    )


def counts(lines: Iterable[QueueLine], now: datetime) -> Counts:
    """The figures beside the filters."""
    every = tuple(lines)
    waiting = [line for line in every if not line.settled and line.state != "asked"]
    waits = [line.age(now) for line in waiting]
    return Counts(
        all=len(every),
        open=len(waiting),
        flagged=sum(line.flagged for line in every),
        answered=sum(line.state == "answered" for line in every),
        mine=sum(line.mine for line in every),
        wait=timedelta(seconds=round(median(w.total_seconds() for w in waits))) if waits else None,
    )

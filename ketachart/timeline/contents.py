"""What the timeline of a visit holds, as plain values: no place, no colour, no size yet.

What was not measured is not here: a gap in a run, never a zero. Struck entries are not here either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from ketachart.domain.quantities import Mg, MgPerHour

SQUARE = timedelta(minutes=5)  # one square of the grid, and the step its ends are aligned to

LaneSign = Literal["pressure", "pulse", "spo2", "pain", "sedation"]
PhaseState = Literal["done", "current", "planned"]
FlagStyle = Literal["open", "filled", "double", "heavy"]
FlagKind = Literal[
    "start", "stop", "pause", "resume", "rate", "bag", "bolus", "medicine", "fluid", "measure",
    "response", "call", "override", "access", "identity", "check", "waste", "release",
    "emergency", "note",
]  # fmt: skip
VitalsState = Literal["done", "late", "not-done", "missed", "due", "soon", "overdue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part of the visit on the clock; a planned one is only expected."""

    name: str
    start: datetime
    end: datetime
    state: PhaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that happened; ``number`` is None where it is only a tick.

    ``names`` are short texts for the drawing, the longest first; ``text`` is for the list.
    """

    number: int | None
    at: datetime
    kind: FlagKind
    style: FlagStyle
    names: tuple[str, ...]
    text: str
    entry: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A medicine or a fluid with its dose; fluids are not ``strong``."""

    at: datetime
    text: str
    strong: bool
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stretch of the pump at one rate; ``rate`` is None where the strength is not on file."""

    start: datetime
    end: datetime
    state: Literal["running", "paused", "dry"]
    rate: MgPerHour | None
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """All the ketamine given up to a moment."""

    at: datetime
    mg: Mg


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The running total in figures; ``change`` where the rate changed then."""

    at: datetime
    mg: str
    per_kg: str
    change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """What the pump did: rates, totals, and the most that was ordered.

    ``most_texts`` say the highest rate and the ordered dose together, the longest first.
    """

    steps: tuple[Step, ...] = ()
    curve: tuple[Amount, ...] = ()
    totals: tuple[Total, ...] = ()
    sums: tuple[str, ...] = ()
    rate_now: str = ""
    given_now: str = ""
    highest_rate: MgPerHour | None = None
    highest_text: str = ""
    ordered: Mg | None = None
    most_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One reading of one sign; ``mark`` is C1 where it was corrected."""

    at: datetime
    value: Decimal
    entry: str
    mark: str = ""


Run = tuple[Spot, ...]  # readings that a line may join, because nothing is missing between them


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One blood pressure, or the one half of it that could be taken, mmHg."""

    at: datetime
    systolic: int | None
    diastolic: int | None
    entry: str
    mark: str = ""

    @property
    def text(self) -> str:
        """128/82; what was not taken is a dash."""
        return "/".join("—" if v is None else str(v) for v in (self.systolic, self.diastolic))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A side effect at one grade, 1 to 4, and the grade in words."""

    start: datetime
    end: datetime
    grade: int
    entry: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One side effect, every time it was there.

    ``ends`` are the times at which it was gone, with the entry that says so; ``open`` where it has
    no end yet; ``worst`` and ``now`` are its grades in words.
    """

    label: str
    stretches: tuple[Stretch, ...]
    ends: tuple[tuple[datetime, str], ...]
    open: bool
    now: str

    def grade_at(self, at: datetime) -> str:
        """Its grade in words at a moment; empty where it was not there."""
        held = [s for s in self.stretches if s.start <= at < s.end or s.start == at]
        if not held and self.open and self.stretches and at >= self.stretches[-1].end:
            return self.stretches[-1].words
        return held[-1].words if held else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsMark:
    """A set that was taken, or one that was or is due.

    ``after`` is what is said of it behind the words of its entry, or alone where it has none.
    """

    at: datetime
    state: VitalsState
    entry: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """Where a sign asks for a pause: the strictest of the limits in force on that side.

    ``texts`` say so, the longest first.
    """

    lane: LaneSign
    value: Decimal
    upper: bool
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSpan:
    """A time that was charted on paper; ``text`` is its two ends."""

    start: datetime
    end: datetime
    text: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The systolic pressures that count as back near the baseline, mmHg, and how far that is."""

    low: Decimal
    high: Decimal
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """The visit before this one, moved so that both infusions begin at the same moment.

    It is looked at and nothing else: no entry stands for it, it is not read out as one of this
    visit's, and paper has none. ``label`` says whose it is: “last visit, Fri 13 Nov”; ``effect``
    names the one side effect of which ``bands`` tells.
    """

    label: str
    effect: str
    steps: tuple[Step, ...]
    pressures: tuple[Pressure, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is read out about an entry: “14:35 Vitals: BP 142/88, …”, and when it happened."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """One visit, or a window of it, from ``start`` to ``end``; both on a full five minutes.

    ``now`` is None once the visit is over. ``told`` has, for each entry that is drawn, what is read
    out about it.
    """

    start: datetime
    end: datetime
    now: datetime | None
    begun: datetime | None
    phases: tuple[Phase, ...]
    flags: tuple[Flag, ...]
    given: tuple[Given, ...]
    drug: Drug
    pressures: tuple[Pressure, ...]
    pulse: tuple[Run, ...]
    spo2: tuple[Run, ...]
    pain: tuple[Run, ...]
    sedation: tuple[Run, ...]
    bands: tuple[Band, ...]
    vitals: tuple[VitalsMark, ...]
    limits: tuple[LimitLine, ...]
    baseline: Pressure | None
    told: Mapping[str, Told]
    paper: tuple[PaperSpan, ...] = ()
    near: Near | None = None
    ghost: Ghost | None = None

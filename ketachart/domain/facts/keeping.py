"""How the record itself was kept: what was struck, and what the clock did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.shape import Says

PaperWhy = Literal["battery", "ended", "slept", "broken", "safety", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStruck(Fact):
    """An entry no longer counts. It stays readable, drawn through, with the reason."""

    KIND: ClassVar[str] = "entry-struck"

    entry: Annotated[str, Says("Id of the entry.")]
    reason: Annotated[str, Says("Why.", "typed 218 for 128")]
    replaced_by: Annotated[str, Says("Id of the entry that stands in its place.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStepped(Fact):
    """The laptop's clock was set; the chart went on by time elapsed."""

    KIND: ClassVar[str] = "clock-stepped"

    by_s: Annotated[int, Says("How far the laptop's clock moved, seconds; minus is back.")]
    laptop_said: Annotated[datetime, Says("What the laptop's clock said then.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopSlept(Fact):
    """The laptop slept or stood still while the visit was open; ``at`` is when it woke."""

    KIND: ClassVar[str] = "laptop-slept"

    for_s: Annotated[int, Says("How long nothing could be shown, seconds.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartReopened(Fact):
    """The chart was opened again; ``at`` is when it could be seen again."""

    KIND: ClassVar[str] = "chart-reopened"

    closed_at: Annotated[datetime, Says("When it was last known to be open.")]
    how: Annotated[
        Literal["closed", "ended", "unknown"],
        Says("closed by the nurse; it ended by itself: a crash, a kill, a battery; or not known."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerNoted(Fact):
    """The battery ran low or the disk filled up during the visit."""

    KIND: ClassVar[str] = "power-noted"

    what: Annotated[Literal["battery", "disk"], Says("Which of them.")]
    words: Annotated[str, Says("How much was left.", "battery 14 %, not charging")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKept(Fact):
    """The chart was kept on paper for a while; ``at`` is when paper began."""

    KIND: ClassVar[str] = "paper-kept"

    until: Annotated[datetime, Says("When charting here went on.")]
    why: Annotated[
        PaperWhy,
        Says(
            "battery empty; KetaChart ended by itself; the laptop slept or was shut; the laptop is "
            "broken or lost; no hand or eye was free for it; or something else, told in the note."
        ),
    ]
    note: Annotated[str, Says("In the nurse's words.", "the charger was in the car")] = ""


# Written by KetaChart itself, about the laptop; no act of the nurse.
BY_THE_LAPTOP: Final[tuple[type[Fact], ...]] = (
    ClockStepped, LaptopSlept, ChartReopened, PowerNoted,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Fact):
    """An entry written by a newer KetaChart: shown and printed raw, never dropped."""

    kind: str
    version: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone(Fact):
    """An entry whose content left this laptop with its visit; its place and its hash stay."""

    kind: str
    by: str

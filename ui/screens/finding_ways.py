"""Where each point that is raised before signing is settled: a sheet, a phase, or the entry."""

from dataclasses import dataclass
from typing import Final, Literal

from ketachart.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class FindingWay:
    """What its button says, and where it goes."""

    words: str
    kind: Literal["sheet", "phase", "act", "entry", "log"]
    target: str = ""


# By the beginning of a finding's code; the first that fits counts.
_WAYS: Final[tuple[tuple[str, FindingWay], ...]] = (
    ("pump-not-stopped", FindingWay("Stop", "sheet", "stop")),
    ("not-released", FindingWay("Release", "sheet", "release")),
    ("no-follow-up", FindingWay("Plan calls", "phase", "instructions")),
    ("emergency-open", FindingWay("Go to", "act", "emergency")),
    ("no-ink-", FindingWay("Go to", "phase", "instructions")),
    ("vitals-", FindingWay("Go to", "phase", "infusion")),
    ("effect-open-", FindingWay("Side effect", "sheet", "effect")),
    ("effect-unanswered-", FindingWay("What was done", "sheet", "measure")),
    ("no-response-", FindingWay("Response", "sheet", "response")),
    ("unaccounted", FindingWay("Drug count", "sheet", "waste")),
    ("pump-and-rates", FindingWay("Go to", "log")),
    ("left-and-rates", FindingWay("Drug count", "sheet", "waste")),
    ("pump-not-read", FindingWay("Pump volume", "sheet", "pump-read")),
    ("antiemetic-without-nausea-", FindingWay("Side effect", "sheet", "effect")),
    ("oxygen-without-cause", FindingWay("Side effect", "sheet", "effect")),
    ("prescriber-without-call-", FindingWay("Call", "sheet", "call")),
    ("released-without-adult", FindingWay("Name the adult", "sheet", "adult")),
    ("sheet-without-adult", FindingWay("Name the adult", "sheet", "adult")),
    ("taught-without-adult", FindingWay("Name the adult", "sheet", "adult")),
    ("symptoms-after", FindingWay("Symptoms", "sheet", "symptoms")),
    ("left-not-charted", FindingWay("Times", "sheet", "visit-times")),
    ("left-before-release", FindingWay("Times", "sheet", "visit-times")),
    ("pump-clock", FindingWay("Compare", "sheet", "clock")),
    ("late-entries", FindingWay("Show", "log")),
    ("corrections", FindingWay("Show", "log")),
    ("clock-steps", FindingWay("Show", "log")),
)


def way_of(finding: Finding) -> FindingWay | None:
    """Where the point is settled or seen; None where the chart has no place for it."""
    for beginning, way in _WAYS:
        if finding.code.startswith(beginning):
            return way
    word = "Show" if finding.severity == "know" else "Go to"
    if finding.entry:
        return FindingWay(word, "entry", finding.entry)
    return FindingWay(word, "phase", finding.phase) if finding.phase != "sign" else None

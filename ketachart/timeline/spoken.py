"""The timeline for someone who cannot see it: a summary, and one stop after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.wording import clock, count, decimal_text
from ketachart.timeline.contents import Run, Timeline
from ketachart.timeline.scene_parts import Box, Hit


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that is read out, with every place that shows it."""

    at: datetime
    text: str
    entry: str
    boxes: tuple[Box, ...]


def stops_of(hits: Sequence[Hit]) -> tuple[Stop, ...]:
    """What the arrow keys step through, in the order of time: each entry once."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.entry, "" if hit.entry else hit.text), []).append(hit)
    stops = []
    for (entry, _), several in found.items():
        longest = max((hit.text for hit in several), key=len)
        boxes = tuple(hit.box for hit in several)
        stops.append(Stop(several[0].at, longest, entry, boxes))
    return tuple(sorted(stops, key=lambda stop: stop.at))


def summary_of(timeline: Timeline) -> str:
    """The timeline in a few sentences, with the last value of everything that was measured."""
    drug = timeline.drug
    parts = [f"{clock(timeline.start)} to {clock(timeline.end)}."]
    current = [phase.name for phase in timeline.phases if phase.state == "current"]
    parts += [f"{name} now." for name in current]
    if drug.sums:
        parts.append(f"Ketamine {drug.rate_now}, {drug.sums[0]}.")
    last = _last_values(timeline)
    parts.append(f"Last: {', '.join(last)}." if last else "Nothing measured yet.")
    open_now = [f"{band.label} {band.now}" for band in timeline.bands if band.open]
    if open_now:
        parts.append(f"Side effects now: {', '.join(open_now)}.")
    parts.append(f"{count(len(timeline.flags), 'event')}.")
    return " ".join(parts)


def _last_values(timeline: Timeline) -> list[str]:
    values = []
    if timeline.pressures:
        last = timeline.pressures[-1]
        values.append(f"blood pressure {last.text} at {clock(last.at)}")
    series: tuple[tuple[str, tuple[Run, ...], str], ...] = (
        ("heart rate", timeline.pulse, ""),
        ("SpO₂", timeline.spo2, " %"),
        ("pain", timeline.pain, ""),
        ("RASS", timeline.sedation, ""),
    )
    for name, runs, after in series:
        if runs:
            value = decimal_text(runs[-1][-1].value).replace("-", "−")
            values.append(f"{name} {value}{after}")
    return values


def sets_words(timeline: Timeline) -> str:
    """How many sets were not done, else how many were late; empty where all were on time."""
    states = [mark.state for mark in timeline.vitals]
    missed = sum(state in ("missed", "not-done") for state in states)
    late = states.count("late")
    if missed:
        return f"{missed} not done"
    return f"{late} late" if late else ""

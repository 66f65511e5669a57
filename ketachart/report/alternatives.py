"""What the drawings show, in words: for whom the page is read out."""

from collections.abc import Iterator
from decimal import Decimal

from ketachart.domain.wording import clock, count
from ketachart.report.sections.pieces import SignatureBox
from ketachart.timeline.contents import Run, Timeline

SIGNS = (
    ("pulse", "Pulse", "per minute"),
    ("spo2", "SpO₂", "%"),
    ("pain", "Pain", "of 10"),
    ("sedation", "Sedation (RASS)", ""),
)


def timeline_words(timeline: Timeline) -> str:
    """The whole drawing in a few sentences: from when to when, the lowest and highest of each sign,
    the side effects. Every single value stands in the tables that follow.
    """
    return " ".join(_sentences(timeline))


def _sentences(timeline: Timeline) -> Iterator[str]:
    yield f"Timeline from {clock(timeline.start)} to {clock(timeline.end)}."
    if timeline.drug.given_now:
        yield f"Ketamine given: {timeline.drug.given_now}."
    yield from _pressures(timeline)
    for lane, name, unit in SIGNS:
        yield from _sign(getattr(timeline, lane), name, unit)
    if timeline.bands:
        yield f"Side effects: {', '.join(_effects(timeline))}."
    numbered = sum(flag.number is not None for flag in timeline.flags)
    if numbered:
        yield f"{count(numbered, 'numbered event')}: see the flags."
    yield "Every value stands in the tables of this report."


def _pressures(timeline: Timeline) -> Iterator[str]:
    taken = [one for one in timeline.pressures if one.systolic is not None]
    if not taken:
        return
    low = min(taken, key=lambda one: (one.systolic or 0, one.at))
    high = max(taken, key=lambda one: (one.systolic or 0, -one.at.timestamp()))
    yield (
        f"{count(len(taken), 'blood pressure')}: lowest {low.text} mmHg at {clock(low.at)}, "
        f"highest {high.text} mmHg at {clock(high.at)}."
    )


def _sign(runs: tuple[Run, ...], name: str, unit: str) -> Iterator[str]:
    spots = [spot for run in runs for spot in run]
    if not spots:
        return
    low = min(spots, key=lambda spot: (spot.value, spot.at))
    high = max(spots, key=lambda spot: (spot.value, -spot.at.timestamp()))
    behind = f" {unit}" if unit else ""
    if low.value == high.value:
        yield f"{name} {_figure(low.value)}{behind} throughout."
        return
    yield (
        f"{name} between {_figure(low.value)} at {clock(low.at)} and {_figure(high.value)}{behind} "
        f"at {clock(high.at)}."
    )


def _figure(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")


def _effects(timeline: Timeline) -> Iterator[str]:
    for band in timeline.bands:
        begun = band.stretches[0].start if band.stretches else None
        since = f" from {clock(begun)}" if begun else ""
        gone = f" to {clock(band.ends[-1][0])}" if band.ends and not band.open else ""
        yield f"{band.label}{since}{gone}"


def ink_words(box: SignatureBox) -> str:
    """Whose hand drew it, and when."""
    who = " ".join(filter(None, [box.name, box.time]))
    return f"Signature in ink, {box.role.lower()}: {who}" if who else f"Ink: {box.role.lower()}"

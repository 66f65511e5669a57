"""What a scale says of suicide: what it asks for before the start, and until when nobody leaves.

A high answer of the C-SSRS stops the start and the goodbye until a call about it is charted, with
what was said or ordered; the prescriber may then authorise the start, read back. It never stops
anything from being charted.
"""

from datetime import datetime

from ketachart.domain.facts import CallMade, ScaleScored
from ketachart.domain.judgements import Judged
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.scales.scoring import band_of, heeded
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock

ABOUT = ("c-ssrs", "suicid", "self-harm", "self harm")
"""A call is about it where one of these stands in what it was about, in any letters."""


def escalation(visit: Visit, entry: Entry[ScaleScored], now: datetime) -> Entry[CallMade] | None:
    """The call after a score that reached somebody and says what was ordered; None without one."""
    for call in visit.of(CallMade):
        told = call.fact.reached and call.fact.said.strip()
        about = call.fact.about.casefold()
        if told and entry.at <= call.at <= now and any(word in about for word in ABOUT):
            return call
    return None


def high(visit: Visit, now: datetime) -> tuple[Entry[ScaleScored], ...]:
    """The scores of this visit with an answer that stops the start."""
    return tuple(
        entry
        for entry in visit.of(ScaleScored)
        if entry.at <= now
        and any(item.act == "stop" for item, _ in heeded(visit.protocol, entry.fact))
    )


def not_escalated(visit: Visit, now: datetime) -> tuple[Entry[ScaleScored], ...]:
    """Those of them about which no call is charted yet."""
    return tuple(entry for entry in high(visit, now) if escalation(visit, entry, now) is None)


def against_leaving(visit: Visit, now: datetime) -> str:
    """Why nobody leaves yet; empty where nothing of the kind stands."""
    return "; ".join(
        f"{_told(visit, entry, 'stop')}; chart the call about it, and what was ordered"
        for entry in not_escalated(visit, now)
    )


def raised_by_scales(visit: Visit, _item: ScreeningItem, now: datetime) -> Judged:
    """What the scales of this visit make of the question about suicide."""
    scored = {e.fact.scale: e for e in visit.of(ScaleScored) if e.at <= now}
    stops = [against_leaving(visit, now), *_banded(visit, scored, "stop")]
    if any(stops):
        return Judged("stop", "; ".join(filter(None, stops)))
    notes = [_escalated(visit, entry, now) for entry in high(visit, now)]
    notes += _banded(visit, scored, "ask")
    notes += [told for entry in scored.values() if (told := _told(visit, entry, "ask"))]
    return Judged("ask", "; ".join(notes)) if notes else Judged(None, "")


def _escalated(visit: Visit, entry: Entry[ScaleScored], now: datetime) -> str:
    call = escalation(visit, entry, now)
    said = f", call to {call.fact.to} {clock(call.at)}: {call.fact.said.strip()}" if call else ""
    return f"{_told(visit, entry, 'stop')}{said}"


def _banded(visit: Visit, scored: dict[str, Entry[ScaleScored]], act: str) -> list[str]:
    """“PHQ-9 10:12, total 22: severe”, for each total that the clinic's bands act on."""
    told = []
    for entry in scored.values():
        scale = visit.protocol.score(entry.fact.scale)
        band = band_of(scale, entry.fact.total) if scale is not None else None
        if scale is not None and band is not None and band.act == act:
            total = f"total {entry.fact.total}: {band.label}"
            told.append(f"{scale.label} {clock(entry.at)}, {total}")
    return told


def _told(visit: Visit, entry: Entry[ScaleScored], act: str) -> str:
    """“PHQ-9 10:12, item 9: Several days”; empty where no item asks for that act."""
    scale = visit.protocol.score(entry.fact.scale)
    found = [pair for pair in heeded(visit.protocol, entry.fact) if pair[0].act == act]
    if scale is None or not found:
        return ""
    labels = {option.value: option.label.lower() for option in scale.options}
    items = ", ".join(
        f"item {item.number}: {labels.get(answer, str(answer))}" for item, answer in found
    )
    return f"{scale.label} {clock(entry.at)}, {items}"

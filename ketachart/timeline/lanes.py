"""The timeline of a visit: everything that is drawn, lane by lane, from the entries that stand."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from ketachart.domain.audit import TOLD_ALONE, correction_marks, edition_of
from ketachart.domain.course import baseline, ended_at
from ketachart.domain.facts import EffectNoted, Fact, PaperKept, VitalsMissed, VitalsTaken
from ketachart.domain.infusion import delivery, last_moment
from ketachart.domain.monitoring import due
from ketachart.domain.paper import FROM_PAPER, from_paper, period_words
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock
from ketachart.timeline.contents import PaperSpan, Timeline, Told
from ketachart.timeline.drug import drug_of
from ketachart.timeline.flags import KINDS, flags_of, given_of, sentence_of
from ketachart.timeline.series import (
    bands_of,
    limit_lines,
    near_of,
    pressure_of,
    pressures_of,
    runs_of,
    vitals_of,
)
from ketachart.timeline.span import bounds, expected_end, is_over, phases_of

_TOLD: Final = frozenset({*KINDS, VitalsTaken, VitalsMissed, EffectNoted, PaperKept})


def timeline_of(visit: Visit, now: datetime, *, until: datetime | None = None) -> Timeline:
    """Everything that is drawn of a visit, as it stands at a moment.

    Args:
        visit: the visit, with at least the facts it was opened with.
        now: the moment; the pump is taken to run on to it while the visit is open.
        until: a moment that the timeline reaches in any case.

    Raises:
        LookupError: nothing is charted yet, or the visit has no protocol.
    """
    over = is_over(visit)
    moment = min(now, _last(visit)) if over else now
    run = delivery(visit, moment)
    sets = due(visit, moment)
    first = baseline(visit)
    base = pressure_of(first) if first is not None else None
    flags, vitals = flags_of(visit), vitals_of(visit, sets)
    marks = [mark.at for mark in vitals if mark.state != "due"]
    drawn = [flag.at for flag in flags] + marks + [e.at for e in visit.of(EffectNoted)]
    start, end = bounds(
        visit,
        _before_signing(visit, drawn),
        expected_end(visit, run, now),
        at_least=until or (None if over else now),
    )
    return Timeline(
        start=start,
        end=end,
        now=None if over else now,
        begun=run.started_at,
        phases=phases_of(visit, run, now),
        flags=flags,
        given=given_of(visit),
        drug=drug_of(visit, run),
        pressures=pressures_of(visit),
        pulse=runs_of(visit, "heart_rate", sets),
        spo2=runs_of(visit, "spo2", sets),
        pain=runs_of(visit, "pain", sets),
        sedation=runs_of(visit, "rass", sets),
        bands=bands_of(visit, ended_at(visit) or moment),
        vitals=vitals,
        limits=limit_lines(visit, base),
        baseline=base,
        told=_told(visit),
        paper=_paper(visit),
        near=near_of(visit, base),
    )


def _paper(visit: Visit) -> tuple[PaperSpan, ...]:
    return tuple(
        PaperSpan(start=e.at, end=e.fact.until, text=period_words(e.fact), entry=e.id)
        for e in visit.of(PaperKept)
    )


def _last(visit: Visit) -> datetime:
    """The end of the record as far as it is drawn: an addendum does not let a pump run on."""
    return visit.signed.at if visit.signed is not None else last_moment(visit)


def _before_signing(visit: Visit, drawn: list[datetime]) -> list[datetime]:
    """Without what an addendum adds days later: it stands in the tables."""
    signed = visit.signed
    return [moment for moment in drawn if signed is None or moment <= signed.at]


def _told(visit: Visit) -> dict[str, Told]:
    marks, copies = correction_marks(visit), visit.of(PaperKept)
    name = f"told on the timeline, {edition_of(visit)}"

    def told(entry: Entry[Fact]) -> Told:
        mark = f" ({marks[entry.id]}, corrected)" if entry.id in marks else ""
        copied = f" ({FROM_PAPER})" if copies and from_paper(visit, entry) else ""
        return Told(entry.at, f"{clock(entry.at)} {sentence_of(visit, entry)}{mark}{copied}")

    drawn = [entry for entry in visit.standing if type(entry.fact) in _TOLD]
    alone = [
        entry
        for entry in drawn
        if type(entry.fact) in TOLD_ALONE and not copies and entry.id not in marks
    ]
    pieces = visit.pieces.of_all(name, alone, told)
    known = dict(zip([entry.id for entry in alone], pieces, strict=True))
    return {entry.id: known.get(entry.id) or told(entry) for entry in drawn}


def window(timeline: Timeline, start: datetime, end: datetime) -> Timeline:
    """The same timeline between two other ends."""
    return replace(timeline, start=start, end=end)

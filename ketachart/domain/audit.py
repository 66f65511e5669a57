"""The entry log as a nurse and a reviewer read it: in words, with what is late or struck."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from ketachart.domain.facts import (
    EffectNoted,
    EntryStruck,
    Fact,
    Gone,
    NoteWritten,
    Unknown,
    VitalsMissed,
    VitalsTaken,
)
from ketachart.domain.facts.order import OrderRecorded
from ketachart.domain.facts.setting import (
    ClinicRecorded,
    NurseRecorded,
    PatientRecorded,
    ProtocolAdopted,
    VisitOpened,
)
from ketachart.domain.telling import (
    arrival,
    care,
    closing,
    order,
    past,
    post,
    preparation,
    pump,
    safekeeping,
    stock,
)
from ketachart.domain.telling.order_changes import order_before
from ketachart.domain.telling.preparation import Words
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import plus_minutes

TELLERS = {
    **preparation.TABLE, **order.TABLE, **past.TABLE, **pump.TABLE, **care.TABLE,
    **closing.TABLE, **stock.TABLE, **arrival.TABLE, **post.TABLE, **safekeeping.TABLE,
}  # fmt: skip
SETTING: tuple[type[Fact], ...] = (
    ClinicRecorded, NurseRecorded, PatientRecorded, OrderRecorded, ProtocolAdopted, VisitOpened,
)  # fmt: skip

# Told by their own fact and the protocol, whatever else is charted: they are most of a long visit.
TOLD_ALONE: tuple[type[Fact], ...] = (VitalsTaken, VitalsMissed, NoteWritten, EffectNoted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the log."""

    entry: Entry[Fact]
    title: str
    detail: str
    late: timedelta | None
    struck: bool
    struck_why: str
    corrected_from: Entry[Fact] | None
    mark: str

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.at

    @property
    def lag_text(self) -> str:
        """How late it was written: “+27 min”; empty when on time."""
        return plus_minutes(self.late) if self.late is not None else ""


def words(visit: Visit, fact: Fact) -> Words:
    """A fact as title and detail; one of an unknown kind is shown raw, never dropped."""
    if isinstance(fact, Unknown):
        raw = json.dumps(fact.body, ensure_ascii=False, sort_keys=True)
        return f"Unknown: {fact.kind}", f"written by a newer KetaChart: {raw}"
    if isinstance(fact, Gone):
        return "Left this laptop", f"{fact.kind}: the clinic has it"
    return TELLERS[type(fact)](visit, fact)


def told(visit: Visit) -> Mapping[str, Words]:
    """Every entry as title and detail, by its id; worked out once for a visit."""
    return visit.once("told", _told)


def _told(visit: Visit) -> Mapping[str, Words]:
    return {entry.id: told_of(visit, entry) for entry in visit.entries}


def told_of(visit: Visit, entry: Entry[Fact]) -> Words:
    """One entry as title and detail."""

    def own(entry: Entry[Fact]) -> Words:
        return words(visit, entry.fact)

    if type(entry.fact) in TOLD_ALONE:
        return visit.of_entry(f"told, {edition_of(visit)}", entry, own)
    known: dict[str, Words] = visit.once("told, with what else is charted", lambda _visit: {})
    if entry.id not in known:
        known[entry.id] = own(entry)
    return known[entry.id]


def edition_of(visit: Visit) -> str:
    """The entry of the protocol in force: in whose words an entry is told."""
    adopted = visit.last(ProtocolAdopted)
    return adopted.id if adopted is not None else ""


def log(visit: Visit) -> tuple[Line, ...]:
    """Every entry, struck ones too, in the order in which they happened."""
    return visit.once("log", _log)


def _log(visit: Visit) -> tuple[Line, ...]:
    replaced = {
        strike.fact.replaced_by: visit.entry(strike.fact.entry)
        for strike in visit.strikes.values()
        if strike.fact.replaced_by
    }
    marks, name = correction_marks(visit), f"line, {edition_of(visit)}"
    amended = {*visit.strikes, *replaced, *marks}

    def line(entry: Entry[Fact]) -> Line:
        made = _line(visit, entry, replaced.get(entry.id), marks.get(entry.id, ""))
        return visit.pieces.as_before(name, entry, made)

    alone = [
        entry
        for entry in visit.in_order
        if type(entry.fact) in TOLD_ALONE and entry.id not in amended
    ]
    known = dict(
        zip([entry.id for entry in alone], visit.pieces.of_all(name, alone, line), strict=True)
    )
    return tuple(known.get(entry.id) or line(entry) for entry in visit.in_order)


def _line(visit: Visit, entry: Entry[Fact], first: Entry[Fact] | None, mark: str) -> Line:
    title, detail = told_of(visit, entry)
    strike = visit.strikes.get(entry.id)
    return Line(
        entry=entry,
        title=title,
        detail=detail,
        late=entry.lag if entry.lag > visit.protocol.minutes("late.entry") else None,
        struck=strike is not None,
        struck_why=strike.fact.reason if strike else "",
        corrected_from=first,
        mark=mark,
    )


def completions(visit: Visit) -> frozenset[str]:
    """The struck entries in whose place stands one that only says more: nothing was wrong."""
    return visit.once("completions", _completions)


def _completions(visit: Visit) -> frozenset[str]:
    found = set()
    for struck, strike in visit.strikes.items():
        old, new = visit.entry(struck), visit.entry(strike.fact.replaced_by)
        if old is not None and new is not None and _says_more(old.fact, new.fact):
            found.add(struck)
    return frozenset(found)


def _says_more(old: Fact, new: Fact) -> bool:
    """Whether everything the one says is said by the other too; a pause gets its reasons so."""
    return type(old) is type(new) and all(
        getattr(old, field.name) in (None, "", ())
        or getattr(old, field.name) == getattr(new, field.name)
        for field in fields(old)
    )


def correction_marks(visit: Visit) -> dict[str, str]:
    """C1, C2 … for corrections and V1 … for entries struck without another in their place.

    What was only completed has no mark: it was never wrong.
    """
    return visit.once("correction marks", _correction_marks)


def _correction_marks(visit: Visit) -> dict[str, str]:
    marks: dict[str, str] = {}
    corrected = voided = 0
    for entry in visit.entries:
        if not isinstance(entry.fact, EntryStruck) or entry.fact.entry in completions(visit):
            continue
        if entry.fact.replaced_by:
            corrected += 1
            marks[entry.fact.replaced_by] = f"C{corrected}"
        else:
            voided += 1
            marks[entry.fact.entry] = f"V{voided}"
    return marks


def is_setting(visit: Visit, entry: Entry[Fact]) -> bool:
    """Whether the entry is what the visit stands on, rather than something that happened.

    An order that changed the one before it is something that happened.
    """
    fact = entry.fact
    if isinstance(fact, OrderRecorded) and order_before(visit, fact) is not None:
        return False
    return isinstance(fact, SETTING)


def late_lines(visit: Visit) -> tuple[Line, ...]:
    """The rows written late, struck ones left out."""
    return tuple(line for line in log(visit) if line.late is not None and not line.struck)

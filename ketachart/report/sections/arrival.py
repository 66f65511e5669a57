"""The door on paper: times of the visit, clocks, kit with its last days, home, and the time-out.

Each entry stands among the events in its own words as well; here what counts is laid out.
"""

from collections.abc import Iterator
from datetime import datetime

from ketachart.domain.arrival.clocks import clocks, clocks_apart
from ketachart.domain.arrival.kit import ItemFound, kit_found, not_looked_at
from ketachart.domain.arrival.times import visit_times
from ketachart.domain.facts import HomeChecked, VisitTimed
from ketachart.domain.telling.arrival import LIGHTS, MOMENTS, OTHERS, PHONES
from ketachart.domain.time_out import first_time_out, time_out_in_force
from ketachart.domain.wording import clock, day, length, listed
from ketachart.report.sections.pieces import Cell, Column, Divider, Line, Row, Table, plain, strong
from ketachart.report.sections.record import Record


def arrival_table(record: Record) -> Table | None:
    """What was charted at the door; None where nothing was."""
    parts = (
        ("Times of the visit", tuple(_times(record))),
        ("Clocks", tuple(_clocks(record))),
        ("Kit", tuple(_kit(record))),
        ("Home", tuple(_home(record))),
        ("Time-out", tuple(_time_out(record))),
    )
    rows: list[Line] = []
    for heading, found in parts:
        if found:
            rows += [Divider(heading), *found]
    if not rows:
        return None
    return Table(
        code="arrival",
        heading="At the door",
        says="before the drug: what was there, and whose clock says what",
        columns=(Column("time", 26), Column("what", 118), Column("found")),
        rows=tuple(rows),
        across=2,
    )


def _row(at: datetime | None, what: str, found: str, entry: str = "", *, heavy: bool) -> Row:
    told: Cell = strong(found) if heavy else plain(found)
    return Row(
        cells=(plain(clock(at) if at is not None else ""), plain(what), told),
        entry=entry,
        about=what.lower(),
        bar="override" if heavy else "",
    )


def _times(record: Record) -> Iterator[Row]:
    times = visit_times(record.visit)
    for entry in record.visit.of(VisitTimed):
        yield _row(entry.at, MOMENTS[entry.fact.what], "", entry.id, heavy=False)
    if times.travel is not None:
        yield _row(None, "On the way", length(times.travel), heavy=False)
    if times.on_site is not None:
        yield _row(None, "In the home", length(times.on_site), heavy=False)


def _clocks(record: Record) -> Iterator[Row]:
    apart = clocks_apart(record.visit)
    for one in clocks(record.visit):
        what = f"{one.label[:1].upper()}{one.label[1:]} showed {clock(one.showed)}"
        yield _row(one.at, what, one.verdict, one.entry, heavy=one in apart)


def _kit(record: Record) -> Iterator[Row]:
    start = record.start or record.now
    found = [one for one in kit_found(record.visit, start) if one.line is not None]
    for one in found:
        yield _row(one.checked_at, one.item.label, _item(one), heavy=bool(one.fault and one.raises))
    missed = not_looked_at(record.visit, start)
    if found and missed:
        names = listed([item.label for item in missed])
        yield _row(None, "Not looked at", names, heavy=True)


def _item(one: ItemFound) -> str:
    line = one.line
    if line is None:
        return ""
    parts = ["present" if line.present else "MISSING"]
    if line.expires is not None:
        parts.append(f"{'EXPIRED' if one.expired else 'to'} {day(line.expires)}")
    elif line.present and one.item.expires:
        parts.append("last day not read")
    return ", ".join(filter(None, (*parts, line.note)))


def _home(record: Record) -> Iterator[Row]:
    entry = record.visit.last(HomeChecked)
    if entry is None:
        return
    home, at, source = entry.fact, entry.at, entry.id
    far = f", {home.travel_min} min" if home.travel_min is not None else ", way not charted"
    read = "read out" if home.address_read else "NOT read out"
    rows = (
        ("Emergency department", f"{home.hospital}{far}", False),
        ("Address and way in", read, not home.address_read),
        ("Phone in the room", PHONES[home.phone], home.phone in {"none", "weak"}),
        ("Light", LIGHTS[home.light], home.light == "bright"),
        ("Noise", home.noise, home.noise == "loud"),
        ("Pets", home.pets or "none", False),
        ("Children", home.children or "none", False),
        ("Out of the room", OTHERS[home.others_out], home.others_out is False),
        ("Anything else", home.note, False),
    )
    for what, found, heavy in rows:
        if found:
            yield _row(at, what, found, source, heavy=heavy)


def _time_out(record: Record) -> Iterator[Row]:
    visit = record.visit
    held = first_time_out(visit) if record.start else time_out_in_force(visit, record.now)
    if held is None:
        if record.start is not None and visit.protocol.time_out:
            yield _row(None, "Before the start", "NOT HELD", heavy=True)
        return
    for step in visit.protocol.time_out:
        if step.code in (*held.fact.steps, *held.fact.open):
            is_open = step.code in held.fact.open
            said = "OPEN" if is_open else "held"
            yield _row(held.at, step.sentence, said, held.id, heavy=is_open)
    if held.fact.aloud_with:
        yield _row(held.at, "Aloud with", held.fact.aloud_with, held.id, heavy=False)

"""Ledgers and visits for the benchmarks."""

from dataclasses import replace
from datetime import timedelta

from ketachart import charting
from ketachart.charting import NewClinic, NewVisit
from ketachart.clock import SetClock
from ketachart.commands import script
from ketachart.commands.player import open_stage
from ketachart.domain.facts import NoteWritten, VitalsTaken
from ketachart.storage import codec
from tests.helpers.stories import FOLDER
from tests.helpers.story import NOON, Story

PASSPHRASE = "a bench of made-up visits"


def clinic_in(place, clock=None):
    """A throw-away clinic, unlocked."""
    register = Story().patient().order().visit()
    new = NewClinic(
        clinic=register.clinic, nurse=register.nurse, passphrase=PASSPHRASE, practice=True
    )
    return charting.create(place, new, clock or SetClock(NOON))


def visit_in(place, *, notes=100):
    """A throw-away clinic with one open visit of a hundred entries."""
    clock = SetClock(NOON)
    office = clinic_in(place / "ledger", clock)
    told = Story().patient().order().visit()
    room = office.new_visit(NewVisit(patient=told.patient, order=told.order))
    for _ in range(notes):
        clock.pass_time(timedelta(seconds=30))
        room.record(NoteWritten(at=room.now(), text="a short note"))
    return office, room, clock


def draft_for(clock):
    """One more entry as the ledger takes it."""
    return codec.draft_of(
        NoteWritten(at=clock.now(), text="a short note"),
        stream="bench",
        entry_id=clock.new_id(),
        author="ja",
        recorded_at=clock.now(),
        elapsed=clock.elapsed(),
        session="bench",
    )


def story_visit(name, place):
    """A story played to its last line but not signed, and the time where it stands."""
    stage = open_stage(script.read(FOLDER / f"{name}.jsonl"), place / "story")
    stage.play([line for line in stage.rest if line.kind != "sign"])
    visit, now = stage.room.visit, stage.room.now()
    stage.office.close()
    return visit, now


def crowded_visit(entries, place):
    """A story with vital signs and notes charted through the door until it has that many entries.

    It goes on where the pump stopped, so that what is charted is a long observation.
    """
    stage = open_stage(script.read(FOLDER / "paused_for_nausea.jsonl"), place / "story")
    lines = [line for line in stage.rest if line.kind != "sign"]
    stop = [line.kind for line in lines].index("infusion-stopped") + 1
    stage.play(lines[:stop])
    while len(stage.room.visit.entries) < entries - len(lines[stop:]):
        stage.clock.pass_time(timedelta(seconds=40))
        count, at = len(stage.room.visit.entries), stage.room.now()
        if count % 3:
            taken = VitalsTaken(
                at=at, systolic=118 + count % 20, diastolic=70 + count % 12, spo2=95 + count % 5,
                heart_rate=60 + count % 30, respiratory_rate=12 + count % 5, rass=0,
            )  # fmt: skip
            stage.room.record(taken)
        else:
            stage.room.record(NoteWritten(at=at, text=f"in minute {count} she asks for water"))
    for line in lines[stop:]:
        fact = replace(line.fact, at=stage.room.now()) if line.fact is not None else None
        stage.play([replace(line, fact=fact, at=stage.room.now(), recorded_at=None)])
    visit, now = stage.room.visit, stage.room.now()
    stage.office.close()
    return visit, now

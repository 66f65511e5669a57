"""Ledgers and visits for the benchmarks."""

from datetime import timedelta

from ketachart import charting
from ketachart.charting import NewClinic, NewVisit
from ketachart.clock import SetClock
from ketachart.commands import script
from ketachart.commands.player import open_stage
from ketachart.domain.facts import NoteWritten
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

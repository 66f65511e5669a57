"""Visits whose reports are looked at: the stories, and made-up ones that are too much."""

import tempfile
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from ketachart.commands.player import open_stage, play
from ketachart.domain import facts as f
from ketachart.domain.infusion import last_moment
from ketachart.domain.visit import Entry, fold
from ketachart.report import pdf
from tests.helpers.stories import STORIES, story_lines
from tests.report.every_fact import ORDER, every_fact

__all__ = ["STORIES"]
SIGNED_STORY = "late_and_corrected"


@cache
def charted(name):
    """A story charted through the door to its last line, not signed, and the time then."""
    with tempfile.TemporaryDirectory() as place:
        stage = open_stage(story_lines(name), Path(place) / "ledger")
        stage.play([line for line in stage.rest if line.kind != "sign"])
        visit, now = stage.room.visit, stage.room.now()
        stage.office.close()
    return visit, now


@cache
def signed():
    """A story with its signature and the signed file."""
    with tempfile.TemporaryDirectory() as place:
        return play(story_lines(SIGNED_STORY), Path(place) / "ledger", strict=False)


@cache
def rendered(name, paper="letter"):
    """The report of a story, not signed."""
    visit, now = charted(name)
    return pdf.render(visit, now=now, paper=paper)


def render(visit, **values):
    """The report of any visit as of the last thing charted."""
    return pdf.render(visit, now=last_moment(visit), **values)


@cache
def printed(made, paper="letter"):
    """The report of one of the made-up visits, by the function that makes it."""
    return render(made(), paper=paper)


def more(visit, *facts, lag=timedelta()):
    """The visit with more entries, past the door: the report refuses nothing."""
    entries = list(visit.entries)
    for fact in facts:
        number = len(entries) + 1
        entries.append(
            Entry(
                number=number,
                id=f"more-{number}",
                author="ja",
                recorded_at=fact.at + lag,
                elapsed=timedelta(),
                session=entries[0].session,
                fact=fact,
                chain=f"{number * 7919:064x}",
                stream=entries[0].stream,
            )
        )
    return fold(entries)


def corrected(visit, entry, fact, reason):
    """The visit with that entry struck and the fact in its place."""
    number = len(visit.entries) + 2
    at = last_moment(visit) + timedelta(minutes=1)
    strike = f.EntryStruck(at=at, entry=entry.id, reason=reason, replaced_by=f"more-{number}")
    return more(visit, strike, fact)


def changed(visit, kind, **values):
    """The visit as if that kind of fact had been charted with other values."""
    return fold(
        replace(entry, fact=replace(entry.fact, **values), body="")
        if isinstance(entry.fact, kind)
        else entry
        for entry in visit.entries
    )


def first(visit, kind):
    """The first standing entry of a kind."""
    return visit.of(kind)[0]


@cache
def crowded():
    """A story with two hundred more entries: 121 sets of vitals among them."""
    visit, _ = charted("paused_for_nausea")
    start = first(visit, f.InfusionStarted).at
    facts = []
    for n in range(100):
        at = start + timedelta(minutes=1 + n)
        facts.append(
            f.VitalsTaken(
                at=at,
                systolic=120 + n % 60,
                diastolic=70 + n % 20,
                heart_rate=60 + n % 50,
                spo2=94 + n % 6,
                respiratory_rate=12 + n % 5,
                pain=n % 11,
                rass=-(n % 2),
                note=f"note number {n}" if n % 9 == 0 else "",
            )
        )
        if n % 2:
            facts.append(f.NoteWritten(at=at, text=f"In minute {n} the patient asks for water"))
        if n % 3 == 0:
            facts.append(f.AccessChecked(at=at, grade=0, patent=True, note=f"site fine, look {n}"))
        if n % 5 == 0:
            facts.append(f.MeasureTaken(at=at, measures=("reassured", "music"), effect="anxiety"))
    return more(visit, *facts)


LONG_NOTE = (
    "The patient tells at length how the light moves along the ceiling and how the pain behind the "
    "left eye changes its colour from red to a pale and distant blue. "
)
EFFECTS = (
    "floating", "dissociation", "dizziness", "disorientation", "vomiting", "high-pressure",
    "euphoria", "anxiety", "headache",
)  # fmt: skip


@cache
def wordy():
    """A story with the longest names and notes, 8 allergies, 9 more side effects, 40 overrides."""
    visit, _ = charted("paused_for_nausea")
    visit = changed(
        visit,
        f.PatientRecorded,
        family_name="Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh",
        given_name="Maximiliana Bartholomea Christophorina Evangelina",
        address="Apartment 14 B behind the old water tower, 12345 North Old Spanish Trail of the "
        "Seven Hills Road, Building C, Oro Valley near Tucson, Arizona 85737-1234",
        allergies=tuple(
            f.Allergy(
                substance=f"substance number {n} with a long name",
                reaction="swelling of the lips, tongue and throat, hives on arms and legs",
            )
            for n in range(8)
        ),
    )
    visit = changed(
        visit,
        f.NurseRecorded,
        name="Julia Maria Alejandra Alvarez de la Fuente y Castellanos",
        credential="MSN, APRN, FNP-C, CCRN",
    )
    visit = changed(visit, f.AdultNamed, name="Marco Antonio Giovanni Rivera-Castellanos y Mora")
    start = first(visit, f.InfusionStarted).at
    facts = [
        f.NoteWritten(at=start + timedelta(minutes=9), text=LONG_NOTE * 60),
        f.NoteWritten(at=start + timedelta(minutes=10), text="W" * 400),
        f.NoteWritten(at=start + timedelta(minutes=10), text="first line\nsecond well-\nthird −2"),
    ]
    for n, code in enumerate(EFFECTS):
        at = start + timedelta(minutes=5 + n)
        facts += [
            f.EffectNoted(at=at, effect=code, grade=1 + n % 3, note="said more than once"),
            f.MeasureTaken(at=at, measures=("reassured", "light", "position"), effect=code),
            f.EffectNoted(at=at + timedelta(minutes=30), effect=code, grade=0),
        ]
    facts += [
        f.OverrideAuthorised(
            at=start + timedelta(minutes=n),
            about="fasting",
            by="Dr A. Okafor",
            phone="602 555 0188",
            read_back=True,
            reason=f"reason number {n}, told with all its circumstances so that it takes more than "
            "one line on paper of any usual width",
            condition="pause at 160",
        )
        for n in range(40)
    ]
    return more(visit, *facts)


@cache
def every_kind():
    """A visit with every kind of fact, each field of it filled with something of its own."""
    visit, now = charted("pressure_climbs")
    at = first(visit, f.InfusionStarted).at + timedelta(minutes=3)
    values = {
        field.name: getattr(ORDER, field.name) for field in fields(ORDER) if field.name != "at"
    }
    visit = changed(visit, f.OrderRecorded, **values)
    visit = changed(visit, f.PatientRecorded, language="es")
    visit = changed(visit, f.VisitOpened, plan="plan-3")
    return more(visit, *every_fact(at, now, last_id=visit.entries[-1].id))

"""Visits whose reports are looked at: the stories, and made-up ones that are too much."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from ketachart.commands.player import open_stage, play
from ketachart.domain import facts as f
from ketachart.domain.infusion import last_moment
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.domain.visit import Entry, fold
from ketachart.report import pdf
from tests.helpers.stories import STORIES, story_lines

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
        replace(entry, fact=replace(entry.fact, **values))
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
    order = first(visit, f.OrderRecorded).fact
    visit = changed(
        visit,
        f.OrderRecorded,
        start_rate_mg_kg_h=MgPerKgPerHour("0.35"),
        weight_basis="ideal",
        dosing_weight_kg=Kg("71.25"),
        bolus_allowed=True,
        bolus_max_mg_per_kg=MgPerKg("0.125"),
        limits=(Limit(sign="systolic", when="during", level="pause", above=Decimal(155)),),
        titration=(
            f.TitrationStep(
                after_min=Minutes(23),
                rate_mg_kg_h=MgPerKgPerHour("0.275"),
                condition="pain over 6 and awake",
            ),
        ),
        priming=f.LinePriming(fluid="drug", volume_ml=Ml("11.5")),
        monitoring=f.MonitoringPlan(
            vitals_every_min=8, observe_min=Minutes(95), continuous=("spo2", "etco2")
        ),
        adjuncts=(
            f.Adjunct(
                kind="magnesium",
                what="magnesium sulfate",
                dose="1.25",
                unit="g",
                route="IV",
                over_min=Minutes(17),
                note="before the start",
            ),
            f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere"),
        ),
        prn=(replace(order.prn[0], most_doses=3, interval_min=Minutes(45)),),
        received="telephone",
        read_back=True,
        note="call before the second bolus",
        series_number=4,
        series_of=9,
    )
    facts = (
        f.WeightMeasured(at=at, weight_kg=Kg("83.4"), read_lb=Decimal("183.9"), how="stated"),
        f.HeightMeasured(at=at, height_cm=Decimal("163.5"), how="stated"),
        f.OtherKetamine(
            at=at, route="oral", product="ketamine troche", amount="110 mg",
            how_often="two times a week", last_on=date(2026, 11, 5), from_whom="prescribed",
            prescriber="Dr B. Chen", note="told by the adult",
        ),
        f.IntakeRecorded(at=at, fatty_at=at - timedelta(hours=9, minutes=7)),
        f.AccessPlaced(
            at=at, site="back of the hand", side="right", gauge=24, attempts=3, blood_return=False,
            flushed_ml=Ml("3.75"), patent=False, note="vein rolled",
        ),
        f.AccessChecked(at=at, grade=2, patent=False, note="red and warm"),
        f.RateSet(at=at, rate_ml_h=MlPerHour("19.125"), reason="pain-not-better"),
        f.BagChanged(at=at, bag="B7", strength_mg_per_ml=MgPerMl("1.75"), volume_ml=Ml("44.4")),
        f.BolusGiven(at=at, amount_mg=Mg("2.125"), reason="pain", despite="prescriber on phone"),
        f.PumpRead(at=at, volume_ml=Ml("1.875")),
        f.VitalsTaken(
            at=at, systolic=151, diastolic=93, heart_rate=97, respiratory_rate=17, spo2=94,
            etco2=41, temperature_c=Decimal("37.9"), pain=6, nausea=4, dissociation=7, rass=-2,
            oxygen_l_min=Decimal("2.5"), oriented=3, source="device", confirmed=True,
            note="read twice on the other arm",
        ),
        f.VitalsMissed(at=at, reason="patient in the bathroom", due_at=at - timedelta(minutes=4)),
        f.EffectNoted(at=at, effect="rash", grade=3, note="on both arms"),
        f.MedicineGiven(
            at=at, medicine="midazolam", dose=Decimal("1.25"), unit="mg", over_min=Minutes(3),
            indication="anxiety", against="telephone-order", lot="MZ-77", despite="drowsy already",
        ),
        f.FluidGiven(at=at, fluid="Ringer's", volume_ml=Ml("125"), route="IV"),
        f.ResponseNoted(at=at, entry=visit.entries[-1].id, response="calmer within 4 min"),
        f.CallMade(
            at=at, to="Dr B. Ito", phone="602 555 0177", reached=False, about="rash", said="none",
        ),
        f.NoteWritten(at=at, text="Neighbour rang the bell"),
        f.AlertAnswered(at=at, alert="spo2-pause", action="oxygen at 2.5 L/min"),
        f.EmergencyDeclared(at=at, why="lips blue, hard to wake"),
        f.EmergencyStep(at=at, step="bag-mask", note="two breaths"),
        f.EmergencyEnded(at=at, outcome="breathing by himself"),
        f.DrugBroken(at=at, amount_mg=Mg("1.5"), source="B1", how="syringe slipped"),
        f.InfusionNotStarted(at=at, reason="second thoughts", decided_by="patient"),
        f.ClockStepped(at=at, by_s=-7213, laptop_said=at - timedelta(seconds=7213)),
        f.Unknown(at=at, kind="drone-delivered", version=3, body={"what": "漢字", "n": 3}),
        f.InkDeclined(at=now, role="adult", name="Abena Osei", reason="hand hurt and shaking"),
        f.InkSigned(at=now, role="witness", name="K. Osei", meaning="saw it", strokes=(((1, 1),),)),
        f.FindingExplained(at=now, finding="no-follow-up", reason="family calls us"),
        f.ScreeningAnswered(at=at, item="heart-angina", answer="ask", note="twinge last week"),
        f.CriterionJudged(at=now, criterion="gait", met=False, note="sways when turning"),
        f.PatientReleased(at=now, outcome="against-advice", to="sister", reason="wants to go"),
        f.VisitSigned(
            at=now, meaning="I gave this care", signer="ja", certificate="ab" * 32, version=2,
            incomplete="the crew took the pump along",
        ),
    )  # fmt: skip
    return more(visit, *facts)

"""What a clumsy nurse charts of the clinical day beside the drug; some of it odd."""

from datetime import date, timedelta
from decimal import Decimal

from ketachart.domain import facts as f
from ketachart.domain.asking import standing_alerts
from ketachart.domain.quantities import Minutes, Ml

NAMES = ("lorazepam", "Nguyễn's tea", "sumatriptan 100 mg", " ")
EFFECTS = ("nausea", "dissociation", "anxiety", "headache", "no-such-thing")
MEASURES = ("reassured", "dimmed", "oxygen", "called")


def in_the_day(nurse):
    """One of them, by chance."""
    nurse.dice.choice(ALL)(nurse)


def _medicines(nurse):
    listed = tuple(
        f.HomeMedicine(name=name, last=nurse.perhaps(nurse.room.now() - timedelta(hours=9)))
        for name in nurse.dice.sample(NAMES, nurse.dice.randint(0, 2))
    )
    nurse.record(f.MedicinesListed, medicines=listed, none=nurse.dice.random() < 0.4)


def _history(nurse):
    tried = (f.Tried(name=nurse.dice.choice(NAMES), outcome="helped"),)
    nurse.record(
        f.HistoryTaken,
        headache_days=nurse.dice.choice((None, 0, 14, 31, 32)),
        tried=nurse.dice.choice(((), tried)),
        worst_pain=nurse.dice.choice((None, 0, 10, 11)),
    )


def _symptoms(nurse):
    nurse.record(
        f.SymptomsNoted, light=nurse.perhaps("mild"), aura=nurse.dice.choice((None, False, True))
    )


def _scale(nurse):
    scale = nurse.dice.choice(nurse.room.visit.protocol.scores)
    answers = tuple(
        nurse.dice.randint(0, 3) for _ in nurse.room.visit.protocol.items_of(scale.code)
    )
    total = sum(answers) if answers else nurse.dice.randint(scale.low, scale.high)
    nurse.record(f.ScaleScored, scale=scale.code, total=total, answers=answers)


def _missed(nurse):
    nurse.record(f.VitalsMissed, reason="in the bathroom")


def _effect(nurse):
    effect, grade = nurse.dice.choice(EFFECTS), nurse.dice.randint(0, 4)
    nurse.record(f.EffectNoted, effect=effect, grade=grade)


def _measure(nurse):
    measures = tuple(nurse.dice.sample(MEASURES, nurse.dice.randint(0, 2)))
    flow = nurse.perhaps(Decimal(nurse.dice.choice(("2", "15", "0", "40"))))
    nurse.record(
        f.MeasureTaken, measures=measures, effect=nurse.dice.choice(EFFECTS), oxygen_l_min=flow
    )


def _fluid(nurse):
    volume = Ml(nurse.number(("250", "500")))
    nurse.record(f.FluidGiven, fluid="0.9 % saline", volume_ml=volume)


def _response(nurse):
    entry = nurse.dice.choice(nurse.room.visit.entries)
    nurse.record(f.ResponseNoted, entry=entry.id, response="better")


def _given_over(nurse):
    nurse.record(
        f.MedicineGiven, medicine="saline flush", dose=Decimal(1), unit="mL", against="emergency",
        over_min=nurse.dice.choice((None, Minutes(0), Minutes(2))),
    )  # fmt: skip


def _call(nurse):
    nurse.record(f.CallMade, to="Dr A. Okafor", reached=nurse.dice.random() < 0.7, said="go on")


def _alert(nurse):
    standing = standing_alerts(nurse.room.visit, nurse.room.now())
    code = nurse.dice.choice([one.alert.code for one in standing] or ["no-such-alert"])
    if nurse.dice.random() < 0.5:
        nurse.record(f.AlertAnswered, alert=code, action="looked")
    else:
        wait = nurse.dice.choice((0, 5, 10, 11))
        nurse.record(f.AlertSnoozed, alert=code, for_min=wait, reason="busy")


def _emergency(nurse):
    nurse.record(f.EmergencyDeclared, why=nurse.words("not breathing"))
    nurse.record(f.EmergencyStep, step="called-911")
    nurse.record(f.EmergencyEnded, outcome="false alarm")


def _screening(nurse):
    item = nurse.dice.choice(nurse.room.visit.protocol.screening)
    answer = nurse.dice.choice(("clear", "ask", "stop"))
    nurse.record(
        f.ScreeningAnswered, item=item.code, answer=answer, note=nurse.words("said so"),
        dated=nurse.dice.choice((None, date(2026, 11, 1), date(2030, 1, 1))),
    )  # fmt: skip


def _leave(nurse):
    outcome = nurse.dice.choice(("criteria-met", "with-reason", "against-advice", "to-ems"))
    nurse.record(
        f.PatientReleased, outcome=outcome, to="Marco", reason=nurse.words("wants to"),
        ready_at=nurse.perhaps(nurse.room.now() - timedelta(minutes=5)),
    )  # fmt: skip


def _after(nurse):
    due_at = nurse.room.now() + timedelta(hours=nurse.dice.choice((-1, 24, 48)))
    nurse.record(f.FollowUpPlanned, due_at=due_at)


def _laptop(nurse):
    now = nurse.room.now()
    nurse.record(f.LaptopSlept, for_s=600)
    nurse.record(f.ChartReopened, closed_at=now - timedelta(hours=1), how="ended")


ALL = (
    _medicines, _history, _symptoms, _scale, _missed, _effect, _measure, _fluid, _response,
    _given_over, _call, _alert, _emergency, _screening, _leave, _after, _laptop,
)  # fmt: skip

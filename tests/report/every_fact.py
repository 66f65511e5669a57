"""Every kind of fact that a visit can hold, each field of it filled with something of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ketachart.domain import facts as f
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

LIMIT = Limit(
    sign="systolic", when="during", level="pause", above=Decimal(155), readings=2, apart_min=4,
    source="Dr A. Okafor",
)  # fmt: skip
LIMITS = (
    LIMIT,
    replace(LIMIT, above=None, at_least=Decimal(157)),
    replace(LIMIT, above=None, below=Decimal(83)),
    replace(LIMIT, above=None, at_most=Decimal(81)),
    replace(LIMIT, above=None, above_baseline_percent=Decimal("37.5")),
    replace(LIMIT, sign="rass", above=None, not_in=(Decimal(1), Decimal(-1))),
)
ORDER = f.OrderRecorded(
    at=datetime(2026, 11, 1, tzinfo=UTC), goal="maintenance", dose_mg_per_kg=MgPerKg("0.5"),
    duration_min=Minutes(47), ordered_on=date(2026, 11, 18), expires_on=date(2027, 2, 13),
    evaluated_on=date(2026, 10, 9), ceiling_mg=Mg("43.25"),
    prescriber=f.Prescriber(name="Dr A. Okafor", phone="602 555 0188", credential="MD"),
    start_rate_mg_kg_h=MgPerKgPerHour("0.35"), highest_rate_mg_kg_h=MgPerKgPerHour("0.625"),
    weight_basis="adjusted", weight_formula="devine", dosing_weight_kg=Kg("71.25"),
    strength_mg_per_ml=MgPerMl("1.625"), diluent="5 % glucose",
    bolus_allowed=True, bolus_max_mg_per_kg=MgPerKg("0.125"), limits=LIMITS,
    titration=(
        f.TitrationStep(
            after_min=Minutes(23), rate_mg_kg_h=MgPerKgPerHour("0.275"),
            condition="pain over 6 and awake",
        ),
    ),
    priming=f.LinePriming(fluid="drug", volume_ml=Ml("11.5")),
    monitoring=f.MonitoringPlan(
        vitals_every_min=8, observe_min=Minutes(95), continuous=("spo2", "etco2")
    ),
    adjuncts=(
        f.Adjunct(
            kind="magnesium", what="magnesium sulfate", dose="1.25", unit="g", route="IV",
            over_min=Minutes(17), note="before the start",
        ),
        f.Adjunct(kind="nerve-block", what="occipital block", where="elsewhere"),
    ),
    prn=(
        f.PrnOrder(
            medicine="ondansetron", dose="4.5", unit="mg", route="IM", indication="retching",
            most_doses=3, interval_min=Minutes(45),
        ),
    ),
    received="telephone", read_back=True, note="call before the second bolus", series_number=4,
    series_of=9,
)  # fmt: skip
PAST = f.PastInfusion(
    visit="KC-88", on=date(2026, 10, 4), goal="prevention",
    started_at=datetime(2026, 10, 4, 15, 41, tzinfo=UTC),
    ended_at=datetime(2026, 10, 4, 16, 53, tzinfo=UTC), delivered_mg=Mg("22.125"),
    dosing_weight_kg=Kg("82.6"), delivered_mg_per_kg=MgPerKg("0.268"), pain_start=7, pain_end=3,
    pain_24h=4, pain_48h=6, headache_days=17,
    scales=(f.PastScale(scale="hit-6", total=61),),
    worst_effect="nausea", worst_grade=2, stop_reason="pump battery", series_number=3,
    charted="not-signed",
)  # fmt: skip


def every_fact(at, now, *, last_id):
    """Facts of every kind that is not among the stories' own; ``last_id`` is some entry."""
    return (
        f.WeightMeasured(
            at=at, weight_kg=Kg("83.4"), read_lb=Decimal("183.9"), how="stated", confirmed=True,
            last_weight_kg=Kg("80.7"),
        ),
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
            tried=("left forearm",),
        ),
        f.AccessChecked(at=at, grade=2, patent=False, note="red and warm"),
        f.RateSet(at=at, rate_ml_h=MlPerHour("19.125"), reason="pain-not-better"),
        f.BagChanged(at=at, bag="B7", strength_mg_per_ml=MgPerMl("1.75"), volume_ml=Ml("44.4")),
        f.BolusGiven(at=at, amount_mg=Mg("2.125"), reason="pain", despite="prescriber on phone"),
        f.PumpRead(at=at, volume_ml=Ml("1.875")),
        f.VitalsTaken(
            at=at, systolic=151, diastolic=93, heart_rate=97, respiratory_rate=17, spo2=94,
            etco2=41, temperature_c=Decimal("37.9"), pain=6, nausea=4, dissociation=7, rass=-2,
            moaas=3, oxygen_l_min=Decimal("2.5"), oriented=3, source="device", confirmed=True,
            by_sign=(f.SignSource(sign="pain", source="stated"),),
            note="read twice on the other arm",
        ),
        f.VitalsMissed(at=at, reason="patient in the bathroom", due_at=at - timedelta(minutes=4)),
        f.EffectNoted(
            at=at, effect="rash", grade=3, standard="CTCAE v6.0", note="on both arms",
        ),
        f.MedicineGiven(
            at=at, medicine="midazolam", dose=Decimal("1.25"), unit="mg", route="IM",
            over_min=Minutes(3),
            indication="anxiety", against="telephone-order", lot="MZ-77", despite="drowsy already",
        ),
        f.FluidGiven(at=at, fluid="Ringer's", volume_ml=Ml("125"), route="oral"),
        f.ResponseNoted(at=at, entry=last_id, response="calmer within 4 min"),
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
        f.NurseRecorded(
            at=at, staff_id="zz", name="Zoe Quill", credential="NP", licence="L-554",
            licence_state="NV", licence_expires=date(2027, 5, 6), phone="602 555 0144",
            role="supervisor",
        ),
        f.PastRecorded(at=at, infusions=(PAST, replace(PAST, visit="KC-89")), visits_here=6),
        f.InfusionElsewhere(
            at=at, told_by="letter of a clinic", infusion=replace(PAST, charted="elsewhere"),
        ),
        f.IdentityConfirmed(at=at, identifiers=("name", "mrn"), said_by="his sister"),
        f.OverrideAuthorised(
            at=at, about="fasting", by="Dr C. Wu", phone="602 555 0133", read_back=True,
            reason="tea only", condition="pause at 161",
        ),
        f.ScreeningConcluded(at=at, verdict="no-go", reasons=("too soon",), edition="7 of May"),
        f.VialTaken(
            at=at, vial="V8", strength_mg_per_ml=MgPerMl("12.5"), volume_ml=Ml("21.5"), lot="LT-9",
            expires=date(2028, 3, 2), seal="S-771", ndc="42023-113-77",
        ),
        f.BagPrepared(
            at=at, bag="B8", vial="V8", drawn_ml=Ml("3.125"), total_ml=Ml("102.5"),
            method="withdrawn-first", bag_ml=Ml("101.5"), use_by=at + timedelta(hours=7),
            diluent="Plasma-Lyte", label_written=True, confirmed=True,
        ),
        f.LineFlushed(at=at, volume_ml=Ml("9.25"), fluid="heparin lock"),
        f.PumpChecked(
            at=at, reader="second-person", reader_name="Kofi Osei", rate_ml_h=MlPerHour("13.375"),
            volume_ml=Ml("14.25"), strength_mg_per_ml=MgPerMl("1.375"), drops_per_ml=61,
        ),
        f.InfusionStarted(
            at=at, rate_ml_h=MlPerHour("14.875"), strength_mg_per_ml=MgPerMl("1.525"),
            volume_ml=Ml("96.5"), pump="PU-993", by="gravity", drops_per_ml=62,
            despite="no second cannula",
        ),
        f.InfusionPaused(
            at=at, reasons=("cough",), pump_volume_ml=Ml("2.375"), note="window opened",
        ),
        f.InfusionResumed(at=at, rate_ml_h=MlPerHour("12.125"), reason="cough gone"),
        f.BagChanged(at=at, bag="B9", pump_volume_ml=Ml("2.875"), pump_cleared=True),
        f.BolusGiven(at=at, volume_ml=Ml("0.875"), reason="more pain", confirmed=True),
        f.MeasureTaken(
            at=at, measures=("music", "oxygen"), effect="anxiety", oxygen_l_min=Decimal("2.5"),
            note="harp on the phone",
        ),
        f.DrugWasted(
            at=at, amount_mg=Mg("1.375"), source="V8", how="pouch 3", witness_mode="none",
            sealed_bag="SB-415", why_none="nobody at home", confirmed=True,
        ),
        f.DrugWasted(
            at=at, amount_mg=Mg("1.625"), source="B8", how="pouch 4", witness="Dana Fox",
            witness_role="LPN 4471", witness_mode="by-phone", witness_code="7713",
            call_back="602 555 0101",
        ),
        f.DrugReturned(at=at, amount_mg=Mg("1.875"), source="B8", seal="S-902", confirmed=True),
        f.AccessRemoved(at=at, catheter_whole=False, site_dry=False, note="tip sent along"),
        f.HandoutGiven(at=at, language="es", to=("patient", "adult")),
        f.FollowUpPlanned(at=at, due_at=at + timedelta(hours=21), about="sleep and mood"),
        f.MomentMarked(at=at, word="shiver"),
        f.MomentTold(at=at, mark=last_id, entry=last_id, reason="blanket slid off"),
        f.InfusionStopped(
            at=at, reason="doorbell", pump_volume_ml=Ml("7.625"), note="pump beeped",
        ),
        f.EntryStruck(at=at, entry=last_id, reason="wrong column", replaced_by="nobody"),
        f.InkDeclined(at=now, role="adult", name="Abena Osei", reason="hand hurt and shaking"),
        f.InkSigned(at=now, role="witness", name="K. Osei", meaning="saw it", strokes=(((1, 1),),)),
        f.FindingExplained(at=now, finding="no-follow-up", reason="family calls us"),
        f.ScreeningAnswered(
            at=at, item="heart-angina", answer="ask", note="twinge last week",
            dated=date(2026, 11, 17),
        ),
        f.VisitTimed(at=at, what="arrived"),
        f.ClockCompared(at=at, device="pump", name="P-7", showed=at + timedelta(minutes=7)),
        f.KitChecked(
            at=at, lines=(
                f.KitLine(item="oxygen", present=False, note="cylinder 11 bar"),
                f.KitLine(item="naloxone", present=True, expires=date(2027, 1, 29)),
            ),
        ),
        f.HomeChecked(
            at=at, hospital="Valley Medical", travel_min=26, address_read=True, phone="weak",
            light="bright", noise="some", pets="parrot in the hall", children="one, with granny",
            others_out=False,
            note="nine stairs",
        ),
        f.MedicinesListed(
            at=at, medicines=(
                f.HomeMedicine(
                    name="clonazepam", dose="0.75 mg at night", last=at - timedelta(hours=13)
                ),
            ),
        ),
        f.MedicinesListed(at=at, none=True),
        f.HistoryTaken(
            at=at, headache_days=19, worst_pain=9, acceptable_pain=3, note="sleeps badly",
            tried=(f.Tried(name="rizatriptan 10 mg", outcome="not-tolerated"),),
        ),
        f.SymptomsNoted(
            at=at, light="severe", sound="moderate", vomiting=True, aura=True, note="brain fog",
        ),
        f.ScaleScored(
            at=at, scale="hit-6", total=63, answers=(13, 11), asked_in="es",
            filled_on=date(2026, 11, 14), note="A 12, B 7",
        ),
        f.TimeOutHeld(
            at=at, steps=("identity",), open=("label",), aloud_with="Abena Osei",
        ),
        f.AlertSnoozed(at=at, alert="vitals-overdue", for_min=4, reason="asleep, breathing calm"),
        f.LaptopSlept(at=at, for_s=754),
        f.ChartReopened(at=at, closed_at=at - timedelta(minutes=3), how="ended"),
        f.PowerNoted(at=at, what="battery", words="battery 13 %, not charging"),
        f.PaperKept(
            at=at, until=at + timedelta(minutes=2), why="battery", note="the charger was in the car"
        ),
        f.SheetMade(at=at, sheet="ems", language="es", sha256="c0ffee" + "ab" * 29),
        f.AddendumWritten(
            at=now, about="follow-up", text="slept well, rested on Monday", entry=last_id,
            due_at=at + timedelta(hours=23), spoke_with="adult", pain=2, worst_pain=5,
            headache="yes", effects=(f.EffectAfter(effect="headache", grade=1),), urine="yes",
            thoughts="no", answers="q-17", question="Was the cuff on the arm with the line?",
            escalated="told Dr Chen of the urine", next_at=at + timedelta(hours=47),
            meaning="I made this call", signer="ja", certificate="cd" * 32, version=3,
        ),
        f.CriterionJudged(at=now, criterion="gait", met=False, note="sways when turning"),
        f.PatientReleased(
            at=now, outcome="against-advice", to="sister", reason="wants to go",
            explained=("still-acting", "call-911"), ready_at=now - timedelta(minutes=11),
        ),
        f.VisitSigned(
            at=now, meaning="I gave this care", signer="ja", certificate="ab" * 32, version=2,
            incomplete="the crew took the pump along",
        ),
    )  # fmt: skip

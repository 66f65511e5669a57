"""A clumsy nurse with a made-up patient: random acts, most of them possible, some absurd."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from ketachart import charting
from ketachart.charting import NewClinic
from ketachart.domain import facts as f
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
from ketachart.errors import Refused
from tests.domain.random_day import in_the_day
from tests.domain.random_door import at_the_door
from tests.helpers.story import Story

ODD = ("0", "-1", "0.000000001", "999999999", "123456.789")
RATES = ("5", "17.1", "18.5", "0", "42.5", "171")
VOLUMES = ("0.5", "3.42", "10", "17.1", "50", "100")
MG = ("1", "2.125", "17.4", "34.2", "165.8", "200")
LENGTHS = (0, 0, 1, 20, 61, 300, 900, 3600)
STEPS = (-7200, -61, 61, 3600)
SOURCES = ("B1", "B2", "V1", "V2")
PASSPHRASE = "lantern harbour violet"


def practice_clinic(place, clock):
    """A new clinic's ledger in that folder, open, with the nurse who will be clumsy."""
    register = Story().patient().order().visit()
    new = NewClinic(
        clinic=register.clinic, nurse=register.nurse, passphrase=PASSPHRASE, practice=True
    )
    return charting.create(place, new, clock)


def an_order(dice):
    """One of the orders that a prescriber might write."""
    told = {
        "goal": dice.choice(("acute-migraine", "prevention", "induction", "ptsd")),
        "dose_mg_per_kg": MgPerKg(dice.choice(("0.2", "0.5", "1"))),
        "duration_min": Minutes(dice.choice((40, 60, 240))),
        "ceiling_mg": dice.choice((None, Mg(30), Mg(50))),
        "highest_rate_mg_kg_h": dice.choice((None, MgPerKgPerHour("0.6"))),
        "strength_mg_per_ml": dice.choice((None, MgPerMl(2))),
        "priming": dice.choice((None, f.LinePriming(fluid="drug", volume_ml=Ml(12)))),
        "monitoring": dice.choice((None, f.MonitoringPlan(vitals_every_min=5))),
        "titration": dice.choice(
            (
                (),
                (
                    f.TitrationStep(
                        after_min=Minutes(20), rate_mg_kg_h=MgPerKgPerHour("0.5"), condition="calm"
                    ),
                ),
            )
        ),
    }
    return told | dice.choice(
        (
            {},
            {"bolus_allowed": True, "bolus_max_mg_per_kg": MgPerKg("0.25")},
            {"weight_basis": "adjusted", "weight_formula": "devine"},
            {"weight_basis": "ideal", "dosing_weight_kg": Kg(60)},
        )
    )


class Nurse:
    """Does one thing after the other in a real visit, and remembers what was refused."""

    def __init__(self, office, clock, dice, *, name):
        self.clock, self.dice = clock, dice
        told = Story().patient(mrn=name).order(**an_order(dice)).visit()
        self.room = office.new_visit(new_visit(told, clock.now()))
        self.refused = []

    def act(self):
        """One random act through the door; a refusal is kept, anything else is a fault."""
        before = self.room.visit
        try:
            self.dice.choice(ACTS)(self)
        except Refused as refusal:
            self.refused.append(refusal)
            kept = [e for e in self.room.visit.entries if not isinstance(e.fact, f.ClockStepped)]
            same = [e for e in before.entries if not isinstance(e.fact, f.ClockStepped)]
            assert kept == same

    # ------------------------------------------------ what is typed

    def number(self, usual):
        return self.dice.choice(ODD if self.dice.random() < 0.04 else usual)

    def perhaps(self, value):
        return self.dice.choice((None, value))

    def words(self, *usual):
        return self.dice.choice(("", *usual))

    def when(self):
        """Now, or some time ago as a late entry."""
        late = self.dice.random() < 0.2
        return self.room.now() - timedelta(minutes=self.dice.randint(1, 90) if late else 0)

    def record(self, kind, **values):
        return self.room.record(kind(at=self.when(), **values))

    # ------------------------------------------------ what is done

    def time_passes(self):
        self.clock.pass_time(timedelta(seconds=self.dice.choice(LENGTHS)))

    def clock_steps(self):
        self.clock.set_wall(self.clock.now() + timedelta(seconds=self.dice.choice(STEPS)))

    def weight(self):
        how = self.dice.choice(("measured", "stated"))
        kg = Kg(self.number(("68.4", "92", "150.75")))
        self.record(f.WeightMeasured, weight_kg=kg, how=how, confirmed=self.dice.random() < 0.5)

    def height(self):
        cm = Decimal(self.number(("165", "182.5")))
        self.record(f.HeightMeasured, height_cm=cm, confirmed=self.dice.random() < 0.5)

    def vial(self):
        strength = self.dice.choice(("10", "50", "100"))
        self.record(
            f.VialTaken, vial=self.dice.choice(("V1", "V2", "V3")),
            strength_mg_per_ml=MgPerMl(strength), volume_ml=Ml(self.number(("20", "10", "5"))),
            lot="L1", expires=self.dice.choice((date(2027, 8, 31), date(2026, 1, 1))),
            seal=self.words("S-1"),
        )  # fmt: skip

    def bag(self):
        drawn, held = Ml(self.number(VOLUMES)), Ml(self.number(("17.1", "50", "100")))
        method = self.dice.choice(("made-up-to", "added-to", "withdrawn-first"))
        made = held + drawn if method == "added-to" else held
        self.record(
            f.BagPrepared, bag=self.dice.choice(("B1", "B2")), vial=self.dice.choice(SOURCES[2:]),
            drawn_ml=drawn, total_ml=made, method=method,
            bag_ml=None if method == "made-up-to" else held,
            use_by=self.perhaps(self.room.now() + timedelta(hours=2)),
        )  # fmt: skip

    def check(self):
        self.record(
            f.PumpChecked, reader="same-nurse", rate_ml_h=MlPerHour(self.number(RATES)),
            volume_ml=Ml(self.number(VOLUMES)),
            strength_mg_per_ml=MgPerMl(self.number(("2", "10"))),
            drops_per_ml=self.dice.choice((None, None, 20, 60)),
        )  # fmt: skip

    def start(self):
        gravity = self.dice.random() < 0.15
        self.record(
            f.InfusionStarted, rate_ml_h=MlPerHour(self.number(RATES)),
            strength_mg_per_ml=self.perhaps(MgPerMl("2")), volume_ml=self.perhaps(Ml("17.1")),
            despite=self.words("told to"), by="gravity" if gravity else "pump",
            drops_per_ml=self.dice.choice((20, 60)) if gravity else None,
        )  # fmt: skip

    def rate(self):
        self.record(
            f.RateSet, rate_ml_h=MlPerHour(self.number(RATES)), confirmed=self.dice.random() < 0.7,
            reason=self.words("pain-not-better", "patient calm, pain 7"),
        )  # fmt: skip

    def pause(self):
        volume = self.perhaps(Ml(self.number(VOLUMES)))
        self.record(f.InfusionPaused, reasons=("nausea",), pump_volume_ml=volume)

    def resume(self):
        rate = MlPerHour(self.number(RATES))
        self.record(f.InfusionResumed, rate_ml_h=rate, reason=self.words("better"), confirmed=True)

    def stop(self):
        self.record(
            f.InfusionStopped, reason=self.dice.choice(("complete", "patient asked")),
            pump_volume_ml=self.perhaps(Ml(self.number(VOLUMES))),
        )  # fmt: skip

    def bolus(self):
        mg, ml = self.perhaps(Mg(self.number(MG))), self.perhaps(Ml(self.number(VOLUMES)))
        self.record(
            f.BolusGiven, amount_mg=mg, volume_ml=ml, despite=self.words("told to"),
            confirmed=self.dice.random() < 0.7,
        )  # fmt: skip

    def change_bag(self):
        self.record(
            f.BagChanged, bag=self.words("B2", "B9"), strength_mg_per_ml=self.perhaps(MgPerMl("1")),
            volume_ml=self.perhaps(Ml("50")), pump_volume_ml=self.perhaps(Ml("4")),
            pump_cleared=self.dice.random() < 0.3,
        )  # fmt: skip

    def read_pump(self):
        self.record(f.PumpRead, volume_ml=Ml(self.number(VOLUMES)))

    def waste(self):
        self.record(
            f.DrugWasted, amount_mg=Mg(self.number(MG)), source=self.dice.choice(SOURCES),
            how="pouch", witness_mode=self.dice.choice(("in-person", "none")), witness="Marco",
            sealed_bag="none", why_none=self.words("alone"), confirmed=self.dice.random() < 0.3,
        )  # fmt: skip

    def give_back(self):
        self.record(
            f.DrugReturned, amount_mg=Mg(self.number(MG)), source=self.dice.choice(SOURCES),
            seal="R-1", confirmed=self.dice.random() < 0.3,
        )  # fmt: skip

    def break_it(self):
        mg = Mg(self.number(MG))
        self.record(f.DrugBroken, amount_mg=mg, source=self.dice.choice(SOURCES), how="fell")

    def vitals(self):
        whole = self.dice.randint
        self.record(
            f.VitalsTaken, systolic=whole(90, 190), diastolic=whole(50, 89), spo2=whole(88, 100),
            heart_rate=whole(40, 130), pain=whole(0, 10), respiratory_rate=whole(8, 20),
            rass=whole(-3, 1), confirmed=True,
        )  # fmt: skip

    def effect(self):
        self.record(f.EffectNoted, effect="nausea", grade=self.dice.randint(0, 3))

    def medicine(self):
        self.record(
            f.MedicineGiven, medicine=self.dice.choice(("ondansetron", "midazolam")),
            dose=Decimal(self.number(("4", "1"))), unit="mg", despite=self.words("told to"),
            against=self.dice.choice(("prn-order", "emergency")),
        )  # fmt: skip

    def told_of_another(self):
        on = self.dice.choice((date(2026, 11, 22), date(2026, 11, 20), date(2024, 2, 29)))
        one = f.PastInfusion(on=on, delivered_mg=self.perhaps(Mg(self.number(MG))), worst_grade=2,
                             worst_effect="nausea")  # fmt: skip
        self.record(f.InfusionElsewhere, infusion=one, told_by="letter")

    def mark(self):
        self.record(f.MomentMarked, word=self.words("shiver"))

    def tell_mark(self):
        marks = self.room.visit.of(f.MomentMarked)
        if marks:
            entry = self.dice.choice(("", self.dice.choice(self.room.visit.entries).id))
            self.record(
                f.MomentTold, mark=self.dice.choice(marks).id, entry=entry,
                reason=self.words("nothing"),
            )  # fmt: skip

    def strike(self):
        entry = self.dice.choice(self.room.visit.entries)
        self.room.strike(entry.id, self.dice.choice(("slip", "slip", "")))

    def correct(self):
        entry = self.dice.choice(self.room.visit.entries[7:] or self.room.visit.entries)
        moved = replace(entry.fact, at=entry.at - timedelta(minutes=self.dice.randint(0, 9)))
        self.room.correct(entry.id, moved, "other minute")

    def correct_to_another_kind(self):
        entry = self.dice.choice(self.room.visit.entries)
        self.room.correct(entry.id, f.NoteWritten(at=self.room.now(), text="x"), "slip")


def new_visit(told, now):
    """What the office opens, from a story's patient and order."""
    from ketachart.charting import NewVisit

    today = now.date()
    order = replace(told.order, ordered_on=today, evaluated_on=today)
    return NewVisit(patient=told.patient, order=order, zone="America/Phoenix", practice=False)


ACTS = [
    *[Nurse.time_passes] * 8, Nurse.clock_steps, *[Nurse.weight] * 2, Nurse.height,
    *[Nurse.vial] * 3, *[Nurse.bag] * 3, Nurse.check, *[Nurse.start] * 4, *[Nurse.rate] * 4,
    *[Nurse.pause] * 3, *[Nurse.resume] * 3, Nurse.stop, *[Nurse.bolus] * 2,
    *[Nurse.change_bag] * 2, *[Nurse.read_pump] * 2, *[Nurse.waste] * 3, Nurse.give_back,
    Nurse.break_it, *[Nurse.vitals] * 2, Nurse.effect, Nurse.medicine, Nurse.told_of_another,
    Nurse.mark, Nurse.tell_mark, *[Nurse.strike] * 2, *[Nurse.correct] * 2,
    Nurse.correct_to_another_kind, *[at_the_door] * 2,
    *[in_the_day] * 6,
]  # fmt: skip

"""A visit told in minutes, folded without a ledger: for tests of the rules."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.domain.visit import Entry, Visit, fold

PHOENIX = timezone(timedelta(hours=-7))
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=PHOENIX)


class Story:
    """Says what happened, minute by minute; every method answers the story itself."""

    def __init__(self, start=NOON, **protocol):
        self.start = start
        self.entries = []
        self.tell(f.ClinicRecorded(at=start, name="Clinic", phone="1", state="AZ", zone=""))
        self.tell(
            f.NurseRecorded(
                at=start,
                staff_id="ja",
                name="Julia Alvarez",
                credential="RN",
                licence="1",
                licence_state="AZ",
                licence_expires=(start + timedelta(days=300)).date(),
            )
        )
        shipped = house.shipped_protocol()
        self.tell(f.ProtocolAdopted(at=start, protocol=protocol.get("protocol", shipped)))

    def at(self, minute):
        """A minute of the story as a time."""
        return self.start + timedelta(seconds=round(minute * 60))

    def tell(self, fact, *, recorded=None, entry_id=None):
        """Any fact, as the next entry."""
        self.entries.append(
            Entry(
                number=len(self.entries) + 1,
                id=entry_id or f"e{len(self.entries) + 1}",
                author="ja",
                recorded_at=fact.at if recorded is None else self.at(recorded),
                elapsed=timedelta(),
                session="s",
                fact=fact,
            )
        )
        return self

    def patient(self, **values):
        told = {
            "mrn": "1",
            "given_name": "Elena",
            "family_name": "Rivera",
            "birth_date": datetime(1986, 3, 14, tzinfo=UTC).date(),
            "sex": "F",
            "no_known_allergies": True,
        }
        return self.tell(f.PatientRecorded(at=self.start, **{**told, **values}))

    def order(self, **values):
        told = {
            "goal": "acute-migraine",
            "dose_mg_per_kg": MgPerKg("0.5"),
            "duration_min": Minutes(60),
            "prescriber": f.Prescriber(name="Dr A. Okafor", phone="2"),
            "ordered_on": self.start.date(),
            "evaluated_on": self.start.date(),
        }
        return self.tell(f.OrderRecorded(at=self.start, **{**told, **values}))

    def weight(self, kg, minute=0, **values):
        return self.tell(f.WeightMeasured(at=self.at(minute), weight_kg=Kg(kg), **values))

    def vial(self, strength="10", ml="20", name="V1", minute=0, **values):
        told = {"lot": "L", "expires": (self.start + timedelta(days=99)).date(), **values}
        return self.tell(
            f.VialTaken(
                at=self.at(minute),
                vial=name,
                strength_mg_per_ml=MgPerMl(strength),
                volume_ml=Ml(ml),
                **told,
            )
        )

    def bag(self, drawn, total, minute=0, name="B1", vial="V1"):
        return self.tell(
            f.BagPrepared(
                at=self.at(minute), bag=name, vial=vial, drawn_ml=Ml(drawn), total_ml=Ml(total)
            )
        )

    def start_pump(self, minute, rate, strength=None, volume=None, **values):
        return self.tell(
            f.InfusionStarted(
                at=self.at(minute),
                rate_ml_h=MlPerHour(rate),
                strength_mg_per_ml=None if strength is None else MgPerMl(strength),
                volume_ml=None if volume is None else Ml(volume),
                **values,
            )
        )

    def rate(self, minute, rate, **values):
        return self.tell(f.RateSet(at=self.at(minute), rate_ml_h=MlPerHour(rate), **values))

    def pause(self, minute, **values):
        return self.tell(f.InfusionPaused(at=self.at(minute), **values))

    def resume(self, minute, rate, **values):
        return self.tell(f.InfusionResumed(at=self.at(minute), rate_ml_h=MlPerHour(rate), **values))

    def stop(self, minute, pump=None, **values):
        return self.tell(
            f.InfusionStopped(
                at=self.at(minute),
                reason=values.pop("reason", "complete"),
                pump_volume_ml=None if pump is None else Ml(pump),
                **values,
            )
        )

    def bolus(self, minute, mg):
        return self.tell(f.BolusGiven(at=self.at(minute), amount_mg=Mg(mg)))

    def bp(self, minute, systolic, diastolic, **values):
        return self.vitals(minute, systolic=systolic, diastolic=diastolic, **values)

    def vitals(self, minute, *, recorded=None, **values):
        if "temperature_c" in values:
            values["temperature_c"] = Decimal(values["temperature_c"])
        return self.tell(f.VitalsTaken(at=self.at(minute), **values), recorded=recorded)

    def full(self, minute, systolic=124, diastolic=76, **values):
        told = {
            "heart_rate": 78, "spo2": 98, "respiratory_rate": 14, "pain": 5, "nausea": 0,
            "dissociation": 0, "rass": 0, "oriented": 4,
        }  # fmt: skip
        return self.bp(minute, systolic, diastolic, **{**told, **values})

    def effect(self, minute, effect, grade):
        return self.tell(f.EffectNoted(at=self.at(minute), effect=effect, grade=grade))

    def strike(self, entry_id, reason="slip", replaced_by=""):
        return self.tell(
            f.EntryStruck(
                at=self.entries[-1].at, entry=entry_id, reason=reason, replaced_by=replaced_by
            )
        )

    @property
    def last_id(self):
        """The id of the entry told last."""
        return self.entries[-1].id

    def visit(self) -> Visit:
        """Everything told so far, folded."""
        return fold(self.entries)

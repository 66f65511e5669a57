"""What a visit stands on: clinic, nurse, patient, order and the clinic's protocol.

A visit keeps its own copy of each, so that a later change of address, licence or policy never
alters a visit that is done (architecture.md, section 5, rule 9).
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.policy import Limit
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
)
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicRecorded(Fact):
    """The clinic under whose authority the visit is made."""

    KIND: ClassVar[str] = "clinic-recorded"

    name: Annotated[str, Says("The clinic's name.")]
    phone: Annotated[str, Says("The number patients call, day or night.")]
    address: Annotated[str, Says("Street, town, state.")] = ""
    state: Annotated[str, Says("The state whose rules apply, two letters.", "AZ")] = ""
    zone: Annotated[str, Says("IANA time zone of the visits.", "America/Phoenix")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseRecorded(Fact):
    """A person who charts or reviews, with the licence that allows it."""

    KIND: ClassVar[str] = "nurse-recorded"

    staff_id: Annotated[str, Says("The clinic's short id of this person.", "ja")]
    name: Annotated[str, Says("Full name as on the licence.")]
    credential: Annotated[str, Says("Letters after the name.", "RN")]
    licence: Annotated[str, Says("Licence number.")]
    licence_state: Annotated[str, Says("The state that issued it, two letters.", "AZ")] = ""
    licence_expires: Annotated[date | None, Says("The last day on which it is valid.")] = None
    phone: Annotated[str, Says("Where a dispatcher can call back.")] = ""
    role: Annotated[Literal["nurse", "supervisor"], Says("What this person does here.")] = "nurse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allergy:
    """A substance and what it did."""

    substance: Annotated[str, Says("What the patient reacts to.", "penicillin")]
    reaction: Annotated[str, Says("What happened.", "anaphylaxis")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecorded(Fact):
    """Who the patient is, and what they must not be given."""

    KIND: ClassVar[str] = "patient-recorded"

    mrn: Annotated[str, Says("Medical record number.")]
    given_name: Annotated[str, Says("First and middle names.")]
    family_name: Annotated[str, Says("Family name.")]
    birth_date: Annotated[date, Says("Date of birth.")]
    sex: Annotated[Literal["F", "M", "X"], Says("Sex as recorded: F, M or X.")]
    address: Annotated[str, Says("Where the visit is, as read out to a 911 dispatcher.")] = ""
    phone: Annotated[str, Says("The patient's phone.")] = ""
    access: Annotated[str, Says("Gate, bell, floor, pets.")] = ""
    allergies: Annotated[tuple[Allergy, ...], Says("Known allergies.")] = ()
    no_known_allergies: Annotated[
        bool, Says("True only when the patient was asked and named none.")
    ] = False

    @property
    def full_name(self) -> str:
        """The name as it is spoken."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def listed_name(self) -> str:
        """The name as a list sorts it."""
        return f"{self.family_name}, {self.given_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    """Who ordered it, and how to reach them."""

    name: Annotated[str, Says("Full name.", "Dr A. Okafor")]
    phone: Annotated[str, Says("The number that was tried before the start.")] = ""
    credential: Annotated[str, Says("MD, DO, APRN …")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrnOrder:
    """A medicine that may be given if needed, and only within this."""

    medicine: Annotated[str, Says("Generic name, lower case.", "ondansetron")]
    dose: Annotated[str, Says("Amount of one dose, decimal, without its unit.", "4")]
    unit: Annotated[str, Says("Unit of the dose.", "mg")]
    route: Annotated[str, Says("Route.", "IV")] = "IV"
    indication: Annotated[str, Says("What it is for.", "nausea")] = ""
    most_doses: Annotated[int, Says("How many doses at most in this visit.")] = 1
    interval_min: Annotated[Minutes | None, Says("Least time between two doses, minutes.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecorded(Fact):
    """The prescriber's order for this infusion. The application checks it and never changes it."""

    KIND: ClassVar[str] = "order-recorded"

    goal: Annotated[
        Literal[
            "acute-migraine", "prevention", "induction", "maintenance", "booster",
            "depression", "ptsd", "anxiety", "chronic-pain",
        ],
        Says("What the infusion is for."),
    ]  # fmt: skip
    dose_mg_per_kg: Annotated[MgPerKg, Says("Ordered dose, mg per kg of body weight.", "0.5")]
    duration_min: Annotated[Minutes, Says("Over how long, minutes.", "120")]
    prescriber: Annotated[Prescriber, Says("Who ordered it.")]
    ordered_on: Annotated[date, Says("The day of the order.")]
    expires_on: Annotated[date | None, Says("Its last valid day; else the protocol's age.")] = None
    ceiling_mg: Annotated[Mg | None, Says("Never more than this in one visit, mg.")] = None
    start_rate_mg_kg_h: Annotated[
        MgPerKgPerHour | None, Says("First dose rate, mg/kg/h; else dose over duration.")
    ] = None
    highest_rate_mg_kg_h: Annotated[
        MgPerKgPerHour | None, Says("Highest dose rate allowed, mg/kg/h.")
    ] = None
    weight_basis: Annotated[
        Literal["actual", "ideal", "adjusted"], Says("Which weight the dose is worked on.")
    ] = "actual"
    dosing_weight_kg: Annotated[
        Kg | None, Says("The weight to dose on, kg, when it is not the actual one.")
    ] = None
    strength_mg_per_ml: Annotated[
        MgPerMl | None, Says("Strength of the bag or syringe, mg/mL; else the protocol's.")
    ] = None
    diluent: Annotated[str, Says("What it is made up with.")] = "0.9 % saline"
    bolus_allowed: Annotated[bool, Says("Whether a bolus may be given at all.")] = False
    bolus_max_mg_per_kg: Annotated[MgPerKg | None, Says("Largest bolus, mg/kg, inclusive.")] = None
    prn: Annotated[tuple[PrnOrder, ...], Says("Medicines that may be given if needed.")] = ()
    limits: Annotated[
        tuple[Limit, ...], Says("Hold and stop limits that replace the protocol's.")
    ] = ()
    evaluated_on: Annotated[date | None, Says("The day the prescriber evaluated the patient.")] = (
        None
    )
    series_number: Annotated[int | None, Says("Which infusion of the series this is.")] = None
    series_of: Annotated[int | None, Says("How many infusions the series has.")] = None
    received: Annotated[
        Literal["signed", "telephone"], Says("How the order reached the clinic.")
    ] = "signed"
    read_back: Annotated[bool, Says("A telephone order was read back.")] = False
    note: Annotated[str, Says("Anything else the prescriber wrote.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolAdopted(Fact):
    """The clinic's protocol in force at this visit, whole; later editions do not touch it."""

    KIND: ClassVar[str] = "protocol-adopted"

    protocol: Annotated[Protocol, Says("Every limit, interval and wording, with its source.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOpened(Fact):
    """The nurse opened the chart of this visit."""

    KIND: ClassVar[str] = "visit-opened"

    visit: Annotated[str, Says("The visit's number, unique in the clinic.", "KC-004182-07")]
    zone: Annotated[str, Says("IANA time zone at the patient's home.")] = ""
    program: Annotated[str, Says("The KetaChart that opened it.")] = ""
    practice: Annotated[bool, Says("A made-up patient; marked PRACTICE everywhere.")] = False

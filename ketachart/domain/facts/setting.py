"""What a visit stands on: clinic, nurse, patient and the clinic's protocol.

A visit keeps its own copy of each, so that a later change of address, licence or policy never
alters a visit that is done (architecture.md, section 5, rule 9).
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.protocol import Protocol
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
    language: Annotated[Literal["en", "es"], Says("The language in which the patient reads.")] = (
        "en"
    )
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
class ProtocolAdopted(Fact):
    """The clinic's protocol in force at this visit, whole; later editions do not touch it."""

    KIND: ClassVar[str] = "protocol-adopted"

    protocol: Annotated[Protocol, Says("Every limit, interval and wording, with its source.")]
    reason: Annotated[
        str, Says("Why this edition replaced the one before; empty for the first one.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOpened(Fact):
    """The nurse opened the chart of this visit."""

    KIND: ClassVar[str] = "visit-opened"

    visit: Annotated[str, Says("The visit's number, unique in the clinic.", "KC-004182-07")]
    zone: Annotated[str, Says("IANA time zone at the patient's home.")] = ""
    program: Annotated[str, Says("The KetaChart that opened it.")] = ""
    practice: Annotated[bool, Says("A made-up patient; marked PRACTICE everywhere.")] = False
    plan: Annotated[str | None, Says("Id of the clinic's plan that it was opened from.")] = None

"""At the door and before the drug: times of the visit, clocks, kit, home, history, time-out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTimed(Fact):
    """The nurse set out, arrived, or left; the last of each counts."""

    KIND: ClassVar[str] = "visit-timed"

    what: Annotated[Literal["set-out", "arrived", "left"], Says("Which moment.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCompared(Fact):
    """What another clock showed at the chart's time ``at``; its offset is worked out."""

    KIND: ClassVar[str] = "clock-compared"

    device: Annotated[
        Literal["nurse", "pump", "monitor", "other"], Says("Whose clock: the nurse's watch is one.")
    ]
    name: Annotated[str, Says("Which one, where there are several.")] = ""
    showed: Annotated[datetime, Says("What it showed, to the minute, with its offset.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLine:
    """One item of the kit as it was found."""

    item: Annotated[str, Says("Code of the item in the protocol.", "oxygen")]
    present: Annotated[bool, Says("It is there and works.")]
    expires: Annotated[date | None, Says("Its expiry, where it has one.")] = None
    note: Annotated[str, Says("Pressure of the cylinder, self-test, what is wrong.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitChecked(Fact):
    """The kit was looked through; the last check of an item counts."""

    KIND: ClassVar[str] = "kit-checked"

    lines: Annotated[tuple[KitLine, ...], Says("Every item that was looked at.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeChecked(Fact):
    """The home as a place to work in, and the way out of it in an emergency."""

    KIND: ClassVar[str] = "home-checked"

    hospital: Annotated[str, Says("The nearest emergency department.", "Valley Medical Center")]
    travel_min: Annotated[int | None, Says("Minutes to it by ambulance or car.")] = None
    address_read: Annotated[
        bool, Says("The address and the way in were read out as for a 911 dispatcher.")
    ] = False
    phone: Annotated[
        Literal["good", "weak", "none", "landline"], Says("How a call can be made from the room.")
    ] = "good"
    light: Annotated[Literal["dim", "can-be-dimmed", "bright"], Says("Light of the room.")] = "dim"
    noise: Annotated[Literal["quiet", "some", "loud"], Says("Noise in the home.")] = "quiet"
    pets: Annotated[str, Says("Pets, and where they are now; empty: none.")] = ""
    children: Annotated[str, Says("Children, and who is with them; empty: none.")] = ""
    others_out: Annotated[
        bool | None, Says("Children and pets are out of the room; None: not looked at.")
    ] = None
    note: Annotated[str, Says("Stairs, weapons, smoke, anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMedicine:
    """One medicine or substance the patient takes."""

    name: Annotated[str, Says("Name as the patient says it, or generic.", "lorazepam")]
    dose: Annotated[str, Says("Dose and how often, in words.", "0.5 mg at night")] = ""
    last: Annotated[datetime | None, Says("When it was taken last.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicinesListed(Fact):
    """What the patient takes now; the last list stands. An empty one says: asked, and none."""

    KIND: ClassVar[str] = "medicines-listed"

    medicines: Annotated[tuple[HomeMedicine, ...], Says("Every medicine and substance.")] = ()
    none: Annotated[bool, Says("True only when the patient was asked and named none.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A treatment that was tried before."""

    name: Annotated[str, Says("What.", "sumatriptan 100 mg")]
    outcome: Annotated[
        Literal["helped", "some", "none", "not-tolerated", "not-said"], Says("What came of it.")
    ] = "not-said"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTaken(Fact):
    """How it was before this visit: headache days, treatments tried, what can be lived with."""

    KIND: ClassVar[str] = "history-taken"

    headache_days: Annotated[int | None, Says("Headache days in the last month, 0 to 31.")] = None
    tried: Annotated[tuple[Tried, ...], Says("Treatments tried before.")] = ()
    worst_pain: Annotated[int | None, Says("Worst pain of the last week, 0 to 10.")] = None
    acceptable_pain: Annotated[int | None, Says("Pain the patient can live with, 0 to 10.")] = None
    note: Annotated[str, Says("Anything else.")] = ""


Severity4 = Literal["none", "mild", "moderate", "severe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomsNoted(Fact):
    """The symptoms beside the pain, before the drug and at the end (pain and nausea are vitals)."""

    KIND: ClassVar[str] = "symptoms-noted"

    light: Annotated[Severity4 | None, Says("Sensitivity to light.")] = None
    sound: Annotated[Severity4 | None, Says("Sensitivity to sound.")] = None
    vomiting: Annotated[bool | None, Says("Vomiting now.")] = None
    aura: Annotated[bool | None, Says("Aura now.")] = None
    note: Annotated[str, Says("How the patient feels: clarity, work, sleep.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOutHeld(Fact):
    """The last look before the start: each step said aloud and agreed."""

    KIND: ClassVar[str] = "time-out-held"

    steps: Annotated[tuple[str, ...], Says("Codes of the steps that held.")]
    open: Annotated[tuple[str, ...], Says("Codes of the steps that did not hold.")] = ()
    aloud_with: Annotated[str, Says("With whom: the patient, the adult, a second reader.")] = ""

"""The chart on paper, for when there is no screen: every field in the order it is charted in.

Limits, due times, criteria and lists are the protocol's and the order's own; nothing clinical is
said here. Where a visit is open its patient, order and due times are printed; else lines are.
"""

from datetime import datetime

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.facts import ProtocolAdopted
from ketachart.domain.on_paper.blank import Blank, FormPage, Pack, Part, Says, Tick, blanks
from ketachart.domain.on_paper.drug import drug_parts, running_parts
from ketachart.domain.on_paper.leaving import leaving_parts
from ketachart.domain.on_paper.vitals import vitals_parts
from ketachart.domain.protocol import Protocol
from ketachart.domain.telling.order_values import source_values, treatment_values
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.domain.wording import clock, day, short_day, weight, with_unit

TITLE = "Chart on paper"
IN_SHORT = ("Limits",)  # stand over the columns of the vitals


def blank_visit(protocol: Protocol, at: datetime) -> Visit:
    """A visit of which only the protocol is known, for forms without a patient."""
    adopted = ProtocolAdopted(at=at, protocol=protocol)
    return fold(
        [
            Entry(
                number=1, id="protocol", author="", recorded_at=at, elapsed=at - at, session="",
                fact=adopted,
            )
        ]
    )  # fmt: skip


def pack_of(visit: Visit, now: datetime) -> Pack:
    """The form for a visit as it stands; `blank_visit` gives the empty one."""
    patient, opened = visit.patient, visit.opened
    made = f"{visit.protocol.edition}, printed {short_day(now.date())} {clock(now)}"
    return Pack(
        title=TITLE,
        who=_who(visit),
        allergies=_allergies(visit),
        foot=", ".join(filter(None, (opened.visit if opened else "", made))),
        practice=bool(opened and opened.practice and patient),
        pages=(
            FormPage("1  Who, order, drug", (*_identity(visit), *drug_parts(visit))),
            FormPage("2  Vitals", vitals_parts(visit, now)),
            FormPage("3  Infusion, medicines, effects, calls", running_parts(visit)),
            FormPage("4  Drug count, goodbye, signatures", leaving_parts(visit)),
        ),
    )


def _who(visit: Visit) -> tuple[Blank, ...]:
    patient = visit.patient
    if patient is None:
        return (Blank("Patient", 2.2), Blank("Born", 1), Blank("MRN", 1), Blank("Date", 1))
    return (
        Blank("Patient", 2.2, patient.listed_name),
        Blank("Born", 1, day(patient.birth_date)),
        Blank("MRN", 1, patient.mrn),
        Blank("Date", 1, day(visit.opened.at.date()) if visit.opened else ""),
    )


def _allergies(visit: Visit) -> str:
    """What they are; that there are none; empty where it was not asked."""
    patient = visit.patient
    if patient is None or not (patient.allergies or patient.no_known_allergies):
        return ""
    known = [a.substance + (f": {a.reaction}" if a.reaction else "") for a in patient.allergies]
    return "; ".join(known) or "no known allergies"


def _identity(visit: Visit) -> tuple[Part, ...]:
    patient, adult, nurse = visit.patient, visit.adult, visit.nurse
    dose = planned_dose(visit)
    where = patient.address if patient else ""
    who = Part(
        "Patient and home",
        "two identifiers, said by the patient",
        (
            blanks(
                Blank("Address", 2.4, where), Blank("Phone", 1, patient.phone if patient else "")
            ),
            blanks(("Arrived", 0.8), ("Identity checked, time", 1), ("By which two", 1.6)),
            blanks(
                Blank("Adult who stays", 1.6, adult.name if adult else ""),
                Blank("Phone", 1, adult.phone if adult else ""),
                Blank("Nurse", 1.4, nurse.name if nurse else ""),
            ),
            blanks(
                Blank("Weight", 1, weight(visit.weight.weight_kg) if visit.weight else "", "kg"),
                ("Last solid food", 1),
                ("Last clear drink", 1),
                ("Paper began at", 1),
            ),
        ),
    )
    return who, _screening(visit), _order(visit, with_unit(dose) if dose is not None else "")


def _screening(visit: Visit) -> Part:
    """Its sections: the questions are too many for this form, and stay on the clinic's list."""
    says = "tick each section once all of it was asked, by the clinic's own list"
    sections = dict.fromkeys(item.section for item in visit.protocol.screening)
    ticks = tuple(Tick(section, ("time", "what stops or asks, and who was called")) for section in
                  sections)  # fmt: skip
    return Part("Screening", says, ticks)


def _order(visit: Visit, dose: str) -> Part:
    order = visit.order
    if order is None:
        return Part(
            "Order",
            "copied from the paper that is signed; by telephone only if read back",
            (
                blanks(("Goal", 1.3), ("Prescriber", 1.4), ("Phone", 1)),
                blanks(
                    Blank("Dose", 1, unit="mg/kg"), Blank("Over", 1, unit="min"),
                    Blank("Planned dose", 1, unit="mg"), Blank("Never more than", 1, unit="mg"),
                ),
                blanks(
                    Blank("Start rate", 1, unit="mg/kg/h"),
                    Blank("Highest rate", 1, unit="mg/kg/h"),
                    Blank("Bag strength", 1, unit="mg/mL"), ("Expires on", 1),
                ),
                blanks(("If needed: medicine, dose, unit, route, how often", 1)),
            ),
        )  # fmt: skip
    told = (*source_values(order), *treatment_values(visit.protocol, order))
    words = [f"{name}: {said}" for name, said in told if said and name not in IN_SHORT]
    planned = f"Planned dose: {dose}" if dose else ""
    return Part(
        "Order", "as it stands in the chart", (Says(". ".join(filter(None, (*words, planned)))),)
    )

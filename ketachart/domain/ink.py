"""What a signature on the screen says, and whether it counts: against advice has its own words."""

from datetime import datetime
from typing import Literal, TypeVar

from ketachart.domain.facts import InkDeclined, InkSigned, PatientReleased
from ketachart.domain.visit import Entry, Visit

Signer = Literal["patient", "adult"]
E = TypeVar("E", Entry[InkSigned], Entry[InkDeclined])
LIST = "ink-meaning"
OLD: dict[Signer, str] = {
    "patient": "I was told these instructions and said them back.",
    "adult": "I heard the instructions and stay until morning.",
}


def against_advice_at(visit: Visit) -> datetime | None:
    """When the patient ended the visit against advice; None where it did not end so."""
    released = visit.last(PatientReleased)
    if released is None or released.fact.outcome != "against-advice":
        return None
    return released.at


def meaning_of(visit: Visit, role: Signer) -> str:
    """What this person signs, in the language the patient reads, with the English behind it."""
    code = f"{role}-against-advice" if against_advice_at(visit) is not None else role
    found = next((c for c in visit.protocol.listed(LIST) if c.code == code), None)
    if found is None:
        return OLD[role]
    spanish = visit.patient is not None and visit.patient.language == "es"
    return f"{found.label_es} ({found.label})" if spanish and found.label_es else found.label


def signed_by(visit: Visit, role: Signer) -> Entry[InkSigned] | None:
    """The signature that counts; of a visit left against advice, one given at or after that."""
    return _last([e for e in visit.of(InkSigned) if e.fact.role == role], _since(visit))


def declined_by(visit: Visit, role: Signer) -> Entry[InkDeclined] | None:
    """The reason for none that counts, unless somebody signed after all."""
    if signed_by(visit, role) is not None:
        return None
    return _last([e for e in visit.of(InkDeclined) if e.fact.role == role], _since(visit))


def _since(visit: Visit) -> datetime | None:
    """From when a signature counts; a protocol without words of its own for it asks for none."""
    words = {choice.code for choice in visit.protocol.listed(LIST)}
    return against_advice_at(visit) if "patient-against-advice" in words else None


def _last(entries: list[E], since: datetime | None) -> E | None:
    counting = [entry for entry in entries if since is None or entry.at >= since]
    return counting[-1] if counting else None

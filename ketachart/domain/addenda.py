"""What was added after the visit was signed, and the visit as it stood at its signature."""

from dataclasses import fields
from datetime import datetime

from ketachart.domain.facts import AddendumWritten, Fact, ReportSigned
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.visit import Entry, Visit, fold

MEANING = "I add this to the record of this visit, which I have signed; nothing in it is changed."


def signed_by(
    addendum: Addendum, signer: str, certificate: str, *, version: int
) -> AddendumWritten:
    """The fact, with who signs it and in which version of the report it stands."""
    told = {field.name: getattr(addendum, field.name) for field in fields(addendum)}
    return AddendumWritten(
        **told, meaning=MEANING, signer=signer, certificate=certificate, version=version
    )


def addenda(visit: Visit) -> tuple[Entry[AddendumWritten], ...]:
    """Everything that was added, in the order of writing."""
    return tuple(sorted(visit.of(AddendumWritten), key=lambda entry: entry.number))


def version_of(visit: Visit) -> int:
    """The version of the report that holds all of this visit; 1 before anything was added."""
    added = addenda(visit)
    if added:
        return added[-1].fact.version
    return visit.signed.fact.version if visit.signed is not None else 1


def added_later(fact: Fact) -> bool:
    """Whether the fact belongs to a later version than the one that was signed at the visit."""
    return isinstance(fact, AddendumWritten) or (
        isinstance(fact, ReportSigned) and fact.version > 1
    )


def as_signed(visit: Visit) -> Visit:
    """The visit without what was added since: what was due, ran or stood open is judged on it."""
    if not addenda(visit):
        return visit
    return visit.once(
        "as it was signed", lambda whole: fold(e for e in whole.entries if not added_later(e.fact))
    )


def judged_at(visit: Visit, now: datetime) -> datetime:
    """As of when open things are judged: once something was added, the moment of the signature.

    An addendum of the next day makes no set of vitals overdue, and no pump run on.
    """
    signed = visit.signed
    return signed.recorded_at if signed is not None and addenda(visit) else now

"""What was added after the visit was signed, and the visit as it stood at its signature."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from ketachart.domain.facts import AddendumWritten, Fact, ReportSigned
from ketachart.domain.facts.closing import About, EffectAfter, Said, SpokeWith
from ketachart.domain.shape import Says
from ketachart.domain.visit import Entry, Visit, fold

MEANING = "I add this to the record of this visit, which I have signed; nothing in it is changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What the nurse wants to add; the signature makes an entry of it."""

    at: Annotated[datetime, Says("When it was learned, or when the call was made.")]
    about: Annotated[About, Says("What kind of addition.")]
    text: Annotated[str, Says("The nurse's words.")] = ""
    entry: Annotated[str, Says("Id of the entry it is about.")] = ""
    due_at: Annotated[datetime | None, Says("Which planned call it answers.")] = None
    spoke_with: Annotated[SpokeWith, Says("Who was reached at a follow-up.")] = ""
    pain: Annotated[int | None, Says("Pain now, 0 to 10.")] = None
    worst_pain: Annotated[int | None, Says("Worst pain since the visit, 0 to 10.")] = None
    headache: Annotated[Said, Says("The headache came back.")] = ""
    effects: Annotated[tuple[EffectAfter, ...], Says("Side effects since the visit.")] = ()
    urine: Annotated[Said, Says("Trouble passing urine, or blood in it.")] = ""
    thoughts: Annotated[Said, Says("Thoughts of self-harm.")] = ""
    escalated: Annotated[str, Says("What was done about a warning sign, and who was told.")] = ""
    next_at: Annotated[datetime | None, Says("When to call again.")] = None

    def signed_by(self, signer: str, certificate: str, *, version: int) -> AddendumWritten:
        """The fact, with who signs it and in which version of the report it stands."""
        told = {name: getattr(self, name) for name in type(self).__dataclass_fields__}
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

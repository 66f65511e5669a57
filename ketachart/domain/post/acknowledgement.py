"""Orders by phone and medicines of an emergency: whether the prescriber signed for each.

An order that a nurse took by phone is closed only once the prescriber has signed it, or has said
that not (features.md row 109). What needs it is worked out from the visit, what came of it from the
supervisor's facts beside it; the last one by its time counts, in whatever order they came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketachart.domain.addenda import as_signed
from ketachart.domain.audit import told
from ketachart.domain.facts import Fact, MedicineGiven, OverrideAuthorised
from ketachart.domain.facts.post import OrderAcknowledged
from ketachart.domain.phone_orders import ordered_by, ordering_calls, phone_orders
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock, count, listed, short_day

Kind = Literal["phone order", "emergency medicine"]
State = Literal["open", "signed", "refused"]


@dataclass(frozen=True, slots=True)
class Needs:
    """One entry that its prescriber must sign for; ``row`` is the entry in words."""

    entry: str
    kind: Kind
    prescriber: str
    at: datetime
    row: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One such entry and what came of it; ``fact`` is None while nobody said anything."""

    needs: Needs
    fact: OrderAcknowledged | None = None

    @property
    def state(self) -> State:
        """Open, signed, or refused."""
        if self.fact is None:
            return "open"
        return "refused" if self.fact.how == "refused" else "signed"

    @property
    def said(self) -> str:
        """How it stands, in words."""
        if self.fact is None:
            return f"Not yet signed by {self.needs.prescriber}"
        return said_of(self.fact)


def said_of(fact: OrderAcknowledged) -> str:
    """What the prescriber did, in words: “Dr A. Okafor signed on paper, Mon 23 Nov”."""
    words = f": {fact.words}" if fact.words else ""
    did = {
        "signed on paper": "signed on paper",
        "by fax or portal": "signed by fax or portal",
        "in person": "confirmed it in person",
        "refused": "refused to sign",
    }[fact.how]
    return f"{fact.prescriber} {did}, {short_day(fact.when.date())}{words}"


def needs(visit: Visit) -> tuple[Needs, ...]:
    """What a prescriber must sign for, in the order of time; worked out once for a visit."""
    return visit.once("to be signed for", lambda whole: tuple(_needs(as_signed(whole))))


def _needs(visit: Visit) -> Sequence[Needs]:
    found = [
        *(_one(visit, entry, ordered_by(entry)) for entry in phone_orders(visit)),
        *(_one(visit, entry, entry.fact.by) for entry in visit.of(OverrideAuthorised)),
        *_medicines(visit),
    ]
    return sorted(found, key=lambda one: (one.at, one.entry))


def _medicines(visit: Visit) -> Iterator[Needs]:
    """Medicines that were given on a call, and in an emergency without an order."""
    calls = ordering_calls(visit)
    for entry in visit.of(MedicineGiven):
        order = visit.order_at(entry.at)
        prescriber = order.prescriber.name if order is not None else "the prescriber"
        if entry.fact.against == "telephone-order":
            before = [call.fact.to for call in calls if call.at <= entry.at]
            yield _one(visit, entry, before[-1] if before else prescriber)
        elif entry.fact.against == "emergency":
            yield _one(visit, entry, prescriber, "emergency medicine")


def _one(visit: Visit, entry: Entry[Fact], prescriber: str, kind: Kind = "phone order") -> Needs:
    return Needs(entry.id, kind, prescriber.strip(), entry.at, row_words(visit, entry))


def row_words(visit: Visit, entry: Entry[Fact]) -> str:
    """A row in words, with its time."""
    title, detail = told(visit)[entry.id]
    return f"{clock(entry.at)} {title}: {detail}" if detail else f"{clock(entry.at)} {title}"


def acknowledgements(visit: Visit | None, post: Visit) -> tuple[Acknowledgement, ...]:
    """Everything that must be signed for, with what came of it.

    Args:
        visit: the visit as its newest report tells it; None while it was not read.
        post: what stands beside it.
    """
    if visit is None:
        return ()
    last = standing_facts(post)
    return tuple(Acknowledgement(one, last.get(one.entry)) for one in needs(visit))


def standing_facts(post: Visit) -> dict[str, OrderAcknowledged]:
    """What counts for each entry: the last by its time, of those that were not taken back."""
    facts = post.facts(OrderAcknowledged)
    back = {fact.item for fact in facts if fact.withdrawn}
    standing = [fact for fact in facts if fact.item not in back]
    ordered = sorted(standing, key=lambda fact: (fact.when, fact.item))
    return {fact.entry: fact for fact in ordered}


def open_words(found: Sequence[Acknowledgement], *, known: bool = True) -> tuple[str, ...]:
    """What is still to be signed, a sentence for each prescriber; ``known``: whether by facts."""
    waits = [one.needs for one in found if one.state == "open"]
    not_yet = "not yet signed by" if known else "to be signed by"
    return tuple(
        f"{_counted([one for one in waits if one.prescriber == name])} {not_yet} {name}"
        for name in dict.fromkeys(one.prescriber for one in waits)
    )


def refused_words(found: Sequence[Acknowledgement]) -> tuple[str, ...]:
    """What was refused, a sentence for each prescriber."""
    told_of = [one.needs for one in found if one.state == "refused"]
    return tuple(
        f"{name} refused to sign {_counted([one for one in told_of if one.prescriber == name])}"
        for name in dict.fromkeys(one.prescriber for one in told_of)
    )


def _counted(some: Sequence[Needs]) -> str:
    kinds: tuple[Kind, ...] = ("phone order", "emergency medicine")
    numbers = [(kind, sum(one.kind == kind for one in some)) for kind in kinds]
    return listed([count(number, kind) for kind, number in numbers if number])


def post_words(post: Visit) -> str:
    """What is known of it where the visit is not at hand; empty while nothing is."""
    last = standing_facts(post).values()
    refused = [fact for fact in last if fact.how == "refused"]
    signed = [fact for fact in last if fact.how != "refused"]
    parts = [
        f"{name} refused to sign {count(_of(refused, name), 'order')}"
        for name in sorted({fact.prescriber for fact in refused})
    ]
    parts += [
        f"{count(_of(signed, name), 'phone order')} signed by {name}"
        for name in sorted({fact.prescriber for fact in signed})
    ]
    return "; ".join(parts)


def _of(facts: Sequence[OrderAcknowledged], prescriber: str) -> int:
    return sum(fact.prescriber == prescriber for fact in facts)

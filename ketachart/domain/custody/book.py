"""Where the clinic's ketamine is: vials received and moved, drug used in visits, drug lost.

The clinic's own stream says what came in, where it was carried and what was found; the visits say
what was used and what was sealed again. Both are put in the order in which things happened, so a
late or struck entry moves every number after it. A vial of a visit belongs to a vial of the book
where its seal is the book's number, letter by letter (features.md rows 77 to 85).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal, assert_never

from ketachart.domain.custody.moves import Movement
from ketachart.domain.facts import Fact, StockCounted, StockLost, VialMoved, VialReceived
from ketachart.domain.facts.stock import Place
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import day, with_unit

# Handed back to the clinic or destroyed, it is no longer counted here.
IN_CUSTODY: Final[frozenset[Place]] = frozenset({"safe", "bag", "home"})
Lot = tuple[MgPerMl, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One vial, or one sealed bag of leftovers, as the book knows it."""

    number: str
    kind: Literal["vial", "rest", "stranger"]
    strength: MgPerMl
    lot: str
    expires: date
    ndc: str = ""
    content: Mg
    left: Mg
    opened: bool
    place: Place
    keeper: str = ""
    since: datetime
    visits: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def in_custody(self) -> bool:
        """Whether it is counted here: not empty, not handed back, not destroyed."""
        return self.left.above_zero and self.place in IN_CUSTODY

    @property
    def sealed(self) -> bool:
        """A vial from which nothing was ever taken."""
        return self.kind == "vial" and not self.opened and self.left == self.content

    def expired(self, on: date) -> bool:
        """Whether its last day of use is over."""
        return self.expires < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What should be there of one strength and lot."""

    strength: MgPerMl
    lot: str
    sealed: int
    opened: Mg
    per_vial: Mg | None
    """What one sealed vial of it holds; None where its vials hold different amounts."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the clinic ever had here, and what should have been there at each count."""

    items: tuple[Held, ...] = ()
    at_counts: tuple[tuple[Entry[StockCounted], tuple[Line, ...]], ...] = ()

    @property
    def held(self) -> tuple[Held, ...]:
        """What is in custody: the first to expire first."""
        there = (item for item in self.items if item.in_custody)
        return tuple(sorted(there, key=lambda item: (item.expires, item.number)))

    def item(self, number: str) -> Held | None:
        """A vial or sealed bag by its number, exactly as written."""
        return next((item for item in self.items if item.number == number), None)

    def expected(self) -> tuple[Line, ...]:
        """What should be there, by strength and lot."""
        return _lines(self.items)

    def faults(self, on: date) -> tuple[str, ...]:
        """What is wrong with the book itself, in sentences that say what to do."""
        found = [sentence for item in self.items for sentence in item.faults]
        found += [
            f"{item.number} expired {day(item.expires)}. Do not use it; hand it back."
            for item in self.held
            if item.expired(on)
        ]
        found += [
            f"{with_unit(-item.left)} more is charted out of {item.number} than it held. Look "
            "through its visits and losses."
            for item in self.items
            if item.left < Mg.zero()
        ]
        return tuple(found)


def book(register: Visit, movements: Iterable[Movement], until: datetime | None = None) -> Book:
    """The clinic's book at a moment; the present one where none is given.

    Args:
        register: the clinic's own stream.
        movements: what the visits did, from `stock_moves.movements`.
        until: nothing after this counts.
    """
    return _Sweep(register, movements, until).run()


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happened; the rank settles what comes first at the same moment."""

    at: datetime
    rank: int
    what: Movement | Entry[Fact]


_RANK: Final[dict[type[Fact], int]] = {VialReceived: 0, VialMoved: 2, StockLost: 3, StockCounted: 4}


class _Sweep:
    """Goes once through everything in the order of time."""

    def __init__(
        self, register: Visit, movements: Iterable[Movement], until: datetime | None
    ) -> None:
        self._received = {fact.vial: fact for fact in register.facts(VialReceived)}
        self._items: dict[str, Held] = {}
        self._here: dict[str, Held] = {}  # what is in custody: a count looks at nothing else
        self._counts: list[tuple[Entry[StockCounted], tuple[Line, ...]]] = []
        steps = [
            _Step(e.at, _RANK[type(e.fact)], e) for e in register.standing if type(e.fact) in _RANK
        ]
        steps += [_Step(move.at, 1, move) for move in movements]
        steps = [step for step in steps if until is None or step.at <= until]
        self._steps = sorted(steps, key=lambda step: (step.at, step.rank))

    def run(self) -> Book:
        """The book at the end."""
        for step in self._steps:
            self._apply(step.what)
        return Book(tuple(self._items.values()), tuple(self._counts))

    def _apply(self, what: Movement | Entry[Fact]) -> None:
        if isinstance(what, Movement):
            self._visit(what)
            return
        match what.fact:
            case VialReceived() as fact:
                if fact.vial not in self._items:
                    self._put(_received(fact))
            case VialMoved() as fact:
                self._carry(fact)
            case StockLost() as fact:
                self._take(fact.vial, fact.amount_mg)
            case StockCounted():
                self._counts.append((what, _lines(self._here.values())))  # type: ignore[arg-type]
            case _:
                raise TypeError(f"{what.kind} is not of the stock")

    def _carry(self, fact: VialMoved) -> None:
        for number in fact.vials:
            if (item := self._items.get(number)) is not None:
                self._put(replace(item, place=fact.to_place, keeper=fact.by, since=fact.at))

    def _put(self, item: Held) -> None:
        self._items[item.number] = item
        if item.in_custody:
            self._here[item.number] = item
        else:
            self._here.pop(item.number, None)

    def _take(self, number: str, mg: Mg) -> None:
        if (item := self._items.get(number)) is not None:
            self._put(replace(item, left=item.left - mg, opened=True))

    def _visit(self, move: Movement) -> None:
        item = self._items.get(move.number)
        if item is None and move.number in self._received:
            item = _received(self._received[move.number])  # received on paper later than used
        match move.kind:
            case "taken":
                self._put(_taken(item, move))
            case "sealed":
                self._put(_rest(item, move))
            case "out":
                self._take(move.number, move.mg)
            case _:
                assert_never(move.kind)


def _received(fact: VialReceived) -> Held:
    content = fact.volume_ml.at(fact.strength_mg_per_ml)
    return Held(
        number=fact.vial,
        kind="vial",
        strength=fact.strength_mg_per_ml,
        lot=fact.lot,
        expires=fact.expires,
        ndc=fact.ndc,
        content=content,
        left=content,
        opened=False,
        place=fact.place,
        since=fact.at,
    )


def _taken(item: Held | None, move: Movement) -> Held:
    if item is None:
        sentence = (
            f"{move.title} of visit {move.visit} is not in the book. Receive it, or correct the "
            "seal in the visit."
        )
        return replace(_new(move, "stranger"), faults=(sentence,))
    faults = list(item.faults)
    for name, said, known in (
        ("strength", with_unit(move.strength), with_unit(item.strength)),
        ("lot", move.lot, item.lot),
        ("last day", day(move.expires), day(item.expires)),
    ):
        if said != known:
            faults.append(
                f"{item.number}: {name} {said} in visit {move.visit}, {known} in the book. Read "
                "the label, then correct the one that is wrong."
            )
    if move.mg > item.left:
        faults.append(
            f"{item.number}: visit {move.visit} took out {with_unit(move.mg)}, but "
            f"{with_unit(item.left)} was left by the book. Look which is right."
        )
    seen = (*item.visits, move.visit)
    return replace(item, opened=True, visits=seen, faults=tuple(faults), since=move.at)


def _rest(item: Held | None, move: Movement) -> Held:
    if item is None:
        return _new(move, "rest")
    more = item.content + move.mg if item.kind == "rest" else item.content
    return replace(item, left=item.left + move.mg, content=more, since=move.at)


def _new(move: Movement, kind: Literal["rest", "stranger"]) -> Held:
    return Held(
        number=move.number,
        kind=kind,
        strength=move.strength,
        lot=move.lot,
        expires=move.expires,
        ndc=move.ndc,
        content=move.mg,
        left=move.mg,
        opened=True,
        place="bag",
        since=move.at,
        visits=(move.visit,),
    )


def _lines(items: Iterable[Held]) -> tuple[Line, ...]:
    lots: dict[Lot, list[Held]] = {}
    for item in items:
        if item.in_custody:
            lots.setdefault((item.strength, item.lot), []).append(item)
    return tuple(
        _line(strength, lot, there)
        for (strength, lot), there in sorted(lots.items(), key=lambda pair: pair[0])
    )


def _line(strength: MgPerMl, lot: str, there: list[Held]) -> Line:
    sealed = [item for item in there if item.sealed]
    contents = {item.content for item in there if item.kind == "vial"}
    return Line(
        strength=strength,
        lot=lot,
        sealed=len(sealed),
        opened=sum((item.left for item in there if not item.sealed), Mg.zero()),
        per_vial=contents.pop() if len(contents) == 1 else None,
    )

"""The door to the drug in custody: receive, move, count, explain, lose, strike; and the book."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ketachart.charting.chart_time import ChartTime
from ketachart.charting.register import Register
from ketachart.charting.stock_reading import StockRead, StockTask
from ketachart.domain.admission.door import admit, admit_strike
from ketachart.domain.custody.book import Book, book
from ketachart.domain.custody.count import Counted, counts
from ketachart.domain.custody.moves import KINDS, Movement, movements
from ketachart.domain.facts import (
    EntryStruck,
    Fact,
    ProtocolAdopted,
    StockCounted,
    StockExplained,
    StockLost,
    VialMoved,
    VialReceived,
)
from ketachart.domain.letters import Letters
from ketachart.domain.trial import trial
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.errors import NotSaved, Refused
from ketachart.storage import codec
from ketachart.storage.entry import Draft, Row, Shelved
from ketachart.storage.ledger import Ledger

STOCK: tuple[type[Fact], ...] = (
    VialReceived, VialMoved, StockCounted, StockExplained, StockLost,
)  # fmt: skip
_NAMES = tuple(kind.KIND for kind in KINDS)


class Office(Protocol):
    """What the stockroom asks of the unlocked ledger that it is a part of."""

    time: ChartTime
    staff_id: str

    @property
    def practice(self) -> bool:
        """Whether this ledger holds made-up patients only."""
        ...

    @property
    def own_stream(self) -> Register:
        """The clinic's own stream, as it stands."""
        ...

    def adopt(self, rows: Sequence[Row]) -> None:
        """Takes new entries of the clinic's own stream up."""
        ...


SHORT = 20_000
"""Entries of a ledger whose visits are read at the window, a few at a turn: some hundred visits."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Everything that the book rests on, apart from the ledger: it may be worked out anywhere."""

    register: Visit
    visits: tuple[tuple[Movement, ...], ...]

    @property
    def moves(self) -> tuple[Movement, ...]:
        """What all visits did to the drug."""
        return tuple(move for of_one in self.visits for move in of_one)

    @property
    def size(self) -> int:
        """How many things happened; the work grows with it."""
        return len(self.register.entries) + sum(map(len, self.visits))

    def only(self, numbers: tuple[str, ...]) -> "Reckoning":
        """What concerns these vials; the counts are left out."""
        wanted = set(numbers)
        entries = (e for e in self.register.entries if wanted & _numbers(e.fact))
        strikes = (e for e in self.register.entries if isinstance(e.fact, EntryStruck))
        moves = tuple(move for move in self.moves if move.number in wanted)
        return Reckoning(fold((*entries, *strikes)), (moves,))

    def work(self) -> tuple[Book, tuple[Counted, ...]]:
        """The book, and every count that stands with what it showed, the oldest first."""
        known = book(self.register, self.moves)
        return known, counts(self.register, known, self.register.protocol)


def _numbers(fact: Fact) -> set[str]:
    """The vials that a fact names."""
    match fact:
        case VialReceived() | StockLost():
            return {fact.vial}
        case VialMoved():
            return set(fact.vials)
        case _:
            return set()


def _begun(own: Visit) -> datetime | None:
    """When the book was begun; None where it was not."""
    return min((e.at for e in own.entries if isinstance(e.fact, STOCK)), default=None)


class Stockroom:
    """The clinic's drug book; what a method here has returned is on the disk.

    What a visit did to the drug is read once: a signed visit never changes, and of an open one
    only the few kinds of entries are read that the book rests on. The window lets `read_next` read
    one visit at a turn, so that it never waits; `book` reads what is still unread.
    """

    def __init__(self, office: Office, ledger: Ledger, letters: Letters, *, stream: str) -> None:
        self._office = office
        self._ledger = ledger
        self._letters = letters
        self._stream = stream
        self._read: dict[str, tuple[Movement, ...]] = {}
        self._final: set[str] = set()
        self._signed: set[str] = set()
        self._waiting: list[str] | None = None
        self._again: dict[str, None] = {}
        self._kept_own: tuple[Register, Visit, int] | None = None
        self._seen: int | None = None  # how far a long ledger was read
        self._begun: datetime | None = None
        self._looked_in: tuple[Visit, datetime | None] | None = None
        self._unsure: dict[str, tuple[Draft, ...]] = {}

    # ------------------------------------------------ reading

    def reading(self) -> StockTask | None:
        """What a worker needs to read a long ledger; None where it is short, or was read."""
        if self._seen is not None or self._ledger.head().seq <= SHORT:
            return None
        kinds = (*STOCK, ProtocolAdopted)
        return StockTask(self._ledger.aside, self._stream, kinds, STOCK, self._office.practice)

    def take(self, read: StockRead) -> None:
        """Takes up what the worker read; from now on only what is written anew is read."""
        own, length = self._grown(read.own, read.own_length), self._ledger.length(self._stream)
        self._kept_own = (self._office.own_stream, own, length)
        self._read, self._final, self._waiting = dict(read.moves), set(read.final), None
        self._seen, self._begun = read.seq, self._begun_at(own)

    def forget_open(self) -> None:
        """Has the visits that are not signed read anew: something was charted in them."""
        self._waiting = None
        if self._seen is None:
            self._read = {stream: self._read[stream] for stream in self._final}

    def unread(self) -> tuple[str, ...]:
        """The visits that the book still has to read, the newest first.

        Visits from before the book was begun are not among them, nor practice visits in a ledger
        that is not for practice.
        """
        begun = self._begun_at(self._own())
        if begun is None:
            return ()
        if self._seen is not None and begun == self._begun:
            return self._written_since(begun)
        self._seen = None
        lines = self._ledger.shelf_since(begun.date().isoformat(), practice=self._office.practice)
        left = [(stream, status) for stream, status in lines if stream not in self._read]
        self._signed = {stream for stream, status in left if status in ("signed", "left")}
        return tuple(stream for stream, _status in left)

    def _begun_at(self, own: Visit) -> datetime | None:
        if self._looked_in is None or self._looked_in[0] is not own:
            self._looked_in = (own, _begun(own))
        return self._looked_in[1]

    def _written_since(self, begun: datetime) -> tuple[str, ...]:
        """Only the visits that were charted in since a worker read all of them."""
        head = self._ledger.head().seq
        if self._seen is not None and head > self._seen:
            lines = map(self._ledger.shelf_line, self._ledger.streams_since(self._seen))
            for line in lines:
                if line is not None and line.day >= begun.date().isoformat() and self._counts(line):
                    self._again[line.stream] = None
            self._seen = head
        return tuple(self._again)

    def _counts(self, line: Shelved) -> bool:
        return self._office.practice or not json.loads(line.summary).get("practice")

    def _own(self) -> Visit:
        """What the clinic's stream tells of the drug; where it grew only what is new is read."""
        register = self._office.own_stream
        if self._kept_own is None:
            length = self._ledger.length(self._stream)
            self._kept_own = (register, register.only(*STOCK, ProtocolAdopted), length)
        elif self._kept_own[0] is not register:
            _, own, length = self._kept_own
            now = self._ledger.length(self._stream)
            self._kept_own = (register, self._grown(own, length), now)
        return self._kept_own[1]

    def _grown(self, own: Visit, length: int) -> Visit:
        rows = self._ledger.stream_after(self._stream, length)
        kinds = (*STOCK, ProtocolAdopted, EntryStruck)
        fresh = [entry for row in rows if isinstance((entry := codec.entry_of(row)).fact, kinds)]
        return fold((*own.entries, *fresh)) if fresh else own

    def read_next(self) -> int:
        """Reads one visit more, so that the window never waits; how many are left then."""
        if self._waiting is None:
            self._waiting = list(self.unread())
        if self._waiting:
            self._read_visit(self._waiting.pop(0))
        return len(self._waiting)

    def _read_visit(self, stream: str) -> None:
        self._again.pop(stream, None)
        rows = self._ledger.stream_of(stream, _NAMES)
        self._read[stream] = movements(fold(codec.entry_of(row) for row in rows))
        if stream in self._signed:
            self._final.add(stream)

    def reckoning(self) -> Reckoning:
        """What the book rests on; what is still unread is read."""
        for stream in self.unread():
            self._read_visit(stream)
        return Reckoning(self._own(), tuple(self._read.values()))

    def book(self) -> Book:
        """Where everything is now, and what should have been there at each count."""
        return self.reckoning().work()[0]

    def entries(self) -> tuple[Entry[Fact], ...]:
        """Every entry about the drug, struck ones and strikes among them, as they were written."""
        every = self._own().entries
        ours = {entry.id for entry in every if isinstance(entry.fact, STOCK)}
        return tuple(
            entry
            for entry in every
            if entry.id in ours
            or (isinstance(entry.fact, EntryStruck) and entry.fact.entry in ours)
        )

    @property
    def register(self) -> Visit:
        """The clinic's own stream, for strikes and words."""
        return self._office.own_stream

    # ------------------------------------------------ writing

    def new_act(self) -> str:
        """An id for an act; a form keeps it until it clears, so a retry is never written twice."""
        return self._office.time.new_id()

    def record(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Writes facts about the drug, in one act: all of them or none.

        Raises:
            Refused: the book does not allow it; nothing was written.
            NotSaved: the disk answered with a fault; call again with the same act.
            LedgerError: nothing was written.
        """
        if act not in self._unsure:
            now, register = self._office.time.now(), self._own()
            for number, fact in enumerate(facts):
                if not isinstance(fact, STOCK):
                    raise TypeError(f"{fact.KIND} is not of the stock")
                admit(register, fact, now=now, letters=self._letters)
                self._known(fact)
                register = trial(register, fact, now, entry_id=f"trial-{number}")
        return self._keep(facts, act)

    def strike(self, entry_id: str, reason: str, *, act: str = "") -> Entry[Fact]:
        """Strikes an entry about the drug; it stays readable, with who and why.

        Raises:
            Refused: there is none, it is struck already, or no reason is given.
            NotSaved, LedgerError: as for `record`.
        """
        fact = EntryStruck(at=self._office.time.now(), entry=entry_id, reason=reason)
        if act not in self._unsure:
            register = self._office.own_stream
            entry = register.entry(entry_id)
            if entry is not None and not isinstance(entry.fact, STOCK):
                raise Refused(
                    "That entry is not about the drug. Choose a line of the drug count.",
                    rule="not of the stock",
                )
            admit_strike(register, fact, replaced=False)
        return self._keep((fact,), act)[0]

    def _known(self, fact: Fact) -> None:
        """What is moved or lost is in the book, as a vial or as a sealed bag of a visit."""
        numbers: tuple[str, ...] = ()
        if isinstance(fact, VialMoved):
            numbers = fact.vials
        elif isinstance(fact, StockLost):
            numbers = (fact.vial,)
        if not numbers:
            return
        self.forget_open()
        concerned = self.reckoning().only(numbers)
        known = book(concerned.register, concerned.moves)
        for number in numbers:
            item = known.item(number)
            if item is None:
                raise Refused(
                    f"{number} is not in the book. Receive it first.",
                    rule="vial not in the book",
                    field="vials" if isinstance(fact, VialMoved) else "vial",
                )
            self._there(fact, item.place, number)

    @staticmethod
    def _there(fact: Fact, place: str, number: str) -> None:
        """A sealed bag of leftovers comes into the book from a visit, so the door cannot know."""
        if isinstance(fact, VialMoved) and fact.from_place != place:
            raise Refused(
                f"{number} is in the {place}, not in the {fact.from_place}. Look where it is, or "
                "chart first how it came there.",
                rule="moved from elsewhere",
                field="from_place",
            )

    def _keep(self, facts: Sequence[Fact], act: str) -> tuple[Entry[Fact], ...]:
        drafts = self._unsure.get(act) or self._drafts(facts, act or self.new_act())
        try:
            rows = self._ledger.append(drafts)
        except NotSaved:
            if act:
                self._unsure[act] = drafts
            raise
        self._unsure.pop(act, None)
        self._office.adopt(rows)
        return tuple(codec.entry_of(row) for row in rows)

    def _drafts(self, facts: Sequence[Fact], act: str) -> tuple[Draft, ...]:
        time = self._office.time
        return tuple(
            codec.draft_of(
                fact,
                stream=self._stream,
                entry_id=act if place == 1 else f"{act}.{place}",
                author=self._office.staff_id,
                recorded_at=time.now(),
                elapsed=time.elapsed(),
                session=time.session,
                supersedes=fact.entry if isinstance(fact, EntryStruck) else None,
            )
            for place, fact in enumerate(facts, start=1)
        )

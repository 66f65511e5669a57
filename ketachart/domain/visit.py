"""Everything written in one visit, folded into what stands now.

The record is a list of entries that only grows. Nothing is worked out and stored; everything that
is shown, printed or checked is worked out from the entries again. `fold` never refuses: whatever
was once written stays readable, whatever today's rules are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast

from ketachart.domain.entry import Entry, happened, inserted, sorted_in, when
from ketachart.domain.facts import (
    AdultNamed,
    ClinicRecorded,
    EntryStruck,
    Fact,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    ReportSigned,
    Unknown,
    VisitOpened,
    VisitSigned,
    WeightMeasured,
)
from ketachart.domain.pieces import Pieces
from ketachart.domain.protocol import Protocol

__all__ = ["Entry", "Visit", "apply", "fold", "when"]

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


MOMENTS_KEPT = 16  # a redraw looks at now, at the end of the drug, and at some readings


@dataclass(frozen=True)
class Visit:
    """One visit, from the entries written so far; equal entries make equal visits.

    A visit that grew out of another takes over what was sorted out and worked out of the entries
    that both have: one entry more costs that entry, not all of them again.
    """

    entries: tuple[Entry[Fact], ...] = ()

    @cached_property
    def pieces(self) -> Pieces:
        """What was made of single entries; shared with the visits that grow out of this one."""
        return Pieces()

    @cached_property
    def strikes(self) -> Mapping[str, Entry[EntryStruck]]:
        """The strike of each struck entry, by the struck entry's id; the first one counts."""
        found: dict[str, Entry[EntryStruck]] = {}
        for entry in self.entries:
            if isinstance(entry.fact, EntryStruck):
                found.setdefault(entry.fact.entry, cast(Entry[EntryStruck], entry))
        return found

    @cached_property
    def in_order(self) -> tuple[Entry[Fact], ...]:
        """Every entry, struck ones too, in the order in which they happened."""
        return tuple(sorted(self.entries, key=happened))

    @cached_property
    def standing(self) -> tuple[Entry[Fact], ...]:
        """The entries that count, in the order in which they happened."""
        live = (
            entry
            for entry in self.entries
            if entry.id not in self.strikes and not isinstance(entry.fact, EntryStruck)
        )
        return tuple(sorted(live, key=happened))

    @cached_property
    def _by_kind(self) -> Mapping[type[Fact], tuple[Entry[Fact], ...]]:
        sorted_out: dict[type[Fact], list[Entry[Fact]]] = {}
        for entry in self.standing:
            sorted_out.setdefault(type(entry.fact), []).append(entry)
        return {kind: tuple(entries) for kind, entries in sorted_out.items()}

    def of(self, kind: type[F]) -> tuple[Entry[F], ...]:
        """The standing entries of one kind, in the order in which they happened."""
        return cast(tuple[Entry[F], ...], self._by_kind.get(kind, ()))

    def of_any(self, kinds: Iterable[type[Fact]]) -> tuple[Entry[Fact], ...]:
        """The standing entries of several kinds, in the order in which they happened."""
        found = [entry for kind in kinds for entry in self.of(kind)]
        return tuple(sorted(found, key=happened))

    def facts(self, kind: type[F]) -> tuple[F, ...]:
        """The standing facts of one kind, in the order in which they happened."""
        return tuple(entry.fact for entry in self.of(kind))

    def last(self, kind: type[F]) -> Entry[F] | None:
        """The last standing entry of one kind, by the time it happened."""
        entries = self.of(kind)
        return entries[-1] if entries else None

    def last_fact(self, kind: type[F]) -> F | None:
        """The last standing fact of one kind, by the time it happened."""
        entry = self.last(kind)
        return entry.fact if entry else None

    def entry(self, entry_id: str) -> Entry[Fact] | None:
        """An entry by its id, struck or not."""
        return self._by_id.get(entry_id)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry[Fact]]:
        return {entry.id: entry for entry in self.entries}

    def with_more(self, more: Sequence[Entry[Fact]]) -> Visit:
        """The visit with more entries at its end."""
        new = _heir(self, (*self.entries, *more))
        known = vars(self)
        if "_by_id" in known:
            vars(new)["_by_id"] = {**self._by_id, **{entry.id: entry for entry in more}}
        if "in_order" in known:
            vars(new)["in_order"] = inserted(self.in_order, more)
        if any(isinstance(entry.fact, EntryStruck) for entry in more):
            return new
        if any(entry.id in self.strikes for entry in more):
            return new
        vars(new)["strikes"] = self.strikes
        if "standing" in known:
            vars(new)["standing"] = inserted(self.standing, more)
        if "_by_kind" in known:
            vars(new)["_by_kind"] = sorted_in(self._by_kind, more)
        return new

    def of_each(self, name: str, kind: type[F], work: Callable[[Entry[F]], T]) -> tuple[T, ...]:
        """What ``work`` makes of each standing entry of a kind, in the order they happened in.

        It may look at the entry alone: what was made of one is taken over by the visits that grow
        out of this one.
        """
        return self.once(
            f"{name}, of each", lambda _visit: self.pieces.of_all(name, self.of(kind), work)
        )

    def of_entry(self, name: str, entry: Entry[F], work: Callable[[Entry[F]], T]) -> T:
        """The same of one entry, struck or not; what it depends on besides belongs in the name."""
        return self.pieces.of_one(name, entry, work, len(self.entries))

    @cached_property
    def _worked_out(self) -> dict[str, object]:
        return {}

    def once(self, name: str, work: Callable[[Visit], T]) -> T:
        """What ``work`` makes of this visit, worked out on first use; a visit never changes."""
        if name not in self._worked_out:
            self._worked_out[name] = work(self)
        return cast(T, self._worked_out[name])

    def once_at(self, name: str, moment: datetime, work: Callable[[Visit, datetime], T]) -> T:
        """What ``work`` makes of this visit at a moment; the last few moments are kept.

        A redraw asks the same of the same moment in many places. The offset is part of the moment:
        equal times of two zones read differently.
        """
        kept: dict[object, T] = self.once(f"{name}, by moment", lambda _visit: {})
        key = (moment, moment.utcoffset())
        if key not in kept:
            if len(kept) >= MOMENTS_KEPT:
                kept.clear()
            kept[key] = work(self, moment)
        return kept[key]

    def without(self, entry_id: str) -> Visit:
        """The visit as it would stand if that entry had never been written."""
        return _leaving(self, {entry_id})

    # ------------------------------------------------ what the visit stands on

    @property
    def clinic(self) -> ClinicRecorded | None:
        """The clinic, as it was when the visit was opened."""
        return self.last_fact(ClinicRecorded)

    @property
    def nurse(self) -> NurseRecorded | None:
        """The nurse who charts."""
        return self.last_fact(NurseRecorded)

    @property
    def patient(self) -> PatientRecorded | None:
        """The patient, with allergies."""
        return self.last_fact(PatientRecorded)

    @property
    def order(self) -> OrderRecorded | None:
        """The prescriber's order that stands now: the last one."""
        return self.last_fact(OrderRecorded)

    def order_at(self, moment: datetime) -> OrderRecorded | None:
        """The order that stood at that moment: what was done then is held against this one.

        The last one from then or before. Before the first one was charted it is that first one,
        for there is no other. An order that was corrected is replaced for all times: what stands
        in its place keeps its time.
        """
        return self.ordered_at(moment).order

    def ordered_at(self, moment: datetime) -> Visit:
        """The same visit with the order that stood at that moment as its last one."""
        orders = self.of(OrderRecorded)
        if len(orders) <= 1:
            return self
        later = {entry.id for entry in orders[1:] if entry.at > moment}
        if not later:
            return self
        return self.once(
            f"ordered, {len(orders) - len(later)}", lambda whole: _leaving(whole, later)
        )

    @property
    def opened(self) -> VisitOpened | None:
        """The visit's number and zone."""
        return self.last_fact(VisitOpened)

    @property
    def weight(self) -> WeightMeasured | None:
        """The weight charted last."""
        return self.last_fact(WeightMeasured)

    @property
    def adult(self) -> AdultNamed | None:
        """The responsible adult."""
        return self.last_fact(AdultNamed)

    @cached_property
    def protocol(self) -> Protocol:
        """The protocol in force at this visit.

        Raises:
            LookupError: the visit has none; every visit that `charting` opens has one.
        """
        adopted = self.last_fact(ProtocolAdopted)
        if adopted is None:
            raise LookupError("this visit has no protocol on file")
        return adopted.protocol

    # ------------------------------------------------ how far it has come

    @property
    def signed(self) -> Entry[VisitSigned] | None:
        """The nurse's signature, once it is there."""
        return self.last(VisitSigned)

    @property
    def report(self) -> Entry[ReportSigned] | None:
        """The signed report, once it was made."""
        return self.last(ReportSigned)

    @property
    def unknown(self) -> tuple[Entry[Unknown], ...]:
        """Entries that a newer KetaChart wrote."""
        return self.of(Unknown)

    @property
    def head(self) -> str:
        """The hash of the last entry's chain: it stands for all of them."""
        return self.entries[-1].chain if self.entries else ""


def _leaving(visit: Visit, out: set[str]) -> Visit:
    return _heir(visit, tuple(entry for entry in visit.entries if entry.id not in out))


def _heir(visit: Visit, entries: tuple[Entry[Fact], ...]) -> Visit:
    """A visit of other entries that takes over what was made of each of them."""
    heir = Visit(entries)
    vars(heir)["pieces"] = visit.pieces
    return heir


def apply(visit: Visit, entry: Entry[Fact]) -> Visit:
    """The visit with one more entry."""
    return visit.with_more((entry,))


def fold(entries: Iterable[Entry[Fact]]) -> Visit:
    """All entries of a visit, in the order of their numbers; never refuses one."""
    return Visit(tuple(entries))

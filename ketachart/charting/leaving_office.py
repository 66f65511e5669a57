"""What leaving asks of the unlocked ledger and of the laptop's own book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ketachart.domain.facts import Fact, NurseRecorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketachart.charting.chart_time import ChartTime
    from ketachart.charting.post import PostDesk
    from ketachart.domain.visit import Entry, Visit
    from ketachart.storage.drafts import FormDraft

F = TypeVar("F", bound=Fact)


class Drafts(Protocol):
    """What is typed and not recorded yet."""

    def all(self) -> Sequence[FormDraft]:
        """Every form that is half typed."""
        ...

    def drop(self, key: str) -> None:
        """One of them is thrown away."""
        ...


class Book(Protocol):
    """What leaving needs of the laptop's own book."""

    def record(self, *facts: Fact, act: str = "") -> Sequence[Entry[Fact]]:
        """Keeps what was done."""
        ...

    def facts(self, kind: type[F]) -> Sequence[F]:
        """The facts of one kind, the oldest first."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What is typed and not recorded yet."""
        ...


class Office(Protocol):
    """What leaving needs of the unlocked ledger."""

    time: ChartTime
    staff_id: str

    @property
    def post(self) -> PostDesk:
        """What goes between this ledger and the clinic's."""
        ...

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream."""
        ...

    def forget(self, streams: Sequence[str]) -> None:
        """What was read of visits that left goes out of memory."""
        ...

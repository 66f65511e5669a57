"""What the people of a ledger ask of the unlocked ledger that they are a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ketachart.domain.facts import ClinicRecorded, Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ketachart.charting.certificate_book import CertificateBook
    from ketachart.charting.chart_time import ChartTime
    from ketachart.domain.visit import Entry, Visit

F = TypeVar("F", bound=Fact)


class Drafts(Protocol):
    """What is typed and not recorded yet."""

    def all(self) -> Sequence[object]:
        """Every form that is half typed."""
        ...


class Book(Protocol):
    """The laptop's own book."""

    def record(self, *facts: Fact, act: str = "") -> Sequence[Entry[Fact]]:
        """Keeps what was done."""
        ...

    def entries(self, *kinds: type[Fact]) -> Sequence[Entry[Fact]]:
        """What was kept, the oldest first."""
        ...

    def facts(self, kind: type[F]) -> Sequence[F]:
        """The facts of one kind, the oldest first."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What is typed and not recorded yet."""
        ...


class Office(Protocol):
    """The unlocked ledger."""

    time: ChartTime
    staff_id: str

    @property
    def certificates(self) -> CertificateBook:
        """The clinic's certificates."""
        ...

    @property
    def keeping(self) -> Book:
        """How the ledger is kept."""
        ...

    @property
    def folder(self) -> Path:
        """Where the ledger lies."""
        ...

    @property
    def practice(self) -> bool:
        """Whether this ledger holds made-up patients only."""
        ...

    @property
    def clinic(self) -> ClinicRecorded:
        """The clinic."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream, as it stands."""
        ...

    def register(self, *facts: Fact) -> None:
        """Keeps facts about the clinic itself."""
        ...

    def close(self) -> None:
        """Locks."""
        ...

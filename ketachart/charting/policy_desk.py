"""The clinic's protocol: the edition in force, every edition before it, and a supervisor's next."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol as Shape

from ketachart import house
from ketachart.charting.chart_time import ChartTime
from ketachart.domain.editing.changes import Change, changes
from ketachart.domain.editing.edit import Edit, drafted, must_be_supervisor, next_edition
from ketachart.domain.facts import Fact, NurseRecorded, ProtocolAdopted
from ketachart.domain.letters import Letters
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Visit
from ketachart.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition: when, by whom, why, and what it changed; ``laxer`` ones are named in it."""

    protocol: Protocol
    at: datetime
    by: str
    reason: str
    changes: tuple[Change, ...]


class Office(Shape):
    """What is asked of the unlocked ledger."""

    time: ChartTime

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream, as it stands."""
        ...

    def register(self, *facts: Fact) -> None:
        """Keeps facts about the clinic itself."""
        ...


class PolicyDesk:
    """Reads and changes the clinic's protocol; nothing here touches a visit."""

    def __init__(self, office: Office, letters: Letters) -> None:
        self._office, self._letters = office, letters

    @property
    def shipped(self) -> Protocol:
        """The protocol as this program ships it, to compare with."""
        return house.shipped_protocol()

    @property
    def in_force(self) -> Protocol:
        """The edition that the next visit is opened with."""
        return self._office.own_stream.protocol

    @property
    def may_change(self) -> bool:
        """Whether the unlocked person is a supervisor."""
        return self._office.nurse.role == "supervisor"

    def editions(self) -> tuple[Edition, ...]:
        """Every edition, the newest first."""
        register = self._office.own_stream
        names = {fact.staff_id: fact.name for fact in register.facts(NurseRecorded)}
        found, before = [], None
        for entry in register.of(ProtocolAdopted):
            now = entry.fact.protocol
            found.append(
                Edition(
                    protocol=now,
                    at=entry.at,
                    by=names.get(entry.author, entry.author),
                    reason=entry.fact.reason,
                    changes=() if before is None else changes(before, now, self.shipped),
                )
            )
            before = now
        return tuple(reversed(found))

    def draft(self, edits: Sequence[Edit]) -> Protocol:
        """The edition in force with edits in it, not adopted yet.

        Raises:
            Refused: a row cannot be so, or cannot be printed.
        """
        self._printable(edits)
        return drafted(self.in_force, edits, self.shipped)

    def adopt(self, edits: Sequence[Edit], *, reason: str, title: str = "") -> Protocol:
        """Makes the edits the clinic's next edition; visits that are open keep theirs.

        Raises:
            Refused: the person is no supervisor, the reason is missing, a row cannot be so, or
                nothing would change.
            LedgerError: it was not saved.
        """
        must_be_supervisor(self._office.nurse)
        if not reason.strip():
            raise Refused("Say why the protocol changes.", rule="reason missing", field="reason")
        self._printable(edits)
        self._check_letters((("title", title), ("reason", reason)))
        adopted = next_edition(self.in_force, edits, shipped=self.shipped, title=title)
        now = self._office.time.now()
        self._office.register(ProtocolAdopted(at=now, protocol=adopted, reason=reason.strip()))
        return adopted

    def _printable(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            if edit.row is not None:
                values = ((f.name, getattr(edit.row, f.name)) for f in dataclasses.fields(edit.row))
                self._check_letters((name, text) for name, text in values if isinstance(text, str))

    def _check_letters(self, texts: Iterable[tuple[str, str]]) -> None:
        for name, text in texts:
            letter = self._letters.missing_from(text)
            if letter:
                raise Refused(
                    f"“{letter}” cannot be printed in the report. Write it in Latin letters.",
                    rule="cannot be printed",
                    field=name,
                )

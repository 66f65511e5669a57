"""A patient's earlier visits, each read once for as long as nothing is written in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from ketachart.charting import history
from ketachart.charting.history import VisitRow
from ketachart.domain.course import started_at
from ketachart.domain.earlier.past import COPIED_DAYS, COPIED_INFUSIONS, past_infusion
from ketachart.domain.facts import (
    KINDS,
    CriterionJudged,
    Fact,
    HandoutGiven,
    InkSigned,
    InstructionTaught,
    PastInfusion,
    PastRecorded,
    ProtocolAdopted,
    RecoveryScored,
    ScreeningAnswered,
    ScreeningConcluded,
    VisitOpened,
)
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.storage import codec
from ketachart.storage.ledger import Ledger

# More than half of a visit's entries, and the longest of them, say nothing of dose, pain, effects.
_NOT_READ: tuple[type[Fact], ...] = (
    ScreeningAnswered, ScreeningConcluded, PastRecorded, CriterionJudged, RecoveryScored,
    InstructionTaught, HandoutGiven, InkSigned,
)  # fmt: skip
READ = tuple(kind for kind, fact in KINDS.items() if fact not in _NOT_READ)


class Earlier:
    """What was read is kept until the ledger is locked; a visit written on is read again."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._told: dict[str, tuple[int, PastInfusion | None]] = {}
        self._protocols: dict[str, Fact] = {}
        self._last: tuple[str, int, Visit] | None = None

    def last_visit(self, mrn: str, *, leave_out: str = "") -> Visit | None:
        """The patient's last visit, other than the one that is left out."""
        newest = history.rows_of(self._ledger, mrn, limit=2)
        stream = next((row.stream for row in newest if row.stream != leave_out), None)
        if stream is None:
            return None
        length = self._ledger.length(stream)
        if self._last is None or self._last[:2] != (stream, length):
            self._last = (stream, length, history.visit_of(self._ledger, stream))
        return self._last[2]

    def visit_before(self, mrn: str, before: VisitOpened) -> Visit | None:
        """The patient's last visit before that one in which the pump ran; None where none did.

        Practice and real visits are never mixed; one that left this laptop is not looked at.
        """
        for row in self._rows(mrn, on=before.at.date(), practice=before.practice):
            if row.opened_at is None or row.opened_at >= before.at:
                continue
            found = fold(self._entries(row.stream))
            if started_at(found) is not None:
                return found
        return None

    def infusions(self, mrn: str, *, on: date, practice: bool) -> tuple[PastInfusion, ...]:
        """The patient's infusions of the last 365 days before that day, the oldest first.

        Practice and real visits are never mixed. No more than 60 are told, the newest of them.
        """
        found: list[PastInfusion] = []
        for row in self._rows(mrn, on=on, practice=practice):
            infusion = self._infusion(row.stream)
            if infusion is not None:
                found.append(infusion)
            if len(found) == COPIED_INFUSIONS:
                break
        return tuple(sorted(found, key=lambda one: (one.on, one.visit)))

    def read_next(self, mrn: str, *, on: date, practice: bool) -> bool:
        """Reads one more of the visits that `infusions` will tell; whether there are others."""
        rows = self._rows(mrn, on=on, practice=practice)[:COPIED_INFUSIONS]
        unread = [row.stream for row in rows if not self._is_read(row.stream)]
        if unread:
            self._infusion(unread[0])
        return len(unread) > 1

    def _rows(self, mrn: str, *, on: date, practice: bool) -> list[VisitRow]:
        """The patient's visits that are looked at, the newest first."""
        since = on - timedelta(days=COPIED_DAYS)
        own = history.rows_of(self._ledger, mrn, since=since)
        return [row for row in own if row.practice == practice]

    def _is_read(self, stream: str) -> bool:
        known = self._told.get(stream)
        return known is not None and known[0] == self._ledger.length(stream)

    def _infusion(self, stream: str) -> PastInfusion | None:
        if not self._is_read(stream):
            told = past_infusion(fold(self._entries(stream)))
            self._told[stream] = (self._ledger.length(stream), told)
        return self._told[stream][1]

    def _entries(self, stream: str) -> Iterator[Entry[Fact]]:
        """What of a visit tells of the infusion; each edition of the protocol is read once."""
        for row in self._ledger.stream_of(stream, READ):
            if row.kind != ProtocolAdopted.KIND:
                yield codec.entry_of(row)
                continue
            edition = f"{row.version} {row.body}"
            if edition not in self._protocols:
                self._protocols[edition] = codec.fact_of(row)
            at = datetime.fromisoformat(row.at)
            yield codec.entry_of(row, fact=replace(self._protocols[edition], at=at))

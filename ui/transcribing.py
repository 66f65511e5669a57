"""Copying from paper: while it lasts no sheet means “now”, and every time lies in the period."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ketachart.errors import Refused

if TYPE_CHECKING:
    from ketachart.domain.facts import PaperKept
    from ketachart.domain.visit import Entry, Visit


class Transcribing(QObject):
    """Which time on paper is being copied, if any; the nurse begins it and ends it."""

    changed = Signal()
    offered = Signal()  # the sheet on which paper is recorded is wanted

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._period: Entry[PaperKept] | None = None

    @property
    def period(self) -> Entry[PaperKept] | None:
        """The time on paper that is being copied."""
        return self._period

    @property
    def words(self) -> str:
        """“14:05–14:40”; empty while nothing is copied."""
        if self._period is None:
            return ""
        from ketachart.domain.paper import period_words

        return period_words(self._period.fact)

    def begin(self, period: Entry[PaperKept]) -> None:
        """From here on what is charted comes from that paper."""
        self._period = period
        self.changed.emit()

    def end(self) -> None:
        """What is charted happens now again."""
        if self._period is not None:
            self._period = None
            self.changed.emit()

    def follow(self, visit: Visit) -> None:
        """A period that was struck is copied no more; one that was corrected has its new times."""
        if visit.signed is not None:
            self.end()
        if self._period is None or self._period.id not in visit.strikes:
            return
        from ketachart.domain.facts import PaperKept

        instead = visit.strikes[self._period.id].fact.replaced_by
        there = next((e for e in visit.of(PaperKept) if e.id == instead), None)
        if there is None:
            self.end()
        else:
            self.begin(there)

    def check(self, moment: datetime | None) -> None:
        """Lets a time pass that was typed and lies in the period.

        Raises:
            Refused: none was typed, or it lies outside.
        """
        if self._period is None:
            return
        if moment is None:
            raise Refused(
                f"Type when it happened: this is copied from paper {self.words}, not charted now.",
                rule="time from paper missing",
                field="at",
            )
        minute = moment.replace(second=0, microsecond=0)
        first = self._period.at.replace(second=0, microsecond=0)
        if not first <= minute <= self._period.fact.until:
            raise Refused(
                f"Paper was kept {self.words}. Type a time in it, or end the copying first to "
                "chart what happened at another time.",
                rule="time not on paper",
                field="at",
            )

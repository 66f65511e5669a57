"""A ledger made again from a backup: on a new laptop, or in the place of a damaged one.

Works before anything is unlocked. The passphrase is proved against the backup's own keyring; the
ledger that is there is kept aside whole, and what was charted after the backup is taken over from
it as far as it can be read (storage.md, section 6).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ketachart.charting import shelf
from ketachart.charting.copies import (
    CopyInfo,
    CopyProof,
    prove_copy,
    prove_copy_by_recovery,
    who_restores,
)
from ketachart.charting.stays import STAYS
from ketachart.clock import Clock
from ketachart.domain.facts import VisitOpened
from ketachart.domain.facts.safekeeping import LAPTOP, LedgerRestored
from ketachart.domain.visit import fold
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import LedgerError
from ketachart.storage import (
    codec,
    generations,
    putting_back,
    restore,
)
from ketachart.storage.entry import Draft, Row, Shelved
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.manifest import Manifest
from ketachart.storage.regaining import Regained

__all__ = [
    "CopyInfo",
    "CopyProof",
    "RestoreTask",
    "Restored",
    "copies_at",
    "finish_left",
    "prove_copy",
    "prove_copy_by_recovery",
    "who_restores",
]

Progress = Callable[[int, int], None]

_BROKEN_OFF: Final = (
    "The restore was broken off. Nothing was changed: the ledger is as it was. Restore "
    "again when there is time."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore; ``kept`` is where the ledger before was kept, whole.

    ``lost`` counts entries of the ledger before that could not be taken over, None where nobody
    can tell; ``other_passphrase`` says that the keyring that was here counts on, and that the one
    who restored has another passphrase in it than in the backup.
    """

    item: str
    made_at: datetime
    head_seq: int
    regained: int
    papers: int
    lost: int | None
    kept: Path | None
    other_passphrase: bool

    @property
    def sentence(self) -> str:
        """What happened, what is safe, what to do."""
        told = [f"Restored from the backup of {day_and_clock(self.made_at)}."]
        if self.kept is not None:
            told += [self._since(), f"The ledger before is kept whole, in {self.kept.name}."]
        if self.other_passphrase:
            told.append("Unlock with your passphrase of today, not with the backup's.")
        return " ".join(told)

    def _since(self) -> str:
        entries = count(self.regained, "entry", "entries")
        if self.lost is None and not self.regained:
            return "The ledger before could not be read: what was charted after it is not here."
        if self.lost is None:
            return f"{entries} charted after it could be taken over; perhaps not all of them."
        if self.lost:
            first = self.head_seq + self.regained + 1
            lost = count(self.lost, "entry", "entries")
            return f"{entries} charted after it taken over; {lost} could not be, from {first} on."
        if self.regained:
            return f"What was charted after it ({entries}) was taken over: nothing is lost."
        return "Nothing was charted after it: nothing is lost."


def copies_at(place: Path) -> tuple[CopyInfo, ...]:
    """The backups at a place, of any ledger, the newest first; damaged ones say why.

    Raises:
        LedgerError: the place cannot be read.
    """
    return tuple(CopyInfo.of(found) for found in generations.found_at(place))


def is_of_another(place: Path, copy: CopyInfo) -> bool:
    """Whether the ledger that is here is another one than the backup's: nothing joins the two."""
    try:
        return Keyring.read(place).ledger_id != copy.ledger_id
    except LedgerError:
        return False


def finish_left(place: Path) -> None:
    """Finishes a restore that an ended program left, or takes away what it left of it.

    Raises:
        LedgerError: the disk did not let it; it goes on from here next time.
    """
    putting_back.finish_if_left(place)


@dataclass(frozen=True, slots=True)
class RestoreTask:
    """One restore; ``proof`` is the backup's key, ``here`` that of the ledger that is here."""

    folder: Path
    copy: CopyInfo
    proof: Unwrapped
    clock: Clock
    reason: str = ""
    here: Unwrapped | None = None

    def work(
        self,
        told: Callable[[str], None] = lambda _step: None,
        on_progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Restored:
        """Puts the backup in the ledger's place; may run in a worker, the ledger locked.

        Ended at any moment it leaves the old ledger whole, or the new one. That it was restored
        stands in the new ledger as an entry.

        Raises:
            LedgerDamaged, LedgerForeign: the backup is not whole, or not of this key.
            LedgerInUse: the ledger is open; lock it first.
            LedgerError: the ledger that is here is as it was; the sentence says why.
        """

        def step(done: int, total: int) -> None:
            if cancelled():
                raise LedgerError(_BROKEN_OFF)
            on_progress(done, total)

        other = self._has_other_passphrase()
        wish = restore.Wish(
            folder=self.folder,
            copy=self.copy.found,
            unwrapped=self.proof,
            now=self.clock.now(),
            shelve=_line,
            told_of=self._told_of,
            here=self.here,
            stays=STAYS,
        )
        made = restore.restore(wish, told, step)
        return Restored(
            item=made.manifest.item,
            made_at=made.manifest.made_at,
            head_seq=made.manifest.head.seq,
            regained=made.regained.entries,
            papers=made.regained.papers,
            lost=_lost(made.manifest, made.regained),
            kept=made.kept,
            other_passphrase=other and not made.keyring_too,
        )

    def _has_other_passphrase(self) -> bool:
        """Whether this person's slot here is another one than in the backup."""
        ring, staff_id = self.copy.found.keyring, self.proof.person.staff_id
        try:
            return ring is not None and Keyring.read(self.folder).slot(staff_id) != ring.slot(
                staff_id
            )
        except LedgerError:
            return False

    def _told_of(self, manifest: Manifest, regained: Regained) -> Draft:
        now = self.clock.now()
        fact = LedgerRestored(
            at=now,
            item=manifest.item,
            head_seq=manifest.head.seq,
            head_link=manifest.head.link,
            made_at=manifest.made_at,
            regained=regained.entries,
            reason=self.reason,
        )
        return codec.draft_of(
            fact,
            stream=LAPTOP,
            entry_id=self.clock.new_id(),
            author=self.proof.person.staff_id,
            recorded_at=now,
            elapsed=timedelta(),
            session=self.clock.new_id(),
        )


def _lost(manifest: Manifest, regained: Regained) -> int | None:
    if regained.last is None:
        return None
    return max(0, regained.last - manifest.head.seq - regained.entries)


def _line(stream: str, rows: Sequence[Row]) -> Shelved | None:
    """A visit's line in the list, from its entries; None for what is no visit."""
    opened = next((row for row in rows if row.kind == VisitOpened.KIND), None)
    if opened is None or opened.gone:
        return None
    visit = fold(codec.entry_of(row) for row in rows)
    return shelf.shelved(stream, visit, visit.entries[0].recorded_at)

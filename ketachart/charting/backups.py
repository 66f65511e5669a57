"""The backups of this laptop's ledger: where they lie, how old the last one is, making the next.

A backup counts once it was written, read back and opened, and an entry says so; from then on the
visits in it are in two places.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol, TypeVar

from ketachart import __version__
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.rehearsing import Rehearsed, RehearseRestoreTask
from ketachart.charting.restoring import CopyInfo, copies_at
from ketachart.charting.sighting import LookTask, Sight
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import LAPTOP, BackupMade, RestoreRehearsed, WhyCopied
from ketachart.domain.visit import Entry
from ketachart.domain.wording import count
from ketachart.errors import LedgerError, Refused
from ketachart.storage import backup, stick
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.ledger import Ledger
from ketachart.storage.manifest import Manifest

F = TypeVar("F", bound=Fact)

__all__ = ["BackupDesk", "BackupTask", "Copy", "MadeCopy"]

OVERDUE: Final = timedelta(days=3)
"""A weekend without the stick is forgiven; what was charted before it is not left without one."""

_PLACE, _ITEM = "backup-place", "backup-item"  # settings: the place, and the last one made there
_NEVER: Final = (
    "This ledger was never backed up. If the laptop is lost, every visit on it is lost: choose a "
    "USB stick and back up."
)
_NO_PLACE: Final = "No place for backups is chosen. Choose a USB stick, or a folder on one."
_BROKEN_OFF: Final = "The backup was broken off. Nothing is lost: the ledger is whole."


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified backup, as the laptop's own book tells it."""

    made: BackupMade
    seq: int

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return self.made.at


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A backup that is on the medium and was found whole, and what it was made at."""

    manifest: Manifest
    why: WhyCopied


@dataclass(frozen=True, slots=True)
class BackupTask:
    """One backup to be made away from the ledger's own connection."""

    wanted: backup.Wanted = field(repr=False)
    why: WhyCopied

    def work(
        self,
        told: Callable[[str], None] = lambda _step: None,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MadeCopy:
        """Makes it; may run in a worker while the ledger is charted into.

        Raises:
            LedgerError: none was made; the sentence says why. The ledger was not touched.
        """

        def step(done: int, total: int) -> None:
            if cancelled():
                raise backup.BrokenOff(_BROKEN_OFF)
            on_progress(done, total)

        told("Backing up")
        return MadeCopy(backup.make(self.wanted, step), self.why)


class Office(Protocol):
    """What a desk needs of the unlocked ledger."""

    @property
    def time(self) -> ChartTime:
        """The chart's time."""
        ...


class Book(Protocol):
    """What a desk needs of the laptop's own book."""

    def record(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Keeps what was done with the ledger."""
        ...

    def facts(self, kind: type[F]) -> Sequence[F]:
        """The facts of one kind, the oldest first."""
        ...


class BackupDesk:
    """The backups of one unlocked ledger."""

    def __init__(self, office: Office, ledger: Ledger, keeping: Book) -> None:
        self._office, self._ledger, self._keeping = office, ledger, keeping
        self._sight: Sight | None = None

    # ------------------------------------------------ the place

    def place(self) -> Path | None:
        """Where backups go, or None where no place was chosen."""
        chosen = self._ledger.setting(_PLACE)
        return Path(chosen) if chosen else None

    def choose(self, place: Path) -> None:
        """Backups go there from now on; a file is written there and taken away again.

        Raises:
            Refused: it will not do; the sentence says why.
            LedgerError: it cannot be written, or the choice could not be kept.
        """
        if not stick.is_there(place):
            raise Refused(
                "This is no folder. Choose a folder or a stick that is plugged in.",
                rule="backup place",
                field="place",
            )
        chosen, own = place.resolve(), self._ledger.folder.resolve()
        if chosen == own or own in chosen.parents:
            raise Refused(
                "This is the ledger's own folder: a backup there would be lost with it. Choose a "
                "USB stick.",
                rule="backup place",
                field="place",
            )
        stick.require_writable(chosen)
        self._ledger.put_setting(_PLACE, str(chosen))
        self._ledger.put_setting(_ITEM, "")
        self._sight = LookTask(chosen, own).work()

    def look(self) -> LookTask | None:
        """A look at the chosen place, for a worker; None where none is chosen."""
        chosen = self.place()
        return None if chosen is None else LookTask(chosen, self._ledger.folder)

    def saw(self, sight: Sight) -> None:
        """How the place was found; it is told so until the next look."""
        if sight.place == self.place():  # else another was chosen meanwhile
            self._sight = sight

    def sight(self) -> Sight | None:
        """How the chosen place was found last; None where nobody looked yet. No disk is asked."""
        return self._sight

    # ------------------------------------------------ what there is

    def last(self) -> Copy | None:
        """The newest backup that was verified, wherever it lies now."""
        rows = self._ledger.stream_of(LAPTOP, [BackupMade.KIND])
        made = self._keeping.facts(BackupMade)
        return Copy(made[-1], rows[-1].seq) if made else None

    def copies(self) -> tuple[CopyInfo, ...]:
        """The backups of this ledger at the chosen place, the newest first.

        Raises:
            LedgerError: the place is not there, or cannot be read.
        """
        chosen = self.place()
        if chosen is None:
            return ()
        return tuple(each for each in copies_at(chosen) if each.ledger_id in {self.ledger_id, ""})

    @property
    def ledger_id(self) -> str:
        """Which ledger this is; its backups bear it."""
        return self._ledger.unwrapped.ledger_id

    @property
    def unwrapped(self) -> Unwrapped:
        """The ledger's key, for what goes on once it is locked."""
        return self._ledger.unwrapped

    def overdue(self, now: datetime) -> str:
        """Why a backup should be made now, in a sentence; empty where none is due.

        The place is told as it was seen last: no disk is asked.
        """
        last = self.last()
        if last is None:
            return _NEVER
        if not self._grew():
            return ""
        sight = self.sight()
        if sight is not None and not sight.there:
            return f"{self._age(last, now)} {stick.NOT_THERE}"
        if now - last.made_at > OVERDUE:
            return f"{self._age(last, now)} Plug the stick in and back up."
        return ""

    def wanted(self, why: WhyCopied) -> bool:
        """Whether a backup is to be made by itself now, or was asked for; no disk is asked."""
        if self.place() is None or self._ledger.read_only is not None:
            return False
        if why in ("asked for", "before a change"):
            return True
        last = self.last()
        elsewhere = last is None or self._ledger.setting(_ITEM) != last.made.item
        return elsewhere or self._grew()

    # ------------------------------------------------ making one

    def task(self, why: WhyCopied) -> BackupTask:
        """One backup, to be made by a worker.

        Raises:
            LedgerError: no place is chosen.
        """
        chosen = self.place()
        if chosen is None:
            raise LedgerError(_NO_PLACE)
        return self.beside(chosen, why)

    def beside(self, chosen: Path, why: WhyCopied) -> BackupTask:
        """One backup in a place that need not be the chosen one, to be made by a worker.

        What is kept so before an update lies on the ledger's own disk: no entry calls it a backup.
        """
        last = self.last()
        return BackupTask(
            backup.Wanted(
                folder=self._ledger.folder,
                chosen=chosen,
                unwrapped=self._ledger.unwrapped,
                item=self._office.time.new_id(),
                now=self._office.time.now(),
                program=f"KetaChart {__version__}",
                newest=last.made.item if last else "",
            ),
            why,
        )

    def finish(self, made: MadeCopy) -> Entry[Fact]:
        """Keeps that it was made; on the disk when this returns.

        Raises:
            LedgerError: it was not saved.
        """
        told = made.manifest
        fact = BackupMade(
            at=told.made_at,
            item=told.item,
            why=made.why,
            head_seq=told.head.seq,
            head_link=told.head.link,
            sha256=told.sha256,
            size=told.size,
        )
        (entry,) = self._keeping.record(fact, act=told.item)
        self._ledger.put_setting(_ITEM, told.item)
        return entry

    # ------------------------------------------------ trying one out

    def rehearsal(self) -> RehearseRestoreTask:
        """The newest backup, to be restored beside the ledger and thrown away, by a worker."""
        return RehearseRestoreTask(self._ledger.folder, self.place(), self._ledger.unwrapped)

    def finish_rehearsal(self, rehearsed: Rehearsed) -> Entry[Fact]:
        """Keeps that a restore was rehearsed; on the disk when this returns.

        Raises:
            LedgerError: it was not saved.
        """
        (entry,) = self._keeping.record(rehearsed.fact(self._office.time.now()))
        return entry

    def last_rehearsal(self) -> RestoreRehearsed | None:
        """When a restore was rehearsed last, or None."""
        told = self._keeping.facts(RestoreRehearsed)
        return told[-1] if told else None

    # ------------------------------------------------ how old the last one is

    def _grew(self) -> bool:
        """Whether anything was written since the last backup, but that backups were made."""
        rows = self._ledger.stream_of(LAPTOP, [BackupMade.KIND])
        last = self.last()
        since = last.made.head_seq if last else 0
        own = sum(row.seq > since for row in rows)
        return self._ledger.head().seq - since > own

    @staticmethod
    def _age(last: Copy, now: datetime) -> str:
        days = max(0, (now - last.made_at) // timedelta(days=1))
        age = f"{count(days, 'day')} old" if days else "less than a day old"
        return f"The last backup is {age}, and more was charted since."

"""The check of the whole ledger: when it was made last, when the next is due, and making it.

Opening looks at the last entries and at the visits that are not signed; a bit that flipped in an
old visit is found here. It reads every page: 30 s for 100,000 visits, so it is made once a week,
or when it is asked for (storage.md, section 8, R11).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ketachart import __version__
from ketachart.charting.laptop_book import LaptopBook, Office
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import LedgerChecked, LedgerRenewed, LedgerRestored
from ketachart.domain.visit import Entry
from ketachart.domain.wording import day_and_clock
from ketachart.errors import Fault, LedgerDamaged, LedgerError, Refused
from ketachart.storage import generations, renewing, schema, whereabouts
from ketachart.storage import manifest as manifests
from ketachart.storage.access import ReadOnly
from ketachart.storage.entry import Head
from ketachart.storage.ledger import Ledger
from ketachart.storage.manifest import Manifest

__all__ = ["CheckDesk", "CheckTask", "LookTask", "Looked", "ReadOnly"]

EVERY: Final = timedelta(days=7)
_BROKEN_OFF: Final = (
    "The check was broken off. Nothing was changed; it begins anew next time. Check "
    "again when you have a moment."
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CheckTask:
    """One check of the whole ledger, on a connection of its own."""

    ledger: Ledger = field(repr=False)

    def work(
        self,
        on_progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Fault, ...]:
        """Everything that is not as it was written; may run in a worker while charting goes on.

        Args:
            on_progress: told how many entries were read, and of how many.
            cancelled: asked now and then whether to break off.

        Raises:
            LedgerInUse: something else kept writing; ask again.
            LedgerError: it was broken off, or the ledger could not be read at all.
        """

        def told(done: int, of: int) -> None:
            if cancelled():
                raise LedgerError(_BROKEN_OFF)
            on_progress(done, of)

        return self.ledger.verify(told)


_SUPERVISOR = "A supervisor must look at what is missing: it is told until then."
_CHECK_FIRST = (
    "Read the whole ledger first (This laptop, Check now): the book then tells who looked, and "
    "what was found."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out beside the ledger: its newest backup, and where it lies."""

    manifest: Manifest | None = None
    unsafe: str = ""


@dataclass(frozen=True, slots=True)
class LookTask:
    """What the disk is asked after unlocking: a stick may take its time to answer."""

    ledger: Ledger = field(repr=False)
    backups_at: Path | None

    def work(self) -> Looked:
        """The newest backup of this ledger that is there, and a warning about its folder."""
        return Looked(self._newest(), whereabouts.warning(self.ledger.folder))

    def _newest(self) -> Manifest | None:
        if self.backups_at is None:
            return None
        own = self.ledger.unwrapped
        try:
            home = generations.home(self.backups_at, own.ledger_id)
            found = generations.found_at(home) if home.is_dir() else ()
            sealed = (
                each.manifest
                for each in found
                if each.manifest is not None
                and each.manifest.ledger_id == own.ledger_id
                and manifests.is_sealed(manifests.read(each.folder) or b"", own)
            )
            return next(sealed, None)
        except (LedgerError, OSError):
            return None


class CheckDesk:
    """The checks of one unlocked ledger."""

    def __init__(
        self,
        office: Office,
        ledger: Ledger,
        keeping: LaptopBook,
        backups_lie: Callable[[], Path | None],
        may_judge: Callable[[], bool],
    ) -> None:
        self._office, self._ledger, self._keeping = office, ledger, keeping
        self._backups_lie, self._may_judge = backups_lie, may_judge
        self._read_to = 0

    # ------------------------------------------------ the whole ledger

    def last(self) -> Entry[Fact] | None:
        """The last check that ran to its end, with what it found; None where there was none."""
        checked = self._keeping.entries(LedgerChecked)
        return checked[-1] if checked else None

    def due(self, now: datetime) -> bool:
        """Whether the whole ledger should be read: weekly, and at once where it is damaged."""
        if self._ledger.read_only is not None:
            return self._ledger.read_only.why == "damaged"
        last = self.last()
        since = last.fact.at if last is not None else self._made_at()
        return since is None or not timedelta(0) <= now - since < EVERY

    def task(self) -> CheckTask:
        """One check, to be made by a worker."""
        try:
            self._read_to = self._ledger.head().seq
        except LedgerDamaged:
            self._read_to = 0
        return CheckTask(self._ledger)

    def finish(self, faults: Sequence[Fault]) -> None:
        """Writes down that the check ran to its end, and what it found.

        A ledger that is only read is left as it is.

        Raises:
            LedgerError: it was not saved.
        """
        if self._ledger.read_only is not None:
            return
        words = tuple(fault.sentence for fault in (*faults, *self.noticed()))
        now = self._office.time.now()
        self._keeping.record(LedgerChecked(at=now, head_seq=self._read_to, faults=words))

    # ------------------------------------------------ what was known elsewhere

    def noticed(self) -> tuple[Fault, ...]:
        """What was found at opening that does not keep anybody from charting.

        That newer entries are missing is told at each opening, until `saw`.
        """
        return self._ledger.noticed

    def saw(self) -> None:
        """A supervisor has looked at what is missing: it is told no more.

        Raises:
            Refused: a supervisor must look, and read the whole ledger once, so that the book tells
                who looked and what was found.
            LedgerError: it is told again next time.
        """
        if not self._may_judge():
            raise Refused(_SUPERVISOR, rule="not a supervisor")
        told = {fault.sentence for fault in self.noticed()}
        looked = any(
            entry.author == self._ledger.unwrapped.person.staff_id
            and told <= set(entry.fact.faults)
            for entry in self._keeping.entries(LedgerChecked)
            if isinstance(entry.fact, LedgerChecked)
        )
        if not looked:
            raise Refused(_CHECK_FIRST, rule="not checked")
        self._ledger.saw_missing()

    def look(self) -> LookTask:
        """What is asked of the disk and of the stick after unlocking, by a worker."""
        return LookTask(self._ledger, self._backups_lie())

    def behind(self, looked: Looked) -> Fault | None:
        """Whether this ledger is older than a backup of it, or went another way since then.

        A backup that was made before a restore tells nothing against the restored ledger.
        """
        newest = looked.manifest
        restored = self._keeping.facts(LedgerRestored)
        if newest is None or (restored and newest.made_at <= restored[-1].at):
            return None
        head = Head(newest.head.seq, newest.head.link)
        zone = self._office.time.now().tzinfo
        when = day_and_clock(newest.made_at.astimezone(zone))
        try:
            fault = self._ledger.missing_since(head, f"the backup of {when}")
        except LedgerDamaged:
            return None
        if fault is not None:
            self._ledger.note_missing(head)
        return fault

    # ------------------------------------------------ an older ledger

    def tell_renewed(self) -> None:
        """Writes down, once, that an older ledger was brought to today's shape.

        Raises:
            LedgerError: it was not saved; it is told next time.
        """
        former = self._ledger.setting(renewing.SETTING)
        if not former or self._ledger.read_only is not None:
            return
        self._keeping.record(
            LedgerRenewed(
                at=self._office.time.now(),
                from_version=int(former),
                to_version=len(schema.MIGRATIONS),
                program=f"KetaChart {__version__}",
            ),
            act=f"renewed-from-{former}",
        )
        self._ledger.put_setting(renewing.SETTING, "")

    def _made_at(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self._ledger.meta.made_at)
        except ValueError:
            return None

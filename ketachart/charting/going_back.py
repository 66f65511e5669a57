"""Back to the version before: its program counts again, and the ledger with it where it must.

A ledger that the older KetaChart cannot write gives way to the one that was kept before the update.
The newer one is kept aside whole, with everything that was charted in it since.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ketachart.charting.installing import Ready, handed_over, start_again
from ketachart.charting.office import OpenClinic
from ketachart.clock import Clock
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import Refused
from ketachart.storage import folder as place
from ketachart.storage import generations, returning, schema
from ketachart.storage.generations import Found as FoundBackup
from ketachart.storage.keyring import Unwrapped
from ketachart.update import finishing, fitting, journal, keys, rooms, staging, switching
from ketachart.update.installed import Installed
from ketachart.update.journal import Change

__all__ = ["BackPlan", "GoBackTask", "plan", "task_for"]

_NOWHERE: Final = (
    "There is no version before this one on this laptop. Nothing was changed: ask your clinic for "
    "the older version's update file."
)
_LOCKED: Final = (
    "To go back it must be known what the older KetaChart can read of the ledger, and that needs "
    "the passphrase. Nothing was changed: unlock first."
)
_NO_BACKUP: Final = (
    "KetaChart {version} cannot read the ledger as it is kept now, and the ledger of before the "
    "update is not here any more. Nothing was changed: go on with {here}, or restore a backup."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackPlan:
    """What going back would do; ``sentence`` says all of it before anything is chosen.

    ``backup`` is the ledger of before, where it has to take the newer one's place; ``since`` counts
    the entries that were written after it and stay in the newer ledger, kept aside.
    """

    change: Change
    sentence: str
    backup: FoundBackup | None = None
    since: int = 0
    file: Path | None = None
    program: bool = True


def plan(folder: Path, here: Installed, office: OpenClinic | None, file: Path | None) -> BackPlan:
    """What going back would do here; nothing is changed by it.

    Raises:
        Refused: there is no way back; the sentence says why.
        CannotRead: the older version's update file cannot be used.
        LedgerError: the ledger cannot be read.
    """
    if office is None and place.holds_ledger(folder):
        raise Refused(_LOCKED, rule="update")
    shape = _shape(folder, office)
    given_up = journal.read(folder).given_up(here.version)
    if given_up is not None and shape > len(schema.MIGRATIONS) and file is None:
        # the version before runs again already, and the ledger is still the newer one's
        change = replace(given_up, before=given_up.after, after=here.version, back=True)
        program = False
    else:
        change, program = _wanted(folder, here, file), True
    backup, since = None, 0
    if office is not None and shape > (change.ledger or len(schema.MIGRATIONS)):
        backup, since = _former_ledger(folder, change, office, here)
    change = replace(change, backup=change.backup if backup else "")
    sentence = _sentence(change, backup, since, program=program)
    return BackPlan(
        change=change, sentence=sentence, backup=backup, since=since, file=file, program=program
    )


def _shape(folder: Path, office: OpenClinic | None) -> int:
    return 0 if office is None else returning.shape_of(folder, office.keeping.backups.unwrapped)


def _wanted(folder: Path, here: Installed, file: Path | None) -> Change:
    """The change that undoes the update which brought this version."""
    forward = journal.read(folder).last_forward(here.version)
    if file is not None:
        return _by_file(here, file, forward)
    if forward is not None and _is_still_here(folder, here, forward):
        return _back(here, forward)
    raise Refused(_NOWHERE, rule="update")


def _is_still_here(folder: Path, here: Installed, forward: Change) -> bool:
    """Whether the version before still lies on this laptop, as it is needed."""
    if forward.way == "folder":
        return here.root is not None and switching.is_there(here.root, forward.former)
    return _kept_file(folder, forward.before) is not None


def _back(here: Installed, forward: Change) -> Change:
    return replace(forward, before=here.version, after=forward.before, back=True, step="copied")


def _by_file(here: Installed, file: Path, forward: Change | None) -> Change:
    from ketachart.update.reading import read_list

    told = read_list(file, keys.pinned())
    why = fitting.why_not_back(told, here)
    if why:
        raise Refused(why, rule="update")
    same = forward is not None and forward.before == told.version
    backup = forward.backup if forward is not None and same else ""
    return Change(
        before=here.version,
        after=told.version,
        at=told.built_at,
        way=here.way,
        ledger=told.ledger,
        backup=backup,
        back=True,
    )


def _kept_file(folder: Path, version: str) -> Path | None:
    """The update file of an older version, where it came here as one."""
    return next((each for each in rooms.kept(folder) if f"-{version}-" in each.name), None)


def _former_ledger(
    folder: Path, change: Change, office: OpenClinic, here: Installed
) -> tuple[FoundBackup, int]:
    """The ledger as it was kept before the update, and how many entries came after it."""
    at = folder / change.backup
    found = generations.found_at(at) if change.backup and at.is_dir() else ()
    whole = next((one for one in found if not one.fault and one.manifest), None)
    if whole is None or whole.manifest is None:
        raise Refused(_NO_BACKUP.format(version=change.after, here=here.version), rule="update")
    key = office.keeping.backups.unwrapped
    return whole, returning.entries_since(folder, key, whole.manifest)


def _sentence(change: Change, backup: FoundBackup | None, since: int, *, program: bool) -> str:
    told = []
    if program:
        told.append(f"KetaChart {change.after} runs again in place of {change.before}.")
    if backup is None:
        told.append("The ledger stays as it is: nothing that was charted is lost.")
        return " ".join(told)
    made = day_and_clock(backup.made_at)
    told.append(
        "It cannot read the ledger as it is kept now, so the ledger of before the update, of "
        f"{made}, takes its place."
    )
    if not since:
        told.append("Nothing was written since then.")
    else:
        written = count(since, "entry", "entries")
        told.append(
            f"What was written since then ({written}) is not in it: it stays in the newer ledger, "
            f"which is kept beside it, whole, and can be read with KetaChart {change.before}."
        )
    return " ".join(told)


def task_for(
    folder: Path, chosen: BackPlan, clock: Clock, here: Installed, office: OpenClinic | None
) -> "GoBackTask":
    """The way back as it was planned; the ledger is to be locked before it begins."""
    unwrapped = office.keeping.backups.unwrapped if office is not None else None
    return GoBackTask(folder=folder, plan=chosen, clock=clock, here=here, unwrapped=unwrapped)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoBackTask:
    """One way back, for a worker; the ledger is locked by now. ``unwrapped`` is its key."""

    folder: Path
    plan: BackPlan
    clock: Clock
    here: Installed
    unwrapped: Unwrapped | None = None

    def work(
        self,
        told: Callable[[str], None] = lambda _step: None,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Ready:
        """Goes back as planned; ended at any moment the newer version counts, or the older one.

        Raises:
            CannotRead, Refused, LedgerError: nothing was changed; the sentence says why.
        """
        with finishing.held(self.folder):
            change = replace(self.plan.change, at=self.clock.now())
            staged = self._staged(change, told, on_progress, cancelled)
            if staged is not None:
                change = replace(change, file=staged.name)
            if not self.plan.program:
                kept = self._ledger_back(told, lambda _kept: None)
                told_of = ("The ledger of before the update is back.", _where(kept))
                return Ready(change=change, sentence=" ".join(filter(None, told_of)))
            return self._go(change, staged, told)

    def _staged(
        self,
        change: Change,
        told: Callable[[str], None],
        on_progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Path | None:
        """The older version's update file, as it lies on this laptop."""
        if self.plan.file is None:
            return None if change.way == "folder" else _kept_file(self.folder, change.after)

        def step(done: int, of: int) -> None:
            if cancelled():
                raise staging.Stopped
            on_progress(done, of)

        told("Copying the older version to this laptop, and checking the copy")
        staged, _told = staging.stage(
            self.plan.file,
            self.folder,
            keys.pinned(),
            lambda one: fitting.why_not_back(one, self.here),
            step,
        )
        return staged

    def _go(self, change: Change, staged: Path | None, told: Callable[[str], None]) -> Ready:
        root = self.here.root
        if change.way == "folder" and root is not None:
            change = self._unpacked(change, staged, root, told)
            change = replace(change, step="going back")
            kept = self._ledger_back(told, lambda _kept: journal.note(self.folder, change))
            told("Putting it in place")
            switching.switch_back(root, change.former)
            return Ready(change=change, sentence=_done(change, kept))
        if staged is None:
            raise Refused(_NOWHERE, rule="update")
        ready = handed_over(staged, replace(change, step="handed over"))
        kept = self._ledger_back(told, lambda _kept: journal.note(self.folder, ready.change))
        return replace(ready, sentence=" ".join(filter(None, (ready.sentence, _where(kept)))))

    def _unpacked(
        self, change: Change, staged: Path | None, root: Path, told: Callable[[str], None]
    ) -> Change:
        if staged is None:
            return change
        from ketachart.update import unpacking
        from ketachart.update.installed import VERSIONS

        told("Unpacking the older version")
        unpacking.unpack(staged, root, keys.pinned())
        unpacking.try_out(root, change.after, change.before)
        return replace(change, former=f"{VERSIONS}/{change.after}")

    def _ledger_back(
        self, told: Callable[[str], None], before_it_counts: Callable[[Path], None]
    ) -> Path | None:
        """The ledger of before in its place, where it has to be; where the newer one is kept."""
        if self.plan.backup is None or self.unwrapped is None:
            before_it_counts(self.folder)
            return None
        told("Putting the ledger of before in its place, and keeping the newer one")
        return returning.put_former_back(
            self.folder, self.plan.backup, self.unwrapped, self.clock.now(), before_it_counts
        )


def _done(change: Change, kept: Path | None) -> str:
    told = (f"KetaChart {change.after} counts again.", _where(kept), start_again(change.after))
    return " ".join(filter(None, told))


def _where(kept: Path | None) -> str:
    return f"The newer ledger is kept whole, in {kept.name}." if kept is not None else ""

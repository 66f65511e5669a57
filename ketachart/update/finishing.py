"""What the next start does about an update that came to no end: it finishes it, or undoes it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from filelock import FileLock, Timeout

from ketachart.errors import LedgerInUse
from ketachart.storage import folder as place
from ketachart.storage import generations, returning
from ketachart.update import journal, rooms, starting, switching
from ketachart.update.installed import VERSIONS, Installed
from ketachart.update.journal import Change

_IN_USE: Final = (
    "An update is being put in by another KetaChart on this laptop. Nothing was changed here: wait "
    "until it is done."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of an update since the last start, and the sentence that says so."""

    what: Literal["done", "undone", "waiting", "given up", "back"]
    change: Change
    sentence: str


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """One update at a time; the system ends the claim if the program is killed.

    Raises:
        LedgerInUse: another one is under way.
        DiskFull, FolderReadOnly: the claim cannot be written.
    """
    place.make_private(rooms.updates(folder))
    lock = FileLock(rooms.updates(folder) / rooms.LOCK_NAME, timeout=0, thread_local=False)
    with place.writing_files():
        try:
            lock.acquire()
        except Timeout as error:
            raise LedgerInUse(_IN_USE) from error
    try:
        yield
    finally:
        lock.release()


def finish_left(folder: Path, here: Installed) -> Found | None:
    """Finishes or undoes what an ended program left; None where there is nothing to say.

    Raises:
        LedgerError: the disk did not let it; it goes on from here next time.
    """
    if not rooms.updates(folder).is_dir():
        return None
    with suppress(LedgerInUse), held(folder):
        under_way = journal.read(folder).under_way
        found = None if under_way is None else _finish(folder, here, under_way)
        _clean(folder, here)
        return found
    return None


def _finish(folder: Path, here: Installed, change: Change) -> Found:
    if here.version == change.after:
        return _done(folder, here, change)
    if change.back:
        return _back_left(folder, here, change)
    if here.way == "folder" and here.root is not None:
        return _folder_left(folder, here.root, change)
    if change.step == "handed over":
        return Found("waiting", change, _waiting(change))
    journal.forget(folder)
    return Found("undone", change, _undone(change))


def _done(folder: Path, here: Installed, change: Change) -> Found:
    if here.root is not None and not change.back:
        with suppress(OSError):
            starting.end_trial(here.root)
        switching.thin_out(here.root, (change.former, f"{VERSIONS}/{change.after}"))
    journal.finish(folder, change)
    if change.back:
        return Found("back", change, f"KetaChart {change.after} runs again.")
    told = [f"KetaChart was updated from {change.before} to {change.after}."]
    if change.backup:
        told.append(f"The ledger as it was before is kept in {change.backup}.")
    return Found("done", change, " ".join(told))


def _folder_left(folder: Path, root: Path, change: Change) -> Found:
    """The version before runs: the new one does not count yet, or it was given up."""
    new = f"{VERSIONS}/{change.after}"
    trial = starting.read_trial(root)
    given_up = trial is not None and trial["place"] == new and bool(trial["given_up"])
    if switching.counts(root) == new and not given_up:
        return Found("waiting", change, _start_again(change))
    with place.writing_files():
        if (root / new).exists():
            shutil.rmtree(root / new)
        starting.end_trial(root)
    if given_up:
        journal.finish(folder, replace(change, step="given up"))
        words = (
            f"KetaChart {change.after} did not come up in {starting.MOST_STARTS} starts and was "
            f"taken away again: {change.before} runs as before. Tell whoever gave you the update."
        )
        return Found("given up", change, words)
    journal.forget(folder)
    return Found("undone", change, _undone(change))


def _back_left(folder: Path, here: Installed, change: Change) -> Found:
    """The newer version runs, and the ledger may be the older one already: the rest follows."""
    if change.step == "going back" and here.root is not None and _ledger_is_back(folder, change):
        switching.switch_back(here.root, change.former)
        return Found("waiting", change, _start_again(change))
    if change.step == "handed over":
        return Found("waiting", change, _waiting(change))
    journal.forget(folder)
    return Found("undone", replace(change, step="copied"), _undone(change))


def _ledger_is_back(folder: Path, change: Change) -> bool:
    """Whether the ledger of before counts, where it has to."""
    if not change.backup:
        return True
    found = generations.found_at(folder / change.backup)
    manifests = (one.manifest for one in found if one.manifest is not None)
    return any(returning.is_in_place(folder, manifest) for manifest in manifests)


def _clean(folder: Path, here: Installed) -> None:
    """What was broken off half-way, and update files that nobody needs any more."""
    with place.writing_files():
        kept = journal.read(folder)
        needed = {rooms.LOCK_NAME, rooms.journal(folder).name}
        needed |= {kept.under_way.file} if kept.under_way is not None else set()
        needed |= {one.file for one in kept.made[-2:]}  # this version's, and the one before
        for file in rooms.updates(folder).iterdir():
            if file.is_file() and file.name not in needed:
                with suppress(OSError):  # an installer that still runs is taken away next time
                    file.unlink()
    if here.root is not None:
        for leftover in (here.root / VERSIONS).glob("*.partial"):
            shutil.rmtree(leftover, ignore_errors=True)


def _undone(change: Change) -> str:
    return (
        f"The change to KetaChart {change.after} was not finished, and nothing was changed: "
        f"{change.before} runs as before. Begin it again when there is time."
    )


def _waiting(change: Change) -> str:
    return (
        f"KetaChart {change.after} was checked and handed to the system's installer, and is not in "
        f"place: {change.before} runs as before, and every ledger is as it was. Begin it again, or "
        "leave it."
    )


def _start_again(change: Change) -> str:
    return (
        f"KetaChart {change.after} is ready. Close KetaChart and start it again: {change.after} "
        "runs then."
    )

"""The backups that lie at one place, the newest first; how many stay, and what is cleaned up."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ketachart.errors import LedgerError, LedgerNewer
from ketachart.storage import folder as place
from ketachart.storage import manifest as manifests
from ketachart.storage.keyring import Keyring
from ketachart.storage.manifest import Manifest

MOST: Final = 5
"""Backups of one ledger that stay at a place."""

LEAST: Final = 2
"""Backups that stay even where room is short: the newest may be the one that cannot be read."""

UNFINISHED: Final = ".partial"
_OF_ONE_LEDGER: Final = "ketachart-"
_SHORT: Final = 8
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One backup as it lies there; ``fault`` says why it is none, and is empty where it may be one.

    Only its size was compared: a changed byte is found when it is restored.
    """

    folder: Path
    manifest: Manifest | None
    keyring: Keyring | None
    fault: str = ""

    @property
    def made_at(self) -> datetime:
        """When it was made; long ago, if it does not say."""
        return self.manifest.made_at if self.manifest else _FIRST


def home(chosen: Path, ledger_id: str) -> Path:
    """The folder of one ledger's backups at the chosen place."""
    return chosen / f"{_OF_ONE_LEDGER}{ledger_id[:_SHORT]}"


def name_of(item: str, now: datetime) -> str:
    """The name of a backup: its time in UTC, and the end of its id, 20261122-184600-5f3a09bc."""
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{item[-_SHORT:]}"


def found_at(chosen: Path) -> tuple[Found, ...]:
    """Every backup at a place, of any ledger, the newest first.

    ``chosen`` may be the place that was chosen, the folder of one ledger, or of one backup.

    Raises:
        LedgerError: the place cannot be read.
    """
    try:
        found = [_found(folder) for folder in _folders(chosen)]
    except OSError as error:
        raise LedgerError(
            "This place cannot be read. Nothing was changed: plug the stick in, or choose another "
            "folder."
        ) from error
    return tuple(sorted(found, key=lambda each: each.made_at, reverse=True))


def _folders(chosen: Path) -> Iterator[Path]:
    if (chosen / manifests.NAME).exists():
        yield chosen
        return
    inner = [path for path in chosen.iterdir() if path.is_dir()]
    homes = [path for path in inner if path.name.startswith(_OF_ONE_LEDGER)]
    for each in (chosen, *homes):
        for path in inner if each is chosen else each.iterdir():
            if path.suffix != UNFINISHED and (path / manifests.NAME).exists():
                yield path


def _found(folder: Path) -> Found:
    manifest, fault = None, ""
    content = manifests.read(folder)
    try:
        manifest = manifests.parsed(content) if content is not None else None
    except LedgerNewer as newer:
        fault = str(newer)
    if manifest is None:
        fault = fault or "The list beside this backup is damaged."
        return Found(folder=folder, manifest=None, keyring=None, fault=fault)
    ledger = place.ledger_file(folder)
    if not ledger.is_file():
        fault = "The ledger is missing from this backup."
    elif ledger.stat().st_size != manifest.size:
        fault = "The ledger in this backup was cut short, or is another one."
    keyring = None
    try:
        keyring = Keyring.read(folder)
        if keyring.ledger_id != manifest.ledger_id:
            fault = fault or "The keyring in this backup belongs to another ledger."
    except LedgerError:
        fault = fault or "The keyring in this backup is missing or damaged."
    return Found(folder=folder, manifest=manifest, keyring=keyring, fault=fault)


def clean(of_ledger: Path) -> None:
    """Take away what a copy that was broken off left behind.

    Raises:
        OSError: it could not be taken away.
    """
    if not of_ledger.is_dir():
        return
    for path in of_ledger.iterdir():
        if path.suffix == UNFINISHED:
            shutil.rmtree(path)


def thin_out(of_ledger: Path, ledger_id: str, *, leave: int, never: str) -> None:
    """Take the oldest backups of a ledger away until ``leave`` whole ones are left.

    ``never`` is the id of the backup that was verified last: it stays, however many there are. What
    is damaged, or another ledger's, is never touched.

    Raises:
        OSError: one could not be taken away.
    """
    whole = [
        found
        for found in found_at(of_ledger)
        if not found.fault and found.manifest and found.manifest.ledger_id == ledger_id
    ]
    # The one that was verified last stays, whatever the clock said when it was made.
    oldest_first = [f for f in reversed(whole) if f.manifest and f.manifest.item != never]
    for found in oldest_first[: max(0, len(whole) - max(leave, LEAST))]:
        # First its name, so that a kill half-way leaves nothing that looks like a backup.
        going = found.folder.with_name(found.folder.name + UNFINISHED)
        found.folder.rename(going)
        shutil.rmtree(going)

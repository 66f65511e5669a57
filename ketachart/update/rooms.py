"""Where an update's files lie: beside the ledger, so that they go where its backups would."""

from pathlib import Path
from typing import Final

from ketachart.update.shapes import SUFFIX

LOCK_NAME: Final = "update.lock"


def updates(folder: Path) -> Path:
    """The room for updates of the one whose ledger lies in ``folder``."""
    return folder / "updates"


def incoming(folder: Path) -> Path:
    """An update while it is copied from the stick; it does not count yet."""
    return updates(folder) / "incoming.partial"


def kept(folder: Path) -> tuple[Path, ...]:
    """The update files that were copied here and found whole."""
    return tuple(sorted(updates(folder).glob(f"*{SUFFIX}")))


def backups(folder: Path) -> Path:
    """Where the ledger is kept as it was before each update."""
    return updates(folder) / "backups"


def journal(folder: Path) -> Path:
    """How far an update is, and which were made."""
    return updates(folder) / "journal.json"

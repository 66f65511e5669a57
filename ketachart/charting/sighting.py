"""Whether the place of the backups can be seen: a stick that stalls may keep whoever asks it."""

from dataclasses import dataclass
from pathlib import Path

from ketachart.storage import stick


@dataclass(frozen=True, slots=True)
class Sight:
    """How the place was found; ``warning`` is what is to be said against it, or empty."""

    place: Path
    there: bool
    warning: str = ""


@dataclass(frozen=True, slots=True)
class LookTask:
    """One look at the place; ``folder`` is the ledger's own."""

    place: Path
    folder: Path

    def work(self) -> Sight:
        """Asks the disk: call it from a worker."""
        there = stick.is_there(self.place)
        same = there and stick.on_same_disk(self.place, self.folder)
        return Sight(self.place, there, stick.SAME_DISK if same else "")

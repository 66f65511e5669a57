"""The reserve beside the ledger: room that is given free when the disk is full, for one visit."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ketachart.errors import Refused
from ketachart.storage import ballast
from ketachart.storage.ledger import Ledger

SCARCE_MB: Final = ballast.SCARCE // 10**6
"""With less room than this, MB, the nurse is warned."""


@dataclass(frozen=True, slots=True)
class ReserveTask:
    """Making the reserve; slow, and nothing of the ledger is touched."""

    folder: Path
    size: int

    def work(self) -> bool:
        """Whether the reserve is there now; a practice ledger needs none."""
        return self.size > 0 and ballast.make(self.folder, self.size)


class Reserve:
    """The reserve of one unlocked ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def task(self) -> ReserveTask:
        """Keeping the reserve ready, by a worker."""
        practice = self._ledger.unwrapped.practice
        writable = self._ledger.read_only is None
        return ReserveTask(self._ledger.folder, ballast.SIZE if writable and not practice else 0)

    @property
    def was_freed(self) -> bool:
        """Whether the disk was so full since unlocking that the reserve was given free."""
        return self._ledger.reserve_freed

    def when_freed(self, told: Callable[[], None]) -> None:
        """``told`` is called, on the ledger's own thread, when the reserve is given free."""
        self._ledger.when_freed(told)

    def require_room(self) -> None:
        """Lets no new visit begin that the disk may not hold to its end.

        Raises:
            Refused: there is too little room; a visit that runs is not touched by it.
        """
        free = ballast.room(self._ledger.folder)
        if free is not None and free < ballast.NEW_VISIT:
            raise Refused(
                f"The disk has only {free // 10**6} MB free, and a new visit needs "
                f"{ballast.NEW_VISIT // 10**6} MB. Everything charted is safe. Empty the bin or "
                "move pictures away, then open the visit; or chart on paper.",
                rule="disk nearly full",
            )

"""After unlocking, the whole ledger is read beside the work, and what is damaged is named."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ketachart.errors import Fault, LedgerError, LedgerInUse
from ui.desk import Desk
from ui.notices import Message
from ui.workers import Job

_ADVICE = (
    "What can be read stays on the screen. Chart on paper, change nothing in the folder, and "
    "restore the last good backup."
)


class Checkup(QObject):
    """Looks at the ledger after each unlocking, on a worker's thread, and says what it finds.

    Opening looks at the last entries only (storage.md, section 4); a flipped bit in an old visit
    would stay unseen until that visit is opened.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._job: Job | None = None
        desk.unlocked.connect(self._begin)
        desk.locked.connect(self._end)

    def _begin(self) -> None:
        office = self._desk.office

        def look(job: Job) -> tuple[Fault, ...]:
            def told(_done: int, _of: int) -> None:
                if job.cancelled():
                    raise LedgerError("The look at the ledger was broken off.")

            return office.verify(told)

        self._job = self._desk.workers.start(look)
        self._job.done.connect(self._found)
        self._job.failed.connect(self._failed)

    def _end(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._desk.notices.settle("checkup")

    def _found(self, faults: Sequence[Fault]) -> None:
        if faults:
            more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
            self._say(f"{faults[0].sentence}{more} {_ADVICE}")

    def _failed(self, error: LedgerError) -> None:
        # it is charted into without a break; the last entries were looked at when it was opened
        if not isinstance(error, LedgerInUse):
            self._say(str(error))

    def _say(self, detail: str) -> None:
        message = Message("danger", "The ledger is not as it was written", detail)
        self._desk.notices.say("checkup", message)

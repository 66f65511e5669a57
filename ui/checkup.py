"""What the window says of its ledger: that it may only be read, what is damaged, what is missing.

Opening looks at the last entries and at the visits that are not signed; the whole ledger is read
beside the work once a week, or when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ketachart.errors import Fault, KetaChartError, LedgerError, LedgerInUse
from ui.desk import Desk
from ui.notices import Message
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.checks import Looked

READ_ONLY, CHECK, READING, BEHIND, PLACE, RESERVE = (
    "read-only", "checkup", "checkup-reading", "ledger-behind", "ledger-place", "reserve-freed",
)  # fmt: skip
_LONG: Final = 20_000  # entries; a shorter ledger is read before anybody could look up
_ADVICE: Final = (
    "What can be read stays on the screen. Chart on paper, change nothing in the folder, and "
    "restore the last good backup."
)
_RESTORE: Final = "Restore the newest backup before you chart: it cannot be joined to this later."
_TITLES: Final = {
    "newer": "This ledger can only be read: a newer KetaChart wrote it",
    "damaged": "This ledger can only be read: it is not as it was written",
    "folder": "This ledger can only be read: nothing can be written here",
    "full": "This ledger can only be read: the disk is full",
}
_SEEN: Final = "I have seen it"
_MISSING: Final = "Newer entries are missing"
_TOLD_AGAIN: Final = "Newer entries are missing; this is told again at the next unlocking"


class Checkup(QObject):
    """Looks at the ledger after unlocking, on a worker's thread, and says what it finds."""

    progress = Signal(int, int)  # entries read, and of how many
    ended = Signal()  # the check ran to its end, or was broken off
    asked = Signal(str)  # an act of the window: a restore, what is damaged

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._job: Job | None = None
        self.trouble = ""  # why the last check did not come to its end
        self.found: tuple[Fault, ...] = ()  # what the last one of this session found
        self._beside: list[Job] = []
        desk.unlocked.connect(self._unlocked)
        desk.locked.connect(self._locked)

    # ------------------------------------------------ the whole ledger

    @property
    def running(self) -> bool:
        """Whether the whole ledger is being read."""
        return self._job is not None

    def begin(self) -> None:
        """Reads the whole ledger beside the work; `progress` and `ended` tell how it goes.

        Raises:
            LedgerError: it is locked.
        """
        if self._job is not None:
            return
        self.trouble = ""
        checks = self._desk.keeping.checks
        task = checks.task()
        job = self._job = self._desk.workers.start(
            lambda job: task.work(on_progress=job.step, cancelled=job.cancelled)
        )
        job.progress.connect(self._stepped)
        job.done.connect(self._found)
        job.failed.connect(self._failed)

    def cancel(self) -> None:
        """Breaks it off; nothing was changed, and it begins anew next time."""
        if self._job is not None:
            self._job.cancel()
            self._over()

    def _over(self) -> None:
        self._job = None
        self._desk.notices.settle(READING)
        self.ended.emit()

    def _stepped(self, done: int, of: int) -> None:
        if self._job is None:
            return
        self.progress.emit(done, of)
        if of >= _LONG:
            self._desk.notices.say(
                READING,
                Message(
                    "muted",
                    "The ledger is read from end to end, as once a week",
                    f"{100 * done // of} % of {of:,} entries. Go on charting meanwhile.",
                    act="Stop reading",
                    on_act=self.cancel,
                ),
            )

    def _found(self, faults: Sequence[Fault]) -> None:
        self.found = tuple(faults)
        with suppress(LedgerError):  # that it was looked at is told next time
            self._desk.keeping.checks.finish(faults)
        self._over()
        if faults:
            more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
            self._say_damage(f"{faults[0].sentence}{more} {_ADVICE}")

    def _failed(self, error: LedgerError) -> None:
        self.trouble = str(error)
        self._over()
        # it is charted into without a break; the last entries were looked at when it was opened
        if not isinstance(error, LedgerInUse):
            self._say_damage(str(error))

    def _say_damage(self, detail: str) -> None:
        read_only = self._desk.office.read_only
        if read_only is not None:
            self._say(READ_ONLY, self._damage(_TITLES[read_only.why], detail))
            return
        self._say(CHECK, self._damage("The ledger is not as it was written", detail))

    def _damage(self, happened: str, detail: str) -> Message:
        """With the two ways on: to a restore, and to what exactly is damaged."""
        return Message(
            "danger",
            happened,
            detail,
            act="Restore…",
            on_act=lambda: self.asked.emit("restore"),
            also="What is damaged",
            on_also=lambda: self.asked.emit("damage"),
        )

    # ------------------------------------------------ after unlocking

    def _unlocked(self) -> None:
        self.show_read_only()
        checks, reserve = self._desk.keeping.checks, self._desk.keeping.reserve
        self._tell_behind(next(iter(checks.noticed()), None))
        reserve.when_freed(self._freed)
        if reserve.was_freed:
            self._freed()
        look, keep = checks.look(), reserve.task()
        asked = self._desk.workers.start(lambda _job: look.work())
        asked.done.connect(self._looked)
        self._beside = [asked, self._desk.workers.start(lambda _job: keep.work())]
        if checks.due(self._desk.now()):
            self.begin()

    def _locked(self) -> None:
        for job in self._beside:
            job.cancel()
        self._beside = []
        self.cancel()
        self.found, self.trouble = (), ""
        for key in (READ_ONLY, CHECK, READING, BEHIND, PLACE, RESERVE):
            self._desk.notices.settle(key)

    def show_read_only(self) -> None:
        """A banner that stays as long as nothing may be charted."""
        read_only = self._desk.office.read_only
        if read_only is None:
            return
        title = _TITLES[read_only.why]
        if read_only.why == "damaged":
            self._say(READ_ONLY, self._damage(title, read_only.sentence))
        else:
            self._say(READ_ONLY, Message("danger", title, read_only.sentence))

    def _looked(self, looked: Looked) -> None:
        self._tell_behind(self._desk.keeping.checks.behind(looked))
        if looked.unsafe:
            self._say_once(PLACE, Message("warn", "The ledger does not lie safely", looked.unsafe))

    def _tell_behind(self, fault: Fault | None) -> None:
        if fault is not None:
            detail = f"{fault.sentence} {_RESTORE}"
            message = Message("danger", _MISSING, detail)
            self._say_once(BEHIND, message, lambda: self._saw(message))

    def _saw(self, message: Message) -> None:
        """A supervisor who has looked ends it; for anybody else it is told at each unlocking."""
        try:
            self._desk.keeping.checks.saw()
        except KetaChartError as error:
            self._say_once(BEHIND, Message("warn", _TOLD_AGAIN, f"{error} {message.detail}"))
        else:
            self._desk.notices.settle(BEHIND)

    def _freed(self) -> None:
        self._say_once(
            RESERVE,
            Message(
                "danger",
                "The disk is full",
                "Nothing charted is lost: a reserve was freed. Finish this visit, then free space.",
            ),
        )

    def _say_once(self, key: str, message: Message, seen: Callable[[], None] | None = None) -> None:
        """It stands until it was seen."""
        notices = self._desk.notices
        on_act = seen or (lambda: notices.settle(key))
        notices.say(
            key, Message(message.tone, message.happened, message.detail, act=_SEEN, on_act=on_act)
        )

    def _say(self, key: str, message: Message) -> None:
        self._desk.notices.say(key, message)

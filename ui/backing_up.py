"""A backup made by itself: beside the work after a signature, before the window goes at the end.

Where no place was chosen nothing happens, and a stick that is not there holds nobody up.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ketachart.errors import KetaChartError, LedgerError
from ui.desk import Desk
from ui.notices import Message
from ui.widgets.status_bar import StatusFact
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.backups import MadeCopy
    from ketachart.domain.facts.safekeeping import WhyCopied
    from ui.backup_panel import BackupPanel

NOTICE: Final = "backup"
_NOT_THERE: Final = "Backup stick not there"
_PLUG_IN: Final = "The stick is not there. Plug it in, or choose another place."
_PASSES: Final = frozenset({"theme", "larger", "smaller"})
_LEAVES: Final = frozenset({"back", "quit", "primary"})


class Window(Protocol):
    """What is told the window, and asked of it."""

    def show_backup(self, facts: tuple[StatusFact, ...]) -> None:
        """How the backup stands, in the status bar."""
        ...

    def close(self) -> bool:
        """The window goes."""
        ...


class BackingUp(QObject):
    """The backups of one window: made by themselves, or because somebody asks."""

    progress = Signal(float)  # how much of it is done, 0 to 1
    ended = Signal(str)  # it is over: why none was made, empty where one was or nobody waits

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, window
        self._job: Job | None = None
        self._panel: BackupPanel | None = None
        self._over = False  # the window may go
        desk.signed.connect(lambda: self.begin("signed"))
        desk.locked.connect(self._end)

    # ------------------------------------------------ making one

    @property
    def running(self) -> bool:
        """Whether one is being made."""
        return self._job is not None

    def cancel(self) -> None:
        """Breaks it off; the ledger was not touched, and the backups before are kept."""
        if self._job is not None and self._panel is None:
            self._end()
            self.ended.emit("")

    def begin(self, why: WhyCopied) -> bool:
        """Begins one if one is wanted; whether one is under way. A worker asks for the stick."""
        if self._job is not None:
            return True
        try:
            backups = self._desk.keeping.backups
            if not backups.wanted(why):
                return False
            task, look = backups.task(why), backups.look()
        except LedgerError:
            return False  # a ledger that cannot be read is named by its checkup
        began = self._desk.clock.elapsed()
        job = self._job = self._desk.workers.start(
            lambda job: (
                task.work(on_progress=job.step, cancelled=job.cancelled)
                if look is None or look.work().there
                else None
            )
        )
        job.progress.connect(
            lambda done, total: self._stepped(done / total, self._desk.clock.elapsed() - began)
        )
        self._follow(job, job.done, lambda made: self._done(made, why))
        self._follow(job, job.failed, self._failed)
        self._follow(job, job.stopped, lambda _: self._go())
        self._show(StatusFact("usb", "Backing up"))
        return True

    def _follow(self, job: Job, told: object, act: Callable[..., None]) -> None:
        def heard(*said: object) -> None:
            if self._job is job:  # else it was let go: nobody waits for it
                self._job = None
                act(said[0] if said else None)

        told.connect(heard)  # type: ignore[attr-defined]

    def _stepped(self, part: float, took: timedelta) -> None:
        if self._job is not None:
            self.progress.emit(part)
        if self._panel is not None:
            self._panel.show_part(part, took)

    def _done(self, made: MadeCopy | None, why: WhyCopied) -> None:
        if made is not None:
            self._made(made)
            return
        self._show(StatusFact("triangle-alert", _NOT_THERE, "warn"))
        self.ended.emit(_PLUG_IN if why == "asked for" else "")
        self._go()

    def _made(self, made: MadeCopy) -> None:
        try:
            self._desk.keep_safe(lambda keeping: keeping.backups.finish(made))
        except KetaChartError as error:
            self._failed(error)
            return
        self._desk.notices.settle(NOTICE)
        self._show(StatusFact("usb", f"Backed up {self._desk.now():%H:%M}", "ok"))
        self.ended.emit("")
        self._go()

    def _failed(self, error: KetaChartError) -> None:
        self._show(StatusFact("triangle-alert", "Not backed up", "warn"))
        self.ended.emit(str(error))
        if self._panel is not None:
            self._panel.show_trouble(str(error))
            return
        self._desk.notices.say(
            NOTICE,
            Message(
                "warn",
                "No backup was made",
                str(error),
                act="I have seen it",
                on_act=lambda: self._desk.notices.settle(NOTICE),
            ),
        )

    def _end(self) -> None:
        """Locked: the key is dropped, so nothing goes on with it."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._desk.notices.settle(NOTICE)
        self._show()

    def _show(self, *facts: StatusFact) -> None:
        with suppress(RuntimeError):  # the window may be gone already
            self._window.show_backup(facts)

    # ------------------------------------------------ before the window goes

    def holds(self) -> bool:
        """Whether the window is to wait; asked a second time, it goes without a backup."""
        if self._over or self._panel is not None or not self._desk.is_unlocked:
            return False
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.isSavingSession():
            return False  # the laptop is being shut down: it will not wait
        if not self.begin("quit"):
            return False
        from ui.backup_panel import BackupPanel

        if isinstance(self._window, QWidget):
            self._panel = BackupPanel(self._window)
            self._panel.leave_wanted.connect(self._leave)
        return self._panel is not None

    def takes(self, name: str) -> bool:
        """Whether an act is not for the window, while it waits to go."""
        if self._panel is None or name in _PASSES:
            return False
        if name == "emergency":
            self._stay()
            return False
        if name in _LEAVES:
            self._leave()
        return True

    def _stay(self) -> None:
        """An emergency is never kept waiting: the window stays, the backup goes on beside it."""
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._go()

    def _go(self) -> None:
        if self._panel is not None and not self._over:
            self._over = True
            with suppress(RuntimeError):  # the window may be gone already
                self._window.close()

"""Looks through the signed visits a few at a time, so that the window never waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ketachart.errors import KetaChartError
from ui.desk import Desk

if TYPE_CHECKING:
    from ketachart.charting.leaving import Standing

_TURN_S: Final = 0.02  # then the window gets a turn


class Looking(QObject):
    """One look at a time: another one that is asked for takes its place."""

    ended = Signal(tuple)  # every standing, the oldest visit first
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: Iterator[Standing] | None = None
        self._found: list[Standing] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        desk.locked.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether it is still looking."""
        return self._source is not None

    def begin(self) -> None:
        """From the first visit on."""
        self._found = []
        self._source = self._desk.keeping.leaving.looking(self._desk.now())
        self._timer.start()

    def stop(self) -> None:
        """The ledger is locked, or nobody looks any more."""
        self._source = None
        self._timer.stop()

    def _go_on(self) -> None:
        source, end = self._source, perf_counter() + _TURN_S
        if source is None:
            return
        try:
            while perf_counter() < end:
                self._found.append(next(source))
        except StopIteration:
            self.stop()
            self.ended.emit(tuple(self._found))
        except KetaChartError as error:
            self.stop()
            self.failed.emit(str(error))


class LettingGo(QObject):
    """Lets visits leave one by one: each is whole on its own, and the window never waits."""

    stepped = Signal(int, int)  # how many left, and of how many
    ended = Signal(int, str)  # how many left; why it ended before the last, or nothing

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._streams: tuple[str, ...] = ()
        self._done = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        desk.locked.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether visits are leaving now."""
        return self._timer.isActive()

    def begin(self, streams: tuple[str, ...]) -> None:
        """These, in this order."""
        self._streams, self._done = streams, 0
        self._timer.start()

    def stop(self) -> None:
        """After the one that just left."""
        if self.running:
            self._end("")

    def _end(self, why: str) -> None:
        self._timer.stop()
        self.ended.emit(self._done, why)

    def _next(self) -> None:
        stream = self._streams[self._done]
        try:
            self._desk.keep_safe(lambda keeping: keeping.leaving.let_go([stream]))
        except KetaChartError as error:
            self._end(str(error))
            return
        self._done += 1
        self.stepped.emit(self._done, len(self._streams))
        if self._done == len(self._streams):
            self._end("")

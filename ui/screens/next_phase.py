"""What comes next is made while nobody touches the window: a phase or a sheet, piece by piece.

Made only when it is asked for, a phase takes several times as long as a key may wait.
"""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from ketachart.domain.course import PHASES, Phase, phase_at
from ketachart.domain.infusion import delivery
from ui.screens.base import Screen
from ui.screens.visit import VisitScreen

REST: Final = timedelta(seconds=5)  # so long the hands were off the keys
EVERY_MS: Final = 500
# While the pump runs: what has to be there in the worst minute.
SHEETS: Final = ("pause", "effect", "medicine")


class Window(Protocol):
    """What is asked of the window."""

    @property
    def screen_shown(self) -> Screen:
        """The screen that shows."""
        ...


class NextPhase(QObject):
    """One piece at each look; ``untouched`` answers how long no hand was at the window."""

    def __init__(self, window: Window, untouched: Callable[[], timedelta]) -> None:
        super().__init__(window if isinstance(window, QObject) else None)
        self._window, self._untouched = window, untouched
        self._of: tuple[int, Phase] | None = None
        self._pieces: list[Callable[[VisitScreen], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Does one piece, where nobody is at the window and something is left to be made."""
        frame = self._window.screen_shown
        if not isinstance(frame, VisitScreen) or self._untouched() < REST:
            return
        if not frame.desk.has_visit or frame.desk.visit.signed is not None:
            return
        reached = phase_at(frame.desk.visit)
        if (id(frame), reached) != self._of:
            self._of, self._pieces = (id(frame), reached), _pieces(frame, reached)
        if self._pieces:
            self._pieces.pop(0)(frame)


def _pieces(frame: VisitScreen, reached: Phase) -> list[Callable[[VisitScreen], object]]:
    """Each is done in a turn of its own."""
    pieces: list[Callable[[VisitScreen], object]] = []
    if delivery(frame.desk.visit, frame.desk.now()).state == "running":
        pieces += [_sheet(name) for name in SHEETS]
    following = PHASES[PHASES.index(reached) + 1 :][:1]
    for phase in following:
        if frame.is_made(phase):
            continue
        pieces += [_imported(phase), _made(phase)]
        if phase != "sign":  # it would draw the whole report
            pieces.append(_told(phase))
    return pieces


def _sheet(name: str) -> Callable[[VisitScreen], object]:
    return lambda frame: frame.action_column.sheet(name)


def _imported(phase: Phase) -> Callable[[VisitScreen], object]:
    return lambda _frame: import_module(f"ui.screens.{phase}")


def _made(phase: Phase) -> Callable[[VisitScreen], object]:
    return lambda frame: frame.made(phase)


def _told(phase: Phase) -> Callable[[VisitScreen], object]:
    return lambda frame: frame.made(phase).show_visit(frame.desk.visit, frame.desk.now())

"""Whether what was typed lifts the veil: a PIN of digits, or the passphrase of who unlocked."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ketachart.clock import Clock
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.veil_pin import VeilPin

PIN_LENGTHS: Final = range(4, 9)  # digits


class WrongPin(KetaChartError):
    """The PIN was another one; after three tries only the passphrase lifts the veil."""


def looks_like_pin(text: str) -> bool:
    """Whether it can only be meant as a PIN: no passphrase is so short."""
    return text.isascii() and text.isdigit() and len(text) in PIN_LENGTHS


def pin_of(desk: Desk) -> "VeilPin":
    """The PIN of who unlocked."""
    return desk.keeping.veil_pin


def set_pin(desk: Desk, typed: str) -> Job:
    """Works its lock out in a worker; ``done`` carries what `keep` takes on the window's thread."""
    pin = pin_of(desk)
    return desk.workers.start(lambda _job: pin.locked(typed))


class Lifting(QObject):
    """Checks in a worker; tells ``right``, or ``wrong`` with the sentence."""

    right = Signal()
    wrong = Signal(object)  # a KetaChartError

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._job: Job | None = None
        self._by_pin: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a check is under way."""
        return self._job is not None

    @property
    def takes_pin(self) -> bool:
        """Whether a PIN is set and tries are left."""
        return self._desk.is_unlocked and pin_of(self._desk).tries_left() > 0

    def is_pin(self, text: str) -> bool:
        """Whether this would be tried as a PIN."""
        return self.takes_pin and looks_like_pin(text)

    def seconds_to_wait(self) -> int:
        """How long the next passphrase has to wait after wrong ones, seconds."""
        desk = self._desk
        return desk.seconds_to_wait(desk.office.staff_id) if desk.is_unlocked else 0

    def forget(self) -> None:
        """A check that is under way is of no use any more."""
        self._job = None

    def begin(self, text: str) -> None:
        """Tries what was typed."""
        if self.busy:
            return
        desk = self._desk
        staff_id, folder, clock = desk.office.staff_id, desk.folder, desk.clock
        if self.is_pin(text):
            pin = pin_of(desk)
            job = self._by_pin = desk.workers.start(lambda _job: _pin_is(pin, text))
        else:
            job = desk.workers.start(lambda _job: _passphrase_is(folder, staff_id, text, clock))
        self._job = job
        job.done.connect(lambda _answer: self._ended(job))
        job.failed.connect(lambda error: self._ended(job, error))
        job.stopped.connect(lambda: self._stopped(job))

    def _ended(self, job: Job, error: KetaChartError | None = None) -> None:
        if job is not self._job:
            return  # it was locked, or uncovered, meanwhile
        self._job = None
        if error is None:
            if job is not self._by_pin:
                pin_of(self._desk).passphrase_given()
            self.right.emit()
        else:
            self.wrong.emit(error)

    def _stopped(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.wrong.emit(KetaChartError("It could not be checked. Try again."))


def _pin_is(pin: "VeilPin", typed: str) -> None:
    if pin.check(typed):
        return
    left = pin.tries_left()
    if left == 0:
        raise WrongPin("Nothing is lost. Type the passphrase now; the PIN works again after it.")
    tries = "One more try" if left == 1 else f"{left} more tries"
    raise WrongPin(f"Nothing is lost. {tries}, or the passphrase.")


def _passphrase_is(folder: Path, staff_id: str, typed: str, clock: Clock) -> None:
    """Raises unless it opens the ledger's key; wrong ones count as at the door."""
    from ketachart import charting

    charting.prove(folder, staff_id, typed, clock)

"""A long list is worked out a little at a turn of the event loop: a key never waits for all of it.

What was left of the time before is dropped when it begins anew.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from ketachart.errors import KetaChartError


class Portions(QObject):
    """Takes one step now and one at each turn to come; ``may`` is asked before each of those."""

    def __init__(
        self,
        parent: QObject,
        *,
        may: Callable[[], bool],
        ended: Callable[[KetaChartError | None], None],
    ) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._may, self._ended = may, ended
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    def begin(self, steps: Iterator[None]) -> None:
        """The first of these at once."""
        self._steps = steps
        self._step()

    def _go_on(self) -> None:
        if self._may():
            self._step()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._ended(None)
        except KetaChartError as error:
            self._ended(error)
        else:
            self._turn.start()

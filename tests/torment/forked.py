"""Runs a part of the visit in a process of its own, and hears what it was told to the last."""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from tests.torment.visit import Tell, as_line


class Child:
    """A process that charts, until it has done, or is killed."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _chart(work, self._reading, writing)
        os.close(writing)
        os.set_blocking(self._reading, False)
        self.said = b""
        self.is_over = False

    def hear(self, seconds: float) -> bytes:
        """What was told until now, waiting at most so long for the end."""
        until = time.monotonic() + seconds
        while not self.is_over:
            left = until - time.monotonic()
            ready, _, _ = select.select([self._reading], [], [], max(left, 0))
            if not ready:
                break
            told = os.read(self._reading, 1 << 16)
            self.said += told
            self.is_over = not told
        return self.said

    def kill(self) -> None:
        """Ends it without a warning; one that has ended already is left alone."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> bytes:
        """Everything it told, once it is gone."""
        while not self.is_over:
            self.hear(60)
        os.close(self._reading)
        os.waitpid(self.pid, 0)
        return self.said


def _chart(work: Callable[[Tell], None], reading: int, writing: int) -> None:
    """The child: tells in whole lines; never comes back."""
    code = 1
    try:
        os.close(reading)

        def tell(told: dict[str, Any]) -> None:
            # Lines longer than this could be torn by a kill, and a part is not heard.
            os.write(writing, as_line(told))

        try:
            work(tell)
            code = 0
        except BaseException:  # noqa: BLE001 - everything is told to the parent
            tell({"raised": traceback.format_exc()[-2000:]})
    finally:
        os._exit(code)

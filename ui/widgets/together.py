"""Shown and hidden together: what holds them is laid out once, not with each of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(holder: QWidget) -> Iterator[None]:
    """What is shown or hidden in ``holder`` meanwhile finds its place when all of it is.

    Qt lays out everything around a widget anew at the moment it is shown: forty at a time make
    the whole sheet forty times.
    """
    layout = holder.layout()
    if layout is None or not layout.isEnabled():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        _lay_out(holder)


def _lay_out(holder: QWidget) -> None:
    """At once, and what stands around it, as Qt does where one thing is shown."""
    around: QWidget | None = holder
    while around is not None and around.isVisible():
        layout = around.layout()
        if layout is None:
            return
        layout.activate()
        around = None if around.isWindow() else around.parentWidget()

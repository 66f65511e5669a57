"""A module is imported as Python does it, and not read a second time by Qt's bindings.

PySide looks in the source of every module that is imported after it for its own name, to know
whether `from __feature__ import …` may mean something there. No module of ours writes that. The
looking took a tenth of the start, and what was read stayed in memory: 12 MB of a window's 122.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - which puts its own import in the place of Python's


def restore() -> None:
    """Puts back what PySide kept of the import before it; does nothing where it kept none."""
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before

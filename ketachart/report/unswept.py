"""Work that makes very many small parts and keeps them: nothing is swept up while it goes on.

The interpreter looks for parts that only hold each other after every few hundred that are made. A
report makes a hundred thousand and keeps them to its end, so that a sixth of its time went there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_COUNTED = Lock()
_under_way = 0
_swept_before = True


@contextmanager
def unswept() -> Iterator[None]:
    """Meanwhile no sweep; several threads may be inside at once, and the last one out ends it."""
    global _under_way, _swept_before  # noqa: PLW0603 - there is one sweeper in a process
    with _COUNTED:
        if not _under_way:
            _swept_before = gc.isenabled()
            gc.disable()
        _under_way += 1
    try:
        yield
    finally:
        with _COUNTED:
            _under_way -= 1
            if not _under_way and _swept_before:
                gc.enable()

"""One window for many tests that record nothing: each finds it as it began."""

from tests.helpers.qt import wait_until_active
from tests.helpers.visit_window import VisitWindow

LONGEST_MS = 30_000


def standing(folders, phase, **how):
    """One window of the quiet hour for a whole file; used as ``yield from standing(…)``."""
    made = VisitWindow(folders.mktemp("standing") / "l", "quiet_hour", phase, **how)
    yield made
    made.close()


def nothing_recorded(window, begin=None):
    """In front, as wide and dim as it began, with nothing typed; the record must end as before.

    ``begin`` goes to where the tests of a file begin. Used as ``yield from nothing_recorded(…)``.
    """
    kept = window.desk.preferences
    if (kept.theme, kept.scale) != ("dim", 1.0):
        window.window.wear("dim", 1.0)
    window.window.resize(1366, 768)
    window.column.close_sheet()
    for sheet in window.column._sheets.values():
        sheet.empty()
    wait_until_active(window.window)
    if begin is not None:
        begin(window)
    window.settle()
    before = window.visit.head
    yield window
    assert window.desk.workers._pool.waitForDone(LONGEST_MS)  # no page is drawn into the next test
    assert window.visit.head == before

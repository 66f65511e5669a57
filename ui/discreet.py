"""What the process itself must not leave behind: core dumps, a library's words, a dialog's history.

Each of these can hold a patient's name, and each lands in a file that nobody encrypted: a core in
the disk's corner, a warning in the session's log, a folder's name in Qt's own settings.
"""

import contextlib
import logging
import os
import sys
import warnings
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

_PR_SET_DUMPABLE: Final = 4
_NO_BOXES: Final = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_HISTORY: Final = ("FileDialog/history", "FileDialog/lastVisited")


def leave_nothing() -> None:
    """Called once, before the window: all of the below."""
    dump_no_core()
    silence_libraries()
    keep_no_history()


def dump_no_core() -> None:
    """A crash writes no image of the memory; on Linux no other program may read it either."""
    if sys.platform == "win32":
        _say_no_to_windows()
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _say_no_to_windows() -> None:
    """No box that offers to send a report, and none that waits for an answer."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)  # type: ignore[attr-defined]


def silence_libraries() -> None:
    """Libraries log and warn in words of their own, which may quote what they were given."""
    logging.lastResort = None
    logging.getLogger().addHandler(logging.NullHandler())
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    qInstallMessageHandler(_only_what_kind)


def _only_what_kind(kind: QtMsgType, context: "QMessageLogContext", _words: str) -> None:
    """Qt's messages quote texts and paths: which part of it spoke is all that is told."""
    if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(f"Qt: {kind.name} from {context.category or 'default'}\n")


def keep_no_history() -> None:
    """Qt's file dialog writes where it was into Qt's own settings, for every program to read.

    On Linux the settings are sent to a place that takes none. Elsewhere that cannot be, and
    `forget_places` takes the two lines out again after each dialog.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def forget_places() -> None:
    """Takes the folders of a file dialog out of Qt's settings, once the dialog is gone."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _HISTORY:
        settings.remove(key)
    settings.sync()

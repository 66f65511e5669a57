"""What happens to a fault that nobody foresaw: the ledger is closed, and last words are kept.

The crash file names code and lines, never values: no name of a patient can be in it.
"""

import faulthandler
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ui.notices import Message

if TYPE_CHECKING:
    from ui.desk import Desk

FILE = "last-words.txt"
_kept: list[object] = []


def watch(desk: "Desk") -> None:
    """Keeps the last words of this run, and shows those of the last one once."""
    path = desk.folder / FILE
    _show_last(desk, path)
    try:
        desk.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stream = path.open("w", encoding="utf-8")
    except OSError:
        return
    _kept.append(stream)
    faulthandler.enable(stream)

    def keep(kind: type[BaseException], trace: TracebackType | None) -> None:
        words = "".join(_lines(kind, trace))
        stream.write(words)
        stream.flush()
        sys.stderr.write(words)

    def hook(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        keep(kind, trace)
        desk.notices.say(
            "crash",
            Message(
                "danger",
                "Something in KetaChart failed",
                "Every entry shown in the log is saved. Go on charting; if the screen looks "
                "wrong, lock and unlock. Tell your clinic; the report names no patient.",
                act="I have seen it",
                on_act=lambda: desk.notices.settle("crash"),
            ),
        )

    sys.excepthook = hook
    # as they come they would write the error's own text, which may hold what was typed
    threading.excepthook = lambda told: keep(told.exc_type, told.exc_traceback)
    sys.unraisablehook = lambda told: keep(told.exc_type, told.exc_traceback)


def rest() -> None:
    """The run ended well: no last words."""
    faulthandler.disable()
    for stream in _kept:
        path = Path(getattr(stream, "name", ""))
        stream.close()  # type: ignore[attr-defined]
        if path.is_file() and path.stat().st_size == 0:
            path.unlink()
    _kept.clear()
    sys.excepthook = sys.__excepthook__
    sys.unraisablehook = sys.__unraisablehook__
    threading.excepthook = threading.__excepthook__


def _lines(kind: type[BaseException], trace: TracebackType | None) -> list[str]:
    """Where it failed, without the error's own text, which might hold what was typed."""
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}\n"
        for frame in traceback.extract_tb(trace)
    ]
    return [f"{kind.__name__}\n", *frames]


def _show_last(desk: "Desk", path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if text.strip():
        desk.notices.say(
            "last-words",
            Message(
                "warn",
                "KetaChart did not end well last time",
                "Every entry that a form had cleared is saved. Tell your clinic if it happens "
                "again.",
                act="I have seen it",
                on_act=lambda: desk.notices.settle("last-words"),
            ),
        )

"""Asks where a file goes, and saves it there away from the window: a stick may be slow."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.saving import save_file


def save_where(  # noqa: PLR0913 - what is saved, where it is asked, and what comes of it
    desk: Desk,
    parent: QWidget,
    question: str,
    file: tuple[str, bytes],
    *,
    saved: Callable[[Path], None],
    failed: Callable[[KetaChartError], None],
    left: Callable[[], None] | None = None,
) -> None:
    """``file`` is the name that is proposed, and what goes into it.

    One of the three is called: once it is on the disk, with why it is not, or where she thought
    better of it. The folder is proposed again the next time.
    """
    name, content = file
    start = Path(desk.preferences.export_folder or Path.home())
    path = Dialogs.ask_save_path(parent, question, start / name)
    if path is None:
        if left is not None:
            left()
        return

    def keep(_nothing: object) -> None:
        if desk.is_unlocked:
            desk.prefer(replace(desk.preferences, export_folder=str(path.parent)))
        saved(path)

    job = desk.workers.start(lambda _job: save_file(path, content))
    job.done.connect(keep)
    job.failed.connect(failed)


def open_folder(path: Path) -> None:
    """Shows the folder that a file lies in, to print it from there."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

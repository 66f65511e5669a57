"""The forms to chart on paper: made in a worker, saved where the nurse says, to print from there.

Reached from anywhere, before unlocking too: then they are blank.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.notices import Message
from ui.saving import save_file
from ui.tokens import Tone

NOTICE: Final = "paper-pack"


class PackMaker(QObject):
    """Makes one pack at a time; what came of it stands among the notices."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._busy = False

    def make(self) -> None:
        """Begins; asks where to save once the pages are there."""
        if self._busy:
            return
        from ketachart.charting.paper_pack import PackTask

        self._busy = True
        visit = self._desk.visit if self._desk.has_visit else None
        task = PackTask(at=self._desk.now(), visit=visit)
        self._say("muted", "The forms are being made", "")
        job = self._desk.workers.start(lambda _job: task.work())
        job.done.connect(self._made)
        job.failed.connect(self._failed)
        job.stopped.connect(self._over)

    def _over(self) -> None:
        self._busy = False

    def _failed(self, error: object) -> None:
        self._over()
        self._say("danger", "The forms were not made", str(error))

    def _made(self, made: object) -> None:
        from ketachart.charting.paper_pack import PackFile

        self._over()
        if not isinstance(made, PackFile):
            return
        start = Path(self._desk.preferences.export_folder or Path.home())
        path = Dialogs.ask_save_path(self._window, "Save the forms", start / made.name)
        if path is None:
            self._desk.notices.settle(NOTICE)
            return
        try:
            save_file(path, made.content)
        except KetaChartError as error:
            self._say("danger", "The forms were not saved", str(error))
            return
        if self._desk.is_unlocked:
            self._desk.prefer(replace(self._desk.preferences, export_folder=str(path.parent)))
        self._say("ok", "The forms are saved, to print from there", str(breakable(path)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _say(self, tone: Tone, happened: str, detail: str) -> None:
        notices = self._desk.notices
        seen = "" if tone == "muted" else "I have seen it"
        on_act = lambda: notices.settle(NOTICE)  # noqa: E731 - the one thing its button does
        notices.say(NOTICE, Message(tone, happened, detail, act=seen, on_act=on_act))

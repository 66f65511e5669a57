"""The forms to chart on paper: made in a worker, saved where the nurse says, to print from there.

Reached from anywhere, before unlocking too: then they are blank.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.laptop import breakable
from ui.notices import Message
from ui.save_where import open_folder, save_where
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
        self._say("muted", "The forms are being made", "Go on; it will ask where to.")
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
        save_where(
            self._desk,
            self._window,
            "Save the forms",
            (made.name, made.content),
            saved=self._saved,
            failed=lambda error: self._say("danger", "The forms were not saved", str(error)),
            left=lambda: self._desk.notices.settle(NOTICE),
        )

    def _saved(self, path: Path) -> None:
        self._say("ok", "The forms are saved, to print from there", str(breakable(path)))
        open_folder(path)

    def _say(self, tone: Tone, happened: str, detail: str) -> None:
        notices = self._desk.notices
        seen = "" if tone == "muted" else "I have seen it"
        on_act = lambda: notices.settle(NOTICE)  # noqa: E731 - the one thing its button does
        notices.say(NOTICE, Message(tone, happened, detail, act=seen, on_act=on_act))

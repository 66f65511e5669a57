"""The emergency sheet: drawn in a worker, saved where the nurse says, and charted if that can be.

Nothing stops it: a record that refuses the line is told in a sentence, and the file stands.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ketachart.charting.handing_over import HandedOver
from ketachart.domain.facts import SheetMade
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.laptop import breakable
from ui.notices import Message
from ui.save_where import open_folder, save_where
from ui.tokens import Tone

Say = Callable[[Tone, str, str], None]  # tone, what happened, details
NOTICE = "ems"
_UNSAVED: Final = "The emergency sheet was not saved"


class EmsMaker(QObject):
    """Makes one sheet at a time; what came of it is said by ``say``."""

    def __init__(self, desk: Desk, parent: QWidget, say: Say) -> None:
        super().__init__(parent)
        self._desk, self._window, self._say = desk, parent, say
        self._busy = False

    def make(self) -> None:
        """Begins; asks where to save once the page is there."""
        if self._busy or not self._desk.has_visit:
            return
        self._busy = True
        self._say("muted", "The emergency sheet is being made", "Go on with the steps.")
        job = self._desk.emergency_sheet()
        job.done.connect(self._made)
        job.failed.connect(self._failed)
        job.stopped.connect(self._over)

    def _over(self) -> None:
        self._busy = False

    def _failed(self, error: object) -> None:
        self._over()
        self._say("danger", "The emergency sheet was not made", str(error))

    def _made(self, made: object) -> None:
        self._over()
        if not isinstance(made, HandedOver):
            return
        save_where(
            self._desk,
            self._window,
            "Save the emergency sheet",
            (made.name, made.content),
            saved=lambda path: self._saved(made, path),
            failed=self._unsaved,
            left=lambda: self._say("muted", _UNSAVED, "Press the key to make it anew."),
        )

    def _unsaved(self, error: object) -> None:
        self._say("danger", _UNSAVED, str(error))

    def _saved(self, made: HandedOver, path: Path) -> None:
        trouble = self._chart(made)
        told = f"{breakable(path)} {trouble}".strip()
        self._say("warn" if trouble else "ok", "The emergency sheet is saved, UNSIGNED", told)
        open_folder(path)

    def _chart(self, made: HandedOver) -> str:
        """Charts that it was made; a sentence where that could not be, or nothing."""
        if not self._desk.has_visit or self._desk.visit.signed is not None:
            return ""
        try:
            self._desk.record(SheetMade(at=self._desk.now(), sheet="ems", sha256=made.sha256))
        except KetaChartError as error:
            return f"That it was made is not charted: {error}"
        return ""


def by_notice(desk: Desk) -> Say:
    """Says it among the notices, where it stands until it was seen."""

    def say(tone: Tone, happened: str, detail: str) -> None:
        seen = "" if tone == "muted" else "I have seen it"
        message = Message(
            tone, happened, detail, act=seen, on_act=lambda: desk.notices.settle(NOTICE)
        )
        desk.notices.say(NOTICE, message)

    return say

"""Takes signed reports in from a folder or a stick: how far it is, and what was refused and why."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ketachart.charting.report_reading import ReadFolder
from ketachart.charting.supervision import Kept
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError
from ui import tokens
from ui.desk import Desk
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words
from ui.workers import Job


class IntakeNote(Column):
    """A line with a bar while it reads; then what came in, until it is settled."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self.setAccessibleName("Taking reports in")
        self._words = Words(size="label", weight=tokens.MEDIUM)
        self._bar = Bar()
        self.cancel = Button("Stop reading", words="Stop", kind=Kind.QUIET)
        self.cancel.set_compact()
        line = Row(gap=tokens.S3)
        line.add_level(self._words)
        line.add_room()
        line.add(self.cancel)
        self._busy = Card("Reading reports", inset=tokens.S2, gap=tokens.S1)
        self._busy.add(line)
        self._busy.add(self._bar)
        self.result = Trouble("What came in")
        self.seen = Button("I have read this", kind=Kind.QUIET)
        self.seen.set_compact()
        self.result.add(self.seen)
        self.seen.clicked.connect(self.settle)
        self.add(self._busy)
        self.add(self.result)
        self.settle()

    def show_step(self, done: int, total: int) -> None:
        """How many files were read, of how many."""
        self._busy.show()
        self.show()
        self._words.setText(f"Reading {min(done + 1, total)} of {total}…" if total else "Reading…")
        self._bar.show_part(done / total if total else 0)

    def show_end(self, first: str, details: str, *, good: bool) -> None:
        """What came of it."""
        self._busy.hide()
        self.show()
        self.result.say(first, details, tone="ok" if good else "warn")

    def settle(self) -> None:
        """Nothing is read, and nothing is to be told."""
        self._busy.hide()
        self.result.settle()
        self.hide()


class Intake(QObject):
    """One reading at a time; ``taken`` says that the queue may have changed."""

    taken = Signal()

    def __init__(self, desk: Desk, note: IntakeNote) -> None:
        super().__init__()
        self._desk, self._note = desk, note
        self._job: Job | None = None
        note.cancel.clicked.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether a folder is being read."""
        return self._job is not None

    def read(self, *paths: Path) -> None:
        """Reads these folders and files in a worker."""
        if self._job is not None:
            return
        try:
            task = self._desk.supervision.reading(paths)
        except KetaChartError as error:
            self._note.show_end("Nothing was read", str(error), good=False)
            return
        self._note.result.settle()
        self._note.show_step(0, 0)
        job = self._desk.workers.start(lambda job: task.work(job.step, job.cancelled))
        self._job = job
        job.progress.connect(self._note.show_step)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.stopped.connect(self._stopped)

    def stop(self) -> None:
        """Reads no further; nothing of this folder is taken in."""
        if self._job is not None:
            self._job.cancel()

    def _done(self, read: ReadFolder) -> None:
        self._job = None
        try:
            kept = self._desk.review(lambda desk: desk.keep(read))
        except KetaChartError as error:
            self._note.show_end("Nothing was taken in", str(error), good=False)
            return
        self._note.show_end(*said(read, kept), good=not (kept.refused or kept.conflicts))
        self.taken.emit()

    def _failed(self, error: object) -> None:
        self._job = None
        self._note.show_end("The folder could not be read", str(error), good=False)

    def _stopped(self) -> None:
        self._job = None
        self._note.show_end("Reading was stopped", "Nothing was taken in.", good=False)


def said(read: ReadFolder, kept: Kept) -> tuple[str, str]:
    """What came in, in one line; and every file that did not, with its sentence."""
    first = count(kept.taken + kept.conflicts, "report") + " taken in"
    if kept.known:
        first = f"{first}, {kept.known} here already"
    lines = []
    if kept.conflicts:
        lines.append(f"{count(kept.conflicts, 'file')} of a version that is here; both are kept.")
    lines += [f"{one.name}: {one.sentence}" for one in kept.refused]
    if read.packages:
        packages = count(len(read.packages), "package")
        lines.append(f"{packages} of the post: take them in on the post's own screen.")
    if not (kept.taken or kept.conflicts or kept.known or lines):
        return "No report was found there", "Reports are PDF files; folders below are read too."
    return first, "\n".join(lines)

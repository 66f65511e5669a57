"""Takes signed reports in from a folder or a stick: how far it is, and what was refused and why."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from ketachart.charting.post_shapes import TakenIn, TakenLine
from ketachart.charting.report_reading import ReadFolder
from ketachart.charting.supervision import Kept
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import say_name
from ui.screens.post.taking import FileTaken, Taking
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words
from ui.workers import Job

_MOST_LINES: Final = 8


class IntakeNote(Column):
    """A line with a bar while it reads; then what came in, until it is settled."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, "Taking reports in")
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
        self.seen = Button("I have read this", key=key_of("seen"), kind=Kind.QUIET)
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

    def show_words(self, words: str) -> None:
        """What is read now, where nobody can tell how much there is."""
        self._busy.show()
        self.show()
        self._words.setText(f"{words}…")

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
        self._so_far: tuple[ReadFolder, Kept] | None = None
        self._packages = Taking(desk)
        self._packages.told.connect(note.show_words)
        self._packages.ended.connect(self._packed)
        note.cancel.clicked.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether a folder is being read."""
        return self._job is not None or self._packages.busy

    def read(self, *paths: Path) -> None:
        """Reads these folders and files in a worker."""
        if self.busy:
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
        """Reads no further; packages that were taken in already stay."""
        self._packages.stop()
        if self._job is not None:
            self._job.cancel()

    def _done(self, read: ReadFolder) -> None:
        self._job = None
        try:
            kept = self._desk.review(lambda desk: desk.keep(read))
        except KetaChartError as error:
            self._note.show_end("Nothing was taken in", str(error), good=False)
            return
        self._so_far = (read, kept)
        if read.packages:
            self._packages.take(*read.packages)
        else:
            self._packed(())

    def _packed(self, files: tuple[FileTaken, ...]) -> None:
        """The packages of the folder come last: their senders are told by the lists in them."""
        if self._so_far is None or not self._desk.is_unlocked:
            return
        (read, kept), self._so_far = self._so_far, None
        good = not (kept.refused or kept.conflicts) and all(_is_good(one) for one in files)
        self._note.show_end(*said(read, kept, files), good=good)
        self.taken.emit()

    def _failed(self, error: object) -> None:
        self._job = None
        self._note.show_end("The folder could not be read", str(error), good=False)

    def _stopped(self) -> None:
        self._job = None
        self._note.show_end("Reading was stopped", "Nothing was taken in.", good=False)


def said(read: ReadFolder, kept: Kept, files: tuple[FileTaken, ...] = ()) -> tuple[str, str]:
    """What came in, in one line; and every file that did not, with its sentence."""
    opened = [one.taken for one in files if one.taken is not None]
    parts = []
    if kept.taken or kept.conflicts or not files:
        parts.append(f"{count(kept.taken + kept.conflicts, 'report')} taken in")
    if opened:
        parts.append(f"{count(len(opened), 'package')} taken in")
    if kept.known:
        parts.append(f"{kept.known} here already")
    lines = []
    if kept.conflicts:
        lines.append(f"{count(kept.conflicts, 'file')} of a version that is here; both are kept.")
    lines += [f"{one.name}: {one.sentence}" for one in kept.refused]
    for one in files:
        lines += _package_lines(one)
    left = len(read.packages) - len(files)
    if left > 0:
        lines.append(f"{count(left, 'package')} not read: it was stopped. Open the folder again.")
    if not (kept.taken or kept.conflicts or kept.known or lines):
        return "No report was found there", "Reports are PDF files; folders below are read too."
    return ", ".join(parts) or "Nothing was taken in", "\n".join(_shortened(lines))


def _package_lines(file: FileTaken) -> list[str]:
    """What a package brought, in words: what is new or not taken first, then how much is known."""
    if file.taken is None:
        return [f"{file.name}: {file.refused}"]
    told = [f"{file.taken.sender}: {line.words}" for line in _news(file.taken)]
    if file.taken.known or not told:
        told.append(f"{file.taken.sender}: {file.taken.known} here already")
    return told


def _news(taken: TakenIn) -> list[TakenLine]:
    wrong = [line for line in taken.lines if line.state in ("conflict", "aside")]
    return wrong + [line for line in taken.lines if line.state == "new"]


def _is_good(file: FileTaken) -> bool:
    return file.taken is not None and not (file.taken.conflict or file.taken.count("aside"))


def _shortened(lines: list[str]) -> list[str]:
    """No more than can be read above the reports; how many are left out is said."""
    left = len(lines) - _MOST_LINES
    return lines if left <= 0 else [*lines[:_MOST_LINES], f"and {left} more"]

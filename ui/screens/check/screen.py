"""Check a signed report: with the charts open or shut; the answer is one sentence first."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import CannotRead, KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.base import Screen, Window
from ui.screens.check.page import CheckPage
from ui.screens.check.words import as_text
from ui.workers import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ketachart.charting.checking import Checked, Trust

    Expected = Mapping[Path, Mapping[int, str]]


class CheckScreen(Screen):
    """Checking is a worker's; a file is only read, and nothing of it is kept."""

    title = "Check a signed report"
    keys = (("Ctrl+Enter", "choose files"), ("Ctrl+F2", "trust file"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._job: Job | None = None
        self._paths: tuple[Path, ...] = ()
        self._every: tuple[Checked, ...] = ()
        self._trust: Trust | None = None
        self._file = ""  # the trust file's name; empty where the ledger's own is used
        self.page = CheckPage()
        self.side, self.result = self.page.side, self.page.result
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.setAcceptDrops(True)
        for button, act in (
            (self.page.first, self._choose),
            (self.page.folder, self._choose_folder),
            (self.result.again, self._choose),
            (self.result.copy, self._copy),
            (self.result.save, self._save),
            (self.side.trust.choose, self._choose_trust),
            (self.side.trust.own, self._use_own),
            (self.page.note.cancel, self._stop),
        ):
            button.clicked.connect(act)
        self.side.files.chosen.connect(lambda place: self.result.show_result(self._every[place]))

    # ------------------------------------------------ whom to trust

    def arrive(self) -> None:
        """To the button; with the charts open their clinic is trusted."""
        if not self._file:
            self._use_own()
        if self.page.shows == "drop":
            self.page.first.setFocus()

    def _use_own(self) -> None:
        self._file, self._trust = "", None
        if self.desk.is_unlocked:
            try:
                self._take_trust(self.desk.certificates.trust_file())
            except KetaChartError as error:
                self._say("This laptop's own trust file cannot be used", str(error))
        self._show_trust()
        self._check_again()

    def _choose_trust(self) -> None:
        title = "Choose the clinic's trust file"
        chosen = Dialogs.ask_files(self, title, self._start(), "Trust files (*.pem *.crt)")
        if not chosen:
            return
        try:
            self._take_trust(chosen[0].read_bytes())
        except (KetaChartError, OSError) as error:
            why = str(error) if isinstance(error, CannotRead) else "It cannot be read there."
            self._say("That is not a trust file", f"{why} The one before is still used.")
            return
        self._file = chosen[0].name
        self._show_trust()
        self._check_again()

    def _take_trust(self, content: bytes) -> None:
        from ketachart.charting.checking import read_trust

        self._trust = read_trust(content)

    def _show_trust(self) -> None:
        offers = self.desk.is_unlocked and bool(self._file)
        self.side.trust.show_trust(self._trust, file=self._file, offers_own=offers)

    # ------------------------------------------------ checking

    def check(self, *paths: Path) -> None:
        """Checks these files and folders in a worker; another check takes its place."""
        self._paths = paths
        self._begin({})

    def _begin(self, expected: "Expected") -> None:
        from ketachart.charting.checking import CheckTask

        self._stop()
        pem = self._trust.pem if self._trust is not None else None
        now = self.desk.now()
        task = CheckTask(paths=self._paths, trust_pem=pem, now=now, expected=expected)
        self.page.note.result.settle()
        self.page.note.show_step(0, 0)
        job = self.desk.workers.start(lambda job: task.work(job.step, job.cancelled))
        self._job = job
        job.progress.connect(lambda done, total: self._step(job, done, total))
        job.done.connect(lambda every: self._done(job, every, expected))
        job.failed.connect(lambda error: self._failed(job, error))
        job.stopped.connect(lambda: self._stopped(job))

    def _check_again(self) -> None:
        """The same files, now that another authority is trusted."""
        if self._paths:
            self.check(*self._paths)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _step(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.page.note.show_step(done, total)

    def _done(self, job: Job, every: "tuple[Checked, ...]", asked: "Expected") -> None:
        """With the charts open they are asked too; a file that they do not keep is checked again
        against the one that they do."""
        if job is not self._job:
            return
        self._job = None
        if self.desk.is_unlocked:
            from ketachart.charting.checking import beside_ledger

            every, expected = beside_ledger(every, self.desk.post.versions)
            if expected != asked:
                self._begin(expected)
                return
        self._every = every
        self.page.note.settle()
        self.page.show_files(every)

    def _failed(self, job: Job, error: object) -> None:
        if job is self._job:
            self._job = None
            self._say("Nothing was checked", str(error))

    def _stopped(self, job: Job) -> None:
        if job is self._job:
            self._job, self._paths = None, ()
            self._say("The check was stopped", "Nothing was kept of these files.")

    def _say(self, first: str, details: str) -> None:
        self.page.note.show_end(first, details, good=False)

    # ------------------------------------------------ files in and out

    def _start(self) -> Path:
        return Path(self.desk.preferences.export_folder or Path.home())

    def _choose(self) -> None:
        title = "Choose signed reports"
        chosen = Dialogs.ask_files(self, title, self._start(), "Reports (*.pdf)")
        if chosen:
            self.check(*chosen)

    def _choose_folder(self) -> None:
        folder = Dialogs.ask_folder(self, "Choose a folder of signed reports", self._start())
        if folder is not None:
            self.check(folder)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the screen."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if they had been chosen."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.check(*paths)

    def _copy(self) -> None:
        if self._every:
            QGuiApplication.clipboard().setText(as_text(self._every))
            self.result.trouble.say("Copied", "Every detail, as text.", tone="ok")

    def _save(self) -> None:
        if not self._every:
            return
        start = self._start() / f"{self._every[0].path.stem}-check.json"
        path = Dialogs.ask_save_path(self, "Save what the check found", start)
        if path is None:
            return
        plain = [one.as_json() for one in self._every]
        words = json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1)
        try:
            save_file(path, f"{words}\n".encode())
        except KetaChartError as error:
            self.result.trouble.say("It was not saved", str(error))
            return
        self.desk.prefer(replace(self.desk.preferences, export_folder=str(path.parent)))
        self.result.trouble.say("Saved", breakable(path), tone="ok")

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """That nothing else is needed."""
        return (self.title, "No network, and no charts needed")

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self._choose,
            "open-folder": self._choose_folder,
            "choose-trust": self._choose_trust,
            "copy-check": self._copy,
            "save-check": self._save,
            "back": self._back,
            "check": self._back,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _back(self) -> None:
        """Stops a check that runs; else to where one was."""
        if self._job is not None:
            self._stop()
        else:
            self._window.go_back()

"""A ledger made again from a backup: which one, whose passphrase, how far it is, what came of it.

Works before anything is unlocked, also where the ledger is damaged or missing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import KetaChartError, LedgerError, TooSoon, WrongPassphrase
from ui import tokens
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.laptop.restore_pages import CopyPage, DonePage, ProofPage, Rail, WorkPage
from ui.screens.unlock import UnlockScreen
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting.restoring import CopyInfo, CopyProof, Restored
    from ui.workers import Job

COPY, PROOF, WORK, DONE = range(4)
_LAST_STEP: Final = "Putting it in place"  # from here on it is not broken off any more
_WRONG: Final = "This backup did not open"


def place_of(desk: Desk) -> Path | None:
    """Where the backups of the unlocked ledger lie; None where nobody can tell."""
    with suppress(LedgerError):
        return desk.keeping.backups.place()
    return None


class RestoreScreen(Screen):
    """Nothing is changed before the last step, and nothing is overwritten by it."""

    title = "Restore from a backup"
    keys = (("↑ ↓", "choose"), ("Ctrl+Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._step = COPY
        self._copy: CopyInfo | None = None
        self._proving = False
        self._stop: Event | None = None  # set to break the restore off
        self._reading: Job | None = None
        self.rail = Rail()
        self.copy, self.proof = CopyPage(), ProofPage()
        self.work, self.done = WorkPage(), DonePage()
        self.pages = (self.copy, self.proof, self.work, self.done)
        self.trouble = Trouble("Why it does not go on")
        self.leave = Button("Back", key="Esc")
        self.primary = PrimaryButton("Go on", key="Ctrl+Enter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Booklet(self.title, self.rail, self._right(), sizes=tokens.GUIDE_CARD))
        self._connect()
        self._show()

    def _right(self) -> Column:
        right = Column(gap=tokens.S4, inset=tokens.S6)
        for page in self.pages:
            right.add(page)
        right.add(self.trouble)
        right.add_room()
        foot = Row(gap=tokens.S4)
        foot.add(self.leave)
        foot.add(self.primary, stretch=1)
        right.add(foot)
        return right

    def _connect(self) -> None:
        self.copy.choose.clicked.connect(self._ask_place)
        self.copy.list.opened.connect(lambda _key: self.primary.press())
        self.copy.list.chosen.connect(lambda _key: self._show_way())
        self.proof.changed.connect(self._show_way)
        self.proof.field.committed.connect(self.primary.press)
        self.primary.clicked.connect(self._go_on)
        self.leave.clicked.connect(self._back)
        self.desk.beat.connect(self._tick)

    # ------------------------------------------------ which backup

    def look_at(self, place: Path | None) -> None:
        """The backups at a place, the newest first; a worker asks the stick."""
        if place is None or self._step == WORK:
            return
        from ketachart.charting.restoring import copies_at

        self.trouble.settle()
        self.copy.show_place(place)
        self._reading = job = self.desk.workers.start(lambda _job: copies_at(place))
        job.done.connect(lambda copies: self._show_copies(job, copies))
        job.failed.connect(lambda error: self._not_read(job, str(error)))

    def _show_copies(self, job: Job, copies: tuple[CopyInfo, ...]) -> None:
        if job is self._reading:
            self.copy.show_copies(copies, self.desk.now())
            self._show_way()
            self.copy.begin()

    def _not_read(self, job: Job, why: str) -> None:
        if job is self._reading:
            self.copy.show_copies((), self.desk.now())
            self.trouble.say("That place cannot be read", why)
            self._show_way()

    def _ask_place(self) -> None:
        if self._step != COPY:
            return
        start = self.copy.place or Path.home()
        chosen = Dialogs.ask_folder(self, "Where the backups are", start)
        if chosen is not None:
            self.look_at(chosen)

    # ------------------------------------------------ the steps

    def _show(self) -> None:
        for page in self.pages:
            page.setVisible(page is self.pages[self._step])
        self.rail.show_step(self._step)
        self.leave.setVisible(self._step != DONE)
        self._show_way()

    def _go_to(self, step: int) -> None:
        self._step = step
        self.trouble.settle()
        self._show()
        self.pages[step].begin()
        if step == DONE:
            self.primary.setFocus()

    def _show_way(self) -> None:
        """What the main button does now, or what it waits for."""
        words, why = self._wanted()
        self.primary.set_words(words)
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()
        self.leave.set_words("Stop" if self._step == WORK else "Back")
        self.leave.setEnabled(self._step != WORK or not self.work.is_last)

    def _wanted(self) -> tuple[str, str]:
        if self._step == COPY:
            chosen = self.copy.chosen()
            if chosen is None:
                return "Go on", "Choose a backup"
            return "Go on with this backup", "It cannot be restored" if chosen.fault else ""
        if self._step == PROOF:
            wait = self._seconds()
            self.proof.wait.show_left(wait)
            if self._proving:
                return "One moment…", "Checking the passphrase"
            if wait:
                return f"Go on in {self.proof.wait.words()}", "After wrong passphrases"
            return "Restore", self.proof.missing()
        if self._step == WORK:
            return "Restoring…", "Wait until it is done"
        return "Unlock", ""

    def _seconds(self) -> int:
        who = self.proof.who()
        return self.desk.seconds_to_wait(who) if who else 0

    def _tick(self, _now: object) -> None:
        if self.isVisible() and self._step == PROOF and self.proof.wait.seconds():
            self._show_way()

    def _go_on(self) -> None:
        if self.primary.why_closed():
            return
        if self._step == COPY:
            self._copy = self.copy.chosen()
            if self._copy is not None:
                self.proof.show_copy(self._copy, self.desk.now())
                self._go_to(PROOF)
        elif self._step == PROOF:
            self._prove()
        elif self._step == DONE:
            self._to_unlock()

    # ------------------------------------------------ whose passphrase

    def _prove(self) -> None:
        from ketachart.charting.restoring import prove_copy

        copy, who, secret = self._copy, self.proof.who(), self.proof.field.text()
        if copy is None or self._proving:
            return
        folder, clock = self.desk.folder, self.desk.clock
        self._proving = True
        self.trouble.settle()
        self.proof.setEnabled(False)
        self._show_way()
        job = self.desk.workers.start(lambda _job: prove_copy(folder, copy, who, secret, clock))
        job.done.connect(lambda proof: self._proved(copy, proof))
        job.failed.connect(self._not_proved)
        job.stopped.connect(self._not_asked)

    def _not_asked(self) -> None:
        self._proving = False
        self.proof.setEnabled(True)
        self._show_way()

    def _not_proved(self, error: KetaChartError) -> None:
        self._not_asked()
        wrong = isinstance(error, (WrongPassphrase, TooSoon))
        self.trouble.say(_WRONG if wrong else "This backup cannot be opened", str(error))
        self.proof.begin()

    def _proved(self, copy: CopyInfo, proof: CopyProof) -> None:
        self._not_asked()
        if self._step == PROOF and self._copy is copy:
            self.restore(copy, proof)

    # ------------------------------------------------ restoring

    def restore(self, copy: CopyInfo, proof: CopyProof) -> None:
        """Puts the backup in the ledger's place, in a worker; the key was proved before."""
        from ketachart.charting.restoring import RestoreTask

        why = self.proof.why.text().strip()
        task = RestoreTask(self.desk.folder, copy, proof.copy, self.desk.clock, why, proof.here)
        stop = self._stop = Event()
        self._go_to(WORK)
        # broken off by a sign of its own: an answer that came too late must still be told
        job = self.desk.workers.start(
            lambda job: task.work(job.say, job.step, lambda: stop.is_set() or job.cancelled())
        )
        job.said.connect(self._said)
        job.progress.connect(self.work.show_part)
        job.done.connect(self._restored)
        job.failed.connect(lambda error: self._not_restored(str(error)))
        job.stopped.connect(lambda: self._not_restored(""))

    def _said(self, words: str) -> None:
        self.work.say(words, is_last=words == _LAST_STEP)
        self._show_way()

    def _restored(self, restored: Restored) -> None:
        self._stop = None
        self.proof.forget()
        self.done.show_restored(restored, self.desk.now())
        self._go_to(DONE)

    def _not_restored(self, why: str) -> None:
        """Back to the backups; the ledger is as it was."""
        asked = self._stop is not None and self._stop.is_set()
        self._stop = None
        self.work.rest()
        self._go_to(COPY)
        if why:
            happened = "The restore was stopped" if asked else "It was not restored"
            self.trouble.say(happened, why, tone="warn" if asked else "danger")

    # ------------------------------------------------ ways out

    def _back(self) -> None:
        """One step back; from the first to where one was; a restore that runs is stopped."""
        if self._step == WORK:
            if self._stop is not None and not self.work.is_last:
                self._stop.set()
                self.work.say_stopping()
        elif self._step == PROOF and not self._proving:
            self.proof.forget()
            self._go_to(COPY)
        elif self._step == COPY:
            self._leave()
        elif self._step == DONE:
            self._to_unlock()

    def _leave(self) -> None:
        self._reading = None  # nobody waits for it any more
        if self.desk.holds_ledger():
            self._to_unlock()
        else:
            self._window.show_screen("first-start")
            self._window.forget("restore")

    def _to_unlock(self) -> None:
        """To the passphrase; who may unlock is read anew, for the keyring may be another."""
        screen = self._window.show_screen("unlock")
        if isinstance(screen, UnlockScreen):
            screen.show_staff()
        self._reading = None
        self._window.forget("restore")

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """What it is for."""
        return (self.title, "Nothing is overwritten")

    def arrive(self) -> None:
        """To what is to be done next."""
        self.pages[self._step].begin()

    def act(self, name: str) -> bool:
        """The main button, the place, and the way back."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self.primary.press,
            "backup-place": self._ask_place,
            "back": self._back,
            "restore": lambda: None,  # it is here already
            "lock": lambda: None,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

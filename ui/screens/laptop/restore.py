"""A ledger made again from a backup: which one, whose passphrase, how far it is, what came of it.

Works before anything is unlocked, also where the ledger is damaged or missing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import TooSoon, WrongPassphrase
from ui import tokens
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.screens.base import Screen, Window
from ui.screens.laptop.restore_pages import CopyPage, DonePage, Rail, WorkPage
from ui.screens.laptop.restore_proof import ProofPage
from ui.screens.laptop.restoring import Restoring
from ui.screens.step_pages import over_foot
from ui.screens.unlock import UnlockScreen
from ui.widgets.booklet import Booklet
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting.restoring import CopyInfo, CopyProof, Restored
    from ui.workers import Job

COPY, PROOF, WORK, DONE = range(4)
_LAST_STEP: Final = "Putting it in place"  # from here on it is not broken off any more
_WRONG: Final = "This backup did not open"


class RestoreScreen(Screen):
    """Nothing is changed before the last step, and nothing is overwritten by it."""

    title = "Restore from a backup"
    keys = (("↑ ↓", "choose"), ("Ctrl+Enter", "go on"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._step = COPY
        self._copy: CopyInfo | None = None
        self.restoring = Restoring(desk, self)
        self._reading: Job | None = None
        self.rail = Rail()
        self.copy, self.proof = CopyPage(), ProofPage(desk)
        self.work, self.done = WorkPage(), DonePage()
        self.pages = (self.copy, self.proof, self.work, self.done)
        self.trouble = Trouble("Why it does not go on")
        self.way_back = Button("Back", key="Esc")
        self.primary = PrimaryButton("Go on", key="Ctrl+Enter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        right = over_foot((*self.pages, self.trouble), self.way_back, self.primary)
        whole.addWidget(Booklet(self.title, self.rail, right, sizes=tokens.GUIDE_CARD))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.copy.choose.clicked.connect(self._ask_place)
        self.copy.list.opened.connect(lambda _key: self.primary.press())
        self.copy.list.chosen.connect(lambda _key: self._show_way())
        self.proof.changed.connect(self._show_way)
        self.proof.field.committed.connect(self.primary.press)
        self.primary.clicked.connect(self._go_on)
        self.way_back.clicked.connect(self._back)
        self.desk.beat.connect(self._tick)
        self.restoring.proved.connect(self._proved)
        self.restoring.not_proved.connect(self._not_proved)
        self.restoring.said.connect(self._said)
        self.restoring.progress.connect(self.work.show_part)
        self.restoring.restored.connect(self._restored)
        self.restoring.ended.connect(self._not_restored)

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
        self.way_back.setVisible(self._step != DONE)
        self._show_way()

    def _go_to(self, step: int) -> None:
        self._step = step
        self.trouble.settle()
        self._show()
        self.pages[step].begin()

    def _show_way(self) -> None:
        """What the main button does now, or what it waits for."""
        words, why = self._wanted()
        self.primary.set_words(words)
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()
        self.way_back.set_words("Stop" if self._step == WORK else "Back")
        self.way_back.setEnabled(self._step != WORK or not self.work.is_last)

    def _wanted(self) -> tuple[str, str]:
        if self._step == COPY:
            chosen = self.copy.chosen()
            if chosen is None:
                return "Go on", "Choose a backup"
            return "Go on with this backup", "It cannot be restored" if chosen.fault else ""
        if self._step == PROOF:
            wait = self.proof.waits()
            self.proof.wait.show_left(wait)
            if self.restoring.proving:
                return "One moment…", "Checking the passphrase"
            if wait:
                return f"Go on in {self.proof.wait.words()}", "After wrong passphrases"
            return "Restore", self.proof.missing()
        if self._step == WORK:
            return "Restoring…", "Wait until it is done"
        return "Unlock", ""

    def _tick(self, _now: object) -> None:
        if self.isVisible() and self._step == PROOF and self.proof.wait.seconds():
            self._show_way()

    def _go_on(self) -> None:
        if self.primary.why_closed():
            return
        if self._step == COPY:
            self._take(self.copy.chosen())
        elif self._step == PROOF:
            self._prove()
        elif self._step == DONE:
            self._to_unlock()

    def _take(self, copy: CopyInfo | None) -> None:
        self._copy = copy
        if copy is not None:
            from ketachart.charting.restoring import is_of_another

            another = is_of_another(self.desk.folder, copy)
            self.proof.show_copy(copy, self.desk.now(), of_another=another)
            self._go_to(PROOF)

    # ------------------------------------------------ whose passphrase

    def _prove(self) -> None:
        if self._copy is None:
            return
        self.trouble.settle()
        self.proof.setEnabled(False)
        self.restoring.prove(self._copy, self.proof.proving(self._copy))
        self._show_way()

    def _turn(self) -> None:
        """To the clinic's recovery key, or back to the passphrase."""
        if self._step == PROOF and not self.restoring.proving:
            self.trouble.settle()
            self.proof.turn()

    def _not_proved(self, error: object) -> None:
        self.proof.setEnabled(True)
        self._show_way()
        wrong = isinstance(error, (WrongPassphrase, TooSoon))
        if error is not None:
            self.trouble.say(_WRONG if wrong else "This backup cannot be opened", str(error))
        self.proof.again()

    def _proved(self, copy: CopyInfo, proof: CopyProof) -> None:
        self.proof.setEnabled(True)
        if self._step == PROOF and self._copy is copy:
            self.restore(copy, proof)

    # ------------------------------------------------ restoring

    def restore(self, copy: CopyInfo, proof: CopyProof) -> None:
        """Puts the backup in the ledger's place; whoever proved its key may call this."""
        self._go_to(WORK)
        self.restoring.begin(copy, proof, self.proof.reason())

    def _said(self, words: str) -> None:
        self.work.say(words, is_last=words == _LAST_STEP)
        self._show_way()

    def _restored(self, restored: Restored) -> None:
        self.proof.forget()
        self.done.show_restored(restored, self.desk.now())
        self._go_to(DONE)

    def _not_restored(self, why: str, asked: bool) -> None:  # noqa: FBT001 - Qt's slot
        """Back to the backups; the ledger is as it was."""
        self.work.rest()
        self._go_to(COPY)
        if why:
            happened = "The restore was stopped" if asked else "It was not restored"
            self.trouble.say(happened, why, tone="warn" if asked else "danger")

    # ------------------------------------------------ ways out

    def _back(self) -> None:
        """One step back; from the first to where one was; a restore that runs is stopped."""
        if self._step == WORK:
            if not self.work.is_last:
                self.restoring.stop()
                self.work.say_stopping()
        elif self._step == PROOF and not self.restoring.proving:
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
        """To the passphrase; who may unlock is read anew."""
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
            "recovery-key": self._turn,
            "recovery-file": self.proof.ask_key,
        }
        if name in acts:
            acts[name]()
        return name in acts or name == "restore"  # which is here already

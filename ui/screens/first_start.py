"""First start: the clinic, the nurse, a passphrase, and a ledger is made; about three minutes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.base import Screen, Window
from ui.screens.first_ways import LAST, PASSPHRASE, WAY, Ways
from ui.theme import Dressed, Look
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words


class FirstStartScreen(Screen, Dressed):
    """Everything typed stays, whatever goes wrong and however often one goes back."""

    title = "KetaChart"
    keys = (("Tab", "next"), ("Enter", "go on"), ("Esc", "back"), ("F9", "light"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._step = 0
        self._making = False
        self.ways = Ways(desk)
        self._passphrase, self._ready = self.ways.passphrase, self.ways.ready
        self._stepper = Stepper("Steps of the first start")
        self._count = Words(size="small", tone="muted")
        self._trouble = Trouble("Why it does not go on")
        self._back = Button("Back", key="Esc")
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        self.practise = Button(
            "Open a practice visit", sign="clipboard-list", key=key_of("practice")
        )
        self.try_first = Button(
            "Practise first", sign="clipboard-list", key=key_of("practice"), kind=Kind.QUIET
        )
        self._primary = PrimaryButton("Go on", key="Enter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            Booklet("First start", self._left(), self._right(), sizes=tokens.GUIDE_CARD)
        )
        self._connect()
        self._show_step()

    def _left(self) -> Column:
        rail = Column(gap=tokens.S3, inset=tokens.S6)
        head = Column(gap=tokens.S1)
        head.add(Words("First start", size="h2", weight=tokens.SEMIBOLD))
        head.add(self._count)
        rail.add(head)
        rail.add(self._stepper)
        rail.add_room()
        self.check = Button(
            "Check a report", sign="shield-check", key=key_of("check"), kind=Kind.QUIET
        )
        for way in (self.try_first, self.check):
            way.set_compact()
            way.set_left()
            rail.add(way)
        told = "No account, no network. The fourth step makes the ledger."
        rail.add(Words(told, size="small", tone="muted"))
        return rail

    def _right(self) -> Column:
        page = Column(gap=tokens.S4, inset=tokens.S6)
        for step in self.ways.every:
            page.add(step)
        page.add_room()
        page.add(self._trouble)
        foot = Row(gap=tokens.S4)
        foot.add(self._back)
        foot.add_room()
        foot.add(self.practise)
        foot.add(self._primary, stretch=1)
        page.add(foot)
        return page

    def _connect(self) -> None:
        for page in self.ways.every:
            page.done.connect(self._go_on)
            page.answered.connect(self._trouble.settle)
        self.check.clicked.connect(lambda: self.asked.emit("check"))
        self._primary.clicked.connect(self._go_on)
        self._back.clicked.connect(self._go_back)
        self._stepper.opened.connect(self._open_step)
        self._ready.save.clicked.connect(self._save_trust)
        for last in (self._ready, self.ways.request):
            last.safe.wanted.connect(self.asked)
        for practise in (self.practise, self.try_first):
            practise.clicked.connect(lambda: self.asked.emit("practice"))
        self.desk.unlocked.connect(self._made)

    # ------------------------------------------------ steps

    def _show_step(self) -> None:
        here = self.ways.pages[self._step]
        for page in self.ways.every:
            page.setVisible(page is here)
        self._count.setText(f"Step {self._step + 1} of {len(self.ways.steps)}, once")
        self._back.setVisible(0 < self._step < LAST)
        self._offer_practice(offered=self._step == LAST)
        words = "Go on"
        if self._step == PASSPHRASE:
            wording = self.ways.wording
            words = wording.making if self._making else wording.makes
        elif self._step == LAST:
            words = "Open the list of visits"
        self._primary.set_words(words)
        self._keep_words_together()
        for part in (self._primary, self._back, self._passphrase, self.try_first):
            part.setEnabled(not self._making)
        self._stepper.show_steps(tuple(self._told(place) for place in range(LAST + 1)))

    def _keep_words_together(self) -> None:
        """On the last page two buttons share the foot: the main one keeps its line."""
        least = self._primary.sizeHint().width() if self._step == LAST else 0
        self._primary.setMinimumWidth(least)

    def dress(self, look: Look) -> None:
        """In other letters the main button is as wide as its words again."""
        del look
        self._keep_words_together()

    def _offer_practice(self, *, offered: bool) -> None:
        """Beside the way to the list of visits, in the place of the way back."""
        self.practise.setVisible(offered)
        self.try_first.setHidden(offered)
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(not offered)
        self._back.setSizePolicy(policy)

    def _told(self, place: int) -> Step:
        key, title, sub = self.ways.steps[place]
        if place == self._step:
            state = StepState.NOW
        elif place < self._step:
            state = StepState.DONE
        else:
            state = StepState.LATER
        return Step(key, title, sub, state)

    def _open_step(self, key: str) -> None:
        """Back to a step that was done; never past one that was not, nor out of the last."""
        place = [step[0] for step in self.ways.steps].index(key)
        if place < self._step < LAST and not self._making:
            self._go_to(place)

    def _go_to(self, place: int) -> None:
        self._step = place
        self._trouble.settle()
        self._show_step()
        self.arrive()

    def _go_back(self) -> None:
        if 0 < self._step < LAST and not self._making:
            self._go_to(self._step - 1)

    def _go_on(self) -> None:
        if self._making:
            return
        if self._step == LAST:
            self._window.show_screen("day")
            self._window.forget("first-start")
            return
        if self._step == WAY and self.ways.choice.restores():
            self.asked.emit("restore")
            return
        try:
            self.ways.check(self._step, self.desk.now())
        except KetaChartError as error:
            self._say(error)
            return
        if self._step == PASSPHRASE:
            self._make()
        else:
            self._go_to(self._step + 1)

    def _say(self, error: KetaChartError) -> None:
        """Why not, and the focus on the field at fault."""
        self._trouble.say("That does not work yet", str(error))
        here = self.ways.pages[self._step]
        field = here.field(error.field) if isinstance(error, Refused) else None
        if isinstance(field, Field):
            field.set_judgement(Judgement(Standing.BAD, short="look here"))
        if field is not None:
            field.setFocus()

    # ------------------------------------------------ making the clinic

    def _make(self) -> None:
        job = self.ways.make(self.desk.now())
        self._making = True  # until the ledger stands, and the desk says so
        self._trouble.settle()
        self._show_step()
        job.failed.connect(self._failed)
        job.stopped.connect(self._ended)

    def _ended(self) -> None:
        self._making = False
        self._show_step()

    def _failed(self, error: KetaChartError) -> None:
        self._ended()
        self._say(error)
        self._passphrase.begin()

    def _made(self) -> None:
        """The ledger stands: say what was made."""
        try:
            self.ways.finish(self._shown)
        except KetaChartError as error:
            self.ways.request.said.say("The request was not made", str(error))
            self._shown()

    def _shown(self) -> None:
        self._making = False
        self._go_to(LAST)

    def _save_trust(self) -> None:
        place = Path.home() / "clinic-root.pem"
        path = Dialogs.ask_save_path(self, "Save the trust file", place)
        if path is None:
            return
        try:
            save_file(path, self.desk.office.root_certificate.encode("ascii"))
        except KetaChartError as error:
            self._ready.said.say("The trust file was not saved", str(error))
            return
        self._ready.said.say("Saved", breakable(path), tone="ok")

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """The program's name."""
        return (self.title, "Charting for home infusions")

    def arrive(self) -> None:
        """To the first empty field; on the last page to what is to be done there."""
        here = self.ways.pages[self._step]
        if here in (self._ready, self.ways.request):
            here.safe.show_desk(self.desk)
        if here is self._ready:
            self._primary.setFocus()
        else:
            here.begin()

    def act(self, name: str) -> bool:
        """The main button, Esc, and showing the passphrase."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self._primary.press,
            "back": self._go_back,
            "reveal": self._passphrase.toggle_letters,
            "recovery-key": lambda: self.asked.emit("recovery"),
        }
        only_at = {"reveal": PASSPHRASE, "recovery-key": LAST}
        if name not in acts or self._step != only_at.get(name, self._step):
            return False
        acts[name]()
        return True

"""A sheet of one act with people or keys: what it means, what is asked, and how far it is."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError, Refused, TooSoon, WrongPassphrase
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.people.key_file import KeyFile
from ui.widgets.boxes import Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choices
from ui.widgets.field import Field, Judgement, LineField, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.wait import Wait
from ui.widgets.words import Words
from ui.workers import Job

Told = Callable[[str], None]
Work = Callable[[Job], object]
"""What a worker does; what it gives back is put in place on the window's thread."""

_WAITS: Final = (
    "Nothing is lost. Check Caps Lock; the wait doubles with each wrong passphrase and stops at "
    "5 min."
)


class TaskSheet(Card):
    """What was typed stays until the act is on the disk; then ``done`` says what came of it.

    A subclass puts its fields in with `take`, and answers `missing`, `begin` and `keep`.
    """

    done = Signal(str)
    left = Signal()
    can_stop = False

    def __init__(self, desk: Desk, title: str, *, means: str, does: str) -> None:
        super().__init__(title, inset=tokens.S4, gap=tokens.S3)
        self.desk, self._does = desk, does
        self._job: Job | None = None
        self._fields: Mapping[str, QWidget] = {}
        self.heading = Heading(title)
        self._means = Words(means)
        self.trouble = Trouble("Why it was not done")
        self._wait = Wait("Next try in")
        self._step = Words(size="label", tone="muted")
        self.primary = PrimaryButton(does, key=key_of("primary"))
        self.leave = Button("Leave it", key="Esc", kind=Kind.QUIET)
        for part in (self.heading, self._means):
            self.add(part)
        self.primary.clicked.connect(self._go)
        self.primary.refused.connect(lambda _why: self.begin_typing())
        self.leave.clicked.connect(self._leave)
        desk.beat.connect(self._tick)
        desk.locked.connect(self.forget)

    def take(self, *parts: QWidget, fields: Mapping[str, QWidget]) -> None:
        """The parts in order, the fields by the names that a refusal uses; then the buttons."""
        self._fields = fields
        for part in parts:
            self.add(part)
        for part in (self.trouble, self._wait, self._step):
            self.add(part)
        foot = Row(gap=tokens.S4)
        foot.add(self.leave)
        foot.add(self.primary, stretch=1)
        self.add(foot)
        self.add_room()
        lines = [field for field in fields.values() if isinstance(field, LineField)]
        for field in lines:
            field.typed.connect(lambda _text: self.renew())
        if lines:
            lines[-1].commit_on_enter()
            lines[-1].committed.connect(self.primary.press)
        for choices in fields.values():
            if isinstance(choices, Choices):
                choices.changed.connect(lambda _chosen: self.renew())
        self.renew()

    def set_means(self, means: str) -> None:
        """What it means, where that depends on whom it is about."""
        self._means.setText(means)
        self._means.setVisible(bool(means))

    # ------------------------------------------------ what a subclass says

    def missing(self) -> str:
        """What is to be answered first; empty where it can be done."""
        return ""

    def waits(self) -> int:
        """How long the next guess at a passphrase has to wait, seconds."""
        return 0

    def begin(self) -> Work:
        """The work for a worker.

        Raises:
            Refused, LedgerError, CannotRead: it cannot be begun; the sentence says why.
        """
        raise NotImplementedError

    def keep(self, made: object) -> str:
        """Puts what was made in place and says what came of it; nothing where it was given up.

        Raises:
            Refused, LedgerError: it was not put in place; the sentence says why.
        """
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing that was typed is left."""
        for field in self._fields.values():
            if isinstance(field, Choices):
                field.choose()
            elif isinstance(field, Field):
                field.set_judgement(Judgement(Standing.NONE))
                clear(field)
        self.trouble.settle()
        self.renew()

    # ------------------------------------------------ typing

    def begin_typing(self) -> None:
        """To the first thing that is not answered."""
        shown = [field for field in self._fields.values() if not field.isHidden()]
        for field in shown:
            if _is_empty(field):
                field.setFocus()
                return
        (self.primary if self.primary.isEnabled() or not shown else shown[-1]).setFocus()

    @property
    def busy(self) -> bool:
        """Whether it is under way."""
        return self._job is not None

    def renew(self) -> None:
        """What may be typed and pressed now, and what is waited for."""
        left = 0 if self.busy else self.waits()
        self._wait.show_left(left)
        self._step.setVisible(self.busy)
        for field in self._fields.values():
            field.setEnabled(not self.busy)
        self.leave.setEnabled(not self.busy or self.can_stop)
        missing = f"Next try in {self._wait.words()}" if left else self.missing()
        self.primary.set_words("One moment…" if self.busy else missing or self._does)
        if self.busy or missing:
            self.primary.close_because("")
        else:
            self.primary.reopen()

    def _tick(self, _now: object) -> None:
        if self._wait.seconds():
            self.renew()

    # ------------------------------------------------ doing it

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        self.forget()
        self.left.emit()

    def _go(self) -> None:
        if self.busy or self.missing():
            return
        self.trouble.settle()
        try:
            work = self.begin()
        except KetaChartError as error:
            self._failed(error)
            return
        self._step.setText("One moment…")
        job = self._job = self.desk.workers.start(work)
        job.said.connect(lambda words: self._step.setText(f"{words}…"))
        job.progress.connect(
            lambda done, total: self._step.setText(f"{100 * done // max(1, total)} % done")
        )
        job.done.connect(self._keep)
        job.failed.connect(self._failed)
        job.stopped.connect(lambda: self._failed("It was stopped; nothing was changed. Try again."))
        self.renew()

    def _keep(self, made: object) -> None:
        self._job = None
        try:
            said = self.keep(made)
        except KetaChartError as error:
            self._failed(error)
            return
        self.renew()
        if said:
            self.forget()
            self.done.emit(said)

    def _failed(self, error: object) -> None:
        """Why not; everything typed stays, and the focus goes to the field at fault."""
        self._job = None
        self.renew()
        if isinstance(error, (WrongPassphrase, TooSoon)) and self.waits():
            self.trouble.say("That is not the passphrase", _WAITS)
        else:
            self.trouble.say("It was not done", str(error))
        named = error.field if isinstance(error, Refused) else ""
        field = self._fields.get(named)
        if isinstance(field, Field):
            field.set_judgement(Judgement(Standing.BAD, short="look here"))
        if field is None and isinstance(error, WrongPassphrase):
            field = self._fields.get("old")
        if field is not None:
            field.setFocus()
        else:
            self.begin_typing()


def _is_empty(field: QWidget) -> bool:
    if isinstance(field, Choices):
        return not field.chosen()
    if isinstance(field, KeyFile):
        return field.info is None
    return isinstance(field, LineField) and not field.text().strip()


def clear(field: Field) -> None:
    """Empties a field, of one line or several."""
    if hasattr(field, "clear"):
        field.clear()

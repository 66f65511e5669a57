"""Who is charting, and the passphrase that opens the charts; the first thing that is seen."""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import tokens
from ui.desk import Desk
from ui.language.saying import describe
from ui.screens.base import Screen
from ui.widgets import chain
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting import Staff
    from ketachart.errors import KetaChartError
    from ui.widgets.choices import Choices
    from ui.widgets.notice import Notice
    from ui.widgets.trouble import Trouble
    from ui.widgets.wait import Wait

# As `ui/actions.py` has them, which is not read before the first paint; a test holds them to it.
KEYS: Final = {
    "reveal": "Alt+S",
    "check": "Ctrl+F1",
    "recovery-key": "Ctrl+Shift+F11",
    "restore": "Ctrl+Shift+F4",
    "practice": "Ctrl+Alt+P",
}

_SAFE = "Nothing is lost. Check Caps Lock and the keyboard, and try again."
_FEW = 5  # people; with more, the button at the foot would be out of sight
_WAITS = (
    "Nothing is lost and nothing is ever erased. Check Caps Lock; the wait doubles with each wrong "
    "passphrase and stops at 5 min."
)


class UnlockScreen(Screen):
    """Made before anything heavy is imported: `show_staff` fills it in after the first paint."""

    title = "KetaChart"
    keys = (("Enter", "unlock"), ("F9", "light"), ("F1", "all keys"))
    painted = Signal()  # the screen was seen for the first time

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._people: tuple[Staff, ...] = ()
        self._chosen = ""
        self._opening = self._seen = self._unreadable = False
        self._who = Column(gap=tokens.S2)
        self._choices: Choices | None = None
        self._field = TextField(
            "Passphrase", label="Passphrase", placeholder="Type your passphrase"
        )
        self._field.hide_letters()
        self._field.commit_on_enter()
        self._reveal = Button("Show what you type", sign="eye", key=KEYS["reveal"], kind=Kind.QUIET)
        self._reveal.setCheckable(True)
        self.check = Button(
            "Check a signed report", sign="shield-check", key=KEYS["check"], kind=Kind.QUIET
        )
        self.recovery = Button(
            "Recovery key…", sign="key-round", key=KEYS["recovery-key"], kind=Kind.QUIET
        )
        self.restore = Button(
            "Restore from a backup", sign="rotate-ccw", key=KEYS["restore"], kind=Kind.QUIET
        )
        self.practise = Button("Practise", sign="clipboard-list", key=KEYS["practice"])
        for way in (self.check, self.recovery, self.restore, self.practise):
            way.set_left()
        self._room = Column()
        self._troubles = Column(gap=tokens.S3)  # what went wrong, and how long to wait
        self._troubles.hide()
        self._caps = Words(size="small", tone="warn")
        self._trouble: Trouble | None = None  # with the first one
        self._wait: Wait | None = None
        self._in_haste = False  # Enter came before it was read who may unlock
        self._primary = PrimaryButton("Unlock", sign="lock", key="Enter")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        booklet = Booklet("Unlock", self._left(), self._right(), sizes=tokens.UNLOCK_CARD)
        page.addWidget(booklet)
        self._put_in_order()
        self._connect()
        self._show_state()

    def _left(self) -> Column:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        page.add(Words("Who is charting?", size="h2", weight=tokens.SEMIBOLD))
        page.add(self._who)
        self._who.add(Words("Reading who may unlock…", size="small", tone="muted"))
        page.add_room()
        page.add(Rule())
        page.add(self.practise)
        page.add(self.check)
        page.add(
            Words(
                "Everything on this laptop is encrypted. Nobody can read or reset a passphrase.",
                size="small",
                tone="muted",
            )
        )
        return page

    def _right(self) -> Column:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        page.add(Words("Open the charts", size="display", weight=tokens.SEMIBOLD))
        page.add(self._field)
        under = Row(gap=tokens.S3)
        under.add(self._reveal)
        under.add_room()
        under.add(self._caps)
        page.add(under)
        if self.desk.demo_passphrase:
            page.add(self._practice())
        page.add(self._troubles)
        page.add(self._room, stretch=1000)
        page.add(self._primary)
        ways = Column(gap=tokens.S1)  # where the passphrase is gone, or the laptop was
        ways.add(self.recovery)
        ways.add(self.restore)
        page.add(ways)
        page.add_room()
        return page

    def _put_in_order(self, *who: QWidget) -> None:
        """Tab goes down the right page, which is typed in, and then down the left one."""
        parts = (self._reveal, self._primary, self.recovery, self.restore)
        for before, after in pairwise((*parts, *who, self.practise, self.check)):
            self.setTabOrder(before, after)

    def _practice(self) -> "Notice":
        from ui.widgets.notice import Notice

        box = Notice("Practice", tone="muted", inset=(tokens.S3, tokens.S2))
        box.add(Words("Practice clinic, made-up patients only", weight=tokens.SEMIBOLD))
        words = f"The passphrase is: {self.desk.demo_passphrase}"
        box.add(Words(words, size="small"))
        describe(box, words)
        return box

    def _connect(self) -> None:
        editor = self._field.editor()
        editor.installEventFilter(self)
        self._field.typed.connect(lambda _text: self._show_state())
        self._field.committed.connect(self._unlock)
        self._primary.clicked.connect(self._unlock)
        self.check.clicked.connect(lambda: self.asked.emit("check"))
        self.recovery.clicked.connect(lambda: self.act("recovery-key"))
        self.restore.clicked.connect(lambda: self.asked.emit("restore"))
        self.practise.clicked.connect(lambda: self.asked.emit("practice"))
        self._reveal.toggled.connect(self._show_letters)
        self.desk.unlocked.connect(self._forget)
        self.desk.locked.connect(self.show_staff)
        self.desk.beat.connect(self._tick)

    # ------------------------------------------------ who

    def show_staff(self) -> None:
        """Reads who may unlock, away from the window, and shows them."""
        self._unreadable = False
        job = self.desk.workers.start(lambda _job: self.desk.staff())
        job.done.connect(self._show_people)
        job.failed.connect(self._cannot_read)

    def _show_people(self, people: "tuple[Staff, ...]") -> None:
        from ui.widgets.choices import Choice, Choices

        self._people = people
        choices = self._choices = Choices(
            "Who is charting",
            tuple(
                Choice(
                    person.staff_id,
                    f"{person.name}, {person.credential}",
                    key=str(place),
                    sign="user",
                    verbatim=True,
                )
                for place, person in enumerate(people, 1)
            ),
            columns=1,
        )
        self._room.setVisible(len(people) <= _FEW)
        self._who.empty()
        self._who.add(choices)
        self._put_in_order(chain.stand_in(choices) or choices)
        choices.changed.connect(self._take)
        last = self.desk.preferences.last_staff
        ids = [person.staff_id for person in people]
        if last in ids or len(ids) == 1:
            choices.choose(last if last in ids else ids[0])
        self._settle()
        self._show_state()
        if self._in_haste and self._chosen:
            self._unlock()
        self._in_haste = False

    def _cannot_read(self, error: "KetaChartError") -> None:
        self._unreadable = True
        self._in_haste = False
        self._say("The list of who may unlock cannot be read", str(error))
        self._show_state()

    def _take(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self._choose(self._chosen)  # somebody is always charting
            return
        if chosen[0] != self._chosen:
            self._chosen = chosen[0]
            self._settle()
            if self._wait is not None:
                self._wait.settle()
        person = next(p for p in self._people if p.staff_id == self._chosen)
        self._field.set_hint(f"for {person.name}, {person.credential}")
        self._show_state()
        if not self.isHidden():  # else another screen shows by now, and keeps the keyboard
            self._field.setFocus()

    def _choose(self, staff_id: str) -> None:
        if self._choices is not None:
            self._choices.choose(staff_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit chooses who, while nothing is typed; every key tells about Caps Lock."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._watch_caps(event)
            place = int(event.text()) if event.text() in set("123456789") else 0
            others = [person.staff_id for person in self._people]
            if (
                not self._field.text()
                and 0 < place <= len(others)
                and others[place - 1] != self._chosen  # her own digit may begin her passphrase
            ):
                self._choose(others[place - 1])
                return True
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        """Qt does not say whether Caps Lock is on; a letter in the wrong case does."""
        letter = event.text()
        if event.key() == QtCore.Qt.Key.Key_CapsLock:
            self._caps.setText("")  # turned over: unknown until the next letter
        elif letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            on = letter.isupper() != shifted
            self._caps.setText("Caps Lock is on" if on else "")

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001 - Qt's own signal
        if shown:
            self._field.show_letters()
        else:
            self._field.hide_letters()
        self._field.setFocus()

    # ------------------------------------------------ unlocking

    def _unlock(self) -> None:
        if self._unreadable:
            self.show_staff()
            return
        if self._opening or self._primary.why_closed():
            self._in_haste = not (self._people or self._opening)
            return
        self._opening = True
        self._settle()
        self._show_state()
        job = self.desk.unlock(self._chosen, self._field.text())
        job.failed.connect(self._failed)
        job.stopped.connect(self._ended)
        job.done.connect(lambda _proof: self._ended())

    def _ended(self) -> None:
        """Whatever came of it, the nurse can try again."""
        self._opening = False
        self._show_state()

    def _failed(self, error: "KetaChartError") -> None:
        from ketachart.errors import TooSoon, WrongPassphrase
        from ui.widgets.field import Judgement, Standing

        self._opening = False
        if isinstance(error, (WrongPassphrase, TooSoon)):
            waits = self.desk.seconds_to_wait(self._chosen)
            self._say("That is not the passphrase", _WAITS if waits else _SAFE)
            self._field.set_judgement(Judgement(Standing.BAD))
        else:
            self._say("The charts could not be opened", str(error))
        self._show_state()
        self._field.setFocus()
        self._field.editor().selectAll()

    def _tick(self, _now: object) -> None:
        if self._wait is not None and self._wait.seconds():
            self._show_state()

    def _say(self, happened: str, detail: str) -> None:
        from ui.widgets.trouble import Trouble

        if self._trouble is None:
            self._trouble = Trouble("Why it is not open")
            self._troubles.put_first(self._trouble)
        self._trouble.say(happened, detail)

    def _settle(self) -> None:
        if self._trouble is not None:
            self._trouble.settle()

    def _show_wait(self, seconds: int) -> str:
        """Counts down; what is left in words."""
        from ui.widgets.wait import Wait

        if self._wait is None:
            self._wait = Wait("Next try in")
            self._troubles.add(self._wait)
        self._wait.show_left(seconds)
        return self._wait.words()

    def _show_state(self) -> None:
        """What may be typed and pressed now, and what is waited for."""
        for part in (self._field, self._who, self._reveal):
            part.setEnabled(not self._opening)
        left = self.desk.seconds_to_wait(self._chosen) if self._chosen else 0
        waits = self._show_wait(left) if left or self._wait is not None else ""
        stands = (part for part in (self._trouble, self._wait) if part is not None)
        self._troubles.setVisible(any(not part.isHidden() for part in stands))
        words, why = "Unlock", ""
        if self._opening:
            words, why = "Opening…", "Checking the passphrase"
        elif self._unreadable:
            words = "Read the list again"
        elif left:
            words, why = f"Unlock in {waits}", "After wrong passphrases"
        elif not self._chosen:
            why = "Choose who you are" if self._people else "Reading who may unlock"
        elif not self._field.text():
            why = "Type your passphrase first"
        self._primary.set_words(words)
        if why:
            self._primary.close_because(why)
        else:
            self._primary.reopen()

    def _forget(self) -> None:
        """The ledger is open: nothing of the passphrase is kept here."""
        self._field.clear()
        self._reveal.setChecked(False)
        self._settle()
        self._caps.setText("")

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """The program's name."""
        return (self.title, "Charting for home infusions")

    def arrive(self) -> None:
        """To the passphrase."""
        self._field.setFocus()

    def act(self, name: str) -> bool:
        """The main button, and showing what is typed."""
        if name == "primary":
            self._unlock()
            return True
        if name == "reveal":
            self._reveal.toggle()
            return True
        if name == "recovery-key":
            self.asked.emit("recover")
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells when it was first seen."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)  # once all of it is on the screen
